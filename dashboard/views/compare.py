"""The compare page: what each plan averts, how sure that is, what it costs and what gets worse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.figures.effects import Effect
from dashboard.figures.fan import Fan
from dashboard.figures.value import Value
from dashboard.jobs.result import Result
from dashboard.text.numbers import (
    Formatter,
    counted,
    formatter,
    interval,
    number_word,
    percent,
    plain,
    pounds,
    signed,
    weeks_in_words,
)
from dashboard.text.phia import band, clause, percentage
from dashboard.views.catalogue import words
from dashboard.views.outcomes import (
    HARM,
    INSIDE,
    Outcome,
    best_plan,
    extra_cost,
    outcome,
    per_pound,
    probability_best,
)

Said = tuple[tuple[str, bool], ...]
"""Pieces of a sentence, each plain or strong."""


@dataclass(frozen=True)
class Headline:
    """The page's title and the sentence under it."""

    title: str
    lead: Said


@dataclass(frozen=True)
class Sure:
    """The yardstick: its question, the probability and what else is to be said."""

    title: str
    probability: float
    text: str


@dataclass(frozen=True)
class PlanFan:
    """A plan's course and what it says in three words."""

    plan: str
    title: str
    series: int
    fan: Fan
    says: str


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
BAND_MEASURES = (
    HARM,
    INSIDE,
    "illegal_profit_gbp",
    "businesses_active",
    "lines_external",
    "violence_true",
    "drug_volume_pure_kg",
    "trust_in_trade",
    "people_active",
    "recruits_under_18",
    "confidence",
    "fear",
    "public_concern",
)


def series_of(result: Result) -> dict[str, int]:
    """A plan keeps its colour: its place in the order asked for."""
    return {plan: place for place, plan in enumerate(result.plans)}


def headline(result: Result) -> Headline:
    """The finding, and how sure it is, what it costs."""
    span = weeks_in_words(result.weeks)
    plan = best_plan(result)
    found = outcome(result, plan, HARM) if plan else None
    if plan is None or found is None:
        return Headline(
            "This comparison holds no harm figures", (("The model did not report harm for these plans.", False),)
        )
    averted, title = found.turned(), result.plans[plan]
    several = len(result.plans) > 1
    amount = pounds(averted.value)
    if averted.high <= 0 or averted.value <= 0:
        head = (
            f"{'No plan averts' if several else f'{title} averts no'} harm over {span}"
            if several
            else f"{title} averts no harm over {span}"
        )
    elif averted.low > 0:
        head = (
            f"{title} averts most harm: {amount} over {span}"
            if several
            else f"{title} averts {amount} of harm over {span}"
        )
    else:
        head = (
            f"{title} may avert most harm: {amount} over {span}"
            if several
            else f"{title} may avert {amount} of harm over {span}"
        )
    return Headline(head, _lead(result, plan, averted, several))


def _lead(result: Result, plan: str, averted: Outcome, several: bool) -> Said:
    best = probability_best(result).get(plan)
    beats = averted.probability_better
    parts: list[tuple[str, bool]] = []
    if averted.value <= 0:
        span = interval(-averted.high, -averted.low, pounds)
        parts.append(
            (
                f"{result.plans[plan]} {'comes nearest: it' if several else ''} adds {pounds(-averted.value)} ({span})",
                False,
            )
        )
        parts += (
            [("; ", False), *clause(beats, "to beat do as now"), (".", False)] if beats is not None else [(".", False)]
        )
    elif several and best is not None:
        parts += clause(best, f"to be the best of the {number_word(len(result.plans))} plans")
        parts += [(", and ", False), *clause(beats, "to beat do as now")] if beats is not None else []
        parts.append((".", False))
    elif beats is not None:
        parts += clause(beats, "to beat do as now")
        parts.append((f"; the 90% interval runs from {interval(averted.low, averted.high, pounds)}.", False))
    if parts:
        parts[0] = (parts[0][0][:1].upper() + parts[0][0][1:], parts[0][1])
    return (*parts, *_price(result, plan))


def _price(result: Result, plan: str) -> Said:
    """What it costs, how much of that is new money, and who besides policing pays."""
    cost = extra_cost(result, plan)
    if cost is None:
        return ()
    if cost <= 0:
        return ((" It costs no more than do as now.", False),)
    cash = new_money(result, plan)
    text = f" It costs {pounds(cost, 3)}"
    if cash is not None:
        text += ", all of it hours put to other use" if cash <= 0 else f", {pounds(cash, 3)} of it new money"
    payer = _payer(result, plan)
    return ((f"{text}; {payer}." if payer else f"{text}.", False),)


