"""A comparison is handed over and goes on by itself: ask how far it is, what it shows so far, or tell it to stop."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Literal, Self

from simulation.experiments.cancelled import Cancelled
from simulation.experiments.compare import Comparing
from simulation.experiments.comparison import Comparison

State = Literal["running", "done", "cancelled", "failed"]


class Job:
    """A comparison on a thread of its own; as a context manager it is stopped on the way out."""

    def __init__(self, comparing: Comparing) -> None:
        self._comparing = comparing
        self._stop = threading.Event()
        self._done = 0
        comparing.batch.progress = self._count
        comparing.batch.cancel = self._stop.is_set
        pool = ThreadPoolExecutor(1, thread_name_prefix="spanner-comparison")
        self._work = pool.submit(comparing.run)
        pool.shutdown(wait=False)

    @property
    def state(self) -> State:
        """Whether it is still under way, and if not, how it ended."""
        if not self._work.done():
            return "running"
        fault = self._work.exception()
        if fault is None:
            return "done"
        return "cancelled" if isinstance(fault, Cancelled) else "failed"

    def progress(self) -> tuple[int, int]:
        """How many runs are done, and of how many."""
        return self._done, self._comparing.design.total

    def cancel(self) -> None:
        """Ask for a stop; what was done stays, in the store if there is one."""
        self._stop.set()

    def results(self, timeout: float | None = None) -> Comparison:
        """Wait for the end and give the whole comparison.

        Raises Cancelled when it was stopped, TimeoutError when it is not done in time, else what stopped the work.
        """
        return self._work.result(timeout)

    def so_far(self) -> Comparison:
        """What the finished runs show; intervals narrow as more come in."""
        return self._comparing.so_far()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()

    def _count(self, done: int, _total: int) -> None:
        self._done = done
