"""The one door opens on the real model: what it promises about runs, comparisons, worlds and lists holds there."""

from __future__ import annotations

import threading
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from simulation import api
from simulation.errors import OutOfRange, UnknownName
from simulation.experiments.comparison import Comparison
from simulation.experiments.executors import EXECUTORS
from simulation.experiments.networks import KINDS
from simulation.experiments.single import DIMENSIONS, Run
from simulation.measures.catalogue import MEASURES, PLACE_MEASURES
from simulation.store.read import table

WEEKS = 8


@pytest.fixture(scope="module")
def run() -> Run:
    return api.run("force", "volume-arrests", weeks=WEEKS)


@pytest.fixture(scope="module")
def compared() -> Comparison:
    return api.compare("force", ["volume-arrests", "leader-arrests"], weeks=WEEKS, replicates=3, executor="serial")


def test_a_run_has_a_row_a_week_and_a_column_a_measure(run: Run) -> None:
    assert list(run.series) == [measure.id for measure in MEASURES]
    assert run.series.index.name == "week"
    assert run.series.index.tolist() == list(range(WEEKS))
    assert (run.series.dtypes == np.float64).all()
    assert run.series["people_active"].gt(0).all()
    again = api.run("force", "volume-arrests", weeks=WEEKS, detail=False)
    pd.testing.assert_frame_equal(again.series, run.series, check_exact=True)
    assert again.run_id == run.run_id
    assert api.run("force", weeks=WEEKS, seed=2, detail=False).run_id != run.run_id


def test_a_comparison_is_made_of_its_runs(run: Run, compared: Comparison) -> None:
    cost = compared.outcome("volume-arrests", "plan_cost_gbp")[0]
    assert cost == pytest.approx(run.outcomes["plan_cost_gbp"])
    np.testing.assert_array_equal(compared.runs.series[1, 0], run.series.to_numpy())


@pytest.mark.parametrize("executor", EXECUTORS)
def test_executors_agree_to_the_bit(compared: Comparison, executor: str) -> None:
    plans = ["volume-arrests", "leader-arrests"]
    found = api.compare("force", plans, weeks=WEEKS, replicates=3, executor=executor, workers=2)
    pd.testing.assert_frame_equal(found.table, compared.table, check_exact=True)
    np.testing.assert_array_equal(found.runs.series, compared.runs.series)
    pd.testing.assert_frame_equal(found.place("harm_gbp"), compared.place("harm_gbp"), check_exact=True)


def test_a_plan_that_does_nothing_changes_nothing() -> None:
    idle = {"id": "idle", "title": "Idle", "entry": [{"intervention": "volume-arrests", "dose": 0.0}]}
    found = api.compare("force", idle, weeks=WEEKS, replicates=2)
    known = found.table[found.table["replicates"] > 0]
    assert (known["difference"].fillna(0.0) == 0).all()


def test_a_run_is_seen_by_place_and_by_everything_else(run: Run) -> None:
    for dimension in DIMENSIONS:
        frame = run.by(dimension)
        assert list(frame) == ["week", "id", "measure", "value"], dimension
    place = run.by("locality")
    assert set(place["measure"]) == set(PLACE_MEASURES)
    assert len(place) == WEEKS * len(run.localities) * len(PLACE_MEASURES)
    sold = place[place["measure"] == "sold_pure_kg"].groupby("week")["value"].sum()
    market = run.by("market")
    by_market = market[market["measure"] == "sold_pure_kg"].groupby("week")["value"].sum()
    assert by_market.ge(sold - 1e-9).all()  # upstream tiers sell, too
    business = run.by("business")
    count = business[business["measure"] == "members"].groupby("week")["id"].nunique()
    np.testing.assert_array_equal(count.to_numpy(), run.series["businesses_active"].to_numpy())
    with pytest.raises(UnknownName):
        run.by("town")


def test_people_and_businesses_after_the_last_week(run: Run) -> None:
    people, businesses = run.people, run.businesses
    assert people["id"].is_unique
    assert businesses["id"].is_unique
    assert len(businesses) == run.series["businesses_active"].iloc[-1]
    balance = [name for name in businesses if name.endswith("_gbp")]
    assert businesses[balance].sum(axis=1).abs().max() < 0.005  # every balance sheet balances, to the penny
    assert set(people["business"]) - {""}
    assert set(people["locality"]) <= {"", *run.localities["id"]}