def new_money(result: Result, plan: str) -> float | None:
    """The part of the cost that is cash: new hours and grants."""
    value = (result.cost.get(plan) or {}).get("cash")
    return float(value) if value is not None else None


POLICING = ("policing-body", "force")


def _payer(result: Result, plan: str) -> str:
    """Who besides policing pays most."""
    holders = (result.cost.get(plan) or {}).get("by_holder") or {}
    others = {name: value for name, value in holders.items() if value and value > 0 and name not in POLICING}
    if not others or len(holders) < 2:
        return ""
    name, value = max(others.items(), key=lambda item: item[1])
    return f"{_holder(name)} {'pay' if name == 'council' else 'pays'} {pounds(value)}"


def _holder(name: str) -> str:
    return {
        "council": "councils",
        "home-office": "the Home Office",
        "nca": "the NCA",
        "public-health": "public health",
        "justice": "the Ministry of Justice",
    }.get(name, f"the {words(name).lower()}")


def effects(result: Result) -> tuple[str, list[Effect]]:
    """One row a plan, and the finding they make together."""
    rows = []
    for plan, place in series_of(result).items():
        found = outcome(result, plan, HARM)
        if found is None:
            continue
        o = found.turned()
        rows.append(
            Effect(
                result.plans[plan],
                place,
                o.value,
                o.low_50,
                o.high_50,
                o.low,
                o.high,
                pounds(o.value),
                interval(o.low, o.high, pounds),
            )
        )
    return effects_title(rows), rows


def effects_title(rows: Sequence[Effect]) -> str:
    """Which plans are clear of zero, and on which side."""
    if not rows:
        return "No plan was measured"
    clear = [row.title for row in rows if row.low_90 > 0]
    worse = [row.title for row in rows if row.high_90 < 0]
    if len(rows) == 1:
        return f"{rows[0].title} {'adds harm' if worse else 'is clear of zero' if clear else 'is not clear of zero'}"
    if worse and not clear:
        return (
            "Every plan adds harm"
            if len(worse) == len(rows)
            else f"{_joined(worse)} {_verb(worse, 'add')} harm, none averts it for sure"
        )
    if not clear:
        return "No plan is clear of zero"
    if len(clear) == len(rows):
        return f"All {number_word(len(rows))} plans are clear of zero"
    if worse:
        return f"{_joined(clear)} {_verb(clear, 'avert')} harm, {_joined(worse)} {_verb(worse, 'add')} it"
    if len(clear) == 1:
        return f"Only {clear[0]} is clear of zero"
    return f"{counted(len(clear), 'plan').capitalize()} of {number_word(len(rows))} are clear of zero"


def _verb(names: Sequence[str], verb: str) -> str:
    """One averts, several avert."""
    return f"{verb}s" if len(names) == 1 else verb


def sureness(result: Result) -> Sure | None:
    """How likely it is that the best plan is best; with one plan, that it beats do as now."""
    plan = best_plan(result)
    found = outcome(result, plan, HARM) if plan else None
    if plan is None or found is None:
        return None
    best = probability_best(result)
    pairs = f"on {result.replicates} pairs of runs with the same random numbers"
    if plan in best:
        others = [f"{result.plans[p]} is best in {percentage(share)} of runs" for p, share in best.items() if p != plan]
        return Sure(
            f"How likely is it that {result.plans[plan]} is best?",
            best[plan],
            f"{'; '.join(others)}, {pairs}. Nothing here says how right the model is.",
        )
    if found.probability_better is None:
        return None
    return Sure(
        f"How likely is it that {result.plans[plan]} beats do as now?",
        found.probability_better,
        f"It averts harm in {percentage(found.probability_better)} of runs, {pairs}. Nothing here says how right the model is.",
    )


