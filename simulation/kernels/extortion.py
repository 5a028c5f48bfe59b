"""Whoever holds a place squeezes its traders and residents; fear keeps them quiet, police and rivals loosen the grip.

A business holds a place by the share of crews and of sales that is its own there. What residents live through is
said in full: their usual strength, confidence and fear already hold what they suffer today.
"""

import math

import numpy as np

from simulation.chance.draws import uniform
from simulation.chance.streams import EXTORTION
from simulation.kernel import kernel
from simulation.kernels.events import record
from simulation.kernels.ledger import pay
from simulation.kernels.presence import reports, visible
from simulation.kernels.turns import EVERY, its_turn
from simulation.state.codes import (
    ACTIVE,
    CASH_CLEAN,
    CASH_DIRTY,
    CAUSE_REPORT,
    ELSEWHERE,
    EVENT_EXTORT,
    LEGAL_ECONOMY,
    LINE,
    LOCAL,
    SALES,
    TARGET_BUSINESS,
)

WEEKS_A_YEAR = 52.0
PER = 1000.0
PENCE = 100.0


@kernel
def extortion(s, v, p, key, w, lw):
    """Whoever holds a place demands money of its traders, once a month, in a quarter of the localities a week."""
    racket = s.racket
    racket.taken[:] = 0
    if p.on_extortion == 0.0:
        return
    places = s.place.id.size
    staff = np.zeros(places, np.int64)
    sold = np.zeros(places, np.int64)
    last = np.full(places, -1, np.int32)  # the latest line of each place
    before = np.full(s.outlet.id.size, -1, np.int32)
    for o in range(s.outlet.id.size):
        if s.outlet.state[o] == ACTIVE and s.outlet.tier[o] == LINE:
            l = s.outlet.place[o]
            staff[l] += s.outlet.staff[o]
            sold[l] += s.outlet.sold[o]
            before[o] = last[l]
            last[l] = o
    for l in range(places):
        if s.place.kind[l] == ELSEWHERE or not its_turn(s.place.id[l], w):
            continue
        holder, share = strongest(s, last[l], before, staff[l], sold[l])
        told = reports(s, p, l)
        take_hold(s, v, p, lw, l, holder, share, told)
        if holder >= 0:
            squeeze(s, p, w, l, holder, told, uniform(key, s.place.id[l], w, EXTORTION, 0, 0))


@kernel
def strongest(s, line, before, staff, sold):
    """The business with the largest share of a place's crews and sales (of equals the lower identity), and its share."""
    best = -1
    most = 0.0
    o = line
    while o >= 0:
        b = s.outlet.business[o]
        if b == best:
            o = before[o]
            continue
        own = np.int64(0)
        trade = np.int64(0)
        q = line
        while q >= 0:
            if s.outlet.business[q] == b:
                own += s.outlet.staff[q]
                trade += s.outlet.sold[q]
            q = before[q]
        share = 0.5 * own / max(1, staff) + 0.5 * trade / max(1, sold)
        if share > most or (share == most and best >= 0 and s.business.id[b] < s.business.id[best]):
            best = b
            most = share
        o = before[o]
    return best, most


@kernel
def take_hold(s, v, p, lw, l, holder, share, told):
    """The grip on a place follows its holder's share, less where police are seen and residents speak; it is not
    inherited.
    """
    racket = s.racket
    name = s.business.id[holder] if holder >= 0 else np.uint64(0)
    if racket.holder_id[l] != name:
        racket.holder_id[l] = name
        racket.grip[l] *= p.extortion_kept
    loosened = math.exp(p.extortion_visible * (1.0 - visible(s, v, lw, l))) / told
    firm = share * share * loosened
    goal = firm / (1.0 + firm)
    racket.grip[l] += (1.0 - (1.0 - p.extortion_speed) ** EVERY) * (goal - racket.grip[l])


@kernel
def squeeze(s, p, w, l, b, told, chance):
    """Traders and residents pay their holder for the month; now and then somebody reports it, and the grip loosens."""
    racket = s.racket
    pence = np.int64(EVERY * racket.grip[l] * p.extortion_take * PENCE * s.place.population[l] / PER)
    pay(s.ledger, LEGAL_ECONOMY, CASH_CLEAN, b, CASH_DIRTY, pence, SALES)
    racket.taken[l] = pence
    if chance < -math.expm1(-EVERY * p.extortion_reported / WEEKS_A_YEAR * racket.grip[l] * told):
        racket.grip[l] *= 1.0 - p.extortion_shaken
        known = s.business.knowledge[b, LOCAL]
        s.business.knowledge[b, LOCAL] = known + p.extortion_learned * (1.0 - known)
        record(s, w, EVENT_EXTORT, TARGET_BUSINESS, s.business.id[b], s.place.id[l], CAUSE_REPORT, -1, pence / PENCE)


@kernel
def usual_take(p, tier):
    """What a retail business takes by extortion today on average, GBP a week: running costs of its tier are net of it."""
    return p.extortion_usual_take if tier == LINE and p.on_extortion > 0.0 else 0.0


@kernel
def squeezed(s, p, l):
    """How firmly residents of a place are held, 0 to 1."""
    return s.racket.grip[l] if p.on_extortion > 0.0 else p.extortion_usual_grip
