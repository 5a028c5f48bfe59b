"""Plans side by side: what each averts, costs and returns, and what gets worse."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.jobs.result import Result
from dashboard.text.numbers import Formatter, counted, formatter, interval, percent, plain, pounds, signed
from dashboard.text.phia import band, percentage
from dashboard.views.displacement import moved_outside
from dashboard.views.outcomes import HARM, Outcome, extra_cost, new_money, outcome, per_pound, series_of
from dashboard.views.support import marked


@dataclass(frozen=True)
class SideRow:
    """One plan in the table side by side: pairs of a figure and the note below it."""

    plan: str
    title: str
    series: int
    cells: tuple[tuple[str, str], ...]


SIDE_HEADINGS = (
    "Plan",
    "Harm averted",
    "Extra cost",
    "Harm averted for £1",
    "Beats do as now",
    "Illegal profit",
    "Harm moved elsewhere",
    "Intrusion",
    "Retaliation violence",
)


OF = (
    HARM,
    "plan_cost_gbp",
    "benefit_cost_ratio",
    HARM,
    "illegal_profit_gbp",
    HARM,
    "intrusion",
    "retaliation_violence",
)
"""The outcome that each figure of a row is of."""


def headings(result: Result) -> tuple[str, ...]:
    """What stands above each column, with the mark where it is not validated."""
    first, *others = SIDE_HEADINGS
    return (first, *(marked(text, result, measure) for text, measure in zip(others, OF, strict=True)))


def side_by_side(result: Result) -> list[SideRow]:
    """A row a plan: what it averts, costs, returns, and what gets worse."""
    rows = []
    shares = {name: _as_shares(result, name) for name in ("intrusion", "retaliation_violence")}
    for plan, place in series_of(result).items():
        harm = outcome(result, plan, HARM)
        averted = harm.turned() if harm else None
        value = per_pound(result, plan)
        cost = extra_cost(result, plan)
        better = averted.probability_better if averted else None
        rows.append(
            SideRow(
                plan,
                result.plans[plan],
                place,
                (
                    (pounds(averted.value), interval(averted.low, averted.high, pounds))
                    if averted
                    else ("–", "not measured"),
                    _cost_cell(result, plan, cost),
                    (
                        f"£{plain(value[0])}" if value[0] >= 0 else f"−£{plain(-value[0])}",
                        interval(value[1], value[2], plain),
                    )
                    if value
                    else ("–", "costs no more"),
                    (band(better).word.capitalize(), percentage(better)) if better is not None else ("–", ""),
                    _change(outcome(result, plan, "illegal_profit_gbp"), share=False),
                    _moved(result, plan),
                    _change(outcome(result, plan, "intrusion"), share=shares["intrusion"]),
                    _change(outcome(result, plan, "retaliation_violence"), share=shares["retaliation_violence"]),
                ),
            )
        )
    return rows


def _cost_cell(result: Result, plan: str, cost: float | None) -> tuple[str, str]:
    """The extra cost with its interval, and how much of it is new money."""
    if cost is None:
        return "–", "not costed"
    found, cash = outcome(result, plan, "plan_cost_gbp"), new_money(result, plan)
    notes = [interval(found.low, found.high, pounds)] if found else []
    notes += [f"{pounds(cash, 3)} new money"] if cash is not None else []
    return pounds(cost, 3), "\n".join(notes)


def _as_shares(result: Result, measure: str) -> bool:
    """Whether a column stands as shares of do as now: where that is more than every plan's change, so that all have one unit."""
    found = [one for plan in result.plans if (one := outcome(result, plan, measure)) is not None]
    return all(abs(one.baseline) > max(abs(one.value), abs(one.low), abs(one.high)) for one in found)


def _change(found: Outcome | None, *, share: bool) -> tuple[str, str]:
    """A change with its sign and interval, as a share of do as now or in its own unit."""
    if found is None:
        return "–", "not measured"
    if share:
        o = found.scaled(1 / abs(found.baseline))
        show: Formatter = lambda v: percent(v)  # noqa: E731 - a formatter is a function of one number
    else:
        o, show = found, formatter(found.unit)
    return signed(show(o.value)), interval(o.low, o.high, show)


def _moved(result: Result, plan: str) -> tuple[str, str]:
    """Harm that rose in places outside the force, in pounds."""
    moved = moved_outside(result, plan)
    if not moved:
        return "–", "not measured"
    total = sum(row["difference"] for row in moved)
    return signed(pounds(total)), counted(len(moved), "place outside", "places outside")
