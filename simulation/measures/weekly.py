"""At the end of each week the world is counted; the counts become one row of a run's series."""

import numpy as np

from simulation.kernel import kernel
from simulation.kernels.rows import AT_LARGE, rows_in
from simulation.kernels.trade_choice import live, trust_in
from simulation.measures.brands import count_brands
from simulation.measures.catalogue import INDEX
from simulation.measures.contact import count_contact
from simulation.measures.harm import (
    commissioned_gbp,
    concern_of_all,
    exploitation_gbp,
    harm_gbp,
    public_concern,
    user_years,
)
from simulation.measures.health import count_health
from simulation.measures.markets import count_markets
from simulation.measures.money import count_money
from simulation.measures.platforms import count_platforms
from simulation.measures.records import count_records
from simulation.state import counters as c
from simulation.state.codes import ACTIVE, BAIL, EXITED, LINE, PRISON, REMAND, TIE_SLOTS, WHOLESALER

MG_PER_KG = 1.0e6
TRUST_SCALE = 1048576.0
AWAITING = INDEX["awaiting_court"]
UNLED, QUEUED = INDEX["operations_unled"], INDEX["operations_queued"]
AT_PROJECTS = INDEX["projects"]  # the first of the measures of commissioned crime
SEIZED_MEMORY = 0.973655  # half-life of 26 weeks


@kernel
def share(part, whole):
    return part / whole if whole > 0 else 0.0


@kernel
def count_week(s, p, w, memory, row, place_rows, market_rows):
    """One row of the series (columns as in the catalogue) and one each of those by locality and by market.

    `memory` keeps the smoothed seized and consumed amounts from week to week, and what was there in week 0.
    """
    week = s.tally.week
    place = s.place
    size = place.id.size
    harm = np.empty(size)
    concern = np.empty(size)
    harm_gbp(s, p, harm)
    public_concern(s, p, concern)
    count_markets(s, p, market_rows)
    businesses = 0.0
    profit = 0.0
    for m in range(market_rows.shape[0]):
        businesses += market_rows[m, c.TRADING]
        profit += market_rows[m, c.PROFIT_PENCE]
    people, mapped, prison, waiting = count_people(s, place_rows)
    external, internal, tiers, trusted, weight = count_outlets(s, p, place_rows)
    residents, resilience, confidence, fear, pool = count_residents(s)
    trade = hard_trade(s)
    memory[0] = memory[0] * SEIZED_MEMORY + trade[c.SEIZED_MG]
    memory[1] = memory[1] * SEIZED_MEMORY + trade[c.CONSUMED_MG]
    total_harm = exploitation_gbp(s, p) + commissioned_gbp(s, p)
    users = 0.0
    for l in range(size):
        total_harm += harm[l]
        users += user_years(s, l)
        place_rows[l, 0] = harm[l]
        consumed = 0
        for m in range(place.consumed.shape[1]):
            consumed += s.chain.hard[m] * place.consumed[l, m]
        place_rows[l, 1] = consumed / MG_PER_KG
        place_rows[l, 2] = place.sold[l] / MG_PER_KG
        place_rows[l, 3] = place.violent_events[l]
        place_rows[l, 4] = place.violent_recorded[l]
        place_rows[l, 5] = place.acquisitive[l]
        place_rows[l, 6] = place.acquisitive_recorded[l]
        place_rows[l, 9] = place.resilience[l]
        place_rows[l, 10] = place.arrests[l]
    pure = trade[c.CONSUMED_MG]
    bulk = trade[c.BULK_MG]
    ordered = 0
    refused = 0
    for t in range(4):
        ordered += s.tally.ordered_pence[t]
        refused += s.tally.refused_pence[t]
    row[0] = total_harm
    row[1] = concern_of_all(s, concern)
    row[2] = profit * 0.01
    row[3] = businesses
    row[4] = people
    row[5] = mapped
    row[6] = pure / MG_PER_KG
    row[7] = trade[c.SALES_PENCE] * 10.0 / pure if pure > 0 else np.nan
    row[8] = trade[c.SALES_PENCE] * 10.0 / bulk if bulk > 0 else np.nan
    row[9] = pure / bulk if bulk > 0 else np.nan
    row[10] = week[c.VIOLENT]
    row[11] = week[c.VIOLENT_RECORDED]
    row[12] = week[c.ACQUISITIVE]
    row[13] = week[c.ACQUISITIVE_RECORDED]
    row[14] = week[c.DRUG_RECORDED]
    row[15] = trusted / weight if weight > 0 else np.nan
    row[16] = share(refused, ordered)
    row[17] = share(s.tally.refused_pence[WHOLESALER], s.tally.ordered_pence[WHOLESALER])
    row[18] = share(week[c.CHEATS], week[c.TRADES])
    row[19] = share(trade[c.UNMET_MG], trade[c.DEMAND_MG])
    row[20] = week[c.ENTRIES]
    row[21] = week[c.EXITS]
    row[22] = week[c.RECRUITS]
    row[23] = week[c.RECRUITS_UNDER_18]
    row[24] = week[c.ARRESTS]
    row[25] = prison
    row[AWAITING] = waiting
    row[26] = trade[c.SEIZED_MG] / MG_PER_KG
    row[27] = memory[0] / (memory[0] + memory[1]) if memory[0] + memory[1] > 0.0 else 0.0
    row[28] = (week[c.SEIZED_PENCE] + week[c.FROZEN_PENCE]) * 0.01
    row[29] = external
    row[30] = internal
    row[31] = tiers[0]
    row[32] = tiers[1]
    row[33] = tiers[2]
    row[34] = resilience / residents
    row[35] = confidence / residents
    row[36] = fear / residents
    row[37] = pool
    row[38] = row[UNLED] = row[QUEUED] = 0.0
    row[39:43] = np.nan
    row[43] = week[c.CONTACTS_UNINVOLVED]
    row[44] = week[c.RETALIATION]
    row[45] = users * p.harm_user_year * p.harm_price_level
    count_money(s, row)
    count_projects(s, row, market_rows)
    count_brands(s, row)
    count_platforms(s, row)
    count_contact(s, w, row, place_rows)
    count_records(s, row)
    count_health(s, memory, row)
    for a in range(s.agency.id.size):
        row[UNLED] += s.agency.unled[a]
        row[QUEUED] += s.agency.queued[a]


