"""What crime costs society, worries residents and earns those who run it: three sums that are never added up.

Each function fills one value a locality from this week's state; rows of businesses are summed in whole pence.
"""

import math

import numpy as np

from simulation.kernel import kernel
from simulation.state.codes import ACTIVE, DRAWINGS, INVESTMENT
from simulation.state.counters import RECRUITS_UNDER_18

WEEKS_A_YEAR = 52.0
PER = 10000.0
PENCE = 100.0
MG_PER_G = 1000.0
PERCENT = 100.0


@kernel
def harm_gbp(s, p, out):
    """Social and economic cost of the week in each locality, GBP: crimes by unit cost, dependent use beside it."""
    place = s.place
    for l in range(place.id.size):
        wounded = place.violent_events[l] - place.homicides[l]
        cost = wounded * p.harm_violence + place.homicides[l] * p.harm_homicide
        cost += (place.acquisitive[l] - place.acquisitive_organised[l]) * p.harm_acquisitive
        cost += place.acquisitive_organised[l] * p.harm_organised
        cost += place.project_harm[l]
        cost += user_years(s, l) * p.harm_user_year
        out[l] = cost * p.harm_price_level + with_goods(s, l)


@kernel
def with_goods(s, l):
    """Harm that comes with goods residents bought this week and that no crime counted elsewhere stands for, GBP."""
    gbp = 0.0
    for m in range(s.place.consumed.shape[1]):
        gbp += goods_gbp(s, l, m)
    return gbp


@kernel
def goods_gbp(s, l, m):
    """The same of the goods of one market."""
    return s.chain.harm[m] * s.place.consumed[l, m] / MG_PER_G


@kernel
def user_years(s, l):
    """Years of dependent use lived in one locality this week."""
    users = 0.0
    for m in range(s.place.users.shape[1]):
        users += dependents(s, l, m)
    return users / WEEKS_A_YEAR


@kernel
def dependents(s, l, m):
    """Residents of a locality who depend on the goods of a market."""
    return s.place.users[l, m] if s.chain.dependent[m] > 0 else 0.0


@kernel
def user_gbp(p, users):
    """Cost of a week of dependent use by so many, GBP."""
    return users / WEEKS_A_YEAR * p.harm_user_year * p.harm_price_level


@kernel
def exploitation_gbp(s, p):
    """Cost of young people under 18 drawn in this week, GBP; known for the world as a whole."""
    return s.tally.week[RECRUITS_UNDER_18] * p.harm_exploited_child * p.harm_price_level


@kernel
def commissioned_gbp(s, p):
    """Cost of this week's commissioned crimes against victims anywhere, GBP; known for the world as a whole."""
    cost = 0.0
    for r in range(s.recipe.local.size):
        if s.recipe.local[r] == 0 and s.recipe.theft[r] == 0:
            cost += s.sector.harm[r]
    return cost * p.harm_price_level


@kernel
def public_concern(s, p, out):
    """How worried residents of each locality are, 0 to 100: mistrust and fear, and what they see happen around them."""
    place = s.place
    for l in range(place.id.size):
        people = max(1, place.population[l]) / PER
        attitude = p.concern_confidence * (1.0 - place.confidence[l]) + (1.0 - p.concern_confidence) * place.fear[l]
        events = place.crime_seen[l] + p.concern_violence * place.violent_events[l] / people
        events += p.concern_dealing * place.dealing[l] / MG_PER_G / people
        seen = 1.0 - math.exp(-events / p.concern_scale)
        out[l] = PERCENT * (p.concern_attitude * attitude + (1.0 - p.concern_attitude) * seen)


@kernel
def concern_of_all(s, by_place):
    """Public concern over all residents, 0 to 100."""
    people = 0
    total = 0.0
    for l in range(by_place.size):
        people += s.place.population[l]
        total += s.place.population[l] * by_place[l]
    return total / max(1, people)


@kernel
def net_income(s, b):
    """What one business has earned this week after seizures and losses, in pence, before its owners draw on it."""
    flow = s.ledger.flow[b]
    return flow.sum() - flow[DRAWINGS] - flow[INVESTMENT]


@kernel
def illegal_profit(s, out):
    """Net income of organised crime businesses this week by their home locality, GBP."""
    pence = np.zeros(s.place.id.size, np.int64)
    for b in range(s.business.id.size):
        if s.business.state[b] == ACTIVE and s.business.home[b] >= 0:
            pence[s.business.home[b]] += net_income(s, b)
    for l in range(pence.size):
        out[l] = pence[l] / PENCE
