"""What a plan asks of teams and purses: hours against what could be put to other use, money against the budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.text.numbers import counted, joined, percent, plain, pounds
from dashboard.views.catalogue import CardView, Catalogue, Residents, words
from dashboard.views.plan import field, lead_weeks, led_by, level

QUARTER = 13


@dataclass(frozen=True)
class Meter:
    """A bar against a limit."""

    key: str
    name: str
    value: str
    rest: str
    share: float


PER_RESIDENTS = 10_000.0
"""A card's hours are for so many residents of the places, unless they are for the whole effort."""
MANY = 10.0
"""From how many times over capacity on it is said as a multiple."""


def effort(
    plan: Mapping[str, Any],
    cards: Mapping[str, CardView],
    residents: Residents,
    weeks: int,
    capacity: Mapping[str, Mapping[str, float]] | None = None,
) -> dict[tuple[str, str], list[float]]:
    """Hours a week by agency and resource that retasked entries take out of today's work; `capacity`: what agencies have."""
    out: dict[tuple[str, str], list[float]] = {}
    for entry in plan["entry"]:
        card = cards.get(entry["intervention"])
        if card is None or field(entry, "funding") != "retasked":
            continue
        people = size(entry, card, residents)
        levels = [level(entry, week, lead_weeks(card)) for week in range(weeks)]
        agency = led_by(entry, card, capacity or ())
        for resource, hours in given(card, (capacity or {}).get(agency, {})).items():
            row = out.setdefault((agency, resource), [0.0] * weeks)
            for week, dose in enumerate(levels):
                row[week] += hours * people * dose
    return out


def given(card: CardView, there: Mapping[str, float]) -> dict[str, float]:
    """A card's hours as an agency with these gives them: a partner does with its own officers what it has no others for."""
    out: dict[str, float] = {}
    for resource, number in card.hours.items():
        own = resource if not there or "investigators" in there or resource in there else "partnership"
        out[own] = out.get(own, 0.0) + number.value
    return out


def size(entry: Mapping[str, Any], card: CardView, residents: Residents) -> float:
    """How many times the card's hours a full effort takes."""
    return 1.0 if card.whole else residents.of(field(entry, "where"), led_by(entry, card)) / PER_RESIDENTS


def most(entry: Mapping[str, Any], card: CardView, catalogue: Catalogue, preset: str) -> str:
    """How much of a full effort the hours of its agency suffice for, in words; empty where they suffice for all of it."""
    residents = catalogue.residents.get(preset)
    if residents is None or field(entry, "funding") != "retasked":
        return ""
    capacity = catalogue.capacity.get(preset, {})
    agency, people = led_by(entry, card, capacity), size(entry, card, residents)
    there = capacity.get(agency, {})
    shares = {r: there.get(r, 0.0) / (h * people) for r, h in given(card, there).items() if h * people > 0}
    tightest = min(shares, key=shares.__getitem__, default=None)
    if tightest is None or shares[tightest] >= 1.0:
        return ""
    share, have = shares[tightest], there.get(tightest, 0.0)
    if have <= 0:
        return f"None of it: no hours of {words(tightest).lower()} can be put to other use"
    least = "Under 1%" if share < 0.01 else percent(share)
    return f"{least} of it: {plain(have)} hours of {words(tightest).lower()} a week can be put to other use"


def too_much(resource: str, share: float) -> str:
    """How far a team is over its capacity."""
    if share < MANY:
        return f"{resource} {be(resource)} {percent(share - 1)} over capacity"
    return f"{resource} would need {share:,.0f} times the hours there are"


def used(share: float) -> str:
    """How much of a team's hours are asked for."""
    return percent(share) if share < MANY else f"{share:,.0f} times"


def busiest(row: Sequence[float]) -> tuple[float, int]:
    """The mean of the busiest quarter and which quarter that is."""
    quarters = [sum(row[i : i + QUARTER]) / len(row[i : i + QUARTER]) for i in range(0, len(row), QUARTER)]
    top = max(range(len(quarters)), key=quarters.__getitem__)
    return quarters[top], top


def curves(
    plan: Mapping[str, Any], cards: Mapping[str, CardView], weeks: int, most: int = 3
) -> list[tuple[str, list[float]]]:
    """The wanted effort week by week of the interventions with most of it, entries of one intervention added up."""
    out: dict[str, list[float]] = {}
    for entry in plan["entry"]:
        row = out.setdefault(entry["intervention"], [0.0] * weeks)
        delay = lead_weeks(cards.get(entry["intervention"]))
        for week in range(weeks):
            row[week] += level(entry, week, delay)
    order = sorted(out, key=lambda name: -sum(out[name]))[:most]
    kept = [name for name in out if name in order]
    return [(cards[name].title if name in cards else words(name), out[name]) for name in kept]


