"""A business chooses platforms: where others are, where it is vouched for, where it costs little and nobody doubts.

The choice is a logit: a race between the platforms that it may join and having none. Luck in it is a lasting taste,
so that a business moves when the platforms or its troubles have changed, and a platform that closes changes the choice of
those only who would have taken it. Whoever is on a platform stays sooner than not.
"""

import math

import numpy as np

from simulation.chance.draws import exponential, lognormal, uniform
from simulation.chance.identity import mix64
from simulation.chance.streams import PLATFORM
from simulation.kernel import kernel
from simulation.kernels.escrow import PAID_BACK, forfeit, on_platform, put_on
from simulation.state.codes import ACTIVE, SOCIAL_SLOTS, TIE_SLOTS
from simulation.state.platform import BEREFT, COMMS, MARKET_PLACE, NEVER, NEWCOMER, PLATFORM_KINDS, PLATFORMS

# draw of the stream beside those of platforms themselves (see platform_life), one for each kind
DELAY = 8
STAYS = -2  # where a business goes that stays where it is
TASTE_SHIFT = np.uint64(40)
TASTE_UNIT = 2.0**-24  # a hash of 24 bits becomes a number in (0, 1)


@kernel
def attraction(s, p, rows, count, weights):
    """What draws businesses to each platform: its share of users (the network effect), and what it offers.

    `rows` lists the platforms of each kind, `count` says how many there are.
    """
    platform = s.platform
    total, strangers = np.zeros(PLATFORM_KINDS, np.int64), np.zeros(PLATFORM_KINDS, np.int64)
    for r in range(PLATFORMS):
        if platform.state[r] == ACTIVE:
            kind = platform.kind[r]
            rows[kind, count[kind]] = r
            count[kind] += 1
            total[kind] += platform.users[r]
            if not platform.invited[r]:
                strangers[kind] += platform.users[r]
    for kind in range(PLATFORM_KINDS):
        for n in range(count[kind]):
            r = rows[kind, n]
            even = 1.0 / count[kind]
            share = even
            among = total[kind] if platform.invited[r] else strangers[kind]  # who gets in nowhere else compares these
            if among > 0 and p.on_platform_network > 0.0:
                share = (1.0 - p.platform_network_newcomers) * platform.users[r] / among
                share += p.platform_network_newcomers * even
            offer = p.platforms_assurance_weight * (platform.assured[r] - platform.typical[kind]) + platform.appeal[r]
            offer -= p.platforms_fee_weight * platform.fee[r] + p.platforms_doubt_weight * platform.doubt[r]
            weights[r] = share**p.platform_network_exponent * math.exp(offer)


@kernel
def taste(key, identity, platform):
    """How long a business would take to come to a platform of weight 1: a lasting trait of the two, mean 1."""
    return exponential(((mix64(mix64(identity ^ key) ^ platform) >> TASTE_SHIFT) + 0.5) * TASTE_UNIT)


@kernel
def danger_felt(s, p, b):
    """How pressed a business feels: suspicion, and arrests and seizures of late, each between 0 and 1."""
    pressure = s.business.pressure[b]
    return s.business.suspicion[b] + pressure / (pressure + p.platforms_half_pressure)


@kernel
def need(p, kind):
    """Log-odds of using a platform of a kind at all where nobody feels pressed."""
    if kind == COMMS:
        return p.platforms_comms_appeal
    return p.platforms_market_appeal if kind == MARKET_PLACE else p.platforms_money_appeal


@kernel
def choose(s, p, key, b, kind, rows, count, weights, danger, stays):
    """The platform of a kind that a business would be on now, or -1: none."""
    if kind == MARKET_PLACE and s.business.tier[b] < 0:
        return -1  # brokers sell nothing in a chain
    identity = s.business.id[b]
    here = on_platform(s, b, kind)
    without = math.exp(-need(p, kind) - p.platforms_caution * danger)
    if here >= 0 or (not stays and s.member.why[b, kind] == BEREFT):
        without *= math.exp(-p.platforms_practice)  # who has used one knows how, wherever it was
    least = taste(key, identity, np.uint64(kind + 1)) / without
    found = -1
    for n in range(count[kind]):
        r = rows[kind, n]
        weight = weights[r]
        if r == here and stays:
            weight *= math.exp(p.platforms_habit)
        time = taste(key, identity, s.platform.id[r]) / weight
        if time >= least:
            continue
        shut_out = r != here and s.platform.invited[r] and s.platform.users[r] > 0
        if not shut_out or introduced(s, b, r, kind):
            least = time
            found = r
    return found


@kernel
def introduced(s, b, r, kind):
    """Whether a business deals with a user of a platform, as a buyer, or its leader knows one."""
    outlet, person = s.outlet, s.person
    for o in range(outlet.id.size):
        if outlet.state[o] != ACTIVE or outlet.business[o] != b:
            continue
        for k in range(TIE_SLOTS):
            j = s.tie.supplier[o, k]
            if j >= 0 and outlet.state[j] == ACTIVE and outlet.id[j] == s.tie.supplier_id[o, k]:
                if on_platform(s, outlet.business[j], kind) == r:
                    return True
    i = s.business.leader[b]
    if i < 0:
        return False
    for k in range(SOCIAL_SLOTS):
        f = person.friend[i, k]
        if f >= 0 and person.id[f] == person.friend_id[i, k] and person.business[f] >= 0:
            if on_platform(s, person.business[f], kind) == r:
                return True
    return False


@kernel
def after(key, w, identity, kind, median, spread):
    """The week in which what is decided now is done."""
    u = uniform(key, identity, w, PLATFORM, DELAY + kind, 0)
    return w + max(1, int(math.floor(lognormal(u, median, spread) + 0.5)))


@kernel
def move(s, p, b, kind, r):
    """A business leaves where it was and is on another platform, or on none; a part of its reputation comes along."""
    here = on_platform(s, b, kind)
    if kind == MARKET_PLACE and here != r:
        if here >= 0:
            forfeit(s, p, here, b, PAID_BACK)
        s.member.standing[b] *= p.platforms_reputation_kept if r >= 0 else 0.0
    put_on(s, b, kind, r)


@kernel
def look_around(s, p, key, w, b, kind, rows, count, weights, danger):
    """A business on its usual round decides whether to move; to leave takes no time, to begin elsewhere does."""
    there = choose(s, p, key, b, kind, rows, count, weights, danger, True)
    if there == on_platform(s, b, kind):
        return STAYS
    if there < 0:
        return -1
    s.member.heading[b, kind] = there
    s.member.due[b, kind] = after(key, w, s.business.id[b], kind, p.platforms_lag, p.platforms_lag_spread)
    return STAYS


@kernel
def arrive(s, p, key, b, kind, rows, count, weights, danger):
    """The time has come: a business goes where it decided to go, or looks for a platform now."""
    member, platform = s.member, s.platform
    there = member.heading[b, kind]
    member.due[b, kind] = NEVER
    member.heading[b, kind] = -1
    if there >= 0:
        return there if platform.state[there] == ACTIVE and platform.kind[there] == kind else STAYS
    there = choose(s, p, key, b, kind, rows, count, weights, danger, False)
    if member.why[b, kind] != NEWCOMER and there >= 0 and there != on_platform(s, b, kind):
        platform.moved[kind] += 1
        if member.why[b, kind] == BEREFT:
            platform.fled[kind] += 1
            if there == platform.refuge[kind]:
                platform.fled_to_largest[kind] += 1
    return there
