"""Police learn who is in organised crime, where its outlets are and which businesses stand behind them, and forget it
again.

Every person, outlet and business has a file at three levels (local, regional, national). Each level's part of it is
reviewed every fourth week: what was known fades (half-life about 13 weeks) and what sources told in those weeks adds to
it (see `reports`), in proportion to the work that feeds them, the visibility of patrols, the subject's own visibility
and security, the residents' confidence and the analysts at hand; then a share of the gap between levels is passed on,
more of it where agencies agreed to share. No draw is made but for ghosts, the things in the picture that are not there,
which come where there is more volume than the analysts can read.
"""

import math

import numpy as np

from simulation.chance.identity import mix64
from simulation.kernel import kernel
from simulation.kernels.camouflage import exposed
from simulation.kernels.ghosts import fade_ghosts, raise_ghosts, within
from simulation.kernels.recruits import at_large
from simulation.kernels.reports import (
    EYE_BITS,
    EYE_MASK,
    EYE_PARTS,
    LIFE_SHIFT,
    LIVES,
    REVIEW,
    bend,
    coverage,
    keep_pace,
    kind_of,
    kinds_of_business,
    lenses,
    running,
    yield_tables,
)
from simulation.state.codes import (
    ACTIVE,
    ACTIVITIES,
    CORE,
    DIGITAL_ANALYSTS,
    EXPOSURE_OF_ROLE,
    EXPOSURES,
    LEVELS,
    LOCAL,
    NATIONAL,
    OUTSIDE,
    REGIONAL,
)
from simulation.state.police import SEEN, SEEN_BUSINESSES, SEEN_OUTLETS, SEEN_PEOPLE
from simulation.state.project import PROJECT_SLOTS

REVIEW_MASK = np.uint64(REVIEW - 1)
WEEK_ORIGIN = 1024


@kernel
def sense(s, v, p, key, w, lw):
    """Police knowledge grows with activity, analysis and what communities pass on, and fades; some is false."""
    if p.on_sense == 0.0:
        return
    if p.on_platforms * p.on_platform_reading == 0.0:
        s.member.heard[:] = 1.0
    coming = running(s, v, p, lw)
    keep_pace(s, coming.size)
    judge_adequacy(s, v, p, lw, coming)
    n = coming.size if p.on_sources > 0.0 else 1
    places, kinds = s.place.id.size, kinds_of_business(s)
    # all in one row, since what a file is reviewed with is handed on for every one of them
    first = places * EXPOSURES * n
    tables = np.empty(3 * first + places * (EXPOSURES * LEVELS + 1) + (SEEN * kinds + 2 + EYE_PARTS) * n)
    whole = 3 * first
    same = whole + places * EXPOSURES * LEVELS
    sees = same + places
    lens = sees + SEEN * kinds * n
    yield_tables(
        s, v, p, lw, coming, n, tables[:first], tables[first:whole], tables[whole:same], tables[same:sees],
    )  # fmt: skip
    coverage(s, p, n, tables[sees:lens])
    lenses(s, p, n, tables[lens:])
    up = passed_on(p, v.information_sharing[lw, 0])
    over = passed_on(p, v.information_sharing[lw, 1])
    review_people(s, p, key, w, tables, n, up, over)
    review_outlets(s, p, key, w, tables, n, up, over)
    review_businesses(s, p, key, w, tables, n, up, over)
    fade_ghosts(s, p)
    raise_ghosts(s, v, p, key, w, lw)


