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
    buyer, supplier = s.outlet.business[i], s.outlet.business[j]
    good, bad = p.on_memory * s.tie.good[i, k], p.on_memory * s.tie.bad[i, k]
    weight = s.outlet.report_weight[j] * heed(s, p, buyer)
    doubt = s.business.suspicion[supplier] + 0.5 * s.business.suspicion[buyer]
    strange = strangeness(s, p, buyer, supplier)
    return believed(p, good, bad, weight, s.outlet.good_name[j], strange, usual_doubt(s, p), doubt)


@kernel
def trust_in(s, p, buyers, slots, suppliers, count, faith):
    """The same of many ties at once: slots[c] of outlet buyers[c], which leads to outlet suppliers[c], into faith[c].

    What is known of all of them is looked up first and judged together: without a branch the compiler judges several at
    once.
    """
    of = np.empty((6, count))
    good, bad, weight, good_name, strange, doubt = of[0], of[1], of[2], of[3], of[4], of[5]
    for c in range(count):
        i, k, j = buyers[c], slots[c], suppliers[c]
        buyer, supplier = s.outlet.business[i], s.outlet.business[j]
        good[c], bad[c] = p.on_memory * s.tie.good[i, k], p.on_memory * s.tie.bad[i, k]
        weight[c] = s.outlet.report_weight[j] * heed(s, p, buyer)
        good_name[c] = s.outlet.good_name[j]
        strange[c] = strangeness(s, p, buyer, supplier)
        doubt[c] = s.business.suspicion[supplier] + 0.5 * s.business.suspicion[buyer]
    usual = usual_doubt(s, p)
    for c in range(count):
        faith[c] = believed(p, good[c], bad[c], weight[c], good_name[c], strange[c], usual, doubt[c])


@kernel
def heed(s, p, buyer):
    """How far a business goes by what is said: less once it has learned that someone plants it."""
    return 1.0 - p.on_adaptation * p.adaptation_strength * s.business.counter[buyer, FAMILY_REPUTATION]


@kernel
def strangeness(s, p, buyer, supplier):
    """How a business doubts another before anything is known of it but its brand and who vouches for it."""
    doubtful = (1.0 - p.trust_prior) * (1.0 - p.trust_brand_weight * s.business.brand[supplier])
    if p.on_platforms * p.on_platform_assurance > 0.0:
        doubtful *= doubt_left(s, p, buyer, supplier)
    return doubtful


@kernel
def usual_doubt(s, p):
    """What market places leave of doubt as things are."""
    return s.platform.usual[MARKET_PLACE] if p.on_platforms * p.on_platform_assurance > 0.0 else 1.0


@kernel
def believed(p, good, bad, weight, good_name, strange, usual, doubt):
    """How far memories, reports of some weight and what is thought of strangers let a buyer trust, 0 to 1."""
    prior = 1.0 - min(1.0, strange / usual)
    top = good + weight * good_name + p.trust_prior_weight * prior
    value = top / (good + bad + weight + p.trust_prior_weight)
    return value * (1.0 - p.on_suspicion * p.trust_suspicion * min(1.0, doubt))


@kernel
def resale_value(s, p, i):
    """What a pure gram will bring the buyer, GBP."""
    if s.outlet.tier[i] == LINE:
        return p.supply_line_value * s.outlet.price[i] / max(s.outlet.purity[i], 0.05)
    return p.supply_value * s.outlet.price[i]


@kernel
def live(s, i, k):
    """Whether tie k of buyer i leads to a supplier that still trades; no branch, since nobody could guess."""
    j = s.tie.supplier[i, k]
    row = max(j, 0)
    return (j >= 0) & (s.outlet.state[row] == ACTIVE) & (s.outlet.id[row] == s.tie.supplier_id[i, k])


