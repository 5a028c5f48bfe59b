"""What police know comes from sources: each follows the work that feeds it, after its delay, and sees its part of things.

What all sources together yield is what a level learns today. Each comes upon a part of those who are there and no
others, of whom it tells the more: who is within its reach is a lasting trait, hashed from identity and key, and another
with each source. So sources, and levels that live on different ones, miss different people.
"""

import math

import numpy as np

from simulation.kernel import kernel
from simulation.kernels.ghosts import within
from simulation.state.codes import (
    ACTIVITIES,
    CORE,
    EXPOSURES,
    FRANCHISE,
    LEVELS,
    LOCAL,
    MIDDLE,
    NATIONAL,
    REGIONAL,
    UPPER,
)
from simulation.state.police import CHAIN_MODELS, NO_JOB, SEEN
from simulation.state.project import RECIPES

REVIEW = 4  # weeks between two reviews of a file: those whose identity ends alike are reviewed together
EYE_PARTS = 32  # reach is told in so many parts: five bits of a hash for each source
EYE_BITS = np.uint64(5)
EYE_MASK = np.uint64(31)
LIFE_SHIFT = np.uint64(56)
MIDDLES = -np.log((np.arange(256) + 0.5) / 256.0)
LIVES = MIDDLES / MIDDLES.mean()  # how visible a life is: a lasting trait, exponential with mean 1; few are seen by all


@kernel
def in_use(s):
    """How many sources there are; they stand in the first rows."""
    n = 0
    while n < s.source.id.size and s.source.id[n] != 0:
        n += 1
    return n


@kernel
def running(s, v, p, lw):
    """What comes in from each source now, against what the work that feeds it would bring; 0 where it is silent."""
    out = np.ones(in_use(s))
    if p.on_sources > 0.0:
        for k in range(out.size):
            out[k] = v.source_yield[lw, k] * s.source.on[k]
    return out


@kernel
def keep_pace(s, n):
    """Each source follows the work done in a place, with its delay."""
    pace, work, delay, effort = s.source.pace, s.source.work, s.source.delay, s.place.effort
    for l in range(pace.shape[0]):
        rest = 0.0
        for a in range(ACTIVITIES):
            rest += abs(effort[l, a] - 1.0)
        for k in range(n):
            rest += abs(pace[l, k] - 1.0)
        if rest == 0.0:
            continue  # as today, for long enough
        for k in range(n):
            fed = 0.0
            for a in range(ACTIVITIES):
                fed += work[k, a] * effort[l, a]
            gap = fed - pace[l, k]
            pace[l, k] = fed if abs(gap) < 1e-9 else pace[l, k] + gap / (1.0 + delay[k])


@kernel
def kinds_of_business(s):
    """Kinds of business that sources tell apart: by chain market and model, by commissioned market, and none."""
    return s.source.chain.shape[0] * CHAIN_MODELS + RECIPES + 1


@kernel
def coverage(s, p, n, out):
    """What each source sees, in a row: kinds of thing x kinds of business x sources. Undivided, one sees all alike."""
    if p.on_sources == 0.0:
        out[:] = 1.0
        return
    chain, job, sees = s.source.chain, s.source.job, s.source.sees
    at = 0
    for thing in range(SEEN):
        for m in range(chain.shape[0]):
            for model in range(CHAIN_MODELS):
                for k in range(n):
                    out[at + k] = sees[thing, k] * chain[m, model, k]
                at += n
        for r in range(RECIPES + 1):
            for k in range(n):
                out[at + k] = sees[thing, k] * job[r, k]
            at += n


@kernel
def lenses(s, p, n, out):
    """How each source looks, in a row: how late each is, how far hidden by encryption, and what it tells of subjects by
    their trait: of those within its reach the more, so that it comes to 1 on average.
    """
    if p.on_sources == 0.0:
        out[:] = 1.0
        out[0] = 0.0
        return
    outside = 1.0 - p.sources_own
    for k in range(n):
        reach = max(1, int(s.source.reach[k] * EYE_PARTS + 0.5))
        out[k] = s.source.delay[k]
        out[n + k] = s.source.hidden[k]
        for trait in range(EYE_PARTS):
            inside = p.sources_own * EYE_PARTS / reach if trait < reach else 0.0
            out[2 * n + k * EYE_PARTS + trait] = outside + inside


@kernel
def kind_of(s, b):
    """The row of a business in `coverage`: by market and model; those of no business come last."""
    chains = s.source.chain.shape[0] * CHAIN_MODELS
    if b < 0:
        return chains + NO_JOB
    m = s.business.market[b]
    if m < 0:
        return chains + s.project.recipe[b]
    return m * CHAIN_MODELS + (1 if s.business.model[b] == FRANCHISE else 0)


@kernel
def parts(share, pace, told, residents, coming, out):
    """What comes in from each source against all that comes in today, written to `out`; gives the sum."""
    total = 0.0
    for k in range(out.size):
        out[k] = share[k] * pace[k] * coming[k] * (1.0 + residents[k] * (told - 1.0))
        total += out[k]
    return total


@kernel
def bend(learned, usual):
    """What is learned of a subject: bends towards 1 where it is more than of the mean one, and never passes it."""
    return learned / (1.0 + max(0.0, learned - usual))


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
def yield_tables(s, v, p, lw, coming, columns, local, beyond, usual, same):
    """What is learned of an insecure subject of mean visibility between two reviews, in [0, 1).

    Written as rows of figures: what comes from each source, to local police by place, exposure and source, and to levels
    beyond by kind of place, exposure, source and level; the whole of it today by place, exposure and level; and the kind
    of each place, since most are to regional and national agencies as the place before.
    """
    places, n = s.place.id.size, coming.size
    weights = exposure_weights(p)
    adequacy = np.ones((LEVELS, places))
    for a in range(s.agency.id.size):
        if s.agency.id[a] == 0:
            continue
        for l in range(places):
            if s.agency.kind[a] <= 2 and within(s, a, l):
                adequacy[s.agency.level[a], l] = s.agency.adequacy[a]
    shares, total = np.empty(n), 0.0
    pace, share, residents = s.source.pace, s.source.share, s.source.residents
    for l in range(places):
        trust = (s.place.confidence[l] / p.sense_usual_confidence) ** p.sense_confidence_power
        told = trust * (1.0 + p.sense_patrol * v.visibility[lw, l])
        alike = l > 0
        for k in range(n):
            alike = alike and pace[l, k] == pace[l - 1, k]
        for level in range(REGIONAL, LEVELS):
            alike = alike and adequacy[level, l] == adequacy[level, l - 1]
        same[l] = same[l - 1] if alike else float(l)
        for level in range(LEVELS):
            known = l > 0 and adequacy[level, l] == adequacy[level, l - 1]
            base = REVIEW * adequacy[level, l] * v.knowledge_gain[lw, level]
            for e in range(EXPOSURES):
                here = (l * EXPOSURES + e) * LEVELS + level
                learned = usual[here - EXPOSURES * LEVELS] if known else -math.expm1(-base * weights[level, e])
                usual[here] = learned
                if level > LOCAL and alike:
                    continue
                if e == CORE or e == MIDDLE:
                    heard = told if level == LOCAL else 1.0  # residents talk to those they meet
                    total = parts(share[level, e // MIDDLE], pace[l], heard, residents, coming, shares)
                at = (l * EXPOSURES + e) * columns
                if columns < n:
                    shares[0] = total  # undivided
                if level == LOCAL:
                    for k in range(columns):
                        local[at + k] = learned * shares[k]
                else:
                    for k in range(columns):
                        beyond[2 * (at + k) + level - 1] = learned * shares[k]
