"""Businesses talk, trade and move money over platforms: they choose them, lose them, are vouched for and are read there.

What platforms do to intelligence, trust and laundering is taken against what they did before week 0: files, trust and
prices hold at the usual use of platforms. A business has nothing to do here in most weeks: it wakes when its turn to look
around has come, or when something befell its platform.
"""

import numpy as np

from simulation.kernel import kernel
from simulation.kernels.escrow import deposit
from simulation.kernels.ledger import pay
from simulation.kernels.online import doubt_left, overhear, overheard, washed
from simulation.kernels.platform_choice import STAYS, arrive, attraction, danger_felt, look_around, move
from simulation.kernels.platform_life import MILLION, live_week
from simulation.kernels.trade_choice import live
from simulation.state.codes import (
    ACTIVE,
    CASH_DIRTY,
    FAMILY_PLATFORM,
    OUTSIDE,
    OVERHEAD,
    PLATFORM_OPERATORS,
    SALES,
    TIE_SLOTS,
)
from simulation.state.platform import COMMS, MARKET_PLACE, MONEY, NEVER, NEWCOMER, PLATFORM_KINDS, PLATFORMS

CUSTOM = 4  # weeks between two looks at what is usual, before week 0


@kernel
def platforms(s, v, p, key, w, lw):
    """Platforms open, close, run off or are read by the state, and businesses move between them."""
    if p.on_platforms == 0.0:
        s.member.washing[:] = 1.0
        return
    changed = live_week(s, v, p, key, w, lw)
    rows, count = np.empty((PLATFORM_KINDS, PLATFORMS), np.int64), np.zeros(PLATFORM_KINDS, np.int64)
    weights = np.zeros(PLATFORMS)
    attraction(s, p, rows, count, weights)
    # columns by name of their own: read once from the handle instead of for every row
    state, wake, market_place = s.business.state, s.member.wake, s.business.market_place
    platform = s.platform
    platform.fees[:] = 0
    platform.held[:] = 0
    # all decide before anyone moves: an invitation is worth what it was when the week began
    up, going, number = np.empty(state.size, np.int64), np.empty((state.size, PLATFORM_KINDS), np.int64), 0
    for b in range(OUTSIDE, state.size):
        if state[b] != ACTIVE:
            continue
        if wake[b] <= w:
            awake(s, p, key, w, b, rows, count, weights, going[number])
            up[number] = b
            number += 1
        if market_place[b] >= 0:
            trade_online(s, p, b, market_place[b])
    for n in range(number):
        for kind in range(PLATFORM_KINDS):
            if going[n, kind] != STAYS:
                move(s, p, up[n], kind, going[n, kind])
        overhear(s, p, up[n])
    if w < 0 and w % CUSTOM == CUSTOM - 1:
        get_used_to(s, p)
        changed = True
    if changed:
        for b in range(OUTSIDE, state.size):
            if state[b] == ACTIVE:
                overhear(s, p, b)


@kernel
def awake(s, p, key, w, b, rows, count, weights, going):
    """A business whose time has come goes somewhere; one whose turn it is looks around; a new one begins."""
    member = s.member
    identity = s.business.id[b]
    every = max(1, int(p.platforms_round))
    if member.owner_id[b] != identity:
        member.owner_id[b] = identity
        member.turn[b] = w + 1 + np.int64(identity % np.uint64(every))
        member.standing[b] = 0.0
        member.escrow[b] = 0
        for kind in range(PLATFORM_KINDS):
            member.heading[b, kind] = -1
            member.why[b, kind] = NEWCOMER
            member.due[b, kind] = w
    looks = member.turn[b] <= w
    if looks:
        member.turn[b] = w + every
    danger = danger_felt(s, p, b)
    soonest = member.turn[b]
    for kind in range(PLATFORM_KINDS):
        going[kind] = STAYS
        if member.due[b, kind] <= w:
            going[kind] = arrive(s, p, key, b, kind, rows, count, weights, danger)
        elif looks and member.due[b, kind] == NEVER:
            going[kind] = look_around(s, p, key, w, b, kind, rows, count, weights, danger)
        soonest = min(soonest, member.due[b, kind])
    member.wake[b] = soonest


@kernel
def trade_online(s, p, b, r):
    """A part of the week's sales passes through the market place, which takes its fee and holds money for a while."""
    wary = p.on_adaptation * p.adaptation_strength * s.business.counter[b, FAMILY_PLATFORM]
    through = p.platforms_through * s.ledger.flow[b, SALES]
    cash = s.ledger.book[b, CASH_DIRTY]
    fee = min(int(s.platform.fee[r] * through), cash)
    pay(s.ledger, b, CASH_DIRTY, PLATFORM_OPERATORS, CASH_DIRTY, fee, OVERHEAD)
    s.platform.fees[r] += fee
    wanted = int(through * p.platforms_escrow_weeks * (1.0 - wary))
    deposit(s, r, b, min(wanted - s.member.escrow[b], cash - fee))
    s.member.standing[b] += p.platforms_standing_speed * (1.0 - s.member.standing[b])
    s.platform.held[r] += int(MILLION * s.member.standing[b])


@kernel
def get_used_to(s, p):
    """Before week 0 the world gets used to what platforms do: to what is heard and laundered, and to how far they vouch.

    Everything is added up in whole numbers, so that no order of rows matters.
    """
    heard, wash, businesses = 0, 0, 0
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] == ACTIVE:
            heard += int(MILLION * overheard(s, p, b))
            wash += int(MILLION * washed(s, p, b))
            businesses += 1
    left, ties = 0, 0
    for o in range(s.outlet.id.size):
        if s.outlet.state[o] != ACTIVE:
            continue
        for k in range(TIE_SLOTS):
            if live(s, o, k):
                left += int(MILLION * doubt_left(s, p, s.outlet.business[o], s.outlet.business[s.tie.supplier[o, k]]))
                ties += 1
    accept(s, p, COMMS, heard, businesses)
    accept(s, p, MONEY, wash, businesses)
    accept(s, p, MARKET_PLACE, left, ties)


@kernel
def accept(s, p, kind, total, number):
    """What is usual moves towards a mean, given in millionths."""
    if number > 0:
        s.platform.usual[kind] += p.platforms_custom * (total / (MILLION * number) - s.platform.usual[kind])
