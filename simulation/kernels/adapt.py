"""Businesses learn: postures that pay are kept, tactics that hurt are noticed, thought about, and countered after a while."""

import math

import numpy as np

from simulation.chance.columns import first_words
from simulation.chance.draws import gumbel, lognormal, uniform, unit
from simulation.chance.streams import ADAPT
from simulation.kernel import kernel
from simulation.kernels.closing import close_business
from simulation.kernels.events import record
from simulation.kernels.recruits import by_identity
from simulation.state.codes import (
    ACTIVE,
    CAUSE_CHOICE,
    EVENT_ADAPT,
    FAMILIES,
    FAMILY_REPUTATION,
    OUTSIDE,
    SECURITY_LEVELS,
    TARGET_BUSINESS,
)


@kernel
def adapt(s, v, p, key, w, lw):
    """Businesses compare profit and risk with what they had hoped for, and change what they do."""
    size = s.business.id.size
    families = felt_by_anyone(s, p)
    if p.on_adaptation > 0.0:
        luck = np.empty((FAMILIES, size), np.uint32)
        for f in families:
            first_words(key, s.business.id, w, ADAPT, f, luck[f])
        lapse = 2.0 ** (-1.0 / p.adaptation_lapse_half_life)
        for b in range(OUTSIDE, size):
            if s.business.state[b] == ACTIVE:
                for f in families:
                    counter(s, p, key, w, b, f, lapse, unit(luck[f, b]))
                secure(s, p, key, w, b)
    if p.on_giving_up > 0.0:
        give_up(s, p, key, w)


@kernel
def felt_by_anyone(s, p):
    """Losses are put down to the family of tactics that caused them, and slowly forgotten; families that matter to anyone."""
    fade = 2.0 ** (-1.0 / p.adaptation_half_life)
    felt, countered = s.business.felt, s.business.counter
    total = np.zeros(FAMILIES)
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] == ACTIVE:
            loss = s.business.refused[b] * 0.01 * p.adaptation_refusal_margin
            for f in range(FAMILIES):
                felt[b, f] *= fade
            felt[b, FAMILY_REPUTATION] += (1.0 - fade) * loss
            for f in range(FAMILIES):
                total[f] += felt[b, f] + countered[b, f]
    return np.flatnonzero(total)


@kernel
def counter(s, p, key, w, b, f, lapse, drawn):
    """What hurts is noticed, decided upon after a while, and countered; counter-measures lapse when no longer needed."""
    business = s.business
    felt = business.felt[b, f]
    if felt <= 0.0 and business.counter[b, f] <= 0.0:
        return
    business.counter[b, f] *= lapse
    if business.detected[b, f] >= -1024 and business.detected[b, f] != -1:
        if w >= business.detected[b, f]:
            business.counter[b, f] += p.adaptation_gain * (1.0 - business.counter[b, f])
            business.detected[b, f] = -1
            record(s, w, EVENT_ADAPT, TARGET_BUSINESS, business.id[b], 0, CAUSE_CHOICE, -1, f)
        return
    scale = max(1.0, p.adaptation_noticed * max(business.aspiration[b], business.required[b]))
    hazard = p.adaptation_notice_rate * felt / scale
    # a chance is never more than its hazard, so that few need the exponential
    if drawn < hazard and drawn < 1.0 - math.exp(-hazard):
        lag = lognormal(uniform(key, business.id[b], w, ADAPT, 32 + f, 0), p.adaptation_lag, p.adaptation_lag_spread)
        when = w + int(min(max(lag, 2.0), 20.0) + p.adaptation_implementation)
        business.detected[b, f] = when if when != -1 else 0


@kernel
def secure(s, p, key, w, b):
    """A business tries the posture that has paid best for what it risked, and changes over some weeks."""
    level = s.business.posture[b]
    if (s.business.id[b] % 8) == (w + 1024) % 8:
        payoff = s.business.profit[b] / max(1.0, s.business.required[b])
        payoff -= p.security_pressure * s.business.pressure[b] + p.security_suspicion * s.business.suspicion[b]
        s.business.attraction[b, level] += p.security_learning * (payoff - s.business.attraction[b, level])
        best = -1e300
        for option in range(SECURITY_LEVELS):
            score = s.business.attraction[b, option] / p.security_temperature
            score += gumbel(uniform(key, s.business.id[b], w, ADAPT, 64 + option, 0))
            if score > best:
                best = score
                level = option
        s.business.posture[b] = level
    goal = p.security_low
    if level == 1:
        goal = p.security_middle
    elif level == 2:
        goal = p.security_high
    s.business.security[b] += p.security_speed * (goal - s.business.security[b])


@kernel
def give_up(s, p, key, w):
    """Owners whose profit no longer rewards the risk wind the business up."""
    business = s.business
    size = business.id.size
    ending, luck = np.empty(size, np.int32), np.empty(size, np.uint32)
    first_words(key, business.id, w, ADAPT, 128, luck)
    most = p.giving_up_poor + p.giving_up_base  # no hazard is more: few businesses need the exponential
    count = 0
    for b in range(OUTSIDE, size):
        if unit(luck[b]) >= most or business.state[b] != ACTIVE or business.tier[b] < 0:
            continue
        if w - business.born[b] < p.giving_up_grace:
            continue
        ratio = business.profit[b] / max(1.0, business.required[b])
        poor = p.giving_up_poor / (1.0 + math.exp((ratio - p.giving_up_ratio) / p.giving_up_spread))
        if unit(luck[b]) < poor + p.giving_up_base:
            ending[count] = b
            count += 1
    by_identity(ending, count, business.id)
    for k in range(count):
        close_business(s, p, key, w, ending[k], CAUSE_CHOICE)
