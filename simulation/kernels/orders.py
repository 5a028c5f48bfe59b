"""What this week's mechanisms want done to people, outlets and businesses is gathered, and done once, in one pass.

Whoever wants an arrest, a death, a closure, a seizure or a disruption pushes an order. `resolve` gives each target
one of them: the precedence is death, arrest, closure, seizure, disruption; between two of one kind the lower
intervention number wins. The others are pre-empted: they are counted, and an operation that gave one has spent its
hours and says so. Nothing depends on the order of pushing.
"""

import numpy as np

from simulation.kernel import kernel
from simulation.kernels.closing import close_one, dealings, staff_of
from simulation.kernels.custody import take_into_custody
from simulation.kernels.events import record
from simulation.kernels.ledger import lose_stock, pay
from simulation.kernels.lessons import left_of, put_down, shaken
from simulation.kernels.recruits import remove_person
from simulation.state.codes import (
    ACTIVE,
    CASH_CLEAN,
    CASH_DIRTY,
    DEAD,
    EVENT_OPERATION,
    EVENT_SEIZURE,
    FAMILY_EXPOSURE,
    FAMILY_MONEY,
    FAMILY_PLACE,
    FAMILY_SUPPLY,
    NOBODY,
    ORDER_ARREST,
    ORDER_CLOSURE,
    ORDER_DEATH,
    ORDER_DISRUPT,
    ORDER_SEIZURE,
    SEIZURE,
    STATE,
    TARGET_BUSINESS,
    TARGET_OUTLET,
    TARGET_PERSON,
)
from simulation.state.counters import DEATHS, SEIZED_MG, SEIZED_PENCE, SEIZURES
from simulation.state.police import PREEMPTED, PREEMPTED_ORDERS
from simulation.state.world import GOODS_SEIZED_INLAND, ORDER_COUNT, OVERRUN


@kernel
def push(s, kind, target_kind, row, identity, cause, intervention, value):
    """One thing is asked to be done to one target this week (see `push_from` for operations)."""
    push_from(s, kind, target_kind, row, identity, cause, intervention, value, -1)


@kernel
def push_from(s, kind, target_kind, row, identity, cause, intervention, value, operation):
    """An order with the row of the operation that gives it. The driver keeps room for one order a person and outlet."""
    n = s.tally.count[ORDER_COUNT]
    s.tally.count[ORDER_COUNT] = n + 1  # counted even when there is no room, so that the driver can see it
    orders = s.orders
    if n >= orders.kind.size:
        return
    orders.kind[n] = kind
    orders.target_kind[n] = target_kind
    orders.target[n] = row
    orders.target_id[n] = identity
    orders.cause[n] = cause
    orders.intervention[n] = intervention
    orders.operation[n] = operation
    orders.value[n] = value
    orders.done[n] = 0


@kernel
def before(orders, a, b):
    """Whether order `a` comes before `b`: by target, then precedence, then intervention, then value."""
    if orders.target_kind[a] != orders.target_kind[b]:
        return orders.target_kind[a] < orders.target_kind[b]
    if orders.target_id[a] != orders.target_id[b]:
        return orders.target_id[a] < orders.target_id[b]
    if orders.kind[a] != orders.kind[b]:
        return orders.kind[a] < orders.kind[b]
    if orders.intervention[a] != orders.intervention[b]:
        return orders.intervention[a] < orders.intervention[b]
    return orders.value[a] > orders.value[b]


@kernel
def rank_orders(orders, n):
    """Rows of the first `n` orders in the order of `before`, in `orders.rank` (Shell's sort, in place)."""
    rank = orders.rank
    for j in range(n):
        rank[j] = j
    gap = 1
    while gap < n:
        gap = 3 * gap + 1
    while gap > 1:
        gap //= 3
        for j in range(gap, n):
            moving = rank[j]
            i = j
            while i >= gap and before(orders, moving, rank[i - gap]):
                rank[i] = rank[i - gap]
                i -= gap
            rank[i] = moving


@kernel
def resolve(s, v, p, key, w, lw):
    """Each target meets the gravest thing asked for it, once; the rest is pre-empted."""
    orders = s.orders
    n = s.tally.count[ORDER_COUNT]
    if n == 0:
        return
    if n > orders.kind.size:
        s.tally.count[OVERRUN] += n - orders.kind.size
        n = orders.kind.size
    rank_orders(orders, n)
    for j in range(n):
        row = orders.rank[j]
        first = j == 0
        if not first:
            last = orders.rank[j - 1]
            first = (
                orders.target_kind[row] != orders.target_kind[last] or orders.target_id[row] != orders.target_id[last]
            )
        orders.done[row] = 1 if first else 0
    around, staff = whom_closures_reach(s, n)
    for kind in range(ORDER_DEATH, ORDER_DISRUPT + 1):  # arrests before closures, so that an arrest knows the outlet
        for j in range(n):
            row = orders.rank[j]
            if orders.done[row] == 1 and orders.kind[row] == kind and not carry_out(s, p, key, w, row, around, staff):
                orders.done[row] = 0
    for j in range(n):
        row = orders.rank[j]
        if orders.done[row] == 0:
            s.tally.week[PREEMPTED_ORDERS] += 1
            q = orders.operation[row]
            if q >= 0:
                s.operation.outcome[q] = PREEMPTED
                record(
                    s, w, EVENT_OPERATION, orders.target_kind[row], orders.target_id[row], s.operation.id[q],
                    orders.cause[row], orders.intervention[row], PREEMPTED,
                )  # fmt: skip
    s.tally.count[ORDER_COUNT] = 0


