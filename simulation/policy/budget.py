"""A plan may say what it may cost at most, in all and by holder. It is run as it stands, and says where it costs more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulation.schema import Budget, load_costs


def over_intrusion(plan: str, budget: Budget | None, met: float) -> list[str]:
    """A sentence where enforcement meets more people not involved than the plan allows."""
    if budget is None or budget.intrusion is None or not met > budget.intrusion:
        return []
    return [f"{plan}: over budget: {met:,.1f} people not involved are met, the limit is {budget.intrusion:,.1f}"]


def over_budget(plan: str, budget: Budget | None, cost: Mapping[str, Any]) -> list[str]:
    """A sentence for each limit that the cost of a plan exceeds: who pays, how much, and what the limit was."""
    if budget is None or not cost:
        return []
    year = cost["price_year"]
    titles = {name: holder.title for name, holder in load_costs().holders.items()}
    limits = [
        (f"{titles[name]} ({name}) pays", limit, cost["by_holder"].get(name, 0.0))
        for name, limit in sorted(budget.holders.items())
    ]
    if budget.total is not None:
        limits.insert(0, ("the whole plan costs", budget.total, cost["total"]))
    return [
        f"{plan}: over budget: {who} £{spent:,.0f}, the limit is £{limit:,.0f} (prices of {year}, discounted)"
        for who, limit, spent in limits
        if spent > limit
    ]
