"""A batch of runs is done once: what a store holds is read, the rest is run and kept, and failures become rows."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from simulation.experiments.executors import WorkerLost, imap
from simulation.experiments.outcomes import Counted
from simulation.experiments.performing import Execute, Task, lost, perform
from simulation.experiments.recent import Recent
from simulation.schema import RunSpec
from simulation.store.identity import Namer
from simulation.store.read import done_ids, load
from simulation.store.records import Record
from simulation.store.store import Store, Writer

CHUNK_S: Final = 5.0  # a chunk should last 2 to 30 seconds: long enough to be worth sending, short enough to lose
LOADED_AT_ONCE: Final = 512


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
    ready: Callable[[], object] | None = None
    """Asked before the first run, when the store knows of this batch; what it raises ends it."""
    reused: int = field(default=0, init=False)
    failed: int = field(default=0, init=False)

    def run(self, groups: Iterable[Sequence[RunSpec]], total: int) -> Generator[Record]:
        """Every run of the groups once, in the order in which they come; raises Cancelled when stopped.

        What was done before a stop or a crash is in the store, so asking again goes on from there.
        """
        with self.store.writing() if self.store is not None else nullcontext():
            if self.ready is not None:
                self.ready()
            yield from self._run(groups, total)

    def _run(self, groups: Iterable[Sequence[RunSpec]], total: int) -> Generator[Record]:
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
                yield lost(given, answer, model)
        if not suspects:
            return
        for index, answer in imap(work, suspects, executor=self.executor, workers=self.workers, cancel=self.cancel):
            yield lost(suspects[index], answer, model) if isinstance(answer, WorkerLost) else answer

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
