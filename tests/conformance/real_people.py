"""An imported network on which every page and every answer of a run was tried, and how to look for its people in what was said."""

from __future__ import annotations

import gzip
import inspect
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
import pandas as pd
import pytest

from dashboard.app import create_app
from dashboard.callbacks.navigation import page_content
from dashboard.downloads import FRAMES
from dashboard.jobs.request import Request
from dashboard.pages import PAGES
from dashboard.services import Services
from simulation import api
from simulation.errors import SpannerError
from simulation.experiments.networks import KINDS
from simulation.experiments.single import DIMENSIONS, Run
from simulation.schema.imported import FEW
from tests.intake import invented

NAME: Final = "harbourside"
WORDS: Final = (invented.SECRET, "near the river", "Area 3", "sources/p.csv")

# what of a run is not asked, and why
NOT_ASKED: Final = {
    "spec": "what was put to it, with the path of the columns",
    "result": "the engine of the simulation, from which answers are made",
    "books": "what accounts are made from",
    "run_id": "a hash", "measures": "the same for every run",
}  # fmt: skip


@dataclass
class Said:
    """Everything that was said, by whom."""

    folder: Path
    identity: str
    people: tuple[int, ...]
    small: tuple[str, ...]
    services: Services
    run: Run
    texts: dict[str, str] = field(default_factory=dict)
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)


def mapping() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Twelve groups of about six, and six of one person each."""
    people, ties = invented.mapping(12, 6)
    for n in range(6):
        one = f"{invented.SECRET}P9{n:04d}x"
        people.append({**people[0], "Nominal ID": one, "OCG": f"{invented.SECRET}G9{n:03d}x", "Role": "Organiser"})
    return people, ties


@contextmanager
def imported(folder: Path) -> Iterator[Said]:
    """An import in this folder, with all answers and pages kept; the folder is the one to work in meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in ("SPANNER_STORE", "SPANNER_IMPORTS"):
            patch.delenv(name, raising=False)
        (folder / "sources").mkdir()
        people, ties = mapping()
        files = invented.write(folder / "sources/p.csv", people), invented.write(folder / "sources/t.csv", ties)
        found = api.import_network(files[0], NAME, files[1])
        columns = np.load(found.scenario.parent / "columns.npz")
        size = np.bincount(columns["member"], minlength=columns["group"].size)
        small = tuple(f"{int(one):016x}" for one in columns["group"][size < FEW])
        assert len(small) >= 6
        api.save_plan({"id": "ocb", "title": "OCB team", "entry": [{"intervention": "ocb-team"}]}, "ocb")
        server = create_app(folder / "spanner-runs" / "dashboard", start=False)
        services: Services = server.extensions["spannerworks"]
        run = api.run(NAME, "leader-arrests", weeks=30)
        out = Said(folder, found.id, tuple(map(int, columns["person"])), small, services, run)
        out.texts["import"] = json.dumps({k: v for k, v in found.to_dict().items() if k != "columns"})
        answers(out)
        pages(out, server)
        yield out


def answers(out: Said) -> None:
    """Every answer of a run: those that are refused, and the frames of the others."""
    wanted: dict[str, list[tuple[Any, ...]]] = {
        "by": [(one,) for one in DIMENSIONS], "accounts": [()], "flows": [()], "draws": [("ARREST",)],
        "network": [(kind, None, view) for kind in KINDS for view in ("true", "perceived")],
        "investigations": [()],
    }  # fmt: skip
    for name, member in inspect.getmembers(Run):
        if name.startswith("_") or name in NOT_ASKED:
            continue
        for words in wanted[name] if inspect.isfunction(member) else [()]:
            title = " ".join(map(str, ("Run", name, *words)))
            try:
                value = getattr(out.run, name)
                value = value(*words) if callable(value) else value
            except SpannerError as error:
                assert (error.code, error.key) == ("conflict", "imported"), title
                out.refused.add(title)
                continue
            keep(out, title, value)
    for name in Run.__dataclass_fields__:
        assert name in NOT_ASKED, f"{name} of a run is new: look through it here"


def keep(out: Said, title: str, value: Any) -> None:
    """A value as text, and as a frame where it is one."""
    if hasattr(value, "nodes"):
        keep(out, f"{title} nodes", value.nodes)
        keep(out, f"{title} edges", value.edges)
    elif isinstance(value, pd.DataFrame):
        out.frames[title] = value
        out.texts[title] = value.to_csv()
    else:
        out.texts[title] = str(value)


def pages(out: Said, server: Any) -> None:
    """Every page for the import, with all its results computed, and every file that can be downloaded."""
    services = out.services
    requests = [
        Request("place", out.identity, (), 52, 4), Request("comparison", out.identity, ("leader-arrests",), 52, 4),
        Request("forecast", out.identity, ("clear-hold-build",), 52, 4),
    ]  # fmt: skip
    for request in requests:
        job = services.submit(request, "asked for")
        taken = services.jobs.claim((request.kind,))
        assert taken is not None
        assert taken.id == job.id
        services.runner._do(taken)
        done = services.jobs.get(job.id)
        assert done is not None
        assert done.state == "done", done
    client = server.test_client()
    for request in requests:
        run_id = request.run_id(services.catalogue.model_version)
        for name in FRAMES:
            answer = client.get(f"/download/{run_id}/{name}.csv", headers={"Host": "localhost"})
            assert answer.status_code == 200
            out.texts[f"download {request.kind} {name}"] = answer.text
    for one in PAGES:
        for more in ("", "&plans=leader-arrests&weeks=52&replicates=4&seed=1", "&plan=leader-arrests"):
            search = f"?preset={out.identity}{more}" if one.nav.path in ("/", "/plan", "/compare") else ""
            with server.test_request_context(one.nav.path + search):
                crumbs, content = page_content(services, one.nav.path, search)
            text = json.dumps([crumbs, [part.to_plotly_json() for part in content]], default=_plain)
            out.texts[f"page {one.nav.path}{search}"] = text
    out.texts["health"] = client.get("/healthz", headers={"Host": "localhost"}).text


def _plain(value: Any) -> Any:
    return value.to_plotly_json() if hasattr(value, "to_plotly_json") else str(value)


def traces(text: str, people: tuple[int, ...]) -> list[str]:
    """What of the mapping's own words and of its people's tokens a text holds."""
    found = [word for word in WORDS if word in text]
    numbers = set(re.findall(r"\d{15,20}", text))
    hexed = set(re.findall(r"[0-9a-f]{16}", text))
    return found + [str(one) for one in people if f"{one:016x}" in hexed or str(one) in numbers]


def files(folder: Path, *but: str) -> Iterator[tuple[Path, str, bytes]]:
    """Every file under a folder as text, compressed ones opened, and as bytes."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not set(but) & set(path.relative_to(folder).parts):
            data = path.read_bytes()
            text = data.decode("latin-1")
            if path.suffix == ".parquet":
                text = duckdb.read_parquet(str(path)).df().to_csv()
            elif data[:2] == b"\x1f\x8b":
                text = gzip.decompress(data).decode("latin-1")
            yield path, text, data
