"""Rival businesses fight: over territory, after a leader falls, over debts and informants; police and truces check it.

What each crew adds is a whole number of 2**-30 events, so that sums over crews do not depend on the order of rows.
"""

import math

import numpy as np

from simulation.chance.draws import poisson, race_time, uniform, uniforms
from simulation.chance.streams import CONTEST
from simulation.kernel import kernel
from simulation.kernels.counts import binomial
from simulation.kernels.crews import crews
from simulation.kernels.events import record
from simulation.kernels.orders import push
from simulation.kernels.presence import visible
from simulation.kernels.recruits import at_large
from simulation.state.codes import (
    ACTIVE,
    CAUSE_VIOLENCE,
    EVENT_VIOLENCE,
    NEAR,
    ORDER_DEATH,
    OUTSIDE,
    TARGET_PERSON,
    TARGET_PLACE,
    TIE_SLOTS,
)
from simulation.state.counters import RETALIATION, VIOLENT, VIOLENT_RECORDED

WEIGHT = 65536.0  # fixed point of weights by distance, 2**16
CREW = 1024.0  # fixed point of people who count as fighters, 2**10
EVENTS = 1073741824.0  # fixed point of expected events, 2**30
PENCE = 100.0
VICTIM_LINE, VICTIM_PERSON = 1, 1025  # draws that pick who is killed


@kernel
def contest(s, v, p, key, w, lw):
    """Violence follows overlapping turf, succession, debt and suspicion; it falls where rivals get on."""
    line, where, share = crews(s, p)
    strength = np.zeros(line.size, np.int64)
    wary = np.zeros(s.place.id.size, np.int64)
    total = np.zeros(s.place.id.size, np.int64)
    latest = np.full(s.business.id.size, -1, np.int32)
    if p.on_contest > 0.0:
        intensities(s, p, w, line, where, share, latest, strength, total, wary)
    fight(s, v, p, key, w, lw, line, where, strength, total, wary)
    if p.on_cooperation > 0.0:
        learn(s, p, w, line, where, latest, strength, total)


@kernel
def intensities(s, p, w, line, where, share, latest, strength, total, wary):
    """What each crew adds to the violence where it is: its people against the rivals within reach, and its troubles."""
    places = s.place.id.size
    outlet = s.outlet
    staff, owner, market = outlet.staff, outlet.business, outlet.market
    crew = np.empty(line.size, np.int64)
    suspicion = s.business.suspicion
    crowd = np.zeros(places, np.int64)
    staffed = np.zeros(places, np.int64)
    before = np.empty(line.size, np.int32)  # the crew of the same business that came before this one
    for i in range(line.size):
        o = line[i]
        crew[i] = np.int64(CREW * s.chain.turf[market[o]] * staff[o] * share[i])
        staffed[where[i]] += crew[i]
        before[i] = latest[owner[o]]
        latest[owner[o]] = i
    weights = near_weights(s, p)
    near = s.place.near
    within = np.zeros(places, np.int64)  # weight of each place, seen from that of the crew at hand
    for l in range(places):
        for n in range(NEAR):
            if near[l, n] < 0:
                break
            crowd[l] += weights[l, n] * staffed[near[l, n]]
    for i in range(line.size):
        o = line[i]
        b = owner[o]
        l = where[i]
        for n in range(NEAR):
            if near[l, n] >= 0:
                within[near[l, n]] = weights[l, n]
        own = np.int64(0)
        j = latest[b]
        while j >= 0:
            own += within[where[j]] * crew[j]
            j = before[j]
        for n in range(NEAR):
            if near[l, n] >= 0:
                within[near[l, n]] = 0
        rivals = (crowd[l] - own) / (WEIGHT * CREW) / p.contest_crew
        pressed = rivals / (1.0 + p.contest_saturation * rivals)
        stands = l == outlet.place[o]
        suspected = p.contest_suspicion * min(p.contest_suspicion_most, suspicion[b]) if stands else 0.0
        strength[i] = np.int64(EVENTS * (intensity(s, p, w, o, b, pressed, share[i], stands) + suspected))
        total[l] += strength[i]
        wary[l] += np.int64(EVENTS * suspected)


@kernel
def near_weights(s, p):
    """Weight of rivals in each near place, in fixed point; next door counts less than the same street."""
    near_weight = s.place.near_weight
    found = np.empty(near_weight.shape, np.int64)
    for l in range(found.shape[0]):
        found[l, 0] = np.int64(WEIGHT)
        for n in range(1, NEAR):
            found[l, n] = np.int64(WEIGHT * p.contest_reach * near_weight[l, n])
    return found


@kernel
def intensity(s, p, w, o, b, pressed, share, stands):
    """Violent events a week a crew is party to, suspicion apart; `pressed` is 0 without rivals, near 1 with many.

    People fight where they are, by the share of them there; an empty post, a newcomer and debts are where the line
    stands.
    """
    outlet = s.outlet
    peace = s.business.cooperation[b] if p.on_cooperation > 0.0 else 0.0
    turf = s.chain.turf[outlet.market[o]]
    crew = turf * outlet.staff[o] * share / p.contest_crew
    found = p.contest_rivalry * crew * pressed * (1.0 - peace)
    if stands:
        if outlet.holder[o] < 0:
            found += p.contest_holder_vacancy * turf * pressed
        found += p.contest_newcomer * turf * pressed * math.exp((outlet.born[o] - w) / p.contest_newcomer_weeks)
        owed = debts(s, p, o)
        if owed > 0.0:
            found += p.contest_debt * min(1.0, owed / p.contest_debt_scale)
    if p.on_succession_violence > 0.0:
        lost = crisis(s, p, w, b)
        if lost > 0.0:
            within = p.succession_violence_within if s.business.lines[b] > 1 else 0.0
            found += share * lost * (p.succession_violence_vacancy * pressed + within)
    return found


