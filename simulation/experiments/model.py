"""The model as batches see it: a spec goes in, a result comes out, and a stop is a stop wherever it was noticed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from simulation.experiments.cancelled import Cancelled
from simulation.schema import RunSpec

EVERYWHERE: Final = ("everywhere", "force", "importing")

if TYPE_CHECKING:
    from simulation.world.run import RunResult


def execute(
    spec: RunSpec,
    *,
    detail: bool = False,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> RunResult:
    """Live one run from its burn-in to its end. Raises Cancelled when `cancel` says so."""
    from simulation.world import run  # compiled code: imported where the work is done, not where it is asked for

    try:
        result = run.execute(spec, detail=detail, progress=progress, cancel=cancel)
    except run.Cancelled as stop:
        raise Cancelled from stop
    chosen = targeted(spec, [locality["id"] for locality in result.localities])
    localities = [{**place, "targeted": place["id"] in chosen} for place in result.localities]
    return result._replace(localities=localities)


def targeted(spec: RunSpec, localities: list[str]) -> set[str]:
    """The localities a plan singles out. Efforts that fall everywhere single out none and are left aside."""
    from simulation.policy.doers import doer
    from simulation.policy.where import places_for
    from simulation.world.burn_in import burnt_in

    limited = [entry for entry in spec.plan.entry if entry.dose > 0 and entry.where.rule not in EVERYWHERE]
    if not limited:
        return set()
    state = burnt_in(spec).state
    agencies = {name: row for row, name in enumerate(spec.scenario.agencies)}
    pieces = [
        (one.where, [agencies[name] for name in spec.scenario.members(doer(one, spec.scenario))]) for one in limited
    ]
    rows = [places_for(where, state, row, members, localities) for where, members in pieces for row in members]
    return {localities[row] for found in rows for row in found}


def prepare(_: None = None) -> None:
    """Compile everything here, before worker processes start: they then find it ready instead of each compiling it."""
    from simulation.world.compiled import warm_up

    warm_up()
