"""Commissioned markets beside theft: who is harmed and where, what a sector learns, who works for whom, and how far."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.acquisitive import acquisitive
from simulation.kernels.commission import commission
from simulation.kernels.sectors import learn
from simulation.measures.harm import commissioned_gbp, harm_gbp
from simulation.schema import Scenario, load_scenario, load_unit_costs
from simulation.state.codes import (
    CALLER,
    CASH_CLEAN,
    CODER,
    COMMISSIONING,
    EQUITY,
    FORGER,
    FREELANCE_OF_ROLE,
    HERDER,
    HOUSEHOLDS,
    LEGAL_ECONOMY,
    OUTSIDE,
    RECRUITER,
    REMAND,
    ROLE_NAMES,
    SALES,
    SPECIALIST,
    THIEF,
    TRANSPORT,
)
from simulation.state.counters import PROJECTS
from simulation.state.project import ASSEMBLING, SECTORS, STREET_THEFT
from simulation.state.values import Values
from simulation.state.world import PEOPLE_ARRIVED, State
from simulation.world.prepare_crews import commissioned, prepare_crews
from simulation.world.prepare_place import prepare_place
from tests.kernels.place_world import KEY, empty, levers, mirrored, values

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
    assert -s.ledger.year[HOUSEHOLDS, SALES] == pence == s.sector.pence_ever[0]
    assert s.ledger.year[LEGAL_ECONOMY, SALES] == 0
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


def test_who_works_online_is_found_whatever_the_distance() -> None:
    """Brokers at one end of the row, hands at the other: fraud crews come together, robbery crews do not."""
    p = values(ablate=("freelance",))
    made = {}
    for name in ("fraud", "organised-robbery"):
        s = world(p, name, places=30)
        brokers = np.flatnonzero(s.business.model == COMMISSIONING)
        s.business.home[brokers] = 0
        hands = np.array([FREELANCE_OF_ROLE[role] for role in s.person.role], dtype=bool) & (s.person.status > 0)
        s.person.place[hands] = 29
        s.person.friend[:] = -1
        made[name] = lived(s, p, 60)["projects"]
    assert made["fraud"] > 0
    assert made["organised-robbery"] == 0


def test_people_work_for_several_brokers() -> None:
    """The matrix: over two years most who worked at all worked for more than one business."""
    p = values(ablate=("freelance",))
    s = world(p, "cyber-crime", "fraud")
    v = levers(s)
    employers: dict[int, set[int]] = {}
    for week in range(104):
        s.tally.week[:] = 0
        commission(s, v, p, KEY, week, 0)
        for b in np.flatnonzero(s.project.stage == ASSEMBLING):
            for i in s.project.member_id[b][s.project.member_id[b] > 0].tolist():
                employers.setdefault(i, set()).add(int(s.business.id[b]))
    several = np.mean([len(found) > 1 for found in employers.values()])
    assert len(employers) > 20
    assert several > 0.6
    herders = {int(i) for i in s.person.id[(s.person.role == HERDER) & (s.person.status > 0)]}
    frauds = {int(i) for i in s.business.id[s.project.recipe == 1]}
    assert any(found & frauds and found - frauds for i, found in employers.items() if i in herders)


def test_rows_do_not_matter_online_either() -> None:
    p = values()
    s = world(p, "cyber-crime", "fraud", "labour-exploitation")
    t = mirrored(s)
    for week in range(80):
        for each in (s, t):
            each.tally.week[:] = 0
            commission(each, levers(each), p, KEY, week, 0)
        for here, there in zip(s.columns.sector, t.columns.sector, strict=True):
            assert np.array_equal(here, there)
        assert sorted(s.person.id) == sorted(t.person.id)
        assert sorted(s.business.id) == sorted(t.business.id)


def test_newcomers_online_come_from_outside_and_are_shared_with_nobody() -> None:
    p = values()
    s = world(p, "fraud")
    s.person.status[s.person.role == CALLER] = REMAND
    pool = s.place.pool.copy()
    callers = (s.person.role == CALLER).sum()
    lived(s, p, 30)
    assert np.array_equal(s.place.pool, pool)
    come = (s.person.role == CALLER).sum() - callers
    assert come > 5
    assert s.tally.people[PEOPLE_ARRIVED] >= come
    assert np.unique(s.person.id[s.person.status > 0]).size == (s.person.status > 0).sum()


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
