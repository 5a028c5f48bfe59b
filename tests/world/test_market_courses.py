"""What is counted of each market week by week is what is counted of the whole world, taken apart."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.measures.catalogue import INDEX
from simulation.schema import list_scenarios
from simulation.state.counters import (
    HARM_GBP,
    JOB_CRIMES,
    JOB_VICTIMS,
    JOBS_BEGUN,
    JOBS_DONE,
    PROFIT_PENCE,
    RECRUITS_UNDER_18,
    TAKEN_PENCE,
    TRADING,
)
from simulation.world.run import start_engine
from tests.integration.lives import spec

WEEKS = 26
WHOLE = {
    "businesses_active": (TRADING, 1.0),
    "illegal_profit_gbp": (PROFIT_PENCE, 0.01),
    "projects": (JOBS_DONE, 1.0),
    "project_crimes": (JOB_CRIMES, 1.0),
    "project_victims": (JOB_VICTIMS, 1.0),
    "project_takings_gbp": (TAKEN_PENCE, 0.01),
}


@pytest.mark.parametrize("preset", list_scenarios())
def test_markets_add_up_to_the_world_in_every_week(preset: str) -> None:
    """No business, penny, crime or victim is in two markets or in none; harm without a market is counted crime by crime."""
    engine = start_engine(spec(preset, weeks=WEEKS))
    chains = engine.state.chain.id.size
    for week in range(WEEKS):
        engine.run(1)
        s, p, row, markets = engine.state, engine.p, engine.series[week], engine.courses[week]
        for measure, (column, times) in WHOLE.items():
            assert markets[:, column].sum() * times == pytest.approx(row[INDEX[measure]], rel=1e-12), measure
        assert markets[chains:, TRADING].sum() == row[INDEX["brokers"]]
        assert not markets[:chains, JOBS_BEGUN:].any()
        wounded = s.place.violent_events.sum() - s.place.homicides.sum()
        apart = wounded * p["harm_violence"] + s.place.homicides.sum() * p["harm_homicide"]
        apart += (s.place.acquisitive.sum() - s.place.acquisitive_organised.sum()) * p["harm_acquisitive"]
        apart += s.tally.week[RECRUITS_UNDER_18] * p["harm_exploited_child"]
        whole = markets[:, HARM_GBP].sum() + apart * p["harm_price_level"]
        assert whole == pytest.approx(row[INDEX["harm_gbp"]], rel=1e-9)


def test_jobs_are_begun_before_they_are_done() -> None:
    """Some wait for a crew until it is too late, some fail: fewer are done than begun, in every market and world."""
    engine = start_engine(spec("force", weeks=104))
    engine.run(104)
    jobs = engine.courses[:, engine.state.chain.id.size :].sum(axis=0)
    jobs = jobs[jobs[:, TRADING] > 0]
    assert len(jobs) == 6
    assert (jobs[:, JOBS_BEGUN] > jobs[:, JOBS_DONE]).all()
    assert (jobs[:, JOBS_DONE] > 0).all()
    assert np.isfinite(engine.courses).all()
