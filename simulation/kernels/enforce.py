"""The police go on doing what they do: background arrests, closures of lines, seizures of cash, goods and balances.

Effort is what is felt in a place, 1 as now: part of this work is reactive (on report) and part of it follows from the
activity an agency spends its hours on. Arrests, closures and seizures are orders; only the freezing of accounts, which
nobody else asks for, is done here.
"""

import math

import numpy as np

from simulation.chance.batches import words_of
from simulation.chance.draws import unit
from simulation.chance.streams import ARREST, SEIZURE
from simulation.kernel import kernel
from simulation.kernels.events import record
from simulation.kernels.insiders import eased
from simulation.kernels.ledger import pay
from simulation.kernels.lessons import left_of, put_down
from simulation.kernels.money_reports import traced
from simulation.kernels.orders import push
from simulation.kernels.presence import reports
from simulation.kernels.recruits import at_large
from simulation.kernels.rows import rows_in
from simulation.state.codes import (
    ACTIVE,
    AT_COUNCIL,
    CASH_CLEAN,
    CASH_DIRTY,
    CAUSE_BACKGROUND,
    CORE,
    EVENT_SEIZURE,
    EXPOSURE_OF_ROLE,
    EXPOSURES,
    FAMILY_ARREST,
    FAMILY_LEADER,
    FAMILY_MONEY,
    FAMILY_PLACE,
    FAMILY_SUPPLY,
    FINANCIAL,
    INVESTIGATIONS,
    LICENCE,
    LINE,
    MIDDLE,
    NOBODY,
    ORDER_ARREST,
    ORDER_CLOSURE,
    ORDER_SEIZURE,
    OUTSIDE,
    PROACTIVE_STREET,
    REACTIVE,
    ROLES,
    STATE,
    STREET,
    TARGET_BUSINESS,
    TARGET_OUTLET,
    TARGET_PERSON,
    TIERS,
    UPPER,
)
from simulation.state.codes import SEIZURE as FLOW_SEIZURE
from simulation.state.counters import FROZEN_PENCE

WEEKS_A_YEAR = 52.0
ALIVE = ~(1 << NOBODY)


@kernel
def work_done(effort, reactive, activity, told):
    """Enforcement felt in a place from one activity and from reports (`told`), as a multiple of today's."""
    return reactive * effort[REACTIVE] * told + (1.0 - reactive) * effort[activity]


@kernel
def happens(u, hazard):
    """Whether a draw is under the probability of a hazard; the exponential is taken only where it can matter."""
    return u < hazard and u < -math.expm1(-hazard)


@kernel
def arrest_rates(p):
    """Arrests a person-year by role, at today's effort and ordinary security."""
    rates = np.empty(ROLES)
    rates[0] = p.enforcement_arrest_organiser
    rates[1] = p.enforcement_arrest_staff
    rates[2] = p.enforcement_arrest_specialist
    rates[3] = p.enforcement_arrest_holder
    rates[4] = p.enforcement_arrest_runner
    rates[5] = p.enforcement_arrest_broker
    rates[6] = p.enforcement_arrest_thief
    rates[7] = p.enforcement_arrest_fence
    rates[8] = p.enforcement_arrest_coder
    rates[9] = p.enforcement_arrest_forger
    rates[10] = p.enforcement_arrest_transport
    rates[11] = p.enforcement_arrest_herder
    rates[12] = p.enforcement_arrest_recruiter
    rates[13] = p.enforcement_arrest_caller
    return rates


@kernel
def arrest_table(s, v, p, lw):
    """Weekly hazard of background arrest by locality and role."""
    rates = arrest_rates(p)
    of_a_year = p.on_enforcement / WEEKS_A_YEAR
    reactive = p.enforcement_reactive_share
    effort = v.effort[lw]
    hazard = v.arrest_hazard[lw]
    places = s.place.id.size
    table = np.empty((places, ROLES))
    felt = np.empty(EXPOSURES)
    for loc in range(places):
        told = reports(s, p, loc)
        investigated = work_done(effort[loc], reactive, INVESTIGATIONS, told)
        patrolled = work_done(effort[loc], reactive, PROACTIVE_STREET, told)
        felt[CORE] = investigated * hazard[loc, CORE]
        felt[UPPER] = investigated * hazard[loc, UPPER]
        felt[MIDDLE] = patrolled * hazard[loc, MIDDLE]
        felt[STREET] = patrolled * hazard[loc, STREET]
        for role in range(ROLES):
            table[loc, role] = rates[role] * of_a_year * felt[EXPOSURE_OF_ROLE[role]]
    return table


