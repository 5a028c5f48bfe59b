"""The world is a Mesa model: however it is stepped, collected or batched, its series are the same bits."""

from __future__ import annotations

from collections.abc import Callable

import mesa
import numpy as np
import pandas as pd
import pytest

from simulation.agents import Force, NationalAgency, Officer, RegionalUnit
from simulation.errors import OutOfRange
from simulation.measures.catalogue import MEASURES
from simulation.world.clock import schedule_before
from simulation.world.model import World
from simulation.world.run import execute
from tests.integration.lives import alike, spec

WEEKS = 30
PLANS = ("do-as-now", "clear-hold-build", "leader-arrests")


def by_steps(world: World) -> None:
    for _ in range(WEEKS):
        world.step()


def by_turns(world: World) -> None:
    world.step()
    world.advance(7)
    world.run_for(3)
    world.advance(1)
    world.run_until(WEEKS - 5)
    world.advance(5)


WAYS: dict[str, Callable[[World], None]] = {
    "step": by_steps,
    "run_for": lambda world: world.run_for(WEEKS),
    "run_until": lambda world: world.run_until(WEEKS),
    "run_model": lambda world: world.run_model(),
    "advance": lambda world: world.advance(WEEKS),
    "by turns": by_turns,
}


def collected(world: World) -> np.ndarray:
    """What Mesa's collector holds, weeks x measures."""
    frame = world.datacollector.get_model_vars_dataframe()
    assert list(frame.columns) == [measure.id for measure in MEASURES]
    return np.ascontiguousarray(frame.to_numpy(float))


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_running_gives_the_same_bits(way: str, plan: str):
    fast = execute(spec("estate", plan, weeks=WEEKS)).series
    world = World("estate", plan, weeks=WEEKS)
    assert world.steps == 0
    WAYS[way](world)
    assert world.steps == world.week == world.engine.week == WEEKS
    assert not world.running
    assert alike(world.series_so_far(), fast)
    assert np.array_equal(collected(world), fast, equal_nan=True)
    assert alike(world.result().series, fast)


def test_nothing_runs_ahead_of_the_clock():
    """After `advance` the state is that of the last week asked for, as after as many steps."""
    ahead, step_by_step = World("estate", weeks=WEEKS), World("estate", weeks=WEEKS)
    ahead.advance(6)
    for _ in range(6):
        step_by_step.step()
    assert ahead.engine.week == step_by_step.engine.week == 6
    for one, other in zip(ahead.state.columns, step_by_step.state.columns, strict=True):
        assert all(np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for a, b in zip(one, other, strict=True))


class Watcher(mesa.Agent):
    """Notes how far the world had come when its event fired."""

    def __init__(self, model: World) -> None:
        super().__init__(model)
        self.seen: list[int] = []

    def look(self) -> None:
        self.seen.append(self.model.engine.week)  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("week", [0, 1, 5, 6, 13])
@pytest.mark.parametrize("way", ["step", "run_for", "advance"])
def test_an_event_before_a_week_sees_the_weeks_before_it(way: str, week: int):
    world = World("estate", weeks=WEEKS)
    watcher = Watcher(world)
    schedule_before(world, week, watcher.look)
    WAYS[way](world)
    assert watcher.seen == [week]


def test_a_world_ends_where_it_was_made_to_end():
    world = World("estate", weeks=3)
    world.run_for(3)
    assert not world.running
    with pytest.raises(OutOfRange, match="weeks"):
        world.step()


@pytest.mark.parametrize("processes", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_batch_run_gives_what_single_runs_give(processes: int):
    asked = {"preset": "estate", "plan": ["do-as-now", "clear-hold-build"], "replicate": [0, 1], "weeks": WEEKS}
    rows = mesa.batch_run(
        World, asked, rng=[1, 2], number_processes=processes, data_collection_period=1, max_steps=WEEKS,
        display_progress=False,
    )  # fmt: skip
    frame = pd.DataFrame(rows)
    assert len(frame) == 8 * WEEKS
    names = [measure.id for measure in MEASURES]
    for (plan, replicate, seed), run in frame.groupby(["plan", "replicate", "rng"]):
        fast = execute(spec("estate", plan, weeks=WEEKS, replicate=int(replicate), seed=int(seed))).series
        assert np.array_equal(run.sort_values("Step")[names].to_numpy(float), fast, equal_nan=True)


def test_chance_is_not_drawn_from_mesa():
    """Disturbing Mesa's generators changes nothing."""
    calm, disturbed = World("estate", weeks=WEEKS), World("estate", weeks=WEEKS)
    for _ in range(WEEKS):
        calm.step()
        disturbed.random.random()
        disturbed.rng.random(7)
        disturbed.step()
    assert alike(calm.series_so_far(), disturbed.series_so_far())


def test_agencies_are_agents():
    world = World("force", weeks=4)
    kinds = {type(agent) for agent in world.agents.select(agent_type=Officer)}
    assert kinds >= {Force, RegionalUnit, NationalAgency}
    by_class = world.agents.groupby(lambda agent: type(agent).__name__)
    assert sum(len(group) for _, group in by_class) == len(world.agents) == len(world.spec.scenario.agencies)
    world.step()
    assert world.agents.agg("operations", sum) == int((world.state.operation.state == 1).sum())
