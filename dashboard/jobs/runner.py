"""Two workers take jobs from the queue: one for comparisons and places, one for live forecasts, so that neither waits long."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dashboard.jobs.request import Kind, Request
from dashboard.jobs.result import Result, Results
from dashboard.jobs.table import Job, JobTable

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]
Compute = Callable[[Request, Progress, Cancel], Result]
Refusal = Callable[[Exception], str]
LANES: tuple[tuple[Kind, ...], ...] = (("comparison", "place"), ("forecast",))
PAUSE = 0.15
log = logging.getLogger("dashboard.jobs")


class Cancelled(Exception):
    """Somebody asked for the work to stop, and it did."""


@dataclass
class Runner:
    """Computes what is in the queue. `errors` are the faults a computation may end with; others are faults of ours and logged."""

    jobs: JobTable
    results: Results
    compute: Compute
    _wake: threading.Event = field(default_factory=threading.Event)
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        """Put lost jobs back and begin to work."""
        self.jobs.recover()
        for kinds in LANES:
            thread = threading.Thread(target=self._work, args=(kinds,), name=f"jobs-{kinds[0]}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Finish no further work; a running job is put back by the next start."""
        self._stop.set()
        self._wake.set()
        for thread in self._threads:
            thread.join(timeout=5)

    def notify(self) -> None:
        """Something was put in the queue."""
        self._wake.set()

    def _work(self, kinds: Sequence[Kind]) -> None:
        while not self._stop.is_set():
            job = self.jobs.claim(kinds)
            if job is None:
                self._wake.wait(PAUSE)
                self._wake.clear()
                continue
            self._do(job)

    def _do(self, job: Job) -> None:
        pulse = _Pulse(self.jobs, job, self._stop)
        try:
            if self.results.read(job.run_id) is None:
                self.results.write(job.run_id, self.compute(job.request, pulse.progress, pulse.cancelled))
                if self.jobs.get(job.id) is None:  # what it was for has been forgotten meanwhile
                    self.results.delete(job.run_id)
        except Cancelled:
            if not self._stop.is_set():
                self.jobs.finish(job.id, "cancelled")
            return
        except Exception as error:
            if pulse.cancelled():
                self.jobs.finish(job.id, "cancelled")
                return
            if not getattr(error, "code", None):
                log.exception("job %s failed", job.id)
            self.jobs.finish(job.id, "failed", said(error))
            return
        self.jobs.finish(job.id, "done")


class _Pulse:
    """Writes progress a few times a second and learns on the way whether the job is to stop."""

    def __init__(self, jobs: JobTable, job: Job, stop: threading.Event) -> None:
        self.jobs, self.job, self.stop = jobs, job, stop
        self.asked = False
        self.last = 0.0
        self.lock = threading.Lock()
        self.counts = (0, 0)

    def progress(self, done: int, total: int) -> None:
        """Called by the computation, from any thread."""
        self.counts = (done, total)
        self._beat(done >= total)

    def cancelled(self) -> bool:
        """Whether to stop; asks the table now and then even when no progress is made."""
        self._beat(False)
        return self.asked or self.stop.is_set()

    def _beat(self, force: bool) -> None:
        now = time.monotonic()
        if not force and now - self.last < 0.2:
            return
        with self.lock:
            self.last = now
            self.asked = self.jobs.advance(self.job.id, *self.counts) or self.asked


def said(error: Exception) -> str:
    """One sentence for whoever asked: the model's own where it has one."""
    message = getattr(error, "message", None)
    if isinstance(message, str) and message:
        return message
    return f"The work stopped on a fault of ours ({type(error).__name__}); the details are in the server's log."
