"""Police learn who is in organised crime, where its outlets are and which businesses stand behind them, and forget it
again.

Every person, outlet and business has a file at three levels (local, regional, national). Each level's part of it is
reviewed every fourth week: what was known fades (half-life about 13 weeks) and the work of those weeks adds to it, in
proportion to activity, the visibility of patrols, the subject's own visibility and security, the residents'
confidence and the analysts at hand; then a share of the gap between levels is passed on, more of it where agencies
agreed to share. How visible a life someone leads is a lasting trait, hashed from identity and key: no draw is made but for ghosts, the things in the picture that
are not there, which come where there is more volume than the analysts can read.
"""

import math

import numpy as np

from simulation.chance.draws import exponential
from simulation.chance.identity import mix64
from simulation.kernel import kernel
from simulation.kernels.camouflage import exposed
from simulation.kernels.ghosts import fade_ghosts, raise_ghosts, within
from simulation.kernels.recruits import at_large
from simulation.state.codes import (
    ACTIVE,
    ACTIVITIES,
    CORE,
    DIGITAL_ANALYSTS,
    EXPOSURE_OF_ROLE,
    EXPOSURES,
    INVESTIGATIONS,
    LEVELS,
    LOCAL,
    NATIONAL,
    NEIGHBOURHOOD_POLICING,
    OUTSIDE,
    PROACTIVE_STREET,
    REACTIVE,
    REGIONAL,
    UPPER,
)
from simulation.state.project import PROJECT_SLOTS

REVIEW = 4  # weeks between two reviews of a file: those whose identity ends alike are reviewed together
REVIEW_MASK = np.uint64(REVIEW - 1)
TRAIT_SHIFT = np.uint64(40)
TRAIT_UNIT = 2.0**-24  # a hash of 24 bits becomes a number in (0, 1)
WEEK_ORIGIN = 1024


@kernel
def sense(s, v, p, key, w, lw):
    """Police knowledge grows with activity, analysis and what communities pass on, and fades; some is false."""
    if p.on_sense == 0.0:
        return
    if p.on_platforms * p.on_platform_reading == 0.0:
        s.member.heard[:] = 1.0
    judge_adequacy(s, v, p, lw)
    learned = yield_table(s, v, p, lw)
    up = passed_on(p, v.information_sharing[lw, 0])
    over = passed_on(p, v.information_sharing[lw, 1])
    review_people(s, p, key, w, learned, up, over)
    review_outlets(s, p, key, w, learned, up, over)
    review_businesses(s, p, key, w, learned, up, over)
    fade_ghosts(s, p)
    raise_ghosts(s, v, p, key, w, lw)


@kernel
def judge_adequacy(s, v, p, lw):
    """Analyst hours over the hours that the volume of intelligence needs, at most 1: beyond that, data are wasted.

    The volume is the people at work in the jurisdiction, in outlets and on jobs: what there is to report about.
    """
    busy = np.zeros(s.place.id.size, np.int64)
    for o in range(s.outlet.id.size):
        if s.outlet.state[o] == ACTIVE:
            busy[s.outlet.place[o]] += s.outlet.staff[o]
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] == ACTIVE and s.project.owner_id[b] == s.business.id[b]:
            for k in range(PROJECT_SLOTS):
                i = s.project.member[b, k]
                if i >= 0 and s.person.id[i] == s.project.member_id[b, k] and s.person.place[i] >= 0:
                    busy[s.person.place[i]] += 1
    for a in range(s.agency.id.size):
        if s.agency.id[a] == 0:
            continue
        people = 0
        for l in range(busy.size):
            if within(s, a, l):
                people += busy[l]
        s.agency.volume[a] = people
        hours = v.capacity[lw, a, DIGITAL_ANALYSTS]
        for activity in range(ACTIVITIES):
            share = s.agency.portfolio[a, DIGITAL_ANALYSTS, activity]
            hours += s.agency.hours[a, DIGITAL_ANALYSTS] * share * v.portfolio[lw, a, activity]
        needed = p.sense_analyst_hours * people * part_read(p, s.agency.level[a])
        s.agency.adequacy[a] = min(1.0, hours / needed) if needed > 0.0 else 1.0


