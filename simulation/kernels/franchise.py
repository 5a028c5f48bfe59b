"""Franchises: retail businesses join a brand, pay for it, and leave it when it is worth less than trading alone.

What a brand is worth to a business follows from what the brand draws, what it asks and how far the business trusts its
franchisor; each learns besides from what it earns and from what it sees others earn under either model.
"""

import math

import numpy as np

from simulation.chance.draws import gumbel, lognormal, uniform, uniforms
from simulation.chance.streams import FRANCHISE as LUCK
from simulation.kernel import kernel
from simulation.kernels.brands import (
    BOTH,
    join_brand,
    learned,
    leave_brand,
    marked,
    pull_of,
    single_out,
    squash,
    worth_of,
)
from simulation.kernels.conversion import convert
from simulation.kernels.events import record
from simulation.kernels.ledger import pay
from simulation.kernels.lessons import left_of, put_down, weekly
from simulation.kernels.recruits import by_identity
from simulation.kernels.trade_choice import live, trust
from simulation.state.codes import (
    ACTIVE,
    CASH_DIRTY,
    CAUSE_CHOICE,
    DISTRIBUTOR,
    EVENT_DEFECT,
    FAMILY_TAKEOVER,
    FRANCHISE,
    LINE,
    OUTSIDE,
    ROYALTY,
    SOCIAL_SLOTS,
    TARGET_BUSINESS,
    TIE_SLOTS,
)
from simulation.state.franchise import DEFECTIONS, JOINED, NEVER, REBRANDED, ROYALTY_PENCE

TURNS = 4  # a business thinks about its brand every so many weeks (a power of two)
PARTS = 1048576.0  # shares are added up in whole parts of this, so that the order of rows does not matter
JOINS, LEAVES, CANDIDATE, REBRANDS = 2, 3, 4, 5  # draw numbers


@kernel
def franchise(s, v, p, key, w, lw):
    """Franchisees weigh what their brand gives and takes and what they hear; some leave, some join."""
    if p.on_franchise == 0.0:
        return
    size = s.business.id.size
    gross, faith, met = np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size, np.int64)
    best, brand = np.full(size, -math.inf), np.full(size, -1, np.int32)
    seen, heads = np.zeros((size, BOTH), np.int64), np.zeros((size, BOTH), np.int64)
    name, volume = np.ones(size), np.zeros(size)
    for o in range(s.outlet.id.size):
        if s.outlet.state[o] != ACTIVE:
            continue
        b = s.outlet.business[o]
        if s.outlet.tier[o] == LINE:
            gross[b] += s.outlet.takings[o] - s.outlet.outlay[o]
            if thinks(s, b, w):
                look_round(s, p, key, w, o, faith, met, best, brand)
                observe(s, o, seen, heads)
        elif s.outlet.tier[o] == DISTRIBUTOR and s.franchise.offers[b] == 1:
            name[b] = min(name[b], s.outlet.good_name[o])
            volume[b] += s.outlet.forecast[o]
    royalties(s, p, gross)
    single_out(s, v, lw)
    for b in range(OUTSIDE, size):
        if s.franchise.offers[b] == 1 and s.business.state[b] == ACTIVE:
            keep_name(s, v, p, key, w, lw, b, name[b], volume[b])
    decide(s, v, p, key, w, lw, faith, met, best, brand, seen, heads)
    convert(s, p, key, w)


@kernel
def thinks(s, b, w):
    """Whether it is this business's turn."""
    return np.int64(s.business.id[b] & np.uint64(TURNS - 1)) == (w + 1024) % TURNS


@kernel
def look_round(s, p, key, w, o, faith, met, best, brand):
    """A line's suppliers who run brands: its trust in its own, and of the others the one that looks best."""
    b = s.outlet.business[o]
    own = s.franchise.franchisor[b]
    if own < 0 and uniform(key, s.business.id[b], w, LUCK, JOINS, 0) >= p.franchise_join_rate:
        return  # it does not think of joining anyone this time
    for k in range(TIE_SLOTS):
        if not live(s, o, k):
            continue
        j = s.tie.supplier[o, k]
        f = s.outlet.business[j]
        if s.franchise.offers[f] == 0:
            continue
        t = trust(s, p, o, k, j)
        if f == own:
            faith[b] += int(PARTS * t)
            met[b] += 1
            continue
        score = worth_of(s, p, s.outlet.market[o], f, t, s.franchise.units[f] + 1)
        if own < 0:
            luck = gumbel(uniform(key, s.business.id[b], w, LUCK, CANDIDATE, s.business.id[f]))
            score += p.franchise_noise * luck
        if score > best[b]:
            best[b] = score
            brand[b] = f