@kernel
def whom_closures_reach(s, n):
    """The rows of those who buy from outlets that the first `n` orders close, and of the people who work there."""
    orders = s.orders
    marked = np.zeros(s.outlet.id.size, np.bool_)
    closures = 0
    for row in range(n):
        if orders.done[row] == 1 and orders.kind[row] == ORDER_CLOSURE and orders.target_kind[row] == TARGET_OUTLET:
            marked[orders.target[row]] = True
            closures += 1
    if closures == 0:
        nobody = np.empty(0, np.int32)
        return nobody, nobody
    return dealings(s, marked), staff_of(s, marked)


@kernel
def carry_out(s, p, key, w, row, around, staff):
    """One order is executed; False when its target is out of reach (gone, dead, or already inside).

    Among the rows `around` and `staff` are those who buy from outlets that are closed, and who work there.
    """
    orders = s.orders
    kind = orders.kind[row]
    target = orders.target[row]
    identity = orders.target_id[row]
    cause = orders.cause[row]
    intervention = orders.intervention[row]
    if orders.target_kind[row] == TARGET_PERSON:
        if s.person.id[target] != identity or s.person.status[target] == NOBODY:
            return False
        if kind == ORDER_DEATH:
            remove_person(s, w, target, DEAD)
            s.tally.week[DEATHS] += 1
        elif kind == ORDER_ARREST:
            return take_into_custody(s, p, key, w, target, cause, intervention)
        elif kind == ORDER_DISRUPT:
            unsettle(s, p, s.person.business[target], orders.value[row])
        return True
    if orders.target_kind[row] == TARGET_OUTLET:
        if s.outlet.id[target] != identity or s.outlet.state[target] != ACTIVE:
            return False
        if kind == ORDER_CLOSURE:
            seized = p.on_interdiction > 0.0
            if seized:
                goods = s.outlet.stock[target] + s.outlet.transit[target]
                s.tally.trade[s.outlet.market[target], SEIZED_MG] += goods
            gone = p.adaptation_replacement * max(0.0, s.outlet.gross[target])
            gone += 0.01 * (s.outlet.cost[target] + s.outlet.transit_cost[target])
            put_down(s, p, s.outlet.business[target], FAMILY_PLACE, gone)
            close_one(s, p, key, w, target, cause, intervention, seized, around, staff)
        elif kind == ORDER_SEIZURE:
            seize_goods(s, p, w, target, orders.value[row], cause, intervention)
        elif kind == ORDER_DISRUPT:
            unsettle(s, p, s.outlet.business[target], orders.value[row])
        return True
    if orders.target_kind[row] == TARGET_BUSINESS:
        if s.business.id[target] != identity or s.business.state[target] != ACTIVE:
            return False
        if kind == ORDER_SEIZURE:
            seize_cash(s, p, w, target, orders.value[row], cause, intervention)
        elif kind == ORDER_DISRUPT:
            unsettle(s, p, target, orders.value[row])
        return True
    return False


@kernel
def unsettle(s, p, b, strength):
    """A business that has been tampered with trusts its own trade less: suspicion rises towards certainty."""
    if b >= 0:
        rise = p.operations_disrupt_suspicion * strength * max(0.0, 1.0 - s.business.suspicion[b])
        rise *= min(1.0, left_of(s, p, b, FAMILY_EXPOSURE))
        s.business.suspicion[b] += rise
        shaken(s, p, b, rise)


@kernel
def seize_goods(s, p, w, o, share, cause, intervention):
    """The state takes a share of an outlet's stock: the goods are out of the market, their cost is the owner's loss."""
    goods = np.int64(p.on_interdiction * share * s.outlet.stock[o])
    if goods <= 0:
        return
    held = np.int64(share * s.outlet.cost[o])
    s.outlet.stock[o] -= goods
    s.outlet.cost[o] -= held
    s.outlet.lost[o] += goods
    lose_stock(s.ledger, s.outlet.business[o], held)
    put_down(s, p, s.outlet.business[o], FAMILY_SUPPLY, held * 0.01)
    s.tally.goods[s.outlet.market[o], GOODS_SEIZED_INLAND] += goods
    s.tally.trade[s.outlet.market[o], SEIZED_MG] += goods
    s.tally.week[SEIZURES] += 1
    record(s, w, EVENT_SEIZURE, TARGET_OUTLET, s.outlet.id[o], 0, cause, intervention, goods)


@kernel
def seize_cash(s, p, w, b, share, cause, intervention):
    """The state takes a share of the cash a business hoards."""
    pence = np.int64(share * max(0, s.ledger.book[b, CASH_DIRTY]))
    if pence <= 0:
        return
    pay(s.ledger, b, CASH_DIRTY, STATE, CASH_CLEAN, pence, SEIZURE)
    put_down(s, p, b, FAMILY_MONEY, pence * 0.01)
    s.tally.week[SEIZED_PENCE] += pence
    s.tally.week[SEIZURES] += 1
    record(s, w, EVENT_SEIZURE, TARGET_BUSINESS, s.business.id[b], 0, cause, intervention, pence)
