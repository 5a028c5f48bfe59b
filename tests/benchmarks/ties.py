"""How near the pass over trade ties comes to what the machine can stream."""

from __future__ import annotations

import numpy as np

from simulation.kernel import kernel
from simulation.kernels.trust import remember
from tests.benchmarks.crowd import crowd
from tests.benchmarks.figure import Figure, Size, at_least, cpu_seconds

PEOPLE = 10_000


@kernel
def fade(s, p, times):
    """Own evidence fades, many weeks over."""
    for _ in range(times):
        remember(s, p)


@kernel
def triad(a, b, c, times):
    """The stream benchmark's triad: three arrays pass through the processor."""
    for n in range(times):
        for i in range(a.size):
            a[i] = b[i] + n * c[i]


def measure(size: Size) -> list[Figure]:
    """Bytes a second of the tie kernel over those of a triad that touches as many bytes."""
    of = crowd(PEOPLE)
    s, times, tries = of.state, size(400, 4), size(7, 1)
    touched = 2 * (s.tie.good.nbytes + s.tie.bad.nbytes)  # read and written
    cells = touched // (3 * 8)  # the triad reads two arrays and writes one
    a, b, c = np.zeros(cells), np.ones(cells), np.ones(cells)
    fade(s, of.p, 1)
    triad(a, b, c, 1)
    pairs = [
        (cpu_seconds(lambda: fade(s, of.p, times)), cpu_seconds(lambda: triad(a, b, c, times))) for _ in range(tries)
    ]
    share = min(other for _, other in pairs) / min(one for one, _ in pairs)
    return [at_least("tie kernel, share of a triad's bandwidth at the same size", share, "share", 0.5)]
