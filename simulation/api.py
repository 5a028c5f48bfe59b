"""The one door for notebooks, shell and dashboard: load a place, run it, compare plans in it, see what can be chosen.

Everything heavy is imported when it is first needed. Bad input raises a SpannerError that says where, what was given
and what is allowed; nothing is clipped or guessed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.errors import SpannerError
from simulation.experiments.cancelled import Cancelled

if TYPE_CHECKING:
    import pandas as pd

    from simulation.experiments.compare import Comparing
    from simulation.experiments.comparison import Comparison
    from simulation.experiments.explain import Phase
    from simulation.experiments.jobs import Job
    from simulation.experiments.machine import Check
    from simulation.experiments.repeated import Repeated
    from simulation.experiments.single import Run
    from simulation.schema import Plan, Scenario
    from simulation.store.store import Store
    from simulation.world.model import World

__all__ = [
    "Cancelled", "SpannerError", "compare", "contents", "doctor", "explain", "export", "interventions", "levers",
    "list_plans", "load", "load_plan", "measures", "mechanisms", "model_version", "open_store", "parameters", "query",
    "repeat", "results_folder", "run", "save_plan", "scenarios", "submit", "warm_up", "world",
]  # fmt: skip

type Given = str | os.PathLike[str] | Mapping[str, Any]
type Folder = str | os.PathLike[str]
type Progress = Callable[[int, int], None]
type Cancel = Callable[[], bool]


def load(scenario: Given) -> Scenario:
    """A scenario by the name of a preset, the path of a file, or as a table."""
    from simulation.schema import load_scenario

    return load_scenario(scenario)


def load_plan(plan: Given, store: Folder | None = None) -> Plan:
    """A plan by name (the product's, or one saved beside the results), the path of a file, or as a table."""
    from simulation.experiments.plans import find_plan

    return find_plan(plan, store)


def world(
    scenario: Given | Scenario,
    plan: Given | Plan | None = None,
    seed: int = 1,
    replicate: int = 0,
    ablate: Iterable[str] = (),
    parameters: Mapping[str, float] | None = None,
) -> World:
    """A world as a Mesa model, its burn-in lived through, before the first week of the plan."""
    from simulation.experiments.worlds import build_world

    return build_world(
        scenario, plan if plan is not None else "do-as-now", seed=seed, replicate=replicate, ablate=ablate,
        parameters=parameters,
    )  # fmt: skip


def run(
    scenario: Given | Scenario,
    plan: Given | Plan = "do-as-now",
    weeks: int = 260,
    seed: int = 1,
    replicate: int = 0,
    ablate: Iterable[str] = (),
    parameters: Mapping[str, float] | None = None,
    draw: int | None = None,
    *,
    detail: bool = True,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Run:
    """One run. `detail` keeps every event; without it the run is faster. `progress` is told weeks done and in all."""
    from simulation.experiments.worlds import run_one, specify

    spec = specify(
        scenario, plan, weeks=weeks, seed=seed, replicate=replicate, ablate=ablate, parameters=parameters, draw=draw
    )
    return run_one(spec, detail=detail, progress=progress, cancel=cancel)


def compare(
    scenario: Given | Scenario,
    plans: Given | Plan | Iterable[Given | Plan],
    baseline: Given | Plan = "do-as-now",
    weeks: int = 260,
    replicates: int = 64,
    seed: int = 1,
    executor: str = "threads",
    ensemble: Folder | Sequence[Mapping[str, float]] | None = None,
    *,
    ablate: Iterable[str] = (),
    parameters: Mapping[str, float] | None = None,
    workers: int | None = None,
    store: Folder | None = None,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Comparison:
    """Plans against a baseline, pair by pair on common random numbers.

    With a `store` every run is kept there, and runs it holds are not done again. `progress` is told runs done and in
    all; when `cancel` says so, Cancelled is raised and the store can be gone on with. Failing runs are left out of
    their pairs and listed in `failures`.
    """
    return _comparing(
        scenario, plans, baseline, weeks, replicates, seed, executor, ensemble, ablate, parameters, workers, store,
        progress, cancel,
    ).run()  # fmt: skip


def repeat(
    scenario: Given | Scenario,
    plan: Given | Plan = "do-as-now",
    weeks: int = 260,
    replicates: int = 32,
    seed: int = 1,
    executor: str = "threads",
    *,
    ablate: Iterable[str] = (),
    parameters: Mapping[str, float] | None = None,
    workers: int | None = None,
    store: Folder | None = None,
    events: bool = False,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Repeated:
    """One plan run many times: means, intervals and the range single runs fall in. `events` keeps every event, too."""
    from simulation.experiments.compare import comparing
    from simulation.experiments.plans import find_plan
    from simulation.experiments.spec import repetition

    laid_out = repetition(
        scenario, find_plan(plan, store), weeks=weeks, replicates=replicates, seed=seed, ablate=ablate,
        parameters=parameters,
    )  # fmt: skip
    work = comparing(
        laid_out, store=store, executor=executor, workers=workers,
        detail=events, progress=progress, cancel=cancel,
    )  # fmt: skip
    work.run()
    return work.repeated()


def submit(
    scenario: Given | Scenario,
    plans: Given | Plan | Iterable[Given | Plan],
    baseline: Given | Plan = "do-as-now",
    weeks: int = 260,
    replicates: int = 64,
    seed: int = 1,
    executor: str = "threads",
    ensemble: Folder | Sequence[Mapping[str, float]] | None = None,
    *,
    ablate: Iterable[str] = (),
    parameters: Mapping[str, float] | None = None,
    workers: int | None = None,
    store: Folder | None = None,
) -> Job:
    """The same comparison on a thread of its own: a job with `progress`, `so_far`, `cancel` and `results`."""
    from simulation.experiments.jobs import Job

    return Job(
        _comparing(
            scenario, plans, baseline, weeks, replicates, seed, executor, ensemble, ablate, parameters, workers, store
        )
    )


def _comparing(
    scenario: Given | Scenario,
    plans: Given | Plan | Iterable[Given | Plan],
    baseline: Given | Plan,
    weeks: int,
    replicates: int,
    seed: int,
    executor: str,
    ensemble: Folder | Sequence[Mapping[str, float]] | None,
    ablate: Iterable[str],
    parameters: Mapping[str, float] | None,
    workers: int | None,
    store: Folder | None,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Comparing:
    from simulation.experiments.compare import comparing
    from simulation.experiments.plans import find_plan
    from simulation.experiments.spec import design, each_plan

    laid_out = design(
        scenario, [find_plan(plan, store) for plan in each_plan(plans)], find_plan(baseline, store), weeks=weeks,
        replicates=replicates, seed=seed, ablate=ablate, parameters=parameters, ensemble=ensemble,
    )  # fmt: skip
    return comparing(laid_out, store=store, executor=executor, workers=workers, progress=progress, cancel=cancel)


def results_folder() -> Path:
    """Where results go when nobody says: SPANNER_STORE, else `spanner-runs` here."""
    from simulation.store.store import default_folder

    return default_folder()


def open_store(folder: Folder | None = None) -> Store:
    """The results in a folder (SPANNER_STORE or `spanner-runs` when none is named), to read."""
    from simulation.store.store import Store

    return Store.open(Path(folder) if folder is not None else None)


def contents(store: Store) -> dict[str, Any]:
    """What a store holds: runs by preset and plan, done and failed, and the parts they lie in."""
    from simulation.experiments.contents import contents as of

    return of(store)


def query(store: Store, sql: str) -> pd.DataFrame:
    """The answer to one SELECT over a store's tables; no other file can be seen, nothing can be changed."""
    from simulation.store.read import query as ask

    return ask(store, sql)


def export(store: Store, folder: Folder, kind: str = "csv", sql: str | None = None) -> list[Path]:
    """Write a store's tables, or one answer, as csv or parquet files; returns the files."""
    from simulation.store.read import export as write

    return write(store, Path(folder), kind, sql=sql)


def save_plan(
    plan: Given | Plan, name: str | None = None, store: Folder | None = None, *, replace: bool = False
) -> Path:
    """Keep a plan beside the results under a name; it can then be run by that name."""
    from simulation.experiments.plans import save_plan as save

    return save(plan, name, store, replace=replace)


def list_plans(store: Folder | None = None) -> pd.DataFrame:
    """Every plan that can be named: id, title, description, entries, whether it is the user's own, and its file."""
    from simulation.experiments.plans import plan_table

    return plan_table(store)


def scenarios() -> pd.DataFrame:
    """Every preset: id, title, description."""
    from simulation.experiments import catalogue

    return catalogue.scenarios()


def mechanisms() -> pd.DataFrame:
    """Every mechanism that can be switched off by `ablate`."""
    from simulation.experiments import catalogue

    return catalogue.mechanisms()


def measures() -> pd.DataFrame:
    """Every measure: unit, which direction is better, how weeks come to one figure, label, definition."""
    from simulation.experiments import catalogue

    return catalogue.measures()


def levers() -> pd.DataFrame:
    """The closed list of levers that interventions move."""
    from simulation.experiments import catalogue

    return catalogue.levers()


def interventions() -> pd.DataFrame:
    """Every intervention: its card, a column a field."""
    from simulation.experiments import catalogue

    return catalogue.interventions()


def parameters() -> pd.DataFrame:
    """Every parameter: value, unit, range, status, source."""
    from simulation.experiments import catalogue

    return catalogue.parameters()


def model_version() -> str:
    """The version of everything that affects a result."""
    from simulation.store.identity import model_version as version

    return version()


def warm_up(progress: Progress | None = None) -> None:
    """Compile everything that has not been compiled on this machine yet."""
    from simulation.experiments.worlds import warm_up as warm

    warm(progress)


def explain(subject: str = "week") -> list[Phase]:
    """The lines of the week in order, and what each of them does."""
    from simulation.experiments.explain import explain as read

    return read(subject)


def doctor(port: int = 8050, store: Folder | None = None) -> list[Check]:
    """What this machine has and lacks, and how to mend it."""
    from simulation.experiments.machine import checks

    return checks(port, store)
