"""What the library of scenarios holds, a row each: markets, platforms, ways of laundering, ways in, and cases."""

from __future__ import annotations

from collections import Counter

from pydantic import BaseModel

from simulation.report.markdown import code, codes, number, table
from simulation.schema import (
    Market,
    Quantity,
    list_cases,
    list_scenarios,
    load_channels,
    load_intelligence,
    load_scenario,
    quantities,
)
from simulation.schema.intelligence import IntelligenceSource, Shares
from simulation.schema.platform import list_platform_kinds, load_services
from simulation.schema.route import RouteNode


def every_market() -> dict[str, Market]:
    """Every market that a preset or a case lives, as the first of them has it."""
    found: dict[str, Market] = {}
    for name in (*list_scenarios(), *list_cases()):
        for market in load_scenario(name).markets.values():
            found.setdefault(market.id, market)
    return dict(sorted(found.items()))


def every_node() -> dict[str, RouteNode]:
    """Every place on the ways in, of all presets."""
    found: dict[str, RouteNode] = {}
    for name in list_scenarios():
        found |= load_scenario(name).routes.nodes
    return dict(sorted(found.items()))


def words(given: BaseModel) -> tuple[str, str]:
    """On whose word the figures of something rest: how many of each status, and the sources cited."""
    found = [quantity for _, quantity in quantities(given)]
    counts = Counter(quantity.status for quantity in found)
    cited = sorted({quantity.source for quantity in found if quantity.source is not None})
    return ", ".join(f"{count} {status}" for status, count in sorted(counts.items())), codes(cited) or "judgement"


def markets() -> str:
    """Every market: how it is organised, and on whose word its figures rest."""
    rows = []
    for name, market in every_market().items():
        who = " > ".join(market.chain)
        if market.recipe is not None:
            who = "broker: " + ", ".join(market.recipe.skills)
        lived = [preset for preset in (*list_scenarios(), *list_cases()) if name in load_scenario(preset).markets]
        presets = codes(one for one in lived if one in list_scenarios()) or codes(lived)
        rows.append((code(name), market.title, market.description, who, presets, *words(market)))
    return table(("market", "title", "what", "tiers, or who a job needs", "lived in", "figures", "sources"), rows)


def platforms() -> str:
    """Every platform that comes with the product, by kind."""
    rows = [
        (
            code(kind), one.title, number(one.assurance.value), number(one.fee.value), number(one.invited.value),
            one.assurance.note, words(one)[1],
        )
        for kind in list_platform_kinds()
        for one in load_services(kind).platform
    ]  # fmt: skip
    heads = ("kind", "platform", "vouches", "fee", "chance that it is by invitation", "remark", "sources")
    return table(heads, rows)


def routes() -> str:
    """Every place on the ways in."""
    rows = [
        (
            code(name), node.title, node.kind, codes(node.after), codes(node.markets) or "any",
            number(node.hazard.value), number(node.cost.value), number(node.capacity.value), node.hazard.note,
            words(node)[1],
        )
        for name, node in every_node().items()
    ]  # fmt: skip
    heads = ("node", "title", "kind", "reached from", "goods", "risk", "cost", "capacity", "remark", "sources")
    return table(heads, rows)


def cases() -> str:
    """Every case: what it asks, and what it rests on."""
    found = [load_scenario(name) for name in list_cases()]
    rows = [(code(one.id), one.title, code(str(one.preset)), one.question, codes(one.sources)) for one in found]
    return table(("case", "title", "departs from", "question", "sources"), rows)


def laundering() -> str:
    """Every way of laundering, from its file."""
    rows = [
        (
            code(one.id), one.title, one.description, number(one.share.value), number(one.fee.value),
            number(one.detection.value), number(one.camouflage.value), words(one)[1],
        )
        for one in load_channels()
    ]  # fmt: skip
    heads = (
        "channel", "title", "how", "share of money", "fee", "useful reports a year", "legitimate turnover", "sources",
    )  # fmt: skip
    return table(heads, rows)


def intelligence() -> str:
    """Every source of intelligence, from its file."""
    rows = [
        (
            code(one.id), one.title, one.description, codes(one.sees), code(one.power),
            *(" / ".join(number(q.value) for q in (share.upper, share.street)) for share in _levels(one)),
            number(one.delay.value), number(one.analyst_hours.value), number(one.mistakes.value),
            number(one.encryption.value), words(one)[1],
        )
        for one in load_intelligence()
    ]  # fmt: skip
    heads = (
        "source", "title", "what", "sees", "power", "local share", "regional share", "national share", "weeks late",
        "analyst hours", "ghosts a week", "hidden by encryption", "sources",
    )  # fmt: skip
    return table(heads, rows)


def _levels(one: IntelligenceSource) -> list[Shares]:
    """The shares of a source at the three levels; none where it has nothing to say."""
    none = Quantity(value=0.0, unit="share", low=0.0, high=0.0, status="assumed")
    return [one.share.get(level, Shares(upper=none, street=none)) for level in ("local", "regional", "national")]
