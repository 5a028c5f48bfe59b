"""What callbacks share: the colour scheme of the browser that asks, and errors as one sentence."""

from __future__ import annotations

from typing import Any

from flask import request

from dashboard.components.states import failure
from simulation.api import SpannerError

COOKIE = "scheme"


def scheme() -> str:
    """Light or dark, as this browser has chosen."""
    return "dark" if request.cookies.get(COOKIE) == "dark" else "light"


def refusal(error: SpannerError, then: str = "Nothing was changed.") -> Any:
    """A request the model cannot honour, in its own words."""
    return failure(error.message, then)
