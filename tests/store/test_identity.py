"""The name of a run is what was asked and the model that answers; all that decides a result is in the model's version."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pydantic import BaseModel

from simulation.errors import OutOfRange
from simulation.store.identity import ROOMS, Namer, run_id


def test_the_name_of_a_run_is_its_question_and_its_model() -> None:
    spec = {"weeks": 260, "seed": 1, "parameters": {"b": 2.0, "a": 1.5}}
    same = {"parameters": {"a": 1.5, "b": 2}, "seed": 1.0, "weeks": 260}
    assert run_id(spec) == run_id(same)
    assert len(run_id(spec)) == 32
    assert run_id(spec) != run_id({**spec, "seed": 2})
    assert run_id(spec, "one") != run_id(spec, "two")
    with pytest.raises(OutOfRange):
        run_id({"value": float("nan")})


class Inner(BaseModel):
    name: str


class Outer(BaseModel):
    weeks: int
    inner: Inner
    rates: dict[str, float]


def test_a_batch_names_its_runs_as_one_by_one() -> None:
    inner = Inner(name="é")
    namer = Namer("model")
    specs = [Outer(weeks=weeks, inner=inner, rates={"b": 1.0, "a": 0.1}) for weeks in (1, 2)]
    names = [namer(spec) for spec in specs]
    assert names == [run_id(spec, "model") for spec in specs]
    assert len(set(names)) == 2


def test_whatever_a_run_is_computed_by_is_in_the_version_of_the_model() -> None:
    """The rooms that a run imports are those that are hashed; the schema speaks through the spec, which is hashed too."""
    code = "import sys, simulation.world.run; print(*{name.split('.')[1] for name in sys.modules if name.startswith('simulation.')})"
    rooms = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert set(rooms) - {"schema", "errors"} <= set(ROOMS)
