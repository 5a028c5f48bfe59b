"""The data that comes with the product is whole, honest about its ranges, and adds up to what was measured."""

from __future__ import annotations

import math
import subprocess
import sys
from collections import Counter

import pytest

from simulation import schema
from simulation.schema.units import natural_bounds

PURSUE = ("reactive", "proactive-street", "investigations", "financial", "border")


def everything() -> list[tuple[str, schema.Quantity]]:
    whole = {
        "costs": schema.load_costs(), "authority": schema.load_authority(), "unit-costs": schema.load_unit_costs(),
        **{name: schema.load_scenario(name) for name in schema.list_scenarios()},
    }  # fmt: skip
    return schema.quantities(whole)


def test_what_is_assumed_has_a_wide_range():
    narrow = []
    for path, quantity in everything():
        if quantity.status != "assumed":
            continue
        least, most = natural_bounds(quantity.unit)
        slack = 0.25 * abs(quantity.value)
        low = quantity.value - slack if least is None else max(least, quantity.value - slack)
        high = quantity.value + slack if most is None else min(most, quantity.value + slack)
        if quantity.low > low + 1e-9 or quantity.high < high - 1e-9 or quantity.low == quantity.high:
            narrow.append(path)
    assert narrow == []


def test_what_is_from_memory_is_never_called_measured():
    sources = schema.load_sources()
    wrong = [
        path
        for path, quantity in everything()
        if quantity.status == "measured" and sources[str(quantity.source)].evidence != "read"
    ]
    assert wrong == []


def test_every_quantity_is_counted():
    assert len(everything()) > 390
    assert len({path for path, _ in everything()}) == len(everything())


def test_the_portfolio_spends_as_the_auditors_found():
    """79 % Pursue and 4 % Prevent of what force, regional unit and national agency spend at the front line."""
    scenario, costs = schema.load_scenario("force"), schema.load_costs()
    spent: Counter[str] = Counter()
    for agency in ("force", "rocu", "nca"):
        for resource in schema.RESOURCES:
            for activity in schema.ACTIVITIES:
                hours = scenario.hours(agency, resource) * scenario.share(agency, resource, activity)
                spent[activity] += hours * costs.hour[resource].value
    total = sum(spent.values())
    assert sum(spent[activity] for activity in PURSUE) / total == pytest.approx(0.79, abs=0.01)
    assert spent["prevention"] / total == pytest.approx(0.04, abs=0.005)


def test_the_forces_are_those_of_england_and_wales():
    forces = schema.load_forces()
    assert (
        len(forces) == len({force.tile for force in forces}) == len({(force.row, force.col) for force in forces}) == 43
    )
    assert sum(force.pop_census2021 for force in forces) == pytest.approx(59_529_700, abs=2000)
    assert sum(force.officers_fte_mar2025 for force in forces) == pytest.approx(146_442, rel=0.005)
    assert {force.tile for force in forces if force.cl_exporter} == {"MET", "WMP", "MER", "GMP"}


def test_findings_say_what_passes():
    findings = schema.load_findings()
    assert len(findings) == len({finding.id for finding in findings}) == 36
    for finding in findings:
        assert finding.pass_low <= finding.pass_high
        assert math.isfinite(finding.pass_low + finding.pass_high)
        # A range that holds no effect proves nothing unless something moves.
        if finding.role == "test" and finding.unit == "share" and finding.pass_low < 0 < finding.pass_high:
            assert finding.positive_control or finding.also


def test_the_force_is_as_large_as_its_likeness():
    scenario = schema.load_scenario("force")
    places = scenario.places
    merseyside = next(force for force in schema.load_forces() if force.tile == "MER")
    assert places.residents.value * places.force.value == pytest.approx(merseyside.pop_mid2023_est, rel=0.01)
    hard = [market for market in scenario.markets.values() if market.hard_drug]
    assert len(hard) == 2
    numbers = [scenario.intended(market.id, tier) for market in hard for tier in market.chain]
    assert sum(numbers) * 8.2 == pytest.approx(scenario.community.mapped.value, rel=0.05)
    assert (places.force.whole, places.importing.whole, places.outside.whole) == (52, 8, 1)


def test_the_estate_is_small():
    scenario = schema.load_scenario("estate")
    assert [scenario.intended("class-a", tier) for tier in scenario.markets["class-a"].chain] == [2, 2, 3, 6]
    assert scenario.places.force.whole == 12


@pytest.mark.parametrize("preset", schema.list_scenarios())
def test_a_job_pays_out_once(preset: str):
    for market in schema.load_scenario(preset).markets.values():
        if market.recipe is not None:
            paid = sum(skill.share.value * skill.needed.value for skill in market.recipe.skills.values())
            assert 0.3 < paid < 1.0  # the rest is the broker's


@pytest.mark.parametrize("preset", [name for name in schema.list_scenarios() if name != "virtual"])
def test_prices_rise_down_the_chain(preset: str):
    for market in schema.load_scenario(preset).markets.values():
        if market.kind == "commodity-chain":
            check_ladder(market)


def check_ladder(market: schema.Market):
    assert market.landed_cost is not None
    assert market.source_price is not None
    costs = [market.source_price.value, market.landed_cost.value] + [
        market.tiers[tier].start_cost.value for tier in market.chain
    ]
    assert costs == sorted(costs)
    for tier in market.chain[:-1]:
        price = market.tiers[tier].start_price
        assert price is not None
        assert price.value > market.tiers[tier].start_cost.value


@pytest.mark.parametrize("plan", schema.list_plans())
@pytest.mark.parametrize("preset", schema.list_scenarios())
def test_every_plan_fits_every_preset(plan: str, preset: str):
    spec = schema.build_spec(preset, plan)
    assert all(entry.end is None or entry.end <= 260 for entry in spec.plan.entry)


def test_the_law_names_interventions_and_sources_that_exist():
    authority, sources = schema.load_authority(), schema.load_sources()
    assert all(power.source in sources for power in authority.power.values())
    agencies = set(schema.load_scenario("force").agencies)
    for rule in authority.forbid:
        assert set(rule.interventions) <= set(schema.INTERVENTIONS)
        assert rule.source in sources
        assert bool(rule.agencies) == (rule.rule == "agency")
        assert set(rule.agencies) <= agencies
    assert {power.verified for power in authority.power.values()} == {True, False}
    verified = {sources[power.source].evidence for power in authority.power.values() if power.verified}
    assert verified == {"read"}


def test_no_shipped_plan_breaks_the_law():
    forbid = schema.load_authority().forbid
    for name in schema.list_plans():
        for entry in schema.load_plan(name).entry:
            assert not [
                rule.id for rule in forbid if entry.agency in rule.agencies and entry.intervention in rule.interventions
            ]


def test_the_baselines_and_five_policies_are_there():
    assert {
        "do-as-now", "nothing-more", "nothing-at-all", "volume-arrests", "leader-arrests", "clear-hold-build",
        "reputation-sabotage", "build-and-sabotage",
    } <= set(schema.list_plans())  # fmt: skip
    assert {"estate", "force"} <= set(schema.list_scenarios())


def test_importing_the_schema_is_light():
    code = "import sys, simulation.schema; print(' '.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "simulation.schema" in loaded
    assert {"mesa", "numba", "numpy", "pandas", "tomlkit"}.isdisjoint(loaded)
