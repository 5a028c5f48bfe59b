"""What restricts those convicted shows on those convicted, where the force as a whole hardly shows it."""

from __future__ import annotations

import functools

import numpy as np
import pytest

from simulation.schema import build_spec, load_plan
from simulation.state.codes import PRISON
from simulation.world.run import RunResult, execute
from tests.policy.ground import checkpoint

checkpoint()  # registers the cards
REPLICATES = 4
WEEKS = 156
FROM = 60  # by then those hired for it are at work
NEW_MONEY = {"funding": "additional", "budget_holder": "home-office"}


@functools.cache
def run(name: str, replicate: int) -> RunResult:
    entries = [{"intervention": name, "where": "force", **NEW_MONEY}] if name else []
    plan = load_plan({"id": "convicted", "title": "Those convicted", "entry": entries})
    return execute(build_spec("force", plan, weeks=WEEKS, replicate=replicate), detail=True)


def steering(name: str) -> list[int]:
    """How many run a business from prison at the end, by world."""
    found = []
    for replicate in range(REPLICATES):
        made = run(name, replicate).engine
        assert made is not None
        person = made.state.person
        found.append(int(((person.status == PRISON) & (person.steers == 1)).sum()))
    return found


def returning(name: str) -> float:
    """Share of those released who went back to the trade, over all worlds, without those who had left it before."""
    released, left = 0, 0
    for replicate in range(REPLICATES):
        events = run(name, replicate).events
        assert events is not None
        gone = events[events.kind.isin(["exit", "inform"])].set_index("subject").week
        out = events[(events.week >= FROM) & (events.kind == "release")]
        when = gone.reindex(out.subject).to_numpy()
        of_the_trade = ~(when < out.week.to_numpy())
        released += int(of_the_trade.sum())
        left += int((when[of_the_trade] == out.week.to_numpy()[of_the_trade]).sum())
    return 1.0 - left / released


@pytest.mark.slow
def test_orders_cut_organisers_in_prison_off_from_their_businesses() -> None:
    as_now, under_orders = steering(""), steering("serious-crime-prevention-order")
    assert min(as_now) > 5
    assert sum(under_orders) < 0.4 * sum(as_now)


@pytest.mark.slow
def test_fewer_of_those_who_are_managed_go_back() -> None:
    assert 0.4 < returning("") < 0.55
    assert returning("offender-management") < returning("") - 0.02


@pytest.mark.slow
def test_managing_those_on_licence_leaves_those_in_prison_as_they_were() -> None:
    assert np.mean(steering("offender-management")) == pytest.approx(np.mean(steering("")), rel=0.25)