@kernel
def weigh(s, p, key, w, buyers, number, first, slot, worth, faith, refusal):
    """What each supplier is worth this week to each of the first `number` buyers, luck included.

    Buyer n's suppliers are entries first[n] to first[n + 1] of `slot` (of its tie), `worth` and `faith` (its trust);
    `refusal` is what not buying is worth to it. All of them are listed first, and then judged and given their luck
    together.
    """
    names, of = np.empty((2, worth.size), np.uint64), np.empty((3, worth.size))
    who, whom, luck, price, value = names[0], names[1], of[0], of[1], of[2]
    buyer, seller = np.empty(worth.size, np.int32), np.empty(worth.size, np.int32)
    outlet, supplier = s.outlet, s.tie.supplier
    count = 0
    for n in range(number):
        first[n] = count
        i = buyers[n]
        resale = resale_value(s, p, i)
        for k in range(TIE_SLOTS):
            j = max(supplier[i, k], 0)
            buyer[count], slot[count], seller[count], value[count] = i, k, j, resale
            count += live(s, i, k) & (outlet.stock[j] > 0) & (outlet.room[j] > 0)
    first[number] = count
    for c in range(count):
        j = seller[c]
        price[c] = outlet.price[j] * (1.0 - outlet.discount[j])
        who[c] = outlet.id[buyer[c]]
        whom[c] = outlet.id[j]
    trust_in(s, p, buyer, slot, seller, count, faith)
    fear = p.on_fear * p.supply_fear
    for c in range(count):
        t = faith[c]
        loss = price[c] * (1.0 - p.supply_tick * t) + fear * price[c]
        worth[c] = (t * (value[c] - price[c]) - (1.0 - t) * loss) / price[c]
    draw_luck(key, w, 0, who, whom, count, luck)
    for c in range(count):
        worth[c] += p.supply_noise * luck[c]
    for n in range(number):
        who[n] = s.outlet.id[buyers[n]]
        whom[n] = 0
    draw_luck(key, w, 1, who, whom, number, refusal)
    for n in range(number):
        refusal[n] *= p.supply_noise


@kernel
def pass_over(s, buyers, number, skip, first, slot, worth):
    """Suppliers without goods, and the one whose slot a buyer skips, are worth nothing to a buyer that still asks."""
    for n in range(number):
        if skip[n] == -2:
            continue
        for c in range(first[n], first[n + 1]):
            j = s.tie.supplier[buyers[n], slot[c]]
            gone = (slot[c] == skip[n]) | (s.outlet.stock[j] <= 0) | (s.outlet.room[j] <= 0)
            worth[c] = -math.inf if gone else worth[c]


@kernel
def choose(s, buyers, number, skip, slots, first, slot, worth, faith, refusal):
    """Where each buyer turns: a tie slot, -1 for "do not buy", -2: it knows nobody who has goods.

    `skip` names a slot that a buyer leaves out (-1: none; -2: the buyer does not ask at all, and gets -2).
    """
    for n in range(number):
        slots[n] = -2
        if skip[n] == -2:
            continue
        i = buyers[n]
        best = best_of(worth, first[n], first[n + 1])
        # a franchisee asks its franchisor first, and others only for what that cannot deliver
        bound = s.franchise.bound[s.outlet.business[i]] if skip[n] == -1 else -1
        if bound >= 0:
            best = best_of_one(s, i, bound, first[n], first[n + 1], slot, worth, best)
        if best >= 0:
            slots[n] = slot[best] if worth[best] > refusal[n] else -1
            s.outlet.faith[i] = faith[best]


@kernel
def best_of(worth, first, last):
    """The entry of most worth from `first` on, before `last`; -1 if none is worth anything."""
    best, most = -1, -math.inf
    for c in range(first, last):  # without a branch: nobody can foretell which is best
        better = worth[c] > most
        best, most = c if better else best, worth[c] if better else most
    return best


@kernel
def best_of_one(s, i, business, first, last, slot, worth, otherwise):
    """The entry of most worth to buyer i at one business; `otherwise` if none there is worth anything."""
    best, most = otherwise, -math.inf
    for c in range(first, last):
        if worth[c] > most and s.outlet.business[s.tie.supplier[i, slot[c]]] == business:
            best, most = c, worth[c]
    return best


@kernel
def draw_luck(key, w, draw, who, whom, count, luck):
    """Standard Gumbel draws, one for each buyer and supplier."""
    drawn = np.empty((4, count), np.uint32)
    words_of(key, who, w, SUPPLY_CHOICE, draw, whom, count, drawn[0], drawn[1], drawn[2], drawn[3])
    gumbels_of(drawn[0], count, luck)
