"""What a card says to expect at full dose is what the force shows, against its own twin without the plan."""

from __future__ import annotations

import functools
import json
from typing import Any

import numpy as np
import pytest

from simulation.measures.catalogue import INDEX, PLACE_MEASURES
from simulation.policy.intervention import REGISTRY
from simulation.schema import Card, Expected, build_spec, load_plan
from simulation.world.burn_in import burnt_in
from simulation.world.run import RunResult, execute
from tests.policy.ground import checkpoint

checkpoint()  # registers the cards
REPLICATES = 14
NEW_MONEY = {"funding": "additional", "budget_holder": "home-office"}
BY_PARTNERS = {
    "build": "council", "youth-diversion": "council", "exit-programme": "council", "treatment": "health", "school-and-family": "council", "safer-streets": "council",
    "border-interdiction": "nca", "overseas-liaison": "nca",
}  # fmt: skip
PLACES = {"rule": "most-sales", "n": 3}
CASES = [
    (name, expected)
    for name in sorted(REGISTRY)
    for expected in REGISTRY[name].card.expected
    if expected.scope != "target"  # what befalls single businesses is not in the series of a run
]


def entry(card: Card, scope: str) -> dict[str, Any]:
    """The card at full dose: in three places where it is about places, everywhere else in the whole force."""
    where: Any = PLACES if scope == "place" else "force"
    agency = BY_PARTNERS.get(card.id)
    paid = {"agency": agency, **NEW_MONEY} if agency else {"agency": "force"}
    return {"intervention": card.id, "where": where, **paid}


@functools.cache
def run(entry_text: str, replicate: int, weeks: int) -> RunResult:
    given = json.loads(entry_text)
    plan = load_plan({"id": "expected", "title": "Expected", "entry": [given] if given else []})
    return execute(build_spec("force", plan, weeks=weeks, replicate=replicate))


def effect(card: Card, expected: Expected) -> tuple[float, float]:
    """Mean relative difference to the twin, and its standard error."""
    first, last = expected.weeks
    given = json.dumps(entry(card, expected.scope))
    differences, base = [], []
    for replicate in range(REPLICATES):
        arms = [run(text, replicate, last) for text in (given, "{}")]
        if expected.scope == "place" and expected.measure in PLACE_MEASURES:
            made = arms[0].engine
            places = chosen_places(replicate)
            column = PLACE_MEASURES.index(expected.measure)
            values = [float(arm.place[first:last, places, column].mean()) for arm in arms]
            assert made is None
        else:
            values = [float(np.nanmean(arm.series[first:last, INDEX[expected.measure]])) for arm in arms]
        differences.append(values[0] - values[1])
        base.append(values[1])
    scale = max(abs(float(np.mean(base))), 1e-9)
    error = float(np.std(differences, ddof=1)) / len(differences) ** 0.5
    return float(np.mean(differences)) / scale, error / scale


def chosen_places(replicate: int) -> np.ndarray:
    """The three places that the rule finds at week 0 of a replicate."""
    from simulation.policy.where import places_of
    from simulation.schema import Where

    found = burnt_in(build_spec("force", "do-as-now", weeks=1, replicate=replicate))
    return places_of(Where.model_validate(PLACES), found.state, 0, [place.id for place in found.localities])


@pytest.mark.slow
@pytest.mark.parametrize(("name", "expected"), CASES, ids=[f"{name}-{one.measure}" for name, one in CASES])
def test_the_force_shows_what_the_card_expects(name: str, expected: Expected) -> None:
    mean, error = effect(REGISTRY[name].card, expected)
    if expected.sign == "up":
        assert mean > 1.5 * error
    elif expected.sign == "down":
        assert mean < -1.5 * error
    else:
        assert abs(mean) < max(0.02, 3.0 * error)
