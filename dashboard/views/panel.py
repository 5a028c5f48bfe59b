"""The selected intervention: its card's words, and the controls that its card and the schema call for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dashboard.components.controls import SliderSpec, nice_step
from dashboard.views import trigger
from dashboard.views.catalogue import CardView, words
from dashboard.views.plan import field, led_by

WHERE = (
    ("everywhere", "Everywhere"),
    ("force", "Whole force"),
    ("importing", "Importing towns"),
    ("named", "Places named below"),
    ("most-harm", "Most harm"),
    ("most-violence", "Most violence"),
    ("most-sales", "Most sales"),
    ("contested", "Contested places"),
    ("random", "Places at random"),
)
COUNTED = ("most-harm", "most-violence", "most-sales", "contested", "random")
TARGETS = (
    ("card", "By its card"),
    ("random", "At random"),
    ("volume", "As many as possible"),
    ("leader", "Leaders"),
    ("broker", "Brokers"),
    ("specialist", "Scarce skills"),
    ("money-holder", "Money holders"),
    ("hub", "Hubs"),
    ("morile", "By harm, likelihood and confidence"),
    ("platform", "Platforms"),
    ("market", "A market"),
    ("place", "Places"),
)
FUNDING = (("retasked", "Retasked: out of today's work"), ("additional", "Additional money"))
PACE = (("steady", "Steady"), ("pulsed", "In pulses"))
TARGET_OPTIONS = tuple(item for item in TARGETS if item[0] not in ("platform", "market", "place"))


def sliders(entry: Mapping[str, Any], card: CardView, weeks: int) -> list[SliderSpec]:
    """Dose, window, ramp and the card's own parameters, each with its unit and range."""
    start = field(entry, "start")
    end = field(entry, "end")
    waits = bool(field(entry, "trigger"))
    out = [
        SliderSpec(
            "dose", "Effort", field(entry, "dose"), 0.0, 1.0, 0.01, "share", None, "100% is the card's full effort."
        ),
        SliderSpec(
            "start",
            "Starts, weeks after that" if waits else "Decided in week",
            min(start, weeks - 1),
            0,
            weeks - 1,
            1,
            "count",
        ),
        SliderSpec(
            "end",
            "Until, weeks after that" if waits else "Until week",
            min(end or weeks, weeks),
            1,
            weeks,
            1,
            "count",
            None,
            "At the far right it runs to the end.",
        ),
        SliderSpec("ramp_weeks", "Builds up over", min(field(entry, "ramp_weeks"), 104), 0, 104, 1, "weeks"),
    ]
    cadence = field(entry, "cadence_weeks")
    if cadence:
        out += [
            SliderSpec("cadence_weeks", "A pulse every", cadence, 2, 52, 1, "weeks"),
            SliderSpec(
                "pulse_weeks", "Each pulse lasts", field(entry, "pulse_weeks") or (cadence + 1) // 2, 1, 52, 1, "weeks"
            ),
        ]
    chosen = field(entry, "parameters")
    for key, number in card.parameters.items():
        if number.high <= number.low:
            continue
        whole = number.unit in ("count", "people", "weeks", "months", "years") and number.high - number.low >= 4
        step = 1.0 if whole else nice_step(number.low, number.high)
        out.append(
            SliderSpec(
                f"parameter:{key}",
                words(key),
                chosen.get(key, number.value),
                number.low,
                number.high,
                step,
                number.unit,
                number.value,
                number.note,
            )
        )
    return out


def shown(entry: Mapping[str, Any], card: CardView, weeks: int) -> dict[str, Any]:
    """What the controls stand at for this entry."""
    where = field(entry, "where")
    out: dict[str, Any] = {spec.key: spec.value for spec in sliders(entry, card, weeks)}
    out |= {
        "where": where.get("rule", "everywhere"),
        "targets": field(entry, "targets").get("rule", "card"),
        "pace": "pulsed" if field(entry, "cadence_weeks") else "steady",
        "agency": led_by(entry, card),
        "funding": field(entry, "funding"),
        "budget_holder": field(entry, "budget_holder"),
        "where_n": where.get("n") or 5,
        "where_names": list(where.get("names", ())),
    }
    out |= trigger.shown(entry)
    return out


