"""Every place on the way into the country keeps the promises that all keep, and a new one is a few lines of data."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from simulation.errors import SpannerError
from simulation.kernels.imports import arrive
from simulation.kernels.route_risk import prospects
from simulation.kernels.routes import routes
from simulation.measures.catalogue import INDEX
from simulation.schema import load_scenario, load_sources
from simulation.schema.quantity import quantities
from simulation.schema.route import BEGINS, ENTERS
from simulation.state.codes import ACTIVE, IMPORTER
from simulation.state.handle import bind
from simulation.state.route import LANES
from simulation.world.prepare_routes import name_identity
from simulation.world.run import execute
from tests.conservation.identities import faults_of
from tests.integration.lives import alike, grown_up, lived, newborn, spec

NODES = load_scenario("force").routes.nodes
EVERY = sorted(NODES)
MARKETS = sorted({market for node in NODES.values() for market in node.markets})
GOODS = "class-a"
LIVED = sorted({node for way in load_scenario("force").routes.ways(GOODS) for node in way})


def quantity(value: float, unit: str) -> dict[str, Any]:
    return {
        "value": value,
        "unit": unit,
        "low": 0.2 * value,
        "high": 2.0 * value,
        "status": "assumed",
        "note": "A trial.",
    }


def with_node(name: str, **node: Any) -> dict[str, Any]:
    return {"id": "more-ways", "preset": "estate", "routes": {"nodes": {name: node}}}


NEW_PORT: dict[str, Any] = {
    "title": "A new quay", "kind": "container", "markets": [GOODS], "after": ["rotterdam"],
    "hazard": quantity(0.3, "ratio"), "cost": quantity(0.005, "share"), "capacity": quantity(0.4, "share"),
}  # fmt: skip


def test_there_are_many_of_every_kind() -> None:
    assert len(NODES) >= 30
    kinds = {node.kind for node in NODES.values()}
    assert kinds >= {"source", "hub", "ro-ro", "container", "airport", "post", "coast"}
    assert sum(node.kind in ENTERS for node in NODES.values()) >= 12


@pytest.mark.parametrize("name", EVERY)
def test_a_node_lies_on_a_way_and_stands_on_someones_word(name: str) -> None:
    node = NODES[name]
    assert node.title
    assert node.markets
    assert any(name in way for market in MARKETS for way in load_scenario("force").routes.ways(market))
    for path, one in quantities(node):
        assert one.note, path
        assert one.source is None or one.source in load_sources()


@pytest.mark.parametrize("market", MARKETS)
def test_goods_of_every_market_have_ways_from_a_source_to_an_entry(market: str) -> None:
    ways = load_scenario("force").routes.ways(market)
    assert len({way[-1] for way in ways}) >= 2
    for way in ways:
        assert NODES[way[0]].kind in BEGINS
        assert NODES[way[-1]].kind in ENTERS
        assert len(set(way)) == len(way)
        assert all(before in NODES[after].after for before, after in itertools.pairwise(way))


@pytest.mark.parametrize("name", LIVED)
def test_pressure_on_a_node_falls_on_what_passes_it_and_nothing_is_lost_count_of(name: str) -> None:
    """All importers of an estate take a way by this node while it stops nearly everything; then nothing."""
    engine = newborn(spec("estate"))
    engine.decide()
    s, p, v = engine.state, engine.p, engine.levers
    assert v is not None
    row = int(np.flatnonzero(s.route.id == name_identity(name))[0])
    for week in range(2):
        routes(s, v, p, engine.key, week, 0)
    importers = np.flatnonzero((s.outlet.state == ACTIVE) & (s.outlet.tier == IMPORTER))
    passing = np.flatnonzero((s.passage.way[0, : s.passage.ways[0]] == row).any(axis=1))
    pressed = bind(v.columns._replace(interdiction=v.columns.interdiction.copy()))
    pressed.columns.interdiction[:, 0, row] = 5.0
    for o in importers:
        s.lane.way[o] = passing[0]
        for n in range(LANES):
            usual, _ = prospects(s, v, p, 0, o, n)
            assert prospects(s, pressed, p, 0, o, n)[0] == pytest.approx(
                usual + 4.0 * s.route.hazard[row] * s.route.crowd[row] / s.passage.weight[0]
            )
        held = s.outlet.stock[o]
        s.outlet.transit[o] = 100_003
        stopped = arrive(s, pressed, p, engine.key, 5, 0, o)
        assert s.outlet.stock[o] + s.outlet.transit[o] + stopped == held + 100_003
    assert s.route.passed[row] + s.route.found.sum() > 0


def test_a_new_node_is_data_and_smugglers_find_it() -> None:
    found = grown_up(spec(with_node("new-quay", **NEW_PORT), weeks=26))
    row = int(np.flatnonzero(found.state.route.id == name_identity("new-quay"))[0])
    assert found.state.route.usual[row] > 0.05
    assert found.state.route.flow[row] > 0.02
    lived(found)
    assert faults_of(found.state) == []


def test_a_node_that_no_goods_pass_changes_nothing() -> None:
    unused = {**NEW_PORT, "markets": ["stolen-vehicles"]}
    assert alike(
        lived(newborn(spec(with_node("new-quay", **unused), weeks=40))), lived(newborn(spec("estate", weeks=40)))
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"after": ["atlantis"]}, "unknown-name"),
        ({"after": []}, "conflict"),
        ({"kind": "source"}, "conflict"),
        ({"kind": "portal"}, "unknown-name"),
        ({"capacity": quantity(0.0, "share")}, "out-of-range"),
    ],
)
def test_a_node_that_hangs_in_the_air_is_refused(change: dict[str, Any], code: str) -> None:
    with pytest.raises(SpannerError) as refused:
        load_scenario(with_node("new-quay", **{**NEW_PORT, **change}))
    assert refused.value.code == code


@pytest.mark.parametrize("mechanism", ["routes", "route_learning", "inputs"])
def test_what_ways_do_is_missed_when_it_is_off(mechanism: str) -> None:
    plan = {"id": "pressed", "title": "Pressed", "entry": [{"intervention": "border-interdiction", "agency": "nca"}]}
    struck = {"id": "struck", "preset": "estate", "shocks": [{"week": 4, "kind": "input-removal", "size": 55.0}]}
    whole = execute(spec(struck, plan, weeks=104)).series
    assert not np.array_equal(execute(spec(struck, plan, weeks=104, ablate=[mechanism])).series, whole, equal_nan=True)


@pytest.mark.slow
def test_after_twenty_years_goods_still_come_by_many_ways_and_as_much() -> None:
    """In every world by many ways; and over twelve worlds, since one has half a dozen importers, by as many importers."""
    worlds = []
    for replicate in range(12):
        engine = grown_up(spec("force", weeks=780, replicate=replicate))
        worlds.append(lived(engine))
        flow = engine.state.route.flow[engine.state.route.entry == 1]
        assert (flow > 0.01).sum() >= 8
        assert flow.max() < 0.5
    series = np.mean(worlds, axis=0)
    for name in ("drug_volume_pure_kg", "seized_share", "importers"):
        column = series[:, INDEX[name]]
        assert column[-104:].mean() == pytest.approx(column[:104].mean(), rel=0.15), name
