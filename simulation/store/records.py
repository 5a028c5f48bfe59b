"""What one run leaves behind, and how a batch of runs becomes the tables of a part."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from simulation.store.format import TABLES

LOCALITY_COLUMNS = ("name", "force", "kind", "population", "row", "col", "targeted")


@dataclass(frozen=True)
class Failure:
    """Why a run could not be done."""

    kind: str
    message: str
    traceback: str = ""


@dataclass(frozen=True)
class Record:
    """One run as it is kept: its question, its weekly series and what they come to."""

    run_id: str
    preset: str
    plan: str
    seed: int
    replicate: int
    weeks: int
    draw: int | None = None
    parameters: dict[str, float] = field(default_factory=dict)
    ablate: tuple[str, ...] = ()
    plan_spec: str = ""
    model_version: str = ""
    elapsed_s: float = 0.0
    measures: tuple[str, ...] = ()
    series: np.ndarray = field(default_factory=lambda: np.empty((0, 0)))  # weeks x measures
    outcomes: dict[str, float] = field(default_factory=dict)
    localities: tuple[dict[str, Any], ...] = ()
    place_measures: tuple[str, ...] = ()
    places: np.ndarray = field(default_factory=lambda: np.empty((0, 0)))  # localities x place measures, over the run
    cost: dict[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    events: pd.DataFrame | None = None
    failure: Failure | None = None

    @property
    def done(self) -> bool:
        """Whether the run came to its end."""
        return self.failure is None


def frames(records: Sequence[Record]) -> dict[str, pd.DataFrame]:
    """The tables of a part, one frame each, rows in the order of the records."""
    done = [record for record in records if record.done]
    failed = [record for record in records if not record.done]
    return {
        "series": _series(done),
        "outcomes": _outcomes(done),
        "places": _places(done),
        "events": _events(done),
        "failures": _failures(failed),
        "runs": pd.DataFrame([_run(record) for record in records], columns=list(TABLES["runs"])),
    }


def _run(record: Record) -> dict[str, Any]:
    return {
        "run_id": record.run_id,
        "preset": record.preset,
        "plan": record.plan,
        "seed": record.seed,
        "replicate": record.replicate,
        "draw": record.draw,
        "weeks": record.weeks,
        "parameters": json.dumps(record.parameters, sort_keys=True),
        "status": "done" if record.done else "failed",
        "ablate": json.dumps(list(record.ablate)),
        "plan_spec": record.plan_spec,
        "model_version": record.model_version,
        "elapsed_s": record.elapsed_s,
        "cost": json.dumps(record.cost, sort_keys=True),
        "warnings": json.dumps(list(record.warnings)),
    }


def _series(records: Sequence[Record]) -> pd.DataFrame:
    """Long form without a string a row: names are categories, which DuckDB reads as dictionaries."""
    runs, weeks, measures, values = [], [], [], []
    names = sorted({name for record in records for name in record.measures})
    code = {name: index for index, name in enumerate(names)}
    for number, record in enumerate(records):
        length, width = record.series.shape
        runs.append(np.full(length * width, number, dtype=np.int32))
        weeks.append(np.repeat(np.arange(length, dtype=np.int32), width))
        measures.append(np.tile(np.array([code[name] for name in record.measures], dtype=np.int32), length))
        values.append(np.ascontiguousarray(record.series, dtype=np.float64).ravel())
    return pd.DataFrame(
        {
            "run_id": _category(runs, [record.run_id for record in records]),
            "week": _joined(weeks, np.int32),
            "measure": _category(measures, names),
            "value": _joined(values, np.float64),
        }
    )


def _outcomes(records: Sequence[Record]) -> pd.DataFrame:
    rows = [(record.run_id, name, float(value)) for record in records for name, value in record.outcomes.items()]
    return pd.DataFrame(rows, columns=list(TABLES["outcomes"]))


def _places(records: Sequence[Record]) -> pd.DataFrame:
    rows = [
        (
            record.run_id,
            str(locality["id"]),
            *(locality.get(column) for column in LOCALITY_COLUMNS),
            measure,
            float(record.places[index, column]),
        )
        for record in records
        for index, locality in enumerate(record.localities)
        for column, measure in enumerate(record.place_measures)
    ]
    return pd.DataFrame(rows, columns=list(TABLES["places"]))


def _events(records: Sequence[Record]) -> pd.DataFrame:
    found = [
        record.events.assign(run_id=record.run_id)
        for record in records
        if record.events is not None and not record.events.empty
    ]
    if not found:
        return pd.DataFrame(columns=list(TABLES["events"]))
    return pd.concat(found, ignore_index=True).reindex(columns=list(TABLES["events"]))


def _failures(records: Sequence[Record]) -> pd.DataFrame:
    rows = [
        (r.run_id, r.preset, r.plan, r.seed, r.replicate, r.failure.kind, r.failure.message, r.failure.traceback)
        for r in records
        if r.failure is not None
    ]
    return pd.DataFrame(rows, columns=list(TABLES["failures"]))


def _joined(pieces: list[np.ndarray], kind: type) -> np.ndarray:
    return np.concatenate(pieces) if pieces else np.empty(0, dtype=kind)


def _category(codes: list[np.ndarray], names: list[str]) -> pd.Categorical:
    # a run may stand twice in a batch (asked for twice before it was done): categories must be unique
    unique = {name: index for index, name in enumerate(dict.fromkeys(names))}
    position = np.array([unique[name] for name in names], dtype=np.int32)
    joined = _joined(codes, np.int32)
    return pd.Categorical.from_codes(position[joined] if joined.size else joined, list(unique))
