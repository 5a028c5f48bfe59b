"""Quantiles over replicates, week by week."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)


def band(of: str, plan: str, cube: np.ndarray) -> pd.DataFrame:
    """Quantiles and mean of replicates x weeks, a row a week; runs that are not known are left out."""
    weeks = cube.shape[1]
    used = cube[np.isfinite(cube).any(axis=1)]
    frame = pd.DataFrame({"of": of, "plan": plan, "week": np.arange(weeks)})
    shown = np.full((len(QUANTILES), weeks), np.nan)
    mean = np.full(weeks, np.nan)
    known = np.isfinite(used).any(axis=0) if used.size else np.zeros(weeks, dtype=bool)
    if known.any():
        shown[:, known] = np.nanquantile(used[:, known], QUANTILES, axis=0)
        mean[known] = np.nanmean(used[:, known], axis=0)
    for quantile, values in zip(QUANTILES, shown, strict=True):
        frame[f"q{round(100 * quantile):02d}"] = values
    frame["mean"] = mean
    return frame
