"""Platforms come, are read by the state, are found out, run off with what is in escrow, close, and others come after them."""

import math

import numpy as np

from simulation.chance.draws import normal, uniforms
from simulation.chance.identity import PLATFORM as KIND_PLATFORM
from simulation.chance.identity import splitmix
from simulation.chance.streams import PLATFORM
from simulation.kernel import kernel
from simulation.kernels.escrow import PAID_BACK, SEIZED, STOLEN, forfeit, on_platform, put_on
from simulation.kernels.events import record
from simulation.kernels.online import overhear
from simulation.kernels.platform_choice import after, danger_felt
from simulation.state.codes import (
    ACTIVE,
    CAUSE_BACKGROUND,
    CAUSE_CHOICE,
    CAUSE_PLAN,
    EMPTY,
    EVENT_PLATFORM,
    OUTSIDE,
    TARGET_PLATFORM,
)
from simulation.state.platform import (
    ALARMED,
    BEREFT,
    COMMS,
    MARKET_PLACE,
    PLATFORM_KINDS,
    PLATFORM_MODELS,
    PLATFORMS,
)

LIFE, COMING = 0, 1  # draws of the stream
FAMILY = 1000  # ordinals of kinds among the children of the world
MILLION = 1.0e6
WEEKS_A_YEAR = 52.0
WEEK_ORIGIN = 1024
REST = 104  # weeks for which the row of a platform that closed stays empty


@kernel
def kind_id(kind):
    """The name by which chance knows a kind of platform: parent of all that belong to it."""
    return splitmix(np.uint64(0), np.uint64(KIND_PLATFORM), np.uint64(FAMILY + kind))


@kernel
def live_week(s, v, p, key, w, lw):
    """A week in the life of every platform, and of what is between them; says whether more or less is read than before."""
    platform = s.platform
    platform.lost[:] = 0
    platform.moved[:] = 0
    fade = 2.0 ** (-1.0 / p.platforms_doubt_half_life)
    breaks_in = 1.0 - math.exp(-p.platforms_breach / WEEKS_A_YEAR)
    lives_on = np.empty(PLATFORM_KINDS)
    number = np.zeros(PLATFORM_KINDS, np.int64)
    for kind in range(PLATFORM_KINDS):
        lives_on[kind] = math.exp(-closing(p, kind) / WEEKS_A_YEAR)
    changed = False
    for r in range(PLATFORMS):
        if platform.state[r] != ACTIVE:
            continue
        kind = platform.kind[r]
        number[kind] += 1
        platform.doubt[r] *= fade
        chance = uniforms(key, platform.id[r], w, PLATFORM, LIFE, 0)
        if kind == COMMS and chance[2] < breaks_in:
            platform.breached[r] = p.platforms_breach_share
        read = 1.0 - (1.0 - platform.breached[r]) * (1.0 - v.comms_compromise[lw, r])
        changed = changed or read != platform.read[r]
        platform.read[r] = read
        platform.assured[r] = platform.assurance[r] * v.assurance[lw, r] * (1.0 - platform.doubt[r])
        open_ = v.platform_open[lw, r]
        stays = open_ * lives_on[kind]
        if platform.known[r]:
            stays *= math.exp(-p.platforms_folds)
        if chance[0] >= stays:
            seized = chance[0] >= open_  # the same draw says whose doing it was
            shut(s, p, key, w, r, CAUSE_PLAN if seized else CAUSE_BACKGROUND, SEIZED if seized else PAID_BACK)
        elif kind == MARKET_PLACE and chance[1] < runs_off(s, p, r):
            shut(s, p, key, w, r, CAUSE_CHOICE, STOLEN)
        elif read > 0.0 and not platform.known[r] and chance[3] < found_out(s, p, r):
            reveal(s, p, key, w, r)
    for kind in range(PLATFORM_KINDS):
        enter(s, p, key, w, kind, number[kind])
    return changed


@kernel
def closing(p, kind):
    """Hazard a year that a platform closes without any plan."""
    if kind == COMMS:
        return p.platforms_close_comms
    return p.platforms_close_market if kind == MARKET_PLACE else p.platforms_close_money


@kernel
def runs_off(s, p, r):
    """Chance that operators leave with the escrow: what they hold now against the fees they can still expect."""
    held = s.platform.escrow[r]
    if held <= 0:
        return 0.0
    hazard = p.platforms_operator_hazard + p.platforms_operator_doubt * s.platform.doubt[r]
    worth = s.platform.fees[r] * (1.0 + hazard) / hazard
    return p.platforms_scam_most / (1.0 + (worth / held) ** p.platforms_scam_steepness)


@kernel
def found_out(s, p, r):
    """Chance that users notice that they are read: the sooner the more is read, and the more of them are taken."""
    total = 0
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] == ACTIVE and on_platform(s, b, s.platform.kind[r]) == r:
            total += int(MILLION * danger_felt(s, p, b))
    danger = total / (MILLION * max(1, s.platform.users[r]))
    return 1.0 - math.exp(-p.platforms_found_out * s.platform.read[r] * (1.0 + p.platforms_alarm * danger))


