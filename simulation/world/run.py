"""One run, from its specification to its series: the fast path, without Mesa's collecting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from simulation.chance.draws import make_key
from simulation.measures.catalogue import PLACE_MEASURES
from simulation.policy import Programme
from simulation.policy.intervention import REGISTRY
from simulation.schema import RunSpec
from simulation.schema.imported import CAUTION
from simulation.state.columns import grow
from simulation.state.world import Groups, State, copy_state
from simulation.world.burn_in import burnt_in
from simulation.world.constants import chain_markets
from simulation.world.engine import Cancelled, Engine
from simulation.world.history import event_frame, without_people
from simulation.world.indicators import check_indicators
from simulation.world.prepare_crews import commissioned
from simulation.world.prepare_sources import switch_sources
from simulation.world.shocks import Shocks
from simulation.world.values import parameter_record

EVENT_ROWS = 16384

__all__ = ["Cancelled", "RunResult", "execute", "start_engine"]


class RunResult(NamedTuple):
    """What a run leaves behind.

    `series`: weeks x measures, columns as in `MEASURES`. `place`: weeks x localities x `place_measures`. `cost`: what
    the plan cost. `events`: frame of recorded events, only with detail. `engine`: the world at the end, only with detail.
    """

    series: np.ndarray
    place: np.ndarray
    place_measures: tuple[str, ...]
    localities: list[dict[str, Any]]
    markets: np.ndarray
    """Weeks x chain markets x what each did (state.counters)."""
    chains: list[str]
    """Ids of the chain markets, in that order."""
    courses: np.ndarray
    """Weeks x all markets x what is counted of any (state.counters)."""
    rows: dict[str, int]
    """Where each market stands in `courses`, by its id."""
    cost: dict[str, Any]
    events: pd.DataFrame | None
    warnings: list[str]
    engine: Engine | None


def with_events(state: State, rows: int) -> State:
    """The same world with room to record events."""
    groups = dict(zip(Groups._fields, state.columns, strict=True))
    groups["tally"] = grow(groups["tally"], "E", rows)
    return State(*groups.values())


def start_engine(spec: RunSpec, detail: bool = False) -> Engine:
    """The world of a run at week 0, with its programme open and its mechanisms switched as asked."""
    check_indicators(spec.plan)
    checkpoint = burnt_in(spec)
    p = parameter_record({**spec.scenario.parameters, **spec.parameters}, spec.ablate)
    key = make_key(spec.seed, spec.replicate)
    state = copy_state(checkpoint.state)
    switch_sources(state, p)
    if detail:
        state = with_events(state, max(EVENT_ROWS, 2 * state.person.id.size))
    programme = Programme(spec.plan, spec.scenario, p, key, checkpoint.localities, spec.weeks)
    programme.open(state, 0)
    shocks = Shocks(spec.scenario.shocks, checkpoint.localities, key, spec.weeks)
    return Engine(state, p, key, 0, spec.weeks, programme, checkpoint.memory, shocks)


def execute(
    spec: RunSpec, *, detail: bool = False, progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> RunResult:  # fmt: skip
    """Run a specification to its end.

    `progress(week, weeks)` is called after each block; `cancel()` is asked then, and raises Cancelled when true.
    """
    engine = start_engine(spec, detail)

    def between(week: int) -> None:
        if progress is not None:
            progress(week, spec.weeks)
        if cancel is not None and cancel():
            raise Cancelled

    engine.run(spec.weeks, between)
    return finish(engine, spec, detail)


def finish(engine: Engine, spec: RunSpec, detail: bool) -> RunResult:
    """Gather what a finished engine has to say."""
    engine.collect_events()
    localities = [one._asdict() for one in burnt_in(spec).localities]
    real = spec.scenario.imported is not None and spec.scenario.imported.people > 0
    events = event_frame(engine.events, sorted(REGISTRY)) if detail else None
    return RunResult(
        series=engine.series,
        place=engine.places,
        place_measures=PLACE_MEASURES,
        localities=localities,
        markets=engine.markets,
        chains=[market.id for market in chain_markets(spec.scenario)],
        courses=engine.courses,
        rows=market_rows(engine, spec),
        cost=engine.programme.cost(engine.week),
        events=without_people(events) if real and events is not None else events,
        warnings=[
            *([CAUTION] if real else []),
            *engine.programme.warnings,
            *engine.programme.stalls(engine.state),
            *engine.shocks.warnings,
        ],
        engine=engine if detail else None,
    )


def market_rows(engine: Engine, spec: RunSpec) -> dict[str, int]:
    """Chains stand first in the courses of markets, commissioned ones after all that chains have room for."""
    first = engine.state.chain.id.size
    rows = {market.id: row for row, market in enumerate(chain_markets(spec.scenario))}
    return rows | {market.id: first + row for row, market in enumerate(commissioned(spec.scenario))}
