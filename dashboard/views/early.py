"""What would be seen early if a plan works: which series tell success from failure, and after how many weeks."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.figures.dip import Sign
from dashboard.jobs.result import Result
from dashboard.text.numbers import interval, percent, plain
from dashboard.views.frames import Row, pick, records
from dashboard.views.support import marked

EARLIEST = 5


def early_rows(result: Result, plan: str) -> list[Row]:
    """Every observed series of a plan, the earliest first."""
    rows = pick(result.early, plan=plan)
    return [row for row in records(rows) if not row["reason"]] if len(rows) else []


def early_reason(result: Result, plan: str) -> str:
    """Why nothing is said of what tells early; empty where something is."""
    rows = pick(result.early, plan=plan)
    return next((str(row["reason"]) for row in records(rows) if row["reason"]), "") if len(rows) else ""


def early_signs(result: Result, plan: str) -> list[Sign]:
    """The few series that tell first."""
    told = [row for row in early_rows(result, plan) if _week(row) is not None]
    return [Sign(_way(row), _week(row) or 0, percent(_told(row))) for row in told[:EARLIEST]]


def early_title(result: Result, plan: str, signs: Sequence[Sign]) -> str:
    """What would be seen first."""
    if signs:
        said = f"{signs[0].title} first, after {signs[0].week} weeks, where {result.plans[plan]} works"
        return marked(said, result, "early")
    return marked("Nothing that is seen tells success from failure", result, "early")


def early_table(result: Result, plan: str) -> list[tuple[str, ...]]:
    """Every observed series: when it tells, how well, and how plainly the plan itself shows in it."""
    return [
        (_way(row), str(_week(row) or "–"), f"{plain(row['auc'])} ({interval(row['low'], row['high'], plain)})",
         plain(row["shown"]) if row["shown"] is not None else "–")
        for row in early_rows(result, plan)
    ]  # fmt: skip


def split_words(result: Result, plan: str) -> str:
    """What success means here."""
    rows = early_rows(result, plan)
    if rows and rows[0]["split"] == "better-half":
        return "nearly all pairs come out alike, so the better half of them stands for success"
    return "success is a pair in which harm was averted"


def _week(row: Row) -> int | None:
    value = row["week"]
    return None if value is None or pd.isna(value) else int(value)


def _told(row: Row) -> float:
    return max(float(row["auc"]), 1.0 - float(row["auc"]))


def _way(row: Row) -> str:
    return f"{row['label']} {'higher' if row['direction'] == 'up' else 'lower'}"
