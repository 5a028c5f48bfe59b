"""Every mechanism can be switched off, and is missed when it is."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np
import pytest

from simulation.errors import UnknownName
from simulation.measures.catalogue import COMPARED, MEASURES
from simulation.schema import load_mechanisms
from simulation.world.run import execute
from simulation.world.values import field, parameter_record
from tests.health.project import ROOT, sources
from tests.integration.lives import alike, spec, table

WEEKS = 52
WORLD = [n for n, measure in enumerate(MEASURES) if measure.id not in COMPARED]
MECHANISMS = sorted(load_mechanisms())

# Mechanisms that a plan sets in motion: with the baseline alone there is nothing to miss.
BUSY: dict[str, Any] = table(
    {"intervention": "clear", "where": {"rule": "most-sales", "n": 8}},
    {"intervention": "hold", "where": {"rule": "most-sales", "n": 8}},
    {"intervention": "build", "where": {"rule": "most-sales", "n": 8}, "agency": "council"},
    {"intervention": "false-signals", "dose": 0.6, "where": "force"},
    {"intervention": "leader-arrests", "targets": "leader", "where": "force"},
    {"intervention": "camouflage-checks", "where": "force"},
    {"intervention": "liquidity-squeeze", "where": "force"},
    {"intervention": "physical-sabotage", "where": "force"},
)
TURNING: dict[str, Any] = table(
    {"intervention": "hold", "where": "force"},
    {"intervention": "volume-arrests", "where": "force"},
) | {
    "cycle": {
        "period_weeks": 13,
        "options": [{"name": name, "interventions": [name]} for name in ("hold", "volume-arrests")],
    }
}
PLANS: tuple[tuple[str, Any], ...] = (("as now", "do-as-now"), ("busy", BUSY), ("turning", TURNING))


def switches_read() -> set[str]:
    """The switches that kernels read, by name (`p.on_…`)."""
    found = set()
    for path in sources("simulation/kernels", "simulation/policy", "simulation/world", "simulation/measures"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and node.attr.startswith("on_"):
                found.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("on_"):
                found.add(node.value)
    if "switch_sources(" in (ROOT / "simulation/world/run.py").read_text():
        # the switches of sources of intelligence have names from files: one function turns them all
        found |= {f"on_{field(mechanism)}" for mechanism in MECHANISMS if mechanism.startswith("source")}
    return found


@pytest.fixture(scope="module")
def whole() -> dict[str, np.ndarray]:
    """The world with every mechanism in it, as now and under a busy plan."""
    return {
        preset + name: execute(spec(preset, plan, weeks=WEEKS)).series
        for preset in ("estate", "force", "emerging-synthetic")
        for name, plan in PLANS
    }


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_a_mechanism_is_missed_when_it_is_off(mechanism: str, whole: dict[str, np.ndarray]):
    for preset in ("force", "estate", "emerging-synthetic"):  # the last for what only a new market has
        for name, plan in PLANS:
            without = execute(spec(preset, plan, weeks=WEEKS, ablate=[mechanism])).series
            if not np.array_equal(without[:, WORLD], whole[preset + name][:, WORLD], equal_nan=True):
                return
    pytest.fail(f"without {mechanism} every history is the same to the bit")


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_a_switch_is_read(mechanism: str):
    assert f"on_{field(mechanism)}" in switches_read()


def test_no_switch_is_read_that_nobody_can_turn():
    fields = {f"on_{field(mechanism)}" for mechanism in MECHANISMS}
    named = set(parameter_record({}).row)
    assert fields <= named
    assert {name for name in switches_read() if name in named} == fields


def test_an_unknown_mechanism_is_refused():
    with pytest.raises(UnknownName):
        parameter_record({}, ["gravity"])


def test_the_order_in_which_mechanisms_are_named_is_no_matter():
    one, other = (spec("estate", weeks=20, ablate=names) for names in (["fear", "memory"], ["memory", "fear"]))
    assert one == other
    assert alike(execute(one).series, execute(other).series)