def changes(
    values: Mapping[str, Any],
    entry: Mapping[str, Any],
    card: CardView,
    weeks: int,
    *,
    first_place: str | None = None,
    first_holder: str | None = None,
    level: Callable[[str], float] = lambda measure: 0.0,
) -> dict[str, Any]:
    """What the controls that were moved mean for the entry; empty when none was."""
    standing = shown(entry, card, weeks)
    moved = {key: value for key, value in values.items() if value is not None and value != standing.get(key)}
    now = {**standing, **moved}
    out: dict[str, Any] = {}
    for key in ("start", "ramp_weeks", "cadence_weeks", "pulse_weeks"):
        if key in moved:
            out[key] = int(moved[key])
    if "dose" in moved:
        out["dose"] = round(float(moved["dose"]), 4)
    if "end" in moved:
        out["end"] = None if int(moved["end"]) >= weeks else int(moved["end"])
    if "agency" in moved:
        out["agency"] = str(moved["agency"])
    if "targets" in moved:
        out["targets"] = {"rule": str(moved["targets"])}
    own = {key.removeprefix("parameter:"): float(value) for key, value in moved.items() if key.startswith("parameter:")}
    if own:
        out["parameters"] = {
            key: value
            for key, value in {**field(entry, "parameters"), **own}.items()
            if key not in card.parameters or value != card.parameters[key].value
        }
    if "funding" in moved or "budget_holder" in moved:
        additional = now["funding"] == "additional"
        out["funding"] = str(now["funding"])
        out["budget_holder"] = (now["budget_holder"] or first_holder) if additional else None
    out |= trigger.changes(moved, now, level)
    _pace(out, moved, entry)
    _window(out, entry, weeks)
    _place(out, moved, now, first_place)
    return out


def _pace(out: dict[str, Any], moved: Mapping[str, Any], entry: Mapping[str, Any]) -> None:
    """Pulses come and go with the pace; a pulse is never longer than its period."""
    if moved.get("pace") == "steady":
        out["cadence_weeks"] = out["pulse_weeks"] = None
    elif moved.get("pace") == "pulsed":
        out["cadence_weeks"], out["pulse_weeks"] = 13, 4
    elif "cadence_weeks" in out or "pulse_weeks" in out:
        cadence = out.get("cadence_weeks") or field(entry, "cadence_weeks")
        pulse = out.get("pulse_weeks") or field(entry, "pulse_weeks")
        if cadence is None:
            out.pop("pulse_weeks", None)
        elif pulse is not None and pulse > cadence:
            out["pulse_weeks"] = cadence


def _window(out: dict[str, Any], entry: Mapping[str, Any], weeks: int) -> None:
    """The window stays at least a week long: the end that was moved pushes the other."""
    start = out.get("start", field(entry, "start"))
    end = out.get("end", field(entry, "end"))
    if end is not None and end <= start:
        if "start" in out:
            out["end"] = None if start + 1 >= weeks else start + 1
        else:
            out["start"] = max(0, end - 1)


def _place(out: dict[str, Any], moved: Mapping[str, Any], now: Mapping[str, Any], first_place: str | None) -> None:
    """The rule, how many places it takes, or the places by name."""
    if not {"where", "where_n", "where_names"} & set(moved):
        return
    rule = now["where"]
    if rule in COUNTED:
        out["where"] = {"rule": rule, "n": int(now["where_n"])}
    elif rule == "named":
        names = list(now["where_names"]) or ([first_place] if first_place else [])
        out["where"] = {"rule": "named", "names": names} if names else {"rule": "everywhere"}
    else:
        out["where"] = {"rule": rule}
