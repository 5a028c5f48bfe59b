"""Each target meets the gravest thing asked for it, once, whatever the order of asking."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.kernels.orders import push, push_from, resolve
from simulation.state.codes import (
    ACTIVE,
    BAIL,
    CASH_DIRTY,
    CAUSE_BACKGROUND,
    CAUSE_PLAN,
    EMPTY,
    EQUITY,
    FREE,
    NOBODY,
    ORDER_ARREST,
    ORDER_CLOSURE,
    ORDER_DEATH,
    ORDER_DISRUPT,
    ORDER_SEIZURE,
    OUTSIDE,
    PRISON,
    REMAND,
    TARGET_BUSINESS,
    TARGET_OUTLET,
    TARGET_PERSON,
)
from simulation.state.counters import ARRESTS, CLOSURES, DEATHS, SEIZED_MG, SEIZED_PENCE
from simulation.state.police import PENDING, PREEMPTED, PREEMPTED_ORDERS, SUCCESS
from simulation.state.world import GOODS_LOST, GOODS_SEIZED_INLAND, ORDER_COUNT, State
from tests.kernels.police_world import KEY, felt, levers, parameters, police_world


def ask(s: State, kind: int, target_kind: int, row: int, intervention: int = -1, value: float = 1.0) -> None:
    group = {TARGET_PERSON: s.person, TARGET_OUTLET: s.outlet, TARGET_BUSINESS: s.business}[target_kind]
    push(s, kind, target_kind, row, group.id[row], CAUSE_BACKGROUND, intervention, value)


def settle(s: State, **changes: float) -> None:
    resolve(s, felt(s, levers(s)), parameters(**changes), KEY, 3, 0)


def fingerprint(s: State) -> list[bytes]:
    return [column.tobytes() for group in s.columns[:-1] for column in group]


def test_an_arrest_takes_a_person_into_custody_and_empties_the_list() -> None:
    s = police_world()
    ask(s, ORDER_ARREST, TARGET_PERSON, 2)
    settle(s)
    assert s.person.status[2] == REMAND
    assert s.tally.week[ARRESTS] == 1
    assert s.tally.count[ORDER_COUNT] == 0
    assert (s.person.status[[0, 1, 3, 4]] == FREE).all()


def test_death_goes_before_arrest_and_the_arrest_is_counted_as_pre_empted() -> None:
    s = police_world()
    ask(s, ORDER_ARREST, TARGET_PERSON, 2)
    ask(s, ORDER_DEATH, TARGET_PERSON, 2)
    settle(s)
    assert s.person.status[2] == NOBODY
    assert s.tally.week[DEATHS] == 1
    assert s.tally.week[ARRESTS] == 0
    assert s.tally.week[PREEMPTED_ORDERS] == 1


def test_closure_goes_before_seizure_of_the_same_outlet() -> None:
    s = police_world()
    ask(s, ORDER_SEIZURE, TARGET_OUTLET, 1, value=0.5)
    ask(s, ORDER_CLOSURE, TARGET_OUTLET, 1)
    settle(s)
    assert s.outlet.state[1] == EMPTY
    assert s.tally.week[CLOSURES] == 1
    assert s.tally.week[PREEMPTED_ORDERS] == 1
    assert s.tally.goods[0, GOODS_SEIZED_INLAND] == 10_000


def test_someone_arrested_in_the_week_its_outlet_closes_is_known_to_have_worked_there() -> None:
    s = police_world()
    ask(s, ORDER_CLOSURE, TARGET_OUTLET, 0)
    ask(s, ORDER_ARREST, TARGET_PERSON, 2)
    settle(s)
    assert s.person.status[2] == REMAND
    assert s.person.business_id[2] == s.business.id[OUTSIDE]
    assert s.person.post_id[2] != 0


@pytest.mark.parametrize("status", [REMAND, PRISON])
def test_nobody_inside_is_arrested_again(status: int) -> None:
    s = police_world()
    s.person.status[2] = status
    ask(s, ORDER_ARREST, TARGET_PERSON, 2)
    settle(s)
    assert s.person.status[2] == status
    assert s.tally.week[ARRESTS] == 0
    assert s.tally.week[PREEMPTED_ORDERS] == 1


def test_someone_on_bail_can_be_arrested() -> None:
    s = police_world()
    s.person.status[2] = BAIL
    ask(s, ORDER_ARREST, TARGET_PERSON, 2)
    settle(s)
    assert s.person.status[2] == REMAND


def test_an_order_against_a_row_that_someone_else_now_has_does_nothing() -> None:
    s = police_world()
    push(s, ORDER_ARREST, TARGET_PERSON, 2, np.uint64(12345), CAUSE_BACKGROUND, -1, 0.0)
    settle(s)
    assert s.person.status[2] == FREE
    assert s.tally.week[PREEMPTED_ORDERS] == 1


def test_an_operation_whose_order_is_pre_empted_says_so() -> None:
    s = police_world()
    for q, intervention in ((0, 4), (1, 2)):
        s.operation.state[q] = ACTIVE
        s.operation.outcome[q] = SUCCESS
        push_from(s, ORDER_ARREST, TARGET_PERSON, 2, s.person.id[2], CAUSE_PLAN, intervention, 1.0, q)
    s.operation.outcome[2] = PENDING
    settle(s)
    assert s.tally.week[ARRESTS] == 1
    assert s.operation.outcome[0] == PREEMPTED, "the lower intervention number wins"
    assert s.operation.outcome[1] == SUCCESS
    assert s.operation.outcome[2] == PENDING


def test_cash_is_seized_to_the_penny_and_books_still_balance() -> None:
    s = police_world()
    b = OUTSIDE + 1
    ask(s, ORDER_SEIZURE, TARGET_BUSINESS, b, value=0.25)
    settle(s)
    assert s.ledger.book[b, CASH_DIRTY] == 750_000
    assert s.ledger.book[b, EQUITY] == -750_000
    assert s.tally.week[SEIZED_PENCE] == 250_000
    assert (s.ledger.book.sum(axis=1) == 0).all()


def test_goods_are_seized_to_the_milligram() -> None:
    s = police_world()
    s.outlet.cost[0] = 500
    s.ledger.book[OUTSIDE, [2, 7]] += [500, -500]
    ask(s, ORDER_SEIZURE, TARGET_OUTLET, 0, value=0.3)
    settle(s)
    assert s.outlet.stock[0] == 7_000
    assert s.outlet.lost[0] == 3_000
    assert s.outlet.cost[0] == 350
    assert s.tally.goods[0, GOODS_SEIZED_INLAND] == 3_000
    assert (s.ledger.book.sum(axis=1) == 0).all()


@pytest.mark.parametrize(("kind", "gone"), [(ORDER_SEIZURE, 0), (ORDER_CLOSURE, 10_000)])
def test_where_nothing_is_seized_no_find_is_taken_and_what_a_closed_line_held_is_lost(kind: int, gone: int) -> None:
    s = police_world()
    ask(s, kind, TARGET_OUTLET, 1, value=0.5)
    settle(s, on_interdiction=0.0)
    assert s.tally.goods[0, GOODS_SEIZED_INLAND] == 0
    assert s.tally.trade[:, SEIZED_MG].sum() == 0
    assert s.tally.goods[0, GOODS_LOST] == gone
    assert s.outlet.stock[1] == 10_000 - gone


def test_a_disruption_makes_a_business_wary_and_never_certain() -> None:
    s = police_world()
    for _ in range(3):
        ask(s, ORDER_DISRUPT, TARGET_BUSINESS, OUTSIDE + 2)
        settle(s)
    suspicion = s.business.suspicion[OUTSIDE + 2]
    step = parameters()["operations_disrupt_suspicion"]
    assert suspicion == pytest.approx(1.0 - (1.0 - step) ** 3)


def test_more_orders_than_there_is_room_for_are_seen_by_the_driver() -> None:
    s = police_world()
    room = s.orders.kind.size
    for n in range(room + 5):
        push(s, ORDER_DISRUPT, TARGET_PERSON, n % 20, s.person.id[n % 20], CAUSE_BACKGROUND, -1, 0.0)
    assert s.tally.count[ORDER_COUNT] == room + 5


requests = st.lists(
    st.tuples(
        st.sampled_from([(ORDER_DEATH, TARGET_PERSON), (ORDER_ARREST, TARGET_PERSON), (ORDER_CLOSURE, TARGET_OUTLET),
                         (ORDER_SEIZURE, TARGET_OUTLET), (ORDER_DISRUPT, TARGET_PERSON)]),
        st.integers(0, 3),
        st.integers(-1, 5),
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(requests, st.randoms(use_true_random=False))
def test_the_order_of_asking_cannot_matter(asked: list[tuple[tuple[int, int], int, int]], shuffle) -> None:
    other = list(asked)
    shuffle.shuffle(other)
    worlds = []
    for wishes in (asked, other):
        s = police_world()
        for (kind, target_kind), row, intervention in wishes:
            ask(s, kind, target_kind, row, intervention, 0.5)
        settle(s)
        worlds.append(s)
    for group, twin in zip(worlds[0].columns, worlds[1].columns, strict=True):
        if type(group).__name__ in ("Orders", "Free"):
            continue
        for name, column, mirrored in zip(group._fields, group, twin, strict=True):
            assert np.array_equal(column, mirrored), f"{type(group).__name__}.{name}"
