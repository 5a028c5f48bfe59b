"""What police see is part of what is, and ghosts are in it; of imported people there are counts alone, and no small ones."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.experiments.sight import by_role, sight
from simulation.experiments.single import Run
from simulation.measures.catalogue import INDEX, MEASURES
from simulation.schema import build_spec, load_scenario
from simulation.schema.imported import FEW
from simulation.world.run import execute

WEEKS = 26


def test_counts_and_dots_are_those_of_the_world() -> None:
    spec = build_spec("estate", "do-as-now", weeks=WEEKS)
    result = execute(spec, detail=True)
    found = sight(spec)
    last = result.series[-1]
    assert found.roles["there"].sum() == last[INDEX["people_active"]]
    assert found.roles["seen"].sum() == last[INDEX["people_mapped"]]
    real = found.dots[found.dots["what"] == "business"]
    assert len(real) == last[INDEX["businesses_active"]]
    run = Run("", spec, MEASURES, result)
    assert real["seen"].sum() == run.businesses["mapped"].sum() if "mapped" in run.businesses else True
    seen = run.network("cooperation", view="perceived")
    assert int(found.ties["seen"].sum()) == len(seen.edges)
    assert len(found.ties) == len(run.network("cooperation").edges)


def test_a_ghost_is_a_dot_of_its_own_and_counted_by_its_role() -> None:
    spec = build_spec("force", "do-as-now", weeks=4)
    found = sight(spec)
    ghosts = found.dots[found.dots["what"] == "ghost"]
    assert len(ghosts) == found.roles["ghosts"].sum() > 0
    spots = found.dots[["x", "y"]].to_numpy()
    assert np.unique(spots.round(6), axis=0).shape[0] == len(spots)  # none hides another


def test_imported_people_are_counted_by_role_and_small_counts_are_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    from simulation.experiments import individuals

    spec = build_spec("estate", "do-as-now", weeks=4)
    whole = by_role(execute(spec, detail=True).engine.state)  # pyright: ignore[reportOptionalMemberAccess]
    monkeypatch.setattr(individuals, "real", lambda scenario: scenario.id == load_scenario("estate").id)
    found = sight(spec)
    assert found.dots.empty
    assert found.ties.empty
    for shown, true in zip(found.roles.to_dict("records"), whole.to_dict("records"), strict=True):
        missed = true["there"] - true["seen"]
        small = [0 < n < FEW for n in (true["there"], true["seen"], missed)]
        assert np.isnan(shown["there"]) == np.isnan(shown["seen"]) == any(small)
        if not any(small):
            assert (shown["there"], shown["seen"]) == (true["there"], true["seen"])
