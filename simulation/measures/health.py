"""How organised crime does as business: who holds its markets, how long its cash lasts, what is left of those that were there."""

import numpy as np

from simulation.kernel import kernel
from simulation.measures.catalogue import INDEX
from simulation.measures.harm import net_income
from simulation.state.codes import ACTIVE, CASH_CLEAN, CASH_DIRTY, LINE, OUTSIDE
from simulation.state.platform import PLATFORM_KINDS

CONCENTRATION, RUNWAY, SIZE = INDEX["market_concentration"], INDEX["runway_weeks"], INDEX["franchise_size"]
AT_PROFITS = INDEX["profit_independent_gbp"]  # the first of the profits by business model
MODELS = 3
FIRST_USERS, SURVIVAL = INDEX["users_of_first_platforms"], INDEX["survival"]
LONGEST = 52  # weeks of runway beyond which a business is safe
WEEK = 1048576.0  # weeks and shares are added up in whole parts, so that no order of rows matters
SHARE = 1000000
PENCE_A_POUND = 100.0

# --- what a run remembers from week to week: goods seized and sold (smoothed), and of week 0 the platform with most users
# of each kind (its row; -1: not known), and how many businesses traded
FIRST_PLATFORM, FIRST_BUSINESSES = 2, 2 + PLATFORM_KINDS
MEMORY = 3 + PLATFORM_KINDS


@kernel
def count_health(s, memory, row):
    """The columns that speak of businesses as businesses."""
    count_books(s, memory, row)
    row[CONCENTRATION] = concentration(s)
    brands, units = 0, 0
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] == ACTIVE and s.franchise.units[b] > 0:
            brands += 1
            units += s.franchise.units[b]
    row[SIZE] = units / brands if brands > 0 else 0.0
    users = 0
    for kind in range(PLATFORM_KINDS):
        r = np.int64(memory[FIRST_PLATFORM + kind])
        if r >= 0 and s.platform.state[r] == ACTIVE and s.platform.born[r] < 0:
            users += s.platform.users[r]
    row[FIRST_USERS] = users


@kernel
def count_books(s, memory, row):
    """Weeks that cash lasts at the present outflow, profit by business model, and businesses left of those of week 0."""
    weeks = np.int64(0)
    trading, first = 0, 0
    pence = np.zeros(MODELS, np.int64)
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] != ACTIVE:
            continue
        trading += 1
        first += s.business.born[b] < 0
        pence[s.business.model[b]] += net_income(s, b)
        cash = (s.ledger.book[b, CASH_DIRTY] + s.ledger.book[b, CASH_CLEAN]) / PENCE_A_POUND
        outflow = s.business.outflow[b]
        lasts = float(LONGEST)
        if outflow * LONGEST > cash:
            lasts = max(0.0, cash) / outflow
        weeks += np.int64(lasts * WEEK)
    row[RUNWAY] = weeks / WEEK / trading if trading > 0 else 0.0
    for model in range(MODELS):
        row[AT_PROFITS + model] = pence[model] / PENCE_A_POUND
    there = memory[FIRST_BUSINESSES]
    row[SURVIVAL] = first / there if there > 0.0 else 0.0


@kernel
def concentration(s):
    """Herfindahl's index of what users spend at each brand (its own lines and its franchisees'), mean over markets by spending."""
    markets = s.chain.id.size
    taken = np.zeros((s.business.id.size, markets), np.int64)
    whole = np.zeros(markets, np.int64)
    for o in range(s.outlet.id.size):
        if s.outlet.state[o] == ACTIVE and s.outlet.tier[o] == LINE:
            b = s.outlet.business[o]
            head = s.franchise.franchisor[b]
            brand = head if head >= 0 else b
            taken[brand, s.outlet.market[o]] += s.outlet.takings[o]
            whole[s.outlet.market[o]] += s.outlet.takings[o]
    total, spent = 0.0, 0
    for m in range(markets):
        if whole[m] > 0:
            squares = np.int64(0)
            for b in range(OUTSIDE, s.business.id.size):
                part = taken[b, m] * SHARE // whole[m]
                squares += part * part
            total += squares / SHARE / SHARE * whole[m]
            spent += whole[m]
    return total / spent if spent > 0 else 0.0
