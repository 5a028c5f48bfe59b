"""What police see beside what is: the words and figures of the picture, people by role and businesses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.jobs.result import Result
from dashboard.text.numbers import NONE, percent, plain
from dashboard.views.catalogue import words
from dashboard.views.support import marked

ROLES = {"organiser": "Organisers", "staff": "Staff above the street", "specialist": "Specialists", "holder": "Holders of lines",
         "runner": "Runners", "broker": "Brokers", "thief": "Thieves", "fence": "Fences", "coder": "Coders", "forger": "Forgers",
         "herder": "Herders", "recruiter": "Recruiters", "caller": "Callers"}  # fmt: skip


@dataclass(frozen=True)
class Sight:
    """One run's end: what the card says, its rows by role, and whether single businesses may be drawn."""

    title: str
    sub: str
    rows: tuple[tuple[str, str, str, str, str], ...]
    """Role, there, seen, missed, ghosts."""
    dots: pd.DataFrame
    ties: pd.DataFrame
    says: tuple[str, str]
    """What the two pictures show, for those who do not see them."""


def sight(result: Result) -> Sight | None:
    """The picture of a place, where the result holds one."""
    roles = result.roles
    if roles.empty:
        return None
    known = roles.dropna(subset=["there", "seen"])
    there, seen = (float(np.nansum(known[name].to_numpy(dtype=float))) for name in ("there", "seen"))
    ghosts = float(np.nansum(roles["ghosts"].to_numpy(dtype=float)))
    if there <= 0:
        return None
    title = f"Police see {percent(seen / there)} of the people in organised crime"
    dots = result.dots
    says = ("", "")
    if not dots.empty:
        real = (dots["what"] == "business").to_numpy()
        number, made_up = int(np.count_nonzero(real)), int(np.count_nonzero(dots["what"] == "ghost"))
        visible = int(np.count_nonzero(real & dots["seen"].to_numpy(dtype=bool)))
        pairs = int(np.count_nonzero(result.ties["seen"])) if not result.ties.empty else 0
        title += f" and {percent(visible / max(1, number))} of the businesses"
        says = (
            f"{number} businesses, {visible} of them seen by police and {number - visible} missed, "
            f"with {len(result.ties)} pairs that have people in common or know each other.",
            f"{visible} businesses, {pairs} pairs of them, and {made_up} ghosts: people who are not there.",
        )
    sub = (
        f"At the end of one simulated year. Of those in the picture, {plain(ghosts)} are ghosts, who do not exist; police cannot tell them apart"
        if ghosts > 0
        else "At the end of one simulated year"
    )
    return Sight(
        marked(title, result, "sight"),
        sub,
        tuple(_row(row) for row in roles.to_dict("records")),
        dots,
        result.ties,
        says,
    )


def _row(row: dict[str, object]) -> tuple[str, str, str, str, str]:
    there, seen, ghosts = (_number(row[key]) for key in ("there", "seen", "ghosts"))
    missed = there - seen if there is not None and seen is not None else None
    shown = tuple(NONE if value is None else plain(value) for value in (there, seen, missed, ghosts))
    return (ROLES.get(str(row["role"]), words(str(row["role"]))), *shown)  # type: ignore[return-value]


def _number(value: object) -> float | None:
    number = float(value) if isinstance(value, (int, float)) else float("nan")
    return None if number != number else number
