"""One run is lived and looked at: its weekly series, the places that matter, and what probes find between blocks."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from simulation.errors import UnknownName
from simulation.experiments.cancelled import Cancelled
from simulation.measures.catalogue import INDEX, PLACE_MEASURES
from simulation.schema import RunSpec
from simulation.state.codes import INSIDE
from simulation.state.counters import BULK_MG, CONSUMED_MG, DEMAND_MG, SALES_PENCE, SEIZED_MG, UNMET_MG
from simulation.validation.plan_probes import OF_A_PLAN
from simulation.validation.probes import PROBES
from simulation.world.constants import chain_markets
from simulation.world.run import start_engine

PRODUCTS: dict[str, tuple[str, ...]] = {
    "revenue_gbp": ("drug_volume_pure_kg", "retail_price_gbp_per_pure_g"),
    "seized_of_all": ("seized_pure_kg", "drug_volume_pure_kg"),
}
"""Measures made of others: takings of the street (GBP thousand), and seized goods with the goods they came from."""
TRADED: dict[str, tuple[int, tuple[int, ...], float]] = {
    "volume": (CONSUMED_MG, (), 1e-6),
    "price": (SALES_PENCE, (CONSUMED_MG,), 10.0),
    "purity": (CONSUMED_MG, (BULK_MG,), 1.0),
    "unmet": (UNMET_MG, (DEMAND_MG,), 1.0),
    "seized": (SEIZED_MG, (SEIZED_MG, CONSUMED_MG), 1.0),
}
"""Measures of one chain market, written MEASURE:MARKET: what is counted, over the sum of what, times what."""
SEEN = ("price_seen",)
"""What users of hard drugs see, by locality, weighted by those who live there."""


@dataclass(frozen=True)
class Observed:
    """What one run left to be read."""

    series: np.ndarray
    places: dict[str, np.ndarray]
    """Weeks x localities, by place measure."""
    users: np.ndarray
    """Weeks x localities, kept with what users see."""
    chains: list[str]
    """Chain markets, in the order of `markets`."""
    markets: np.ndarray
    """Weeks x chain markets x what each did."""
    found: dict[str, np.ndarray]
    """Weeks x (numerator, denominator), by probe; NaN where it was not asked."""
    sites: np.ndarray
    connected: np.ndarray
    near: np.ndarray
    inside: np.ndarray

    def weekly(self, measure: str, where: np.ndarray | None) -> np.ndarray:
        """Numerator and denominator by week, (weeks, 2); `where` are rows of localities, or None for the whole."""
        if measure in SEEN:
            rows = slice(None) if where is None else where
            price, users = self.places[measure][:, rows], self.users[:, rows]
            return np.column_stack([(price * users).sum(axis=1), users.sum(axis=1)])
        if where is not None:
            if measure not in self.places:
                raise UnknownName.among(measure, PLACE_MEASURES, key="measure")
            value = self.places[measure][:, where].sum(axis=1)
            return np.column_stack([value, np.ones_like(value)])
        if ":" in measure:
            return self._of_market(*measure.split(":", 1))
        if measure in self.found:
            return self.found[measure]
        if measure == "revenue_gbp":
            value = self._column("drug_volume_pure_kg") * self._column("retail_price_gbp_per_pure_g")
        elif measure == "seized_of_all":
            seized = self._column("seized_pure_kg")
            return np.column_stack([seized, seized + self._column("drug_volume_pure_kg")])
        else:
            value = self._column(measure)
        return np.column_stack([value, np.ones_like(value)])

    def _of_market(self, measure: str, market: str) -> np.ndarray:
        if measure not in TRADED:
            raise UnknownName.among(measure, TRADED, key="measure")
        if market not in self.chains:
            raise UnknownName.among(market, self.chains, key="measure")
        counted, over, scale = TRADED[measure]
        traded = self.markets[:, self.chains.index(market)].astype(float)
        whole = traded[:, list(over)].sum(axis=1) if over else np.ones(len(traded))
        return np.column_stack([traded[:, counted] * scale, whole])

    def _column(self, measure: str) -> np.ndarray:
        if measure not in INDEX:
            raise UnknownName.among(measure, [*INDEX, *PROBES, *PRODUCTS], key="measure")
        return self.series[:, INDEX[measure]]

    def ring(self, where: np.ndarray) -> np.ndarray:
        """Places next to these, not among them."""
        near = np.unique(self.near[where])
        return np.setdiff1d(near[near >= 0], where)


def observe(
    spec: RunSpec, places: Collection[str] = (), probes: Collection[str] = (),
    cancel: Callable[[], bool] | None = None, asked_until: int | None = None,
) -> Observed:  # fmt: skip
    """Live a run to its end and keep what is asked for; probes are asked to its end, or up to the week given."""
    last = spec.weeks if asked_until is None else asked_until
    engine = start_engine(spec)
    asked = {name: OF_A_PLAN[name](engine.programme) if name in OF_A_PLAN else PROBES[name]() for name in probes}
    found = {name: np.full((spec.weeks, 2), np.nan) for name in probes}
    shape = (spec.weeks, engine.state.place.id.size)
    seen, users = (np.full(shape, np.nan, dtype=np.float32) for _ in range(2))

    def between(week: int) -> None:
        if cancel is not None and cancel():
            raise Cancelled
        for name, ask in asked.items() if week <= last else ():
            found[name][week - 1] = ask(engine.state, engine.p, week)
        if "price_seen" in places:
            of = engine.state.place.users * engine.state.chain.hard
            users[week - 1] = of.sum(axis=1)
            seen[week - 1] = (engine.state.place.price_seen * of).sum(axis=1) / np.maximum(of.sum(axis=1), 1e-9)

    engine.run(spec.weeks, between)
    sites = [piece.claim.places for piece in engine.programme.pieces if piece.intervention.card.family != "baseline"]
    sites += [course.places for course in engine.shocks.courses]
    connected = [course.connected for course in engine.shocks.courses]
    empty = np.empty(0, dtype=int)
    return Observed(
        series=engine.series,
        places={
            name: seen if name in SEEN else engine.places[:, :, PLACE_MEASURES.index(name)].astype(np.float32)
            for name in places
        },
        users=users,
        chains=[market.id for market in chain_markets(spec.scenario)],
        markets=engine.markets,
        found=found,
        sites=np.unique(np.concatenate([*sites, empty])).astype(int),
        connected=np.unique(np.concatenate([*connected, empty])).astype(int),
        near=engine.state.place.near.copy(),
        inside=np.flatnonzero(engine.state.place.kind == INSIDE),
    )
