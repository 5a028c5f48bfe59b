"""Small questions to a frame, with answers of a known type."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pandas as pd

Row = dict[str, Any]


def pick(frame: pd.DataFrame, **equal: Any) -> pd.DataFrame:
    """The rows in which each named column has the value given; an empty frame stays empty."""
    if frame.empty:
        return frame
    mask = np.ones(len(frame), dtype=bool)
    for column, value in equal.items():
        mask &= np.asarray(frame[column] == value)
    return cast("pd.DataFrame", frame[mask])


def ordered(frame: pd.DataFrame, column: str, *, falling: bool = False) -> pd.DataFrame:
    """The rows in order of a column."""
    return cast("pd.DataFrame", frame.sort_values(by=[column], ascending=not falling))


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows as tables."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict(orient="records")]


def first(frame: pd.DataFrame) -> Row | None:
    """The first row, if there is one."""
    found = records(frame.head(1))
    return found[0] if found else None


def numbers(frame: pd.DataFrame, column: str) -> np.ndarray:
    """A column as floats."""
    return np.asarray(frame[column], dtype=float)


def texts(frame: pd.DataFrame, column: str) -> list[str]:
    """A column as text; what is missing is empty."""
    return ["" if value is None or value != value else str(value) for value in frame[column]]
