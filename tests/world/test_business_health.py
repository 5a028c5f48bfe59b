"""Organised crime as business is counted from its books: who holds a market, how long cash lasts, who is left, what is seen of it."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.measures.catalogue import INDEX
from simulation.measures.observed import OBSERVED
from simulation.state import counters as c
from simulation.state.codes import ACTIVE, CASH_CLEAN, CASH_DIRTY, LINE, MODEL_NAMES, OUTSIDE
from simulation.world.engine import Engine
from simulation.world.run import start_engine
from tests.integration.lives import spec

WEEKS = 26


def recounted(engine: Engine, first: set[int], led: list[tuple[int, int]]) -> dict[str, float]:
    """The measures of the last week, business by business."""
    s = engine.state
    rows = [b for b in range(OUTSIDE, s.business.id.size) if s.business.state[b] == ACTIVE]
    weeks = []
    for b in rows:
        cash = max(0, int(s.ledger.book[b, CASH_DIRTY] + s.ledger.book[b, CASH_CLEAN])) / 100.0
        outflow = float(s.business.outflow[b])
        weeks.append(min(52.0, cash / outflow) if outflow > 0 else 52.0)
    brand_of = {b: int(s.franchise.franchisor[b]) if s.franchise.franchisor[b] >= 0 else b for b in rows}
    spent: dict[int, dict[int, float]] = {}
    for o in np.flatnonzero((s.outlet.state == ACTIVE) & (s.outlet.tier == LINE)):
        market = spent.setdefault(int(s.outlet.market[o]), {})
        brand = brand_of[int(s.outlet.business[o])]
        market[brand] = market.get(brand, 0.0) + float(s.outlet.takings[o])
    index = weight = 0.0
    for market in spent.values():
        whole = sum(market.values())
        if whole:
            index += whole * sum((part / whole) ** 2 for part in market.values())
            weight += whole
    units = [int(s.franchise.units[b]) for b in rows if s.franchise.units[b] > 0]
    hours = [(float(s.agency.spent[a].sum()), float(s.agency.free[a].sum())) for a in range(s.agency.id.size)]
    users = s.place.users * (s.chain.hard > 0)
    return {
        "runway_weeks": float(np.mean(weeks)),
        "market_concentration": index / weight,
        "franchise_size": float(np.mean(units)),
        "survival": len(first & {int(s.business.id[b]) for b in rows}) / len(first),
        "users_of_first_platforms": float(
            sum(s.platform.users[r] for r, one in led if int(s.platform.id[r]) == one and s.platform.state[r] == ACTIVE)
        ),
        "capacity_used": sum(one for one, _ in hours) / sum(there for _, there in hours),
        "price_seen_gbp_per_pure_g": float((s.place.price_seen * users).sum() / users.sum()),
        "intelligence_reports": float(s.tally.week[c.INFORMED] + s.tally.week[c.MONEY_REPORTS]),
        "commissioned_recorded": float(s.sector.recorded.sum()),
        "seizures": float(s.tally.week[c.SEIZURES]),
        "charged": float(s.tally.week[c.CHARGED]),
        "user_deaths": float(s.place.user_deaths.sum()),
    }


def test_every_week_is_as_its_books_say() -> None:
    engine = start_engine(spec("force", weeks=WEEKS))
    s = engine.state
    first = {int(one) for one in s.business.id[(s.business.state == ACTIVE)]}
    led = []
    for kind in range(3):
        rows = np.flatnonzero((s.platform.state == ACTIVE) & (s.platform.kind == kind))
        row = max(rows, key=lambda r: int(s.platform.users[r]))
        led.append((int(row), int(s.platform.id[row])))
    for week in range(WEEKS):
        engine.run(1)
        row = engine.series[week]
        for measure, wanted in recounted(engine, first, led).items():
            assert row[INDEX[measure]] == pytest.approx(wanted, rel=2e-5, abs=1e-5), (measure, week)
        by_model = sum(row[INDEX[f"profit_{model}_gbp"]] for model in MODEL_NAMES)
        assert by_model == pytest.approx(row[INDEX["illegal_profit_gbp"]], rel=1e-9)
    survival = engine.series[:, INDEX["survival"]]
    assert (np.diff(survival) <= 0).all()
    assert 0.4 < survival[-1] < 1.0


def test_what_is_seen_is_never_what_is_under_another_name() -> None:
    """Each observed series that has a true one beside it differs from it."""
    engine = start_engine(spec("force", weeks=WEEKS))
    engine.run(WEEKS)
    for seen, true in OBSERVED.items():
        assert seen in INDEX
        if true is not None:
            pair = engine.series[:, [INDEX[seen], INDEX[true]]]
            assert not np.allclose(pair[:, 0], pair[:, 1]), seen
    for name in ("violence", "acquisitive"):
        assert (engine.series[:, INDEX[f"{name}_recorded"]] <= engine.series[:, INDEX[f"{name}_true"]]).all()
