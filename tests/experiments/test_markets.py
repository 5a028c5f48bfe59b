"""What a comparison says market by market adds up to what it says of all, in units of each market's goods."""

from __future__ import annotations

import numpy as np
import pytest

from simulation import api
from simulation.experiments.markets import NAMES, market_measures

WEEKS = 8


@pytest.fixture(scope="module")
def estate(tmp_path_factory):
    """A plan on the smallest preset, kept in a store, and the same read back from there."""
    store = tmp_path_factory.mktemp("runs")
    asked = {"weeks": WEEKS, "replicates": 2, "seed": 5, "store": store}
    return [api.compare("estate", ["leader-arrests"], **asked) for _ in range(2)]


def of(frame, measure):
    """The one row of a measure, in a world of one chain."""
    return frame[(frame["measure"] == measure) & (frame["kind"] == "chain")].iloc[0]


def test_one_market_of_hard_drugs_is_the_whole_of_them(estate):
    for found in estate:
        whole = found.table.set_index("measure")
        volume = of(found.markets, "volume")
        assert volume["unit"] == "kg"
        for column in ("baseline", "value", "difference", "low", "high"):
            assert volume[column] == pytest.approx(whole.loc["drug_volume_pure_kg", column], rel=1e-9)
        assert of(found.markets, "purity")["baseline"] == pytest.approx(
            whole.loc["retail_purity", "baseline"], rel=0.02
        )


def test_ratios_are_of_the_sums_of_a_run():
    found = api.repeat("estate", weeks=WEEKS, replicates=1, seed=5).markets
    price, takings, volume = (of(found, name)["mean"] for name in ("price", "takings", "volume"))
    assert price == pytest.approx(takings / volume / 1000)


def test_weeks_are_kept(estate):
    first, again = estate
    volume = of(first.markets, "volume")
    weekly = first.bands("volume:class-a")
    level = weekly[(weekly["of"] == "level") & (weekly["plan"] == "do-as-now")]
    assert level["mean"].sum() == pytest.approx(volume["baseline"])
    np.testing.assert_array_equal(weekly["mean"], again.bands("volume:class-a")["mean"])
    with pytest.raises(api.SpannerError):
        first.bands("price:class-a")


def test_old_keys_stay_and_markets_stand_beside_them(estate):
    document = estate[0].to_dict()["plans"]["leader-arrests"]
    assert set(document["outcomes"]) == set(api.measures()["id"])
    market = document["markets"]["class-a"]
    assert set(market) == set(NAMES)
    assert set(market["volume"]) == set(market["harm_gbp"]) == set(document["outcomes"]["harm_gbp"])
    assert market["projects"] is None  # nobody commissions a job on the estate


def test_goods_are_counted_as_they_are_sold():
    units = {one.id: one.unit for one in market_measures(api.load("force"))}
    assert units["volume:cocaine"] == "kg"
    assert units["volume:illicit-tobacco"] == "packs"
    assert units["street_price:stolen-vehicles"] == "GBP/vehicle"
    assert "purity:firearms" not in units
    assert units["project_takings_gbp:fraud"] == "GBP"


SUMS = (
    "illegal_profit_gbp",
    "businesses_active",
    "projects",
    "project_crimes",
    "project_victims",
    "project_takings_gbp",
)


@pytest.mark.parametrize("preset", ["force", "virtual"])
def test_markets_add_up_to_what_is_said_of_the_whole(preset):
    found = api.repeat(preset, weeks=WEEKS, replicates=2, seed=5)
    whole = found.table.set_index("measure")["mean"]
    by_market = found.markets.groupby("measure")["mean"].sum()
    for measure in SUMS:
        assert whole[measure] > 0
        assert by_market[measure] == pytest.approx(whole[measure]), measure
    # drugs alone are counted by volume; violence, street theft and children drawn in belong to no market
    assert 0 < by_market["harm_gbp"] <= whole["harm_gbp"] * (1 + 1e-9)
    jobs = found.markets[found.markets["kind"] == "commissioned"].set_index(["market", "measure"])["mean"]
    assert jobs["fraud", "projects_begun"] > jobs["fraud", "projects"] > 0
    document = found.to_dict()["markets"]
    assert {name for one in document.values() for name in one} == set(NAMES)
    assert document["fraud"]["purity"] is None
    assert document["fraud"]["harm_gbp"]["mean"] == pytest.approx(jobs["fraud", "harm_gbp"])


def test_a_harm_later_counts_less_in_a_market_as_in_the_whole():
    found = api.repeat("virtual", weeks=52, replicates=1, seed=5)
    whole = found.table.set_index("measure").loc["harm_gbp", "mean"]
    assert found.markets[found.markets["measure"] == "harm_gbp"]["mean"].sum() == pytest.approx(whole)
    weekly = sum(found.runs.weeks_of(f"harm_gbp:{name}").sum() for name in ("fraud", "cyber-crime"))
    assert weekly > whole * 1.005


def test_a_run_tells_every_market_week_by_week():
    run = api.run("force", weeks=WEEKS, seed=5)
    found = run.by("market").set_index(["id", "measure", "week"])["value"].unstack("week")
    assert found.loc[("fraud", "purity")].isna().all()
    assert found.loc[("cocaine", "projects")].isna().all()
    assert (found.loc[("cocaine", "takings")] > 0).all()
    trading = found.xs("businesses_active", level="measure").sum()
    np.testing.assert_array_equal(trading, run.series["businesses_active"])


def test_what_households_lose_is_among_what_businesses_keep():
    found = api.flows("virtual", weeks=WEEKS, replicates=1, seed=5)
    money = found[found["kind"] == "money"]
    came, went = (money.loc[money[end] == "kept", "value"].sum() for end in ("target", "source"))
    assert came == pytest.approx(went, abs=0.01)
    drawn = money.set_index("target")["value"]
    assert drawn["owners-laundered"] > 0
    assert drawn["owners-cash"] > 0
