"""The first look: every finding kept for testing, tried once after calibration, written down and never again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from simulation.errors import Conflict
from simulation.experiments.ensembles import list_ensembles, load_ensemble
from simulation.schema import load_parameters
from simulation.validation.experiment import list_experiments, load_experiment
from simulation.validation.record import FIRST_PAGE, companion
from simulation.validation.report import checks, number, overview

ROLE = "test"


def first_names() -> tuple[str, ...]:
    """The experiments that a first look tries: all that are kept for testing."""
    return tuple(name for name in list_experiments() if load_experiment(name).role == ROLE)


def refuse_second(page: Path) -> None:
    """A first look there is already is not looked past. Raises Conflict."""
    for path in (page, companion(page)):
        if path.exists():
            raise Conflict(
                f"{path} is there already: a first look happens once and is kept as it was.", file=str(path),
                key="first-look", given=str(page), allowed="a file that does not exist yet",
            )  # fmt: skip


def drawn() -> str:
    """Which values the parameters have: the defaults, and of which ensemble's draws they are one."""
    value = {one.id: one.value for one in load_parameters().values()}
    for name in list_ensembles():
        ensemble = load_ensemble(name)
        draw = None if ensemble.default is None else ensemble.draws[ensemble.default]
        if draw is not None and all(value.get(key) == given for key, given in draw.items()):
            return f'default parameters, which are draw {ensemble.default} of the ensemble "{name}"'
    return "default parameters"


def first_page(rows: Sequence[Mapping[str, Any]], version: str, draw: str) -> str:
    """The table as it was found, with what did not hold besides the estimates."""
    passed = sum(bool(row["passed"]) for row in rows)
    parts = [
        "# Findings: the first look",
        f"Written once by `spanner validate --first-look docs/{FIRST_PAGE.name}` and never edited. Every finding kept "
        f"for testing was tried once after calibration: model version `{version}`, {draw}. {passed} of {len(rows)} pass. "
        "It is the first look at calibrated parameters; while mechanisms were built, the same rows had been tried at parameters set "
        "by judgement. Which readings had been changed then, with results in sight, is said in [limits](limits.md).",
        overview(rows, anchors=False),
        "## What did not hold",
        failures(rows),
    ]
    return "\n\n".join(parts) + "\n"


def failures(rows: Sequence[Mapping[str, Any]]) -> str:
    """A line for each condition, ablation, placebo or control that did not hold, and each row that could not be run."""
    lines = [f"- {row['id']}: {row['message']}" for row in rows if row["message"]]
    for row in rows:
        for name, check in checks(row):
            if not check["ok"]:
                lines.append(f"- {row['id']}, {name}, {check['text']}: {number(check['estimate'])}")
    return "\n".join(lines) or "Nothing."
