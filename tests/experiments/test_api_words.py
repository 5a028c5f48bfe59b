"""What the interface lists, keeps and refuses, in words of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation import api
from simulation.errors import BadType, Conflict, OutOfRange, SpannerError, UnknownName
from simulation.experiments.single import Run
from simulation.world.model import World


@pytest.fixture(scope="module")
def run() -> Run:
    return api.run("estate", weeks=4)


def test_a_plan_is_kept_and_run_by_its_name(tmp_path: Path) -> None:
    mine = {"title": "Mine", "entry": [{"intervention": "clear", "dose": 0.5, "start": 2, "end": 6}]}
    path = api.save_plan(mine, "mine", tmp_path)
    assert path == tmp_path / "plans" / "mine.toml"
    assert api.load_plan("mine", tmp_path).entry[0].dose == 0.5
    listed = api.list_plans(tmp_path).set_index("id")
    assert listed.loc["mine", "saved"]
    assert not listed.loc["do-as-now", "saved"]
    with pytest.raises(Conflict):
        api.save_plan(mine, "mine", tmp_path)
    api.save_plan({**mine, "title": "Mine again"}, "mine", tmp_path, replace=True)
    assert api.load_plan("mine", tmp_path).title == "Mine again"
    with pytest.raises(Conflict):
        api.save_plan(mine, "do-as-now", tmp_path)
    with pytest.raises(OutOfRange):
        api.save_plan(mine, "Mine!", tmp_path)
    with pytest.raises(UnknownName):
        api.load_plan("mine", tmp_path / "elsewhere")


ODD: dict[str, tuple[dict[str, Any], type[api.SpannerError]]] = {
    "parameters-list": ({"parameters": [1]}, BadType),
    "ablate-number": ({"ablate": 5}, BadType),
    "ablate-unknown": ({"ablate": "contst"}, UnknownName),
    "weeks-float": ({"weeks": 2.0}, BadType),
    "replicate": ({"replicate": -1}, OutOfRange),
    "cycle": (
        {
            "plan": {
                "title": "A",
                "cycle": {
                    "period_weeks": 4,
                    "options": [{"name": "a"}],
                    "rule": {"kind": "bandit", "measure": "harm"},
                },
            }
        },
        UnknownName,
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_arguments_are_refused_in_our_own_words(name: str) -> None:
    asked, kind = ODD[name]
    with pytest.raises(kind):
        api.run("force", **{"weeks": 2, **asked})


def test_numbers_of_numpy_and_a_single_name_are_taken() -> None:
    run = api.run("force", weeks=np.int64(2), seed=np.uint32(1), ablate="contest", detail=False)  # type: ignore[arg-type]
    assert run.run_id == api.run("force", weeks=2, ablate=["contest"], detail=False).run_id
    assert len(run.network("supply", np.int64(1)).nodes)  # type: ignore[arg-type]


def test_what_is_asked_of_a_run_is_refused_in_our_own_words(run: Run) -> None:
    odd: Any
    for odd in (None, 3, ["locality"]):
        for ask in (run.by, run.network, run.draws, run.accounts):
            with pytest.raises(UnknownName):
                ask(odd)
    with pytest.raises(BadType):
        run.network("supply", week="last")  # type: ignore[arg-type]
    with pytest.raises(BadType):
        run.accounts(run.businesses["id"].iloc[0], year="first")  # type: ignore[arg-type]
    with pytest.raises(BadType):
        api.compare("force", "volume-arrests", weeks=2, replicates=2, workers="two")  # type: ignore[arg-type]


def test_a_world_for_mesa_refuses_in_our_own_words() -> None:
    for odd in ({"rng": "a"}, {"rng": 1.5}, {"rng": -1}, {"weeks": 0}, {"replicate": "a"}, {"preset": None}):
        with pytest.raises(api.SpannerError):
            World(**{"preset": "force", **odd})


def test_forces_and_costs_are_listed_with_where_they_come_from() -> None:
    forces = api.forces()
    assert len(forces) == 43
    assert forces["id"].is_unique
    assert forces["pop_mid2023_est"].gt(0).all()
    assert forces["officers_fte_mar2025"].gt(0).all()
    assert set(forces["fte2025_status"]) == {"verified", "scaled_est"}
    assert forces.set_index("id").loc["merseyside", "gov_region"] == "North West"
    costs = api.costs()
    assert costs["id"].is_unique
    assert set(costs["kind"]) == {"hour", "other", "offence", "harm"}
    assert (costs["low"] <= costs["value"]).all()
    assert (costs["value"] <= costs["high"]).all()
    claimed = costs[costs["status"].isin(["measured", "estimated"])]
    assert claimed["source"].notna().all()
    assert costs.set_index("id").loc["offence.robbery", "price_year"] == "2015/16"
    assert costs.set_index("id").loc["hour.covert", "unit"] == "GBP/hour"


def test_every_error_has_one_of_the_codes_of_the_closed_list() -> None:
    assert len(set(api.ERROR_CODES)) == len(api.ERROR_CODES) == 15
    for kind in SpannerError.__subclasses__():
        assert kind.code in api.ERROR_CODES
