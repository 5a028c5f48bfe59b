"""The plan page: bars on a timeline, effort against capacity, cost against budget, who has to say yes and by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.components.timeline import Bar
from dashboard.text.numbers import counted, number_word, percent, plain, pounds, weeks_in_words, with_unit
from dashboard.views.catalogue import FAMILIES, CardView, Catalogue, Residents, words

Table = dict[str, Any]
QUARTER = 13


@dataclass(frozen=True)
class Meter:
    """A bar against a limit."""

    key: str
    name: str
    value: str
    rest: str
    share: float


@dataclass(frozen=True)
class Authorisation:
    """Who has to agree to an entry, how long that takes, and when to ask."""

    title: str
    level: str
    lead: str
    first_effect: str
    intrusion: str


def empty_plan(title: str = "New plan") -> Table:
    """A plan without entries: do as now, continued."""
    return {"id": "new-plan", "title": title, "entry": []}


def tidy(table: Mapping[str, Any]) -> Table:
    """A plan's table with its entries spelled out and nothing that the schema has as its default."""
    out: Table = {"id": table.get("id", "new-plan"), "title": table.get("title", "New plan")}
    if table.get("description"):
        out["description"] = table["description"]
    if table.get("baseline") not in (None, "do-as-now"):
        out["baseline"] = table["baseline"]
    if table.get("budget"):
        budget = {k: v for k, v in table["budget"].items() if v not in (None, {})}
        if budget:
            out["budget"] = budget
    if table.get("cycle"):
        out["cycle"] = table["cycle"]
    out["entry"] = [tidy_entry(entry) for entry in table.get("entry") or ()]
    return out


ENTRY_DEFAULTS: Mapping[str, Any] = {
    "dose": 1.0,
    "start": 0,
    "end": None,
    "ramp_weeks": 0,
    "cadence_weeks": None,
    "pulse_weeks": None,
    "agency": "force",
    "funding": "retasked",
    "budget_holder": None,
    "parameters": {},
}
ENTRY_KEYS = ("intervention", *ENTRY_DEFAULTS, "where", "targets")


def tidy_entry(entry: Mapping[str, Any]) -> Table:
    """An entry without what is as usual."""
    out: Table = {"intervention": entry["intervention"]}
    for key, usual in ENTRY_DEFAULTS.items():
        value = entry.get(key, usual)
        if value != usual:
            out[key] = dict(value) if isinstance(value, Mapping) else value
    where = _where(entry.get("where"))
    if where.get("rule", "everywhere") != "everywhere":
        out["where"] = where
    targets = _targets(entry.get("targets"))
    if targets and targets != {"rule": "card"}:
        out["targets"] = targets
    return out


def _where(value: Any) -> Table:
    if value is None:
        return {"rule": "everywhere"}
    if isinstance(value, str):
        return {"rule": value}
    if isinstance(value, (list, tuple)):
        return {"rule": "named", "names": list(value)}
    return {k: (list(v) if isinstance(v, (list, tuple)) else v) for k, v in value.items() if v not in (None, (), [])}


def _targets(value: Any) -> Table:
    if value is None:
        return {}
    if isinstance(value, str):
        return {"rule": value}
    return {k: (list(v) if isinstance(v, (list, tuple)) else v) for k, v in value.items() if v not in (None, (), [])}


def field(entry: Mapping[str, Any], key: str) -> Any:
    """An entry's value, as usual where it says nothing."""
    if key == "where":
        return _where(entry.get("where"))
    if key == "targets":
        return _targets(entry.get("targets")) or {"rule": "card"}
    return entry.get(key, ENTRY_DEFAULTS.get(key))


def lead_weeks(card: CardView | None) -> int:
    """Weeks from the decision to the first effect in the field."""
    return round(card.lead_time.value) if card else 0


def lead_words(card: CardView) -> str:
    """The lead time with its range: 14 weeks (8 to 22)."""
    lead = card.lead_time
    return f"{with_unit(lead.value, 'weeks')} ({plain(lead.low)} to {plain(lead.high)})"


def sentence(text: str) -> str:
    """With a capital letter."""
    return text[:1].upper() + text[1:]


def pulses(entry: Mapping[str, Any], end: int, delay: int = 0) -> tuple[tuple[int, int], ...]:
    """The stretches in which a pulsed effort is on; none where it is steady."""
    cadence = field(entry, "cadence_weeks")
    if not cadence:
        return ()
    pulse = field(entry, "pulse_weeks") or (cadence + 1) // 2
    return tuple((week, min(week + pulse, end)) for week in range(field(entry, "start") + delay, end, cadence))


