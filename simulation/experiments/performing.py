"""A run is performed and becomes a record; what goes wrong in it is a record too, and the others go on."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd

from simulation.errors import SpannerError
from simulation.experiments.cancelled import Cancelled
from simulation.experiments.executors import WorkerLost
from simulation.experiments.markets import MarketMeasure, span_values, weekly_values
from simulation.experiments.outcomes import Counted, outcome, outcomes
from simulation.schema import RunSpec
from simulation.store.records import Failure, Record


class Result(Protocol):
    """What a run of the model gives."""

    @property
    def series(self) -> np.ndarray: ...
    @property
    def place(self) -> np.ndarray: ...
    @property
    def place_measures(self) -> Sequence[Any]: ...
    @property
    def localities(self) -> Sequence[dict[str, Any]]: ...
    @property
    def cost(self) -> dict[str, Any]: ...
    @property
    def events(self) -> pd.DataFrame | None: ...
    @property
    def warnings(self) -> Sequence[str]: ...


class Execute(Protocol):
    """The model as a function of a spec."""

    def __call__(self, spec: RunSpec, *, detail: bool = False, cancel: Callable[[], bool] | None = None) -> Result: ...


@dataclass(frozen=True)
class Task:
    """A run and its name."""

    run_id: str
    plan_spec: str
    spec: RunSpec


def perform(
    execute: Execute,
    measures: Sequence[Counted],
    model: str,
    detail: bool,
    cancel: Callable[[], bool] | None,
    tasks: Sequence[Task],
) -> list[Record]:
    """Do the runs of a chunk one after the other; a run that fails is a record that says why."""
    return [_one(execute, measures, model, detail, cancel, task) for task in tasks]


def _one(
    execute: Execute,
    measures: Sequence[Counted],
    model: str,
    detail: bool,
    cancel: Callable[[], bool] | None,
    task: Task,
) -> Record:
    begun = time.perf_counter()
    try:
        result = execute(task.spec, detail=detail, cancel=cancel)
    except Cancelled:
        raise
    except SpannerError as error:
        return _failed(task, model, type(error).__name__, error.message, traceback.format_exc())
    except Exception as error:  # noqa: BLE001 - whatever goes wrong in one run is that run's row, and the batch goes on
        return _failed(task, model, type(error).__name__, str(error), traceback.format_exc())
    return _finished(task, model, result, measures, time.perf_counter() - begun)


def _asked(task: Task, model: str) -> dict[str, Any]:
    spec = task.spec
    return {
        "run_id": task.run_id,
        "preset": spec.scenario.id,
        "plan": spec.plan.id,
        "seed": spec.seed,
        "replicate": spec.replicate,
        "weeks": spec.weeks,
        "draw": spec.draw,
        "plan_spec": task.plan_spec,
        "parameters": dict(spec.parameters),
        "ablate": tuple(spec.ablate),
        "model_version": model,
    }


def _finished(task: Task, model: str, result: Result, measures: Sequence[Counted], elapsed: float) -> Record:
    own = [measure for measure in measures if not isinstance(measure, MarketMeasure)]
    traded = [measure for measure in measures if isinstance(measure, MarketMeasure)]
    weekly = [measure for measure in traded if measure.weekly]
    series = np.ascontiguousarray(result.series, dtype=np.float64)
    figures = dict(zip([measure.id for measure in own], outcomes(series, own), strict=True))
    if traded:
        figures |= dict(zip([measure.id for measure in traded], span_values(result, traded), strict=True))
        series = np.hstack([series, weekly_values(result, weekly)])
    aggregate = {measure.id: measure.aggregate for measure in own}
    names = tuple(str(getattr(measure, "id", measure)) for measure in result.place_measures)
    place = np.asarray(result.place, dtype=np.float64)
    places = np.empty((len(result.localities), len(names)))
    for column, name in enumerate(names):
        places[:, column] = outcome(place[:, :, column], name, aggregate.get(name, "sum"))
    return Record(
        **_asked(task, model),
        elapsed_s=elapsed,
        measures=(*(measure.id for measure in own), *(measure.id for measure in weekly)),
        series=series,
        outcomes={name: float(value) for name, value in figures.items()},
        localities=tuple(dict(locality) for locality in result.localities),
        place_measures=names,
        places=places,
        cost=dict(result.cost),
        warnings=tuple(result.warnings),
        events=result.events,
    )


def _failed(task: Task, model: str, kind: str, message: str, trace: str = "") -> Record:
    return Record(**_asked(task, model), failure=Failure(kind, message, trace))


def lost(tasks: Sequence[Task], answer: WorkerLost, model: str) -> list[Record]:
    """A chunk that no worker survived: each of its runs has failed."""
    message = f"the worker process died {answer.attempts} times while doing this run's chunk"
    return [_failed(task, model, "WorkerLost", message) for task in tasks]
