"""Platforms as a reader of a run sees them: one row a week and platform, in step with the weekly series."""

from __future__ import annotations

from simulation.api import run


def test_users_by_platform_are_those_of_the_series() -> None:
    lived = run("estate", weeks=6)
    rows = lived.by("platform")
    users = rows[rows["measure"] == "users"].groupby("week")["value"].sum()
    series = lived.series
    told = series["comms_users"] + series["market_users"] + series["money_users"]
    assert users.to_list() == told.to_list()
    assert users.max() > 0
    read = rows[rows["measure"] == "read"]["value"]
    assert read.between(0.0, 1.0).all()