def test_a_business_has_accounts(run: Run) -> None:
    business = run.businesses["id"].iloc[0]
    accounts = run.accounts(business)
    assert set(accounts["statement"]) == {"flows", "balance"}
    balance = accounts[accounts["statement"] == "balance"]
    assert balance["gbp"].sum() == pytest.approx(0.0, abs=0.005)
    row = run.businesses.set_index("id").loc[business]
    cash = balance.set_index("item").loc["cash_dirty", "gbp"]
    assert cash == pytest.approx(row["cash_dirty_gbp"])
    with pytest.raises(OutOfRange):
        run.accounts(business, 1)
    with pytest.raises(UnknownName):
        run.accounts("0" * 16)


@pytest.mark.parametrize("kind", KINDS)
def test_networks_are_whole_and_the_picture_is_part_of_them(run: Run, kind: str) -> None:
    true = run.network(kind)
    seen = run.network(kind, view="perceived")
    assert set(true.edges["source"]) | set(true.edges["target"]) <= set(true.nodes["id"])
    graph = true.to_networkx()
    assert graph.number_of_nodes() == len(true.nodes)
    assert graph.number_of_edges() == len(true.edges)
    assert isinstance(graph, nx.DiGraph) == (kind == "supply")
    real = seen.nodes[~seen.nodes["ghost"].astype(bool)]
    assert set(real["id"]) <= set(true.nodes["id"])
    assert len(seen.edges) <= len(true.edges)
    early = run.network(kind, week=0)
    assert early.week == 0
    with pytest.raises(OutOfRange):
        run.network(kind, week=WEEKS)


def test_a_network_at_the_end_is_the_same_lived_again(run: Run) -> None:
    again = api.run("force", "volume-arrests", weeks=WEEKS, detail=False)
    pd.testing.assert_frame_equal(again.network("supply").edges, run.network("supply").edges, check_exact=True)
    pd.testing.assert_frame_equal(again.people, run.people, check_exact=True)


def test_events_are_in_order(run: Run) -> None:
    assert list(run.events) == [
        "week", "phase", "kind", "subject_kind", "subject", "object", "cause", "intervention", "value", "unit",
    ]  # fmt: skip
    assert run.events["week"].is_monotonic_increasing
    arrests = run.events[run.events["kind"] == "arrest"].groupby("week").size()
    expected = run.series["arrests"][run.series["arrests"] > 0]
    np.testing.assert_array_equal(arrests.to_numpy(), expected.to_numpy())


def test_draws_are_uniform(run: Run) -> None:
    frame = api.run("force", weeks=2, detail=False).draws("arrest")
    values = frame[["u0", "u1", "u2", "u3"]].to_numpy()
    assert ((values > 0) & (values < 1)).all()
    assert values.mean() == pytest.approx(0.5, abs=0.02)
    assert len(np.unique(values)) > 0.999 * values.size
    with pytest.raises(UnknownName):
        run.draws("luck")


def test_a_world_is_a_mesa_model_at_week_zero(run: Run) -> None:
    world = api.world("force", "volume-arrests")
    assert world.steps == 0
    assert world.spec.plan.id == "volume-arrests"
    world.advance(WEEKS)
    np.testing.assert_array_equal(world.result().series[:WEEKS], run.series.to_numpy())


def test_a_run_stops_when_asked() -> None:
    with pytest.raises(api.Cancelled):
        api.run("force", weeks=200, cancel=lambda: True)
    told: list[tuple[int, int]] = []
    api.run("force", weeks=WEEKS, detail=False, progress=lambda week, weeks: told.append((week, weeks)))
    assert told[-1] == (WEEKS, WEEKS)


