"""What a finished piece of work leaves behind: small frames in one compressed file, named by the run id."""

from __future__ import annotations

import gzip
import json
import math
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

FORMAT = 3
RUN_ID = re.compile(r"^[0-9a-f]{32}$")


@dataclass(frozen=True)
class Result:
    """One comparison, or the picture of one place, as every page reads it.

    table: plan, measure, baseline, value, difference, low, high, level, probability_better, unit, replicates
    pairs: plan, replicate, measure, baseline, value, difference: span totals of each pair
    bands: plan, measure, week, baseline, middle, low_50, high_50, low_90, high_90: paired differences by
        week, each the mean of the 13 weeks up to it
    place: plan, locality, measure, baseline, difference, low, high
    localities: id, name, force, kind, population, row, col
    flows: kind (goods or money), source, target, value, unit: of a place; empty for comparisons
    markets: plan, market, title, kind (chain or commissioned), measure, label, baseline, value, difference, low, high,
        probability_better, replicates, level, unit
    displacement: plan, kind, quotient, low, high, reason
    dips: plan, where (whole, or a market's id), title, class, major, moderate, minor (shares of pairs), depth, depth_low,
        depth_high, area, area_low, area_high, recovery, recovery_low, recovery_high, recovered
    capacity: plan, week, value: what all markets turn over, over the baseline's
    early: plan, measure, label, week, auc, low, high, direction, shown, split, reason
    roles, dots, ties: of one run of a place, what is there and what police see of it (simulation.experiments.sight)
    validated: measures, MEASURE:MARKET and pictures that a published finding supports on the version of the model that made
        the result; never kept, since it is known anew whenever findings were tried
    """

    kind: str
    preset: str
    preset_title: str
    plans: dict[str, str]
    weeks: int
    replicates: int
    seed: int
    baseline: str
    model_version: str
    price_year: str
    discount_rate: float | None
    elapsed: float
    table: pd.DataFrame
    pairs: pd.DataFrame
    bands: pd.DataFrame
    place: pd.DataFrame
    localities: pd.DataFrame
    flows: pd.DataFrame
    cost: dict[str, dict[str, Any]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    markets: pd.DataFrame = field(default_factory=pd.DataFrame)
    displacement: pd.DataFrame = field(default_factory=pd.DataFrame)
    dips: pd.DataFrame = field(default_factory=pd.DataFrame)
    capacity: pd.DataFrame = field(default_factory=pd.DataFrame)
    early: pd.DataFrame = field(default_factory=pd.DataFrame)
    roles: pd.DataFrame = field(default_factory=pd.DataFrame)
    dots: pd.DataFrame = field(default_factory=pd.DataFrame)
    ties: pd.DataFrame = field(default_factory=pd.DataFrame)
    validated: frozenset[str] = frozenset()


FRAMES = (
    "table", "pairs", "bands", "place", "localities", "flows", "markets", "displacement", "dips", "capacity", "early",
    "roles", "dots", "ties",
)  # fmt: skip


@dataclass(frozen=True)
class Results:
    """The folder of results; a result is written whole or not at all and never changed."""

    folder: Path
    validated: Callable[[str], frozenset[str]] = lambda version: frozenset()
    """What published findings support on a version of the model."""

    def path(self, run_id: str) -> Path:
        """Where a result lies; a name that is no run id is refused."""
        if not RUN_ID.match(run_id):
            raise ValueError("a run id is 32 hex digits")
        return self.folder / f"{run_id}.json.gz"

    def has(self, run_id: str) -> bool:
        """Whether the result is there."""
        return bool(RUN_ID.match(run_id)) and self.path(run_id).exists()

    def write(self, run_id: str, result: Result) -> None:
        """Keep a result under its name."""
        self.folder.mkdir(parents=True, exist_ok=True)
        table: dict[str, Any] = {"format": FORMAT}
        for name in set(Result.__dataclass_fields__) - {"validated"}:
            value = getattr(result, name)
            table[name] = _columns(value) if name in FRAMES else value
        path = self.path(run_id)
        part = path.with_suffix(f".{os.getpid()}.part")
        with gzip.open(part, "wt", encoding="utf-8", compresslevel=4) as file:
            json.dump(_finite(table), file, separators=(",", ":"), allow_nan=False)
        os.replace(part, path)

    def read(self, run_id: str) -> Result | None:
        """The result of this name, if it is there and of today's format."""
        if not self.has(run_id):
            return None
        with gzip.open(self.path(run_id), "rt", encoding="utf-8") as file:
            table = json.load(file)
        if table.pop("format", None) != FORMAT:
            return None
        for name in FRAMES:
            table[name] = pd.DataFrame(table.get(name) or {})  # a result of an earlier version has not all of them
        table["warnings"] = tuple(table["warnings"])
        return Result(**table, validated=self.validated(str(table["model_version"])))

    def delete(self, run_id: str) -> None:
        """Forget a result."""
        self.path(run_id).unlink(missing_ok=True)

    def clear(self) -> None:
        """Forget every result."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _columns(frame: pd.DataFrame) -> dict[str, list[Any]]:
    return {str(name): frame[name].tolist() for name in frame.columns}


def _finite(value: Any) -> Any:
    """The value as JSON can hold it: a number that is none becomes null."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    if hasattr(value, "item") and not isinstance(value, (str, bytes)):
        return _finite(value.item())
    return value
