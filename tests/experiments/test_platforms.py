"""Platforms as a reader of a run sees them: one row a week and platform, in step with the weekly series."""

from __future__ import annotations

from typing import Any

from simulation.api import run


def test_users_by_platform_are_those_of_the_series() -> None:
    lived = run("estate", weeks=6)
    rows: Any = lived.by("platform")
    users = rows[rows["measure"] == "users"].groupby("week")["value"].sum()
    series: Any = lived.series
    told = series["comms_users"] + series["market_users"] + series["money_users"]
    assert users.to_list() == told.to_list()
    assert users.max() > 0
    read = rows[rows["measure"] == "read"]["value"].to_numpy()
    assert ((read >= 0.0) & (read <= 1.0)).all()
