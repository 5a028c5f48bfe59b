"""Compiling says what it did, and ends when what it asks for cannot be compiled."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation.kernels.week import PHASES
from simulation.world import compiled


def test_every_phase_of_the_week_is_compiled_beforehand() -> None:
    asked = set(compiled.TASKS)
    assert {phase.__name__ for phase in PHASES} <= asked


def test_a_kernel_that_does_not_compile_ends_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stamp = tmp_path / "complete"
    monkeypatch.setattr(compiled, "TASKS", tuple(f"no phase {n}" for n in range(4)))
    monkeypatch.setattr(compiled, "_stamp", lambda: stamp)
    with pytest.raises(RuntimeError, match="did not compile"):
        compiled.warm_up()
    assert not stamp.exists()
