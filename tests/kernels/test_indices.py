"""Nobody's row, -1, is never taken for the last one: the model runs with both ends of every column watched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WATCHED = {**os.environ, "NUMBA_BOUNDSCHECK": "1"}
ROW_OF = """
from simulation.kernel import kernel

@kernel(cache=False)
def row_of(rows, n):
    return rows[n]
"""
READ = """
import sys
from importlib.util import module_from_spec, spec_from_file_location
import numpy as np

_, file, name, row = sys.argv
made_up = spec_from_file_location(name, file)
module = module_from_spec(made_up)
made_up.loader.exec_module(module)
print(module.row_of(np.arange(3), int(row)))
"""
EVERY_WORLD_AND_CARD = """
import sys
import simulation.interventions
from simulation.policy.intervention import REGISTRY
from simulation.schema import build_spec, list_cases, list_plans, list_scenarios, load_plan
from simulation.world.run import start_engine

LARGE = ("region", "national", "enterprise-zone")
paid = {"agency": "nca", "funding": "additional", "budget_holder": "home-office"}
few = sys.argv[1:] == ["few"]  # large worlds read the same code as small ones, and take minutes
presets = [preset for preset in (*list_scenarios(), *list_cases()) if not few or preset not in LARGE]
worlds = [(preset, "do-as-now") for preset in presets]
worlds += [("force", plan) for plan in list_plans()]
for name in sorted(REGISTRY):
    entry = {"intervention": name, "where": "force", **paid}
    worlds.append(("force", load_plan({"id": name, "title": name, "entry": [entry]})))
for preset, plan in worlds:
    weeks = 26 if few or preset == "national" else 156  # its burn-in has lived five years already
    start_engine(build_spec(preset, plan, weeks=weeks)).run(weeks)
print(len(worlds))
"""


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], env=WATCHED, capture_output=True, text=True, check=False
    )


def read(folder: Path, module: str, row: int) -> subprocess.CompletedProcess[str]:
    """Read a row of three in a compiled function of a module."""
    file = folder / "made_up.py"
    file.write_text(ROW_OF)
    return run(READ, str(file), module, str(row))


@pytest.mark.parametrize("row", [-1, 3])
def test_a_row_outside_a_column_is_seen(row: int, tmp_path: Path) -> None:
    assert "IndexError" in read(tmp_path, "simulation.made_up", row).stderr


def test_code_of_others_may_count_from_the_end(tmp_path: Path) -> None:
    assert read(tmp_path, "others", -1).stdout == "2\n"


@pytest.mark.parametrize("worlds", ["few", pytest.param("all", marks=pytest.mark.soak)])
def test_no_world_and_no_card_reads_a_row_that_is_not_there(worlds: str) -> None:
    done = run(EVERY_WORLD_AND_CARD, worlds)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > 10
