"""Harm, concern and illegal profit by hand, and the sign of what moves them."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from simulation.kernels.ledger import pay
from simulation.measures.harm import (
    concern_of_all,
    exploitation_gbp,
    harm_gbp,
    illegal_profit,
    public_concern,
    user_years,
)
from simulation.measures.markets import count_markets
from simulation.state.codes import (
    CASH_DIRTY,
    CUSTOMERS,
    DRAWINGS,
    HOUSEHOLDS,
    LEGAL_ECONOMY,
    SALES,
    SEIZURE,
    STATE,
    WAGES,
)
from simulation.state.counters import COURSE, PROFIT_PENCE, RECRUITS_UNDER_18, TRADING
from simulation.state.project import RECIPES
from simulation.world.prepare_place import prepare_place
from tests.kernels.place_world import add_business, empty, values


def test_harm_is_incidents_by_unit_cost() -> None:
    p = values()
    s = empty()
    prepare_place(s, p)
    s.place.violent_events[:] = [3, 0, 0, 0]
    s.place.homicides[0] = 1
    s.place.acquisitive[:] = [0, 50, 20, 0]
    s.place.acquisitive_organised[2] = 20
    s.place.users[:, 0] = [0, 0, 0, 520]
    out = np.zeros(4)
    harm_gbp(s, p, out)
    level = p["harm_price_level"]
    assert out == pytest.approx(
        [
            level * (2 * p["harm_violence"] + p["harm_homicide"]),
            level * 50 * p["harm_acquisitive"],
            level * 20 * p["harm_organised"],
            level * 10 * p["harm_user_year"],
        ]
    )
    assert user_years(s, 3) == pytest.approx(10)
    s.tally.week[RECRUITS_UNDER_18] = 2
    assert exploitation_gbp(s, p) == pytest.approx(2 * level * p["harm_exploited_child"])


def test_public_concern_lies_between_0_and_100_and_follows_what_residents_live_through() -> None:
    p = values()
    s = empty()
    prepare_place(s, p)
    usual, now = np.zeros(4), np.zeros(4)
    public_concern(s, p, usual)
    s.place.violent_events[0] = 2
    s.place.confidence[1] -= 0.2
    s.place.fear[2] += 0.2
    s.place.crime_seen[3] *= 2
    public_concern(s, p, now)
    assert ((usual > 0) & (usual < now) & (now < 100)).all()
    assert concern_of_all(s, now) == pytest.approx(now.mean())
    s.place.population[0] *= 3
    assert concern_of_all(s, now) == pytest.approx((3 * now[0] + now[1:].sum()) / 6)


def test_illegal_profit_is_net_of_costs_and_seizures_but_not_of_drawings() -> None:
    s = empty()
    one, other, broker = add_business(s, 1, 0), add_business(s, 2, 2), add_business(s, 3, 2, 2, -1)
    for payer, payee, pence, flow in (
        (CUSTOMERS, one, 90_000, SALES),
        (one, HOUSEHOLDS, 20_000, WAGES),
        (one, STATE, 10_000, SEIZURE),
        (one, HOUSEHOLDS, 5_000, DRAWINGS),
        (CUSTOMERS, other, 700, SALES),
        (LEGAL_ECONOMY, broker, 300, SALES),
    ):
        pay(s.ledger, payer, CASH_DIRTY, payee, CASH_DIRTY, pence, flow)
    place, market = np.zeros(4), np.zeros((1 + RECIPES, COURSE))
    s.project.recipe[broker] = 3
    illegal_profit(s, place)
    count_markets(s, values(), market)
    assert place.tolist() == [600.0, 0.0, 10.0, 0.0]
    profit, trading = market[:, PROFIT_PENCE], market[:, TRADING]
    assert (profit[0], profit[4], profit.sum()) == (60_700, 300, 61_000)
    assert (trading[0], trading[4], trading.sum()) == (2, 1, 3)


def test_costs_agree_with_the_table_of_unit_costs() -> None:
    table = tomllib.loads((Path(__file__).parents[2] / "scenarios/uk/unit-costs.toml").read_text("utf-8"))
    p = values()
    assert p["harm_homicide"] == table["offence"]["homicide"]["value"]
    assert p["harm_violence"] == table["offence"]["violence-with-injury"]["value"]
    assert p["harm_user_year"] == table["harm"]["user-year"]["value"]
    assert p["harm_price_level"] == table["multiplier"]["value"]
    unit = {name: row["value"] for name, row in table["offence"].items()}
    theft = 0.84 * 150 + 0.08 * unit["theft-from-vehicle"]
    assert p["harm_acquisitive"] == pytest.approx(
        theft + 0.06 * unit["domestic-burglary"] + 0.02 * unit["vehicle-theft"], rel=0.03
    )
    houses = 0.5 * unit["domestic-burglary"] + 0.07 * unit["theft-from-vehicle"]
    assert p["harm_organised"] == pytest.approx(houses + 0.33 * unit["vehicle-theft"] + 0.1 * unit["robbery"], rel=0.01)
