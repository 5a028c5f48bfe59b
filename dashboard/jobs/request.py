"""A request says everything that decides a result; equal requests to one model share one result."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

Kind = Literal["comparison", "forecast", "place"]
PlanChoice = str | dict[str, Any]
"""The name of a plan, or a plan as a table."""

MAX_PLANS = 5
WEEKS = (13, 520)
REPLICATES = (4, 1000)
SEEDS = (0, 2**32 - 1)


@dataclass(frozen=True)
class Request:
    """A place, plans to compare there, for how long, on how many pairs, from which seed."""

    kind: Kind
    preset: str
    plans: tuple[PlanChoice, ...]
    weeks: int
    replicates: int
    seed: int = 1
    baseline: str = "do-as-now"

    def to_json(self) -> str:
        """One spelling for one meaning."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The request as it was put."""
        table = json.loads(text)
        table["plans"] = tuple(table["plans"])
        return cls(**table)

    def run_id(self, model_version: str) -> str:
        """The name of the result; a comparison and a live forecast of the same numbers are one result."""
        table = asdict(self)
        table["kind"] = "place" if self.kind == "place" else "comparison"
        text = json.dumps([table, model_version], sort_keys=True, separators=(",", ":"))
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    @property
    def plan_names(self) -> tuple[str, ...]:
        """The id of each plan."""
        return tuple(plan if isinstance(plan, str) else str(plan["id"]) for plan in self.plans)
