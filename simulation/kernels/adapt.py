"""Businesses learn: postures that pay are kept, tactics that hurt are noticed, thought about, and countered after a while."""

import math

import numpy as np

from simulation.chance.batches import words_of
from simulation.chance.columns import first_words
from simulation.chance.draws import gumbel, lognormal, uniform, unit
from simulation.chance.streams import ADAPT
from simulation.kernel import kernel
from simulation.kernels.closing import close_businesses
from simulation.kernels.events import record
from simulation.kernels.gossip import speaker
from simulation.kernels.lessons import kind_of, weekly
from simulation.kernels.recruits import by_identity
from simulation.kernels.turns import EVERY, its_turn
from simulation.state.codes import (
    ACTIVE,
    CAUSE_CHOICE,
    EVENT_ADAPT,
    FAMILIES,
    FAMILY_REPUTATION,
    OUTSIDE,
    SECURITY_LEVELS,
    SOCIAL_SLOTS,
    TARGET_BUSINESS,
    TIERS,
)

WORDS = 4  # of a draw: each says whether one family is noticed
WHOLE = 2.0**20  # counter-measures are added up in whole parts of this, so that the order of rows does not matter


@kernel
def adapt(s, v, p, key, w, lw):
    """Businesses compare profit and risk with what they had hoped for, and change what they do."""
    rows, count = feel(s, p)
    if p.on_adaptation > 0.0:
        beings, nobody = np.empty(count, np.uint64), np.zeros(count, np.uint64)
        for n in range(count):
            beings[n] = s.business.id[rows[n]]
        luck = np.empty((FAMILIES, count), np.uint32)
        for block in range(FAMILIES // WORDS):
            four = luck[WORDS * block : WORDS * (block + 1)]
            words_of(key, beings, w, ADAPT, block, nobody, count, four[0], four[1], four[2], four[3])
        lapse = 2.0 ** (-1.0 / p.adaptation_lapse_half_life)
        for n in range(count):
            counter(s, p, key, w, rows[n], lapse, luck, n)
            secure(s, p, key, w, rows[n])
        see_what_others_do(s, p, w)
        if w < 0:
            get_used_to_tactics(s, p)
    if p.on_giving_up > 0.0:
        give_up(s, p, key, w)


@kernel
def feel(s, p):
    """Losses are slowly forgotten, and orders that could not be placed are put down to lies; gives all rows in business."""
    fade = 2.0 ** (-1.0 / p.adaptation_half_life)
    felt = s.business.felt
    rows = np.empty(s.business.id.size, np.int32)
    count = 0
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] == ACTIVE:
            loss = s.business.refused[b] * 0.01 * p.adaptation_refusal_margin
            for f in range(FAMILIES):
                felt[b, f] *= fade
            felt[b, FAMILY_REPUTATION] += (1.0 - fade) * loss
            rows[count] = b
            count += 1
    return rows, count


@kernel
def counter(s, p, key, w, b, lapse, luck, n):
    """What hurts is noticed, decided upon after a while, and countered; counter-measures lapse when no longer needed."""
    business = s.business
    scale = max(1.0, p.adaptation_noticed * max(business.aspiration[b], business.required[b]))
    for f in range(FAMILIES):
        business.counter[b, f] *= lapse
        due = business.detected[b, f]
        if due >= -1024 and due != -1:
            if w >= due:
                business.counter[b, f] += p.adaptation_gain * (1.0 - business.counter[b, f])
                business.detected[b, f] = -1
                record(s, w, EVENT_ADAPT, TARGET_BUSINESS, business.id[b], 0, CAUSE_CHOICE, -1, f)
            continue
        drawn = unit(luck[f, n])
        felt = p.adaptation_notice_rate * business.felt[b, f]
        # a chance is never more than its hazard, so that few need the exponential
        if drawn * scale < felt and drawn < 1.0 - math.exp(-felt / scale):
            notice(s, p, key, w, b, f)
    if p.on_attention > 0.0:
        keep_up(business, p, b)


@kernel
def keep_up(business, p, b):
    """Care takes time and hands: of more than a business can keep up, what is against the least felt losses is let go."""
    over = -p.attention_room
    for f in range(FAMILIES):
        over += business.counter[b, f]
    while over > 0.0:
        least = 0
        for f in range(1, FAMILIES):
            kept = business.counter[b, f] > 0.0
            if kept and (business.counter[b, least] == 0.0 or business.felt[b, f] < business.felt[b, least]):
                least = f
        cut = min(over, business.counter[b, least])
        business.counter[b, least] -= cut
        over = over - cut if cut > 0.0 else 0.0


@kernel
def notice(s, p, key, w, b, f):
    """What hurts is noticed; a counter-measure is decided upon and in place after a while."""
    lag = lognormal(uniform(key, s.business.id[b], w, ADAPT, 32 + f, 0), p.adaptation_lag, p.adaptation_lag_spread)
    when = w + int(min(max(lag, 2.0), 20.0) + p.adaptation_implementation)
    s.business.detected[b, f] = when if when != -1 else 0


@kernel
def see_what_others_do(s, p, w):
    """Counter-measures spread: whoever speaks for an outlet sees, in its turn, what friends in other businesses do."""
    seen = np.zeros(s.business.counter.shape)
    person = s.person
    for o in range(s.outlet.id.size):
        if s.outlet.state[o] != ACTIVE or not its_turn(s.business.id[s.outlet.business[o]], w):
            continue
        b = s.outlet.business[o]
        i = speaker(s, o)
        if i < 0:
            continue
        for k in range(SOCIAL_SLOTS):
            j = person.friend[i, k]
            if j < 0 or person.id[j] != person.friend_id[i, k] or person.business[j] < 0:
                continue
            c = person.business[j]
            if c == b:
                continue
            for f in range(FAMILIES):
                ahead = s.business.counter[c, f] - s.business.counter[b, f]
                seen[b, f] = max(seen[b, f], person.strength[i, k] * ahead)
    for b in range(OUTSIDE, seen.shape[0]):
        if not its_turn(s.business.id[b], w):
            continue
        for f in range(FAMILIES):
            s.business.counter[b, f] += EVERY * p.adaptation_spread * seen[b, f]


@kernel
def get_used_to_tactics(s, p):
    """Before week 0 the world gets used to the counter-measures that businesses of a market and tier take, by their size."""
    total = np.zeros(s.tally.countered.shape, np.int64)
    number = np.zeros(total.shape[:2], np.int64)  # of pounds they hope for
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] != ACTIVE:
            continue
        m, t = max(0, s.business.market[b]), kind_of(s, b)
        size = np.int64(weekly(s, b))  # a tactic meets those the most who have the most to lose
        number[m, t] += size
        for f in range(FAMILIES):
            total[m, t, f] += int(WHOLE * size * s.business.counter[b, f])
    speed = 1.0 - 2.0 ** (-1.0 / p.adaptation_half_life)
    for m in range(number.shape[0]):
        for t in range(TIERS + 1):
            for f in range(FAMILIES):
                if number[m, t] > 0:
                    gap = total[m, t, f] / (WHOLE * number[m, t]) - s.tally.countered[m, t, f]
                    s.tally.countered[m, t, f] += speed * gap


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
    close_businesses(s, p, key, w, ending, count, np.full(count, CAUSE_CHOICE))
