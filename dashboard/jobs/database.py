"""One small SQLite file keeps the queue, the drafts and the saved plans, so that a reload or a restart loses nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, request TEXT NOT NULL, run_id TEXT NOT NULL,
    state TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0, created REAL NOT NULL,
    started REAL, finished REAL, message TEXT NOT NULL DEFAULT '', cancel INTEGER NOT NULL DEFAULT 0, worker INTEGER
);
CREATE INDEX IF NOT EXISTS jobs_state ON jobs (state, created);
CREATE TABLE IF NOT EXISTS drafts (
    id TEXT PRIMARY KEY, preset TEXT NOT NULL, versions TEXT NOT NULL, position INTEGER NOT NULL, changed REAL NOT NULL,
    version INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS plans (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, preset TEXT NOT NULL, plan TEXT NOT NULL, changed REAL NOT NULL
);
"""


@dataclass(frozen=True)
class Database:
    """The file; every use opens its own connection, so that threads never share one."""

    path: Path

    def prepare(self) -> None:
        """Make the folder and the tables."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.connection() as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.executescript(SCHEMA)

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """A connection whose work is kept as a whole or not at all."""
        connection = sqlite3.connect(self.path, timeout=20.0, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous=NORMAL")
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """A transaction that takes the write lock at once."""
        with self.connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
