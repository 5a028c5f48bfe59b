"""Whoever sells asks to be paid for the risk: of losing goods at the border, and of arrest and seizure inland.

Word gets around: what a tier believes the hazard to be follows what businesses in it live through, with a lag. The
premium rises steeply with the first bit of risk and then less and less: that a trade is illegal at all decides how it
must be run (small consignments, no contracts, cash, people who keep silent), while more of the same risk can be borne
with more of the same care. Prices of the market file hold at today's hazards.
"""

import numpy as np

from simulation.kernel import kernel
from simulation.state.codes import ACTIVE, OUTSIDE, TIERS

PARTS = 2.0**40  # pressure is added up in whole parts of this, so that the order of businesses does not matter


@kernel
def demanded(hazard, half, most):
    """What is asked at a hazard, over what would be asked without any."""
    return 1.0 + most * hazard / (hazard + half)


@kernel
def perceive(s, p):
    """What every tier asks this week for the risk it sees, over what it asks at today's."""
    pressure_seen(s, p)
    tally = s.tally
    for m in range(tally.premium.shape[0]):
        usual = -np.expm1(-s.chain.seized_usual[m])
        tally.premium_landed[m] = 1.0
        if p.on_risk_premium > 0.0:
            half, most = p.risk_premium_half_border, p.risk_premium_most_border
            tally.premium_landed[m] = demanded(tally.loss_seen[m], half, most) / demanded(usual, half, most)
        for t in range(TIERS):
            tally.premium[m, t] = 1.0
            if p.on_risk_premium > 0.0:
                half, most = p.risk_premium_half, p.risk_premium_most
                now = demanded(tally.pressure_seen[m, t], half, most)
                tally.premium[m, t] = now / demanded(p.risk_premium_usual, half, most)
    for b in range(OUTSIDE, s.business.id.size):
        m = s.business.market[b]
        t = s.business.tier[b]
        if s.business.state[b] == ACTIVE and m >= 0 and t >= 0:
            s.business.required[b] = s.chain.required[m, t] * tally.premium[m, t]


@kernel
def pressure_seen(s, p):
    """Arrests and seizures among businesses of a tier and those it deals with, as its people have come to see them."""
    tally = s.tally
    total = np.zeros(tally.premium.shape, np.int64)
    number = np.zeros(tally.premium.shape, np.int64)
    for b in range(OUTSIDE, s.business.id.size):
        m = s.business.market[b]
        t = s.business.tier[b]
        if s.business.state[b] == ACTIVE and m >= 0 and t >= 0:
            total[m, t] += np.int64(PARTS * s.business.pressure[b])
            number[m, t] += 1
    for m in range(number.shape[0]):
        businesses = number[m].sum()
        if businesses == 0:
            continue
        everywhere = total[m].sum() / PARTS / businesses
        for t in range(TIERS):
            # a tier of two or three that was spared for a year knows from others that this was luck
            heard = p.risk_premium_hearsay
            mean = (total[m, t] / PARTS + heard * everywhere) / (number[m, t] + heard)
            tally.pressure_seen[m, t] += p.risk_premium_speed * (mean - tally.pressure_seen[m, t])


@kernel
def loss_seen(s, p, m, shipped, seized):
    """Those who bring goods in learn what share of them the border takes."""
    if shipped > 0:
        s.tally.loss_seen[m] += p.risk_premium_speed * (seized / shipped - s.tally.loss_seen[m])


@kernel
def landed_price(s, m):
    """What a pure gram costs on landing: more where those who carry it expect to lose more."""
    return s.chain.landed[m] * s.tally.premium_landed[m]


@kernel
def margin_asked(s, m):
    """Share of its takings that a line means to keep over the cost of goods: its mark-up goes with the risk."""
    usual = s.chain.margin[m] / (1.0 - s.chain.margin[m])
    wanted = usual * s.tally.premium[m, TIERS - 1]
    return wanted / (1.0 + wanted)
