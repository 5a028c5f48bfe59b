"""Whatever the product says of an imported network, nothing leads to one of its people: no word of theirs, no token, no row.

Every command, every page, every answer of a run and every file is looked through; what is added is looked through unasked, or
must be named here with why it is not.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
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
from dashboard.jobs.forgetting import forget as forget_pages
from dashboard.jobs.request import Request
from dashboard.pages import PAGES
from dashboard.services import Services
from simulation import api
from simulation.cli.app import app
from simulation.errors import SpannerError
from simulation.experiments.networks import KINDS
from simulation.experiments.single import DIMENSIONS, Run
from simulation.schema.imported import FEW
from tests.cli.command import typed
from tests.intake import invented

NAME: Final = "harbourside"
WORDS: Final = (invented.SECRET, "near the river", "Area 3", "sources/p.csv")
SIZE: Final = ("--weeks", "30", "--replicates", "2", "--json")
COUNTS: Final = {"members", "staff", "ties", "people"}

# what each command is asked, with the import's name as NAME; None: why it is not asked
ASKED: Final[dict[str, tuple[tuple[str, ...], ...] | None]] = {
    "run": (("run", NAME, "--plan", "leader-arrests", "--events", *SIZE),),
    "compare": (("compare", NAME, "--plan", "leader-arrests", "--plan", "ocb", *SIZE),),
    "results": (
        ("results", "--json"),
        ("results", "--sql", "SELECT * FROM events", "--json"),
        ("results", "--sql", "SELECT * FROM runs", "--json"),
        ("results", "--export", "csv", "--to", "exported", "--json"),
        ("results", "--export", "parquet", "--to", "exported", "--json"),
    ),
    "weak-points": (("weak-points", NAME, "--weeks", "30", "--json"), ("weak-points", NAME, "--weeks", "30")),
    "network": (
        ("network", NAME, "--kind", "cooperation", "--weeks", "30", "--json"),
        ("network", NAME, "--kind", "supply", "--view", "true", "--weeks", "30"),
    ),
    "scenarios": (("scenarios", NAME, "--json"), ("scenarios", NAME), ("scenarios", "--json")),
    "cases": (("cases", "--json"),),
    "measures": (("measures", "--json"),),
    "assurance": None,  # what is vouched for of the model itself; it opens no import
    "plans": (("plans", "--json"),),
    "imports": (("imports", "--json"), ("imports",)),
    "import": None,  # asked for in the beginning; what it says is looked through too
    "forget": None,  # asked for at the end
    "dashboard": None,  # its pages are looked through one by one
    "validate": None, "toolkit": None, "parameters": None, "sectors": None, "explain": None, "doctor": None, "warmup": None,
    "calibrate": None,  # presets and experiments alone
}  # fmt: skip
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


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Said]:
    """An import on which every command, page and answer was tried."""
    folder = tmp_path_factory.mktemp("real")
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
                import gzip

                text = gzip.decompress(data).decode("latin-1")
            yield path, text, data


def test_every_command_is_asked_or_named() -> None:
    names = {one.name for one in app.registered_commands}
    assert names == set(ASKED), "a command is new: look through it here"


@pytest.mark.parametrize("command", [name for name, asked in ASKED.items() if asked])
def test_no_command_tells_of_anybody(said: Said, capsys: pytest.CaptureFixture[str], command: str) -> None:
    for words in ASKED[command] or ():
        ended = typed(capsys, *words)
        assert ended.status == 0, ended.err
        assert traces(ended.out + ended.err, said.people) == [], words
        assert not any(one in ended.out for one in said.small), words
        if command in ("run", "compare"):
            assert NAME not in ended.out.replace(f"Imported: {NAME}", ""), words


def test_no_answer_and_no_page_tells_of_anybody(said: Said) -> None:
    assert {"Run people", "Run draws ARREST", "Run network social None true", "Run investigations"} <= said.refused
    assert len([title for title in said.texts if title.startswith("page ")]) >= len(PAGES)
    for title, text in said.texts.items():
        assert traces(text, said.people) == [], title
    assert any("bad-address" not in text and said.identity in text for text in said.texts.values())


def test_no_row_is_about_a_person(said: Said) -> None:
    """No frame has a column or a subject that is a person, no count is so small that it is one, no business of so few is told."""
    assert {"Run events", "Run businesses", "Run roles", "Run by business", "Run accounts"} <= said.frames.keys()
    for title, frame in said.frames.items():
        assert len(frame) > 0 or "perceived" in title, title
        assert not {"person", "nominal", "name_of"} & set(frame.columns), title
        for column in ("leader", "founder"):
            assert column not in frame or set(frame[column]) == {""}, title
        if "subject_kind" in frame:
            assert "person" not in set(frame["subject_kind"])
        for column in COUNTS & set(frame.columns):
            assert not ((frame[column] > 0) & (frame[column] < FEW)).any(), f"{title} {column}"
        if {"measure", "value"} <= set(frame.columns):
            counts = frame[frame["measure"].isin(sorted(COUNTS))]["value"]
            assert not ((counts > 0) & (counts < FEW)).any(), title
        for one in said.small:
            assert one not in frame.to_csv(), f"{title}: a group of one"


def test_groups_of_one_are_there_and_withheld(said: Said) -> None:
    state = said.run.result.engine.state  # pyright: ignore[reportOptionalMemberAccess]
    there = {f"{int(one):016x}" for one in state.business.id if one} & set(said.small)
    assert there, "a group of one is in the world, or nothing is tried here"
    for one in said.small:
        with pytest.raises(SpannerError) as caught:
            said.run.accounts(one)
        assert "Fewer than 5 people" in caught.value.message


def test_no_address_names_an_import(said: Said) -> None:
    for title, text in said.texts.items():
        for address in re.findall(r'"(?:href|pathname|search)": "([^"]*)"', text):
            assert NAME not in address, f"{title}: {address}"
            assert traces(address, said.people) == [], title


def test_no_file_holds_a_word_or_a_token(said: Said, capsys: pytest.CaptureFixture[str]) -> None:
    """Tokens stand in the import's own columns, in which the simulation must look them up, and nowhere else."""
    typed(capsys, *(ASKED["run"] or ())[0])
    seen = 0
    for path, text, data in files(said.folder, "sources"):
        seen += 1
        if path.name == "columns.npz":
            assert not any(word.encode() in data for word in WORDS)
            continue
        assert traces(text, said.people) == [], path
        assert not any(one.to_bytes(8, "little") in data for one in said.people), path
    assert seen > 10


def test_nothing_of_it_is_left_when_it_is_forgotten(said: Said, capsys: pytest.CaptureFixture[str]) -> None:
    """By bytes: neither the id, nor a token, nor the key, nor a word; and no page knows it. Exports are out of reach, as is said."""
    key = (said.folder / "spanner-imports" / NAME / "key").read_text()
    typed(capsys, *(ASKED["run"] or ())[0])
    ended = typed(capsys, "forget", NAME, "--json")
    assert ended.status == 0, ended.err
    assert traces(ended.out + ended.err, said.people) == []
    assert forget_pages(said.services.folder, said.identity) == {"jobs": 0, "results": 0, "drafts": 0, "plans": 0}
    seen = 0
    for path, text, data in files(said.folder, "sources", "exported"):
        seen += 1
        assert traces(text, said.people) == [], path
        for gone in (said.identity, key, NAME):
            assert gone not in text, f"{path}: {gone}"
            assert gone.encode() not in data, path
        assert bytes.fromhex(key) not in data
    assert seen > 0
    assert said.identity not in said.services.catalogue.places
    assert typed(capsys, "run", said.identity, *SIZE).status == 2
