"""What a card says to expect at full dose is what the force shows, against its own twin without the plan."""

from __future__ import annotations

import functools
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
import pytest

from simulation.measures.catalogue import INDEX, PLACE_MEASURES
from simulation.policy.intervention import REGISTRY
from simulation.schema import Card, Expected, build_spec, load_plan
from simulation.world.burn_in import burnt_in
from simulation.world.run import execute
from tests.policy.ground import checkpoint

checkpoint()  # registers the cards
PAIRS = [14, pytest.param(64, marks=pytest.mark.soak)]  # 64 take a quarter of an hour on two cores
FEWEST = {14: 1.0, 64: 1.67}
"""Standard errors from nothing: of 64 pairs, one in twenty by chance; 14 only tell a sign that is wrong from one that may be right."""
NEW_MONEY = {"funding": "additional", "budget_holder": "home-office"}
PLACES = {"rule": "most-sales", "n": 3}
CASES = [
    (name, expected)
    for name in sorted(REGISTRY)
    for expected in REGISTRY[name].card.expected
    if expected.scope != "target"  # what befalls single businesses is not in the series of a run
]


def entry(card: Card, scope: str) -> dict[str, Any]:
    """The card at full dose: in three places where it is about places, everywhere else in the whole force; what is not the
    force's work is paid for, as few hours as partners have.
    """
    where: Any = PLACES if scope == "place" else "force"
    paid = NEW_MONEY if card.agency != "force" else {}
    return {"intervention": card.id, "where": where, **paid}


class Lived(NamedTuple):
    """What cards say anything of, of one run: little enough to be kept for all of them."""

    series: np.ndarray
    """Weeks x MEASURED."""
    places: np.ndarray
    """Weeks x MEASURED_THERE, in the three places."""


MEASURED = sorted({one.measure for _, one in CASES})
MEASURED_THERE = [name for name in PLACE_MEASURES if name in MEASURED]
LONGEST = max(one.weeks[1] for _, one in CASES)


def span(card: Card, scope: str) -> int:
    """Weeks that a card's runs take: all it expects with one scope is read off the same ones."""
    where = scope == "place"
    return max(one.weeks[1] for one in card.expected if one.scope != "target" and (one.scope == "place") == where)


def live(given: dict[str, Any], replicate: int, weeks: int) -> Lived:
    plan = load_plan({"id": "expected", "title": "Expected", "entry": [given] if given else []})
    result = execute(build_spec("force", plan, weeks=weeks, replicate=replicate))
    there = result.place[:, chosen_places(replicate)][:, :, [PLACE_MEASURES.index(name) for name in MEASURED_THERE]]
    return Lived(result.series[:, [INDEX[name] for name in MEASURED]], there.mean(axis=1))


@functools.cache
def lives(entry_text: str, weeks: int, pairs: int) -> list[Lived]:
    """So many runs of an entry, or of none: those of none serve every card."""
    given = json.loads(entry_text)
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda replicate: live(given, replicate, weeks), range(pairs)))


def effect(card: Card, expected: Expected, pairs: int) -> tuple[float, float]:
    """Mean relative difference to the twin, and its standard error."""
    rows = slice(*expected.weeks)
    given = json.dumps(entry(card, expected.scope))
    arms = lives(given, span(card, expected.scope), pairs), lives("{}", LONGEST, pairs)
    if expected.scope == "place" and expected.measure in MEASURED_THERE:
        column = MEASURED_THERE.index(expected.measure)
        values = np.array([[one.places[rows, column].mean() for one in arm] for arm in arms])
    else:
        column = MEASURED.index(expected.measure)
        values = np.array([[np.nanmean(one.series[rows, column]) for one in arm] for arm in arms])
    differences = values[0] - values[1]
    scale = max(abs(float(values[1].mean())), 1e-9)
    error = float(differences.std(ddof=1)) / pairs**0.5
    return float(differences.mean()) / scale, error / scale


@functools.cache
def chosen_places(replicate: int) -> np.ndarray:
    """The three places that the rule finds at week 0 of a replicate."""
    from simulation.policy.where import places_of
    from simulation.schema import Where

    found = burnt_in(build_spec("force", "do-as-now", weeks=1, replicate=replicate))
    return places_of(Where.model_validate(PLACES), found.state, 0, [place.id for place in found.localities])


@pytest.mark.slow
@pytest.mark.parametrize("pairs", PAIRS)
@pytest.mark.parametrize(("name", "expected"), CASES, ids=[f"{name}-{one.measure}" for name, one in CASES])
def test_the_force_shows_what_the_card_expects(name: str, expected: Expected, pairs: int) -> None:
    mean, error = effect(REGISTRY[name].card, expected, pairs)
    if expected.sign == "up":
        assert mean > FEWEST[pairs] * error
    elif expected.sign == "down":
        assert mean < -FEWEST[pairs] * error
    else:
        assert abs(mean) < max(0.02, 3.0 * error)


def test_runs_of_a_twin_serve_shorter_windows() -> None:
    """A run of so many weeks is the beginning of a longer one."""
    short, long = live({}, 0, 8), live({}, 0, 30)
    assert np.array_equal(short.series, long.series[:8], equal_nan=True)
    assert np.array_equal(short.places, long.places[:8], equal_nan=True)
