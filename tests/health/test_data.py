"""Every number has its unit, range and status; nothing names a registry's host or a machine; the lock is whole."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from simulation.schema.units import UNITS
from tests.health import data_checks as checks
from tests.health.project import ROOT, tracked

SCENARIOS = ROOT / "scenarios"
DATA = sorted(SCENARIOS.rglob("*.toml"))
PARAMETERS = sorted((SCENARIOS / "parameters").rglob("*.toml"))
GOOD = '[trust.life]\nvalue = 26.0\nunit = "weeks"\nlow = 13.0\nhigh = 52.0\nstatus = "assumed"\n'


def _sources() -> set[str]:
    """The keys of sources.toml, and the ids its entries give themselves."""
    listed = tomllib.loads((SCENARIOS / "sources.toml").read_text())
    keys = set(listed)
    for value in listed.values():
        if isinstance(value, dict):
            keys |= set(value)
        elif isinstance(value, list):
            keys |= {item["id"] for item in value if isinstance(item, dict) and "id" in item}
    return keys


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.relative_to(SCENARIOS).as_posix())
def test_quantities_are_whole(path: Path):
    assert checks.quantity_faults(path.read_text(), set(UNITS), _sources()) == []


@pytest.mark.parametrize("path", PARAMETERS, ids=lambda path: path.stem)
def test_parameters_are_quantities_with_honest_ranges(path: Path):
    assert checks.bare_parameters(path.read_text()) == []
    assert checks.narrow_assumptions(path.read_text()) == []


def test_there_are_parameters():
    assert len(PARAMETERS) > 5


@pytest.mark.parametrize(
    "mistake",
    [
        GOOD.replace('unit = "weeks"\n', ""),
        GOOD.replace("low = 13.0\n", ""),
        GOOD.replace("high = 52.0\n", ""),
        GOOD.replace('status = "assumed"\n', ""),
        GOOD.replace('"assumed"', '"guessed"'),
        GOOD.replace('"assumed"', '"measured"'),
        GOOD.replace("weeks", "fortnights"),
        GOOD.replace("26.0", "60.0"),
        GOOD + 'source = "nobody-2020"\n',
    ],
)
def test_a_faulty_quantity_is_caught(mistake: str):
    assert checks.quantity_faults(GOOD, set(UNITS), {"home-office-2024"}) == []
    assert checks.quantity_faults(mistake, set(UNITS), {"home-office-2024"})


def test_a_bare_number_and_a_narrow_guess_are_caught():
    assert checks.bare_parameters(GOOD) == []
    assert checks.bare_parameters("[trust]\nlife = 26.0\n")
    assert checks.narrow_assumptions(GOOD) == []
    assert checks.narrow_assumptions(GOOD.replace("13.0", "25.0"))
    assert checks.narrow_assumptions(GOOD.replace("52.0", "27.0"))


def _texts() -> list[tuple[str, str]]:
    texts = []
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data[:4096]:
            texts.append((path.relative_to(ROOT).as_posix(), data.decode(errors="replace")))
    return texts


def test_no_file_names_a_registry_or_a_machine():
    faults = [f"{name}: {fault}" for name, text in _texts() for fault in checks.foreign_names(text)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "mistake",
    [
        "--{option} https://packages.example/index".format(option="index-url"),
        "https://packages.example/{page}/numpy".format(page="simple"),
        '"{key}": "https://packages.example/axe-core"'.format(key="resolved"),
        "path = '/{folder}/somebody/spanner'".format(folder="home"),
        "see /{folder}/.cache".format(folder="root"),
    ],
)
def test_a_foreign_name_is_caught(mistake: str):
    assert checks.foreign_names(mistake)


def test_lock_is_pinned_hashed_and_says_not_where_from():
    assert checks.lock_faults((ROOT / "requirements.lock").read_text()) == []
    assert checks.lock_faults("numpy==2.5.5\n")
    assert checks.lock_faults("numpy>=2.5 \\\n    --hash=sha256:00\n")
    assert checks.lock_faults("--find-links x\nnumpy==2.5.5 \\\n    --hash=sha256:00\n")


def test_lock_holds_every_declared_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"] + ["setuptools"]
    locked = {
        line.split("==")[0] for line in (ROOT / "requirements.lock").read_text().splitlines() if line[:1].isalnum()
    }
    names = {requirement.split(">")[0].split("[")[0].lower() for requirement in wanted}
    assert names <= locked
