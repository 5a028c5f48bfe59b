"""The house's arrows point down, and a forbidden import is seen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.health.project import ROOT

# where, what is written there, the contract that must break
MISTAKES = [
    ("simulation/kernels/ledger.py", "import mesa", "knows neither Mesa nor pydantic"),
    ("simulation/chance/draws.py", "import pydantic", "knows neither Mesa nor pydantic"),
    ("simulation/chance/draws.py", "import simulation.kernels", "Arrows point down"),
    ("simulation/schema/units.py", "import simulation.chance", "Arrows point down"),
    ("simulation/world/__init__.py", "import simulation.store", "Arrows point down"),
    ("simulation/stray.py", "X = 1", "Arrows point down"),
    ("dashboard/stray.py", "import simulation.world", "by the one door"),
    ("dashboard/figures/stray.py", "import dash", "Figures are pure"),
    ("dashboard/figures/stray.py", "import simulation.api", "Figures are pure"),
    ("simulation/interventions/stray.py", "import simulation.interventions.other_stray", "do not know each other"),
]


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "200"}
    command = "import sys; from importlinter.cli import lint_imports_command as c; sys.argv[0] = 'lint-imports'; c()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the house."""
    for package in ("simulation", "dashboard"):
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=lambda _, names: [n for n in names if not _wanted(n)]
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in ("simulation/interventions", "simulation/world", "dashboard/figures"):
        (tmp_path / room).mkdir(exist_ok=True)
        (tmp_path / room / "__init__.py").touch()
    (tmp_path / "simulation/interventions/other_stray.py").write_text("X = 1\n")
    return tmp_path


def _wanted(name: str) -> bool:
    return name.endswith(".py") or ("." not in name and name not in ("__pycache__", "assets"))


def test_arrows_point_down(house: Path):
    result = _lint(house)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("where", "line", "contract"), MISTAKES)
def test_a_forbidden_import_is_seen(house: Path, where: str, line: str, contract: str):
    file = house / where
    file.write_text((file.read_text() if file.exists() else "") + f"\n{line}\n")
    result = _lint(house)
    assert result.returncode != 0
    broken = [text for text in result.stdout.splitlines() if "BROKEN" in text]
    assert any(contract in text for text in broken), result.stdout + result.stderr


LIGHT = [
    ("simulation.schema", ("mesa", "numba", "dash", "pandas", "scipy")),
    ("simulation.errors", ("pydantic", "numpy")),
    ("simulation", ("numpy", "pydantic")),
]


@pytest.mark.parametrize(("module", "heavy"), LIGHT)
def test_light_modules_stay_light(module: str, heavy: tuple[str, ...]):
    code = f"import sys, {module}; print(*[name for name in {heavy!r} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == ""
