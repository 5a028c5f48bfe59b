"""Every example in the documents of the file formats loads as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simulation import schema
from simulation.schema.market import Emerging
from simulation.schema.reading import read_table, validated
from simulation.schema.reference import load_sources
from simulation.schema.route import RouteNode

DOCS = Path(__file__).resolve().parents[2] / "docs"
_EXAMPLE = re.compile(r"<!-- example: ([a-z -]+) -->\n```toml\n(.*?)```", re.DOTALL)
EXAMPLES = [
    (f"{page}-{number}", *found)
    for page in ("plan-files", "scenario-files")
    for number, found in enumerate(_EXAMPLE.findall((DOCS / f"{page}.md").read_text()))
]


@pytest.mark.parametrize(("name", "kind", "text"), EXAMPLES, ids=[name for name, _, _ in EXAMPLES])
def test_example_loads(name: str, kind: str, text: str, tmp_path: Path):
    kind, _, stem = kind.partition(" ")
    path = tmp_path / f"{stem or name}.toml"
    path.write_text(text)
    match kind:
        case "plan":
            plan = schema.load_plan(path)
            schema.check_plan(plan, schema.load_scenario("force"))
            assert plan.entry
        case "scenario":
            scenario = schema.load_scenario(path)
            assert all(market.retail is not None for market in scenario.markets.values() if market.chain)
        case "market":
            assert validated(schema.Market, {"id": path.stem, **read_table(path)}, str(path)).title
        case "channel":
            assert validated(schema.LaunderingChannel, {"id": path.stem, **read_table(path)}, str(path)).title
        case "intelligence":
            (source,) = schema.load_intelligence(tmp_path)
            assert source.share
        case "parameters":
            assert set(schema.load_parameters(tmp_path)) == {"forgetting.half_life"}
        case "portfolio":
            assert validated(schema.Portfolio, {"id": path.stem, **read_table(path)}, str(path)).shares
        case "costs":
            assert schema.load_costs(path).holders
        case "unit-costs":
            assert schema.load_unit_costs(path).offence
        case "authority":
            assert schema.load_authority(path).forbid
        case "sources":
            assert load_sources(path)
        case _:
            raise AssertionError(f"no test for an example of kind {kind}")


def test_every_toml_block_is_an_example():
    for page in ("plan-files", "scenario-files"):
        text = (DOCS / f"{page}.md").read_text()
        assert text.count("```toml") == len(_EXAMPLE.findall(text)) > 0


def test_every_key_of_the_models_stands_in_the_documents():
    plans, scenarios = ((DOCS / f"{page}.md").read_text() for page in ("plan-files", "scenario-files"))
    for model in (schema.Plan, schema.Entry, schema.Budget, schema.Cycle, schema.Option, schema.Where):
        assert [key for key in model.model_fields if not re.search(rf"\b{key}\b", plans)] == []
    for model in (schema.Scenario, schema.Places, schema.Community, schema.Agency, schema.Courts, schema.Shock,
                  schema.PopulationOverrides, schema.Market, schema.Tier, schema.Retail, schema.Recipe, schema.Skill,
                  schema.Quantity, schema.Source, schema.Portfolio, schema.Costs, schema.UnitCosts, schema.Power,
                  schema.Mechanism, schema.IntelligenceSource, Emerging, RouteNode):  # fmt: skip
        assert [key for key in model.model_fields if not re.search(rf"\b{key}\b", scenarios)] == []
