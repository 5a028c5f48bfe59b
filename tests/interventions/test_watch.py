"""A watch on markets that have only begun finds the one that takes off, and the same hours do most at the beginning."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pytest

from simulation.policy.weak import newest_lines
from simulation.state.codes import ACTIVE, LINE, LOCAL
from tests.integration.lives import grown_up, spec, table

WORLDS = 3
HELD = {
    "intervention": "emerging-market-watch",
    "where": "force",
    "funding": "additional",
    "budget_holder": "home-office",
}
NAMED = {"targets": {"rule": "card", "market": "synthetic-opioid"}}


@functools.cache
def users(start: int | None, replicate: int, named: bool = True) -> np.ndarray:
    """Users of the new market, quarter by quarter over six years, under two years of the watch."""
    entry: dict[str, Any] = {**HELD, "start": start, "end": (start or 0) + 104, **(NAMED if named else {})}
    plan = "do-as-now" if start is None else table(entry)
    engine = grown_up(spec("emerging-synthetic", plan, weeks=312, replicate=replicate))
    new = int(np.flatnonzero(engine.state.emerging.growth > 0.0)[0])
    found = []
    for _ in range(24):
        engine.run(13)
        found.append(float(engine.state.place.users_rest[:, new].sum()))
    return np.array(found)


@pytest.mark.slow
def test_the_same_hours_spare_several_times_as_many_at_the_beginning() -> None:
    def spared(start: int) -> float:
        return sum(float((users(None, r) - users(start, r)).sum()) for r in range(WORLDS))

    assert spared(0) > 0.0
    assert spared(0) > 2.0 * spared(208)


def found_alone(replicate: int) -> list[bool]:
    """Whether the watch would look at lines of the new market and of no other, quarter by quarter of the second year."""
    engine = grown_up(spec("emerging-synthetic", "do-as-now", weeks=104, replicate=replicate))
    new = int(np.flatnonzero(engine.state.emerging.growth > 0.0)[0])
    seen = []
    for week in range(52, 105, 13):
        engine.run(week - engine.week)
        s = engine.state
        places, markets = np.arange(s.place.id.size), np.arange(s.chain.landed.size)
        picked = newest_lines(s, week, LOCAL, places, markets, 0.3, 24)
        seen.append({int(s.outlet.market[one.row]) for one in picked} == {new})
        others = (s.outlet.state == ACTIVE) & (s.outlet.tier == LINE) & (s.outlet.market != new)
        assert others.sum() > 50
    return seen


@pytest.mark.slow
def test_it_finds_the_market_that_takes_off_by_the_age_of_its_lines_alone() -> None:
    looks = [found for replicate in range(WORLDS) for found in found_alone(replicate)]
    assert sum(looks) >= 0.6 * len(looks)
