"""Outlets and businesses close: goods, debts, customers and people are settled, and nothing is left owing to nobody.

Who is paid by whom depends on who closes first: whoever closes several does so in the order of identities.
"""

import numpy as np

from simulation.kernel import kernel
from simulation.kernels.absorption import best_taker, buy_goods, go_over, without_brand
from simulation.kernels.bankruptcy import share_out
from simulation.kernels.escrow import leave
from simulation.kernels.events import record
from simulation.kernels.ledger import lose_stock, pay, post, settle, write_off
from simulation.kernels.line_learning import keep_number, remember_loss
from simulation.kernels.recruits import at_large, by_identity
from simulation.kernels.rows import release_business, release_outlet
from simulation.state.codes import (
    ACTIVE,
    CASH_CLEAN,
    CASH_DIRTY,
    CAUSE_INSOLVENCY,
    CAUSE_LEADERLESS,
    DRAWINGS,
    EQUITY,
    EVENT_CLOSURE,
    EVENT_FAIL,
    FIXED,
    HOUSEHOLDS,
    LINE,
    LOSS,
    NOBODY,
    TARGET_BUSINESS,
    TARGET_OUTLET,
    TIE_SLOTS,
)
from simulation.state.counters import CLOSURES, EXITS, LINE_CLOSURES
from simulation.state.world import GOODS_LOST, GOODS_SEIZED_INLAND


@kernel
def clear_tie(s, o, k):
    s.tie.supplier[o, k] = -1
    s.tie.supplier_id[o, k] = 0
    s.tie.good[o, k] = 0.0
    s.tie.bad[o, k] = 0.0
    s.tie.credit[o, k] = 0
    s.tie.overdue[o, k] = 0
    s.tie.volume[o, k] = 0.0
    s.tie.last[o, k] = -100000
    s.tie.outcome[o, k] = 0


@kernel
def clear_debt(s, buyer, k, may_pay):
    """What a buyer owes on one tie is paid as far as its cash goes, and the rest is given up."""
    owed = s.tie.credit[buyer, k]
    if owed == 0:
        return
    debtor = s.outlet.business[buyer]
    creditor = s.outlet.business[s.tie.supplier[buyer, k]]
    paid = 0
    if may_pay:
        paid = min(owed, s.ledger.book[debtor, CASH_DIRTY])
        if paid > 0:
            settle(s.ledger, debtor, creditor, paid)
    if owed > paid:
        write_off(s.ledger, debtor, creditor, owed - paid)
    s.tie.credit[buyer, k] = 0


@kernel
def call_in(s, o):
    """Whoever owes an outlet for goods pays as far as its cash goes, and the rest is given up."""
    if s.outlet.tier[o] == LINE:
        return
    suppliers = s.tie.supplier
    for buyer in range(s.outlet.id.size):
        if s.outlet.state[buyer] != ACTIVE or s.outlet.market[buyer] != s.outlet.market[o]:
            continue
        for k in range(TIE_SLOTS):
            if suppliers[buyer, k] == o and s.tie.supplier_id[buyer, k] == s.outlet.id[o]:
                clear_debt(s, buyer, k, True)