@kernel
def part_read(p, level):
    """The part of all intelligence that a level has to read."""
    if level == LOCAL:
        return 1.0
    return p.sense_regional_reading if level == REGIONAL else p.sense_national_reading


@kernel
def activity_here(s, p, l):
    """Enforcement that yields intelligence in a place, as a multiple of today's."""
    effort = s.place.effort
    return (
        p.sense_from_reactive * effort[l, REACTIVE]
        + p.sense_from_street * effort[l, PROACTIVE_STREET]
        + p.sense_from_investigations * effort[l, INVESTIGATIONS]
        + p.sense_from_neighbourhood * effort[l, NEIGHBOURHOOD_POLICING]
    )


@kernel
def exposure_weights(p):
    """How visible the four exposures are to local police, to regional units and to the national agency."""
    weights = np.empty((LEVELS, EXPOSURES))
    weights[LOCAL, 0] = p.sense_local_core
    weights[LOCAL, 1] = p.sense_local_upper
    weights[LOCAL, 2] = p.sense_local_middle
    weights[LOCAL, 3] = p.sense_local_street
    for e in range(EXPOSURES):
        tall = e <= UPPER  # regional and national agencies look at core and upper people
        weights[REGIONAL, e] = p.sense_regional_upper if tall else p.sense_regional_street
        weights[NATIONAL, e] = p.sense_national_upper if tall else p.sense_national_street
    return weights


@kernel
def yield_table(s, v, p, lw):
    """What is learned of an insecure subject of mean visibility between two reviews, by place, level and exposure, in
    [0, 1).
    """
    places = s.place.id.size
    weights = exposure_weights(p)
    adequacy = np.ones((LEVELS, places))
    for a in range(s.agency.id.size):
        if s.agency.id[a] == 0:
            continue
        for l in range(places):
            if s.agency.kind[a] <= 2 and within(s, a, l):
                adequacy[s.agency.level[a], l] = s.agency.adequacy[a]
    table = np.empty((places, LEVELS, EXPOSURES))
    last = np.full(LEVELS, -1.0)
    for l in range(places):
        work = activity_here(s, p, l)
        trust = (s.place.confidence[l] / p.sense_usual_confidence) ** p.sense_confidence_power
        seen = 1.0 + p.sense_patrol * v.visibility[lw, l]
        for level in range(LEVELS):
            rate = REVIEW * work * adequacy[level, l] * v.knowledge_gain[lw, level]
            if level == LOCAL:
                rate *= trust * seen
            known = rate == last[level]  # most places are to regional and national agencies as the place before
            last[level] = rate
            for e in range(EXPOSURES):
                if known:
                    table[l, level, e] = table[l - 1, level, e]
                elif level > LOCAL and (e == 1 or e == EXPOSURES - 1):
                    table[l, level, e] = table[l, level, e - 1]  # core as upper, middle as street
                else:
                    table[l, level, e] = -math.expm1(-rate * weights[level, e])
    return table


@kernel
def visible_life(identity, key):
    """How visible a life this one leads: a lasting trait, exponential with mean 1; a few are known to everyone."""
    return exponential(((mix64(identity ^ key) >> TRAIT_SHIFT) + 0.5) * TRAIT_UNIT)


@kernel
def reviewed(identity, w):
    """Whether a file is up for review this week."""
    return (identity & REVIEW_MASK) == (np.uint64(w + WEEK_ORIGIN) & REVIEW_MASK)


@kernel
def passed_on(p, more):
    """The share of the gap between two levels that a review passes on: today's, and a plan's `more` a week."""
    usual = -math.expm1(-REVIEW * p.sense_sharing)
    return usual + (1.0 - usual) * (1.0 - (1.0 - more) ** REVIEW)


