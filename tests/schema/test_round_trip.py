"""What was said can be written down, read again and hashed, and is the same."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation import schema
from simulation.errors import SpannerError
from simulation.schema.place import TargetRule, Where
from simulation.schema.shock import ShockKind

names = st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True)
shares = st.floats(0, 1)
numbers = st.floats(-1e12, 1e12)


@st.composite
def quantities(draw: st.DrawFn) -> dict[str, Any]:
    low, value, high = sorted(draw(st.lists(shares, min_size=3, max_size=3)))
    status = draw(st.sampled_from(["measured", "estimated", "assumed", "calibrated"]))
    source = draw(st.sampled_from(sorted(schema.load_sources())))
    return {
        "value": value, "low": low, "high": high, "unit": draw(st.sampled_from(schema.UNITS)), "status": status,
        "note": draw(st.text(max_size=30)), **({"source": source} if status in ("measured", "estimated") else {}),
    }  # fmt: skip


@st.composite
def wheres(draw: st.DrawFn) -> Any:
    rule = draw(st.sampled_from(["everywhere", "force", "importing", "named", "most-harm", "contested", "random"]))
    if rule == "named":
        return draw(st.lists(names, min_size=1, max_size=4))
    if rule in ("most-harm", "contested", "random"):
        return {"rule": rule, "n": draw(st.integers(1, 50))}
    return rule


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Any]:
    start = draw(st.integers(0, 1000))
    entry: dict[str, Any] = {
        "intervention": draw(st.sampled_from(schema.INTERVENTIONS)),
        "dose": draw(shares),
        "start": start,
        "ramp_weeks": draw(st.integers(0, 60)),
        "where": draw(wheres()),
        "targets": draw(st.sampled_from(TargetRule.__args__)),
        "parameters": draw(st.dictionaries(st.sampled_from(["share", "reach", "a.b"]), numbers, max_size=3)),
    }
    if draw(st.booleans()):
        entry["end"] = draw(st.integers(start + 1, 2000))
    if draw(st.booleans()):
        entry["cadence_weeks"] = draw(st.integers(1, 60))
        if draw(st.booleans()):
            entry["pulse_weeks"] = draw(st.integers(1, entry["cadence_weeks"]))
    if draw(st.booleans()):
        entry |= {"funding": "additional", "budget_holder": draw(st.sampled_from(sorted(schema.load_costs().holders)))}
    return entry


plans = st.fixed_dictionaries(
    {"title": st.text(min_size=1, max_size=40), "entry": st.lists(entries(), max_size=5)},
    optional={"id": names, "description": st.text(max_size=60), "budget": st.floats(0, 1e9)},
)


@given(quantities())
def test_quantity_round_trip(table: dict[str, Any]):
    quantity = schema.Quantity.model_validate(table)
    assert schema.Quantity.model_validate(schema.to_table(quantity)) == quantity
    assert quantity.holds(quantity.value)


@given(plans)
def test_plan_round_trip(tmp_path_factory: pytest.TempPathFactory, table: dict[str, Any]):
    plan = schema.load_plan(table)
    assert schema.load_plan(schema.to_table(plan)) == plan
    assert schema.load_plan(json.loads(schema.canonical(plan))) == plan
    path = tmp_path_factory.mktemp("plans") / "again.toml"
    path.write_text(schema.to_toml(plan), encoding="utf-8", newline="")
    again = schema.load_plan(path)
    assert again == plan
    assert schema.canonical(again) == schema.canonical(plan)


shocks = st.fixed_dictionaries(
    {"week": st.integers(0, 2000), "kind": st.sampled_from(ShockKind.__args__), "size": st.sampled_from([0.0, 1.0])},
    optional={"duration": st.integers(1, 2000), "where": wheres()},
)


CHAINED = [name for name in schema.list_scenarios() if "class-a" in schema.load_scenario(name).markets]


@given(st.sampled_from(CHAINED), st.lists(shocks, max_size=4), shares, st.integers(1, 50))
def test_scenario_round_trip(preset: str, events: list[Any], transfer: float, lines: int):
    table = {"preset": preset, "shocks": events, "population": {"tie_transfer": transfer, "tiers": {"line": lines}}}
    scenario = schema.load_scenario(table)
    for market in scenario.markets.values():
        assert "line" not in market.tiers or scenario.intended(market.id, "line") == lines
    assert schema.load_scenario(schema.to_table(scenario)) == scenario
    assert schema.load_scenario(scenario) is scenario


@pytest.mark.parametrize("name", schema.list_scenarios())
def test_presets_survive_toml(name: str, tmp_path: Any):
    scenario = schema.load_scenario(name)
    path = tmp_path / f"{name}.toml"
    path.write_text(schema.to_toml(scenario))
    assert schema.load_scenario(path) == scenario


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def shuffled(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict):
        items = [(key, shuffled(item, chance)) for key, item in value.items()]
        chance.shuffle(items)
        return dict(items)
    return [shuffled(item, chance) for item in value] if isinstance(value, list) else value


@given(json_values, st.randoms())
def test_canonical_text_knows_no_order(value: Any, chance: random.Random):
    text = schema.canonical(value)
    assert text == schema.canonical(shuffled(value, chance)) == schema.canonical(json.loads(text))
    assert text.isascii()
    assert json.loads(text) == value


@given(json_values, json_values)
def test_canonical_text_tells_different_things_apart(one: Any, other: Any):
    assert (schema.canonical(one) == schema.canonical(other)) == (_typed(one) == _typed(other))


def _typed(value: Any) -> Any:
    """Values as JSON tells them apart: true is not 1, but 1.0 is."""
    if isinstance(value, dict):
        return {key: _typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_typed(item) for item in value]
    return (isinstance(value, bool), value)


def test_canonical_text_of_the_same_run_is_the_same_everywhere():
    spec = schema.build_spec("estate", "clear-hold-build", ablate=("b", "a", "b"), seed=7)
    assert spec.ablate == ("a", "b")
    code = (
        "from simulation import schema, errors; import hashlib;"
        "s = schema.build_spec('estate', 'clear-hold-build', ablate=('a', 'b'), seed=7);"
        "print(hashlib.blake2b(schema.canonical(s).encode()).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("0", "1")
    ]
    assert runs[0] == runs[1]
    assert schema.canonical(spec) != schema.canonical(spec.model_copy(update={"seed": 8}))


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), {1: 2}, object(), b"x"])
def test_canonical_text_refuses_what_cannot_be_hashed(bad: Any):
    with pytest.raises(SpannerError):
        schema.canonical({"a": [bad]})


def test_negative_zero_is_zero():
    assert schema.canonical(-0.0) == schema.canonical(0) == "0"


@given(entries(), st.integers(0, 2100))
def test_level_stays_within_dose_and_window(table: dict[str, Any], week: int):
    entry = schema.Entry.model_validate(table)
    level = entry.level(week)
    assert 0.0 <= level <= entry.dose
    if week < entry.start or (entry.end is not None and week >= entry.end):
        assert level == 0.0
    elif entry.cadence_weeks is None and week - entry.start >= entry.ramp_weeks:
        assert level == entry.dose
    changes = entry.changes(300)
    assert all(entry.level(w) == entry.level(w - 1) for w in range(300) if w not in changes)


def test_pulses_come_at_their_cadence():
    entry = schema.Entry(intervention="clear", dose=0.6, start=2, end=20, cadence_weeks=6, pulse_weeks=2)
    assert [week for week in range(30) if entry.level(week)] == [2, 3, 8, 9, 14, 15]
    assert entry.changes(12) == (2, 4, 8, 10)
    half = schema.Entry(intervention="clear", cadence_weeks=5)
    assert [week for week in range(10) if half.level(week)] == [0, 1, 2, 5, 6, 7]


def test_a_ramp_rises_in_a_straight_line():
    entry = schema.Entry(intervention="clear", dose=0.8, ramp_weeks=3)
    assert [entry.level(week) for week in range(5)] == pytest.approx([0.2, 0.4, 0.6, 0.8, 0.8])


def test_short_forms_stand_for_tables():
    assert Where.model_validate("force") == Where(rule="force")
    assert Where.model_validate(["a", "b"]) == Where(rule="named", names=("a", "b"))
    plan = schema.load_plan({"title": "a", "budget": 5, "entry": [{"intervention": "clear", "targets": "leader"}]})
    assert plan.budget is not None
    assert (plan.budget.total, plan.entry[0].targets.rule) == (5.0, "leader")


def test_a_bare_number_over_a_quantity_widens_it_and_says_so():
    before = schema.load_scenario("force").markets["cocaine"].tiers["wholesaler"].intended
    over = {"preset": "force", "markets": {"cocaine": {"tiers": {"wholesaler": {"intended": 50}}}}}
    after = schema.load_scenario(over).markets["cocaine"].tiers["wholesaler"].intended
    assert (after.value, after.low, after.high) == (50.0, before.low, 50.0)
    assert (after.status, after.source) == ("assumed", None)
    assert schema.load_scenario("force").markets["cocaine"].tiers["wholesaler"].intended == before


def test_statements_cannot_be_changed():
    plan = schema.load_plan("do-as-now")
    with pytest.raises(ValueError, match="frozen"):
        plan.title = "x"  # type: ignore[misc]
