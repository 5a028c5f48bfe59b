"""A place with the brokers and hands of some of the force's commissioned markets."""

from __future__ import annotations

from simulation.kernels.commission import commission
from simulation.schema import Scenario, load_scenario
from simulation.state.codes import (
    CASH_CLEAN,
    EQUITY,
    HOUSEHOLDS,
    LEGAL_ECONOMY,
)
from simulation.state.counters import PROJECTS
from simulation.state.values import Values
from simulation.state.world import State
from simulation.world.prepare_crews import prepare_crews
from simulation.world.prepare_place import prepare_place
from tests.kernels.place_world import KEY, empty, levers

RICH = 10**12


def scenario_of(*names: str) -> Scenario:
    """The force with these commissioned markets alone."""
    force = load_scenario("force")
    return force.model_copy(update={"markets": {name: force.markets[name] for name in ("cocaine", *names)}})


def world(p: Values, *names: str, places: int = 9) -> State:
    s = empty(places=places, people=900, businesses=120)
    for payer in (HOUSEHOLDS, LEGAL_ECONOMY):
        s.ledger.book[payer, CASH_CLEAN] = RICH
        s.ledger.book[payer, EQUITY] = -RICH
    prepare_place(s, p)
    prepare_crews(s, scenario_of(*names), p, KEY, -260)
    return s


def lived(s: State, p: Values, count: int, first: int = 0) -> dict[str, int]:
    """So many weeks of commissioned crime; what they add up to."""
    v = levers(s)
    total: dict[str, int] = dict.fromkeys(("projects", "crimes", "victims", "recorded", "pence"), 0)
    for week in range(first, first + count):
        s.tally.week[:] = 0
        commission(s, v, p, KEY, week, 0)
        assert s.sector.projects.sum() == s.tally.week[PROJECTS]
        for name in total:
            total[name] += int(getattr(s.sector, name).sum())
    return total