@kernel
def update(knowledge, i, kept, up, over, local, regional, national):
    """One file: what was known fades, what was learned is added, and of a gap between levels a share is passed on.

    `up` is that share between local and regional level, `over` between regional and national.
    """
    k0 = 1.0 - (1.0 - kept * knowledge[i, LOCAL]) * (1.0 - local)
    k1 = 1.0 - (1.0 - kept * knowledge[i, REGIONAL]) * (1.0 - regional)
    k2 = 1.0 - (1.0 - kept * knowledge[i, NATIONAL]) * (1.0 - national)
    gap = up * (k0 - k1)
    passed = max(gap, 0.0)  # the rest of the gap goes the other way
    k1 += passed
    k0 -= gap - passed
    gap = over * (k1 - k2)
    passed = max(gap, 0.0)
    k2 += passed
    k1 -= gap - passed
    knowledge[i, LOCAL] = k0
    knowledge[i, REGIONAL] = k1
    knowledge[i, NATIONAL] = k2


@kernel
def review_people(s, p, key, w, learned, up, over):
    """Files on people: those at large are learned about, those inside are on record and stay as they are."""
    kept = 2.0 ** (-REVIEW / p.sense_half_life)
    # columns by name of their own: read once from the handle instead of for every row
    identity, status, where, employer = s.person.id, s.person.status, s.person.place, s.person.business
    role, knowledge, security = s.person.role, s.person.knowledge, s.business.security
    shown = s.person.shown
    heard = s.member.heard
    turn = np.uint64(w + WEEK_ORIGIN) & REVIEW_MASK
    # listed first, since nobody could guess whose turn it is, and a processor that guesses wrong loses time
    rows = np.empty(identity.size, np.int32)
    count = 0
    for i in range(identity.size):
        rows[count] = i
        count += ((identity[i] & REVIEW_MASK) == turn) & at_large(status[i])
    for n in range(count):
        i = rows[n]
        l = where[i]
        if l < 0:
            continue
        b = employer[i]
        open_ = visible_life(identity[i], key) * shown[i]
        if b >= 0:
            open_ *= (1.0 - security[b]) * heard[b]
        e = EXPOSURE_OF_ROLE[role[i]]
        update(
            knowledge, i, kept, up, over,
            dim(learned[l, LOCAL, e], open_), dim(learned[l, REGIONAL, e], open_), dim(learned[l, NATIONAL, e], open_),
        )  # fmt: skip


@kernel
def dim(learned, openness):
    """What is learned of a subject of this openness: the yield bends towards 1 and never passes it."""
    x = learned * openness
    return x / (1.0 + learned * max(0.0, openness - 1.0))


@kernel
def review_outlets(s, p, key, w, learned, up, over):
    """Files on outlets: a line trades in the open, what stands above it does not."""
    kept = 2.0 ** (-REVIEW / p.sense_half_life)
    outlet = s.outlet
    for o in range(outlet.id.size):
        if outlet.state[o] != ACTIVE or not reviewed(outlet.id[o], w):
            continue
        l = outlet.place[o]
        b = outlet.business[o]
        open_ = visible_life(outlet.id[o], key) * (1.0 - s.business.security[b]) * exposed(s, p, b)
        e = outlet.tier[o]  # tiers from importer to line are as visible as exposures from core to street
        update(
            outlet.knowledge, o, kept, up, over,
            dim(learned[l, LOCAL, e], open_), dim(learned[l, REGIONAL, e], open_), dim(learned[l, NATIONAL, e], open_),
        )  # fmt: skip


@kernel
def review_businesses(s, p, key, w, learned, up, over):
    """Files on businesses: the larger ones are harder to overlook."""
    kept = 2.0 ** (-REVIEW / p.sense_half_life)
    business = s.business
    for b in range(OUTSIDE, business.id.size):
        if business.state[b] != ACTIVE or not reviewed(business.id[b], w):
            continue
        l = business.home[b]
        if l < 0:
            continue
        size = 1.0 + p.sense_size * business.lines[b]
        open_ = visible_life(business.id[b], key) * (1.0 - business.security[b]) * size
        open_ *= exposed(s, p, b) * s.member.heard[b]
        update(
            business.knowledge, b, kept, up, over,
            dim(learned[l, LOCAL, CORE], open_),
            dim(learned[l, REGIONAL, CORE], open_),
            dim(learned[l, NATIONAL, CORE], open_),
        )  # fmt: skip
