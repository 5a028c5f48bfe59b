"""A dashboard that is running shows what is imported meanwhile, and shows it no more once it is forgotten."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from dashboard.app import create_app
from dashboard.callbacks.navigation import page_content
from dashboard.components.speech import SYNTHETIC
from dashboard.jobs.forgetting import forget as forget_pages
from dashboard.jobs.result import Result
from dashboard.jobs.runner import Runner
from dashboard.services import Services
from simulation import api
from simulation.schema.imported import CAUTION
from tests.dashboard.made_up_results import result
from tests.intake import invented

MARKET = "class-a"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Flask:
    """A dashboard of this folder, which does no work of its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("SPANNER_STORE", "SPANNER_IMPORTS"):
        monkeypatch.delenv(name, raising=False)
    return create_app(tmp_path / "spanner-runs" / "dashboard", start=False)


def services_of(server: Flask) -> Services:
    return server.extensions["spannerworks"]


def page(server: Flask, path: str, search: str = "") -> str:
    """All that a page says and does, as it is sent to a browser."""
    with server.test_request_context(path + search):
        crumbs, content = page_content(services_of(server), path, search)
    return json.dumps([crumbs, [part.to_plotly_json() for part in content]], default=_plain)


def _plain(value: Any) -> Any:
    return value.to_plotly_json() if hasattr(value, "to_plotly_json") else str(value)


def brought(name: str) -> str:
    """A mapping of three groups, imported; its id."""
    people, ties = invented.mapping(3, 6)
    rows = [{key: row[key] for key in row if key != "Crime type"} for row in people]
    files = invented.write(Path("p.csv"), rows), invented.write(Path("t.csv"), ties)
    return api.import_network(files[0], name, files[1], market=MARKET, preset="estate").id


def test_an_import_is_there_without_a_new_start_and_goes_without_one(server: Flask) -> None:
    assert "Imported: harbour" not in page(server, "/")
    identity = brought("harbour")
    assert "Imported: harbour" in page(server, "/")
    shown = page(server, "/", f"?preset={identity}")
    assert "Imported: harbour" in shown
    assert "bad-address" not in shown
    assert identity in page(server, "/compare", f"?preset={identity}")
    api.forget("harbour")
    assert "Imported: harbour" not in page(server, "/")
    for path in ("/", "/plan", "/compare"):
        gone = page(server, path, f"?preset={identity}")
        assert "bad-address" in gone
        assert "There is no place called" in gone
        assert "Imported: harbour" not in gone


def test_pages_of_an_import_say_what_they_are_not(server: Flask) -> None:
    """Elsewhere the foot says that nobody is real; here it would not be true."""
    identity = brought("harbour")
    for path in ("/", "/plan", "/compare"):
        assert SYNTHETIC in page(server, path, "?preset=estate") or path == "/compare"
        shown = page(server, path, f"?preset={identity}")
        assert SYNTHETIC not in shown
        assert path == "/compare" or CAUTION in shown


def test_an_import_that_outlives_its_day_goes_by_itself(server: Flask) -> None:
    identity = brought("harbour")
    assert identity in services_of(server).catalogue.places
    scenario = Path("spanner-imports/harbour/scenario.toml")
    lines = scenario.read_text().splitlines()
    old = ['kept_until = "2020-01-01"' if line.startswith("kept_until") else line for line in lines]
    scenario.write_text("\n".join(old))
    assert identity not in services_of(server).catalogue.places


def test_places_that_come_with_the_product_are_read_once(server: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    services = services_of(server)
    before = services.catalogue
    assert services.catalogue is before
    loaded: list[object] = []
    monkeypatch.setattr(api, "load", lambda name, load=api.load: (loaded.append(name), load(name))[1])
    identity = brought("harbour")
    assert services.catalogue is not before
    assert loaded == [identity]


def test_what_is_computed_for_an_import_that_was_forgotten_meanwhile_is_not_kept(server: Flask) -> None:
    services = services_of(server)
    identity = brought("harbour")
    page(server, "/", f"?preset={identity}")  # asks for a look at the place

    def compute(request: Any, progress: Any, cancel: Any) -> Result:
        api.forget("harbour")
        assert forget_pages(services.folder, identity)["jobs"] == 1
        return result(request)

    runner = Runner(services.jobs, services.results, compute)
    job = services.jobs.claim(("place",))
    assert job is not None
    runner._do(job)
    assert services.results.read(job.run_id) is None
    assert not any(identity.encode() in path.read_bytes() for path in Path().rglob("*") if path.is_file())