def fans(result: Result, measure: str, step: int = 1) -> list[PlanFan]:
    """The course of a measure under every plan, as paired differences from do as now; shares of the baseline for money."""
    bands = result.bands
    if bands.empty:
        return []
    out = []
    for plan, place in series_of(result).items():
        rows = bands[(bands["plan"] == plan) & (bands["measure"] == measure)].sort_values("week")
        if rows.empty:
            continue
        rows = rows.iloc[::step]
        columns = {c: rows[c].to_numpy(float) for c in ("middle", "low_50", "high_50", "low_90", "high_90")}
        base = rows["baseline"].to_numpy(float)
        if relative(result, measure):
            columns = {c: v / np.maximum(base, 1e-9) for c, v in columns.items()}
        fan = Fan(
            [float(w) for w in rows["week"]],
            *(list(columns[c]) for c in ("middle", "low_50", "high_50", "low_90", "high_90")),
        )
        out.append(PlanFan(plan, result.plans[plan], place, fan, course(fan)))
    return out


def relative(result: Result, measure: str) -> bool:
    """Whether a measure's course is shown as a share of do as now: it never comes near zero there."""
    rows = result.bands[result.bands["measure"] == measure]
    base = rows["baseline"].to_numpy(float)
    return bool(len(base)) and bool(np.all(base > 0)) and base.min() > 0.2 * base.mean()


def course(fan: Fan) -> str:
    """The shape of a course in a few words, from its own bands and nothing else."""
    middle = np.asarray(fan.middle)
    end_low, end_high = np.median(fan.low_90[-8:]), np.median(fan.high_90[-8:])
    end = float(np.mean(middle[-8:]))
    peak = int(np.argmin(middle)) if end <= 0 else int(np.argmax(middle))
    largest = float(middle[peak])
    clear_once = bool(np.any(np.asarray(fan.high_90) < 0) or np.any(np.asarray(fan.low_90) > 0))
    if end_low > 0 or end_high < 0:
        if abs(end) < 0.6 * abs(largest):
            return "fades but holds"
        return "falls and stays down" if end < 0 else "rises and stays up"
    if clear_once and abs(end) < 0.5 * abs(float(middle[np.argmax(np.abs(middle))])):
        return "moves, then fades"
    return "could go either way"


def fan_title(items: Sequence[PlanFan], label: str) -> str:
    """What the courses say together."""
    down = [item.title for item in items if item.says == "falls and stays down"]
    fading = [item.title for item in items if item.says in ("moves, then fades", "fades but holds")]
    if down and fading:
        return f"{_joined(fading)} {'wears' if len(fading) == 1 else 'wear'} off; {_joined(down)} {'lasts' if len(down) == 1 else 'last'}"
    if len(down) == len(items) and items:
        return f"{label} falls under {_every(items)} and stays down"
    if down:
        return f"{label} stays down under {_joined(down)}"
    if fading:
        return f"{label} moves under {_joined(fading)}, then returns"
    return f"No lasting change in {label[:1].lower() + label[1:]} is clear of chance"


def _every(items: Sequence[PlanFan]) -> str:
    return items[0].title if len(items) == 1 else f"all {number_word(len(items))} plans"


def _joined(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}"


def side_by_side(result: Result) -> list[SideRow]:
    """A row a plan: what it averts, costs, returns, and what gets worse."""
    rows = []
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
                    _change(outcome(result, plan, "intrusion"), share=True),
                    _change(outcome(result, plan, "retaliation_violence"), share=True),
                ),
            )
        )
    return rows


def _cost_cell(result: Result, plan: str, cost: float | None) -> tuple[str, str]:
    """The extra cost, and how much of it is new money."""
    if cost is None:
        return "–", "not costed"
    cash = new_money(result, plan)
    return pounds(cost, 3), f"{pounds(cash, 3)} new money" if cash is not None else ""


def _change(found: Outcome | None, *, share: bool) -> tuple[str, str]:
    """A change with its sign and interval: as a share of do as now where that is not near zero."""
    if found is None:
        return "–", "not measured"
    if share and abs(found.baseline) > 1e-9:
        o = found.scaled(1 / abs(found.baseline))
        show: Formatter = lambda v: percent(v)  # noqa: E731 - a formatter is a function of one number
    else:
        o, show = found, formatter(found.unit)
    return signed(show(o.value)), interval(o.low, o.high, show)


def _moved(result: Result, plan: str) -> tuple[str, str]:
    """Harm that rose in places outside the force, in pounds."""
    moved = moved_outside(result, plan)
    if moved.empty:
        found = outcome(result, plan, "displacement_place")
        return _change(found, share=False) if found else ("–", "not measured")
    total = float(moved["difference"].sum())
    return signed(pounds(total)), counted(len(moved), "place outside", "places outside")