@kernel
def judge_adequacy(s, v, p, lw, coming):
    """Analyst hours over the hours that the volume of intelligence needs, at most 1: beyond that, data are wasted.

    The volume is the people at work in the jurisdiction, in outlets and on jobs: what there is to report about, as
    far as sources report it.
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
    reading, rumours = np.zeros(busy.size), np.zeros(busy.size)  # of each place, a week
    for l in range(busy.size):
        for k in range(coming.size):
            volume = busy[l] * s.source.pace[l, k] * coming[k]
            reading[l] += volume * s.source.hours[k]
            rumours[l] += volume * s.source.mistakes[k]
    for a in range(s.agency.id.size):
        if s.agency.id[a] == 0:
            continue
        people, needed, false = 0, 0.0, 0.0
        for l in range(busy.size):
            if within(s, a, l):
                people += busy[l]
                needed += reading[l]
                false += rumours[l]
        s.agency.volume[a] = people
        s.agency.rumours[a] = false
        hours = v.capacity[lw, a, DIGITAL_ANALYSTS]
        for activity in range(ACTIVITIES):
            share = s.agency.portfolio[a, DIGITAL_ANALYSTS, activity]
            hours += s.agency.hours[a, DIGITAL_ANALYSTS] * share * v.portfolio[lw, a, activity]
        needed *= p.sense_reading * part_read(p, s.agency.level[a])
        s.agency.adequacy[a] = min(1.0, hours / needed) if needed > 0.0 else 1.0


@kernel
def part_read(p, level):
    """The part of all intelligence that a level has to read."""
    if level == LOCAL:
        return 1.0
    return p.sense_regional_reading if level == REGIONAL else p.sense_national_reading


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


@kernel(inline="always")
def learn(s, key, i, knowledge, identity, t, width, thing, b, l, e, age, open_, heard, kept, up, over):
    """One file is reviewed: what each source saw of its subject, as open as that is, adds to what is left of the old.

    `t` holds, in a row, what `sense` put there, for `width` sources.
    """
    places, kinds = s.place.id.size, kinds_of_business(s)
    first = places * EXPOSURES * width
    usual = 3 * first + (l * EXPOSURES + e) * LEVELS
    same = 3 * first + places * EXPOSURES * LEVELS
    sees = same + places + (thing * kinds + kind_of(s, b)) * width
    lens = same + places + SEEN * kinds * width
    here = (l * EXPOSURES + e) * width
    there = first + (int(t[same + l]) * EXPOSURES + e) * width * 2
    traits = mix64(identity ^ key)
    open_ *= LIVES[traits >> LIFE_SHIFT]
    view = lens + 2 * width
    k0, k1, k2, louder = 0.0, 0.0, 0.0, heard - 1.0
    for k in range(width):
        if age >= t[lens + k]:  # else it speaks of a time when there was nothing to see
            seen = t[view + np.int64(traits & EYE_MASK)] * t[sees + k] * (1.0 + t[lens + width + k] * louder)
            k0 += seen * t[here + k]
            k1 += seen * t[there + 2 * k]
            k2 += seen * t[there + 2 * k + 1]
        view += EYE_PARTS
        traits >>= EYE_BITS
    update(
        knowledge, i, kept, up, over,
        bend(open_ * k0, t[usual]), bend(open_ * k1, t[usual + 1]), bend(open_ * k2, t[usual + 2]),
    )  # fmt: skip


@kernel
def review_people(s, p, key, w, tables, width, up, over):
    """Files on people: those at large are learned about, those inside are on record and stay as they are."""
    kept = 2.0 ** (-REVIEW / p.sense_half_life)
    # columns by name of their own: read once from the handle instead of for every row
    identity, status, where, employer = s.person.id, s.person.status, s.person.place, s.person.business
    role, knowledge, security = s.person.role, s.person.knowledge, s.business.security
    shown, joined = s.person.shown, s.person.joined
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
        open_, heard = float(shown[i]), 1.0
        if b >= 0:
            open_ *= 1.0 - security[b]
            heard = s.member.heard[b]
        e = EXPOSURE_OF_ROLE[role[i]]
        age = float(w - joined[i])
        learn(s, key, i, knowledge, identity[i], tables, width, SEEN_PEOPLE, b, l, e, age, open_, heard, kept, up, over)


@kernel
def review_outlets(s, p, key, w, tables, width, up, over):
    """Files on outlets: a line trades in the open, what stands above it does not."""
    kept = 2.0 ** (-REVIEW / p.sense_half_life)
    outlet = s.outlet
    for o in range(outlet.id.size):
        if outlet.state[o] != ACTIVE or not reviewed(outlet.id[o], w):
            continue
        b = outlet.business[o]
        open_ = (1.0 - s.business.security[b]) * exposed(s, p, b)
        e = outlet.tier[o]  # tiers from importer to line are as visible as exposures from core to street
        age = float(w - outlet.born[o])
        learn(
            s, key, o, outlet.knowledge, outlet.id[o], tables, width, SEEN_OUTLETS, b, outlet.place[o], e, age, open_, 1.0,
            kept, up, over,
        )  # fmt: skip


@kernel
def review_businesses(s, p, key, w, tables, width, up, over):
    """Files on businesses: the larger ones are harder to overlook."""
    kept = 2.0 ** (-REVIEW / p.sense_half_life)
    business = s.business
    for b in range(OUTSIDE, business.id.size):
        if business.state[b] != ACTIVE or not reviewed(business.id[b], w):
            continue
        l = business.home[b]
        if l < 0:
            continue
        open_ = p.sense_business * (1.0 - business.security[b]) * exposed(s, p, b)
        open_ *= 1.0 + p.sense_size * business.lines[b]
        age = float(w - business.born[b])
        learn(
            s, key, b, business.knowledge, business.id[b], tables, width, SEEN_BUSINESSES, b, l, CORE, age, open_,
            s.member.heard[b], kept, up, over,
        )  # fmt: skip
