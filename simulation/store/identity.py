"""A run is a hash: the same question put to the same model has the same name, whoever asks and wherever."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from simulation.schema.canonical import canonical
from simulation.schema.reading import LIBRARY

SIMULATION: Final = Path(__file__).resolve().parents[1]
# the rooms whose sources decide what a run's numbers are; a room is a package or a single file
ROOMS: Final = (
    "chance",
    "state",
    "indices",
    "kernel",
    "pointer",
    "kernels",
    "policy",
    "interventions",
    "agents",
    "measures",
    "world",
)
DATA: Final = (".toml", ".csv", ".json")
# what is asked and said of findings decides no result
SAID: Final = (
    "uk/diagnoses.toml", "uk/findings.csv", "uk/not-run.toml", "uk/supports.toml", "uk/tensions.toml",
    "uk/first-look.json", "uk/validated.json",
)  # fmt: skip
UNLIVED: Final = (
    "calibrations/",
    "ensembles/",
    "experiments/",
)  # what was sought and found decides no result of a run that it is not named in
LIBRARIES: Final = ("numpy", "numba")


def spec_hash(spec: Any) -> str:
    """The name of a question, apart from the model that answers it."""
    return _digest(canonical(spec))


def run_id(spec: Any, model: str | None = None) -> str:
    """The name of a run: 32 hex digits from its spec and the version of the model."""
    return _digest(_question(canonical(spec), model or model_version()))


class Namer:
    """Names the many runs of one batch, spelling out the scenarios and plans they share only once each."""

    def __init__(self, model: str | None = None) -> None:
        self.model = model or model_version()
        self._spelt: dict[int, tuple[object, str]] = {}  # the object is held so that its id stays its own

    def __call__(self, spec: BaseModel) -> str:
        """The same name that `run_id` gives."""
        fields = type(spec).model_fields
        spelling = ",".join(f"{json.dumps(name)}:{self.text(getattr(spec, name))}" for name in sorted(fields))
        return _digest(_question("{" + spelling + "}", self.model))

    def text(self, value: object) -> str:
        """The canonical text of a part of a spec."""
        if not isinstance(value, BaseModel):
            return canonical(value)
        if id(value) not in self._spelt:
            self._spelt[id(value)] = (value, canonical(value))
        return self._spelt[id(value)][1]


def _question(spec: str, model: str) -> str:
    return f'{{"model_version":{json.dumps(model)},"spec":{spec}}}'


@lru_cache(maxsize=1)
def model_version() -> str:
    """The version of everything that affects a result: model sources, scenario data, numpy and numba."""
    return _version(lambda _label, path: path.read_bytes())


@lru_cache(maxsize=8)
def version_but(free: tuple[str, ...]) -> str:
    """The version of the model whatever values these parameters have.

    Draws that set all of them fit the same model after its defaults have moved to one of the draws.
    """
    files = {f"scenarios/parameters/{name.split('.')[0]}.toml" for name in free}

    def read(label: str, path: Path) -> bytes:
        return _without(path, free) if label in files else path.read_bytes()

    return _version(read)


def _without(path: Path, free: tuple[str, ...]) -> bytes:
    """A file of parameters as canonical text, without the values of some and what is said of where they come from."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    own = table.get(path.stem, {})
    for name in free:
        mechanism, _, key = name.partition(".")
        if mechanism == path.stem and isinstance(own.get(key), dict):
            own[key] = {part: own[key][part] for part in ("unit", "low", "high") if part in own[key]}
    return canonical(table).encode()


def _version(read: Callable[[str, Path], bytes]) -> str:
    digest = hashlib.blake2b()
    for label, path in _sources():
        digest.update(label.encode())
        digest.update(b"\0")
        digest.update(hashlib.blake2b(read(label, path)).digest())
    for library in LIBRARIES:
        digest.update(f"{library}={installed(library)}".encode())
    return digest.hexdigest()[:32]


def installed(package: str) -> str:
    """The installed version of a package, or `absent`."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def _sources() -> Iterator[tuple[str, Path]]:
    for room in ROOMS:
        folder = SIMULATION / room
        single = SIMULATION / f"{room}.py"
        for path in [single] if single.is_file() else sorted(folder.rglob("*.py")):
            yield path.relative_to(SIMULATION).as_posix(), path
    for path in sorted(path for path in LIBRARY.rglob("*") if path.suffix in DATA):
        name = path.relative_to(LIBRARY).as_posix()
        if name not in SAID and not name.startswith(UNLIVED):
            yield f"scenarios/{name}", path


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode()).hexdigest()[:32]
