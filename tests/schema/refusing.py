"""A loader that must refuse what it is given, in the way of every refusal."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from simulation.errors import CODES, SpannerError


def refused(load: Callable[[Any], Any], given: Any) -> SpannerError:
    """The error, of which every sentence is short, on one line and fit for JSON."""
    with pytest.raises(SpannerError) as caught:
        load(given)
    error = caught.value
    assert error.code in CODES
    assert error.exit_status == 2
    for each in error.errors:
        assert "\n" not in each.message
        assert len(each.message) < 700
        json.dumps(each.to_dict(), allow_nan=False)
    return error