@kernel
def reveal(s, p, key, w, r):
    """Users learn that their platform is read: nobody trusts it any more, others of its kind less, and they move."""
    platform = s.platform
    platform.known[r] = 1
    platform.assured[r] = 0.0
    spread_doubt(s, p, r)
    platform.doubt[r] = 1.0
    scatter(s, p, key, w, r, ALARMED, PAID_BACK)
    record(s, w, EVENT_PLATFORM, TARGET_PLATFORM, platform.id[r], 0, CAUSE_BACKGROUND, -1, platform.read[r])


@kernel
def shut(s, p, key, w, r, cause, what):
    """A platform is gone, with what it held; its users look for another, and doubt the rest."""
    platform = s.platform
    kind = platform.kind[r]
    record(s, w, EVENT_PLATFORM, TARGET_PLATFORM, platform.id[r], kind_id(kind), cause, -1, platform.users[r])
    spread_doubt(s, p, r)
    scatter(s, p, key, w, r, BEREFT, what)
    platform.state[r] = EMPTY
    platform.ended[r] = w
    platform.read[r] = 0.0
    platform.refuge[kind] = largest(s, kind)


@kernel
def largest(s, kind):
    """Row of the platform of a kind with most users, of equals the one with the lowest identity; -1: there is none."""
    platform = s.platform
    found = -1
    for r in range(PLATFORMS):
        if platform.state[r] != ACTIVE or platform.kind[r] != kind:
            continue
        if (
            found < 0
            or platform.users[r] > platform.users[found]
            or (platform.users[r] == platform.users[found] and platform.id[r] < platform.id[found])
        ):
            found = r
    return found


@kernel
def spread_doubt(s, p, r):
    """What befell one platform makes users of others like it think again, the more the larger it was."""
    platform = s.platform
    total = 0
    for other in range(PLATFORMS):
        if platform.state[other] == ACTIVE and platform.kind[other] == platform.kind[r]:
            total += platform.users[other]
    part = p.platforms_contagion * platform.users[r] / max(1, total)
    for other in range(PLATFORMS):
        if other != r and platform.state[other] == ACTIVE and platform.kind[other] == platform.kind[r]:
            platform.doubt[other] += part * (1.0 - platform.doubt[other])


@kernel
def scatter(s, p, key, w, r, why, what):
    """Every user of a platform will look for another, each after a while of its own; all suspect each other more."""
    kind = s.platform.kind[r]
    member = s.member
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] != ACTIVE or on_platform(s, b, kind) != r:
            continue
        s.platform.lost[kind] += 1
        if kind == MARKET_PLACE and why == BEREFT:
            forfeit(s, p, r, b, what)
        doubt = max(0.0, 1.0 - s.business.suspicion[b])
        s.business.suspicion[b] += p.on_suspicion * p.platforms_shaken * doubt
        member.due[b, kind] = after(key, w, s.business.id[b], kind, p.platforms_delay, p.platforms_delay_spread)
        member.heading[b, kind] = -1
        member.wake[b] = min(member.wake[b], member.due[b, kind])
        member.why[b, kind] = why
        if why == BEREFT:
            put_on(s, b, kind, -1)
            overhear(s, p, b)


@kernel
def enter(s, p, key, w, kind, active):
    """A new platform of a kind comes now and then, sooner where there are fewer than usual."""
    platform = s.platform
    intended = platform.intended[kind]
    if intended <= 0:
        return
    crowded = math.exp(p.platforms_crowding * (1.0 - active / intended))
    hazard = closing(p, kind) * intended * crowded / WEEKS_A_YEAR
    identity = splitmix(np.uint64(0), np.uint64(KIND_PLATFORM), np.uint64(FAMILY + kind))  # that is, kind_id
    chance = uniforms(key, identity, w, PLATFORM, COMING, 0)
    if chance[0] >= 1.0 - math.exp(-hazard):
        return
    r = empty_row(s, w)
    if r >= 0:
        newcomer = splitmix(identity, np.uint64(KIND_PLATFORM), np.uint64(w + WEEK_ORIGIN))
        model = min(int(chance[2] * platform.models[kind]), PLATFORM_MODELS - 1)
        set_up(s, p, w, r, newcomer, kind, model, chance[1], normal(chance[3]))
        record(s, w, EVENT_PLATFORM, TARGET_PLATFORM, newcomer, identity, CAUSE_CHOICE, -1, 0.0)


@kernel
def empty_row(s, w):
    """The row that has been empty longest, and long enough for every plan to have seen it; -1: there is none."""
    platform = s.platform
    found = -1
    for r in range(PLATFORMS):
        if platform.state[r] == EMPTY and w - platform.ended[r] >= REST:
            if found < 0 or platform.ended[r] < platform.ended[found]:
                found = r
    return found


@kernel
def set_up(s, p, w, r, identity, kind, model, door, luck):
    """A platform without users, like one of those that are known."""
    platform = s.platform
    platform.id[r] = identity
    platform.state[r] = ACTIVE
    platform.kind[r] = kind
    platform.born[r] = w
    platform.invited[r] = 1 if door < platform.model_invited[kind, model] else 0
    platform.fee[r] = platform.model_fee[kind, model]
    platform.assurance[r] = platform.model_assurance[kind, model]
    platform.assured[r] = platform.assurance[r]
    platform.appeal[r] = p.platforms_appeal_spread * luck
    platform.doubt[r] = 0.0
    platform.users[r] = 0
    platform.held[r] = 0
    platform.escrow[r] = 0
    platform.fees[r] = 0
    platform.breached[r] = 0.0
    platform.read[r] = 0.0
    platform.known[r] = 0