@kernel
def hard_trade(s):
    """What the markets of hard drugs did this week, together."""
    found = np.zeros(c.TRADE, np.int64)
    for m in range(s.chain.hard.size):
        for k in range(c.TRADE):
            found[k] += s.chain.hard[m] * s.tally.trade[m, k]
    return found


@kernel
def count_projects(s, row, market_rows):
    """Commissioned crime of the week, over all its markets."""
    for n in range(5):
        row[AT_PROJECTS + n] = 0.0
    for m in range(s.chain.id.size, market_rows.shape[0]):
        row[AT_PROJECTS] += market_rows[m, c.JOBS_DONE]
        row[AT_PROJECTS + 1] += market_rows[m, c.JOB_CRIMES]
        row[AT_PROJECTS + 2] += market_rows[m, c.JOB_VICTIMS]
        row[AT_PROJECTS + 3] += market_rows[m, c.TAKEN_PENCE] * 0.01
        row[AT_PROJECTS + 4] += market_rows[m, c.TRADING]


@kernel
def count_people(s, place_rows):
    """People at large who belong to a business, those of them who are mapped, those in custody, and those charged whose case is open."""
    mapped = 0
    prison = 0
    waiting = 0
    status, where, knowledge = s.person.status, s.person.place, s.person.knowledge
    here = np.zeros(place_rows.shape[0] + 1, np.int64)  # the first entry: those who are nowhere
    for i in range(status.size):
        prison += (status[i] == PRISON) | (status[i] == REMAND)
        waiting += (status[i] == BAIL) | (status[i] == REMAND) | (status[i] == EXITED)
    rows = rows_in(status, AT_LARGE)
    for i in rows:
        mapped += max(knowledge[i, 0], knowledge[i, 2]) >= 0.5
        here[where[i] + 1] += 1
    for l in range(place_rows.shape[0]):
        place_rows[l, 8] = here[l + 1]
    return rows.size, mapped, prison, waiting


@kernel
def count_outlets(s, p, place_rows):
    """Lines of hard drugs abroad and at home, their outlets above the street; trust in all trade (by volume)."""
    external = 0
    internal = 0
    tiers = np.zeros(4, np.int64)
    trusted = np.int64(0)
    weight = np.int64(0)
    for l in range(place_rows.shape[0]):
        place_rows[l, 7] = 0.0
    volume = s.tie.volume
    buyer, slot = np.empty(volume.size, np.int32), np.empty(volume.size, np.int32)
    supplier, faith = np.empty(volume.size, np.int32), np.empty(volume.size)
    ties = 0
    for o in range(s.outlet.id.size):
        if s.outlet.state[o] != ACTIVE:
            continue
        tier = s.outlet.tier[o]
        hard = s.chain.hard[s.outlet.market[o]] > 0
        tiers[tier] += hard
        l = s.outlet.place[o]
        if tier == LINE and hard:
            place_rows[l, 7] += 1.0
            home = s.business.home[s.outlet.business[o]]
            if s.place.force[l] == s.place.force[home]:
                internal += 1
            else:
                external += 1
        for k in range(TIE_SLOTS):
            buyer[ties], slot[ties], supplier[ties] = o, k, s.tie.supplier[o, k]
            ties += (volume[o, k] > 1.0) & live(s, o, k)
    trust_in(s, p, buyer, slot, supplier, ties, faith)
    for n in range(ties):
        mass = np.int64(volume[buyer[n], slot[n]])
        trusted += np.int64(mass * faith[n])
        weight += mass
    return external, internal, tiers, trusted, weight


@kernel
def count_residents(s):
    """Residents, and their resilience, confidence and fear summed over them; young people at risk."""
    residents = 0.0
    resilience = 0.0
    confidence = 0.0
    fear = 0.0
    pool = 0
    for l in range(s.place.id.size):
        pool += s.place.pool[l]
        if s.place.kind[l] != 0:
            continue
        people = s.place.population[l]
        residents += people
        resilience += people * s.place.resilience[l]
        confidence += people * s.place.confidence[l]
        fear += people * s.place.fear[l]
    return residents, resilience, confidence, fear, pool
