"""The plan page: bars on a timeline, effort against capacity, cost against budget, who has to say yes and by when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.components.timeline import Bar
from dashboard.text.numbers import counted, number_word, percent, plain, weeks_in_words, with_unit
from dashboard.views.catalogue import FAMILIES, CardView, words

Table = dict[str, Any]


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
    "agency": None,
    "funding": "retasked",
    "budget_holder": None,
    "parameters": {},
    "trigger": None,
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


def led_by(entry: Mapping[str, Any], card: CardView | None, agencies: Collection[str] = ()) -> str:
    """Who does an entry's work: whom it names, or else those whose work the card is, or the force where there are none such."""
    own = card.agency if card else "force"
    return str(field(entry, "agency") or (own if not agencies or own in agencies else "force"))


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


def waits_for(entry: Mapping[str, Any]) -> str:
    """What an entry waits for, in words; nothing where it waits for nothing."""
    trigger = field(entry, "trigger")
    if not trigger:
        return ""
    side = "above" if trigger.get("above") is not None else "below"
    return f"{words(trigger['measure']).lower()} {side} {plain(trigger[side])}"


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
        waiting = waits_for(entry)
        if waiting:
            label = f"Waits for {waiting}"
        title = card.title if card else words(entry["intervention"])
        says = (
            f"{title}: {percent(field(entry, 'dose'))} of full effort, week {start} to "
            f"{'the end' if field(entry, 'end') is None else f'week {end}'}, first effect after {lead_weeks(card)} weeks"
        ) + (f", counted from when {waiting}" if waiting else "")
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
