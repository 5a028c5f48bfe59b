"""A dip has a depth, an area, a way back and a class; each is read off capacity beside that of the same world without the plan."""

from __future__ import annotations

import numpy as np
import pytest

from simulation import api
from simulation.experiments.disruption import WINDOW, depth_of, dip, kind_of, recovered, recovery_of

WEEKS = 130


def course(*parts: tuple[int, float]) -> np.ndarray:
    return np.concatenate([np.full(weeks, level) for weeks, level in parts])


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        (((20, 1.0), (52, 0.49), (30, 1.0)), "major"),
        (((20, 1.0), (51, 0.49), (30, 1.0)), "moderate"),
        (((20, 1.0), (26, 0.49), (1, 0.9), (26, 0.49)), "moderate"),  # a year, but not in one piece
        (((20, 1.0), (13, 0.79), (30, 1.0)), "moderate"),
        (((20, 1.0), (12, 0.10), (30, 1.0)), "minor"),
        (((20, 1.0), (60, 0.80), (30, 1.0)), "minor"),
        (((90, 1.4),), "minor"),
    ],
)
def test_the_class_is_how_far_and_how_long_without_a_break(parts: tuple[tuple[int, float], ...], kind: str) -> None:
    assert kind_of(course(*parts)) == kind


def test_recovery_is_counted_from_the_lowest_week_or_to_the_end() -> None:
    assert recovery_of(course((5, 1.0), (1, 0.5), (9, 0.8), (5, 0.95))) == 10.0
    never = course((5, 1.0), (1, 0.5), (9, 0.8))
    assert recovery_of(never) == 10.0
    assert not recovered(never)
    assert recovery_of(course((20, 0.95))) == 0.0
    assert depth_of(course((20, 1.2))) == 0.0


def test_a_known_dip_is_found_in_all_pairs_together_and_in_each() -> None:
    """Capacity falls to 40 % for 70 weeks in three of four worlds, and not at all in the fourth."""
    chance = np.random.default_rng(8)
    baseline = chance.poisson(400.0, (40, WEEKS)).astype(float)
    plan = baseline.copy()
    plan[:30, 20:90] *= 0.4
    found = dip(baseline, plan)
    assert found is not None
    assert found.shares == {"major": 0.75, "moderate": 0.0, "minor": 0.25}
    assert found.kind == "moderate"  # together they fall to 55 %
    assert found.depth[0] == pytest.approx(0.45, abs=0.01)
    assert found.depth[1] < found.depth[0] < found.depth[2]
    assert found.area[0] == pytest.approx(70 * 0.45, rel=0.02)
    assert found.area[1] < found.area[0] < found.area[2]
    assert found.recovered
    assert np.isnan(found.course[: WINDOW - 1]).all()
    assert found.course[60] == pytest.approx(0.55, abs=0.01)


def test_arms_alike_have_no_dip_and_too_few_weeks_no_reading() -> None:
    same = np.random.default_rng(9).poisson(4.0, (12, WEEKS)).astype(float)
    found = dip(same, same)
    assert found is not None
    assert (found.kind, found.depth, found.area, found.recovery) == ("minor", (0, 0, 0), (0, 0, 0), (0, 0, 0))
    assert dip(same[:, : WINDOW - 1], same[:, : WINDOW - 1]) is None
    assert dip(np.zeros((4, 30)), np.zeros((4, 30))) is None


def test_the_whole_is_all_markets_at_the_baseline_prices() -> None:
    """Against what each market turns over and takes, market by market; do as now beside itself has no dip anywhere."""
    found = api.compare("force", ["nothing-more", "do-as-now"], weeks=26, replicates=2)
    dips = found.disruption["nothing-more"]
    markets = {one.market for one in found.market_measures if one.measure in ("volume", "projects")}
    assert set(dips) == {"whole", *markets}
    worth = np.zeros((2, 2, 26))
    for one in found.market_measures:
        if one.measure in ("volume", "projects"):
            taken = "takings" if one.measure == "volume" else "project_takings_gbp"
            weeks = found.runs.weeks_of(one.id)
            price = found.runs.outcome(0, f"{taken}:{one.market}") / np.maximum(weeks[0].sum(axis=1), 1e-12)
            worth += weeks[[0, found.runs.arms.index("nothing-more")]] * price[None, :, None]
    late = worth[:, :, -WINDOW:].sum(axis=(1, 2))
    assert dips["whole"].course[-1] == pytest.approx(late[1] / late[0], rel=1e-9)
    assert all(one.depth[0] == 0.0 and one.kind == "minor" for one in found.disruption["do-as-now"].values())
    row = found.table.set_index(["plan", "measure"]).loc[("nothing-more", "disruption_depth")]
    assert row["value"] == dips["whole"].depth[0]
