"""Legitimate trades cover for criminal ones as long as it pays: checks make partners withdraw, slowly they come back.

Landlords, hauliers, phone shops and cash trades stand beside a business. Without them it pays more for the same
things and stands out more; channels that mix dirty money with honest turnover take less of it.
"""

from simulation.kernel import kernel
from simulation.kernels.lessons import left_of
from simulation.state.codes import ACTIVE, AT_COUNCIL, FAMILY_PROTECT, OUTSIDE


@kernel
def camouflage(s, v, p, key, w, lw):
    """Legal partners of each business weigh what covering for it costs them; some withdraw, some return."""
    if p.on_camouflage == 0.0:
        return
    markets = s.chain.id.size
    everywhere = 0.0  # who commissions leans on the trades of all markets
    for m in range(markets):
        everywhere += v.camouflage_cost[lw, m] / markets
    for b in range(OUTSIDE, s.business.id.size):
        m = s.business.market[b]
        if s.business.state[b] != ACTIVE:
            continue
        cost = v.camouflage_cost[lw, m] if m >= 0 else everywhere
        if s.finance.insider[b, AT_COUNCIL] > 0 and p.on_insiders > 0.0:
            cost *= 1.0 - p.insiders_council_effect
        cost *= left_of(s, p, b, FAMILY_PROTECT)
        stay = 1.0 / (1.0 + cost)
        gap = stay - s.finance.partners[b]
        s.finance.partners[b] += (p.camouflage_leave if gap < 0.0 else p.camouflage_return) * gap


@kernel
def partners_of(s, p, b):
    """The legitimate partners a business has, 1 as now."""
    return s.finance.partners[b] if p.on_camouflage > 0.0 else 1.0


@kernel
def dearer(s, p, b):
    """What running costs are without partners' help, as a multiple of today's."""
    return 1.0 + p.camouflage_dearer * (1.0 - partners_of(s, p, b))


@kernel
def exposed(s, p, b):
    """How open to intelligence a business and its outlets are without cover, as a multiple of today."""
    return 1.0 + p.camouflage_exposed * (1.0 - partners_of(s, p, b))
