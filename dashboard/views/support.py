"""Which of a result's figures published findings support; every other one carries the mark wherever it is shown."""

from __future__ import annotations

import pandas as pd

from dashboard.jobs.result import Result
from dashboard.text.label import MARK


def validated(result: Result, *outcomes: str) -> bool:
    """Whether all of these may stand without the mark: measures, MEASURE:MARKET, or pictures."""
    return all(name in result.validated for name in outcomes)


def marked(text: str, result: Result, *outcomes: str) -> str:
    """A text with the mark after it, unless all it speaks of is validated."""
    return text if validated(result, *outcomes) or text.endswith(MARK) else text + MARK


def any_marked(result: Result) -> bool:
    """Whether a page that shows the result shows a mark."""
    named = [str(name) for name in result.table["measure"].unique()] if "measure" in result.table else []
    return not validated(result, *named)


def with_labels(result: Result, name: str) -> pd.DataFrame:
    """A frame of a result as it is downloaded: each row of outcomes says whether it is validated."""
    frame: pd.DataFrame = getattr(result, name)
    if frame.empty:
        return frame
    outcomes = _outcomes(frame, name)
    if outcomes is None:
        return frame
    return frame.assign(validated=[one in result.validated for one in outcomes])


def _outcomes(frame: pd.DataFrame, name: str) -> list[str] | None:
    """The outcome that each row of a frame is of; nothing for frames without any."""
    if name == "markets":
        return [f"{row['measure']}:{row['market']}" for row in frame.to_dict("records")]
    if name == "displacement":
        return [f"displacement_{kind}" for kind in frame["kind"]]
    if name == "flows":
        return [f"flow_{kind}" for kind in frame["kind"]]
    alone = {"dips": "disruption_depth", "capacity": "disruption_depth", "early": "early", "roles": "sight", "dots": "sight", "ties": "sight"}  # fmt: skip
    if name in alone:
        return [alone[name]] * len(frame)
    return [str(one) for one in frame["measure"]] if "measure" in frame else None
