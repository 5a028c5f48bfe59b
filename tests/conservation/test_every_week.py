"""Money, goods and people are conserved in every week of every world, and each check sees what it is there for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from simulation.measures.catalogue import INDEX
from simulation.state.codes import CASH_CLEAN, CASH_DIRTY, EQUITY, EXITED, LINE, OUTSIDE, PRISON, STOCK_AT_COST
from simulation.state.world import FREE_PERSON, GOODS_LOST, PEOPLE_LEFT, State, copy_state
from tests.conservation import identities
from tests.conservation.identities import Bookkeeper, faults_of, first_faults, measures_are_sound
from tests.integration.lives import grown_up, newborn, spec, table

WEEKS = 52
HARSH: dict[str, Any] = table(
    {"intervention": "clear", "where": {"rule": "most-sales", "n": 4}},
    {"intervention": "hold", "where": {"rule": "most-sales", "n": 4}},
    {"intervention": "build", "where": {"rule": "most-sales", "n": 4}, "agency": "council"},
    {"intervention": "volume-arrests"},
    {"intervention": "leader-arrests", "targets": "leader"},
    {"intervention": "closure-order", "where": {"rule": "most-sales", "n": 2}},
    {"intervention": "false-signals"},
    {"intervention": "cheat-exposure"},
    {"intervention": "treatment", "agency": "council"},
)
PLANS: dict[str, Any] = {
    name: name for name in ("do-as-now", "nothing-at-all", "clear-hold-build", "reputation-sabotage")
} | {"harsh": HARSH}
# what befalls worlds in published experiments, all at once and soon
SHOCKS: list[dict[str, Any]] = [
    {"week": 3, "kind": "landed-price", "size": 1.4},
    {"week": 6, "kind": "line-closure", "size": 0.4},
    {"week": 8, "kind": "leader-arrest", "size": 10},
    {"week": 10, "kind": "retail-arrest", "size": 0.3, "duration": 4},
    {"week": 12, "kind": "platform-closure", "size": 2},
    {"week": 14, "kind": "supply", "size": 0.5, "duration": 6},
    {"week": 16, "kind": "demand", "size": 0.5, "duration": 8},
    {"week": 24, "kind": "hub-removal", "size": 0.2},
    {"week": 30, "kind": "franchise-defection", "size": 0.5},
    {"week": 28, "kind": "recruitment", "size": 0.1, "duration": 8},
]


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("make", [newborn, grown_up])
@pytest.mark.parametrize("preset", ["estate", "force"])
def test_everything_adds_up_every_week(preset: str, make: Any, plan: str):
    assert first_faults(make(spec(preset, PLANS[plan], weeks=WEEKS)), WEEKS) == []


@pytest.mark.parametrize("preset", ["estate", "force"])
def test_everything_adds_up_through_a_burn_in(preset: str):
    """From the first week of the burn-in on, where the world still finds its rest."""
    run = spec(preset, weeks=WEEKS, replicate=3)
    assert first_faults(newborn(run, start=-WEEKS), WEEKS) == []


@pytest.mark.parametrize("preset", ["estate", "force"])
def test_everything_adds_up_through_shocks(preset: str):
    """Blows fall between two weeks; the flows of the second hold them, and its books close."""
    struck = spec({"id": "struck", "preset": preset, "shocks": SHOCKS}, weeks=40)
    engine = grown_up(struck)
    keeper = Bookkeeper(engine.state)
    for _ in range(40):
        engine.run(1)
        assert faults_of(engine.state) + keeper.week(engine.state) == []
    assert measures_are_sound(engine.series) == []


@pytest.mark.parametrize("mechanism", ["failure", "giving_up", "entry", "enforcement", "replacement", "commission"])
def test_everything_adds_up_without_a_mechanism(mechanism: str):
    assert first_faults(newborn(spec("force", ablate=[mechanism], weeks=WEEKS)), WEEKS) == []


# --- the checks are not blind


def pay_from_nowhere(s: State) -> None:
    s.ledger.book[OUTSIDE + 1, CASH_DIRTY] += 1


def pay_oneself(s: State) -> None:
    s.ledger.book[OUTSIDE + 1, [CASH_DIRTY, EQUITY]] += (1, -1)


def forget_a_debt(s: State) -> None:
    o, k = np.argwhere(s.tie.credit > 0)[0]
    s.tie.credit[o, k] -= 1


def overdraw(s: State) -> None:
    b = OUTSIDE + int(np.argmax(s.business.state[OUTSIDE:] == 1))
    gap = s.ledger.book[b, CASH_CLEAN] + 1
    s.ledger.book[b, [CASH_CLEAN, CASH_DIRTY]] += (-gap, gap)


def leave_a_balance(s: State) -> None:
    ended = int(np.flatnonzero(s.business.state == 0)[-1])
    s.ledger.book[ended, [CASH_DIRTY, EQUITY]] += (1, -1)
    s.ledger.book[0, [CASH_DIRTY, EQUITY]] += (-1, 1)


def mark_stock_up(s: State) -> None:
    b = OUTSIDE + int(np.argmax(s.business.state[OUTSIDE:] == 1))
    s.ledger.book[b, [STOCK_AT_COST, EQUITY]] += (1, -1)


def lose_a_milligram(s: State) -> None:
    s.tally.goods[0, GOODS_LOST] += 1


def borrow_stock(s: State) -> None:
    o = int(np.argmax(s.outlet.state == 1))
    s.outlet.stock[o] = -1


def lose_a_person(s: State) -> None:
    s.tally.people[PEOPLE_LEFT] += 1


def copy_a_person(s: State) -> None:
    one, other = np.flatnonzero(s.person.status != 0)[:2]
    s.person.id[other] = s.person.id[one]


def come_back(s: State) -> None:
    s.person.left[int(np.flatnonzero(s.person.outlet >= 0)[0])] = 1


def leave_without_a_case(s: State) -> None:
    i = int(np.flatnonzero(s.person.status == PRISON)[0])
    s.person.status[i], s.person.left[i] = EXITED, 1


def work_while_out(s: State) -> None:
    s.person.status[int(np.flatnonzero(s.person.outlet >= 0)[0])] = EXITED


def trade_from_prison(s: State) -> None:
    s.person.status[int(np.flatnonzero(s.person.outlet >= 0)[0])] = PRISON


def invent_a_runner(s: State) -> None:
    o = int(np.flatnonzero((s.outlet.state == 1) & (s.outlet.tier == LINE))[0])
    s.outlet.runners[o] += 1


def free_a_row_twice(s: State) -> None:
    s.free.person[0] = s.free.person[s.tally.count[FREE_PERSON] - 1]


def lose_the_way(s: State) -> None:
    s.outlet.place[int(np.argmax(s.outlet.state == 1))] = -1


def divide_by_zero(s: State) -> None:
    s.business.outflow[OUTSIDE] = np.nan


def run_away(s: State) -> None:
    s.place.price_seen[0, 0] = np.inf


def trust_too_much(s: State) -> None:
    s.business.suspicion[OUTSIDE] = 1.0000001


def hate(s: State) -> None:
    s.place.confidence[0] = -1e-9


def lose_escrow(s: State) -> None:
    s.member.escrow[OUTSIDE] += 1


def forget_a_user(s: State) -> None:
    s.platform.users[0] += 1


MISTAKES: list[tuple[Callable[[State], None], str]] = [
    (pay_from_nowhere, "books_balance"), (pay_from_nowhere, "cash_goes_round"), (pay_oneself, "cash_goes_round"),
    (forget_a_debt, "debts_match"), (overdraw, "purses_are_not_overdrawn"), (leave_a_balance, "closed_books_are_empty"),
    (mark_stock_up, "stock_is_carried_at_cost"), (lose_a_milligram, "goods_add_up"),
    (borrow_stock, "stock_is_not_negative"), (lose_a_person, "people_add_up"), (copy_a_person, "everyone_has_one_status"),
    (come_back, "everyone_has_one_status"), (leave_without_a_case, "everyone_has_one_status"),
    (work_while_out, "nobody_inside_has_a_post"), (copy_a_person, "rows_are_accounted_for"), (trade_from_prison, "nobody_inside_has_a_post"),
    (trade_from_prison, "posts_are_counted"), (invent_a_runner, "posts_are_counted"),
    (free_a_row_twice, "rows_are_accounted_for"), (lose_the_way, "references_hold"),
    (divide_by_zero, "numbers_are_finite"), (run_away, "numbers_are_finite"), (trust_too_much, "scores_are_shares"),
    (hate, "scores_are_shares"), (lose_escrow, "escrow_has_two_sides"), (forget_a_user, "platforms_know_their_users"),
]  # fmt: skip


@pytest.fixture(scope="module")
def sound() -> Any:
    """A world in which trade has been going on for a while."""
    engine = newborn(spec("force", weeks=8))
    engine.run(8)
    return engine


@pytest.mark.parametrize(("mistake", "check"), MISTAKES, ids=[f"{m.__name__}-{c}" for m, c in MISTAKES])
def test_a_deliberate_mistake_is_seen(sound: Any, mistake: Callable[[State], None], check: str):
    state = copy_state(sound.state)
    assert faults_of(state) == []
    mistake(state)
    assert getattr(identities, check)(state)
    assert any(found.startswith(check) for found in faults_of(state))


def test_every_check_has_been_seen_red():
    assert {check for _, check in MISTAKES} == {check.__name__ for check in identities.IDENTITIES}


def test_equity_that_moves_without_a_flow_is_seen(sound: Any):
    state = copy_state(sound.state)
    keeper = Bookkeeper(state)
    state.ledger.flow[:] = 0
    assert keeper.week(state) == []
    b = OUTSIDE + int(np.argmax(state.business.state[OUTSIDE:] == 1))
    state.ledger.book[b, [CASH_DIRTY, EQUITY]] += (100, -100)
    assert len(keeper.week(state)) == 1
    state.ledger.flow[b, 0] += 1
    assert len(keeper.week(state)) == 1
    state.ledger.flow[:] = 0
    assert keeper.week(state) == []


@pytest.mark.parametrize(("measure", "value"), [("violence_true", np.nan), ("unmet_share", 1.1), ("arrests", -1.0)])
def test_a_measure_out_of_bounds_is_seen(sound: Any, measure: str, value: float):
    series = sound.series.copy()
    assert measures_are_sound(series) == []
    series[3, INDEX[measure]] = value
    assert measures_are_sound(series)
