"""The compare page: what each plan averts, how sure that is, what it costs and what gets worse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.figures.effects import Effect
from dashboard.jobs.result import Result
from dashboard.text.numbers import counted, interval, joined, named, number_word, percent, pounds, weeks_in_words
from dashboard.text.phia import clause, percentage
from dashboard.views.catalogue import words
from dashboard.views.outcomes import (
    HARM,
    Outcome,
    best_plan,
    extra_cost,
    new_money,
    outcome,
    probability_best,
    series_of,
)
from dashboard.views.support import marked

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
    if averted.low == averted.high == 0:
        head = f"{'No plan' if several else title} changes {'' if several else 'no '}harm over {span}"
    elif averted.high <= 0:
        head = f"{'No plan averts' if several else f'{title} averts no'} harm over {span}"
    elif averted.value <= 0:
        head = f"{'No plan clearly averts' if several else f'{title} does not clearly avert'} harm over {span}"
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
    return Headline(marked(head, result, HARM), _lead(result, plan, averted, several))


def _lead(result: Result, plan: str, averted: Outcome, several: bool) -> Said:
    best = probability_best(result).get(plan)
    beats = averted.probability_better
    parts: list[tuple[str, bool]] = []
    if averted.low == averted.high == 0:
        parts.append(("Every pair of runs comes out alike: nothing of it takes effect in that time.", False))
    elif averted.value <= 0:
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
        return ((f" {marked('It costs no more than do as now', result, COST)}.", False),)
    cash = new_money(result, plan)
    text = f" It costs {marked(pounds(cost, 3), result, COST)}"
    if cash is not None:
        text += ", all of it hours put to other use" if cash <= 0 else f", {pounds(cash, 3)} of it new money"
    payer = _payer(result, plan)
    return ((f"{text}; {payer}." if payer else f"{text}.", False),)


COST = "plan_cost_gbp"
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
    if len(worse) == len(rows):
        return "Every plan adds harm"
    if worse and clear:
        return f"{named(clear)} {_verb(clear, 'avert')} harm; {named(worse)} {_verb(worse, 'add')} it"
    if worse:
        return f"{named(worse).capitalize() if len(worse) > 2 else named(worse)} {_verb(worse, 'add')} harm; none averts it for sure"
    if not clear:
        return "No plan is clear of zero"
    if len(clear) == len(rows):
        return f"All {number_word(len(rows))} plans are clear of zero"
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


def remarks(result: Result) -> list[str]:
    """What the model has to say about the runs, plans by their titles."""
    about: dict[str, list[str]] = {}
    for text in result.warnings:
        plan, colon, rest = text.partition(": ")
        if colon and plan in result.plans:
            about.setdefault(rest, []).append(result.plans[plan])
        else:
            about.setdefault(text, [])
    out = [
        f"{joined(titles)}: {text}" if titles else text[:1].upper() + text[1:]
        for text, titles in together(about).items()
    ]
    return [text if text.endswith((".", "?", "!")) else f"{text}." for text in out]


SHORT = re.compile(r"^(?P<card>[^:]+): (?P<agency>.+?) has (?P<what>too few hours .+)$")
MANY = 3
"""From how many agencies on that are short of hours for the same card one sentence does for all."""


def together(about: dict[str, list[str]]) -> dict[str, list[str]]:
    """Remarks on many agencies that are short of hours for one card, as one remark; a country has 43 forces."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for text, titles in about.items():
        found = SHORT.match(text)
        if found:
            groups.setdefault((found["card"], found["what"], tuple(titles)), []).append(text)
    out = dict(about)
    for (card, what, titles), texts in groups.items():
        if len(texts) < MANY:
            continue
        for text in texts:
            del out[text]
        names = joined([found["agency"] for text in texts if (found := SHORT.match(text))])
        out[f"{card}: {number_word(len(texts))} agencies have {what} ({names})"] = list(titles)
    return out


def footer(result: Result, version: str) -> str:
    """Seed, version and price year, on every page and every file."""
    pairs = f"{counted(result.replicates, 'paired replicate') if result.kind != 'place' else counted(result.replicates, 'replicate')}"
    money = f" · {result.price_year} prices" if result.price_year else ""
    rate = f", discounted at {percent(result.discount_rate, 1)}" if result.discount_rate else ""
    return f"Version {version} · model {result.model_version[:8]} · seed {result.seed} · {pairs}{money}{rate}"