@kernel
def caution(s, p):
    """What security and counter-measures leave of the hazards of a business's people, 1 as usual: of the rest of them, and
    of its leaders (second entry); last row: the unattached.
    """
    state, security = s.business.state, s.business.security
    slope, usual = p.enforcement_security_effect, p.enforcement_security_usual
    rows = state.size
    left = np.zeros((rows + 1, 2))
    for b in range(OUTSIDE, rows):
        if state[b] == ACTIVE:
            care = math.exp(slope * (usual - security[b]))
            left[b, 0] = care * left_of(s, p, b, FAMILY_ARREST)
            left[b, 1] = care * left_of(s, p, b, FAMILY_LEADER)
    left[rows] = p.enforcement_unattached
    return left


@kernel
def arrest_people(s, v, p, key, w, lw):
    """Each person at large may be arrested in the ordinary course of policing.

    The same block of chance says whether a person leaves or informs at the end of the week: `people` reads it.
    """
    table = arrest_table(s, v, p, lw)
    left = caution(s, p)
    # columns by name once, so that the loop has their addresses at hand
    identity, status, role = s.person.id, s.person.status, s.person.role
    business, place = s.person.business, s.person.place
    leaving, talking = s.person.leaving, s.person.talking
    licence = p.enforcement_licence
    rows = rows_in(status, ALIVE)  # at large or not
    count = rows.size
    beings, nobody = np.empty(count, np.uint64), np.zeros(count, np.uint64)
    for n in range(count):
        beings[n] = identity[rows[n]]
    one, two = np.empty(count, np.uint32), np.empty(count, np.uint32)
    three, four = np.empty(count, np.uint32), np.empty(count, np.uint32)
    words_of(key, beings, w, ARREST, 0, nobody, count, one, two, three, four)
    for n in range(count):
        i = rows[n]
        leaving[i] = three[n]
        talking[i] = four[n]
        loc = place[i]
        if loc < 0:
            continue
        b = business[i]
        core = np.int64(EXPOSURE_OF_ROLE[role[i]] == CORE)
        hazard = table[loc, role[i]] * left[b if b >= 0 else left.shape[0] - 1, core]  # the last row: unattached
        hazard *= licence if status[i] == LICENCE else 1.0
        if happens(unit(one[n]), hazard) and at_large(status[i]):  # few are unlucky: asked first, that is the cheapest
            push(s, ORDER_ARREST, TARGET_PERSON, i, identity[i], CAUSE_BACKGROUND, -1, 0.0)


@kernel
def raid_outlets(s, v, p, key, w, lw):
    """Lines are closed and stock is seized, by street work at the bottom and by investigation above it."""
    closing = p.on_enforcement * p.enforcement_closure / WEEKS_A_YEAR
    taking = p.on_enforcement * p.enforcement_stock_seizure / WEEKS_A_YEAR
    reactive = p.enforcement_reactive_share
    effort = v.effort[lw]
    identity, state, tier, place = s.outlet.id, s.outlet.state, s.outlet.tier, s.outlet.place
    told = np.empty(s.place.id.size)
    for l in range(told.size):
        told[l] = reports(s, p, l)
    nobody, outlets = np.zeros(identity.size, np.uint64), identity.size
    one, two = np.empty(outlets, np.uint32), np.empty(outlets, np.uint32)
    three, four = np.empty(outlets, np.uint32), np.empty(outlets, np.uint32)
    words_of(key, identity, w, SEIZURE, 0, nobody, outlets, one, two, three, four)
    for o in range(outlets):
        if state[o] != ACTIVE:
            continue
        line = tier[o] == LINE
        activity = PROACTIVE_STREET if line else INVESTIGATIONS
        work = work_done(effort[place[o]], reactive, activity, told[place[o]])
        b = s.outlet.business[o]
        licensed = 1.0
        if line:
            licensed = eased(s, p, b, AT_COUNCIL, p.insiders_council_effect, p.insiders_usual_council)
        if line and happens(unit(one[o]), closing * work * licensed * left_of(s, p, b, FAMILY_PLACE)):
            push(s, ORDER_CLOSURE, TARGET_OUTLET, o, identity[o], CAUSE_BACKGROUND, -1, 0.0)
        elif happens(unit(three[o]), taking * work * left_of(s, p, b, FAMILY_SUPPLY)):
            share = p.enforcement_stock_share * (0.5 + unit(two[o]))
            push(s, ORDER_SEIZURE, TARGET_OUTLET, o, identity[o], CAUSE_BACKGROUND, -1, min(1.0, share))


