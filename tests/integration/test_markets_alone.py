"""A new market needs nothing but its file: a commissioned one of an own kind is added, lived and conserved."""

from __future__ import annotations

from pathlib import Path

from simulation.schema import build_spec, load_scenario
from simulation.world.prepare_crews import commissioned
from simulation.world.run import start_engine
from tests.conservation.identities import first_faults

FILE = """
preset = "force"
id = "with-cargo"

[markets.cargo-theft]
title = "Cargo theft"
kind = "commissioned-project"
commodity = "stolen loads"

[markets.cargo-theft.recipe]
brokers = { value = 4, unit = "people", low = 2, high = 8, status = "assumed" }
projects = { value = 0.5, unit = "1/week", low = 0.2, high = 1, status = "assumed" }
value = { value = 40000, unit = "GBP", low = 20000, high = 80000, status = "assumed" }
success = { value = 0.8, unit = "share", low = 0.4, high = 1, status = "assumed" }
crimes = { value = 2, unit = "count", low = 1, high = 4, status = "assumed" }
overhead = { value = 300, unit = "GBP/week", low = 150, high = 600, status = "assumed" }
required_profit = { value = 900, unit = "GBP/week", low = 450, high = 1800, status = "assumed" }
record = "robbery"
harm = { value = 15460, unit = "GBP", low = 11595, high = 19325, status = "assumed" }
learning = { value = 0.5, unit = "ratio", low = 0, high = 1.5, status = "assumed" }
meeting = { value = 0.2, unit = "1/week", low = 0.05, high = 0.8, status = "assumed" }
founder = "transport"
found = { value = 0.01, unit = "1/week", low = 0.0025, high = 0.04, status = "assumed" }

[markets.cargo-theft.recipe.skills.transport]
title = "Driver"
needed = { value = 2, unit = "people", low = 1, high = 4, status = "assumed" }
available = { value = 12, unit = "people", low = 6, high = 24, status = "assumed" }
share = { value = 0.15, unit = "share", low = 0.07, high = 0.3, status = "assumed" }
hire = { value = 0.3, unit = "1/week", low = 0.07, high = 1, status = "assumed" }

[markets.cargo-theft.recipe.skills.fence]
title = "Buyer of loads"
needed = { value = 1, unit = "people", low = 0.7, high = 2, status = "assumed" }
available = { value = 6, unit = "people", low = 3, high = 12, status = "assumed" }
share = { value = 0.2, unit = "share", low = 0.1, high = 0.4, status = "assumed" }
"""


def test_a_commissioned_market_from_one_file_lives_and_is_conserved(tmp_path: Path) -> None:
    path = tmp_path / "with-cargo.toml"
    path.write_text(FILE)
    scenario = load_scenario(path)
    row = [market.id for market in commissioned(scenario)].index("cargo-theft")
    engine = start_engine(build_spec(scenario, "do-as-now", weeks=104))
    assert first_faults(engine, 104) == []
    assert engine.state.sector.crimes_ever[row] > 50
    assert engine.state.sector.pence_ever[row] > 0