@kernel
def observe(s, o, seen, heads):
    """What businesses earn whose people the holder of a line knows, by model."""
    i = s.outlet.holder[o]
    if i < 0:
        return
    b = s.outlet.business[o]
    for k in range(SOCIAL_SLOTS):
        f = s.person.friend[i, k]
        if f < 0 or s.person.id[f] != s.person.friend_id[i, k]:
            continue
        c = s.person.business[f]
        if c < 0 or c == b or s.business.tier[c] != LINE:
            continue
        model = 1 if s.business.model[c] == FRANCHISE else 0
        seen[b, model] += int(PARTS * squash(s.business.profit[c] / max(1.0, s.business.required[c])))
        heads[b, model] += 1


@kernel
def royalties(s, p, gross):
    """Franchisees pay their franchisor its share of the week's gross margin, as far as their cash goes."""
    for b in range(OUTSIDE, s.business.id.size):
        f = s.franchise.franchisor[b]
        if f < 0 or gross[b] <= 0 or s.business.state[b] != ACTIVE:
            continue
        paid = min(int(s.franchise.royalty[f] * gross[b]), s.ledger.book[b, CASH_DIRTY])
        pay(s.ledger, b, CASH_DIRTY, f, CASH_DIRTY, paid, ROYALTY)
        s.franchise.tally[ROYALTY_PENCE] += paid


@kernel
def keep_name(s, v, p, key, w, lw, b, name, volume):
    """A brand's name follows what is said of its goods and how much it sells; royalties follow what it is worth.

    A brand whose name is spoilt is given up, and a new one begun that nobody has heard of.
    """
    m = s.business.market[b]
    size = volume * s.chain.intended[m, DISTRIBUTOR] / max(1.0, s.chain.volume[m])
    goal = p.franchise_brand_most * name**p.franchise_brand_power * size / (size + p.franchise_brand_size)
    s.business.brand[b] += p.franchise_brand_speed * (goal - s.business.brand[b])
    if marked(s, b):
        kept = math.exp(-v.brand_damage[lw, m, s.business.home[b]] * left_of(s, p, b, FAMILY_TAKEOVER))
        s.business.brand[b] *= kept
        put_down(s, p, b, FAMILY_TAKEOVER, (1.0 - kept) * p.adaptation_replacement * weekly(s, b))
    asks = p.franchise_split * pull_of(s, p, b, s.franchise.units[b])
    s.franchise.royalty[b] += p.franchise_royalty_speed * (asks - s.franchise.royalty[b])
    if not thinks(s, b, w):
        return
    gain = (p.franchise_brand_start - p.franchise_rebrand_cost - s.business.brand[b]) / p.franchise_rebrand_spread
    hazard = p.franchise_rebrand_rate / (1.0 + math.exp(-gain))
    if uniform(key, s.business.id[b], w, LUCK, REBRANDS, 0) < hazard:
        s.business.brand[b] = p.franchise_brand_start
        for o in range(s.outlet.id.size):
            if s.outlet.state[o] == ACTIVE and s.outlet.business[o] == b:
                s.outlet.good[o] = p.trust_new_good
                s.outlet.bad[o] = p.trust_new_bad
                s.outlet.slander[o] = 0.0
        s.franchise.tally[REBRANDED] += 1


@kernel
def decide(s, v, p, key, w, lw, faith, met, best, brand, seen, heads):
    """Those whose turn it is weigh their brand; then whoever has made up its mind joins or leaves, by identity."""
    size = s.business.id.size
    moving, to = np.empty(size, np.int32), np.full(size, -1, np.int32)
    count = 0
    for b in range(OUTSIDE, size):
        if s.business.tier[b] != LINE or s.business.state[b] != ACTIVE:
            continue
        own = s.franchise.franchisor[b]
        if thinks(s, b, w):
            learn(s, p, b, seen, heads)
            if own >= 0:
                t = faith[b] / PARTS / met[b] if met[b] > 0 else p.trust_prior
                reconsider(s, v, p, key, w, lw, b, own, t, best[b], brand[b])
            elif brand[b] >= 0 and joins(s, p, key, w, b, best[b]):
                to[b] = brand[b]
                moving[count] = b
                count += 1
        if own >= 0 and s.franchise.leaving[b] == w:
            f = s.franchise.suitor[b]
            if f >= 0 and s.business.state[f] == ACTIVE and s.business.id[f] == s.franchise.suitor_id[b]:
                to[b] = f
            moving[count] = b
            count += 1
    by_identity(moving, count, s.business.id)
    for k in range(count):
        b = moving[k]
        if s.franchise.franchisor[b] >= 0:
            defect(s, p, w, b)
            s.franchise.tally[DEFECTIONS] += 1
        if to[b] >= 0:
            join_brand(s, b, to[b], w)
            s.franchise.tally[JOINED] += 1


