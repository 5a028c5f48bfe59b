"""Left to itself for twenty years, every world of the library goes on: no market, model, platform, channel or way dies or
explodes unasked. What is added to the library is tried here without a word more.
"""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from simulation.schema import load_channels, load_scenario
from simulation.state.codes import MODEL_NAMES
from simulation.state.platform import PLATFORM_KIND_NAMES
from tests.conformance.census import WORLDS, Census, census, chains, crews, nodes

YEARS = 5  # at each end
TOWN = 20  # places: chance decides what becomes of a town's few sellers, so eight worlds of it are lived at least
MOST_WORLDS = 7 / 8
# worlds lived, and for how many years
LIVED = [
    pytest.param(1, 10, id="10 years"),
    pytest.param(8, 20, marks=pytest.mark.soak, id="20 years"),
]
SPAN = pytest.mark.parametrize(("worlds", "years"), LIVED)
WORLD = pytest.mark.parametrize("name", WORLDS)
GOODS = pytest.mark.parametrize(("name", "market"), [(name, market) for name in WORLDS for market in chains(name)])
JOBS = pytest.mark.parametrize(("name", "market"), [(name, market) for name in WORLDS for market in crews(name)])
PLATFORMS = [
    (name, kind)
    for name, kind in itertools.product(WORLDS, PLATFORM_KIND_NAMES)
    if load_scenario(name).platforms[kind].whole > 0
]


def lives(name: str, worlds: int, years: int) -> list[Census]:
    if load_scenario(name).places.force.value < TOWN:
        worlds = max(worlds, 8)
    return [census(name, replicate, years) for replicate in range(worlds)]


def ends(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The first and the last years, of worlds x years x whatever there is."""
    return values[:, :YEARS], values[:, -YEARS:]


@SPAN
@GOODS
def test_goods_are_sold_every_year_about_as_much_and_most_who_want_them_are_served(
    name: str, market: str, worlds: int, years: int
) -> None:
    """In seven worlds of eight: a town may lose its last supplier for years. A market that has only begun grows, to its ceiling at most."""
    column = chains(name).index(market)
    found = lives(name, worlds, years)
    grams = np.stack([one.grams[:, column] for one in found])
    emerging = load_scenario(name).markets[market].emerging
    if emerging is None:
        usual = grams.mean(axis=1, keepdims=True)
        # a town has a bad year now and then
        assert ((grams > usual / 3.0) & (grams < 1.5 * usual)).all(axis=1).mean() >= MOST_WORLDS
    else:
        assert (grams[:, -1] > grams[:, 0]).all()
        assert (grams[:, 0] > 0.0).all()
        assert (grams.max(axis=1) < emerging.ceiling.value * grams[:, 0]).all()
    assert np.mean([one.unmet[:, column].mean() for one in found]) < 0.25


@SPAN
@pytest.mark.parametrize("name", [name for name in WORLDS if crews(name)])
def test_jobs_are_done_every_year(name: str, worlds: int, years: int) -> None:
    for one in lives(name, worlds, years):
        assert (one.pence.sum(axis=1) > 0).all()
        assert one.brokers.sum(axis=1).max() < 4.0 * one.brokers.sum(axis=1).mean()


@pytest.mark.soak
@JOBS
def test_no_market_of_jobs_dies_or_explodes(name: str, market: str) -> None:
    """A small one may be without a broker for years, in one world of eight at the end."""
    column = crews(name).index(market)
    brokers = np.stack([one.brokers[:, column] for one in lives(name, 8, 20)])
    taken = np.stack([one.pence[:, column] for one in lives(name, 8, 20)])
    first, last = ends(brokers)
    assert 0.5 * first.mean() <= last.mean() <= 2.0 * first.mean()
    assert (ends(taken)[1].sum(axis=1) > 0).sum() >= 7


@SPAN
@WORLD
@pytest.mark.parametrize("model", MODEL_NAMES)
def test_a_business_model_that_is_there_stays(name: str, model: str, worlds: int, years: int) -> None:
    column = MODEL_NAMES.index(model)
    first, last = ends(np.stack([one.models[:, column] for one in lives(name, worlds, years)]))
    if column == MODEL_NAMES.index("commissioning"):
        assert (first.sum() > 0) == bool(crews(name))
    else:
        assert (first.sum() > 0) == bool(chains(name))
    assert 0.4 * first.mean() <= last.mean() <= 2.5 * first.mean()


@SPAN
@pytest.mark.parametrize(("name", "kind"), PLATFORMS)
def test_platforms_of_every_kind_come_go_and_have_users(name: str, kind: str, worlds: int, years: int) -> None:
    """About as many as the scenario says; in small worlds with few users, and none in some years."""
    column = PLATFORM_KIND_NAMES.index(kind)
    found = lives(name, worlds, years)
    there = np.stack([one.platforms[:, column] for one in found])
    users = np.stack([one.users[:, column] for one in found])
    intended = load_scenario(name).platforms[kind].whole
    assert 0.4 * intended < there.mean() < 2.5 * intended
    assert there.max() <= 4.0 * intended
    first, last = ends(users)
    assert first.sum() > 0
    assert last.sum() > 0
    assert np.ptp(there, axis=1).max() > 0  # they come and go,
    assert np.ptp(users, axis=1).max() > 0  # and so do those on them
    if first.mean() > 10.0 and worlds > 1:
        assert 0.5 * first.mean() < last.mean() < 2.0 * first.mean()


@pytest.mark.parametrize("name", WORLDS)
def test_a_world_has_no_platforms_that_nobody_in_it_can_use(name: str) -> None:
    """Market places serve those who sell goods down a chain."""
    assert load_scenario(name).platforms["market"].whole == 0 or chains(name)


@SPAN
@WORLD
@pytest.mark.parametrize("channel", [one.id for one in load_channels()])
def test_every_way_of_laundering_is_used_and_steady(name: str, channel: str, worlds: int, years: int) -> None:
    column = [one.id for one in load_channels()].index(channel)
    money = np.stack([one.laundered for one in lives(name, worlds, years)])
    first, last = ends(money[:, :, column])
    assert (money[:, :, column].sum(axis=1) > 0).all()
    assert 0.5 < last.mean() / first.mean() < 2.0
    share = [end[:, :, column].sum() / end.sum() for end in ends(money)]
    assert share[1] == pytest.approx(share[0], rel=0.35)


@SPAN
@pytest.mark.parametrize("name", [name for name in WORLDS if nodes(name)])
def test_goods_come_by_many_ways(name: str, worlds: int, years: int) -> None:
    """Nine in ten of the nodes are passed in every world, and none takes over."""
    for one in lives(name, worlds, years):
        assert (one.passed.max(axis=0) > 1e-6).mean() >= 0.9
        assert one.passed.mean(axis=0).max() < 0.75
        assert (np.ptp(one.passed, axis=0) > 0).mean() > 0.8  # traffic is counted, and shifts


@pytest.mark.soak
@pytest.mark.parametrize("name", [name for name in WORLDS if len(nodes(name)) > 40])
def test_no_way_is_never_used(name: str) -> None:
    """Over eight worlds of twenty years somebody passes every node that goods of this world can take."""
    passed = np.max([one.passed.max(axis=0) for one in lives(name, 8, 20)], axis=0)
    assert [node for node, most in zip(nodes(name), passed, strict=True) if most < 1e-6] == []
