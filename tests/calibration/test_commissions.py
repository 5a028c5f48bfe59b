"""Where a commissioned market dies out, or all of them drift, a draw is not what the defaults move to."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from simulation.calibration import commissions


def steady(markets: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Four brokers in every market and year, and a thousand pounds taken by each."""
    brokers = np.full((commissions.WORLDS, commissions.YEARS, markets), 4.0)
    return brokers, 1000.0 * brokers


@pytest.mark.parametrize(("left", "kept"), [(4.0, True), (2.0, True), (1.9, False), (0.0, False)])
def test_a_market_that_loses_more_than_half_of_its_brokers_dies_out(left: float, kept: bool) -> None:
    brokers, taken = steady()
    brokers[:, -5:, 1] = left
    assert commissions.alive(brokers, taken).tolist() == [True, kept, True]


@pytest.mark.parametrize(("worlds", "kept"), [(1, True), (2, False)])
def test_a_market_that_takes_nothing_in_more_than_one_world_of_ten_dies_out(worlds: int, kept: bool) -> None:
    brokers, taken = steady()
    taken[:worlds, -5:, 2] = 0.0
    assert commissions.alive(brokers, taken).tolist() == [True, True, kept]


@pytest.mark.parametrize(("factor", "fits"), [(1.0, True), (1.14, True), (1.16, False), (0.84, False)])
@pytest.mark.parametrize("which", [0, 1])
def test_markets_that_drift_by_15_per_cent_do_not_go_on(
    monkeypatch: pytest.MonkeyPatch, which: int, factor: float, fits: bool
) -> None:
    found = steady()
    found[which][:, -5:] *= factor

    def lives(preset: str, draw: Mapping[str, float], seed: int) -> tuple[np.ndarray, np.ndarray]:
        return found

    monkeypatch.setattr(commissions, "lives", lives)
    assert commissions.go_on("force", {}) is fits
