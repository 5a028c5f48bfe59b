"""A comparison is handed over and goes on by itself: ask how far it is, what it shows so far, or tell it to stop."""

from __future__ import annotations

import threading
from typing import Literal

from simulation.errors import WorkFailed
from simulation.experiments.compare import Comparing
from simulation.experiments.comparison import Comparison
from simulation.experiments.executors import Cancelled

State = Literal["running", "done", "cancelled", "failed"]


class Job:
    """A comparison on a thread of its own."""

    def __init__(self, comparing: Comparing) -> None:
        self._comparing = comparing
        self._stop = threading.Event()
        self._done = 0
        self._fault: Exception | None = None
        self._found: Comparison | None = None
        self.state: State = "running"
        comparing.batch.progress = self._count
        comparing.batch.cancel = self._stop.is_set
        self._thread = threading.Thread(target=self._work, name="spanner-comparison", daemon=True)
        self._thread.start()

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
        self._thread.join(timeout)
        if self._thread.is_alive():
            raise TimeoutError("the comparison is still under way")
        if self._fault is not None:
            raise self._fault
        if self._found is None:
            raise WorkFailed("The comparison ended without a result.")
        return self._found

    def so_far(self) -> Comparison:
        """What the finished runs show; intervals narrow as more come in."""
        return self._comparing.so_far()

    def _count(self, done: int, _total: int) -> None:
        self._done = done

    def _work(self) -> None:
        try:
            self._found = self._comparing.run()
            self.state = "done"
        except Cancelled as stop:
            self._fault, self.state = stop, "cancelled"
        except Exception as fault:  # noqa: BLE001 - it is kept, and raised to whoever asks for the results
            self._fault, self.state = fault, "failed"
