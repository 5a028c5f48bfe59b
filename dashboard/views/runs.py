"""The history of jobs in words."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.jobs.table import Job
from dashboard.text.numbers import counted, duration, percent, weeks_in_words
from dashboard.views.catalogue import Catalogue


@dataclass(frozen=True)
class RunRow:
    """One job as a row."""

    id: str
    run_id: str
    title: str
    note: str
    place: str
    asked: str
    when: str
    state: str
    look: str
    share: float | None
    open: bool
    has_result: bool


def rows(jobs: Sequence[Job], catalogue: Catalogue, now: float) -> list[RunRow]:
    """A row a job."""
    return [row(job, catalogue, now) for job in jobs]


def row(job: Job, catalogue: Catalogue, now: float) -> RunRow:
    """What one job is, and how it stands."""
    request = job.request
    place = catalogue.places.get(request.preset)
    asked = f"{weeks_in_words(request.weeks)}, {counted(request.replicates, 'pair')}, seed {request.seed}"
    share = job.share if job.state == "running" else None
    left = job.seconds_left(now)
    note = job.message
    if job.state == "done" and job.seconds_taken is not None:
        note = f"Took {duration(job.seconds_taken)}"
    state = {"queued": "Waiting", "done": "Done", "failed": "Failed", "cancelled": "Cancelled"}.get(job.state, "")
    if job.state == "running":
        state = f"{percent(job.share)}" + (f", {duration(left)} left" if left is not None else "")
    look = {"done": "", "failed": "look"}.get(job.state, "quiet")
    return RunRow(
        job.id,
        job.run_id,
        job.title,
        note,
        place.title if place else request.preset,
        asked,
        moment(job.created, now),
        state,
        look,
        share,
        job.open,
        job.state == "done",
    )


def moment(stamp: float, now: float) -> str:
    """A point of time as people say it: Today, 09:12; Yesterday, 17:40; Fri 20 Nov."""
    then, today = time.localtime(stamp), time.localtime(now)
    clock = time.strftime("%H:%M", then)
    days = (time.mktime((*today[:3], 0, 0, 0, 0, 0, -1)) - time.mktime((*then[:3], 0, 0, 0, 0, 0, -1))) / 86_400
    if round(days) == 0:
        return f"Today, {clock}"
    if round(days) == 1:
        return f"Yesterday, {clock}"
    return time.strftime("%a ", then) + str(then.tm_mday) + time.strftime(" %b", then)


def summary(jobs: Sequence[Job]) -> str:
    """How many are kept and how many are at work."""
    open_ = sum(job.open for job in jobs)
    text = f"{counted(len(jobs), 'comparison').capitalize()} kept on this machine"
    return f"{text}; {open_} still running." if open_ else f"{text}."
