"""What is installed from a wheel is whole: code, scenarios and the dashboard's assets, and nothing of the tests."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.health.project import ROOT, tracked

KEPT = ("simulation/", "dashboard/", "scenarios/")


@pytest.mark.slow
def test_wheel_holds_code_and_data(tmp_path: Path):
    copy = tmp_path / "project"
    for path in tracked():
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    code = "import setuptools.build_meta as b, sys; print(b.build_wheel(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=copy, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
        (entry,) = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
        assert "spanner = simulation.cli:main" in archive.read(entry).decode()
    wanted = {path.relative_to(ROOT).as_posix() for path in tracked()}
    assert {name for name in wanted if name.startswith(KEPT)} - held == set()
    assert {name for name in held if not name.startswith(KEPT)} == set()
