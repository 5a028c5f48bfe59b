"""The entries of a plan, each with its intervention, its dose by week, and its call on hours and money."""

from __future__ import annotations

import numpy as np

from simulation.errors import Conflict, UnknownName
from simulation.policy.authority import lead_weeks
from simulation.policy.compose import Piece
from simulation.policy.doses import Dose
from simulation.policy.funding import Claim
from simulation.policy.intervention import intervention
from simulation.schema import Costs, Entry, Plan, Scenario, canonical, load_authority
from simulation.state.codes import RESOURCES


def pieces_of(plan: Plan, scenario: Scenario, costs: Costs, weeks: int) -> list[Piece]:
    """Entries with a dose, in an order of their own: no sum may depend on the order in which a plan lists them."""
    authority = load_authority()
    rows = {name: row for row, name in enumerate(scenario.agencies)}
    pieces = []
    for entry in plan.entry:
        work = intervention(entry.intervention)(entry)
        if entry.agency not in rows:
            raise UnknownName.among(entry.agency, rows, key="entry.agency")
        if entry.dose == 0.0:
            continue
        new_money = entry.funding == "additional"
        delay = lead_weeks(work.card, authority)
        if new_money and work.card.cost.hours:
            delay = max(delay, round(costs.hiring_lag.value))
        holder = entry.budget_holder if new_money else None
        claim = Claim(
            entry=entry,
            agency=rows[entry.agency],
            holder=holder or scenario.agencies[entry.agency].holder,
            dose=Dose.of(entry, weeks, delay),
            hours=np.zeros(RESOURCES),
            grant=0.0,
        )
        markets, tiers = aimed_at(entry, scenario)
        rules = {"card", work.card.targeting_rule, *work.accepts}
        if entry.targets.rule not in rules:
            raise Conflict(key=f"{work.card.id}.targets.rule", given=entry.targets.rule, allowed=sorted(rules))
        pieces.append(Piece(canonical(entry), work, claim, markets, tiers))
    return sorted(pieces, key=lambda piece: piece.key)


def aimed_at(entry: Entry, scenario: Scenario) -> tuple[tuple[int, ...] | None, tuple[int, ...]]:
    """The chain markets (None: all) and tiers (empty: all) that an entry's targets name, by number."""
    chains = [name for name in sorted(scenario.markets) if scenario.markets[name].kind == "commodity-chain"]
    market = entry.targets.market
    markets = None if market is None else tuple(n for n, name in enumerate(chains) if name == market)
    tiers = {
        tier
        for name in chains
        for title, tier in scenario.markets[name].levels().items()
        if title in entry.targets.tiers
    }
    return markets, tuple(sorted(tiers))
