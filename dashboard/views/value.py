"""Cost against benefit: what a pound returns, how likely a plan pays for itself, and what that says of all plans."""

from __future__ import annotations

from dashboard.figures.value import Value
from dashboard.jobs.result import Result
from dashboard.text.numbers import interval, joined, percent, plain, pounds
from dashboard.text.phia import band, percentage
from dashboard.views.catalogue import words
from dashboard.views.compare import effects
from dashboard.views.outcomes import extra_cost, per_pound, stated


def returned(ratio: tuple[float, float, float]) -> str:
    """What a pound returns, with its interval."""
    value = f"£{plain(ratio[0])}" if ratio[0] >= 0 else f"−£{plain(-ratio[0])}"
    return f"{value} ({interval(ratio[1], ratio[2], plain)}) for £1"


def worth(result: Result, plan: str) -> tuple[str, str, str, str]:
    """Net benefit, how often a plan pays for itself, what a pound averted costs, and its hours of those there are."""
    net, price = stated(result, plan, "net_benefit_gbp"), stated(result, plan, "cost_per_harm_averted")
    return (
        f"{pounds(net[0])} ({interval(net[1], net[2], pounds)})" if net else "–",
        f"{band(net[3]).word.capitalize()}, {percentage(net[3])}" if net else "–",
        f"£{plain(price[0])} ({interval(price[1], price[2], plain)})" if price else "–",
        hours_taken(result, plan),
    )


def hours_taken(result: Result, plan: str) -> str:
    """The resource of which a plan takes the largest part, and that part, of what agencies have as now."""
    cost = result.cost.get(plan) or {}
    taken, there = cost.get("hours") or {}, cost.get("available") or {}
    parts = {name: taken[name] / there[name] for name in taken if taken[name] and there.get(name)}
    if not parts:
        return "–"
    most = max(parts, key=lambda name: parts[name])
    return f"{percent(parts[most], 1)} of {words(most).lower()}"


def values(result: Result) -> tuple[str, list[Value]]:
    """Cost against benefit, and what that says."""
    _, rows = effects(result)
    by_title = {row.title: row for row in rows}
    out = []
    for plan, title in result.plans.items():
        cost, ratio = extra_cost(result, plan), per_pound(result, plan)
        if title in by_title and cost is not None:
            words_ = returned(ratio) if ratio else "costs no more"
            out.append(Value(by_title[title], cost, words_, worth(result, plan)))
    if not out:
        return "No plan was costed", out
    sure = [item for item in out if item.effect.low_90 > item.cost]
    cheapest = min(out, key=lambda item: item.cost)
    if len(sure) == len(out):
        title = f"{'It pays' if len(out) == 1 else 'Every plan pays'} for itself, interval included"
    elif sure:
        title = (
            f"{joined([item.effect.title for item in sure])} {'pays' if len(sure) == 1 else 'pay'} for itself"
            if len(sure) == 1
            else f"{joined([item.effect.title for item in sure])} pay for themselves"
        )
    elif all(item.effect.high_90 < item.cost for item in out):
        title = "No plan pays for itself" if len(out) > 1 else "It does not pay for itself"
    elif all(item.effect.low_90 == item.effect.high_90 == 0 for item in out):
        title = (
            "Nothing is averted, and nothing paid for" if all(item.cost <= 0 for item in out) else "Nothing is averted"
        )
    elif cheapest.effect.high_90 < 0 and len(out) > 1:
        title = f"{cheapest.effect.title} is cheapest, but adds harm"
    elif cheapest.effect.low_90 <= 0 and len(out) > 1:
        title = f"{cheapest.effect.title} is cheapest, but may return nothing"
    else:
        title = (
            "It is not sure that any plan pays for itself" if len(out) > 1 else "It is not sure that it pays for itself"
        )
    return title, out
