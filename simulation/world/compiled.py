"""Everything is compiled once, in the parent, before anyone waits for a result."""

from __future__ import annotations

from collections.abc import Callable

from simulation.schema import build_spec

STEPS = ("ground and people", "the week", "a plan")


def warm_up(progress: Callable[[int, int, str], None] | None = None) -> None:
    """Compile and cache every kernel by living a few weeks of the smallest world; `progress(done, of, what)`."""
    from simulation.world.run import execute

    for n, (what, plan) in enumerate(zip(STEPS[1:], ("do-as-now", "clear-hold-build"), strict=True)):
        if progress is not None:
            progress(n, len(STEPS) - 1, what)
        execute(build_spec("estate", plan, weeks=14))
    if progress is not None:
        progress(len(STEPS) - 1, len(STEPS) - 1, "done")
