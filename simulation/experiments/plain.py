"""Figures as JSON can say them: it knows neither NaN nor infinity."""

from __future__ import annotations

from typing import Any

import numpy as np


def null(value: Any) -> float | None:
    """A finite number, or nothing."""
    number = float(value)
    return number if np.isfinite(number) else None


def plain(value: Any) -> Any:
    """A table of figures in plain types."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    return null(value) if isinstance(value, float) else value
