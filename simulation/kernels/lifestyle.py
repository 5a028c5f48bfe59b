"""What crime pays becomes a way of life: people get used to spending, show it, borrow for it, and stay for it.

Habits rise quickly with income and fall slowly. A life above what others in the same post lead holds people back from
leaving, and so does debt; risk they see around them drives them out, and so does whatever makes visible wealth costly.
"""

import math

from simulation.kernel import kernel
from simulation.state.codes import (
    BROKER,
    EXPOSURE_OF_ROLE,
    FENCE,
    HOLDER,
    MIDDLE,
    ORGANISER,
    RUNNER,
    SPECIALIST,
    STREET,
    THIEF,
    UPPER,
)


@kernel
def earns(s, p, i):
    """Income of a person from crime, and what people in such a post usually have of it, GBP a week."""
    role = s.person.role[i]
    b = s.person.business[i]
    if role in (SPECIALIST, THIEF, FENCE):
        return p.lifestyle_freelance, p.lifestyle_freelance
    usual = p.accounts_wage_staff
    if role == HOLDER:
        usual = p.accounts_wage_holder
    elif role == RUNNER:
        usual = p.accounts_wage_runner
    elif role in (ORGANISER, BROKER) and b >= 0 and s.business.leader[b] == i:
        m = s.business.market[b]
        t = s.business.tier[b]
        required = s.chain.required[m, t] if m >= 0 and t >= 0 else s.recipe.required[s.project.recipe[b]]
        return usual + p.accounts_draw * max(0.0, s.business.profit[b]), usual + p.accounts_draw * required
    return (usual if b >= 0 else 0.0), usual


@kernel
def pace_of_life(p, weeks):
    """What some weeks change: habits that rise, habits that fall, wealth that is kept to be seen, debts still owed."""
    rising = 1.0 - 2.0 ** (-weeks / p.lifestyle_rise)
    falling = 1.0 - 2.0 ** (-weeks / p.lifestyle_fall)
    return rising, falling, 2.0 ** (-weeks / p.lifestyle_wear), 2.0 ** (-weeks / p.lifestyle_repay)


@kernel
def live_well(s, v, p, lw, i, weeks, pace):
    """Some weeks of earning and spending of one person at large, and what they make of leaving and of being noticed.

    The `pace` of those weeks is the same for everyone.
    """
    person = s.person
    if p.on_lifestyle == 0.0:
        person.stay[i] = 1.0
        person.shown[i] = 1.0
        return
    income, usual = earns(s, p, i)
    rest = p.lifestyle_spent * usual  # what people in such a post are used to
    change = p.lifestyle_spent * income - person.habit[i]
    rising, falling, kept, owed = pace
    person.habit[i] += (rising if change > 0.0 else falling) * change
    full = p.lifestyle_wear / math.log(2.0) * p.lifestyle_visible  # weeks of spending that stand to be seen
    person.wealth[i] = kept * person.wealth[i] + (1.0 - kept) * full * person.habit[i]
    short = max(0.0, person.habit[i] - p.lifestyle_spent * income)
    person.debt[i] = owed * person.debt[i] + p.lifestyle_borrowed * short * weeks
    seen = 2.0 * person.wealth[i] / (person.wealth[i] + full * rest)  # 1 at what is usual
    person.shown[i] = 1.0 + p.lifestyle_noticed * (seen - p.lifestyle_seen_usual)
    role = person.role[i]
    cost = v.lifestyle_cost[lw, EXPOSURE_OF_ROLE[role]] * seen
    gap = (person.habit[i] - cost - rest) / (rest + p.lifestyle_legal)
    gap /= 1.0 + abs(gap)
    owing = person.debt[i] / (person.debt[i] + full * rest)
    pull = p.lifestyle_held * gap + p.lifestyle_bound * owing
    b = person.business[i]
    if b >= 0:
        pressure = s.business.pressure[b]
        pull -= p.lifestyle_scared * (pressure / (pressure + p.risk_premium_usual) - p.lifestyle_risk_usual)
    person.stay[i] = math.exp(usual_pull(p, EXPOSURE_OF_ROLE[role]) - pull)


@kernel
def usual_pull(p, exposure):
    """What such a life usually does to people of an exposure: the hazards of leaving hold at that."""
    if exposure == STREET:
        return p.lifestyle_pull_street
    if exposure == MIDDLE:
        return p.lifestyle_pull_middle
    return p.lifestyle_pull_upper if exposure == UPPER else p.lifestyle_pull_core
