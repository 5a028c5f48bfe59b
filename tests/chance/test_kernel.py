"""Machine code is never kept past a change of what it was made from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from simulation import kernel


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small project: one kernel calls a helper in another file, a third stands apart."""
    for name, text in {
        "simulation/__init__.py": "",
        "simulation/kernels/__init__.py": "",
        "simulation/kernels/week.py": "from simulation.kernels import (\n    helper,\n)\n",
        "simulation/kernels/helper.py": "import simulation.kernels.constants as c\n",
        "simulation/kernels/constants.py": "from .rates import R\nfrom . import units\nfrom ..chance.bits import *\n",
        "simulation/kernels/rates.py": "RATE = 1\n",
        "simulation/kernels/units.py": "RATE = 1\n",
        "simulation/chance/bits.py": "RATE = 1\n",
        "simulation/kernels/apart.py": "X = 1\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def _hash(tree: Path, name: str) -> str:
    kernel._text.cache_clear()
    kernel._imports.cache_clear()
    return kernel.source_hash(tree / f"simulation/kernels/{name}.py", tree)


@pytest.mark.parametrize("changed", ["kernels/rates.py", "kernels/units.py", "chance/bits.py"])
def test_a_changed_callee_changes_the_folder_of_its_callers_only(tree: Path, changed: str):
    week, apart = _hash(tree, "week"), _hash(tree, "apart")
    (tree / "simulation" / changed).write_text("RATE = 2\n")
    assert _hash(tree, "week") != week
    assert _hash(tree, "apart") == apart
    (tree / "simulation" / changed).write_text("RATE = 1\n")
    assert _hash(tree, "week") == week


def test_a_changed_callee_is_computed_anew(tmp_path: Path):
    """End to end: a caller compiled and kept by one process must not be reused after its callee's file has changed."""
    package = tmp_path / "simulation"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "kernel.py").write_text(Path(kernel.__file__).read_text())
    (package / "caller.py").write_text(
        "from simulation.kernel import kernel\nfrom simulation.callee import rate\n\n"
        "@kernel\ndef double(x):\n    return 2 * rate(x)\n"
    )
    for factor in (3, 5):
        (package / "callee.py").write_text(
            f"from simulation.kernel import kernel\n\n@kernel\ndef rate(x):\n    return {factor} * x\n"
        )
        answer = subprocess.run(
            [sys.executable, "-B", "-c", "from simulation.caller import double; print(double(7))"],
            cwd=tmp_path,
            env={"PYTHONPATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == 0, answer.stderr
        assert int(answer.stdout) == 2 * factor * 7
    assert list((tmp_path / "cache").rglob("*.nbi"))


def test_without_any_folder_that_takes_files_it_still_computes(tmp_path: Path):
    code = (
        "from simulation import kernel\n"
        "kernel._candidates = lambda: []\n"
        "@kernel.kernel\ndef f(x):\n    return x + 1\n"
        "print(f(1), kernel.cache_base())"
    )
    script = tmp_path / "script.py"
    script.write_text(code)
    answer = subprocess.run(
        [sys.executable, str(script)],
        env={"PYTHONPATH": str(kernel.ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.split() == ["2", "None"]


def test_a_folder_that_others_can_write_to_is_not_trusted(tmp_path: Path):
    tmp_path.chmod(0o777)
    assert not kernel._private(tmp_path)
    tmp_path.chmod(0o700)
    assert kernel._private(tmp_path)
