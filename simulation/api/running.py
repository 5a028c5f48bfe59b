"""Places and plans are loaded, run, repeated and compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from simulation.api.asked import Cancel, Folder, Given, Progress
from simulation.errors import OutOfRange

if TYPE_CHECKING:
    import pandas as pd

    from simulation.experiments.compare import Comparing
    from simulation.experiments.comparison import Comparison
    from simulation.experiments.jobs import Job
    from simulation.experiments.repeated import Repeated
    from simulation.experiments.sight import Sight
    from simulation.experiments.single import Run
    from simulation.schema import Plan, Scenario
    from simulation.world.model import World


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
    ablate: str | Iterable[str] | None = (),
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
    ablate: str | Iterable[str] | None = (),
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
    ablate: str | Iterable[str] | None = (),
    parameters: Mapping[str, float] | None = None,
    workers: int | None = None,
    store: Folder | None = None,
    recent: bool = False,
    equal_cost: bool = False,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Comparison:
    """Plans against a baseline, pair by pair on common random numbers.

    Across an `ensemble` (a name, a file or a list of tables of parameter values) each replicate takes one of its draws; intervals then
    hold whichever draw is the truth, and `to_dict()["ensemble"]` says how much of them is chance and which plan is best how surely.
    With a `store` every run is kept there, and runs it holds are not done again; with `recent` the same goes for runs
    done lately in this process, such as those of a baseline against which a plan is tried again and again. With `equal_cost` doses
    are scaled down until every plan costs what the cheapest does; the warnings say by how much. `progress` is told runs done and in
    all; when `cancel` says so, Cancelled is raised and the store can be gone on with. Failing runs are left out of
    their pairs and listed in `failures`.
    """
    return _comparing(
        scenario, plans, baseline, weeks, replicates, seed, executor, ensemble, ablate, parameters, workers, store,
        progress, cancel, recent, equal_cost,
    ).run()  # fmt: skip


def repeat(
    scenario: Given | Scenario,
    plan: Given | Plan = "do-as-now",
    weeks: int = 260,
    replicates: int = 32,
    seed: int = 1,
    executor: str = "threads",
    *,
    ablate: str | Iterable[str] | None = (),
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


def flows(
    scenario: Given | Scenario,
    plan: Given | Plan = "do-as-now",
    weeks: int = 52,
    replicates: int = 4,
    seed: int = 1,
    *,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> pd.DataFrame:
    """Goods (kg pure) and money (GBP) from hand to hand, the mean over runs: kind, source, target, value, unit."""
    from simulation.experiments.cancelled import Cancelled
    from simulation.experiments.flows import flows as follow
    from simulation.experiments.flows import mean
    from simulation.experiments.spec import check_numbers
    from simulation.experiments.support import supports
    from simulation.experiments.worlds import specify

    check_numbers(weeks=weeks, replicates=replicates, seed=seed)
    found: list[pd.DataFrame] = []
    for replicate in range(replicates):
        if cancel is not None and cancel():
            raise Cancelled
        spec = specify(scenario, plan, weeks=weeks, seed=seed, replicate=replicate, ablate=(), parameters=None)
        found.append(follow(spec, 0, weeks - 1))
        if progress is not None:
            progress(len(found), replicates)
    return supports().flows(mean(found))


def sight(scenario: Given | Scenario, plan: Given | Plan = "do-as-now", weeks: int = 52, seed: int = 1) -> Sight:
    """What police see beside what is, after the last week of one run: people by role, businesses and their ties."""
    from simulation.experiments.sight import sight as see
    from simulation.experiments.spec import check_numbers
    from simulation.experiments.support import supports
    from simulation.experiments.worlds import specify

    check_numbers(weeks=weeks, seed=seed)
    found = see(specify(scenario, plan, weeks=weeks, seed=seed, replicate=0, ablate=(), parameters=None))
    supports().picture("sight", *found)
    return found


def weak_points(
    scenario: Given | Scenario,
    plan: Given | Plan = "do-as-now",
    weeks: int = 52,
    seed: int = 1,
    replicate: int = 0,
    *,
    business: Sequence[str] = (),
    within: float = 26.0,
) -> pd.DataFrame:
    """The cheapest ways to break businesses that trade at the end of a run, from the books of its last year.

    A row a business and way in, the cheapest first: what a tenth of it costs the business (GBP a week, GBP at once), its
    runway before and after, the share and the pounds that bring its runway down to `within` weeks, and which cards can do
    it by which levers. What no card can do at its strongest comes last; `left_out` says why.
    """
    from simulation.experiments.spec import check_numbers
    from simulation.experiments.support import supports
    from simulation.experiments.weak_points import of_run
    from simulation.experiments.worlds import specify

    check_numbers(weeks=weeks, replicates=1, seed=seed)
    if not 1.0 <= within <= 520.0:
        raise OutOfRange(key="within", given=within, allowed="1 to 520 weeks")
    spec = specify(scenario, plan, weeks=weeks, seed=seed, replicate=replicate, ablate=(), parameters=None)
    found = of_run(spec, business, within)
    supports().picture("books", found)
    return found


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
    ablate: str | Iterable[str] | None = (),
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
    ablate: str | Iterable[str] | None,
    parameters: Mapping[str, float] | None,
    workers: int | None,
    store: Folder | None,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    recent: bool = False,
    equal_cost: bool = False,
) -> Comparing:
    from simulation.experiments.compare import comparing
    from simulation.experiments.plans import find_plan
    from simulation.experiments.spec import design, each_plan

    laid_out = design(
        scenario, [find_plan(plan, store) for plan in each_plan(plans)], find_plan(baseline, store), weeks=weeks,
        replicates=replicates, seed=seed, ablate=ablate, parameters=parameters, ensemble=ensemble, equal_cost=equal_cost,
    )  # fmt: skip
    return comparing(
        laid_out, store=store, executor=executor, workers=workers, recent=recent, progress=progress, cancel=cancel
    )