@kernel
def learn(s, p, b, seen, heads):
    """What it earns tells a business of its own model; what its people see others earn, of the other."""
    mine = 1 if s.franchise.franchisor[b] >= 0 else 0
    for model in range(BOTH):
        payoff = -1.0
        if model == mine:
            payoff = squash(s.business.profit[b] / max(1.0, s.business.required[b]))
        elif heads[b, model] > 0:
            payoff = seen[b, model] / PARTS / heads[b, model]
        if payoff >= 0.0:
            s.franchise.attraction[b, model] += p.franchise_learning * (payoff - s.franchise.attraction[b, model])


@kernel
def joins(s, p, key, w, b, score):
    """An independent business takes up the best offer it knows of if that beats being its own master."""
    if uniform(key, s.business.id[b], w, LUCK, JOINS, 0) >= p.franchise_join_rate:
        return False
    alone = p.franchise_autonomy * s.franchise.independence[b] + p.franchise_switch
    alone += p.franchise_noise * gumbel(uniform(key, s.business.id[b], w, LUCK, CANDIDATE, 0))
    return score + learned(s, p, b) > alone


@kernel
def reconsider(s, v, p, key, w, lw, b, own, t, rival, brand):
    """A franchisee sets what its brand is worth against trading alone and the best rival, and may decide to go."""
    m = s.business.market[b]
    scale = max(s.business.required[b], s.business.profit[b])
    offer = v.defection_offer[lw, m, s.business.home[own]] / max(1.0, scale) if marked(s, own) else 0.0
    offer *= left_of(s, p, own, FAMILY_TAKEOVER)
    stays = worth_of(s, p, m, own, t, s.franchise.units[own]) + p.franchise_switch
    alone = p.franchise_autonomy * s.franchise.independence[b] - learned(s, p, b) + offer
    other = rival + offer
    goes = max(alone, other)
    if s.franchise.leaving[b] != NEVER:
        return
    hazard = p.franchise_leave_rate / (1.0 + math.exp(-(goes - stays) / p.franchise_spread))
    luck = uniforms(key, s.business.id[b], w, LUCK, LEAVES, s.business.id[own])
    if luck[0] >= hazard:
        return
    lag = lognormal(luck[1], p.franchise_lag, p.franchise_lag_spread)
    s.franchise.leaving[b] = w + 1 + int(min(lag, 26.0))
    s.franchise.suitor[b] = brand if other > alone else -1
    s.franchise.suitor_id[b] = s.business.id[brand] if other > alone else np.uint64(0)


@kernel
def defect(s, p, w, b):
    """A franchisee leaves; others under the brand hear of it, and think less of franchisor and brand."""
    f = s.franchise.franchisor[b]
    leave_brand(s, b, w)
    left = s.franchise.units[f] - 1
    share = s.ledger.flow[f, ROYALTY] * 0.01 / (left + 1.0)  # of this week's royalties
    put_down(s, p, f, FAMILY_TAKEOVER, p.adaptation_replacement * share)
    s.franchise.units[f] = left
    record(s, w, EVENT_DEFECT, TARGET_BUSINESS, s.business.id[b], s.business.id[f], CAUSE_CHOICE, -1, float(left))
    if p.on_defection_talk == 0.0:
        return
    s.business.brand[f] *= 1.0 - p.defection_talk_brand
    for o in range(s.outlet.id.size):
        if s.outlet.tier[o] != LINE or s.outlet.state[o] != ACTIVE:
            continue
        if s.franchise.franchisor[s.outlet.business[o]] != f:
            continue
        for k in range(TIE_SLOTS):
            if live(s, o, k) and s.outlet.business[s.tie.supplier[o, k]] == f:
                s.tie.bad[o, k] += p.defection_talk_weight
