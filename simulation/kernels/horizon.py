"""How far ahead a supplier looks: pressure, suspicion and money trouble shorten the horizon, and short horizons cheat."""

from simulation.kernel import kernel


@kernel
def horizon_hazard(s, p, b):
    """Weekly hazard with which a business discounts its future trade."""
    profit = s.business.profit[b] / max(1.0, s.business.required[b])
    short = min(max(p.cheating_poor_below - profit, 0.0), 1.0)
    broke = min(1.0, s.business.broke[b] / max(1.0, p.accounts_broke_weeks))
    return (
        p.cheating_base_hazard
        + s.business.pressure[b]
        + p.cheating_suspicion * s.business.suspicion[b]
        + p.cheating_broke * broke
        + p.cheating_poor * short
    )


@kernel
def cheats(s, p, j, i, k, luck):
    """Whether supplier outlet j cheats buyer i this week, of tie k: with low luck it does, the lower the better it pays.

    The chance is high where honest trade is worth nothing, and falls steeply with its worth. Most who have luck enough
    are told by simpler bounds of the chance than the power that it takes.
    """
    low, high = p.cheating_low, p.on_cheating * p.cheating_high
    if luck >= low + high:
        return False
    worth = honest_worth(s, p, j, i, k) / p.cheating_scale
    if worth >= 1.0 and p.cheating_steepness >= 1.0 and luck >= low + high / (1.0 + worth):
        return False
    return luck < low + high / (1.0 + worth**p.cheating_steepness)


@kernel
def honest_worth(s, p, j, i, k):
    """What honest trade with buyer i, of tie k, is worth to supplier outlet j, over what it would gain by cheating.

    It is worth the margin from this buyer, who remembers, and from all who hear; the share of reports that are false
    makes honesty pay less.
    """
    noise = s.outlet.slander[j] / (s.outlet.good[j] + s.outlet.bad[j] + s.outlet.slander[j] + 1e-9)
    b = s.outlet.business[j]
    price = s.outlet.price[j]
    held = s.outlet.stock_before[j]
    unit = s.outlet.cost_before[j] * 10.0 / held if held > 0 else price
    margin = max(0.0, (price - unit) / max(unit, 1.0))
    hazard = horizon_hazard(s, p, b)
    good = s.tie.good[i, k]
    bad = s.tie.bad[i, k]
    private = (good + 1.0) / (good + bad + 1.0)
    memory = p.on_memory * (p.cheating_memory_base + good / p.cheating_memory_scale) * private
    informative = 1.0
    if noise > 0.0:
        informative = (1.0 - p.on_informativeness * noise) ** p.cheating_informative_power
    value = margin * (memory + p.cheating_public * informative * s.outlet.good_name[j])
    return value / (hazard / (1.0 + hazard)) / (1.0 - p.cheating_now)
