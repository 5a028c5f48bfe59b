"""An entry for several agencies is done by each in its own places, with its own hours; others' places are refused."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pytest

from simulation.errors import Conflict, UnknownName
from simulation.policy import Programme
from simulation.policy.authority import check_lawful
from simulation.policy.intervention import REGISTRY
from simulation.schema import RunSpec, build_spec, load_authority
from simulation.state.codes import BORDER, NEIGHBOURHOOD_POLICING, REACTIVE
from simulation.state.columns import columns_of
from simulation.state.levers import Levers
from simulation.world.burn_in import Checkpoint, burnt_in
from simulation.world.values import parameter_record
from tests.policy.ground import plan_of
from tests.world.hierarchy_world import two_areas

WEEKS = 52
PAID = {"funding": "additional", "budget_holder": "home-office"}
FORBIDDEN = {
    (card, agency)
    for rule in load_authority().forbid
    if rule.rule == "agency"
    for card in rule.interventions
    for agency in rule.agencies
}
OF_ONE_TARGET = ("interdiction", "platform_open", "comms_compromise")  # levers on ways and platforms
NORTH, SOUTH = slice(0, 6), slice(6, 12)
PATROL = {"intervention": "hot-spot-patrol"}


def spec_of(*entries: dict[str, Any], **merged: str) -> RunSpec:
    return build_spec(two_areas(**merged), plan_of(*entries), weeks=WEEKS)


@functools.cache
def checkpoint(merged: bool = False) -> Checkpoint:
    return burnt_in(spec_of(**({"north": "both", "south": "both"} if merged else {})))


def programme(*entries: dict[str, Any], merged: bool = False) -> Programme:
    spec = spec_of(*entries, **({"north": "both", "south": "both"} if merged else {}))
    made = Programme(spec.plan, spec.scenario, parameter_record({**spec.scenario.parameters}), np.uint64(1),
                     checkpoint(merged).localities, WEEKS)  # fmt: skip
    made.open(checkpoint(merged).state, 0)
    return made


def levers(made: Programme, merged: bool = False) -> dict[str, np.ndarray]:
    composed = made.compose(checkpoint(merged).state, 0, WEEKS)
    return {name: column.copy() for name, column in zip(columns_of(Levers), composed, strict=True)}


def test_each_force_works_in_its_own_places():
    made = programme({**PATROL, "where": "force"})
    assert [piece.claim.places.tolist() for piece in made.pieces] == [list(range(6)), list(range(6, 12))]
    assert [made.tables[piece.claim.agency].name for piece in made.pieces] == ["force-north", "force-south"]


def test_a_force_with_none_of_the_places_gives_no_hours():
    made = programme({**PATROL, "where": ["south"]})
    assert [made.tables[piece.claim.agency].name for piece in made.pieces] == ["force-south"]
    one = programme({**PATROL, "where": {"rule": "most-harm", "n": 1}})
    assert sum(piece.claim.places.size for piece in one.pieces) == 1


def test_retasked_hours_are_missed_in_the_places_of_the_force_that_gives_them():
    effort = levers(programme({**PATROL, "agency": "force-south"}))["effort"]
    done = [a for a in range(effort.shape[2]) if a not in (REACTIVE, BORDER)]
    assert effort[-1, SOUTH, NEIGHBOURHOOD_POLICING].max() < 1.0
    assert np.all(effort[:, NORTH][:, :, done] == 1.0)


def test_a_place_of_another_force_is_refused():
    with pytest.raises(Conflict, match=r"where.names"):
        programme({**PATROL, "agency": "force-south", "where": ["north"]})
    with pytest.raises(UnknownName, match="force-north"):
        spec_of({**PATROL, "agency": "force-nort"})


def test_targets_are_counted_once_for_all():
    leaders = {"intervention": "leader-arrests", "targets": {"rule": "leader", "n": 5}}
    limits = [piece.limit for piece in programme(leaders).pieces]
    assert sum(limit or 0 for limit in limits) == 5
    assert min(limit or 0 for limit in limits) >= 1


def test_what_has_no_place_moves_as_under_one_force_of_both():
    cell = {"intervention": "joint-intelligence-cell", **PAID}
    apart, together = levers(programme(cell)), levers(programme(cell, merged=True), merged=True)
    gain = together["source_yield"].max(axis=1)
    assert gain[-1] > 1.0
    assert apart["source_yield"].max(axis=1) == pytest.approx(gain)
    alone = levers(programme({**cell, "agency": "force-south"}))["source_yield"].max(axis=1)
    assert 1.0 < alone[-1] < gain[-1]


@pytest.mark.parametrize("card", sorted(REGISTRY))
def test_two_forces_move_what_one_force_of_both_moves(card: str):
    kinds = [kind for kind in ("force", "council") if (card, kind) not in FORBIDDEN]
    entry = {"intervention": card, "agency": kinds[0] if kinds else "nca", **PAID}
    apart, together, at_rest = (
        levers(programme(entry)),
        levers(programme(entry, merged=True), merged=True),
        levers(programme()),
    )
    for name in sorted(set(apart) - {"capacity", "portfolio", "effort"}):
        one, both, none = apart[name], together[name], at_rest[name]
        if name in OF_ONE_TARGET:  # which of several comes first differs between the two worlds
            one, both, none = np.sort(one), np.sort(both), np.sort(none)
        # shares one after the other take less than their sum, by at most half the square of the whole
        slack = 0.5 * (both - none) ** 2 + 1e-9
        assert np.all(np.abs(one - both) <= slack), name


def test_an_agency_is_bound_as_its_kind_is():
    plan = plan_of({"intervention": "leader-arrests", "agency": "council-north"})
    with pytest.raises(Conflict, match="police power"):
        check_lawful(plan, load_authority(), {"council-north": "council"})
    with pytest.raises(Conflict, match="police power"):
        programme({"intervention": "leader-arrests", "agency": "council-north"})
