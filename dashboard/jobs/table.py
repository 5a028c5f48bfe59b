"""The queue: what was asked for, how far it is, and how it ended."""

from __future__ import annotations

import os
import secrets
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.jobs.database import Database
from dashboard.jobs.request import Kind, Request

State = Literal["queued", "running", "done", "failed", "cancelled"]
OPEN: tuple[State, ...] = ("queued", "running")


@dataclass(frozen=True)
class Job:
    """One request on its way."""

    id: str
    kind: Kind
    title: str
    request: Request
    run_id: str
    state: State
    done: int
    total: int
    created: float
    started: float | None
    finished: float | None
    message: str
    cancel: bool

    @property
    def open(self) -> bool:
        """Still waiting or at work."""
        return self.state in OPEN

    @property
    def share(self) -> float:
        """How much of it is done."""
        return self.done / self.total if self.total else 0.0

    def seconds_left(self, now: float) -> float | None:
        """How long the rest takes at the pace so far; unknown before there is a pace."""
        if self.state != "running" or self.started is None or self.done <= 0:
            return None
        return (now - self.started) / self.done * max(self.total - self.done, 0)

    @property
    def seconds_taken(self) -> float | None:
        """How long it took."""
        return self.finished - self.started if self.finished and self.started else None


def _job(row: sqlite3.Row) -> Job:
    return Job(
        row["id"],
        row["kind"],
        row["title"],
        Request.from_json(row["request"]),
        row["run_id"],
        row["state"],
        row["done"],
        row["total"],
        row["created"],
        row["started"],
        row["finished"],
        row["message"],
        bool(row["cancel"]),
    )


@dataclass(frozen=True)
class JobTable:
    """The kept queue; a job's id cannot be guessed."""

    database: Database

    def submit(self, request: Request, title: str, run_id: str, *, finished: float | None = None) -> Job:
        """Put a request in the queue, or note one that was finished elsewhere."""
        identity = secrets.token_urlsafe(12)
        with self.database.change() as connection:
            state = "queued" if finished is None else "done"
            connection.execute(
                "INSERT INTO jobs (id, kind, title, request, run_id, state, created, started, finished) "
                "VALUES (?,?,?,?,?,?,?,?,?)",
                (identity, request.kind, title, request.to_json(), run_id, state, time.time(), finished, finished),
            )
        return self.get(identity) or _missing(identity)

    def get(self, identity: str) -> Job | None:
        """The job of this id, if there is one."""
        with self.database.connection() as connection:
            row = connection.execute("SELECT * FROM jobs WHERE id = ?", (identity,)).fetchone()
        return _job(row) if row else None

    def listed(self, kinds: Sequence[Kind] = ("comparison",), limit: int = 200) -> list[Job]:
        """Jobs of these kinds, the newest first."""
        marks = ",".join("?" * len(kinds))
        with self.database.connection() as connection:
            rows = connection.execute(
                f"SELECT * FROM jobs WHERE kind IN ({marks}) ORDER BY created DESC LIMIT ?", (*kinds, limit)
            ).fetchall()
        return [_job(row) for row in rows]

    def latest(self, run_id: str, kind: Kind = "comparison") -> Job | None:
        """The newest job with this result."""
        with self.database.connection() as connection:
            row = connection.execute(
                "SELECT * FROM jobs WHERE run_id = ? AND kind = ? ORDER BY created DESC LIMIT 1", (run_id, kind)
            ).fetchone()
        return _job(row) if row else None

    def claim(self, kinds: Sequence[Kind]) -> Job | None:
        """Take the oldest waiting job of these kinds for this process."""
        marks = ",".join("?" * len(kinds))
        with self.database.change() as connection:
            row = connection.execute(
                f"SELECT * FROM jobs WHERE state = 'queued' AND kind IN ({marks}) ORDER BY created LIMIT 1",
                tuple(kinds),
            ).fetchone()
            if row is None:
                return None
            connection.execute(
                "UPDATE jobs SET state = 'running', started = ?, worker = ? WHERE id = ?",
                (time.time(), os.getpid(), row["id"]),
            )
        return self.get(row["id"])

    def advance(self, identity: str, done: int, total: int) -> bool:
        """Note how far a job is; the answer says whether somebody asked to cancel it."""
        with self.database.change() as connection:
            connection.execute(
                "UPDATE jobs SET done = ?, total = ? WHERE id = ? AND state = 'running'", (done, total, identity)
            )
            row = connection.execute("SELECT cancel FROM jobs WHERE id = ?", (identity,)).fetchone()
        return row is None or bool(row["cancel"])

    def finish(self, identity: str, state: State, message: str = "") -> None:
        """Note how a job ended."""
        with self.database.change() as connection:
            connection.execute(
                "UPDATE jobs SET state = ?, finished = ?, message = ? WHERE id = ?",
                (state, time.time(), message, identity),
            )

    def cancel(self, identity: str) -> None:
        """Ask for a running job to stop, and drop a waiting one at once."""
        with self.database.change() as connection:
            connection.execute("UPDATE jobs SET cancel = 1 WHERE id = ? AND state IN ('queued','running')", (identity,))
            connection.execute(
                "UPDATE jobs SET state = 'cancelled', finished = ? WHERE id = ? AND state = 'queued'",
                (time.time(), identity),
            )

    def delete(self, identity: str) -> None:
        """Forget a job that is not at work."""
        with self.database.change() as connection:
            connection.execute("DELETE FROM jobs WHERE id = ? AND state != 'running'", (identity,))

    def uses(self, run_id: str) -> int:
        """How many jobs rest on this result."""
        with self.database.connection() as connection:
            return int(connection.execute("SELECT count(*) FROM jobs WHERE run_id = ?", (run_id,)).fetchone()[0])

    def queue(self) -> dict[str, int]:
        """How many jobs wait and how many are at work."""
        with self.database.connection() as connection:
            counts = dict(connection.execute("SELECT state, count(*) FROM jobs GROUP BY state").fetchall())
        return {"queued": int(counts.get("queued", 0)), "running": int(counts.get("running", 0))}

    def ahead(self, job: Job) -> int:
        """How many jobs of its kind are before a waiting one."""
        with self.database.connection() as connection:
            return int(
                connection.execute(
                    "SELECT count(*) FROM jobs WHERE kind = ? AND (state = 'running' OR (state = 'queued' AND created < ?))",
                    (job.kind, job.created),
                ).fetchone()[0]
            )

    def recover(self) -> int:
        """Put back in the queue what a process that no longer lives had begun."""
        with self.database.change() as connection:
            rows = connection.execute("SELECT id, worker FROM jobs WHERE state = 'running'").fetchall()
            lost = [row["id"] for row in rows if row["worker"] == os.getpid() or not _alive(row["worker"])]
            for identity in lost:
                connection.execute(
                    "UPDATE jobs SET state = 'queued', done = 0, started = NULL WHERE id = ?", (identity,)
                )
            connection.execute("DELETE FROM jobs WHERE kind = 'forecast' AND created < ?", (time.time() - 86_400,))
        return len(lost)


def _alive(process: int | None) -> bool:
    if not process:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _missing(identity: str) -> Job:
    raise LookupError(f"job {identity} vanished as it was submitted")
