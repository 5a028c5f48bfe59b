"""Charts hold what an operation would have had in hand, records of co-operation what a force has, and no more."""

from __future__ import annotations

import functools
import math

import networkx as nx
import numpy as np
import pytest

from simulation.experiments.investigated import charts, dealings, investigations, recorded_cooperation
from simulation.experiments.networks import AT_LARGE
from simulation.experiments.portrait import mapped
from simulation.experiments.shape import graph_of
from simulation.state.codes import INSIDE
from simulation.state.values import Values
from simulation.state.world import State, copy_state
from simulation.validation.probes import PROBES
from tests.integration.lives import grown_up, spec

WEEK = 26


@functools.cache
def lived() -> tuple[State, Values]:
    engine = grown_up(spec("force", weeks=WEEK))
    engine.run(WEEK)
    return engine.state, engine.p


def test_each_tie_of_a_chart_was_heard_from_somebody_followed() -> None:
    state, _ = lived()
    person, found = state.person, list(charts(state, WEEK))
    known = {(int(a), int(b)) for a, b in dealings(state, WEEK)}
    assert len(found) > 5
    for chart in found:
        assert 20 <= chart.people.size <= 120
        assert chart.followed[chart.ties].any(axis=1).all()
        assert {tuple(pair) for pair in chart.people[chart.ties].tolist()} <= known
        assert mapped(person.knowledge)[chart.people[chart.followed]].all()
        assert np.isin(person.status[chart.people], AT_LARGE).all()
        assert nx.is_connected(graph_of(range(chart.people.size), chart.ties.tolist()))
    heard = np.concatenate([chart.people[~chart.followed] for chart in found])
    assert not mapped(person.knowledge)[heard].all(), "who is heard need not have been known before"


def test_more_is_drawn_where_those_heard_are_followed_too() -> None:
    state, _ = lived()
    partly = {chart.business: chart for chart in charts(state, WEEK)}
    whole = {chart.business: chart for chart in charts(state, WEEK, whole=True)}
    both = partly.keys() & whole.keys()
    assert both
    assert all(whole[b].ties.shape[0] >= partly[b].ties.shape[0] for b in both)
    assert any(whole[b].ties.shape[0] > partly[b].ties.shape[0] for b in both)


def test_nothing_is_drawn_of_what_nobody_knows() -> None:
    state = copy_state(lived()[0])
    state.person.knowledge[:] = 0.0
    assert not list(charts(state, WEEK))
    state.outlet.knowledge[:] = 0.0
    groups, ties = recorded_cooperation(state, WEEK)
    assert groups.size > 50
    assert ties.size == 0
    state.business.knowledge[:] = 0.0
    assert recorded_cooperation(state, WEEK)[0].size == 0


def test_groups_on_record_are_a_forces_own() -> None:
    state, _ = lived()
    groups, ties = recorded_cooperation(state, WEEK)
    business = state.business
    assert mapped(business.knowledge)[groups].all()
    assert (state.place.kind[business.home[groups]] == INSIDE).all()
    assert (ties[:, 0] < ties[:, 1]).all()
    assert len(np.unique(ties, axis=0)) == len(ties) > 20


def test_trade_longer_ago_than_the_records_reach_is_on_none() -> None:
    state = copy_state(lived()[0])
    before = len(recorded_cooperation(state, WEEK)[1])
    state.tie.last[:] = WEEK - 157
    assert len(recorded_cooperation(state, WEEK)[1]) < before


def test_the_charts_of_a_run_are_networks_by_business() -> None:
    state, _ = lived()
    found = investigations(state, WEEK - 1)
    assert len(found) == len(list(charts(state, WEEK)))
    for network in found.values():
        assert set(network.edges["source"]) | set(network.edges["target"]) == set(network.nodes["id"])
        assert network.shape().pieces == 1


@pytest.mark.parametrize("name", [name for name in PROBES if name.startswith(("chart_", "groups_"))])
def test_probes_look_twice_a_year(name: str) -> None:
    state, p = lived()
    ask = PROBES[name]()
    assert math.isnan(ask(state, p, WEEK - 1)[0])
    value, weight = ask(state, p, WEEK)
    assert math.isfinite(value)
    assert weight > 0
    assert math.isnan(ask(state, p, WEEK + 4)[0])


def test_probes_say_what_the_networks_look_like() -> None:
    state, p = lived()
    total, number = PROBES["chart_degree"]()(state, p, WEEK)
    drawn = [graph_of(range(c.people.size), c.ties.tolist()) for c in charts(state, WEEK)]
    assert total / number == pytest.approx(np.mean([2 * g.number_of_edges() / len(g) for g in drawn]))
    groups, ties = recorded_cooperation(state, WEEK)
    graph = graph_of(range(groups.size), ties.tolist())
    alone, one = PROBES["groups_isolates"]()(state, p, WEEK)
    assert (alone, one) == (pytest.approx(nx.number_of_isolates(graph) / len(graph)), 1.0)
    assert PROBES["groups_density"]()(state, p, WEEK)[0] == pytest.approx(nx.density(graph))
    assert PROBES["groups_partners"]()(state, p, WEEK)[0] == max(d for _, d in graph.degree())
