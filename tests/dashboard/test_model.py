"""The pages on the simulation itself: what can be chosen, and a small comparison read back as the pages need it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from dashboard.jobs import model, tables
from dashboard.jobs.database import Database
from dashboard.jobs.deposit import deposit
from dashboard.jobs.request import Request
from dashboard.jobs.result import Results
from dashboard.jobs.runner import Cancelled
from dashboard.jobs.table import JobTable
from dashboard.pages.plan_pieces import usual_plan
from dashboard.services import Services
from dashboard.views import compare, panel, plan, start
from dashboard.views.plan import tidy
from simulation import api
from simulation.kernels.week import PHASES

REQUEST = Request("comparison", "estate", ("clear-hold-build",), 26, 4)


@pytest.fixture(scope="module")
def catalogue():
    return model.read_catalogue()


@pytest.fixture(scope="module")
def found():
    return api.compare("estate", ["clear-hold-build"], weeks=26, replicates=4, seed=1)


def test_the_catalogue_is_the_models(catalogue):
    assert set(catalogue.places) == {*api.scenarios()["id"], *api.cases()["id"]}
    asked = dict(zip(api.cases()["id"], api.cases()["question"], strict=True))
    assert {name: place.question for name, place in catalogue.places.items() if place.question} == asked
    assert set(catalogue.cards) == set(api.interventions()["id"])
    assert len(catalogue.forces) == 43
    assert len(catalogue.parameters) > 100
    assert set(catalogue.capacity["force"]) == {agency for agency, _ in catalogue.agencies["force"]}


def test_every_plan_of_the_house_can_be_shown_and_changed(catalogue):
    for view in catalogue.plans.values():
        table = tidy(view.table)
        api.load_plan(table)
        assert len(plan.bars(table, catalogue.cards, 156, None)) == len(table["entry"])
        for entry in table["entry"]:
            card = catalogue.cards[entry["intervention"]]
            assert panel.changes(panel.shown(entry, card, 156), entry, card, 156) == {}


def test_a_place_opens_with_a_plan_that_is_about_it(catalogue):
    """Neighbourhoods are cleared and held; online there are none."""
    services = cast(Services, SimpleNamespace(catalogue=catalogue))
    opened = {preset: usual_plan(services, preset) for preset in catalogue.places}
    assert set(opened.values()) <= set(catalogue.plans)
    assert opened["force"] == "clear-hold-build"
    assert opened["virtual"] == "online-crime"


def test_neighbourhoods_are_named_as_the_model_names_them(catalogue):
    for preset in catalogue.places:
        for identity, _ in model.places(preset)[:3]:
            api.load_plan({"id": "x", "title": "x", "entry": [{"intervention": "hold", "where": [identity]}]})


def test_a_bad_plan_is_refused_in_one_sentence():
    with pytest.raises(api.SpannerError) as caught:
        model.check_plan("force", {"id": "x", "title": "x", "entry": [{"intervention": "hold", "dose": 7.0}]})
    assert "\n" not in caught.value.message


def test_the_trailing_mean_leaves_out_what_was_not_measured():
    values = np.array([[1.0, 2.0, np.nan, 4.0]])
    assert tables.trailing(values, 2)[0].tolist() == [1.0, 1.5, 2.0, 4.0]
    assert np.isnan(tables.trailing(np.full((1, 3), np.nan), 2)).all()


@pytest.mark.slow
def test_a_comparison_is_read_as_the_model_gave_it(found):
    result = model.from_comparison(REQUEST, found)
    row = found.table[found.table["measure"] == "harm_gbp"].iloc[0]
    rows = compare.effects(result)[1]
    assert rows[0].value == pytest.approx(-row["difference"])
    assert (rows[0].low_90, rows[0].high_90) == pytest.approx((-row["high"], -row["low"]))
    assert result.price_year == "2025/26"
    assert set(result.place["locality"]) == set(found.localities["id"])
    assert (result.bands.groupby("plan")["week"].max() == 25).all()
    assert compare.headline(result).title


@pytest.mark.slow
def test_a_comparison_made_elsewhere_is_found_by_its_address(found, tmp_path: Path):
    address = deposit(tmp_path, found, ["clear-hold-build"], "Clear, Hold, Build")
    job = JobTable(Database(tmp_path / "dashboard.sqlite")).get(address.split("job=")[1])
    assert job is not None
    assert job.state == "done"
    result = Results(tmp_path / "results").read(job.run_id)
    assert result is not None
    assert result.plans == {"clear-hold-build": "Clear, Hold, Build"}


@pytest.mark.slow
def test_runs_in_the_store_are_known_and_not_done_again(tmp_path: Path):
    assert not model.in_store(tmp_path, REQUEST)
    api.compare("estate", ["clear-hold-build"], weeks=26, replicates=4, seed=1, store=tmp_path)
    assert model.in_store(tmp_path, REQUEST)
    assert not model.in_store(tmp_path, Request("comparison", "estate", ("clear-hold-build",), 26, 5))
    assert not model.in_store(tmp_path, Request("comparison", "estate", ("volume-arrests",), 26, 4))


@pytest.mark.slow
def test_a_saved_plan_is_found_by_the_command_line(tmp_path: Path):
    model.simulation_model(tmp_path).keep_plan({"id": "my-own", "title": "My own", "entry": [{"intervention": "hold"}]})
    assert api.load_plan("my-own", tmp_path).title == "My own"


@pytest.mark.slow
def test_a_place_is_looked_at_and_the_look_can_be_stopped():
    request = Request("place", "estate", (), 13, 4)
    told: list[tuple[int, int]] = []
    result = model.compute(request, lambda done, total: told.append((done, total)), lambda: False)
    assert told[-1] == (8, 8)  # four runs, and the same four followed from hand to hand
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    sold = result.markets.set_index("measure").loc["volume"]
    assert (sold["market"], sold["unit"]) == ("class-a", "kg")
    assert 0 < sold["low"] <= sold["baseline"] <= sold["high"]
    assert {figure.key for figure in start.key_figures(result)} >= {"harm_gbp", "businesses_active"}
    assert start.residents(result) > 10_000
    with pytest.raises(Cancelled):
        model.compute(Request("place", "estate", (), 13, 5, seed=2), lambda done, total: None, lambda: True)


def test_the_week_on_the_page_is_the_week_that_is_lived(catalogue):
    """No step is left out or told twice, and each says what happens in it."""
    assert len(catalogue.week) == len(PHASES)
    assert all(len(says) > 30 for _, says in catalogue.week)
