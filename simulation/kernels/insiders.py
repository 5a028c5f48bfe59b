"""Businesses of means bribe people inside: at the port, in prison, with the police, in a bank, at the council.

An insider is paid every week, does what he is paid for as long as that lasts, and is found out in the end. What he
does is said relative to today, when some businesses have one: those with one fare better than the mean, those
without worse, and the mean is as it is now.
"""

import math

import numpy as np

from simulation.chance.batches import words_of
from simulation.chance.draws import unit
from simulation.chance.streams import INSIDER
from simulation.kernel import kernel
from simulation.kernels.events import record
from simulation.kernels.ledger import pay
from simulation.kernels.lessons import left_of, put_down
from simulation.kernels.turns import EVERY, its_turn
from simulation.state.codes import (
    ACTIVE,
    AT_BANK,
    AT_COUNCIL,
    AT_POLICE,
    AT_PORT,
    AT_PRISON,
    BRIBES,
    CASH_DIRTY,
    CAUSE_CHOICE,
    CAUSE_REPORT,
    EVENT_INSIDER,
    FAMILY_PROTECT,
    HOUSEHOLDS,
    IMPORTER,
    INSIDERS,
    LEVELS,
    LINE,
    OUTSIDE,
    TARGET_BUSINESS,
)

WEEKS_A_YEAR = 52.0
PENCE = 100.0


@kernel
def needs(tier, kind):
    """Whether a business of this tier has a use for an insider of this kind."""
    if kind == AT_PORT:
        return tier == IMPORTER
    if kind == AT_PRISON or kind == AT_COUNCIL:
        return tier == LINE
    return IMPORTER <= tier < LINE


@kernel
def prices(p):
    """What an insider of each kind is paid, GBP a week."""
    found = np.empty(INSIDERS)
    found[AT_PORT] = p.insiders_price_port
    found[AT_PRISON] = p.insiders_price_prison
    found[AT_POLICE] = p.insiders_price_police
    found[AT_BANK] = p.insiders_price_bank
    found[AT_COUNCIL] = p.insiders_price_council
    return found


@kernel
def usual_bribes(p, tier):
    """What a business of this tier pays insiders today on average, GBP a week: part of the running costs of its tier."""
    if p.on_insiders == 0.0 or tier < 0:
        return 0.0
    if tier == LINE:
        return p.insiders_price_prison * p.insiders_usual_prison + p.insiders_price_council * p.insiders_usual_council
    total = p.insiders_price_police * p.insiders_usual_police + p.insiders_price_bank * p.insiders_usual_bank
    if tier == IMPORTER:
        total += p.insiders_price_port * p.insiders_usual_port
    return total


@kernel
def insiders(s, v, p, key, w, lw):
    """Insiders are paid their bribes; every fourth week, in its turn, a business may lose one or win one."""
    if p.on_insiders == 0.0:
        return
    business = s.business
    price = prices(p)
    exposed = np.empty(INSIDERS)
    for kind in range(INSIDERS):
        exposed[kind] = exposure(v, p, lw, kind)
    rows = np.empty(business.id.size, np.int32)
    beings = np.empty(business.id.size, np.uint64)
    count = 0
    for b in range(OUTSIDE, business.id.size):
        if business.state[b] == ACTIVE and business.tier[b] >= 0:
            keep_paying(s, b, price)
            if its_turn(business.id[b], w):
                rows[count] = b
                beings[count] = business.id[b]
                count += 1
    nobody = np.zeros(count, np.uint64)
    one, two = np.empty(count, np.uint32), np.empty(count, np.uint32)
    three, four = np.empty(count, np.uint32), np.empty(count, np.uint32)
    words_of(key, beings, w, INSIDER, 0, nobody, count, one, two, three, four)
    for n in range(count):
        b = rows[n]
        find_out(s, p, w, b, exposed, unit(three[n]), unit(four[n]))
        win_over(s, v, p, w, lw, b, price, unit(one[n]), unit(two[n]))


@kernel
def keep_paying(s, b, price):
    """An insider who is not paid is one no more."""
    for kind in range(INSIDERS):
        if s.finance.insider[b, kind] == 0:
            continue
        pence = int(price[kind] * PENCE)
        if s.ledger.book[b, CASH_DIRTY] < pence:
            s.finance.insider[b, kind] = 0
        else:
            pay(s.ledger, b, CASH_DIRTY, HOUSEHOLDS, CASH_DIRTY, pence, BRIBES)


