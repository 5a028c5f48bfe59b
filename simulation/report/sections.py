"""The parts of the model's description that the code knows better than any author: each gives Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from simulation.chance.streams import TABLE
from simulation.experiments.explain import explain
from simulation.measures.catalogue import MEASURES
from simulation.policy.intervention import REGISTRY
from simulation.policy.levers import LEVERS
from simulation.report.catalogues import cases, intelligence, laundering, markets, platforms, routes
from simulation.report.columns import groups
from simulation.report.markdown import code, codes, number, table
from simulation.schema import (
    Parameter,
    Scenario,
    list_scenarios,
    load_mechanisms,
    load_parameters,
    load_scenario,
    load_sectors,
    sector_markets,
)
from simulation.schema.reference import load_findings, load_sources
from simulation.state import codes as state_codes
from simulation.state import police
from simulation.world.burn_in import BURN_IN_WEEKS

EVERY: dict[str, str] = {
    "L": "locality", "M": "chain market", "B": "business", "O": "outlet", "N": "person", "A": "agency",
    "Q": "operation", "G": "ghost", "R": "order", "E": "recorded event",
}  # fmt: skip


def entities() -> str:
    """Every table of the world and its columns."""
    parts: list[str] = []
    for group in groups():
        rows = [
            (code(column.name), column.dtype, " x ".join(EVERY.get(dim, dim) for dim in column.dims), column.meaning)
            for column in group.columns
        ]
        parts.append(
            f"#### {code(group.id)}\n\n{group.says}\n\n" + table(("column", "type", "one for each", "meaning"), rows)
        )
    return "\n\n".join(parts)


def vocabularies() -> str:
    """What the small integers in the columns stand for."""
    rows = [
        (name.removesuffix("_NAMES").lower().replace("_", " "), ", ".join(getattr(module, name)))
        for module in (state_codes, police)
        for name in vars(module)
        if name.endswith("_NAMES")
    ]
    return table(("what", "values, from 0"), rows)


def presets() -> str:
    """The places that come with the product, at the scale they are drawn at."""
    return table(
        ("preset", "title", "localities", "people", "of whom mapped", "businesses of each chain, by tier"),
        [_preset(load_scenario(name)) for name in list_scenarios()],
    )


def sectors() -> str:
    """Every sector of organised crime, what it costs and whether the model lives it."""
    lived = sector_markets()
    rows = [
        (
            sector.title, number(sector.cost.value / 1e9) if sector.cost else "not seen", sector.price_year,
            (sector.cost.source or "") if sector.cost else "", codes(lived.get(name, ())),
            sector.reason or (sector.cost.note if sector.cost else ""),
        )
        for name, sector in load_sectors().items()
    ]  # fmt: skip
    return table(("sector", "GBP bn a year", "prices of", "source", "markets", "remark"), rows)


def _preset(scenario: Scenario) -> tuple[str, ...]:
    place, people = scenario.places, scenario.community
    tiers = "; ".join(
        f"{market.id}: " + ", ".join(f"{tier} {scenario.intended(market.id, tier)}" for tier in market.chain)
        for market in scenario.markets.values()
        if market.chain
    )
    there = place.force.whole + place.importing.whole + place.outside.whole
    return (
        code(scenario.id),
        scenario.title,
        str(there),
        f"{people.involved.whole:,}",
        f"{people.mapped.whole:,}",
        tiers,
    )


def week() -> str:
    """The order of the week, a row a phase."""
    rows = [
        (str(place), code(phase.function), phase.says, code(phase.file))
        for place, phase in enumerate(explain("week"), start=1)
    ]
    return table(("", "phase", "what happens", "where"), rows)


def streams() -> str:
    """What chance is used for."""
    rows = [(code(stream.name.lower()), stream.subject, ", ".join(_used(stream.words))) for stream in TABLE]
    return table(("stream", "of what", "decided by chance"), rows)


def _used(words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word != "spare"]


def mechanisms() -> str:
    """A row a mechanism: what it does, what it reads and writes, and which parameters are its own."""
    own = _by_mechanism()
    rows = [
        (
            code(head.id), head.title, head.meaning, codes(head.reads), codes(head.writes),
            codes(one.id.split(".")[1] for one in own.get(head.id, [])),
        )
        for head in load_mechanisms().values()
    ]  # fmt: skip
    return table(("mechanism", "title", "what it does", "reads", "writes", "parameters of its own"), rows)


def parameters() -> str:
    """Every parameter, by mechanism; those of what cannot be switched off stand among them."""
    heads = load_mechanisms()
    return "\n\n".join(
        f"#### {heads[name].title if name in heads else name.replace('_', ' ').capitalize()}\n\n" + _parameters(found)
        for name, found in _by_mechanism().items()
    )


def _by_mechanism() -> dict[str, list[Parameter]]:
    found: dict[str, list[Parameter]] = {}
    for parameter in load_parameters().values():
        found.setdefault(parameter.mechanism, []).append(parameter)
    return found


def _parameters(found: list[Parameter]) -> str:
    rows = [
        (
            code(one.id), number(one.value), one.unit, f"{number(one.low)} to {number(one.high)}", one.status,
            one.source or "", one.note,
        )
        for one in found
    ]  # fmt: skip
    return table(("parameter", "value", "unit", "range", "status", "source", "note"), rows)


def statuses() -> str:
    """On whose word the parameters rest."""
    counts = Counter(parameter.status for parameter in load_parameters().values())
    return table(("status", "parameters"), [(status, str(count)) for status, count in sorted(counts.items())])


def levers() -> str:
    """Every lever: the only way a plan reaches the world besides orders."""
    rows = [
        (
            code(one.id),
            " x ".join(one.scope),
            one.composition,
            one.unit,
            one.meaning + (" (derived)" if one.derived else ""),
        )
        for one in LEVERS.values()
    ]
    return table(("lever", "one for each", "joined by", "unit", "meaning"), rows)


def interventions() -> str:
    """Every intervention, from its card."""
    import simulation.interventions  # noqa: F401 - importing it puts the cards on the register

    cards = [REGISTRY[name].card for name in sorted(REGISTRY)]
    rows = [
        (
            code(card.id), card.title, card.family, card.p4, card.mechanism, codes(card.affects.levers),
            ", ".join(card.affects.orders), code(card.agency), card.authorising_level, card.against or "",
        )
        for card in cards
    ]  # fmt: skip
    heads = ("intervention", "title", "family", "4P", "mechanism", "levers", "orders", "by", "authorised by", "against")
    return table(heads, rows)


def measures() -> str:
    """Every measure."""
    rows = [(code(one.id), one.label, one.unit, one.direction, one.aggregate, one.definition) for one in MEASURES]
    return table(("measure", "label", "unit", "better", "weeks come to one by", "definition"), rows)


def findings() -> str:
    """The published patterns that the model is tried against, or set by."""
    rows = [
        (code(one.id), "sets values" if one.role == "calibrate" else "tries the model", one.statement,
         f"{number(one.pass_low)} to {number(one.pass_high)} {one.unit}", one.source)
        for one in load_findings()
    ]  # fmt: skip
    return table(("finding", "role", "statement", "range", "source"), rows)


def sources() -> str:
    """The publications that quantities cite, and how well each figure was checked."""
    rows = [
        (code(key), one.title, one.publisher, str(one.year), one.evidence.replace("-", " "))
        for key, one in load_sources().items()
    ]
    return table(("key", "title", "publisher", "year", "figures were"), rows)


def burn_in_weeks() -> str:
    """Weeks that a world is lived before week 0."""
    return str(BURN_IN_WEEKS)


SECTIONS: dict[str, Callable[[], str]] = {
    part.__name__: part
    for part in (
        entities, vocabularies, presets, sectors, week, streams, mechanisms, parameters, statuses, levers, interventions,
        measures, findings, sources, burn_in_weeks, intelligence, laundering, markets, platforms, routes, cases,
    )
}  # fmt: skip
