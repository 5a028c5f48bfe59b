"""New businesses and new outlets come into being: premises, people, money and first contacts."""

import numpy as np

from simulation.chance.draws import lognormal, uniform, uniforms
from simulation.chance.identity import mix64, splitmix
from simulation.chance.streams import ENTRY
from simulation.kernel import kernel
from simulation.kernels.brands import unbranded
from simulation.kernels.closing import clear_tie
from simulation.kernels.events import record
from simulation.kernels.gossip import acquaint
from simulation.kernels.ledger import open_books, pay
from simulation.kernels.recruits import recruit, recruit_member
from simulation.kernels.rows import take_business, take_outlet
from simulation.kernels.search import add_tie, meet_among
from simulation.kernels.start_out import start_out
from simulation.state.codes import (
    CASH_DIRTY,
    CAUSE_MARKET,
    EVENT_ENTRY,
    EVENT_OPEN,
    FAMILIES,
    HOLDER,
    HOUSEHOLDS,
    IMPORTER,
    INDEPENDENT,
    INVESTMENT,
    KIND_BUSINESS,
    KIND_OUTLET,
    LEVELS,
    LINE,
    LINE_KINDS,
    ORGANISER,
    RUNNER,
    SECURITY_LEVELS,
    SHUT_LINES,
    STAFF,
    TARGET_BUSINESS,
    TARGET_OUTLET,
    TIE_SLOTS,
)
from simulation.state.counters import ENTRIES, OPENINGS

ORDINALS = 4


@kernel
def new_business(s, p, w, identity, l, m, tier, model):
    """A business row with empty books and no outlets; required profit is what makes its risk worth it."""
    b = take_business(s)
    business = s.business
    business.id[b] = identity
    business.model[b] = model
    business.tier[b] = tier
    business.market[b] = m
    business.home[b] = l
    business.founder[b] = 0
    business.born[b] = w
    business.children[b] = 0
    business.leader[b] = -1
    business.leader_id[b] = 0
    business.leaderless[b] = 0
    business.steered[b] = 0
    business.succeeded[b] = -100000
    business.transfer[b] = 1.0
    business.lines[b] = 0
    business.members[b] = 0
    business.security[b] = p.security_middle
    business.posture[b] = 1
    required = 0.0  # whoever commissions learns from the market's recipe what to expect
    if tier >= 0:
        required = s.chain.required[m, tier]
    for option in range(SECURITY_LEVELS):
        business.attraction[b, option] = 1.0
    business.profit[b] = required
    business.required[b] = required
    business.aspiration[b] = required
    business.outflow[b] = 0.0
    business.suspicion[b] = 0.0
    business.pressure[b] = 0.0
    business.unread[b] = 0
    business.broke[b] = 0
    business.brand[b] = p.trust_brand_start
    business.cooperation[b] = 0.0
    business.harm[b] = 0.0
    business.wage_bill[b] = 0
    business.refused[b] = 0
    for f in range(FAMILIES):
        business.felt[b, f] = 0.0
        business.counter[b, f] = 0.0
        business.detected[b, f] = -1
    for level in range(LEVELS):
        business.knowledge[b, level] = 0.0
    for kind in range(LINE_KINDS):
        business.line_weeks[b, kind] = 0.0
        business.line_losses[b, kind] = 0.0
    for k in range(SHUT_LINES):
        business.shut_place[b, k] = -1
    unbranded(s, b)
    open_books(s.ledger, b)
    start_out(s, b)
    return b


