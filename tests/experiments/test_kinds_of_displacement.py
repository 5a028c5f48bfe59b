"""Harm, profit, users and people that go elsewhere are told from those that are gone, kind by kind."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import simulation.interventions  # noqa: F401 (registers the cards)
from simulation.experiments.compared import MODEL_PROFITS, kinds, stated
from simulation.experiments.displacement import unstated
from simulation.policy.intervention import REGISTRY
from simulation.schema import Plan

PAIRS, WEEKS = 40, 104


class Found:
    """A comparison of one plan, made of given changes."""

    def __init__(
        self, plan: dict[str, Any], changes: dict[str, float | np.ndarray], markets: tuple[str, ...] = ()
    ) -> None:
        chance = np.random.default_rng(11)
        self.dealt: tuple[int, ...] = ()
        self.level, self.baseline, self.weeks, self.replicates = 0.9, "do-as-now", WEEKS, PAIRS
        self.asked = {"plan": Plan.model_validate({"id": "plan", "title": "Plan", **plan})}
        self.market_measures = [
            SimpleNamespace(id=f"harm_gbp:{one}", market=one, measure="harm_gbp") for one in markets
        ]
        self._base = {name: chance.normal(100.0, 5.0, PAIRS) for name in changes}
        self._changes = {
            name: change + chance.normal(0.0, 0.2, PAIRS) for name, change in changes.items() if name != "harm_gbp"
        }
        weekly = np.zeros((2, PAIRS, WEEKS))
        if "harm_gbp" in changes:
            weekly[1] = np.asarray(changes["harm_gbp"])[None, :] + chance.normal(0.0, 0.1, (PAIRS, WEEKS))
            self._changes["harm_gbp"] = weekly[1].sum(axis=1)
        self.runs = SimpleNamespace(
            measures=tuple(name for name in changes if ":" not in name), markets=tuple(name for name in changes if ":" in name),
            arms=("do-as-now", "plan"), weeks_of=lambda _: weekly, kept=PAIRS,
        )  # fmt: skip
        self.disruption: dict[str, dict[str, Any]] = {"plan": {}}

    def outcome(self, plan: str, measure: str) -> np.ndarray:
        return self._base[measure] + (self._changes[measure] if plan == "plan" else 0.0)

    def displacement(self, plan: str) -> Any:
        return unstated("not asked here")


def quotient(kind: str, plan: dict[str, Any], changes: dict[str, Any], markets: tuple[str, ...] = ()) -> Any:
    return kinds(Found(plan, changes, markets), "plan")[kind]  # pyright: ignore[reportArgumentType]


def entry(card: str = "volume-arrests", **more: Any) -> dict[str, Any]:
    return {"entry": [{"intervention": card, **more}]}


@pytest.mark.parametrize(("others", "wanted"), [(4.0, -0.4), (-2.0, 0.2), (0.0, 0.0)])
def test_harm_that_moves_to_other_markets_is_found(others: float, wanted: float) -> None:
    plan = entry(targets={"rule": "card", "market": "cocaine"})
    changes = {"harm_gbp:cocaine": -10.0, "harm_gbp:cannabis": others / 2, "harm_gbp:fraud": others / 2}
    found = quotient("market", plan, changes, ("cocaine", "cannabis", "fraud"))
    assert found.quotient == pytest.approx(wanted, abs=0.03)
    assert found.low <= found.quotient <= found.high
    assert "no market" in quotient("market", entry(), changes, ("cocaine", "cannabis", "fraud")).reason


def test_profit_that_moves_to_other_models_is_found() -> None:
    changes = {"profit_independent_gbp": 5.0, "profit_franchise_gbp": -10.0, "profit_commissioning_gbp": 1.0}
    assert quotient("model", entry("franchise-defection"), changes).quotient == pytest.approx(-0.6, abs=0.03)
    assert "no business model" in quotient("model", entry("volume-arrests"), changes).reason


def test_every_card_against_a_way_of_doing_business_is_measured_by_its_profits() -> None:
    """A plan of it is held against the profits of its own model, whichever card it is."""
    changes = {
        MODEL_PROFITS["independent"]: 4.0,
        MODEL_PROFITS["franchise"]: -10.0,
        MODEL_PROFITS["commissioning"]: -2.0,
    }
    wanted = {"independent": -12.0 / 4.0, "franchise": 2.0 / -10.0, "commissioning": -6.0 / -2.0}
    against = {name: kind.card.against for name, kind in REGISTRY.items() if kind.card.against is not None}
    assert {"franchise", "commissioning"} <= set(against.values()) <= set(MODEL_PROFITS)
    for name, model in against.items():
        assert quotient("model", entry(name), changes).quotient == pytest.approx(wanted[model], rel=0.1), name


@pytest.mark.parametrize(("left", "wanted"), [(0.0, -1.0), (-6.0, -0.4)])
def test_users_who_leave_a_platform_go_elsewhere_or_are_gone(left: float, wanted: float) -> None:
    changes = {"users_of_first_platforms": -10.0, "comms_users": left, "market_users": 0.0, "money_users": 0.0}
    assert quotient("platform", entry("platform-closure"), changes).quotient == pytest.approx(wanted, abs=0.06)


@pytest.mark.parametrize(("after", "wanted"), [(0.0, 0.0), (5.0, -0.5), (-8.0, 0.8)])
def test_harm_that_is_put_off_is_told_from_harm_that_stays_away(after: float, wanted: float) -> None:
    weekly = np.zeros(WEEKS)
    weekly[10:40], weekly[40:70] = -10.0, after
    weekly[70:] = 500.0  # later than the plan lasted: nobody can say whose doing it is
    found = quotient("time", entry(start=10, end=40), {"harm_gbp": weekly})
    assert found.quotient == pytest.approx(wanted, abs=0.02)
    assert "do not end" in quotient("time", entry(start=10), {"harm_gbp": weekly}).reason
    assert "fewer than 13" in quotient("time", entry(start=10, end=95), {"harm_gbp": weekly}).reason


@pytest.mark.parametrize(("active", "wanted"), [(0.0, -1.0), (-10.0, 0.0), (-15.0, 0.5)])
def test_those_taken_out_are_replaced_or_not(active: float, wanted: float) -> None:
    found = quotient("people", entry(), {"prison": 10.0, "people_active": active})
    assert found.quotient == pytest.approx(wanted, abs=0.05)


def test_nothing_is_said_of_a_change_that_may_be_chance() -> None:
    found = quotient("people", entry(), {"prison": 0.0, "people_active": -5.0})
    assert np.isnan(found.quotient)
    assert "chance" in found.reason


def test_worth_is_harm_averted_less_what_it_cost() -> None:
    """Ten pounds of harm a week averted for four: net benefit is the difference, each pound averted costs forty pence."""
    found = Found(entry(), {"harm_gbp": np.full(WEEKS, -10.0), "plan_cost_gbp": 4.0 * WEEKS})
    out = stated(found, "plan")  # pyright: ignore[reportArgumentType]
    assert out["net_benefit_gbp"].value == pytest.approx(6.0 * WEEKS, rel=0.01)
    assert out["net_benefit_gbp"].low < out["net_benefit_gbp"].value < out["net_benefit_gbp"].high
    assert out["net_benefit_gbp"].probability_better == 1.0
    assert out["cost_per_harm_averted"].value == pytest.approx(0.4, rel=0.01)
    worse = stated(Found(entry(), {"harm_gbp": np.full(WEEKS, 0.0), "plan_cost_gbp": 4.0}), "plan")  # pyright: ignore[reportArgumentType]
    assert "cost_per_harm_averted" not in worse
