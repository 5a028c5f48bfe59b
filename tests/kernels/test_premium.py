"""Sellers are paid for risk: what they ask follows the losses and arrests they see, late, steeply at first, then less."""

import numpy as np
import pytest

from simulation.kernels.premium import landed_price, loss_seen, margin_asked, perceive
from simulation.state.codes import IMPORTER, LINE
from simulation.state.values import Values
from simulation.state.world import State
from tests.kernels.place_world import add_business, empty, values

LOSS = 0.1


def market(p: Values, pressure: float) -> State:
    """Importers and lines under one pressure, where the border takes a tenth of what comes in, as everyone knows."""
    s = empty()
    s.chain.landed[0] = 26.0
    s.chain.margin[0] = 0.5
    s.chain.required[0] = 4000.0
    s.chain.seized_usual[0] = -np.log1p(-LOSS)
    s.tally.loss_seen[0] = LOSS
    s.tally.pressure_seen[0] = p["risk_premium_usual"]
    for n, tier in enumerate((IMPORTER, LINE, LINE)):
        s.business.pressure[add_business(s, 100 + n, 0, tier=tier)] = pressure
    return s


def live(s: State, p: Values, weeks: int, seized: int) -> None:
    for _ in range(weeks):
        loss_seen(s, p, 0, 1000, seized)
        perceive(s, p)


def test_at_todays_hazards_prices_are_those_of_the_market() -> None:
    p = values()
    s = market(p, p["risk_premium_usual"])
    live(s, p, 10, 100)
    assert s.tally.premium == pytest.approx(np.ones((1, 4)))
    assert landed_price(s, 0) == pytest.approx(26.0)
    assert margin_asked(s, 0) == pytest.approx(0.5)
    assert s.business.required[s.business.tier == LINE].max() == pytest.approx(4000.0)


def test_without_risk_sellers_ask_less_and_are_content_with_less() -> None:
    p = values()
    s = market(p, 0.0)
    live(s, p, 200, 0)
    assert landed_price(s, 0) < 0.7 * 26.0
    assert s.tally.premium[0, IMPORTER] < 0.7
    assert margin_asked(s, 0) < 0.45
    rows = (s.business.tier == LINE) & (s.business.id > 0)
    assert s.business.required[rows] == pytest.approx(4000.0 * s.tally.premium[0, LINE])


def test_it_is_believed_late() -> None:
    p = values()
    s = market(p, 0.0)
    live(s, p, 4, 0)
    early = landed_price(s, 0)
    live(s, p, 100, 0)
    assert 26.0 > early > 0.9 * 26.0
    assert landed_price(s, 0) < 0.8 * early


def test_twice_the_risk_adds_less_than_none_of_it_takes_away() -> None:
    p = values()
    twice, none = market(p, 2 * p["risk_premium_usual"]), market(p, 0.0)
    live(twice, p, 200, 200)
    live(none, p, 200, 0)
    assert 1.0 < twice.tally.premium[0, LINE] < 1.0 + 0.5 * (1.0 - none.tally.premium[0, LINE])
    assert 0.0 < landed_price(twice, 0) - 26.0 < 0.5 * (26.0 - landed_price(none, 0))


def test_off_nobody_asks_for_risk() -> None:
    p = values(ablate=("risk_premium",))
    s = market(p, 0.0)
    live(s, p, 100, 0)
    assert (s.tally.premium == 1.0).all()
    assert landed_price(s, 0) == 26.0


def test_rows_do_not_matter() -> None:
    p = values()
    pressures = np.random.default_rng(3).exponential(0.004, 40)
    seen = []
    for order in (np.arange(40), np.arange(40)[::-1]):
        s = market(p, 0.004)
        for n in order:
            s.business.pressure[add_business(s, 500 + int(n), 0)] = pressures[n]
        perceive(s, p)
        seen.append(s.tally.pressure_seen[0, LINE])
    assert seen[0] == seen[1]
