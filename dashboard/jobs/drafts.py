"""Plans being made: each draft keeps its steps, so that undo and redo work across a reload; saved plans keep a name."""

from __future__ import annotations

import json
import re
import secrets
import time
from dataclasses import dataclass
from typing import Any

from dashboard.jobs.database import Database

LONGEST_HISTORY = 60

PlanTable = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """A plan as it stands, and where it is among its steps."""

    id: str
    preset: str
    plan: PlanTable
    position: int
    steps: int
    version: int = 0
    """Counts every change, undo and redo."""

    @property
    def can_undo(self) -> bool:
        return self.position > 0

    @property
    def can_redo(self) -> bool:
        return self.position < self.steps - 1


@dataclass(frozen=True)
class SavedPlan:
    """A plan somebody kept under a name."""

    id: str
    title: str
    preset: str
    plan: PlanTable
    changed: float


@dataclass(frozen=True)
class Drafts:
    """Drafts under ids that cannot be guessed; opening a link makes a draft of one's own."""

    database: Database

    def open(self, preset: str, plan: PlanTable) -> Draft:
        """Begin a draft from a plan."""
        identity = secrets.token_urlsafe(12)
        with self.database.change() as connection:
            connection.execute(
                "INSERT INTO drafts (id, preset, versions, position, changed) VALUES (?,?,?,?,?)",
                (identity, preset, json.dumps([plan]), 0, time.time()),
            )
        return Draft(identity, preset, plan, 0, 1)

    def get(self, identity: str) -> Draft | None:
        """The draft of this id, if there is one."""
        with self.database.connection() as connection:
            row = connection.execute("SELECT * FROM drafts WHERE id = ?", (identity,)).fetchone()
        if row is None:
            return None
        versions = json.loads(row["versions"])
        return Draft(
            row["id"], row["preset"], versions[row["position"]], row["position"], len(versions), row["version"]
        )

    def change(self, identity: str, plan: PlanTable) -> Draft | None:
        """A new step; steps that were undone are dropped."""
        return self._rewrite(identity, lambda versions, position: _pushed(versions, position, plan))

    def undo(self, identity: str) -> Draft | None:
        """One step back."""
        return self._rewrite(identity, lambda versions, position: (versions, max(position - 1, 0)))

    def redo(self, identity: str) -> Draft | None:
        """One step forward again."""
        return self._rewrite(identity, lambda versions, position: (versions, min(position + 1, len(versions) - 1)))

    def _rewrite(self, identity: str, step: Any) -> Draft | None:
        with self.database.change() as connection:
            row = connection.execute("SELECT * FROM drafts WHERE id = ?", (identity,)).fetchone()
            if row is None:
                return None
            versions, position = step(json.loads(row["versions"]), row["position"])
            connection.execute(
                "UPDATE drafts SET versions = ?, position = ?, changed = ?, version = version + 1 WHERE id = ?",
                (json.dumps(versions), position, time.time(), identity),
            )
        return Draft(identity, row["preset"], versions[position], position, len(versions), row["version"] + 1)

    def save(self, preset: str, plan: PlanTable) -> SavedPlan:
        """Keep a plan under an id made from its title; saving again under the same title replaces it."""
        identity = plan_id(str(plan["title"]))
        kept = {**plan, "id": identity}
        with self.database.change() as connection:
            connection.execute(
                "INSERT INTO plans (id, title, preset, plan, changed) VALUES (?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET "
                "title = excluded.title, preset = excluded.preset, plan = excluded.plan, changed = excluded.changed",
                (identity, kept["title"], preset, json.dumps(kept), time.time()),
            )
        return SavedPlan(identity, str(kept["title"]), preset, kept, time.time())

    def saved(self) -> list[SavedPlan]:
        """Every kept plan, the newest first."""
        with self.database.connection() as connection:
            rows = connection.execute("SELECT * FROM plans ORDER BY changed DESC").fetchall()
        return [
            SavedPlan(row["id"], row["title"], row["preset"], json.loads(row["plan"]), row["changed"]) for row in rows
        ]

    def saved_plan(self, identity: str) -> SavedPlan | None:
        """The kept plan of this id, if there is one."""
        return next((plan for plan in self.saved() if plan.id == identity), None)


def plan_id(title: str) -> str:
    """The id of a plan of one's own: my-, and the title in small letters and hyphens."""
    slug = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:56].strip("-")
    return f"my-{slug or 'plan'}"


def _pushed(versions: list[PlanTable], position: int, plan: PlanTable) -> tuple[list[PlanTable], int]:
    if versions[position] == plan:
        return versions, position
    kept = [*versions[: position + 1], plan][-LONGEST_HISTORY:]
    return kept, len(kept) - 1