@kernel
def find_out(s, p, w, b, exposed, chance, which):
    """One of a business's insiders may be exposed, sooner where people in such posts are watched."""
    hazard = 0.0
    for kind in range(INSIDERS):
        hazard += s.finance.insider[b, kind] * exposed[kind]
    unseen = chance / left_of(s, p, b, FAMILY_PROTECT)
    # a chance is never more than its hazard, so that few need the exponential
    if unseen >= hazard or unseen >= -math.expm1(-hazard):
        return
    mark = which * hazard
    found = 0
    while found < INSIDERS - 1 and mark >= s.finance.insider[b, found] * exposed[found]:
        mark -= s.finance.insider[b, found] * exposed[found]
        found += 1
    s.finance.insider[b, found] = 0
    put_down(s, p, b, FAMILY_PROTECT, p.adaptation_replacement * prices(p)[found])
    doubt = 1.0 - s.business.suspicion[b]
    s.business.suspicion[b] += p.insiders_suspicion * max(0.0, doubt)
    for level in range(LEVELS):
        known = s.business.knowledge[b, level]
        s.business.knowledge[b, level] = known + p.insiders_learned * (1.0 - known)
    record(s, w, EVENT_INSIDER, TARGET_BUSINESS, s.business.id[b], 0, CAUSE_REPORT, -1, float(found))


@kernel
def exposure(v, p, lw, kind):
    """Hazard until the next turn that an insider is found out: more where fewer can be bribed because they are looked after."""
    watched = max(0.0, 1.0 - v.insider_availability[lw, kind])
    return EVERY * p.insiders_exposed / WEEKS_A_YEAR * (1.0 + p.insiders_watched * watched)


@kernel
def win_over(s, v, p, w, lw, b, price, chance, which):
    """A business that has a use for an insider and can well afford one may find one."""
    total = 0.0
    for kind in range(INSIDERS):
        total += chance_of_one(s, v, p, lw, b, kind, price[kind])
    if chance >= total or chance >= -math.expm1(-total):
        return
    mark = which * total
    for kind in range(INSIDERS):
        mark -= chance_of_one(s, v, p, lw, b, kind, price[kind])
        if mark < 0.0:
            s.finance.insider[b, kind] = 1
            record(s, w, EVENT_INSIDER, TARGET_BUSINESS, s.business.id[b], 0, CAUSE_CHOICE, -1, float(kind))
            return


@kernel
def chance_of_one(s, v, p, lw, b, kind, price):
    """Hazard until the next turn that a business wins an insider of one kind: of those it has a use for, what it can well afford."""
    if not needs(s.business.tier[b], kind) or s.finance.insider[b, kind] > 0:
        return 0.0
    earned = max(0.0, s.business.profit[b])
    means = earned / (earned + p.insiders_means * price)
    return EVERY * p.insiders_won / WEEKS_A_YEAR * means * v.insider_availability[lw, kind]


@kernel
def eased(s, p, b, kind, effect, share):
    """What a hazard is for a business, over today's mean: less with an insider of the kind, a little more without."""
    if p.on_insiders == 0.0 or not needs(s.business.tier[b], kind):
        return 1.0
    return (1.0 - effect * s.finance.insider[b, kind]) / (1.0 - effect * share)


@kernel
def warned(s, p, b):
    """What an insider with the police adds to a business's security against operations; a little less without one."""
    if p.on_insiders == 0.0 or not needs(s.business.tier[b], AT_POLICE):
        return 0.0
    return p.insiders_police_effect * (s.finance.insider[b, AT_POLICE] - p.insiders_usual_police)


@kernel
def reached_inside(s, p, b):
    """How much easier a jailed leader steers on with an officer in the business's pay, over today's mean."""
    if p.on_insiders == 0.0 or not needs(s.business.tier[b], AT_PRISON):
        return 1.0
    more = p.insiders_prison_effect
    return (1.0 + more * s.finance.insider[b, AT_PRISON]) / (1.0 + more * p.insiders_usual_prison)
