"""How long it takes from a command to a first result, with the machine code at hand and without."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.figure import Figure, Size, at_most, both_seconds, middle

ROOT = Path(__file__).resolve().parents[2]
FIRST = "from simulation import api; print(api.run('force', weeks=52, detail=False).outcomes['harm_gbp'])"
WARM, COLD = "warm start to first result (force, 52 weeks)", "cold compile of everything"


def measure(size: Size) -> list[Figure]:
    """A new process up to its first figure; then everything compiled in an empty cache."""
    tries = [both_seconds(_first_result) for _ in range(size(3, 1))]
    cold, cold_cpu = (None, None) if size.quick else both_seconds(_cold)
    return [
        at_most(WARM, middle(wall for wall, _ in tries), "s", 1.5),
        Figure(f"{WARM}, processor time", middle(cpu for _, cpu in tries), "s CPU"),
        at_most(COLD, cold, "s", 40.0),
        Figure(f"{COLD}, processor time of all processes", cold_cpu, "s CPU"),
    ]


def _first_result() -> None:
    subprocess.run([sys.executable, "-c", FIRST], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _cold() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CACHE_HOME": folder}
        environment.pop("NUMBA_CACHE_DIR", None)
        command = [sys.executable, "-m", "simulation.cli", "warmup"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