@kernel
def new_outlet(s, p, w, identity, b, l, quality):
    """An outlet row with no stock, no people and no contacts."""
    o = take_outlet(s)
    outlet = s.outlet
    m = s.business.market[b]
    tier = s.business.tier[b]
    outlet.id[o] = identity
    outlet.business[o] = b
    outlet.place[o] = l
    outlet.market[o] = m
    outlet.tier[o] = tier
    outlet.born[o] = w
    outlet.hires[o] = 0
    outlet.stock[o] = 0
    outlet.cost[o] = 0
    outlet.transit[o] = 0
    outlet.transit_cost[o] = 0
    outlet.price[o] = s.chain.street_price[m] if tier == LINE else s.chain.price[m, tier]
    outlet.purity[o] = s.chain.purity_start[m]
    outlet.forecast[o] = s.chain.floor[m, tier]
    outlet.wanted[o] = 0
    outlet.asked[o] = 0
    outlet.sold[o] = 0
    outlet.takings[o] = 0
    outlet.outlay[o] = 0
    outlet.gross[o] = s.chain.required[m, tier]
    outlet.quality[o] = quality
    outlet.reputation[o] = p.retail_reputation_start
    outlet.good[o] = p.trust_new_good
    outlet.bad[o] = p.trust_new_bad
    outlet.slander[o] = 0.0
    outlet.cheated[o] = 0
    outlet.discount[o] = 0.0
    outlet.staff[o] = 0
    outlet.runners[o] = 0
    outlet.holder[o] = -1
    outlet.holder_id[o] = 0
    outlet.vacant[o] = 0
    outlet.lost[o] = 0
    outlet.served[o] = 0
    outlet.failed[o] = 0
    outlet.budget[o] = 0
    outlet.request[o] = 0
    outlet.choice[o] = -1
    outlet.first[o] = -1
    outlet.room[o] = 0
    outlet.wrecked[o] = 0.0
    for level in range(LEVELS):
        outlet.knowledge[o, level] = 0.0
    for k in range(TIE_SLOTS):
        clear_tie(s, o, k)
    s.business.lines[b] += 1
    return o


@kernel
def invest(s, b, gbp):
    """The founders put money in."""
    pay(s.ledger, HOUSEHOLDS, CASH_DIRTY, b, CASH_DIRTY, int(gbp * 100.0), INVESTMENT)


@kernel
def open_outlet(s, p, key, w, b, l, near, nearby):
    """A business opens an outlet in a locality, with its first people and two contacts among suppliers.

    The first nearby[m, t] rows of near[m, t] are the outlets of each market's tiers, where the new one joins them.
    """
    s.business.children[b] += 1
    identity = splitmix(s.business.id[b], np.uint64(KIND_OUTLET), np.uint64(s.business.children[b]))
    traits = uniforms(key, identity, w, ENTRY, 0, 0)
    o = new_outlet(s, p, w, identity, b, l, lognormal(traits[0], 1.0, p.retail_quality_spread))
    tier = s.outlet.tier[o]
    m = s.outlet.market[o]
    near[m, tier, nearby[m, tier]] = o
    nearby[m, tier] += 1
    if tier == LINE:
        recruit(s, p, key, w, l, o, HOLDER)
        for _ in range(int(p.entry_first_runners)):
            recruit(s, p, key, w, l, o, RUNNER)
    else:
        for _ in range(int(p.entry_first_staff)):
            recruit(s, p, key, w, l, o, STAFF)
    if tier != IMPORTER:
        for n in range(int(p.entry_contacts)):
            salt = mix64(identity ^ np.uint64(n + 1))
            above = s.chain.above[m, tier]
            add_tie(s, w, o, meet_among(s, near[m, above], nearby[m, above], salt, -1), p.search_introduced_evidence)
    s.tally.week[OPENINGS] += 1
    record(s, w, EVENT_OPEN, TARGET_OUTLET, identity, s.business.id[b], CAUSE_MARKET, -1, tier)
    return o


@kernel
def found(s, p, key, w, l, m, tier, near, nearby):
    """A new business starts in a locality, with an organiser, capital, an outlet and offers to possible buyers."""
    ordinal = (w + 1024) * ORDINALS + tier
    identity = splitmix(s.place.id[l] ^ s.chain.id[m], np.uint64(KIND_BUSINESS), np.uint64(ordinal))
    b = new_business(s, p, w, identity, l, m, tier, INDEPENDENT)
    invest(s, b, s.chain.capital[m, tier])
    recruit_member(s, p, key, w, l, b, ORGANISER, 0)
    o = open_outlet(s, p, key, w, b, l, near, nearby)
    acquaint(s, p, o, near, nearby)
    below = s.chain.below[m, tier]
    if tier != LINE:
        s.outlet.discount[o] = p.entry_discount
        s.outlet.forecast[o] = max(s.chain.floor[m, tier], p.entry_size * s.chain.volume[m] / s.chain.intended[m, tier])
        for n in range(nearby[m, below]):
            buyer = near[m, below, n]
            if uniform(key, s.outlet.id[buyer], w, ENTRY, 1, identity) < p.entry_offers:
                add_tie(s, w, buyer, o, p.search_stranger_evidence)
    s.tally.week[ENTRIES] += 1
    record(s, w, EVENT_ENTRY, TARGET_BUSINESS, identity, s.place.id[l], CAUSE_MARKET, -1, tier)
    return b