def level(entry: Mapping[str, Any], week: int, delay: int = 0) -> float:
    """The dose in a week: nothing outside window and pulses, rising over the ramp, later by the lead time."""
    since = week - field(entry, "start") - delay
    end = field(entry, "end")
    if since < 0 or (end is not None and week >= end):
        return 0.0
    cadence = field(entry, "cadence_weeks")
    if cadence and since % cadence >= (field(entry, "pulse_weeks") or (cadence + 1) // 2):
        return 0.0
    return field(entry, "dose") * min(1.0, (since + 1) / (field(entry, "ramp_weeks") + 1))


def bars(plan: Mapping[str, Any], cards: Mapping[str, CardView], weeks: int, selected: int | None) -> list[Bar]:
    """The entries as bars, family by family."""
    order = list(FAMILIES)
    out = []
    for index, entry in enumerate(plan["entry"]):
        card = cards.get(entry["intervention"])
        start = min(field(entry, "start"), weeks - 1)
        end = min(field(entry, "end") or weeks, weeks)
        label = f"{percent(field(entry, 'dose'))} of full effort"
        cadence = field(entry, "cadence_weeks")
        if cadence:
            pulse = field(entry, "pulse_weeks") or (cadence + 1) // 2
            label = f"{percent(field(entry, 'dose'))}, {pulse} weeks in every {cadence}"
        if field(entry, "start") >= weeks:
            label = f"From week {field(entry, 'start')}, after this forecast"
        title = card.title if card else words(entry["intervention"])
        says = (
            f"{title}: {percent(field(entry, 'dose'))} of full effort, week {start} to "
            f"{'the end' if field(entry, 'end') is None else f'week {end}'}, first effect after {lead_weeks(card)} weeks"
        )
        out.append(
            Bar(
                index,
                card.family_title if card else "Other",
                title,
                start,
                max(end, start + 1),
                lead_weeks(card),
                label,
                says,
                pulses(entry, end, lead_weeks(card)),
                index == selected,
            )
        )
    family_order = {FAMILIES[key]: place for place, key in enumerate(order)}
    return sorted(out, key=lambda bar: (family_order.get(bar.family, 99), bar.index))


PER_RESIDENTS = 10_000.0
"""A card's hours are for so many residents of the places."""


def effort(
    plan: Mapping[str, Any], cards: Mapping[str, CardView], residents: Residents, weeks: int
) -> dict[tuple[str, str], list[float]]:
    """Hours a week by agency and resource that retasked entries take out of today's work."""
    out: dict[tuple[str, str], list[float]] = {}
    for entry in plan["entry"]:
        card = cards.get(entry["intervention"])
        if card is None or field(entry, "funding") != "retasked":
            continue
        people = residents.of(field(entry, "where")) / PER_RESIDENTS
        levels = [level(entry, week, lead_weeks(card)) for week in range(weeks)]
        for resource, number in card.hours.items():
            row = out.setdefault((field(entry, "agency"), resource), [0.0] * weeks)
            for week, dose in enumerate(levels):
                row[week] += number.value * people * dose
    return out


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
    lasting = [title for title, row in found if row[-1] > 0.5 * max(row)]
    ending = [title for title, row in found if row[-1] == 0]
    if lasting and ending:
        return f"{_joined(ending)} {'ends' if len(ending) == 1 else 'end'}; {_joined(lasting)} {'carries' if len(lasting) == 1 else 'carry'} on"
    return "Effort carries on to the end" if lasting else "Effort comes down before the end"


def _joined(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}"


def loads(
    plan: Mapping[str, Any], catalogue: Catalogue, preset: str, weeks: int
) -> list[tuple[str, float, float, int]]:
    """Each team's busiest quarter: its name, hours a week asked, hours there are, which quarter; the tightest first."""
    residents = catalogue.residents.get(preset)
    if residents is None:
        return []
    agencies = dict(catalogue.agencies.get(preset, ()))
    out = []
    for (agency, resource), row in effort(plan, catalogue.cards, residents, weeks).items():
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
        value = percent(load / have) if have else "none to spare"
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


def authorisations(plan: Mapping[str, Any], cards: Mapping[str, CardView]) -> tuple[str, list[Authorisation]]:
    """What has to be applied for, the earliest first."""
    rows = []
    for entry in sorted(plan["entry"], key=lambda item: field(item, "start")):
        card = cards.get(entry["intervention"])
        if card is None:
            continue
        start, lead = field(entry, "start"), lead_weeks(card)
        span = lead_words(card)
        rows.append(
            Authorisation(
                card.title,
                sentence(card.authorising_level),
                span,
                f"Week {start + lead}",
                card.intrusion[0].capitalize(),
            )
        )
    if not rows:
        return "Nothing needs an authorisation yet", rows
    first = sum(1 for entry in plan["entry"] if field(entry, "start") < 52)
    title = f"{counted(len(rows), 'authorisation').capitalize()} to apply for"
    return (
        f"{title}, {'all' if first == len(rows) else number_word(first)} in the first year" if first else title
    ), rows


def headline(plan: Mapping[str, Any], weeks: int) -> str:
    """How many interventions over how long."""
    count = len(plan["entry"])
    return (
        f"{counted(count, 'intervention').capitalize()}, {weeks_in_words(weeks)}"
        if count
        else f"No intervention yet, {weeks_in_words(weeks)}"
    )


# --- changes to a plan: each gives a new table and leaves the old one as it is


def add_entry(plan: Mapping[str, Any], intervention: str) -> Table:
    """One more entry at full effort from the first week."""
    return {**plan, "entry": [*plan["entry"], {"intervention": intervention}]}


def change_entry(plan: Mapping[str, Any], index: int, changes: Mapping[str, Any]) -> Table:
    """An entry with some of its values changed."""
    entries = list(plan["entry"])
    entries[index] = tidy_entry({**entries[index], **changes})
    return {**plan, "entry": entries}


def copy_entry(plan: Mapping[str, Any], index: int) -> Table:
    """An entry a second time, after the first."""
    entries = list(plan["entry"])
    return {**plan, "entry": [*entries[: index + 1], dict(entries[index]), *entries[index + 1 :]]}


def drop_entry(plan: Mapping[str, Any], index: int) -> Table:
    """A plan without one of its entries."""
    return {**plan, "entry": [entry for place, entry in enumerate(plan["entry"]) if place != index]}


def moved(entry: Mapping[str, Any], start: int, end: int, weeks: int) -> Table:
    """What a bar dragged to these weeks means: an end at the last week stays open."""
    start = max(0, min(start, weeks - 1))
    end = max(start + 1, min(end, weeks))
    return {"start": start, "end": None if end >= weeks else end}
