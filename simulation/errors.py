"""A request cannot be honoured, or work failed: one named error says where, what was given and what is allowed."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self

_LONGEST_GIVEN = 120


class SpannerError(Exception):
    """One fault, stated by file, key, what was given, what is allowed and the nearest valid name.

    When several faults were found at once, the first is raised and `errors` holds them all, itself included.
    """

    code: ClassVar[str] = "work-failed"
    wording: ClassVar[str] = "failed"

    def __init__(
        self,
        message: str | None = None,
        *,
        file: str | None = None,
        key: str | None = None,
        given: Any = None,
        allowed: Any = None,
        nearest: str | None = None,
    ) -> None:
        self.file = _printable(file) if file is not None else None
        self.key = _printable(key) if key is not None else None
        self.given = _plain(given)
        self.allowed = _plain(allowed)
        self.nearest = nearest
        self.message = _printable(message) if message is not None else self._sentence()
        self.errors: tuple[SpannerError, ...] = (self,)
        super().__init__(self.message)

    @property
    def exit_status(self) -> int:
        """The status a command ends with: 1 for failed work, 2 for a request that cannot be honoured as given."""
        return 1 if self.code == "work-failed" else 2

    def to_dict(self) -> dict[str, Any]:
        """The fault as plain JSON values."""
        return {
            "code": self.code,
            "file": self.file,
            "key": self.key,
            "given": self.given,
            "allowed": self.allowed,
            "nearest": self.nearest,
            "message": self.message,
        }

    @classmethod
    def among(cls, given: Any, names: Iterable[str], **where: Any) -> Self:
        """The error for a name that is not in `names` (or no text at all), with the nearest one that is."""
        allowed = sorted(names)
        nearest = nearest_name(given, allowed) if isinstance(given, str) else None
        return cls(given=given, allowed=allowed, nearest=nearest, **where)

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors cross process borders; the default would rebuild them from the message alone.
        kept = {k: getattr(self, k) for k in ("file", "key", "given", "allowed", "nearest")}
        others = tuple(e for e in self.errors if e is not self)
        return _rebuild, (type(self), self.message, kept, others)

    def _sentence(self) -> str:
        place = ": ".join(part for part in (self.file, self.key) if part)
        text = f"{place}: " if place else ""
        text += f"{_shown(self.given)} {self.wording}" if self.given is not None else self.wording
        if self.allowed is not None and self.allowed != []:
            text += f"; allowed: {_listed(self.allowed)}"
        if self.nearest is not None:
            text += f'; did you mean "{self.nearest}"?'
        return text if text.endswith("?") else text + "."


class UnknownName(SpannerError):
    """A preset, plan, intervention, measure or other name does not exist."""

    code = "unknown-name"
    wording = "is not a known name"


class UnknownKey(SpannerError):
    """A table holds a key that means nothing there."""

    code = "unknown-key"
    wording = "is not a known key"


class BadType(SpannerError):
    """A value is of another type than the key needs."""

    code = "bad-type"
    wording = "is of the wrong type"


class BadUnit(SpannerError):
    """A unit is not in the closed vocabulary, or not the one this quantity is measured in."""

    code = "bad-unit"
    wording = "is not a known unit"


class OutOfRange(SpannerError):
    """A value lies outside what is allowed, or is not a number."""

    code = "out-of-range"
    wording = "is out of range"


class EmptyFile(SpannerError):
    """A file says nothing."""

    code = "empty-file"
    wording = "the file is empty"


class NotText(SpannerError):
    """A file is not UTF-8 text."""

    code = "not-text"
    wording = "the file is not UTF-8 text"


class TooLarge(SpannerError):
    """A file is larger than is read."""

    code = "too-large"
    wording = "is too large"


class BadSyntax(SpannerError):
    """A file cannot be parsed."""

    code = "bad-syntax"
    wording = "cannot be parsed"


class MissingKey(SpannerError):
    """A key that is needed is absent."""

    code = "missing-key"
    wording = "is missing"


class PortOccupied(SpannerError):
    """Another program listens on the port."""

    code = "port-occupied"
    wording = "is already in use"


class Unwritable(SpannerError):
    """A file or folder cannot be written."""

    code = "unwritable"
    wording = "cannot be written"


class NotFound(SpannerError):
    """A file, run or other thing asked for is not there."""

    code = "not-found"
    wording = "was not found"


class Conflict(SpannerError):
    """Two things asked for exclude each other."""

    code = "conflict"
    wording = "contradicts something else"


class WorkFailed(SpannerError):
    """The request was sound, but the work on it failed."""

    code = "work-failed"
    wording = "failed"


KINDS: dict[str, type[SpannerError]] = {
    kind.code: kind
    for kind in (
        UnknownName, UnknownKey, BadType, BadUnit, OutOfRange, EmptyFile, NotText, TooLarge, BadSyntax, MissingKey,
        PortOccupied, Unwritable, NotFound, Conflict, WorkFailed,
    )
}  # fmt: skip
CODES: tuple[str, ...] = tuple(KINDS)


def collected(errors: Sequence[SpannerError]) -> SpannerError:
    """The first of several faults, knowing of all of them in `errors`."""
    first = errors[0]
    first.errors = tuple(errors)
    return first


def nearest_name(given: str, names: Iterable[str]) -> str | None:
    """The valid name closest in spelling, or None when nothing is close."""
    by_fold = {name.casefold().replace("_", "-"): name for name in names}
    found = difflib.get_close_matches(given.casefold().replace("_", "-")[:64], by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def _rebuild(
    kind: type[SpannerError], message: str, kept: dict[str, Any], others: tuple[SpannerError, ...]
) -> SpannerError:
    error = kind(message, **kept)
    error.errors = (error, *others)
    return error


def _plain(value: Any) -> Any:
    """The value as it may stand in a JSON document, and never longer than a reader wants."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**63 else f"an integer of {value.bit_length()} bits"
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, str):
        value = _printable(value)
        return value if len(value) <= _LONGEST_GIVEN else value[: _LONGEST_GIVEN - 1] + "…"
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, (list, tuple)):
        return "a list"
    return _plain(str(value))


def _printable(text: str) -> str:
    """The text on one line that any terminal takes: line breaks, escapes and half characters are spelt out."""
    return text if text.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def _shown(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) and value not in ("a table", "a list") else str(value)


def _listed(value: Any) -> str:
    if not isinstance(value, list):
        return str(value)
    shown = ", ".join(str(item) for item in value[:12])
    return shown + (f" and {len(value) - 12} more" if len(value) > 12 else "")
