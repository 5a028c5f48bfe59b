"""The house rules hold in every source file, and each check sees the mistake it is there for."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.health import source_checks as checks
from tests.health.project import ROOT, sources

type Check = Callable[[str], list[str]]

KERNELS = ["simulation/kernels"]
DYNAMICS = [
    f"simulation/{room}" for room in ("chance", "state", "kernels", "interventions", "agents", "measures", "world")
]
PACKAGES = ["simulation", "dashboard"]

# A job or run that fails, for whatever reason, ends as failed with its reason kept, and the queue goes on.
SUPERVISORS = {"dashboard/jobs/runner.py", "simulation/experiments/performing.py"}

# check, where it holds, the files it does not hold for
RULES: list[tuple[Check, list[str], set[str]]] = [
    (checks.broad_excepts, PACKAGES, SUPERVISORS),
    (checks.unfinished, PACKAGES, set()),
    (checks.undecorated_kernels, KERNELS, set()),
    (checks.loose_numerics, [*KERNELS, "simulation/chance"], set()),
    (checks.foreign_randomness, DYNAMICS, set()),
    (checks.draws_keyed_by_row, DYNAMICS, {"simulation/chance/draws.py"}),
    (checks.book_writes, ["simulation"], {"simulation/kernels/ledger.py"}),
    (checks.own_scheduling, ["simulation"], {"simulation/world/clock.py"}),
]

MISTAKES: list[tuple[Check, str]] = [
    (checks.broad_excepts, "try:\n    f()\nexcept:\n    pass\n"),
    (checks.broad_excepts, "try:\n    f()\nexcept Exception as error:\n    log(error)\n"),
    (checks.broad_excepts, "try:\n    f()\nexcept (ValueError, BaseException):\n    pass\n"),
    (checks.broad_excepts, "try:\n    f()\nexcept Exception:\n    if bad():\n        raise\n"),
    (checks.broad_excepts, "with contextlib.suppress(Exception):\n    f()\n"),
    (checks.unfinished, "x = 1  # TO" + "DO: think\n"),
    (checks.unfinished, "def f():\n    raise NotImplemented" + "Error\n"),
    (checks.undecorated_kernels, "def advance(s):\n    return s\n"),
    (checks.undecorated_kernels, "@njit(cache=True)\ndef advance(s):\n    return s\n"),
    (checks.loose_numerics, "@kernel(fastmath=True)\ndef f(x):\n    return x\n"),
    (checks.loose_numerics, "@kernel(parallel=True)\ndef f(x):\n    return x\n"),
    (checks.loose_numerics, "@kernel\ndef f(n):\n    for i in numba.prange(n):\n        pass\n"),
    (checks.loose_numerics, "@numba.njit\ndef f(n):\n    return n\n"),
    (checks.foreign_randomness, "u = np.random.random()\n"),
    (checks.foreign_randomness, "rng = np.random.default_rng(1)\n"),
    (checks.foreign_randomness, "import random\n"),
    (checks.foreign_randomness, "from numpy.random import default_rng\n"),
    (checks.foreign_randomness, "def f(self):\n    return self.model.random.choice([1])\n"),
    (checks.foreign_randomness, "def f(self):\n    return self.model.rng.integers(3)\n"),
    (checks.draws_keyed_by_row, "def f(s, key, w):\n    for i in range(9):\n        uniform(key, i, w, CHEAT, 0, 0)\n"),
    (checks.draws_keyed_by_row, "def f(s, key, w, o):\n    draws.uniforms(key, s.outlet.row[o], w, CHEAT, 0, 0)\n"),
    (checks.draws_keyed_by_row, "def f(s, key, w, o, j):\n    uniform(key, s.outlet.id[o], w, CHEAT, 0, j)\n"),
    (checks.draws_keyed_by_row, "def f(key, w, o):\n    identity = o\n    words(key, identity, w, CHEAT, 0, 0)\n"),
    (checks.draws_keyed_by_row, "def f(key, w, ids):\n    words(key, len(ids), w, CHEAT, 0, 0)\n"),
    (checks.book_writes, "def f(ledger, b):\n    ledger.book[b, CASH] += 100\n"),
    (checks.book_writes, "def f(s, b):\n    s.ledger.book[b, CASH] = 100\n"),
    (checks.book_writes, "def f(book, b):\n    book[b, 0], x = 1, 2\n"),
    (checks.own_scheduling, "def f(self):\n    self.model.schedule_event(self.open, at=5)\n"),
    (checks.own_scheduling, "def f(self):\n    self.schedule_recurring(self.open, interval=4)\n"),
    (checks.own_scheduling, "def f(model):\n    model.time = 5\n"),
    (checks.own_scheduling, "def f(self):\n    self.steps += 1\n"),
]

FINE: list[tuple[Check, str]] = [
    (checks.broad_excepts, "try:\n    f()\nexcept (OSError, ValueError):\n    pass\n"),
    (checks.broad_excepts, "try:\n    f()\nexcept BaseException:\n    rollback()\n    raise\n"),
    (checks.undecorated_kernels, '@kernel\ndef f(x):\n    return x\n\n\n@kernel("f8(f8)")\ndef g(x):\n    return x\n'),
    (checks.foreign_randomness, "from simulation.chance.draws import uniform\n"),
    (
        checks.draws_keyed_by_row,
        "def f(s, key, w, o, j):\n"
        "    me = s.outlet.id[o]\n"
        "    child = splitmix(me, PERSON, 3)\n"
        "    uniform(key, me, w, CHEAT, 0, s.outlet.id[j])\n"
        "    uniform(key, child, w, CHEAT, 0, s.tie.supplier_id[o, j])\n"
        "    for name in s.person.id:\n"
        "        uniforms(key, name, w, CHEAT, 0, 0)\n",
    ),
    (checks.book_writes, "def f(ledger, b):\n    cash = ledger.book[b, CASH]\n    out[b] = ledger.book[b, 0]\n"),
    (checks.own_scheduling, "def f(world):\n    before_week(world, 5, world.open)\n    week = world.time\n"),
]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(("check", "folders", "apart"), RULES, ids=[rule[0].__name__ for rule in RULES])
def test_rule_holds_everywhere(check: Check, folders: list[str], apart: set[str]):
    files = [path for path in sources(*folders) if _name(path) not in apart]
    assert files
    faults = [f"{_name(path)}: {fault}" for path in files for fault in check(path.read_text())]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("check", "mistake"), MISTAKES)
def test_deliberate_mistake_is_caught(check: Check, mistake: str):
    assert check(mistake)


@pytest.mark.parametrize(("check", "source"), FINE)
def test_sound_source_passes(check: Check, source: str):
    assert check(source) == []


def test_every_import_is_declared():
    """Nothing is used that only happens to be installed."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {
        requirement.split(">")[0].split("=")[0].split("[")[0].replace("-", "_").lower() for requirement in declared
    }
    modules = names | {"simulation", "dashboard"} | {"flask" if name == "flask_compress" else name for name in names}
    modules |= {"docx" if name == "python_docx" else name for name in names}
    modules |= {"sklearn" if name == "scikit_learn" else name for name in names}
    modules |= {"pydantic_core"}  # half of pydantic
    used = {
        (package, _name(path)) for path in sources(*PACKAGES) for package in checks.imported_packages(path.read_text())
    }
    strange = {(p, where) for p, where in used if p.lower() not in modules and p not in sys.stdlib_module_names}
    assert not strange


def test_a_supervisor_catches_in_one_place():
    for name in SUPERVISORS:
        assert len(checks.broad_excepts((ROOT / name).read_text())) <= 1


def test_experimental_mesa_is_imported_in_one_file():
    files = [_name(path) for path in sources("simulation") if "mesa.experimental" in path.read_text()]
    assert len(files) <= 1, files


def test_files_have_one_subject():
    long = {_name(path): n for path in sources(*PACKAGES) if (n := len(path.read_text().splitlines())) > 330}
    assert not long


def test_scenarios_hold_no_python():
    assert not sources("scenarios")
    assert not [path for path in sources(*PACKAGES) if path.name == "utils.py"]