@kernel
def close_outlet(s, p, key, w, o, cause, intervention, seize):
    """An outlet closes: stock is seized or dumped, debts are settled or given up, customers and people drift off."""
    b = s.outlet.business[o]
    goods = s.outlet.stock[o] + s.outlet.transit[o]
    s.tally.goods[s.outlet.market[o], GOODS_SEIZED_INLAND if seize else GOODS_LOST] += goods
    held = s.outlet.cost[o] + s.outlet.transit_cost[o]
    if held != 0:
        lose_stock(s.ledger, b, held)
    for k in range(TIE_SLOTS):
        if s.tie.supplier[o, k] >= 0:
            clear_debt(s, o, k, True)
            clear_tie(s, o, k)
    identity = s.outlet.id[o]
    m = s.outlet.market[o]
    if s.outlet.tier[o] == LINE:
        s.place.adrift[s.outlet.place[o], m] += int(p.retail_adrift_share * s.outlet.sold[o])
        s.tally.week[LINE_CLOSURES] += 1
        remember_loss(s, p, o, cause)
        keep_number(s, p, w, o, cause)
    else:
        forget(s, o, identity, m)
    posts = s.person.outlet
    for i in range(posts.size):
        if posts[i] == o and s.person.status[i] != NOBODY:
            s.person.outlet[i] = -1
            s.person.business[i] = -1
            if at_large(s.person.status[i]):
                s.business.members[b] -= 1
    s.tally.week[CLOSURES] += 1
    record(s, w, EVENT_CLOSURE, TARGET_OUTLET, identity, s.business.id[b], cause, intervention, goods)
    s.business.lines[b] -= 1
    s.outlet.stock[o] = 0
    s.outlet.transit[o] = 0
    s.outlet.cost[o] = 0
    s.outlet.transit_cost[o] = 0
    s.outlet.staff[o] = 0
    s.outlet.runners[o] = 0
    s.outlet.holder[o] = -1
    s.outlet.business[o] = -1
    release_outlet(s, o)


@kernel
def forget(s, o, identity, m):
    """Whoever bought from an outlet of market m settles with it and knows it no more."""
    markets, suppliers = s.outlet.market, s.tie.supplier
    for buyer in range(markets.size):
        if markets[buyer] != m or s.outlet.state[buyer] != ACTIVE:
            continue
        for k in range(TIE_SLOTS):
            if suppliers[buyer, k] == o and s.tie.supplier_id[buyer, k] == identity:
                clear_debt(s, buyer, k, True)
                clear_tie(s, buyer, k)


@kernel
def close_business(s, p, key, w, b, cause):
    """A business ends: buyers pay up, creditors share what is left, outlets go over to a rival or close, people drift off.

    Rivals take on outlets of businesses that failed: that could not pay, or fell apart without a leader.
    """
    closing = np.empty(s.outlet.id.size, np.int32)
    count = 0
    for o in range(s.outlet.id.size):
        if s.outlet.state[o] == ACTIVE and s.outlet.business[o] == b:
            closing[count] = o
            count += 1
    by_identity(closing, count, s.outlet.id)
    for k in range(count):
        call_in(s, closing[k])
    leave(s, p, b)
    taker = np.full(count, -1, np.int32)
    if p.on_failure > 0.0 and (cause == CAUSE_INSOLVENCY or cause == CAUSE_LEADERLESS):
        for k in range(count):
            taker[k] = best_taker(s, p, closing[k])
            if taker[k] >= 0:
                buy_goods(s, closing[k], taker[k])
    share_out(s, b, closing, count)
    for k in range(count):
        if taker[k] >= 0:
            go_over(s, w, closing[k], taker[k], cause)
        else:
            close_outlet(s, p, key, w, closing[k], cause, -1, False)
    if s.franchise.units[b] > 0 and p.on_franchise > 0.0:
        without_brand(s, p, w, b)
    book = s.ledger.book
    if book[b, CASH_DIRTY] > 0:
        pay(s.ledger, b, CASH_DIRTY, HOUSEHOLDS, CASH_DIRTY, book[b, CASH_DIRTY], DRAWINGS)
    if book[b, CASH_CLEAN] > 0:
        pay(s.ledger, b, CASH_CLEAN, HOUSEHOLDS, CASH_CLEAN, book[b, CASH_CLEAN], DRAWINGS)
    if book[b, FIXED] != 0:
        lost = book[b, FIXED]
        post(book, b, EQUITY, b, FIXED, lost)
        s.ledger.flow[b, LOSS] -= lost
    employers = s.person.business
    for i in range(employers.size):
        if employers[i] == b and s.person.status[i] != NOBODY:
            employers[i] = -1
            s.person.outlet[i] = -1
    s.tally.week[EXITS] += 1
    record(s, w, EVENT_FAIL, TARGET_BUSINESS, s.business.id[b], 0, cause, -1, s.business.profit[b])
    s.business.leader[b] = -1
    for f in range(s.ledger.flow.shape[1]):
        s.ledger.flow[b, f] = 0
    release_business(s, b)
