"""What pydantic refuses, said as faults of ours: file, key, given, allowed, nearest valid name."""

from __future__ import annotations

import types
import typing
from collections.abc import Sequence
from typing import Annotated, Any, TypeAliasType, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from simulation.errors import KINDS, BadType, BadUnit, MissingKey, OutOfRange, SpannerError, UnknownKey, UnknownName
from simulation.errors import nearest_name as nearest
from simulation.schema.base import NAME_PATTERN
from simulation.schema.units import UNITS

_BOUNDS = {
    "greater_than_equal": ("ge", "{} or more"),
    "less_than_equal": ("le", "{} or less"),
    "greater_than": ("gt", "more than {}"),
    "less_than": ("lt", "less than {}"),
    "too_short": ("min_length", "{} or more items"),
    "too_long": ("max_length", "{} or fewer items"),
    "string_too_short": ("min_length", "{} or more characters"),
    "string_too_long": ("max_length", "{} or fewer characters"),
}
_TYPES = {
    "int": "a whole number", "float": "a number", "string": "text", "bool": "true or false", "dict": "a table",
    "model": "a table", "tuple": "a list", "list": "a list",
}  # fmt: skip


def translated(
    error: ValidationError, model: type[BaseModel], file: str | None, under: str | None = None
) -> list[SpannerError]:
    """Every fault pydantic found in a statement of type `model`, which stands in the file under the key `under`.

    Missing keys come last: a key that is spelt wrong says more than the key that is missing for it.
    """
    found = [_one(dict(each), model, file, under) for each in error.errors(include_url=False)]
    return sorted(found, key=lambda fault: fault.code == "missing-key")


def key_of(location: Sequence[int | str]) -> str | None:
    """The key as it reads in the file: `entry[0].where.n`."""
    text = ""
    for part in location:
        if isinstance(part, int):
            text += f"[{part}]"
        elif part != "[key]":
            text += f".{part}" if text else part
    return text or None


def _one(found: dict[str, Any], model: type[BaseModel], file: str | None, under: str | None) -> SpannerError:
    kind, location, given = found["type"], found["loc"], found["input"]
    context: dict[str, Any] = found.get("ctx", {})
    above = (under,) if under is not None else ()
    where: dict[str, Any] = {"file": file, "key": key_of((*above, *location))}
    if kind in KINDS:
        return _own(kind, context, where)
    if kind == "extra_forbidden":
        owner = _model_at(model, location[:-1])
        return UnknownKey.among(str(location[-1]), owner.model_fields if owner is not None else (), **where)
    if kind == "missing":
        return MissingKey(**where)
    if kind == "literal_error":
        return _choice(model, location, given, where)
    if kind in ("finite_number", "nan"):
        return OutOfRange(given=given, allowed="a finite number", **where)
    if kind == "string_pattern_mismatch":
        return OutOfRange(given=given, allowed=_pattern(context["pattern"]), **where)
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return OutOfRange(given=given, allowed=words.format(context[name]), **where)
    return BadType(given=given, allowed=_TYPES.get(kind.split("_")[0], found["msg"]), **where)


def _own(kind: str, context: dict[str, Any], where: dict[str, Any]) -> SpannerError:
    """A rule of the schema, which already said what is wrong; only the place is missing."""
    key = ".".join(part for part in (where["key"], context["key"]) if part) or None
    given, allowed = context["given"], context["allowed"]
    close = nearest(given, allowed) if isinstance(given, str) and isinstance(allowed, (list, tuple)) else None
    place = ": ".join(part for part in (where["file"], key) if part)
    hint = f'; did you mean "{close}"?' if close else "."
    message = (f"{place}: " if place else "") + context["said"] + hint
    return KINDS[kind](message, file=where["file"], key=key, given=given, allowed=allowed, nearest=close)


def _choice(model: type[BaseModel], location: Sequence[int | str], given: Any, where: dict[str, Any]) -> SpannerError:
    """A word outside a closed list: a unit, a rule, a status, or the key of a table with a closed list of keys."""
    choices = _choices(_type_at(model, location))
    if not isinstance(given, str):
        return BadType(given=given, allowed=list(choices) or "text", **where)
    if set(choices) == set(UNITS):
        return BadUnit.among(given, choices, **where)
    if location and location[-1] == "[key]":
        return UnknownKey.among(given, choices, **where)
    return UnknownName.among(given, choices, **where)


def _pattern(pattern: str) -> str:
    return f"a name of {NAME_PATTERN}" if NAME_PATTERN in pattern else f"text of the form {pattern.strip('^$')}"


def _choices(annotation: Any) -> tuple[str, ...]:
    for each in _flat(annotation):
        if get_origin(each) is typing.Literal:
            return get_args(each)
    return ()


def _model_at(model: type[BaseModel], location: Sequence[int | str]) -> type[BaseModel] | None:
    for each in _flat(_type_at(model, location)):
        if isinstance(each, type) and issubclass(each, BaseModel):
            return each
    return None


def _type_at(annotation: Any, location: Sequence[int | str]) -> Any:
    """The annotation a location leads to, through models, tables and lists."""
    for part in location:
        step: Any = None
        for each in _flat(annotation):
            if isinstance(each, type) and issubclass(each, BaseModel) and part in each.model_fields:
                step = each.model_fields[str(part)].annotation
            elif get_origin(each) is dict:
                keys, values = get_args(each)
                step = (keys, values)
            elif get_origin(each) is tuple:
                step = get_args(each)[0]
        if isinstance(annotation, tuple):  # a table was entered: this part says whether its key or its value is meant
            step = annotation[0] if part == "[key]" else _type_at(annotation[1], (part,))
        annotation = step
    return annotation[1] if isinstance(annotation, tuple) else annotation


def _flat(annotation: Any) -> list[Any]:
    """The alternatives of an annotation, its wrappings taken off."""
    if isinstance(annotation, tuple):
        return _flat(annotation[1])
    origin = get_origin(annotation)
    if isinstance(annotation, TypeAliasType):
        return _flat(annotation.__value__)
    if isinstance(origin, TypeAliasType):
        return [tuple[get_args(annotation)[0], ...]]
    if origin is Annotated:
        return _flat(get_args(annotation)[0])
    if origin is Union or origin is types.UnionType:
        return [each for arg in get_args(annotation) for each in _flat(arg)]
    return [annotation]
