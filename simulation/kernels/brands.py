"""A brand: what trading under it is worth, who does, and what those who run a business bring to the question."""

import numpy as np

from simulation.chance.draws import uniforms
from simulation.chance.streams import FRANCHISE as LUCK
from simulation.kernel import kernel
from simulation.state.codes import ACTIVE, DISTRIBUTOR, FRANCHISE, INDEPENDENT, LOCAL, OUTSIDE
from simulation.state.franchise import NEVER

TRAITS = 1  # draw number of what a business is like
BOTH = 2  # models a retail business learns about


@kernel
def unbranded(s, b):
    """A new business trades under nobody's brand and owes nothing; what it is like shows in its first week."""
    franchise = s.franchise
    franchise.franchisor[b] = -1
    franchise.franchisor_id[b] = 0
    franchise.joined[b] = NEVER
    franchise.leaving[b] = NEVER
    franchise.suitor[b] = -1
    franchise.suitor_id[b] = 0
    franchise.offers[b] = 0
    franchise.units[b] = 0
    franchise.royalty[b] = 0.0
    franchise.custom[b] = 1.0
    franchise.bound[b] = -1
    franchise.independence[b] = 0.0
    for model in range(BOTH):
        franchise.attraction[b, model] = 0.5
    franchise.called[b] = 0.0
    franchise.gearing[b] = -1.0
    franchise.default[b] = 0


@kernel
def traits(s, p, key, b):
    """How much a business likes to borrow, what it gives for being its own master, whether it lends its name."""
    drawn = uniforms(key, s.business.id[b], 0, LUCK, TRAITS, 0)
    s.franchise.gearing[b] = p.lending_most * drawn[0] ** p.lending_skew
    s.franchise.independence[b] = drawn[1]
    if s.business.tier[b] == DISTRIBUTOR and drawn[2] < p.franchise_offering:
        s.franchise.offers[b] = 1
        s.business.brand[b] = p.franchise_brand_start
        s.franchise.royalty[b] = p.franchise_split * p.franchise_custom * p.franchise_brand_start


@kernel
def under_brand(s, b):
    """The row of the franchisor that business b trades under, or -1."""
    f = s.franchise.franchisor[b]
    if f >= 0 and s.business.state[f] == ACTIVE and s.business.id[f] == s.franchise.franchisor_id[b]:
        return f
    return -1


@kernel
def join_brand(s, b, f, w):
    """Business b becomes a franchisee of f: it keeps its books and its lines."""
    franchise = s.franchise
    franchise.franchisor[b] = f
    franchise.franchisor_id[b] = s.business.id[f]
    franchise.joined[b] = w
    franchise.leaving[b] = NEVER
    franchise.suitor[b] = -1
    franchise.suitor_id[b] = 0
    franchise.units[f] += 1
    s.business.model[b] = FRANCHISE
    s.business.model[f] = FRANCHISE


@kernel
def leave_brand(s, b, w):
    """Business b trades on its own again."""
    franchise = s.franchise
    franchise.franchisor[b] = -1
    franchise.franchisor_id[b] = 0
    franchise.joined[b] = w
    franchise.leaving[b] = NEVER
    franchise.suitor[b] = -1
    franchise.suitor_id[b] = 0
    franchise.custom[b] = 1.0
    franchise.bound[b] = -1
    s.business.model[b] = INDEPENDENT


@kernel
def pull_of(s, p, f, units):
    """How much more customers a brand brings each of so many units, as a share: a name carried by many says less."""
    return p.franchise_custom * s.business.brand[f] / (1.0 + units / p.franchise_span)


@kernel
def worth_of(s, p, m, f, t, units):
    """What trading under brand f is worth to a retail business that trusts it t, as a share of its gross margin.

    If the franchisor keeps faith, customers and goods on credit; if not, goods it could have had elsewhere; and the
    royalty either way.
    """
    bought = (1.0 - s.chain.margin[m]) / s.chain.margin[m]
    gain = pull_of(s, p, f, units) + p.franchise_credit_worth * (p.franchise_tick - p.supply_tick) * bought
    return t * gain - (1.0 - t) * p.franchise_stake * bought - s.franchise.royalty[f]


@kernel
def learned(s, p, b):
    """How much better than being independent a franchise has come to seem, as a share of gross margin."""
    return p.franchise_experience * (s.franchise.attraction[b, FRANCHISE] - s.franchise.attraction[b, INDEPENDENT])


@kernel
def single_out(s, v, lw):
    """A campaign in a place and market is against one brand at home there, the one best known, for as long as it trades.

    It meets that brand and whoever trades under it, wherever that is, and none of the brands beside it.
    """
    mark = s.franchise.mark
    found = np.zeros(mark.shape, np.uint64)
    most = np.full(mark.shape, -1.0)
    for b in range(OUTSIDE, s.business.id.size):
        if s.franchise.offers[b] == 0 or s.business.state[b] != ACTIVE:
            continue
        m, l = s.business.market[b], s.business.home[b]
        if v.brand_damage[lw, m, l] + v.defection_offer[lw, m, l] <= 0.0:
            continue
        known = np.inf  # a campaign once begun stays with its brand
        if s.business.id[b] != mark[l, m]:
            known = s.business.knowledge[b, LOCAL] * (1.0 + s.franchise.units[b])
        if known > most[l, m] or (known == most[l, m] and s.business.id[b] < found[l, m]):
            most[l, m] = known
            found[l, m] = s.business.id[b]
    mark[:, :] = found


@kernel
def marked(s, b):
    """Whether a campaign is against brand b."""
    return s.franchise.mark[s.business.home[b], s.business.market[b]] == s.business.id[b]


@kernel
def squash(x):
    """A payoff between 0 and 1, whatever its size: 0.5 where nothing is earned."""
    return 0.5 + 0.5 * x / (1.0 + np.abs(x))
