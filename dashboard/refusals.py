"""What the server refuses before it starts, with the codes that every part of the product shares."""

from __future__ import annotations

from simulation.api import SpannerError


class PortOccupied(SpannerError):
    """Another program listens on the port."""

    code = "port-occupied"
    wording = "is already in use"


class NotFound(SpannerError):
    """There is no machine of that name or number."""

    code = "not-found"
    wording = "was not found"


class Unwritable(SpannerError):
    """The folder cannot be written."""

    code = "unwritable"
    wording = "cannot be written"


class OutOfRange(SpannerError):
    """A number lies outside what is allowed."""

    code = "out-of-range"
    wording = "is out of range"


class Conflict(SpannerError):
    """Two things asked for exclude each other."""

    code = "conflict"
    wording = "contradicts something else"
