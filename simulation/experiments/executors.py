"""One seam for doing many things: in turn, on threads, or in processes that survive the death of a worker.

`imap(fn, chunks)` yields `(index, result)` as results come. Compiled kernels let go of Python's lock, so threads are
enough for small work; processes isolate. A chunk whose worker died is given to another; one that kills every worker it
meets is given up alone, as a `WorkerLost`, and the rest goes on.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Final, Literal, get_args

import psutil
from loky import ProcessPoolExecutor

from simulation.errors import UnknownName
from simulation.experiments.cancelled import Cancelled

Executor = Literal["serial", "threads", "processes"]
EXECUTORS: Final[tuple[str, ...]] = get_args(Executor)
ATTEMPTS: Final = 3
WATCH_S: Final = 0.5
POLL_S: Final = 0.1


@dataclass(frozen=True)
class WorkerLost:
    """Every worker that took this chunk died of it."""

    attempts: int


def available_workers() -> int:
    """How many processors this process may use."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1))


def imap[C, R](
    fn: Callable[[C], R],
    chunks: Iterable[C],
    *,
    executor: str = "threads",
    workers: int | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Iterator[tuple[int, R | WorkerLost]]:
    """Apply `fn` to each chunk and yield index and result in the order of completion; chunks are drawn as needed.

    Raises Cancelled soon after `cancel` says so, and whatever `fn` raises.
    """
    if executor not in EXECUTORS:
        raise UnknownName.among(executor, EXECUTORS, key="executor")
    stop = cancel or _never
    count = workers or available_workers()
    if executor == "serial":
        return _serial(fn, chunks, stop)
    if executor == "threads":
        return _threads(fn, chunks, count, stop)
    return _processes(fn, chunks, count, stop)


def _never() -> bool:
    return False


def _serial[C, R](fn: Callable[[C], R], chunks: Iterable[C], stop: Callable[[], bool]) -> Iterator[tuple[int, R]]:
    for index, chunk in enumerate(chunks):
        if stop():
            raise Cancelled
        yield index, fn(chunk)
        if stop():
            raise Cancelled


def _threads[C, R](
    fn: Callable[[C], R], chunks: Iterable[C], workers: int, stop: Callable[[], bool]
) -> Iterator[tuple[int, R]]:
    pool = ThreadPoolExecutor(workers, thread_name_prefix="spanner")
    source = enumerate(chunks)
    running: dict[Future[R], int] = {}
    try:
        while True:
            while len(running) < workers and (item := next(source, None)) is not None:
                running[pool.submit(fn, item[1])] = item[0]
            if not running:
                return
            done = _wait(running, stop)
            for future in done:
                yield running.pop(future), future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _wait[R](running: Collection[Future[R]], stop: Callable[[], bool]) -> set[Future[R]]:
    """The futures that are done, once some are; looks at the cancel flag meanwhile."""
    while True:
        if stop():
            raise Cancelled
        done, _ = wait(running, timeout=POLL_S, return_when=FIRST_COMPLETED)
        if done:
            return done


@dataclass
class _Job[C]:
    index: int
    chunk: C
    strikes: int = 0


class _Processes[C, R]:
    """A pool that is made anew when a worker dies, and remembers which chunks were under way then."""

    def __init__(self, fn: Callable[[C], R], chunks: Iterable[C], workers: int) -> None:
        self.fn = fn
        self.workers = workers
        self.running: dict[Future[R], _Job[C]] = {}
        self._source = (_Job(index, chunk) for index, chunk in enumerate(chunks))
        self._again: deque[_Job[C]] = deque()
        self._pool = _pool(workers)

    def fill(self) -> None:
        """Hand out work. Chunks that saw a worker die go one at a time, so that only the guilty one is given up."""
        while len(self.running) < (1 if self._again else self.workers + 1):
            job = self._again.popleft() if self._again else next(self._source, None)
            if job is None:
                return
            try:
                self.running[self._pool.submit(self.fn, job.chunk)] = job
            except BrokenProcessPool:  # a worker was killed while idle
                self._again.appendleft(job)
                self.renew()
            if job.strikes:
                return

    def lost(self, job: _Job[C]) -> WorkerLost | None:
        """Note that a chunk's worker died; says so when it is the last time."""
        job.strikes += 1
        if job.strikes >= ATTEMPTS:
            return WorkerLost(job.strikes)
        self._again.append(job)
        return None

    def renew(self) -> None:
        """Put a new pool in the place of a broken one; what was under way is done again."""
        for job in self.running.values():
            job.strikes = max(job.strikes, 1)
            self._again.append(job)
        self.running.clear()
        self.close()
        self._pool = _pool(self.workers)

    def close(self) -> None:
        """Let go of the workers at once."""
        self._pool.shutdown(wait=True, kill_workers=True)


def _processes[C, R](
    fn: Callable[[C], R], chunks: Iterable[C], workers: int, stop: Callable[[], bool]
) -> Iterator[tuple[int, R | WorkerLost]]:
    work = _Processes(fn, chunks, workers)
    try:
        while True:
            work.fill()
            if not work.running:
                return
            broken = False
            for future in _wait(work.running, stop):
                job = work.running.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    broken = True
                    verdict = work.lost(job)
                    if verdict is not None:
                        yield job.index, verdict
                else:
                    yield job.index, future.result()
            if broken:
                work.renew()
    finally:
        work.close()


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, timeout=None, initializer=_enter_worker, initargs=(os.getpid(),))


def _enter_worker(parent: int) -> None:
    """A worker leaves Ctrl-C to its parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_watch, args=(parent,), name="watch-parent", daemon=True).start()


def _watch(parent: int) -> None:
    try:
        process = psutil.Process(parent)
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            time.sleep(WATCH_S)
    except psutil.NoSuchProcess:
        pass
    os._exit(1)
