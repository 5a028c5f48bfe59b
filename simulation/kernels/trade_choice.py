"""A buyer weighs each supplier it knows: what the deal brings if honest, against money and safety if not."""

import math

import numpy as np

from simulation.chance.batches import gumbels_of, words_of
from simulation.chance.streams import SUPPLY_CHOICE
from simulation.kernel import kernel
from simulation.kernels.online import doubt_left
from simulation.state.codes import ACTIVE, FAMILY_REPUTATION, LINE, TIE_SLOTS
from simulation.state.platform import MARKET_PLACE


@kernel
def hear_of(s, p, j):
    """What is said of supplier j this week, worked out once for all its buyers: how well, and with what weight."""
    mass = s.outlet.good[j] + s.outlet.bad[j] + s.outlet.slander[j]
    s.outlet.good_name[j] = s.outlet.good[j] / (mass + 1e-9)
    s.outlet.report_weight[j] = p.trust_public_weight * mass / (p.trust_public_half + mass)


@kernel
def trust(s, p, i, k, j):
    """Trust of buyer i in the supplier of tie k, 0 to 1: own memory, public reports, brand and suspicion."""
    good, bad, weight, prior, doubt = grounds(s, p, i, k, j)
    return believed(p, good, bad, weight, s.outlet.good_name[j], prior, doubt)


@kernel
def grounds(s, p, i, k, j):
    """What buyer i goes by: good and bad memories, the weight of reports, trust before all of these, and doubt."""
    good = p.on_memory * s.tie.good[i, k]
    bad = p.on_memory * s.tie.bad[i, k]
    buyer = s.outlet.business[i]
    supplier = s.outlet.business[j]
    wary = p.on_adaptation * p.adaptation_strength * s.business.counter[buyer, FAMILY_REPUTATION]
    weight = s.outlet.report_weight[j] * (1.0 - wary)
    doubtful = (1.0 - p.trust_prior) * (1.0 - p.trust_brand_weight * s.business.brand[supplier])
    if p.on_platforms * p.on_platform_assurance > 0.0:
        doubtful = min(1.0, doubtful * doubt_left(s, p, buyer, supplier) / s.platform.usual[MARKET_PLACE])
    doubt = min(1.0, s.business.suspicion[supplier] + 0.5 * s.business.suspicion[buyer])
    return good, bad, weight, 1.0 - doubtful, doubt


@kernel
def believed(p, good, bad, weight, good_name, prior, doubt):
    """How far all that a buyer goes by lets it trust, 0 to 1."""
    top = good + weight * good_name + p.trust_prior_weight * prior
    value = top / (good + bad + weight + p.trust_prior_weight)
    return value * (1.0 - p.on_suspicion * p.trust_suspicion * doubt)


@kernel
def resale_value(s, p, i):
    """What a pure gram will bring the buyer, GBP."""
    if s.outlet.tier[i] == LINE:
        return p.supply_line_value * s.outlet.price[i] / max(s.outlet.purity[i], 0.05)
    return p.supply_value * s.outlet.price[i]


@kernel
def live(s, i, k):
    """Whether tie k of buyer i leads to a supplier that still trades."""
    j = s.tie.supplier[i, k]
    return j >= 0 and s.outlet.state[j] == ACTIVE and s.outlet.id[j] == s.tie.supplier_id[i, k]


@kernel
def weigh(s, p, key, w, buyers, number, first, slot, worth, faith, refusal):
    """What each supplier is worth this week to each of the first `number` buyers, luck included.

    Buyer n's suppliers are entries first[n] to first[n + 1] of `slot` (of its tie), `worth` and `faith` (its trust);
    `refusal` is what not buying is worth to it. All of them are looked up first, and then judged and given their luck
    together: without a branch the compiler judges several at once.
    """
    room = worth.size
    who, whom, luck = np.empty(room, np.uint64), np.empty(room, np.uint64), np.empty(room)
    good, bad, weight, good_name = np.empty(room), np.empty(room), np.empty(room), np.empty(room)
    prior, doubt, price, value = np.empty(room), np.empty(room), np.empty(room), np.empty(room)
    count = 0
    for n in range(number):
        first[n] = count
        i = buyers[n]
        resale = resale_value(s, p, i)
        for k in range(TIE_SLOTS):
            if not live(s, i, k):
                continue
            j = s.tie.supplier[i, k]
            if s.outlet.stock[j] <= 0 or s.outlet.room[j] <= 0:
                continue
            good[count], bad[count], weight[count], prior[count], doubt[count] = grounds(s, p, i, k, j)
            good_name[count] = s.outlet.good_name[j]
            price[count] = s.outlet.price[j] * (1.0 - s.outlet.discount[j])
            value[count] = resale
            slot[count] = k
            who[count] = s.outlet.id[i]
            whom[count] = s.outlet.id[j]
            count += 1
    first[number] = count
    fear = p.on_fear * p.supply_fear
    for c in range(count):
        t = believed(p, good[c], bad[c], weight[c], good_name[c], prior[c], doubt[c])
        loss = price[c] * (1.0 - p.supply_tick * t) + fear * price[c]
        worth[c] = (t * (value[c] - price[c]) - (1.0 - t) * loss) / price[c]
        faith[c] = t
    draw_luck(key, w, 0, who, whom, count, luck)
    for c in range(count):
        worth[c] += p.supply_noise * luck[c]
    asking, nobody = np.empty(number, np.uint64), np.zeros(number, np.uint64)
    for n in range(number):
        asking[n] = s.outlet.id[buyers[n]]
    draw_luck(key, w, 1, asking, nobody, number, refusal)
    for n in range(number):
        refusal[n] *= p.supply_noise


@kernel
def choose(s, buyers, number, skip, slots, first, slot, worth, faith, refusal):
    """Where each buyer turns: a tie slot, -1 for "do not buy", -2: it knows nobody who has goods.

    `skip` names a slot that a buyer leaves out (-1: none; -2: the buyer does not ask at all, and gets -2). What
    suppliers are worth is the same all week; whether they still have goods is looked at anew.
    """
    for n in range(number):
        slots[n] = -2
        if skip[n] == -2:
            continue
        i = buyers[n]
        best = -math.inf
        # a franchisee asks its franchisor first, and others only for what that cannot deliver
        bound = s.franchise.bound[s.outlet.business[i]] if skip[n] == -1 else -1
        for anyone in range(bound < 0, 2):
            for c in range(first[n], first[n + 1]):
                if worth[c] <= best or slot[c] == skip[n]:
                    continue
                j = s.tie.supplier[i, slot[c]]
                if s.outlet.stock[j] <= 0 or s.outlet.room[j] <= 0:
                    continue
                if anyone == 0 and s.outlet.business[j] != bound:
                    continue
                best = worth[c]
                slots[n] = slot[c]
                s.outlet.faith[i] = faith[c]
            if slots[n] >= 0:
                break
        if slots[n] >= 0 and best <= refusal[n]:
            slots[n] = -1


@kernel
def draw_luck(key, w, draw, who, whom, count, luck):
    """Standard Gumbel draws, one for each buyer and supplier."""
    one, two = np.empty(count, np.uint32), np.empty(count, np.uint32)
    three, four = np.empty(count, np.uint32), np.empty(count, np.uint32)
    words_of(key, who, w, SUPPLY_CHOICE, draw, whom, count, one, two, three, four)
    gumbels_of(one, count, luck)
