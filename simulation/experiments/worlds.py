"""A request for one world or one run is checked, and the world made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from simulation.experiments.model import execute
from simulation.experiments.plans import find_plan
from simulation.experiments.single import Run
from simulation.experiments.spec import MAX_WEEKS, Given, check_numbers
from simulation.measures.catalogue import MEASURES
from simulation.schema import Plan, RunSpec, Scenario, build_spec, load_mechanisms
from simulation.store.identity import run_id
from simulation.world.indicators import check_indicators

if TYPE_CHECKING:
    from simulation.world.model import World


def specify(
    scenario: Given | Scenario,
    plan: Given | Plan,
    *,
    weeks: int,
    seed: int,
    replicate: int,
    ablate: str | Iterable[str] | None,
    parameters: Mapping[str, float] | None,
    draw: int | None = None,
) -> RunSpec:
    """One run as asked for, checked."""
    check_numbers(weeks=weeks, seed=seed, replicate=replicate)
    spec = build_spec(
        scenario, find_plan(plan), weeks=weeks, seed=seed, replicate=replicate, ablate=ablate, parameters=parameters,
        draw=draw, mechanisms=load_mechanisms(),
    )  # fmt: skip
    check_indicators(spec.plan)
    return spec


def run_one(
    spec: RunSpec,
    *,
    detail: bool = True,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Run:
    """Live one run to its end. Raises Cancelled when stopped."""
    return Run(run_id(spec), spec, MEASURES, execute(spec, detail=detail, progress=progress, cancel=cancel))


def build_world(
    scenario: Given | Scenario,
    plan: Given | Plan,
    *,
    seed: int,
    replicate: int,
    ablate: str | Iterable[str] | None,
    parameters: Mapping[str, float] | None,
) -> World:
    """A world as a Mesa model, its burn-in lived through."""
    from simulation.world.model import World

    spec = specify(
        scenario, plan, weeks=MAX_WEEKS, seed=seed, replicate=replicate, ablate=ablate, parameters=parameters
    )
    return World(spec=spec, detail=True)


def warm_up(progress: Callable[[int, int], None] | None = None) -> None:
    """Compile everything that is not compiled on this machine yet."""
    from simulation.world.compiled import warm_up as warm

    def told(done: int, of: int, _what: str) -> None:
        if progress is not None:
            progress(done, of)

    warm(told)
