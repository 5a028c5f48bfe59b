"""Parameters of mechanisms: one file a mechanism, read whole, and the values a run sets instead of theirs."""

from __future__ import annotations

import functools
import math
import numbers
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from simulation.errors import BadType, Conflict, OutOfRange, SpannerError, UnknownName
from simulation.schema.quantity import Mechanism, Parameter
from simulation.schema.reading import LIBRARY, raise_all, read_table, validated
from simulation.schema.reference import check_sources

_HEAD = "_mechanism"


def load_parameters(folder: Path = LIBRARY / "parameters") -> dict[str, Parameter]:
    """Every parameter of every mechanism by its id, sorted by id."""
    return dict(_parameters(folder))


def load_mechanisms(folder: Path = LIBRARY / "parameters") -> dict[str, Mechanism]:
    """What the heads of the parameter files say of their mechanisms, by id, sorted by id."""
    return dict(_mechanisms(folder))


@functools.cache
def _mechanisms(folder: Path) -> dict[str, Mechanism]:
    heads = [_head(path) for path in sorted(folder.glob("*.toml"))]
    if folder == LIBRARY / "parameters":
        heads += _sources()
    return dict(sorted((head.id, head) for head in heads if head is not None))


def _sources() -> list[Mechanism]:
    """Every source of intelligence can be switched off like a mechanism."""
    from simulation.schema.intelligence import load_intelligence

    return [
        Mechanism(
            id=one.switch, title=one.title, meaning=f"{one.description.rstrip('.')}; off, nothing comes in from there.",
            reads=("place.effort",), writes=("source.pace", *(f"{kind}.knowledge" for kind in one.files)),
        )
        for one in load_intelligence()
    ]  # fmt: skip


@functools.cache
def _parameters(folder: Path) -> dict[str, Parameter]:
    found: dict[str, Parameter] = {}
    errors: list[SpannerError] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            _head(path)
            found.update(_mechanism(path))
        except SpannerError as error:
            errors += error.errors
    raise_all(errors)
    fields: dict[str, str] = {}
    for name, parameter in found.items():
        other = fields.setdefault(parameter.field, name)
        if other != name:
            raise Conflict(key=name, given=parameter.field, allowed=f"a name that does not collide with {other}")
    return {name: found[name] for name in sorted(found)}


@functools.cache
def _head(path: Path) -> Mechanism | None:
    """What a parameter file says of its mechanism; None when it says nothing."""
    head = read_table(path).get(_HEAD)
    return None if head is None else validated(Mechanism, head, str(path), _HEAD)


def _mechanism(path: Path) -> dict[str, Parameter]:
    """The parameters of one file, which bears its mechanism's name."""
    mechanism, file = path.stem, str(path)
    table = read_table(path)
    errors: list[SpannerError] = []
    for key in table:
        if key not in (mechanism, _HEAD):
            errors.append(UnknownName.among(key, [mechanism], key=key, file=file))
    own = table.get(mechanism, {})
    if not isinstance(own, dict):
        raise BadType(file=file, key=mechanism, given=own, allowed="a table")
    found: dict[str, Parameter] = {}
    for name, quantity in own.items():
        key = f"{mechanism}.{name}"
        if not isinstance(quantity, dict):
            errors.append(BadType(file=file, key=key, given=quantity, allowed="a table"))
            continue
        try:
            found[key] = validated(Parameter, {**quantity, "id": key, "mechanism": mechanism}, file, key)
        except SpannerError as error:
            errors += error.errors
    raise_all(errors)
    check_sources(found, file)
    return found


def check_overrides(overrides: Mapping[str, float], *, file: str | None = None, key: str = "parameters") -> None:
    """Refuse values for parameters that do not exist, are no numbers, or lie outside the parameter's range."""
    raise_all(override_faults(overrides, file, key))


def override_faults(overrides: Mapping[str, Any], file: str | None, key: str) -> Iterable[SpannerError]:
    if not isinstance(overrides, Mapping):
        yield BadType(file=file, key=key, given=overrides, allowed="a table of parameter ids and values")
        return
    known = load_parameters() if overrides else {}
    for name, value in overrides.items():
        where: dict[str, Any] = {"file": file, "key": f"{key}.{name}"}
        if name not in known:
            yield UnknownName.among(str(name), known, **where)
        elif isinstance(value, bool) or not isinstance(value, numbers.Real):
            yield BadType(given=value, allowed="a number", **where)
        elif not math.isfinite(float(value)) or not known[name].holds(float(value)):
            parameter = known[name]
            allowed = f"{parameter.low:g} to {parameter.high:g} {parameter.unit}"
            yield OutOfRange(given=value, allowed=allowed, **where)