def moved_outside(result: Result, plan: str) -> pd.DataFrame:
    """Places outside the force and how their harm changed, the largest rise first."""
    places = _places(result, plan)
    if places.empty:
        return places
    return places[places["kind"] != INSIDE].sort_values("difference", ascending=False)


def inside(result: Result, plan: str) -> pd.DataFrame:
    """Neighbourhoods of the force and how their harm changed, with their tile."""
    places = _places(result, plan)
    return places[places["kind"] == INSIDE] if not places.empty else places


def _places(result: Result, plan: str) -> pd.DataFrame:
    if result.place.empty or result.localities.empty:
        return pd.DataFrame()
    rows = result.place[(result.place["plan"] == plan) & (result.place["measure"] == HARM)]
    merged = rows.merge(result.localities, left_on="locality", right_on="id", how="inner")
    return merged


def map_title(result: Result, plan: str) -> str:
    """Where harm fell and how much moved out."""
    here, out = inside(result, plan), moved_outside(result, plan)
    if here.empty:
        return "Where harm changed"
    down = int((here["difference"] < 0).sum())
    where = "most" if down > 0.6 * len(here) else "few" if down < 0.4 * len(here) else "about half of the"
    text = f"Harm falls in {where} neighbourhoods"
    if not out.empty:
        total = float(out["difference"].sum())
        if total > 0:
            return f"{text}; {pounds(total)} appears outside"
        return f"{text}, and does not rise outside"
    return text


def diverging(value: float, limit: float) -> int:
    """Which of seven steps from less harm (0) to more (6) a change falls in."""
    if limit <= 0:
        return 3
    share = max(-1.0, min(1.0, value / limit))
    return round((share + 1) / 2 * 6) if abs(share) > 0.1 else 3


def returned(ratio: tuple[float, float, float]) -> str:
    """What a pound returns, with its interval."""
    value = f"£{plain(ratio[0])}" if ratio[0] >= 0 else f"−£{plain(-ratio[0])}"
    return f"{value} ({interval(ratio[1], ratio[2], plain)}) for £1"


def remarks(result: Result) -> list[str]:
    """What the model has to say about the runs, plans by their titles."""
    out = []
    for text in result.warnings:
        for plan, title in result.plans.items():
            text = text.replace(f"{plan}:", f"{title}:")
        out.append(text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else "."))
    return out


def values(result: Result) -> tuple[str, list[Value]]:
    """Cost against benefit, and what that says."""
    _, rows = effects(result)
    by_title = {row.title: row for row in rows}
    out = []
    for plan, title in result.plans.items():
        cost, ratio = extra_cost(result, plan), per_pound(result, plan)
        if title in by_title and cost is not None:
            words_ = returned(ratio) if ratio else "costs no more"
            out.append(Value(by_title[title], cost, words_))
    if not out:
        return "No plan was costed", out
    sure = [item for item in out if item.effect.low_90 > item.cost]
    cheapest = min(out, key=lambda item: item.cost)
    if len(sure) == len(out):
        title = f"{'It pays' if len(out) == 1 else 'Every plan pays'} for itself, interval included"
    elif sure:
        title = (
            f"{_joined([item.effect.title for item in sure])} {'pays' if len(sure) == 1 else 'pay'} for itself"
            if len(sure) == 1
            else f"{_joined([item.effect.title for item in sure])} pay for themselves"
        )
    elif all(item.effect.high_90 < item.cost for item in out):
        title = "No plan pays for itself" if len(out) > 1 else "It does not pay for itself"
    elif cheapest.effect.low_90 <= 0 and len(out) > 1:
        title = f"{cheapest.effect.title} is cheapest, but may return nothing"
    else:
        title = (
            "It is not sure that any plan pays for itself" if len(out) > 1 else "It is not sure that it pays for itself"
        )
    return title, out


def footer(result: Result, version: str) -> str:
    """Seed, version and price year, on every page and every file."""
    pairs = f"{counted(result.replicates, 'paired replicate') if result.kind != 'place' else counted(result.replicates, 'replicate')}"
    money = f" · {result.price_year} prices" if result.price_year else ""
    rate = f", discounted at {percent(result.discount_rate, 1)}" if result.discount_rate else ""
    return f"Version {version} · model {result.model_version[:8]} · seed {result.seed} · {pairs}{money}{rate}"
