"""What came of each experiment is kept beside the findings, so that outcomes without support can be labelled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from simulation.experiments.support import RECORD, read_record
from simulation.validation.experiment import list_experiments, load_experiment

KEPT = ("estimate", "low", "high", "replicates")


def record(rows: Iterable[Mapping[str, Any]], version: str, file: Path = RECORD) -> Path:
    """Take rows as `validate` gives them into the record; experiments that were not tried keep what they had."""
    known = list_experiments()
    kept = {name: row for name, row in read_record(file).items() if name in known}
    for row in rows:
        if row["id"] in known:
            kept[row["id"]] = {
                "finding": load_experiment(row["id"]).finding, "role": row["role"], "status": row["status"], "model_version": version,
                **{key: row.get(key) for key in KEPT},
            }  # fmt: skip
    text = json.dumps({"rows": dict(sorted(kept.items()))}, indent=1, ensure_ascii=False, allow_nan=False)
    file.write_text(text + "\n", encoding="utf-8")
    return file
