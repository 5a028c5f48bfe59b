"""Goods from the ship to the user and the users' money from the street to whoever keeps it, as stages and ribbons."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.figures.ribbons import Flow, Stage
from dashboard.jobs.result import Result
from dashboard.text.numbers import Formatter, percent, plain, pounds
from dashboard.views.frames import pick, records
from dashboard.views.support import marked

TIERS = {"importer": "Importers", "wholesaler": "Wholesalers", "distributor": "Distributors", "line": "Street lines"}
GOODS = (
    Stage("importer", TIERS["importer"], 0),
    Stage("wholesaler", TIERS["wholesaler"], 1),
    Stage("distributor", TIERS["distributor"], 2),
    Stage("line", TIERS["line"], 3),
    Stage("sold-here", "Sold here", 4),
    Stage("sold-elsewhere", "Sold in other towns", 4),
    Stage("lost-inland", "Lost inland", 4, "grey"),
    Stage("seized-border", "Seized at the border", 4, "look"),
)
MONEY = (
    Stage("users", "Users pay", 0, "grey"),
    Stage("line", TIERS["line"], 1),
    Stage("distributor", TIERS["distributor"], 1),
    Stage("wholesaler", TIERS["wholesaler"], 1),
    Stage("importer", TIERS["importer"], 1),
    Stage("thefts", "Victims of crime", 1, "grey"),
    Stage("founders", "New owners", 1, "grey"),
    Stage("abroad", "Suppliers abroad", 1, "grey"),
    Stage("kept", "Kept here", 2),
    Stage("owners-cash", "Owners, in cash", 3),
    Stage("owners-laundered", "Owners, laundered", 3, "second"),
    Stage("laundering-fees", "Laundering fees", 3, "second"),
    Stage("wages", "Wages", 3, "grey"),
    Stage("running-costs", "Running costs", 3, "grey"),
    Stage("bribes", "Bribes", 3, "grey"),
    Stage("platforms", "Platforms' fees", 3, "grey"),
    Stage("reserves", "Cash kept back", 3, "grey"),
    Stage("seized", "Seized", 3, "look"),
)
NEGLIGIBLE = 0.001  # of the largest flow: too thin to see


@dataclass(frozen=True)
class Picture:
    """One picture of flows: what it says, what it shows, and how its figures are printed."""

    kind: str
    title: str
    sub: str
    stages: tuple[Stage, ...]
    flows: tuple[Flow, ...]
    show: Formatter
    height: int


def goods(result: Result) -> Picture | None:
    """Where goods go on their way from import to use."""
    found = edges(result, "goods")
    shipped = found.get(("source", "importer"), 0.0)
    if shipped <= 0:
        return None
    inland, dumped = found.get(("lost-inland", "seized-inland"), 0.0), found.get(("lost-inland", "dumped"), 0.0)
    seized = found.get(("importer", "seized-border"), 0.0) + inland
    sub = (
        f"Kilograms of pure hard drugs a year; what other markets trade stands market by market. Of what is lost inland, {kilos(inland)} is seized "
        f"and {kilos(dumped)} dumped when outlets close"
    )
    title = f"Seizures take {percent(seized / shipped)} of the hard drugs on their way to users"
    return drawn("goods", marked(title, result, "flow_goods"), sub, GOODS, found, kilos, 280)


def money(result: Result) -> Picture | None:
    """Where the users' money goes, up the chain and out of it."""
    found = edges(result, "money")
    paid = sum(value for (source, _), value in found.items() if source == "users")
    victims = found.get(("thefts", "kept"), 0.0)
    if paid <= 0 and victims <= 0:
        return None
    abroad, street = found.get(("users", "abroad"), 0.0), found.get(("users", "line"), 0.0)
    if paid > 0:
        title = f"Of each £1 users pay, the street keeps {pence(street / paid)} and {pence(abroad / paid)} goes abroad"
    else:
        wages = found.get(("kept", "wages"), 0.0)
        title = f"Of each £1 taken from victims, {pence(wages / victims)} is shared out as wages"
    sub = (
        "Money a year: what each tier keeps after paying the one above it, what victims and new owners bring in, "
        "and where it ends up"
    )
    return drawn("money", marked(title, result, "flow_money"), sub, MONEY, found, pounds, 340)


def edges(result: Result, kind: str) -> dict[tuple[str, str], float]:
    """What goes from where to where in a year."""
    return {
        (str(row["source"]), str(row["target"])): float(row["value"]) for row in records(pick(result.flows, kind=kind))
    }


def drawn(
    kind: str,
    title: str,
    sub: str,
    stages: tuple[Stage, ...],
    found: dict[tuple[str, str], float],
    show: Formatter,
    height: int,
) -> Picture:
    """The flows that can be seen, between the stages that have one; a ribbon takes the colour of where it ends."""
    look = {stage.id: stage.kind for stage in stages}
    least = NEGLIGIBLE * max(found.values())
    seen = tuple(
        Flow(source, target, value, look[target])
        for (source, target), value in found.items()
        if source in look and target in look and value > least
    )
    ends = {end for flow in seen for end in (flow.source, flow.target)}
    return Picture(kind, title, sub, tuple(stage for stage in stages if stage.id in ends), seen, show, height)


def kilos(value: float) -> str:
    """A weight in kilograms."""
    return f"{plain(value)} kg"


def pence(share: float) -> str:
    """A share of a pound."""
    return f"{share * 100:.0f}p"