@kernel
def hoard_share(s, p, b, share):
    """A share of the dirty cash above what trade ties up, as a share of all dirty cash."""
    dirty = float(s.ledger.book[b, CASH_DIRTY])
    keep = p.enforcement_reserve
    if s.business.market[b] >= 0 and s.business.tier[b] >= 0:
        keep += s.chain.capital[s.business.market[b], s.business.tier[b]] * max(1, s.business.lines[b])
    hoard = dirty - 100.0 * keep
    if hoard <= 0.0:
        return 0.0
    return min(1.0, share * hoard / dirty)


@kernel
def freeze_accounts(s, p, w, b, share, cause, intervention):
    """A share of what a business has laundered is frozen and forfeited to the state; gives the pence."""
    pence = np.int64(share * max(0, s.ledger.book[b, CASH_CLEAN]))
    if pence <= 0:
        return np.int64(0)
    pay(s.ledger, b, CASH_CLEAN, STATE, CASH_CLEAN, pence, FLOW_SEIZURE)
    put_down(s, p, b, FAMILY_MONEY, pence * 0.01)
    s.tally.week[FROZEN_PENCE] += pence
    record(s, w, EVENT_SEIZURE, TARGET_BUSINESS, s.business.id[b], 0, cause, intervention, float(pence))
    return pence


@kernel
def follow_money(s, v, p, key, w, lw):
    """Hoards of cash are found and accounts frozen, by financial investigation; the more careful are found less."""
    finding = p.on_enforcement * p.enforcement_cash_seizure / WEEKS_A_YEAR
    freezing = p.on_enforcement * p.enforcement_freezing / WEEKS_A_YEAR
    reactive = p.enforcement_reactive_share
    effort, freezes, finds = v.effort[lw], v.freeze_hazard[lw], v.seizure_hazard[lw]
    identity, state, home, security = s.business.id, s.business.state, s.business.home, s.business.security
    nobody, businesses = np.zeros(identity.size, np.uint64), identity.size
    one, two = np.empty(businesses, np.uint32), np.empty(businesses, np.uint32)
    three, four = np.empty(businesses, np.uint32), np.empty(businesses, np.uint32)
    words_of(key, identity, w, SEIZURE, 0, nobody, businesses, one, two, three, four)
    for b in range(OUTSIDE, businesses):
        if state[b] != ACTIVE or home[b] < 0:
            continue
        care = (1.0 - security[b]) * left_of(s, p, b, FAMILY_MONEY)
        work = work_done(effort[home[b]], reactive, FINANCIAL, 1.0) * care
        tier = s.business.tier[b]
        row = tier if tier >= 0 else TIERS  # the last entry: brokers
        extra = freezes[row] * care
        if happens(unit(one[b]), finding * work + finds[row] * care):
            share = hoard_share(s, p, b, p.enforcement_cash_share * (0.5 + unit(two[b])))
            if share > 0.0:
                push(s, ORDER_SEIZURE, TARGET_BUSINESS, b, identity[b], CAUSE_BACKGROUND, -1, share)
        if happens(unit(three[b]), (freezing * work + extra) * traced(s, p, b)):
            freeze_accounts(s, p, w, b, p.enforcement_frozen_share, CAUSE_BACKGROUND, -1)


@kernel
def enforce(s, v, p, key, w, lw):
    """Ordinary policing arrests people, closes lines, seizes stock and finds money."""
    arrest_people(s, v, p, key, w, lw)
    raid_outlets(s, v, p, key, w, lw)
    follow_money(s, v, p, key, w, lw)
