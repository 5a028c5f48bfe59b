"""Set-up finds a Python that runs, and the check that CI makes tells success from failure."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.health.project import ROOT

REAL = Path(sys.executable).resolve()


def _program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def _find(path: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(ROOT / "tools/find-python")],
        env={"PATH": path, "HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_shim_that_only_complains_is_passed_over(tmp_path: Path):
    shims, versions = tmp_path / "shims", tmp_path / ".pyenv/versions"
    for name in ("python3.13", "python3.12", "python3", "python"):
        _program(shims / name, "echo 'pyenv: command not found' >&2; exit 127")
    _program(versions / "3.12.1/bin/python", f'exec "{REAL}" "$@"')
    found = _find(str(shims), tmp_path)
    assert found.returncode == 0
    assert Path(found.stdout.strip()).exists()


def test_an_old_python_is_passed_over(tmp_path: Path):
    old = "import sys, types; sys.version_info = (3, 11, 7); exec(sys.argv[1])"
    _program(tmp_path / "bin/python3", f'exec "{REAL}" -c "{old}" "$2"')
    _program(tmp_path / "good/python3.13", f'exec "{REAL}" "$@"')
    assert _find(f"{tmp_path}/bin:{tmp_path}/good", tmp_path).returncode == 0
    answer = subprocess.run(
        [tmp_path / "bin/python3", "-c", "import sys; sys.exit(sys.version_info < (3, 12))"], check=False
    )
    assert answer.returncode == 1


def test_a_named_python_comes_first(tmp_path: Path):
    _program(tmp_path / "mine", f'echo used >>"{tmp_path}/log"; exec "{REAL}" "$@"')
    assert _find("/usr/bin:/bin", tmp_path, SPANNER_PYTHON=str(tmp_path / "mine")).returncode == 0
    assert (tmp_path / "log").exists()


def _ci(tmp_path: Path, make: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/run", tmp_path / ".ci/run")
    _program(tmp_path / "bin/make", make)
    return subprocess.run(
        ["bash", ".ci/run"],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}/bin:{os.environ['PATH']}", "CI": "true"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("status", [0, 1, 2, 5])
def test_ci_ends_as_the_tests_end(tmp_path: Path, status: int):
    closing = "===== 3 passed, 1 failed in 2.00s ====="
    result = _ci(tmp_path, f"echo starting; echo '{closing}'; echo 'make: something'; exit {status}")
    assert (result.returncode != 0) == (status != 0)
    assert result.stdout.splitlines()[-1] == closing


def test_ci_fails_when_set_up_fails(tmp_path: Path):
    result = _ci(tmp_path, "echo no python; exit 2")
    assert result.returncode != 0
    assert result.stdout.splitlines()[-1] == "no test was run"


def test_setting_up_twice_does_nothing(tmp_path: Path):
    """A stamp that matches lock, project and place ends set-up at once; a changed lock does not."""
    for name in ("requirements.lock", "pyproject.toml", "tools/setup", "tools/find-python"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    log = tmp_path / "log"
    _program(tmp_path / ".venv/bin/python", f'echo python "$@" >>"{log}"; exit 0')
    _program(tmp_path / ".venv/bin/uv", f'echo uv "$@" >>"{log}"')
    _program(tmp_path / ".venv/bin/spanner", f'echo spanner "$@" >>"{log}"')

    def set_up() -> str:
        log.unlink(missing_ok=True)
        subprocess.run(["/bin/sh", "tools/setup"], cwd=tmp_path, check=True, capture_output=True)
        return log.read_text()

    first = set_up()
    assert "--require-hashes" in first
    assert "spanner warmup" in first
    assert "uv" not in set_up()
    with (tmp_path / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    assert "uv" in set_up()
