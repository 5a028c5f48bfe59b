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
from simulation.kernels.rows import list_markets, release_business, release_outlet
from simulation.state.codes import (
    ACTIVE,
    CASH_CLEAN,
    CASH_DIRTY,
    CAUSE_INSOLVENCY,
    CAUSE_LEADERLESS,
    DRAWINGS,
    EMPTY,
    EQUITY,
    EVENT_CLOSURE,
    EVENT_FAIL,
    FIXED,
    HOUSEHOLDS,
    LINE,
    LOSS,
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
def outlets_of(s, businesses, count):
    """Which outlets are those of the first `count` of some businesses."""
    theirs = np.zeros(s.business.id.size + 1, np.bool_)  # first entry: nobody's
    for k in range(count):
        theirs[businesses[k] + 1] = True
    marked = np.empty(s.outlet.id.size, np.bool_)
    for o in range(marked.size):
        marked[o] = theirs[s.outlet.business[o] + 1]
    return marked


@kernel
def dealings(s, marked):
    """The rows of marked outlets and of those who buy from them: nobody else feels what becomes of them."""
    state, suppliers = s.outlet.state, s.tie.supplier
    rows = np.empty(marked.size, np.int32)
    number = 0
    for o in range(marked.size):
        if state[o] != ACTIVE:
            continue
        deals = marked[o]
        for k in range(TIE_SLOTS):
            j = suppliers[o, k]
            deals |= (j >= 0) & marked[max(j, 0)]
        rows[number] = o
        number += deals
    return rows[:number]


@kernel
def staff_of(s, marked):
    """The rows of the people who work at marked outlets."""
    posts = s.person.outlet
    rows = np.empty(posts.size, np.int32)
    number = 0
    for i in range(posts.size):
        rows[number] = i
        number += (posts[i] >= 0) & marked[max(posts[i], 0)]
    return rows[:number]


@kernel
def call_in(s, o, around):
    """Whoever owes an outlet for goods pays as far as its cash goes, and the rest is given up."""
    if s.outlet.tier[o] == LINE:
        return
    suppliers = s.tie.supplier
    for buyer in around:
        if s.outlet.state[buyer] != ACTIVE or s.outlet.market[buyer] != s.outlet.market[o]:
            continue
        for k in range(TIE_SLOTS):
            if suppliers[buyer, k] == o and s.tie.supplier_id[buyer, k] == s.outlet.id[o]:
                clear_debt(s, buyer, k, True)


@kernel
def close_outlet(s, p, key, w, o, cause, intervention, seize):
    """One outlet closes."""
    marked = np.zeros(s.outlet.id.size, np.bool_)
    marked[o] = True
    close_one(s, p, key, w, o, cause, intervention, seize, dealings(s, marked), staff_of(s, marked))


@kernel
def close_one(s, p, key, w, o, cause, intervention, seize, around, staff):
    """An outlet closes: stock is seized or dumped, debts are settled or given up, customers and people drift off.

    Among the rows `around` are all who buy from it, among `staff` all who work there.
    """
    b = s.outlet.business[o]
    shut(s, p, key, w, o, cause, intervention, seize, around)
    posts = s.person.outlet
    for i in staff:
        if posts[i] == o:
            posts[i] = -1
            s.person.business[i] = -1
            if at_large(s.person.status[i]):
                s.business.members[b] -= 1


@kernel
def shut(s, p, key, w, o, cause, intervention, seize, around):
    """An outlet closes, but for its people; `around` holds the rows of all who may buy from it, unless it is a line."""
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
        forget(s, o, identity, m, around)
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
def forget(s, o, identity, m, around):
    """Whoever bought from an outlet of market m settles with it and knows it no more."""
    markets, suppliers = s.outlet.market, s.tie.supplier
    for buyer in around:
        if markets[buyer] != m or s.outlet.state[buyer] != ACTIVE:
            continue
        for k in range(TIE_SLOTS):
            if suppliers[buyer, k] == o and s.tie.supplier_id[buyer, k] == identity:
                clear_debt(s, buyer, k, True)
                clear_tie(s, buyer, k)


@kernel
def close_business(s, p, key, w, b, cause):
    """One business ends."""
    close_businesses(s, p, key, w, np.full(1, b, np.int32), 1, np.full(1, cause))


@kernel
def close_businesses(s, p, key, w, ending, count, causes):
    """The first `count` businesses in `ending` end, one after the other, each for its own cause; then people drift off.

    Whose posts are gone is found in one pass over the people for all that ends: nobody is hired in between.
    """
    if count > 0:
        around = dealings(s, outlets_of(s, ending, count))
        near, nearby = list_markets(s)
        for k in range(count):
            wind_up(s, p, key, w, ending[k], causes[k], around, near, nearby)
        drift_off(s)


@kernel
def drift_off(s):
    """Whoever worked at an outlet or for a business that closed has no post; who worked where a rival took over goes along."""
    posts, employers = s.person.outlet, s.person.business
    for i in range(posts.size):
        o, b = posts[i], employers[i]
        if o >= 0:
            r = s.outlet.business[o]
            if r == b:
                continue
            free = at_large(s.person.status[i])
            s.business.members[b] -= free
            employers[i] = r
            if r >= 0:
                s.person.business_id[i] = s.business.id[r]
                s.business.members[r] += free
            else:
                posts[i] = -1
        elif b >= 0 and s.business.state[b] == EMPTY:
            employers[i] = -1


@kernel
def wind_up(s, p, key, w, b, cause, around, near, nearby):
    """A business ends: buyers pay up, creditors share what is left, outlets go over to a rival or close.

    Rivals take on outlets of businesses that failed: that could not pay, or fell apart without a leader. The first
    nearby[m, t] rows of near[m, t] were the outlets of each market's tiers when the first of those that end did so.
    """
    closing = np.empty(around.size, np.int32)
    count = 0
    for o in around:
        if s.outlet.state[o] == ACTIVE and s.outlet.business[o] == b:
            closing[count] = o
            count += 1
    by_identity(closing, count, s.outlet.id)
    for k in range(count):
        call_in(s, closing[k], around)
    leave(s, p, b)
    taker = np.full(count, -1, np.int32)
    if p.on_failure > 0.0 and (cause == CAUSE_INSOLVENCY or cause == CAUSE_LEADERLESS):
        for k in range(count):
            m, t = s.outlet.market[closing[k]], s.outlet.tier[closing[k]]
            taker[k] = best_taker(s, p, closing[k], near[m, t], nearby[m, t])
            if taker[k] >= 0:
                buy_goods(s, closing[k], taker[k])
    share_out(s, b, closing, count)
    for k in range(count):
        if taker[k] >= 0:
            go_over(s, w, closing[k], taker[k], cause)
        else:
            shut(s, p, key, w, closing[k], cause, -1, False, around)
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
    s.tally.week[EXITS] += 1
    record(s, w, EVENT_FAIL, TARGET_BUSINESS, s.business.id[b], 0, cause, -1, s.business.profit[b])
    s.business.leader[b] = -1
    for f in range(s.ledger.flow.shape[1]):
        s.ledger.flow[b, f] = 0
    release_business(s, b)
