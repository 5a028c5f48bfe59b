"""Commissioned markets beside theft: who is harmed and where, what a sector learns, who works for whom, and how far."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.acquisitive import acquisitive
from simulation.kernels.commission import commission
from simulation.kernels.sectors import learn
from simulation.measures.harm import commissioned_gbp, harm_gbp
from simulation.schema import load_scenario, load_unit_costs
from simulation.state.codes import (
    CALLER,
    CODER,
    FORGER,
    FREELANCE_OF_ROLE,
    HERDER,
    HOUSEHOLDS,
    LEGAL_ECONOMY,
    OUTSIDE,
    RECRUITER,
    ROLE_NAMES,
    SALES,
    SPECIALIST,
    THIEF,
    TRANSPORT,
)
from simulation.state.project import SECTORS, STREET_THEFT
from simulation.world.prepare_crews import commissioned
from tests.kernels.place_world import KEY, levers, values
from tests.kernels.project_world import lived, scenario_of, world


def test_fraud_is_no_theft_of_the_place_and_costs_what_its_file_says() -> None:
    p = values()
    s = world(p, "fraud")
    v = levers(s)
    crimes = pence = 0
    for week in range(60):
        s.tally.week[:] = 0
        commission(s, v, p, KEY, week, 0)
        assert not s.place.acquisitive_organised.any()
        assert not s.place.project_crimes.any()
        n = int(s.sector.crimes[0])
        assert commissioned_gbp(s, p) == pytest.approx(n * 1290.0 * p["harm_price_level"])
        crimes += n
        pence += int(s.sector.pence[0])
    assert crimes > 100
    assert s.sector.crimes_ever[0] == crimes
    assert -s.ledger.flow[HOUSEHOLDS, SALES] == pence == s.sector.pence_ever[0]
    assert s.ledger.flow[LEGAL_ECONOMY, SALES] == 0
    assert (s.ledger.book.sum(axis=1) == 0).all()


def test_robbery_is_counted_and_seen_where_it_is_done() -> None:
    p = values()
    s = world(p, "organised-robbery")
    v = levers(s)
    found = 0
    for week in range(120):
        s.tally.week[:] = 0
        commission(s, v, p, KEY, week, 0)
        crimes = s.place.project_crimes.copy()
        assert crimes.sum() == s.sector.crimes[0]
        assert commissioned_gbp(s, p) == 0.0
        if crimes.any() and not found:
            found = int(crimes.sum())
            by_place, without = np.zeros(9), np.zeros(9)
            harm_gbp(s, p, by_place)
            s.place.project_harm[:] = 0.0
            harm_gbp(s, p, without)
            assert by_place - without == pytest.approx(crimes * 15000.0 * p["harm_price_level"])
            before = s.place.crime_seen.copy()
            quiet = s.place.project_crimes.copy()
            acquisitive(s, v, p, KEY, week, 0)
            with_it = s.place.crime_seen.copy()
            s.place.crime_seen[:] = before
            s.place.project_crimes[:] = 0
            acquisitive(s, v, p, KEY, week, 0)
            assert ((with_it > s.place.crime_seen) == (quiet > 0)).all()
            assert not s.place.acquisitive_organised.any()
    assert found > 0


def test_victims_and_records_are_shares_of_crimes() -> None:
    p = values()
    s = world(p, "fraud", "labour-exploitation", "organised-immigration-crime")
    rows = [market.id for market in commissioned(scenario_of("organised-immigration-crime", "fraud"))]
    assert rows == ["fraud", "organised-immigration-crime"]
    v = levers(s)
    crimes, victims, recorded = np.zeros(SECTORS), np.zeros(SECTORS), np.zeros(SECTORS)
    for week in range(200):
        s.tally.week[:] = 0
        commission(s, v, p, KEY, week, 0)
        crimes += s.sector.crimes
        victims += s.sector.victims
        recorded += s.sector.recorded
    for r, each in enumerate((1.0, 1.0, 0.03)):
        assert crimes[r] > 20
        assert victims[r] / crimes[r] == pytest.approx(each, rel=0.35)
    assert recorded[0] / crimes[0] == pytest.approx(0.14, rel=0.2)


def test_a_sector_struck_more_than_usual_closes_and_forgets() -> None:
    p = values()
    s = world(p, "fraud")
    v = levers(s)
    usual = s.recipe.potential[0] * p["vulnerability_learning_pace"]

    def openness(crimes: float, weeks: int) -> float:
        for _ in range(weeks):
            s.sector.crimes[0] = round(crimes)
            learn(s, v, p, 0)
        return float(s.sector.openness[0])

    assert openness(usual, 200) == pytest.approx(1.0, abs=0.02)
    hit = openness(3 * usual, 200)
    assert hit == pytest.approx(2.0 / 4.0, abs=0.02)
    assert openness(usual, 20) < 0.9
    assert openness(usual, 300) == pytest.approx(1.0, abs=0.02)
    off = values(ablate=("vulnerability_learning",))
    s.sector.crimes[0] = round(3 * usual)
    for _ in range(50):
        learn(s, v, off, 0)
    assert s.sector.openness[0] == 1.0


def test_protect_is_learned_slowly_and_costs_brokers_their_takings() -> None:
    p = values(ablate=("freelance",))
    usual, hardened = world(p, "fraud"), world(p, "fraud")
    v = levers(hardened)
    v.columns.sector_vulnerability[:] = 0.5
    first = pence = 0
    for week in range(104):
        hardened.tally.week[:] = 0
        commission(hardened, v, p, KEY, week, 0)
        first = first or float(hardened.sector.openness[0])
        pence += int(hardened.sector.pence.sum())
    assert 0.9 < first < 1.0
    assert hardened.sector.openness[0] < 0.8
    assert pence < 0.8 * lived(usual, p, 104)["pence"]


def test_street_theft_is_a_sector_that_can_be_hardened_too() -> None:
    p = values()
    crimes = {}
    for lever in (1.0, 0.5):
        s = world(p, "fraud")
        s.place.spent[:] = 10**8
        v = levers(s)
        v.columns.sector_vulnerability[0, STREET_THEFT] = lever
        for _ in range(200):
            learn(s, v, p, 0)
        acquisitive(s, v, p, KEY, 0, 0)
        crimes[lever] = int(s.place.acquisitive.sum())
    assert crimes[1.0] > 100
    assert crimes[0.5] == pytest.approx(0.5 * crimes[1.0], rel=0.2)


def test_each_market_draws_its_brokers_from_its_own_trade() -> None:
    p = values()
    for name, role in (("fraud", HERDER), ("cyber-crime", CODER), ("labour-exploitation", RECRUITER)):
        s = world(p, name)
        s.recipe.found[:] = 0.02
        before = s.person.role.copy()
        for week in range(60):
            s.business.profit[:] = 3.0 * s.business.required
            s.tally.week[:] = 0
            commission(s, levers(s), p, KEY, week, 0)
        new = np.flatnonzero((s.business.founder > 0) & (s.business.state == 1))
        assert new.size > 0
        old = np.isin(s.business.leader[new], np.flatnonzero(before > 0))
        assert (before[s.business.leader[new][old]] == role).all()


def test_skills_have_roles_of_their_own() -> None:
    s = world(
        values(), "cyber-crime", "fraud", "labour-exploitation", "organised-immigration-crime", "organised-robbery"
    )
    roles = set(s.person.role[s.person.status > 0].tolist())
    assert {CODER, FORGER, TRANSPORT, HERDER, RECRUITER, CALLER, THIEF, SPECIALIST} <= roles
    assert len(ROLE_NAMES) == len(FREELANCE_OF_ROLE)


def test_another_market_moves_nobody_elses_first_people() -> None:
    p = values()
    alone, beside = world(p, "fraud"), world(p, "cyber-crime", "fraud")
    assert set(alone.person.id[alone.person.status > 0].tolist()) < set(beside.person.id.tolist())
    assert set(alone.business.id[OUTSIDE:].tolist()) <= set(beside.business.id.tolist())


def test_harm_agrees_with_the_table_of_unit_costs() -> None:
    costs, force = load_unit_costs(), load_scenario("force")

    def harm(name: str) -> float:
        recipe = force.markets[name].recipe
        assert recipe is not None and recipe.harm is not None
        assert recipe.price_year == costs.price_year
        return recipe.harm.value

    assert harm("fraud") == costs.offence["fraud"].value
    assert harm("cyber-crime") == costs.offence["cyber-crime"].value
    assert harm("organised-robbery") == costs.offence["commercial-robbery"].value
    victim = costs.harm["trafficking-victim"].value / 1.02  # one year of prices
    assert harm("labour-exploitation") == pytest.approx(victim, rel=0.01)
    assert harm("organised-immigration-crime") == pytest.approx(0.03 * victim, rel=0.02)
