"""The police go on doing what they do: background arrests, closures of lines, seizures of cash, goods and balances.

Effort is what is felt in a place, 1 as now: part of this work is reactive (on report) and part of it follows from the
activity an agency spends its hours on. Arrests, closures and seizures are orders; only the freezing of accounts, which
nobody else asks for, is done here.
"""

import math

import numpy as np

from simulation.chance.draws import uniform, uniforms
from simulation.chance.streams import ARREST, SEIZURE
from simulation.kernel import kernel
from simulation.kernels.events import record
from simulation.kernels.ledger import pay
from simulation.kernels.orders import push
from simulation.kernels.recruits import at_large
from simulation.state.codes import (
    ACTIVE,
    CASH_CLEAN,
    CASH_DIRTY,
    CAUSE_BACKGROUND,
    CORE,
    EVENT_SEIZURE,
    EXPOSURE_OF_ROLE,
    FINANCIAL,
    INVESTIGATIONS,
    LICENCE,
    LINE,
    ORDER_ARREST,
    ORDER_CLOSURE,
    ORDER_SEIZURE,
    OUTSIDE,
    PROACTIVE_STREET,
    REACTIVE,
    ROLES,
    STATE,
    TARGET_BUSINESS,
    TARGET_OUTLET,
    TARGET_PERSON,
    UPPER,
)
from simulation.state.codes import SEIZURE as FLOW_SEIZURE
from simulation.state.counters import FROZEN_PENCE

WEEKS_A_YEAR = 52.0


@kernel
def work_done(v, p, lw, loc, activity):
    """Enforcement felt in a place from one activity and from reports, as a multiple of today's."""
    reactive = p.enforcement_reactive_share
    return reactive * v.effort[lw, loc, REACTIVE] + (1.0 - reactive) * v.effort[lw, loc, activity]


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
    return rates


@kernel
def arrest_table(s, v, p, lw):
    """Weekly hazard of background arrest by locality and role."""
    rates = arrest_rates(p) * (p.on_enforcement / WEEKS_A_YEAR)
    places = s.place.id.size
    table = np.empty((places, ROLES))
    for loc in range(places):
        investigated = work_done(v, p, lw, loc, INVESTIGATIONS)
        patrolled = work_done(v, p, lw, loc, PROACTIVE_STREET)
        for role in range(ROLES):
            exposure = EXPOSURE_OF_ROLE[role]
            work = investigated if exposure in (CORE, UPPER) else patrolled
            table[loc, role] = rates[role] * work * v.arrest_hazard[lw, loc, exposure]
    return table


@kernel
def caution(s, p):
    """What a business's security leaves of its people's hazards, 1 at ordinary security; last entry: the unattached."""
    rows = s.business.id.size
    left = np.empty(rows + 1)
    for b in range(rows):
        left[b] = 0.0
        if s.business.state[b] == ACTIVE:
            left[b] = math.exp(p.enforcement_security_effect * (p.enforcement_security_usual - s.business.security[b]))
    left[rows] = p.enforcement_unattached
    return left


@kernel
def arrest_people(s, v, p, key, w, lw):
    """Each person at large may be arrested in the ordinary course of policing."""
    table = arrest_table(s, v, p, lw)
    left = caution(s, p)
    person = s.person
    for i in range(person.id.size):
        status = person.status[i]
        if not at_large(status):
            continue
        loc = person.place[i]
        if loc < 0:
            continue
        b = person.business[i]
        hazard = table[loc, person.role[i]] * left[b]  # unattached: b is -1, the last entry
        if status == LICENCE:
            hazard *= p.enforcement_licence
        u = uniform(key, person.id[i], w, ARREST, 0, 0)
        if u < hazard and u < -math.expm1(-hazard):  # the first is cheap and never smaller
            push(s, ORDER_ARREST, TARGET_PERSON, i, person.id[i], CAUSE_BACKGROUND, -1, 0.0)


@kernel
def raid_outlets(s, v, p, key, w, lw):
    """Lines are closed and stock is seized, by street work at the bottom and by investigation above it."""
    closing = p.on_enforcement * p.enforcement_closure / WEEKS_A_YEAR
    taking = p.on_enforcement * p.enforcement_stock_seizure / WEEKS_A_YEAR
    outlet = s.outlet
    for o in range(outlet.id.size):
        if outlet.state[o] != ACTIVE:
            continue
        loc = outlet.place[o]
        chance = uniforms(key, outlet.id[o], w, SEIZURE, 0, 0)
        if outlet.tier[o] == LINE:
            work = work_done(v, p, lw, loc, PROACTIVE_STREET)
            if chance[0] < -math.expm1(-closing * work):
                push(s, ORDER_CLOSURE, TARGET_OUTLET, o, outlet.id[o], CAUSE_BACKGROUND, -1, 0.0)
                continue
        else:
            work = work_done(v, p, lw, loc, INVESTIGATIONS)
        if chance[2] < -math.expm1(-taking * work):
            share = p.enforcement_stock_share * (0.5 + chance[1])
            push(s, ORDER_SEIZURE, TARGET_OUTLET, o, outlet.id[o], CAUSE_BACKGROUND, -1, min(1.0, share))


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
def freeze_accounts(s, w, b, share, cause, intervention):
    """A share of what a business has laundered is frozen and forfeited to the state; gives the pence."""
    pence = np.int64(share * max(0, s.ledger.book[b, CASH_CLEAN]))
    if pence <= 0:
        return np.int64(0)
    pay(s.ledger, b, CASH_CLEAN, STATE, CASH_CLEAN, pence, FLOW_SEIZURE)
    s.tally.week[FROZEN_PENCE] += pence
    record(s, w, EVENT_SEIZURE, TARGET_BUSINESS, s.business.id[b], 0, cause, intervention, float(pence))
    return pence


@kernel
def follow_money(s, v, p, key, w, lw):
    """Hoards of cash are found and accounts frozen, by financial investigation; the more careful are found less."""
    finding = p.on_enforcement * p.enforcement_cash_seizure / WEEKS_A_YEAR
    freezing = p.on_enforcement * p.enforcement_freezing / WEEKS_A_YEAR
    business = s.business
    for b in range(OUTSIDE, business.id.size):
        if business.state[b] != ACTIVE or business.home[b] < 0:
            continue
        work = work_done(v, p, lw, business.home[b], FINANCIAL) * (1.0 - business.security[b])
        chance = uniforms(key, business.id[b], w, SEIZURE, 0, 0)
        if chance[0] < -math.expm1(-finding * work):
            share = hoard_share(s, p, b, p.enforcement_cash_share * (0.5 + chance[1]))
            if share > 0.0:
                push(s, ORDER_SEIZURE, TARGET_BUSINESS, b, business.id[b], CAUSE_BACKGROUND, -1, share)
        if chance[2] < -math.expm1(-freezing * work):
            freeze_accounts(s, w, b, p.enforcement_frozen_share, CAUSE_BACKGROUND, -1)


@kernel
def enforce(s, v, p, key, w, lw):
    """Background policing of one week."""
    arrest_people(s, v, p, key, w, lw)
    raid_outlets(s, v, p, key, w, lw)
    follow_money(s, v, p, key, w, lw)
