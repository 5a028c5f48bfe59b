"""Before a plan's first window opens nothing differs from the baseline; no dose changes nothing; order is no matter."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

import simulation.interventions  # noqa: F401 (registers the cards)
from simulation.measures.catalogue import COMPARED, INDEX, MEASURES
from simulation.policy.intervention import REGISTRY
from simulation.schema import INTERVENTIONS
from simulation.world.run import execute
from tests.integration.lives import alike, lived, newborn, spec, table

OPENINGS = (0, 1, 13, 51)
WEEKS = 65
BASELINES = {"do-as-now"}
WORLD = [n for n, measure in enumerate(MEASURES) if measure.id not in COMPARED | {"plan_cost_gbp"}]


def everything(start: int = 0, dose: float = 1.0) -> dict[str, Any]:
    """A plan of many parts whose first window opens in week `start`."""
    return table(
        {"intervention": "clear", "start": start, "dose": dose, "where": {"rule": "most-sales", "n": 3}},
        {"intervention": "hold", "start": start, "dose": dose, "where": {"rule": "most-harm", "n": 3}, "ramp_weeks": 4},
        {"intervention": "build", "start": start, "dose": dose, "where": {"rule": "random", "n": 3}, "agency": "council",
         "funding": "additional", "budget_holder": "home-office"},
        {"intervention": "leader-arrests", "start": start, "dose": dose, "targets": "leader"},
        {"intervention": "volume-arrests", "start": start, "dose": dose, "cadence_weeks": 8},
        {"intervention": "false-signals", "start": start, "dose": 0.7 * dose, "cadence_weeks": 13, "pulse_weeks": 4},
        {"intervention": "cheat-exposure", "start": start + 1, "dose": 0.5 * dose},
        {"intervention": "joint-intelligence-cell", "start": start, "dose": dose},
        {"intervention": "youth-diversion", "start": start, "dose": dose, "agency": "council"},
        {"intervention": "treatment", "start": start, "dose": dose, "agency": "council"},
    )  # fmt: skip


def history(run: Any, checkpoint: bool) -> np.ndarray:
    """A run's series: from the common checkpoint, or lived from population by an engine of its own."""
    return execute(run).series if checkpoint else lived(newborn(run, start=0))


@pytest.mark.parametrize("checkpoint", [True, False], ids=["from the checkpoint", "from population"])
@pytest.mark.parametrize("start", OPENINGS)
@pytest.mark.parametrize("preset", ["estate", "force"])
def test_nothing_differs_before_the_first_window(preset: str, start: int, checkpoint: bool):
    base = history(spec(preset, weeks=WEEKS), checkpoint)
    plan = history(spec(preset, everything(start), weeks=WEEKS), checkpoint)
    assert alike(base[:start], plan[:start])
    if preset == "force":
        assert not np.array_equal(base[start:, WORLD], plan[start:, WORLD], equal_nan=True)


@pytest.mark.parametrize("start", OPENINGS)
def test_a_window_opens_in_its_week(start: int):
    """Patrols are the quickest tool of all: they are seen in the very week after their lead time."""
    base = execute(spec("force", weeks=WEEKS)).series
    entry = {"intervention": "hold", "start": start, "where": "force"}
    plan = execute(spec("force", table(entry), weeks=WEEKS)).series
    unlike = (base != plan) & ~(np.isnan(base) & np.isnan(plan))
    differs = np.flatnonzero(np.any(unlike[:, WORLD], axis=1))
    lead = round(REGISTRY["hold"].card.lead_time.value)
    assert differs.size
    assert start <= differs[0] <= start + lead + 1


def test_burn_in_and_all_arms_are_one_when_lived_through():
    """Both arms live their own burn-in from population; they part only at the window."""
    weeks = 30
    base, plan = (newborn(spec("estate", plan, weeks=weeks + 40), start=-40) for plan in ("do-as-now", everything(13)))
    assert alike(lived(base)[: 40 + 13], lived(plan)[: 40 + 13])
    assert not alike(base.series, plan.series)


# --- no dose, full dose, order of entries

MODELLED = sorted(name for name in REGISTRY if name not in BASELINES)


def alone(name: str, dose: float) -> dict[str, Any]:
    """A plan of one intervention over the whole force, paid for with new money where hours would be missed."""
    return table({"intervention": name, "dose": dose, "where": "force", "funding": "additional",
                  "budget_holder": "home-office"})  # fmt: skip


@pytest.fixture(scope="module")
def baseline() -> np.ndarray:
    return execute(spec("force", weeks=156)).series


@pytest.mark.parametrize("name", MODELLED)
def test_no_dose_changes_nothing(name: str, baseline: np.ndarray):
    result = execute(spec("force", alone(name, 0.0), weeks=26))
    assert alike(result.series, np.ascontiguousarray(baseline[:26]))
    assert result.cost["total"] == 0.0
    assert not any(result.cost["hours"].values())
    assert not result.warnings


@pytest.mark.parametrize("name", MODELLED)
def test_full_dose_changes_something(name: str, baseline: np.ndarray):
    result = execute(spec("force", alone(name, 1.0), weeks=156))
    assert not np.array_equal(result.series[:, WORLD], baseline[:, WORLD], equal_nan=True)


def test_no_dose_of_everything_is_the_baseline(baseline: np.ndarray):
    result = execute(spec("force", everything(0, 0.0), weeks=52))
    assert alike(result.series, np.ascontiguousarray(baseline[:52]))


def test_names_are_those_of_the_schema():
    """Whatever is registered can be named in a plan."""
    assert set(REGISTRY) <= set(INTERVENTIONS)
    assert "do-as-now" in REGISTRY


@pytest.mark.parametrize("dice", [1, 2])
@pytest.mark.parametrize("preset", ["estate", "force"])
def test_the_order_of_entries_changes_nothing(preset: str, dice: int):
    plan = everything()
    mixed = {**plan, "entry": random.Random(dice).sample(plan["entry"], len(plan["entry"]))}
    assert mixed["entry"] != plan["entry"]
    straight, turned = (execute(spec(preset, one, weeks=WEEKS)) for one in (plan, mixed))
    assert alike(straight.series, turned.series)
    assert straight.cost == turned.cost
    assert sorted(straight.warnings) == sorted(turned.warnings)


def test_two_halves_are_not_the_whole():
    """The comparison is not blind: half a dose is another history."""
    whole, half = (execute(spec("force", everything(0, dose), weeks=40)).series for dose in (1.0, 0.5))
    assert not np.array_equal(whole[:, WORLD], half[:, WORLD], equal_nan=True)
    assert half[:, INDEX["plan_cost_gbp"]].sum() < whole[:, INDEX["plan_cost_gbp"]].sum()
