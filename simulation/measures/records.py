"""What stands in the state's own records and in buyers' minds, for holding beside what is; and how busy agencies are."""

import numpy as np

from simulation.kernel import kernel
from simulation.measures.catalogue import INDEX
from simulation.state import counters as c
from simulation.state.codes import RESOURCES

CHARGED, SEIZED, REPORTED = INDEX["charged"], INDEX["seizures"], INDEX["intelligence_reports"]
RECORDED, PRICE, DEATHS = INDEX["commissioned_recorded"], INDEX["price_seen_gbp_per_pure_g"], INDEX["user_deaths"]
USED = INDEX["capacity_used"]
HOUR = 1048576.0  # hours are added up in whole parts of this, so that the order of agencies does not matter


@kernel
def count_records(s, row):
    """The columns that speak of what is written down and seen."""
    row[CHARGED] = s.tally.week[c.CHARGED]
    row[SEIZED] = s.tally.week[c.SEIZURES]
    row[REPORTED] = s.tally.week[c.INFORMED] + s.tally.week[c.MONEY_REPORTS]
    row[DEATHS] = s.tally.week[c.USER_DEATHS]
    recorded = 0
    for r in range(s.recipe.theft.size):
        recorded += s.sector.recorded[r]
    row[RECORDED] = recorded
    users, paid = 0.0, 0.0
    for l in range(s.place.id.size):
        for m in range(s.chain.hard.size):
            weight = s.chain.hard[m] * s.place.users[l, m]
            users += weight
            paid += weight * s.place.price_seen[l, m]
    row[PRICE] = paid / users if users > 0.0 else np.nan
    spent, there = np.int64(0), np.int64(0)
    for a in range(s.agency.id.size):
        for r in range(RESOURCES):
            spent += np.int64(s.agency.spent[a, r] * HOUR)
            there += np.int64(s.agency.free[a, r] * HOUR)
    # hours are kept in single precision, and may sum to a little more than there are
    row[USED] = min(1.0, spent / there) if there > 0 else 0.0
