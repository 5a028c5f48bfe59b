"""Files are passed up to those who work on suppliers and down to those who work on the street, and nothing is made up."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.policy.deliberation import Table
from simulation.policy.referral import pass_on
from simulation.state.codes import (
    ACTIVE,
    EXPOSURE_OF_ROLE,
    FREE,
    IMPORTER,
    LINE,
    LOCAL,
    NATIONAL,
    REGIONAL,
    STREET,
    TARGET_PERSON,
)
from simulation.state.police import GHOST_TARGET
from simulation.state.world import State
from simulation.world.values import parameter_record
from tests.policy.ground import fresh_state, plan_of, programme

P = parameter_record({})


def tables() -> dict[int, Table]:
    return {table.level: table for table in programme(plan_of()).tables if table.investigates}


def ground() -> State:
    """The estate with nobody on file, no operation under way and no ghost."""
    s = fresh_state()
    s.person.knowledge[:] = 0.0
    s.operation.state[:] = 0
    s.ghost.state[:] = 0
    s.agency.referred[:] = 0
    return s


def of_tier(s: State, tier: int, number: int) -> np.ndarray:
    """Rows of people above the street who work for businesses of a tier."""
    business = np.maximum(s.person.business, 0)
    there = (s.person.status == FREE) & (s.person.business >= 0) & (s.business.tier[business] == tier)
    return np.flatnonzero(there & (EXPOSURE_OF_ROLE[s.person.role] != STREET))[:number]


def listed(s: State, rows: np.ndarray, level: int, kind: int = TARGET_PERSON) -> tuple[np.ndarray, ...]:
    """A meeting's list of these, best known first."""
    known = (s.ghost if kind == GHOST_TARGET else s.person).knowledge[rows, level].astype(float)
    identity = (s.ghost if kind == GHOST_TARGET else s.person).id[rows]
    order = np.argsort(-known, kind="stable")
    kinds = np.full(rows.size, kind)
    return rows[order], kinds, identity[order], known[order], known[order]


def test_the_force_passes_suppliers_up_and_the_region_passes_sellers_down() -> None:
    s, who = ground(), tables()
    upstream, street = of_tier(s, IMPORTER, 2), of_tier(s, LINE, 2)
    s.person.knowledge[upstream, LOCAL] = 0.8
    s.person.knowledge[street, REGIONAL] = 0.7
    assert pass_on(s, P, who[LOCAL], listed(s, upstream, LOCAL)) == 2
    assert s.person.knowledge[upstream, REGIONAL] == pytest.approx(0.8)
    assert (s.person.knowledge[upstream, NATIONAL] == 0.0).all()
    assert pass_on(s, P, who[REGIONAL], listed(s, street, REGIONAL)) == 2
    assert s.person.knowledge[street, LOCAL] == pytest.approx(0.7)
    assert s.agency.referred[who[LOCAL].row].tolist() == [2, 0]
    assert s.agency.referred[who[REGIONAL].row].tolist() == [0, 2]


def test_what_is_its_own_work_stays_where_it_is() -> None:
    s, who = ground(), tables()
    street = of_tier(s, LINE, 2)
    s.person.knowledge[street, LOCAL] = 0.9
    assert pass_on(s, P, who[LOCAL], listed(s, street, LOCAL)) == 0
    upstream = of_tier(s, IMPORTER, 2)
    s.person.knowledge[upstream, NATIONAL] = 0.9
    assert pass_on(s, P, who[NATIONAL], listed(s, upstream, NATIONAL)) == 0


def test_thin_files_those_under_way_and_those_known_there_stay_and_few_go_at_once() -> None:
    s, who = ground(), tables()
    rows = of_tier(s, IMPORTER, 6)
    s.person.knowledge[rows, LOCAL] = 0.9
    assert pass_on(s, P, who[LOCAL], listed(s, rows, LOCAL)) == P["referral_most"]
    s = ground()
    s.person.knowledge[rows, LOCAL] = P["referral_known"] - 0.01
    assert pass_on(s, P, who[LOCAL], listed(s, rows, LOCAL)) == 0
    s.person.knowledge[rows, LOCAL] = 0.9
    s.person.knowledge[rows, REGIONAL] = 0.95
    assert pass_on(s, P, who[LOCAL], listed(s, rows, LOCAL)) == 0
    s.person.knowledge[rows, REGIONAL] = 0.0
    s.operation.state[: rows.size] = ACTIVE
    s.operation.agency[: rows.size] = who[LOCAL].row
    s.operation.target_id[: rows.size] = s.person.id[rows]
    assert pass_on(s, P, who[LOCAL], listed(s, rows, LOCAL)) == 0


def test_a_ghost_is_passed_up_like_anybody_and_misleads_the_region_too() -> None:
    s, who = ground(), tables()
    s.ghost.state[0], s.ghost.id[0] = ACTIVE, 77
    s.ghost.knowledge[0] = (0.8, 0.0, 0.0)
    assert pass_on(s, P, who[LOCAL], listed(s, np.array([0]), LOCAL, GHOST_TARGET)) == 1
    assert s.ghost.knowledge[0, REGIONAL] == pytest.approx(0.8)


@pytest.mark.parametrize("ablate", [(), ("referral",)])
def test_meetings_refer_unless_the_mechanism_is_off(ablate: tuple[str, ...]) -> None:
    s, made = ground(), programme(plan_of())
    made.parameters = parameter_record({}, ablate)
    rows = of_tier(s, IMPORTER, 4)
    s.person.knowledge[rows, LOCAL] = 0.9
    before = int(s.agency.referred.sum())
    made.meet(s, 0)
    assert (int(s.agency.referred.sum()) > before) == (not ablate)
