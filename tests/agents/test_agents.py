"""Agents of the model deliberate and describe; they keep nothing of their own and draw nothing."""

from __future__ import annotations

import mesa
import numpy as np
import pytest

from simulation.agents import Business, Force, NationalAgency, Partner, RegionalUnit, appoint_agents
from simulation.state.codes import ACTIVE, OUTSIDE
from simulation.state.world import State
from tests.policy.ground import fresh_state, plan_of, programme


class Engine:
    """What an agent needs of the world's engine."""

    def __init__(self) -> None:
        self.state = fresh_state()
        self.programme = programme(plan_of(), self.state)


class Model(mesa.Model):
    """A model with a state."""

    def __init__(self, state: State) -> None:
        super().__init__(rng=1)
        self.state = state


@pytest.fixture
def engine() -> Engine:
    return Engine()


def test_each_agency_is_an_agent_of_its_kind(engine: Engine) -> None:
    agents = appoint_agents(Model(engine.state), engine)
    assert [type(one) for one in agents] == [Force, RegionalUnit, NationalAgency, *(Partner,) * 5]
    assert [one.name for one in agents] == [
        "force",
        "rocu",
        "nca",
        "council",
        "health",
        "regulators",
        "private-sector",
        "probation",
    ]
    assert agents[0].model.agents_by_type[Force].to_list() == [agents[0]]


def test_they_open_what_the_programme_opens_and_draw_nothing(engine: Engine) -> None:
    model = Model(engine.state)
    agents = appoint_agents(model, engine)
    engine.state.person.knowledge[:] = 0.9
    engine.state.operation.state[:] = 0
    before = model.random.getstate()
    opened = sum(agent.deliberate(4) for agent in agents)
    assert opened == agents[0].operations > 0
    assert model.random.getstate() == before
    assert sum(agent.deliberate(5) for agent in agents) == 0, "nobody meets in week 5"


def test_a_business_reads_its_row_and_knows_when_it_is_gone() -> None:
    state = fresh_state()
    row = int(np.flatnonzero(state.business.state[OUTSIDE:] == ACTIVE)[0]) + OUTSIDE
    business = Business(Model(state), row)
    assert business.alive
    assert business.lines == state.business.lines[row]
    assert business.members == state.business.members[row]
    assert business.cash == pytest.approx(state.ledger.book[row, :2].sum() / 100.0)
    assert sum(business.balance_sheet.values()) == pytest.approx(0.0, abs=0.01)
    assert 0.0 <= business.known <= 1.0
    state.business.lines[row] += 1
    assert business.lines == state.business.lines[row]
    state.business.id[row] += np.uint64(1)
    assert not business.alive
