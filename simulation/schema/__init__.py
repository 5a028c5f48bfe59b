"""What may be said to the model, and the loaders that hear it: scenarios, plans, parameters, cards, runs."""

from simulation.schema.area import Area, side
from simulation.schema.base import MAX_REPLICATES, MAX_SEED, MAX_WEEKS
from simulation.schema.canonical import canonical
from simulation.schema.card import Affects, Card, Cost, Evidence, EvidencePart, Expected, Intrusion
from simulation.schema.intelligence import IntelligenceSource, load_intelligence
from simulation.schema.laundering import LaunderingChannel, load_channels
from simulation.schema.loading import list_cases, list_plans, list_scenarios, load_plan, load_scenario
from simulation.schema.market import Market, Recipe, Retail, Skill, Tier
from simulation.schema.names import INTERVENTIONS
from simulation.schema.naming import locality_id
from simulation.schema.parameters import check_overrides, load_mechanisms, load_parameters
from simulation.schema.place import Targets, Where
from simulation.schema.plan import Budget, Cycle, Entry, Option, Plan, Rule, Trigger
from simulation.schema.quantity import Mechanism, Parameter, Quantity, quantities
from simulation.schema.reading import LIBRARY
from simulation.schema.reference import (
    Authority,
    Costs,
    Finding,
    Force,
    Power,
    Source,
    UnitCosts,
    load_authority,
    load_costs,
    load_findings,
    load_forces,
    load_sources,
    load_unit_costs,
)
from simulation.schema.run import Measure, RunSpec
from simulation.schema.scenario import (
    ACTIVITIES,
    RESOURCES,
    Agency,
    Community,
    Courts,
    Places,
    PopulationOverrides,
    Portfolio,
    Scenario,
    Shock,
)
from simulation.schema.sectors import Sector, load_sectors, sector_markets
from simulation.schema.speccing import build_spec, check_plan, check_replicates
from simulation.schema.units import UNITS, Unit
from simulation.schema.writing import to_table, to_toml

__all__ = [
    "ACTIVITIES", "INTERVENTIONS", "LIBRARY", "MAX_REPLICATES", "MAX_SEED", "MAX_WEEKS", "RESOURCES", "UNITS",
    "Affects", "Agency", "Area", "Authority", "Budget", "Card", "Community", "Cost", "Costs", "Courts", "Cycle", "Entry",
    "Evidence", "EvidencePart", "Expected", "Finding", "Force", "IntelligenceSource", "Intrusion", "LaunderingChannel", "Market", "Measure", "Mechanism", "Option",
    "Parameter", "Places", "Plan", "PopulationOverrides", "Portfolio", "Power", "Quantity", "Recipe", "Retail",
    "Rule", "RunSpec", "Scenario", "Sector", "Shock", "Skill", "Source", "Targets", "Tier", "Trigger", "Unit", "UnitCosts", "Where",
    "build_spec", "canonical", "check_overrides", "check_plan", "check_replicates",
    "list_cases", "list_plans", "list_scenarios", "load_authority", "load_channels",
    "load_costs", "load_findings", "load_forces", "load_intelligence", "load_mechanisms", "load_parameters", "load_plan", "load_scenario",
    "load_sectors", "load_sources", "load_unit_costs", "locality_id", "quantities", "sector_markets", "side", "to_table", "to_toml",
]  # fmt: skip
