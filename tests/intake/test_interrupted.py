"""An import is there whole or not at all: full disks, closed folders, two at once, stops and kills leave no half of one."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from simulation import api
from simulation.errors import SpannerError
from simulation.intake import writing
from simulation.schema.imported import list_imports
from tests.intake import invented


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[Path, Path]:
    """A mapping of three groups, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("SPANNER_STORE", "SPANNER_IMPORTS"):
        monkeypatch.delenv(name, raising=False)
    people, ties = invented.mapping(3, 6)
    return invented.write(tmp_path / "p.csv", people), invented.write(tmp_path / "t.csv", ties)


def left() -> list[Path]:
    """Whatever lies where imports lie."""
    return sorted(Path("spanner-imports").glob("*")) if Path("spanner-imports").is_dir() else []


FULL = """
import resource, signal, sys
from simulation import api
from simulation.errors import SpannerError
api.load("force")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
try:
    api.import_network("p.csv", "full", "t.csv")
except SpannerError as error:
    print(error.code, error.message)
"""


@pytest.mark.parametrize("room", [8, 200])
def test_a_full_disk_is_told_and_leaves_nothing(files: tuple[Path, Path], room: int) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONDONTWRITEBYTECODE": "1"}
    words = [sys.executable, "-c", FULL, str(room)]
    done = subprocess.run(words, capture_output=True, text=True, env=environment, timeout=120)
    assert done.stdout.startswith("unwritable The import cannot be written to"), done.stderr
    assert "File too large" in done.stdout
    assert left() == []


def test_a_folder_that_cannot_be_written_is_told(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    Path("closed").write_text("a file in the way")
    monkeypatch.setenv("SPANNER_IMPORTS", "closed")
    with pytest.raises(SpannerError) as caught:
        api.import_network(files[0], "tried", files[1])
    assert (caught.value.code, caught.value.file) == ("unwritable", "closed/tried")


def test_of_two_imports_of_one_name_at_once_one_is_kept_and_one_is_told(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both see that the name is free; whoever is second finds it taken, and takes nothing away from the first."""
    both = threading.Barrier(2)
    put = writing._put

    def together(path: Path, data: bytes) -> None:
        put(path, data)
        if path.name == "scenario.toml":
            both.wait(60)

    monkeypatch.setattr(writing, "_put", together)
    said: list[str] = []

    def bring() -> None:
        try:
            said.append(api.import_network(files[0], "twin", files[1]).id)
        except SpannerError as error:
            said.append(f"{error.code}: {error.message}")

    threads = [threading.Thread(target=bring) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    kept, told = sorted(said, key=lambda one: not one.startswith("import-"))
    assert told.startswith('conflict: An import called "twin" is there already')
    assert [path.name for path in left()] == ["twin"]
    assert list(api.imports()["id"]) == [kept]


@pytest.mark.parametrize("at", ["columns.npz", "key", "scenario.toml"])
def test_a_stop_leaves_nothing(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    put = writing._put

    def stopped(path: Path, data: bytes) -> None:
        put(path, data)
        if path.name == at:
            raise KeyboardInterrupt

    monkeypatch.setattr(writing, "_put", stopped)
    with pytest.raises(KeyboardInterrupt):
        api.import_network(files[0], "stopped", files[1])
    assert left() == []


def test_what_a_killed_import_left_is_no_import_and_goes(files: tuple[Path, Path]) -> None:
    api.import_network(files[0], "whole", files[1])
    for name in (".whole.0123abcd", ".other.0123abcd"):
        half = Path("spanner-imports") / name
        half.mkdir()
        (half / "key").write_text("00")
        (half / "scenario.toml").write_text('id = "import-0123456789abcdef"\n')
    assert list(list_imports()) == ["whole"]
    old = time.time() - 2 * writing.STALE_S
    os.utime(Path("spanner-imports/.other.0123abcd"), (old, old))
    api.import_network(files[0], "next", files[1])
    assert [path.name for path in left()] == [".whole.0123abcd", "next", "whole"]
    api.forget("whole")
    assert [path.name for path in left()] == ["next"]