@kernel
def debts(s, p, o):
    """Pounds that a line owes and has not paid in time; the longer overdue, the more of them counts."""
    overdue = s.tie.overdue
    owed = 0.0
    for k in range(TIE_SLOTS):
        if overdue[o, k] > 0:
            owed += s.tie.credit[o, k] / PENCE * min(1.0, overdue[o, k] / p.contest_debt_weeks)
    return owed


@kernel
def crisis(s, p, w, b):
    """How much a business lacks a leader, 0 to 1: most just after the fall, less once a successor is in place."""
    if s.business.leaderless[b] > 0 or s.business.leader[b] < 0:
        age = s.business.leaderless[b]
        share = p.succession_violence_steered if s.business.steered[b] > 0 else 1.0
    else:
        age = w - s.business.succeeded[b]
        share = p.succession_violence_unsettled
    return share * max(0.0, 1.0 - age / p.succession_violence_window)


@kernel
def fight(s, v, p, key, w, lw, line, where, strength, total, wary):
    """Expected events become events, some recorded, some in answer to suspicion, a few deadly."""
    place = s.place
    for l in range(place.id.size):
        place.violence[l] = 0.0
        place.violent_events[l] = 0
        place.violent_recorded[l] = 0
        place.homicides[l] = 0
        place.retaliation[l] = 0
        if total[l] <= 0:
            continue
        mean = total[l] / EVENTS * math.exp(p.contest_visible * (1.0 - visible(s, v, lw, l)))
        place.violence[l] = mean
        number, deadly, known, why = uniforms(key, place.id[l], w, CONTEST, 0, 0)
        events = poisson(number, mean)
        if events == 0:
            continue
        place.violent_events[l] = events
        place.violent_recorded[l] = binomial(known, events, violence_recorded(s, p, l))
        place.retaliation[l] = binomial(why, events, wary[l] / total[l])
        place.homicides[l] = binomial(deadly, events, p.contest_lethal)
        s.tally.week[VIOLENT] += events
        s.tally.week[VIOLENT_RECORDED] += place.violent_recorded[l]
        s.tally.week[RETALIATION] += place.retaliation[l]
        record(s, w, EVENT_VIOLENCE, TARGET_PLACE, place.id[l], 0, CAUSE_VIOLENCE, -1, events)
        for n in range(place.homicides[l]):
            kill(s, key, w, l, n, line, where, strength)


@kernel
def violence_recorded(s, p, l):
    """Share of violent events that police record, by residents' confidence."""
    trusting = s.place.confidence[l] - 0.5 if p.on_recording > 0.0 else 0.0
    return min(1.0, max(0.0, p.recording_violence + p.recording_violence_confidence * trusting))


@kernel
def kill(s, key, w, l, n, line, where, strength):
    """One of those who contest the place dies: a crew is drawn by its part in the violence, then one of its people."""
    chosen = -1
    least = math.inf
    for i in range(line.size):
        o = line[i]
        if where[i] == l:
            u = uniform(key, s.place.id[l], w, CONTEST, VICTIM_LINE + n, s.outlet.id[o])
            time = race_time(u, strength[i] / EVENTS)
            if time < least:
                least = time
                chosen = o
    if chosen < 0:
        return
    victim = -1
    lowest = math.inf
    for i in range(s.person.id.size):
        if s.person.outlet[i] == chosen and at_large(s.person.status[i]):
            time = race_time(uniform(key, s.place.id[l], w, CONTEST, VICTIM_PERSON + n, s.person.id[i]), 1.0)
            if time < lowest:
                lowest = time
                victim = i
    if victim >= 0:
        push(s, ORDER_DEATH, TARGET_PERSON, victim, s.person.id[victim], CAUSE_VIOLENCE, -1, 1.0)


@kernel
def learn(s, p, w, line, where, latest, strength, total):
    """Peace with rivals is learned and forgotten as trust is; a truce is personal: a new leader keeps part of it."""
    business = s.business
    strife = np.zeros(business.id.size, np.int64)
    for i in range(line.size):
        l = where[i]
        if s.place.violent_events[l] > 0:
            strife[s.outlet.business[line[i]]] += np.int64(
                WEIGHT * s.place.violent_events[l] * (strength[i] / total[l])
            )
    learning = 1.0 - 2.0 ** (-1.0 / p.cooperation_half_life)
    for b in range(OUTSIDE, business.id.size):
        if business.state[b] != ACTIVE or latest[b] < 0:
            continue
        if w - business.succeeded[b] == 1:
            business.cooperation[b] *= business.transfer[b]
        calm = p.cooperation_most
        if strife[b] > 0:
            calm *= math.exp(-strife[b] / WEIGHT / p.cooperation_strife)
        business.cooperation[b] += learning * (calm - business.cooperation[b])
