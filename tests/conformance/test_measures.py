"""Whatever is measured has a unit it keeps to, a direction, a definition, a value where there is anything to measure, and no
difference where a plan differs in nothing but its name. A new measure is tried here without a word more.
"""

from __future__ import annotations

import functools

import numpy as np
import pytest

from simulation import api
from simulation.experiments.comparison import Comparison
from simulation.measures.catalogue import COMPARED, FAIRNESS, MEASURES, PLACE_MEASURES
from simulation.measures.observed import OBSERVED
from simulation.schema.units import natural_bounds

WEEKS = 130
EVERY = pytest.mark.parametrize("measure", [one.id for one in MEASURES])
# one effort against one market, model and place, by which people are taken into custody, and which ends
PLAN = {
    "id": "everything-named", "title": "Everything named",
    "entry": [
        {"intervention": "franchise-defection", "targets": {"market": "cocaine"}, "start": 0, "end": 52},
        {"intervention": "exclusivity-break", "targets": {"market": "cocaine"}, "start": 0, "end": 52},
    ],
}  # fmt: skip
AGAIN = {
    "id": "by-another-name",
    "title": "Do as now by another name",
    "entry": [{"intervention": "clear", "dose": 0.0}],
}


@functools.cache
def compared() -> Comparison:
    return api.compare("force", [PLAN, AGAIN, "nothing-more"], weeks=WEEKS, replicates=4)


def values(plan: str, measure: str) -> np.ndarray:
    runs = compared().runs
    return runs.weeks_of(measure)[runs.arms.index(plan)]


@EVERY
def test_it_keeps_to_its_unit_in_every_week(measure: str) -> None:
    low, high = natural_bounds(next(one.unit for one in MEASURES if one.id == measure))
    for plan in ("do-as-now", "nothing-more", PLAN["id"]):
        weeks = values(str(plan), measure)
        known = weeks[np.isfinite(weeks)]
        assert not np.isinf(weeks).any()
        assert low is None or (known >= low).all()
        assert high is None or (known <= high).all()
        assert (known.size == 0) == (measure in COMPARED)


@EVERY
def test_it_is_told_in_the_comparison_with_its_interval(measure: str) -> None:
    """A difference from the baseline, or a figure of the comparison's own; where there is none it is null throughout."""
    row = compared().table.set_index(["plan", "measure"]).loc[(str(PLAN["id"]), measure)]
    figure = row["value"] if measure in COMPARED else row["difference"]
    if np.isfinite(figure):
        assert row["low"] <= figure + 1e-12
        assert figure <= row["high"] + 1e-12
    else:
        assert measure in COMPARED
    assert row["unit"] == next(one.unit for one in MEASURES if one.id == measure)


@EVERY
def test_a_plan_that_does_nothing_changes_nothing(measure: str) -> None:
    row = compared().table.set_index(["plan", "measure"]).loc[("by-another-name", measure)]
    if measure in COMPARED:
        assert np.isnan(row["value"]) or row["value"] == 0.0
    else:
        assert row["difference"] == row["low"] == row["high"] == 0.0
        assert (
            row["probability_better"] == 0.5
            or next(one.direction for one in MEASURES if one.id == measure) == "neither"
        )


@EVERY
def test_it_says_what_it_is(measure: str) -> None:
    one = next(each for each in MEASURES if each.id == measure)
    assert len(one.definition) > 20
    assert one.definition.endswith(".")
    assert one.label
    assert sum(each.label == one.label for each in MEASURES) == 1


def test_catalogues_name_only_measures_there_are() -> None:
    names = {one.id for one in MEASURES}
    assert names >= FAIRNESS | COMPARED | set(OBSERVED) | {true for true in OBSERVED.values() if true}
    assert len(set(PLACE_MEASURES)) == len(PLACE_MEASURES)
    assert len(names) == len(MEASURES)


@pytest.mark.parametrize("kind", ["market", "model", "time"])
def test_what_a_plan_singles_out_has_a_quotient_or_a_reason_of_chance(kind: str) -> None:
    """The plan names a market, is made against a model, and ends: no reason is left but that its own change may be chance."""
    found = compared().displacements(str(PLAN["id"]))[kind]
    assert np.isfinite(found.quotient) or "clear of chance" in found.reason
    everywhere = compared().displacements("nothing-more")[kind]
    assert np.isnan(everywhere.quotient)
    assert "clear of chance" not in everywhere.reason