def test_a_job_can_be_watched_and_stopped(compared: Comparison, tmp_path: Path) -> None:
    with api.submit("force", ["volume-arrests", "leader-arrests"], weeks=WEEKS, replicates=3) as job:
        found = job.results(120)
    pd.testing.assert_frame_equal(found.table, compared.table, check_exact=True)
    started = threading.Event()
    job = api.submit("force", "volume-arrests", weeks=52, replicates=5000, store=tmp_path)
    while job.progress()[0] < 2:
        started.wait(0.05)
    job.cancel()
    with pytest.raises(api.Cancelled):
        job.results(60)
    assert len(table(api.open_store(tmp_path), "runs")) >= 2


def test_events_of_a_batch_are_kept_when_asked(tmp_path: Path) -> None:
    api.repeat("force", weeks=WEEKS, replicates=1, store=tmp_path, events=True)
    events = table(api.open_store(tmp_path), "events")
    assert len(events)
    assert events["run_id"].nunique() == 1


def test_lists_say_unit_range_and_source() -> None:
    assert {"id", "unit", "low", "high", "status", "source"} <= set(api.parameters())
    assert {"id", "unit", "direction", "label", "definition", "aggregate"} <= set(api.measures())
    assert {"id", "unit", "composition", "scope"} <= set(api.levers())
    assert 0 < api.mechanisms()["parameters"].sum() <= len(api.parameters())
    cards = api.interventions()
    assert {"id", "title", "p4", "dddd", "evidence", "cost"} <= set(cards)
    assert {"volume-arrests", "clear", "hold", "build"} <= set(cards["id"])


def test_a_cycle_reads_its_indicator_in_every_way_a_plan_is_run() -> None:
    cycle = {
        "period_weeks": 4,
        "observe": ["people_active"],
        "options": [{"name": "press", "interventions": ["hold"]}, {"name": "rest"}],
        "rule": {"kind": "threshold", "measure": "people_active", "above": 1.0, "then": "press", "otherwise": "rest"},
    }
    waits = {"intervention": "clear", "where": "force", "trigger": {"measure": "arrests", "above": 0.0, "weeks": 4}}
    plan = {
        "id": "steered",
        "title": "Steered",
        "cycle": cycle,
        "entry": [{"intervention": "hold", "where": "force"}, waits],
    }
    run = api.run("force", plan, weeks=12, detail=False)
    cost = run.series["plan_cost_gbp"]
    assert cost.iloc[0] > 0.0  # analysts prepare the next decision; at week 0 nothing has been seen, and the plan rests
    assert (cost.iloc[:4] == cost.iloc[0]).all()
    assert (cost.iloc[5:] > cost.iloc[0]).all()  # what waited for arrests has begun
    assert cost.iloc[6] > cost.iloc[5]  # and two weeks after the decision, what it chose
    world = api.world("force", plan)
    for _ in range(12):
        world.step()
    np.testing.assert_array_equal(world.series_so_far(), run.series.to_numpy())


def test_goods_and_money_are_followed_without_losing_any() -> None:
    lived = api.run("estate", weeks=20, seed=5, detail=False)
    found = lived.flows()
    goods, money = (found[found["kind"] == kind] for kind in ("goods", "money"))
    value = goods.set_index(["source", "target"])["value"]
    out = value["line", "sold-here"] + value["line", "sold-elsewhere"] + value["importer", "seized-border"]
    lost = sum(value[tier, "lost-inland"] for tier in ("importer", "wholesaler", "distributor", "line"))
    kept = sum(value[tier, "stock"] for tier in ("importer", "wholesaler", "distributor", "line"))
    assert value["source", "importer"] == pytest.approx(out + lost + kept)
    assert lost == pytest.approx(value["lost-inland", "seized-inland"] + value["lost-inland", "dumped"], abs=1e-6)
    sold = lived.series["drug_volume_pure_kg"].sum()
    assert value["line", "sold-here"] + value["line", "sold-elsewhere"] == pytest.approx(sold)
    # what comes in from users, thefts and founders is paid out, or is in the businesses' hands at the end
    paid_in = money[money["target"] == "kept"]["value"].sum()
    assert paid_in == pytest.approx(money[money["source"] == "kept"]["value"].sum(), abs=0.01)
    again = api.flows("estate", weeks=20, replicates=1, seed=5)
    pd.testing.assert_frame_equal(found, again)
    with pytest.raises(OutOfRange):
        lived.flows(1)
    with pytest.raises(OutOfRange):
        api.flows("estate", replicates=0)
