"""Places are chosen by what was recorded or is known, within an agency's ground, and never by who lives there."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.errors import Conflict, UnknownName
from simulation.policy.where import places_of
from simulation.schema import Where
from simulation.state.codes import ELSEWHERE, IMPORTING_TOWN, INSIDE
from tests.policy.ground import checkpoint, fresh_state

NAMES = [place.id for place in checkpoint().localities]


def chosen(rule: str, state=None, agency: int = 0, **more: object) -> list[int]:
    where = Where.model_validate({"rule": rule, **more})
    return places_of(where, fresh_state() if state is None else state, agency, NAMES).tolist()


def test_places_by_name_by_force_and_everywhere() -> None:
    state = fresh_state()
    inside = np.flatnonzero(state.place.kind == INSIDE).tolist()
    assert chosen("force") == inside
    assert chosen("named", names=[NAMES[3], NAMES[1]]) == [1, 3]
    assert set(inside) <= set(chosen("everywhere"))
    assert not (state.place.kind[chosen("everywhere")] == ELSEWHERE).any()


def test_towns_that_import_are_found_where_there_are_any() -> None:
    state = fresh_state()
    state.place.kind[2] = IMPORTING_TOWN
    assert chosen("importing", state) == [2]
    state.place.kind[2] = INSIDE
    if not (state.place.kind == IMPORTING_TOWN).any():
        with pytest.raises(Conflict):
            chosen("importing", state)


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownName):
        chosen("named", names=["nowhere-at-all"])


def test_most_harm_reads_what_was_recorded() -> None:
    state = fresh_state()
    state.agency.recorded[:, 0] = 0.0
    state.agency.recorded[[4, 7, 9], 0] = [3.0, 5.0, 4.0]
    assert chosen("most-harm", state, n=2) == [7, 9]
    state.agency.recorded[5, 1] = 2.0
    assert chosen("most-violence", state, n=1) == [5]


def test_most_sales_and_contested_read_what_is_known() -> None:
    state = fresh_state()
    state.outlet.knowledge[:] = 0.0
    lines = np.flatnonzero((state.outlet.state == 1) & (state.outlet.tier == 3))
    row = lines[0]
    state.outlet.knowledge[row, 0] = 0.9
    assert chosen("most-sales", state, n=1) == [int(state.outlet.place[row])]
    assert chosen("contested", state, n=1) == [int(state.outlet.place[row])]


def test_random_places_are_the_same_ones_every_time() -> None:
    assert chosen("random", n=4) == chosen("random", n=4)
    assert len(chosen("random", n=4)) == 4


def test_who_lives_there_changes_no_choice() -> None:
    state, other = fresh_state(), fresh_state()
    for one in (state, other):
        one.agency.recorded[:, 0] = np.arange(one.place.id.size) % 5
    other.place.deprivation[:] = other.place.deprivation[::-1].copy()
    other.place.pool[:] = 0
    for rule in ("most-harm", "most-violence", "most-sales", "contested", "random"):
        assert chosen(rule, state, n=3) == chosen(rule, other, n=3)
