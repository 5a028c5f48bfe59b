"""How long it takes from a command to a first result, with the machine code at hand and without."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.figure import Figure, Size, at_most, middle, wall_seconds

ROOT = Path(__file__).resolve().parents[2]
FIRST = "from simulation import api; print(api.run('force', weeks=52, detail=False).outcomes['harm_gbp'])"
WARM, COLD = "warm start to first result (force, 52 weeks)", "cold compile of everything"


def measure(size: Size) -> list[Figure]:
    """A new process up to its first figure; then everything compiled in an empty cache."""
    tries = [wall_seconds(_first_result) for _ in range(size(3, 1))]
    return [
        at_most(WARM, middle(tries), "s", 1.5),
        at_most(COLD, None if size.quick else _cold(), "s", 40.0),
    ]


def _first_result() -> None:
    subprocess.run([sys.executable, "-c", FIRST], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _cold() -> float:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CACHE_HOME": folder}
        environment.pop("NUMBA_CACHE_DIR", None)
        command = [sys.executable, "-m", "simulation.cli", "warmup", "--json"]
        answer = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return float(json.loads(answer.stdout)["elapsed_s"])
