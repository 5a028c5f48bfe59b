"""What a comparison says market by market adds up to what it says of all, in units of each market's goods."""

from __future__ import annotations

import numpy as np
import pytest

from simulation import api
from simulation.experiments.markets import market_measures

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


def test_ratios_are_of_sums_and_weeks_are_kept(estate):
    first, again = estate
    price, takings, volume = (of(first.markets, name) for name in ("price", "takings", "volume"))
    assert price["baseline"] == pytest.approx(takings["baseline"] / volume["baseline"] / 1000, rel=0.01)
    weekly = first.bands("volume:class-a")
    level = weekly[(weekly["of"] == "level") & (weekly["plan"] == "do-as-now")]
    assert level["mean"].sum() == pytest.approx(volume["baseline"])
    np.testing.assert_array_equal(weekly["mean"], again.bands("volume:class-a")["mean"])
    with pytest.raises(api.SpannerError):
        first.bands("takings:class-a")


def test_old_keys_stay_and_markets_stand_beside_them(estate):
    document = estate[0].to_dict()["plans"]["leader-arrests"]
    assert set(document["outcomes"]) == set(api.measures()["id"])
    assert set(document["markets"]["class-a"]["volume"]) == set(document["outcomes"]["harm_gbp"])


def test_goods_are_counted_as_they_are_sold():
    units = {one.id: one.unit for one in market_measures(api.load("force"))}
    assert units["volume:cocaine"] == "kg"
    assert units["volume:illicit-tobacco"] == "packs"
    assert units["street_price:stolen-vehicles"] == "GBP/vehicle"
    assert "purity:firearms" not in units
    assert units["project_takings_gbp:fraud"] == "GBP"


def test_commissioned_markets_add_up_to_all_commissioned_crime():
    found = api.repeat("virtual", weeks=WEEKS, replicates=2, seed=5)
    whole = found.table.set_index("measure")["mean"]
    by_market = found.markets.groupby("measure")["mean"].sum()
    assert set(found.markets["kind"]) == {"commissioned"}
    assert by_market["project_crimes"] > 0
    assert by_market["project_crimes"] == pytest.approx(whole["project_crimes"])
    assert by_market["project_takings_gbp"] == pytest.approx(whole["project_takings_gbp"])


def test_what_households_lose_is_among_what_businesses_keep():
    found = api.flows("virtual", weeks=WEEKS, replicates=1, seed=5)
    money = found[found["kind"] == "money"]
    came, went = (money.loc[money[end] == "kept", "value"].sum() for end in ("target", "source"))
    assert came == pytest.approx(went, abs=0.01)
    drawn = money.set_index("target")["value"]
    assert drawn["owners-laundered"] > 0
    assert drawn["owners-cash"] > 0
