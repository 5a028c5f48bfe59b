"""The entries of a plan, each with its intervention, its dose by week, and its call on hours and money.

An entry for a kind of agency of which there are several (the forces of a region) is one piece for each: it works in the
places of the entry that lie in its own area, with its own hours.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.errors import Conflict, UnknownName
from simulation.policy.authority import lead_weeks
from simulation.policy.compose import Piece
from simulation.policy.doers import doer
from simulation.policy.doses import Dose
from simulation.policy.funding import Claim
from simulation.policy.intervention import intervention
from simulation.schema import Costs, Entry, Plan, Scenario, canonical, load_authority
from simulation.state.codes import RESOURCES
from simulation.state.world import State


def pieces_of(plan: Plan, scenario: Scenario, costs: Costs, weeks: int) -> list[Piece]:
    """Entries with a dose, in an order of their own: no sum may depend on the order in which a plan lists them."""
    authority = load_authority()
    rows = {name: row for row, name in enumerate(scenario.agencies)}
    pieces = []
    for entry in plan.entry:
        work = intervention(entry.intervention)(entry)
        by = doer(entry, scenario)
        members = scenario.members(by)
        if not members:
            raise UnknownName.among(by, {*rows, *scenario.groups}, key="entry.agency")
        if entry.dose == 0.0:
            continue
        new_money = entry.funding == "additional"
        delay = lead_weeks(work.card, authority)
        if new_money and work.card.cost.hours:
            delay = max(delay, round(costs.hiring_lag.value))
        holder = entry.budget_holder if new_money else None
        markets, tiers = aimed_at(entry, scenario)
        rules = {"card", work.card.targeting_rule, *work.accepts}
        if entry.targets.rule not in rules:
            raise Conflict(key=f"{work.card.id}.targets.rule", given=entry.targets.rule, allowed=sorted(rules))
        for member in members:
            own = entry if member == entry.agency else entry.model_copy(update={"agency": member})
            claim = Claim(
                entry=own,
                agency=rows[member],
                holder=holder or scenario.agencies[member].holder,
                dose=Dose.of(own, weeks, delay),
                hours=np.zeros(RESOURCES),
                grant=0.0,
                shared=tuple(rows[one] for one in members),
            )
            pieces.append(
                Piece(canonical(own), intervention(own.intervention)(own), claim, markets, tiers, entry.targets.n)
            )
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


def share_limits(pieces: Sequence[Piece], state: State) -> None:
    """Where one entry is for several agencies, its number of targets is shared out by the residents of their places."""
    shared: dict[str, list[Piece]] = {}
    for piece in pieces:
        if piece.limit is not None and len(piece.claim.shared) > 1:
            entry = piece.claim.entry
            shared.setdefault(canonical(entry.model_copy(update={"agency": str(piece.claim.shared[0])})), []).append(
                piece
            )
    for together in shared.values():
        people = np.array([float(state.place.population[piece.claim.places].sum()) for piece in together])
        each = len(together) // len({piece.claim.agency for piece in together})  # entries that say the same
        number = (together[0].claim.entry.targets.n or 0) * each
        due = number * people / max(1.0, people.sum())
        whole = np.floor(due).astype(int)
        for n in np.lexsort((np.arange(due.size), -(due - whole)))[: number - int(whole.sum())]:
            whole[n] += 1
        for piece, limit in zip(together, whole.tolist(), strict=True):
            piece.limit = limit
