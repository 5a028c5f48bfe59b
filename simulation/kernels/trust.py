"""Evidence is forgotten, reports circulate, some of them false, and suspicion rises and fades."""

import numpy as np

from simulation.kernel import kernel
from simulation.kernels.gossip import gossip
from simulation.kernels.lessons import left_of, shaken
from simulation.kernels.trade_choice import live
from simulation.state.codes import ACTIVE, FAMILY_EXPOSURE, IMPORTER, OUTSIDE, TIE_SLOTS


@kernel
def trust_week(s, v, p, key, w, lw):
    """Experience and gossip change who trusts whom; both are forgotten with time."""
    if p.on_gossip > 0.0:
        gossip(s, p, key, w)
    remember(s, p)
    doubted = circulate(s, v, p, lw)
    for m in range(s.tally.credibility.size):
        doubted |= s.tally.credibility[m] < 1.0
    if doubted:
        contradict(s, p)
    suspect(s, v, p, lw)


@kernel
def remember(s, p):
    """Own evidence fades with its half-life."""
    private = 2.0 ** (-1.0 / p.trust_private_half_life)
    if p.on_forgetting == 0.0:
        private = 1.0
    # one run through memory without a question: what rows without an outlet hold is written afresh when they get one
    good, bad = s.tie.good.reshape(s.tie.good.size), s.tie.bad.reshape(s.tie.bad.size)
    for n in range(good.size):
        good[n] *= private
    for n in range(bad.size):
        bad[n] *= private


@kernel
def circulate(s, v, p, lw):
    """This week's deliveries become reports; a campaign adds false ones, as a share of what circulates.

    Says whether false reports circulate of anybody.
    """
    public = 2.0 ** (-1.0 / p.trust_public_half_life)
    if p.on_forgetting == 0.0:
        public = 1.0
    outlet = s.outlet
    slandered = False
    for o in range(outlet.id.size):
        if outlet.state[o] != ACTIVE:
            continue
        m = outlet.market[o]
        outlet.good[o] = outlet.good[o] * public + p.trust_report_weight * outlet.served[o]
        outlet.bad[o] = outlet.bad[o] * public + p.trust_report_weight * outlet.failed[o]
        share = v.false_reports[lw, m, outlet.place[o]] * s.tally.credibility[m]
        goal = share / (1.0 - share) * (outlet.good[o] + outlet.bad[o])
        gap = max(0.0, goal - outlet.slander[o])
        outlet.slander[o] = outlet.slander[o] * public + p.on_false_reports * p.reputation_injection_speed * gap
        slandered |= outlet.slander[o] > 0.0
    return slandered


@kernel
def contradict(s, p):
    """Buyers who know better make injected reports less believed; when they stop, belief slowly returns."""
    outlet, credibility = s.outlet, s.tally.credibility
    wiser = np.zeros(credibility.size, np.int64)
    buyers = np.zeros(credibility.size, np.int64)
    for o in range(outlet.id.size):
        if outlet.state[o] != ACTIVE or outlet.tier[o] == IMPORTER:
            continue
        m = outlet.market[o]
        for k in range(TIE_SLOTS):
            if not live(s, o, k):
                continue
            j = s.tie.supplier[o, k]
            mass = outlet.good[j] + outlet.bad[j] + outlet.slander[j]
            false = outlet.slander[j] / (mass + 1e-9)
            good = s.tie.good[o, k]
            sure = good / (good + p.reputation_sure_half)
            wiser[m] += int(65536.0 * sure * false)
            buyers[m] += 1
    for m in range(credibility.size):
        if buyers[m] > 0:
            doubt = p.on_memory * wiser[m] / (65536.0 * buyers[m])
            c = credibility[m]
            credibility[m] = c + p.reputation_recovery * (1.0 - c) - p.reputation_erosion * doubt * c


@kernel
def suspect(s, v, p, lw):
    """Suspicion and pressure fade; exposure campaigns raise suspicion where they run."""
    fade = 2.0 ** (-1.0 / p.suspicion_half_life)
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] != ACTIVE:
            continue
        m = max(0, s.business.market[b])
        added = p.on_suspicion * v.suspicion[lw, m, s.business.home[b]]
        if added > 0.0:
            added *= min(1.0, left_of(s, p, b, FAMILY_EXPOSURE))
            shaken(s, p, b, added)
        s.business.suspicion[b] = (s.business.suspicion[b] + added) * fade
        s.business.pressure[b] *= p.suspicion_pressure_memory
