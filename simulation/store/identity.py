"""A run is a hash: the same question put to the same model has the same name, whoever asks and wherever."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

SIMULATION: Final = Path(__file__).resolve().parents[1]
# the rooms whose sources decide what a run's numbers are; a room is a package or a single file
ROOMS: Final = ("chance", "state", "kernel", "kernels", "policy", "interventions", "agents", "measures", "world")
DATA: Final = (".toml", ".csv", ".json")
LIBRARIES: Final = ("numpy", "numba")


def canonical(value: Any) -> str:
    """One spelling for one meaning: sorted keys, no spaces, floats by their shortest exact form, models as dicts."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    if hasattr(value, "model_dump"):  # a pydantic model, known here only by its manners: the store does not import it
        return _plain(value.model_dump(mode="json"))
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(_plain(item) for item in value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)  # 1.0 and 1 ask for the same run
    if isinstance(value, bool) or value is None or isinstance(value, (int, float, str)):
        return value
    if hasattr(value, "item"):  # a numpy scalar
        return _plain(value.item())
    raise TypeError(f"a run's spec cannot hold {type(value).__name__}")


def spec_hash(spec: Any) -> str:
    """The name of a question, apart from the model that answers it."""
    return _digest(canonical(spec))


def run_id(spec: Any, model: str | None = None) -> str:
    """The name of a run: 32 hex digits from its spec and the version of the model."""
    return _digest(canonical({"spec": _plain(spec), "model_version": model or model_version()}))


@lru_cache(maxsize=1)
def model_version() -> str:
    """The version of everything that affects a result: model sources, scenario data, numpy and numba."""
    digest = hashlib.blake2b()
    for label, path in _sources():
        digest.update(label.encode())
        digest.update(b"\0")
        digest.update(hashlib.blake2b(path.read_bytes()).digest())
    for library in LIBRARIES:
        digest.update(f"{library}={installed(library)}".encode())
    return digest.hexdigest()[:32]


def installed(package: str) -> str:
    """The installed version of a package, or `absent`."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def scenarios_folder() -> Path | None:
    """The folder of scenario data: beside the package in a checkout, inside it in an installed wheel."""
    for folder in (SIMULATION.parent / "scenarios", SIMULATION / "scenarios"):
        if folder.is_dir():
            return folder
    return None


def _sources() -> Iterator[tuple[str, Path]]:
    for room in ROOMS:
        folder = SIMULATION / room
        single = SIMULATION / f"{room}.py"
        for path in [single] if single.is_file() else sorted(folder.rglob("*.py")):
            yield path.relative_to(SIMULATION).as_posix(), path
    data = scenarios_folder()
    if data is not None:
        for path in sorted(path for path in data.rglob("*") if path.suffix in DATA):
            yield f"scenarios/{path.relative_to(data).as_posix()}", path


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode()).hexdigest()[:32]