def curves_title(found: Sequence[tuple[str, Sequence[float]]]) -> str:
    """What the curves do, in a few words."""
    begun = [(title, row) for title, row in found if max(row) > 0]
    if not begun:
        return "No effort begins within this span"
    lasting = [title for title, row in begun if row[-1] > 0.5 * max(row)]
    ending = [title for title, row in begun if row[-1] == 0]
    if lasting and ending:
        return f"{joined(ending)} {'ends' if len(ending) == 1 else 'end'}; {joined(lasting)} {'carries' if len(lasting) == 1 else 'carry'} on"
    return "Effort carries on to the end" if lasting else "Effort comes down before the end"


def loads(
    plan: Mapping[str, Any], catalogue: Catalogue, preset: str, weeks: int
) -> list[tuple[str, float, float, int]]:
    """Each team's busiest quarter: its name, hours a week asked, hours there are, which quarter; the tightest first."""
    residents = catalogue.residents.get(preset)
    if residents is None:
        return []
    agencies = dict(catalogue.agencies.get(preset, ()))
    out = []
    for (agency, resource), row in effort(
        plan, catalogue.cards, residents, weeks, catalogue.capacity.get(preset)
    ).items():
        load, quarter = busiest(row)
        if load <= 0:
            continue
        name = words(resource) if agency == "force" else f"{words(resource)} ({agencies.get(agency, words(agency))})"
        out.append((name, load, catalogue.capacity.get(preset, {}).get(agency, {}).get(resource, 0.0), quarter))
    return sorted(out, key=lambda item: -(item[1] / item[2] if item[2] else 9e9))


def capacity_meters(plan: Mapping[str, Any], catalogue: Catalogue, preset: str, weeks: int) -> tuple[str, list[Meter]]:
    """Each team in its busiest quarter against the hours it could put to other use."""
    found = loads(plan, catalogue, preset, weeks)
    out = []
    for name, load, have, quarter in found:
        when = f"year {quarter // 4 + 1}, quarter {quarter % 4 + 1}"
        value = used(load / have) if have else "none to spare"
        out.append(Meter(f"capacity-{name}", name, value, when, load / have if have else 9.9))
    over = [(name, quarter) for name, load, have, quarter in found if load > have]
    if not out:
        return "No team is taken from today's work", out
    if len(over) == 1:
        name, quarter = over[0]
        return f"{name} {run_or_runs(name)} out in year {quarter // 4 + 1}", out
    if over:
        return f"{counted(len(over), 'team').capitalize()} are over capacity", out
    return f"{out[0].name} {be(out[0].name)} tightest, at {out[0].value}", out


def be(name: str) -> str:
    """Surveillance is, investigators are."""
    return "are" if name.endswith("s") else "is"


def run_or_runs(name: str) -> str:
    """Surveillance runs, investigators run."""
    return "run" if name.endswith("s") else "runs"


def over_capacity(
    plan: Mapping[str, Any], catalogue: Catalogue, preset: str, weeks: int
) -> tuple[str, float, int] | None:
    """The worst team over its capacity, how many times over, and in which quarter."""
    for name, load, have, quarter in loads(plan, catalogue, preset, weeks):
        if load > have:
            return name, load / have if have else 9.9, quarter
    return None


def budget_meters(plan: Mapping[str, Any], cost: Mapping[str, Any] | None) -> tuple[str, list[Meter]]:
    """What each holder pays against the budget, from the last forecast."""
    if not cost or cost.get("total") is None:
        return "The forecast has not costed this plan yet", []
    budget = plan.get("budget") or {}
    limit, holders = budget.get("total"), budget.get("holders") or {}
    out = []
    by_holder = {k: v for k, v in (cost.get("by_holder") or {}).items() if v or k in holders}
    largest = max([*by_holder.values(), 1.0])
    for name, value in sorted(by_holder.items(), key=lambda item: -item[1]):
        have = holders.get(name)
        share = value / have if have else value / (limit or largest)
        out.append(
            Meter(f"budget-{name}", words(name), pounds(value, 3), f"of {pounds(have, 3)}" if have else "", share)
        )
    total = cost["total"]
    if limit:
        word = "is committed" if total <= limit else "is wanted"
        return f"{pounds(total, 3)} of a {pounds(limit, 3)} budget {word}", out
    return (
        f"This plan costs {pounds(total, 3)} more than do as now"
        if total > 0
        else "This plan costs no more than do as now",
        out,
    )
