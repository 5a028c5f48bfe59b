"""Ensembles: the draws of parameters that reproduce what was calibrated on equally well, read from a file or a list."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from simulation.errors import BadSyntax, BadType, EmptyFile, NotFound, OutOfRange, UnknownName
from simulation.schema import check_overrides
from simulation.schema.reading import LIBRARY, is_name, read_text
from simulation.store.identity import model_version, version_but

FOLDER: Final = LIBRARY / "ensembles"
FIT: Final = ".fit.json"
FOUND: Final = ".found.json"
type Given = str | os.PathLike[str] | Sequence[Mapping[str, float]]


@dataclass(frozen=True)
class Ensemble:
    """Draws that are equally believable, and what they were made with."""

    draws: tuple[dict[str, float], ...]
    name: str = ""
    model_version: str = ""
    likeness: str = ""
    """The version of the model whatever values the free parameters have."""
    medoid: int | None = None
    default: int | None = None
    """The draw that the defaults are, in an ensemble that comes with the product."""
    file: str | None = None
    head: Mapping[str, Any] | None = None

    @property
    def free(self) -> tuple[str, ...]:
        """The parameters that the draws set."""
        return tuple(sorted({name for draw in self.draws for name in draw}))

    @property
    def stale(self) -> str | None:
        """That the draws were made with another version of the model, if they were."""
        if not self.likeness or self.likeness == version_but(self.free):
            return None
        return (
            f'The ensemble "{self.name}" was made with model version {self.model_version}, this is {model_version()}: '
            "its draws need not fit here. Run `spanner calibrate` anew."
        )


def list_ensembles() -> tuple[str, ...]:
    """The names of the ensembles that come with the product, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json") if "." not in path.stem))


def load_ensemble(given: Given) -> Ensemble:
    """An ensemble by name or path, or from a list of tables. Raises SpannerError."""
    if not isinstance(given, (str, os.PathLike)):
        return Ensemble(_checked(given, None))
    path = _path(given)
    found = _read(path)
    if isinstance(found, dict) and "draws" in found:
        medoid, default = (found.get(key) for key in ("medoid", "default"))
        for key, at in (("medoid", medoid), ("default", default)):
            if at is not None and not (isinstance(at, int) and 0 <= at < len(found["draws"])):
                allowed = f"a whole number from 0 to {len(found['draws']) - 1}"
                raise OutOfRange(file=str(path), key=key, given=at, allowed=allowed)
        return Ensemble(
            _checked(found["draws"], str(path)), str(found.get("name", path.stem)),
            str(found.get("model_version", "")), str(found.get("likeness", "")), medoid, default, str(path),
            {key: value for key, value in found.items() if key != "draws"},
        )  # fmt: skip
    return Ensemble(_checked(found, str(path)), path.stem, file=str(path))


def _path(given: str | os.PathLike[str]) -> Path:
    text = os.fspath(given)
    if not is_name(text):
        return Path(text)
    if text not in list_ensembles():
        raise UnknownName.among(text, list_ensembles(), key="ensemble")
    return FOLDER / f"{text}.json"


def _read(path: Path) -> Any:
    if not path.exists():
        raise NotFound(f"There is no ensemble at {path}.", file=str(path))
    text = read_text(path)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadSyntax(f"The ensemble at {path} is not JSON.", file=str(path)) from error


def _checked(found: Any, file: str | None) -> tuple[dict[str, float], ...]:
    if isinstance(found, (str, bytes, Mapping)) or not isinstance(found, Sequence):
        raise BadType(file=file, key="ensemble", given=type(found).__name__, allowed="a list of tables")
    if not found:
        raise EmptyFile("The ensemble holds no draws.", file=file, key="ensemble")
    for index, draw in enumerate(found):
        if not isinstance(draw, Mapping):
            raise BadType(file=file, key=f"ensemble[{index}]", given=draw, allowed="a table of parameter values")
        check_overrides(draw, file=file, key=f"ensemble[{index}]")
    return tuple({name: float(value) for name, value in draw.items()} for draw in found)
