"""A buyer weighs each supplier it knows: what the deal brings if honest, against money and safety if not."""

import math

from simulation.chance.draws import gumbel, uniform
from simulation.chance.streams import SUPPLY_CHOICE
from simulation.kernel import kernel
from simulation.state.codes import ACTIVE, FAMILY_REPUTATION, LINE, TIE_SLOTS


@kernel
def hear_of(s, p, j):
    """What is said of supplier j this week, worked out once for all its buyers: how well, and with what weight."""
    mass = s.outlet.good[j] + s.outlet.bad[j] + s.outlet.slander[j]
    s.outlet.good_name[j] = s.outlet.good[j] / (mass + 1e-9)
    s.outlet.report_weight[j] = p.trust_public_weight * mass / (p.trust_public_half + mass)


@kernel
def trust(s, p, i, k, j):
    """Trust of buyer i in the supplier of tie k, 0 to 1: own memory, public reports, brand and suspicion."""
    good = p.on_memory * s.tie.good[i, k]
    bad = p.on_memory * s.tie.bad[i, k]
    buyer = s.outlet.business[i]
    supplier = s.outlet.business[j]
    wary = p.on_adaptation * p.adaptation_strength * s.business.counter[buyer, FAMILY_REPUTATION]
    weight = s.outlet.report_weight[j] * (1.0 - wary)
    prior = 1.0 - (1.0 - p.trust_prior) * (1.0 - p.trust_brand_weight * s.business.brand[supplier])
    top = good + weight * s.outlet.good_name[j] + p.trust_prior_weight * prior
    value = top / (good + bad + weight + p.trust_prior_weight)
    doubt = min(1.0, s.business.suspicion[supplier] + 0.5 * s.business.suspicion[buyer])
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
def choose(s, p, key, w, i, skip):
    """Tie slot of the supplier that buyer i turns to this week, -1 for "do not buy", -2 when it knows nobody."""
    value = resale_value(s, p, i)
    identity = s.outlet.id[i]
    best = -math.inf
    slot = -2
    chosen = 0.0
    fear = p.on_fear * p.supply_fear
    for k in range(TIE_SLOTS):
        if k == skip or not live(s, i, k):
            continue
        j = s.tie.supplier[i, k]
        if s.outlet.stock[j] <= 0 or s.outlet.room[j] <= 0:
            continue
        t = trust(s, p, i, k, j)
        price = s.outlet.price[j] * (1.0 - s.outlet.discount[j])
        loss = price * (1.0 - p.supply_tick * t) + fear * price
        utility = (t * (value - price) - (1.0 - t) * loss) / price
        utility += p.supply_noise * gumbel(uniform(key, identity, w, SUPPLY_CHOICE, 0, s.outlet.id[j]))
        if utility > best:
            best = utility
            slot = k
            chosen = t
    if slot < 0:
        return -2
    s.outlet.faith[i] = chosen
    refuse = p.supply_noise * gumbel(uniform(key, identity, w, SUPPLY_CHOICE, 1, 0))
    return slot if best > refuse else -1
