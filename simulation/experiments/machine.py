"""What this machine has and lacks for the work, and how to mend what is missing."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final

from simulation.errors import SpannerError
from simulation.schema import LIBRARY, list_scenarios
from simulation.store.format import MANIFEST
from simulation.store.store import Store, default_folder

LEAST_PYTHON: Final = (3, 12)
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NEEDED: Final = (
    "dash", "dash-ag-grid", "dash-mantine-components", "duckdb", "loky", "mesa", "networkx", "numba", "numpy", "pandas",
    "plotly", "pydantic", "rich", "scikit-learn", "scipy", "typer", "waitress",
)  # fmt: skip


@dataclass(frozen=True)
class Check:
    """One thing looked at; `needed` says whether the product runs without it."""

    id: str
    ok: bool
    needed: bool
    found: str
    mend: str = ""


def checks(port: int = 8050, store: str | os.PathLike[str] | None = None) -> list[Check]:
    """Look at everything the product needs, in the order in which it is needed."""
    found = [_python(), _packages(), _data(), _cache(), _store(Path(store) if store is not None else default_folder())]
    return [*found, _port(port), _browser()]


def _python() -> Check:
    now = ".".join(map(str, sys.version_info[:3]))
    wanted = ".".join(map(str, LEAST_PYTHON))
    ok = sys.version_info[:2] >= LEAST_PYTHON
    return Check("python", ok, True, f"Python {now}", "" if ok else f"Install Python {wanted} or newer.")


def _packages() -> Check:
    missing = [name for name in _wanted() if not _installed(name)]
    if not missing:
        return Check("packages", True, True, f"{len(list(_wanted()))} packages")
    return Check("packages", False, True, "missing: " + ", ".join(missing), "Run `make setup`.")


def _wanted() -> Iterator[str]:
    """The packages the product declares; in a checkout that was never installed, those known here."""
    try:
        declared = requires("spannerworks") or []
    except PackageNotFoundError:
        declared = list(NEEDED)
    for requirement in declared:
        if "extra ==" not in requirement:
            yield (
                requirement.split(";")[0].split("[")[0].split("<")[0].split(">")[0].split("=")[0].split("!")[0].strip()
            )


def _installed(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def _data() -> Check:
    presets = list_scenarios()
    ok = bool(presets)
    return Check(
        "scenarios", ok, True, f"{len(presets)} presets in {LIBRARY}", "" if ok else "Install the product anew."
    )


def _cache() -> Check:
    from simulation.kernel import cache_base

    folder = cache_base()
    if folder is None:
        mend = "Set NUMBA_CACHE_DIR to a folder of yours that can be written."
        return Check("cache", False, False, "no folder takes compiled code: every start compiles afresh", mend)
    return Check("cache", True, False, str(folder))


def _store(folder: Path) -> Check:
    def attempt() -> str:
        if (folder / MANIFEST).is_file():
            parts = len(Store.open(folder).parts())
            with tempfile.TemporaryFile(dir=folder):
                return f"{folder}, {parts} parts"
        above = next(path for path in (folder, *folder.absolute().parents) if path.is_dir())
        with tempfile.TemporaryFile(dir=above):
            return f"{folder}, not there yet"

    return _tried("store", True, attempt, "Choose another folder with --out or SPANNER_STORE.")


def _port(port: int) -> Check:
    def attempt() -> str:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
        return f"port {port} is free"

    return _tried("port", False, attempt, f"Choose another port: `spanner dashboard --port {port + 1}`.")


def _tried(name: str, needed: bool, attempt: Callable[[], str], mend: str) -> Check:
    try:
        return Check(name, True, needed, attempt())
    except OSError as error:
        return Check(name, False, needed, error.strerror or str(error), mend)
    except SpannerError as error:
        return Check(name, False, needed, error.message, mend)


def _browser() -> Check:
    named = os.environ.get("SPANNER_CHROMIUM")
    path = named if named and Path(named).is_file() else next(filter(None, map(shutil.which, BROWSERS)), None)
    mend = "" if path else "`make test` installs one; nothing else needs it."
    return Check("browser", path is not None, False, path or "no Chromium for the browser tests", mend)
