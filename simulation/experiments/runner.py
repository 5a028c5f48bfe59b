"""A batch of runs is done once: what a store holds is read, the rest is run and kept, and failures become rows."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, Protocol

import numpy as np
import pandas as pd

from simulation.errors import SpannerError
from simulation.experiments.cancelled import Cancelled
from simulation.experiments.executors import WorkerLost, imap
from simulation.experiments.markets import MarketMeasure, span_values, weekly_values
from simulation.experiments.outcomes import Counted, outcome, outcomes
from simulation.experiments.recent import Recent
from simulation.schema import RunSpec
from simulation.store.identity import Namer
from simulation.store.read import done_ids, load
from simulation.store.records import Failure, Record
from simulation.store.store import Store, Writer

CHUNK_S: Final = 5.0  # a chunk should last 2 to 30 seconds: long enough to be worth sending, short enough to lose
LOADED_AT_ONCE: Final = 512


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


@dataclass
class Batch:
    """How a batch is to be done; `run` does it and yields each run as a record."""

    execute: Execute
    measures: Sequence[Counted]
    store: Store | None = None
    executor: str = "threads"
    workers: int | None = None
    detail: bool = False
    progress: Callable[[int, int], None] | None = None
    cancel: Callable[[], bool] | None = None
    model: str | None = None
    recent: Recent | None = None
    reused: int = field(default=0, init=False)
    failed: int = field(default=0, init=False)

    def run(self, groups: Iterable[Sequence[RunSpec]], total: int) -> Generator[Record]:
        """Every run of the groups once, in the order in which they come; raises Cancelled when stopped.

        What was done before a stop or a crash is in the store, so asking again goes on from there.
        """
        stored = done_ids(self.store) if self.store is not None else set()
        known = self.recent.known(self._names()) if self.recent is not None else {}
        sorter = _Sorter(groups, Namer(self.model), stored, known)
        writer = Writer(self.store) if self.store is not None else None
        done = 0
        try:
            for records in self._answers(sorter):
                for record in [*self._held(sorter), *records]:
                    done += 1
                    if self.recent is not None:
                        self.recent.keep(record)
                    self.failed += not record.done
                    if writer is not None and record.run_id not in sorter.held:
                        writer.add(record)
                    yield record
                self._tell(done, total)
            for record in self._held(sorter):
                done += 1
                yield record
            self._tell(done, total)
        finally:
            if writer is not None:
                writer.flush()

    def _answers(self, sorter: _Sorter) -> Iterator[list[Record]]:
        """Chunks of finished runs. When a chunk kills its workers, its runs are tried one by one at the end."""
        model = sorter.namer.model
        cancel = None if self.executor == "processes" else self.cancel  # a flag cannot be sent to a process
        work = partial(perform, self.execute, tuple(self.measures), model, self.detail, cancel)
        suspects: list[list[Task]] = []
        chunks = Chunks(sorter, whole=self.executor == "processes")
        for index, answer in imap(work, chunks, executor=self.executor, workers=self.workers, cancel=self.cancel):
            given = chunks.given.pop(index)
            if not isinstance(answer, WorkerLost):
                chunks.note(answer)
                yield answer
            elif len(given) > 1:
                suspects += [[task] for task in given]
            else:
                yield _lost(given, answer, model)
        if not suspects:
            return
        for index, answer in imap(work, suspects, executor=self.executor, workers=self.workers, cancel=self.cancel):
            yield _lost(suspects[index], answer, model) if isinstance(answer, WorkerLost) else answer

    def _held(self, sorter: _Sorter) -> Iterator[Record]:
        """The runs met so far that are at hand, and those that the store already holds."""
        while sorter.at_hand:
            self.reused += 1
            yield sorter.at_hand.pop()
        while sorter.met and self.store is not None:
            part, sorter.met = sorter.met[:LOADED_AT_ONCE], sorter.met[LOADED_AT_ONCE:]
            for record in load(self.store, part, self._names()).values():
                self.reused += 1
                yield record

    def _names(self) -> tuple[str, ...]:
        return tuple(measure.id for measure in self.measures if getattr(measure, "weekly", True))

    def _tell(self, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress(done, total)


class _Sorter:
    """Reads groups as there is room for work: runs not held are handed on, held ones noted, others dropped."""

    def __init__(
        self, groups: Iterable[Sequence[RunSpec]], namer: Namer, held: set[str], known: Mapping[str, Record]
    ) -> None:
        self.namer = namer
        self.held = held
        self.met: list[str] = []
        self.at_hand: list[Record] = []
        self._known = known
        self._groups = groups
        self._seen: set[str] = set()

    def __iter__(self) -> Iterator[list[Task]]:
        for group in self._groups:
            fresh: list[Task] = []
            for spec in group:
                name = self.namer(spec)
                if name in self._seen:
                    continue
                self._seen.add(name)
                if name in self.held:
                    self.met.append(name)
                elif name in self._known:
                    self.at_hand.append(self._known[name])
                else:
                    fresh.append(Task(name, self.namer.text(spec.plan), spec))
            if fresh:
                yield fresh


class Chunks:
    """Groups put together so that a chunk lasts some seconds, judged by the runs that are done; `given` is what is out.

    Threads and the serial executor take a group at a time: sending costs them nothing, and they stop sooner.
    """

    def __init__(self, groups: Iterable[list[Task]], *, whole: bool) -> None:
        self.given: dict[int, list[Task]] = {}
        self._groups = iter(groups)
        self._whole = whole
        self._runs = 0
        self._seconds = 0.0
        self._count = 0

    def note(self, records: Sequence[Record]) -> None:
        """Learn from finished runs how long one takes."""
        self._runs += len(records)
        self._seconds += sum(record.elapsed_s for record in records)

    def __iter__(self) -> Iterator[list[Task]]:
        while True:
            chunk: list[Task] = []
            wanted = self._wanted()
            while len(chunk) < wanted and (group := next(self._groups, None)) is not None:
                chunk += group
            if not chunk:
                return
            self.given[self._count] = chunk
            self._count += 1
            yield chunk

    def _wanted(self) -> int:
        """How many runs a chunk should hold now."""
        if not self._whole or not self._runs:
            return 1
        return max(1, int(CHUNK_S / max(self._seconds / self._runs, 1e-3)))


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


def _lost(tasks: Sequence[Task], answer: WorkerLost, model: str) -> list[Record]:
    """A chunk that no worker survived: each of its runs has failed."""
    message = f"the worker process died {answer.attempts} times while doing this run's chunk"
    return [_failed(task, model, "WorkerLost", message) for task in tasks]
