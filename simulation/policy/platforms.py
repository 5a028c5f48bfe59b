"""Work on platforms: the one that most businesses are said to use is chosen when work begins, and stayed with to its end."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from simulation.policy.intervention import Intervention, View
from simulation.state.codes import ACTIVE
from simulation.state.world import Groups


def largest_platform(state: Groups, kinds: tuple[int, ...]) -> int:
    """Row of the largest platform that users still trust, of the first of these kinds that has one; else -1."""
    platform = state.platform
    for kind in kinds:
        rows = np.flatnonzero((platform.state == ACTIVE) & (platform.kind == kind) & (platform.known == 0))
        if rows.size:
            return int(rows[np.lexsort((platform.id[rows], -platform.users[rows]))[0]])
    return -1


class PlatformWork(Intervention):
    """An entry that works on one platform at a time."""

    kinds: ClassVar[tuple[int, ...]] = ()
    """Kinds of platform it is for, the first that has one first."""
    _target: int = 0

    def target(self, view: View) -> int:
        """Row of the platform worked on in these weeks, or -1; another one is taken on when it is gone."""
        if not np.any(view.dose > 0.0):
            return -1
        platform = view.state.platform
        rows = np.flatnonzero((platform.state == ACTIVE) & (platform.id == np.uint64(self._target)))
        if self._target and rows.size:
            return int(rows[0])
        row = largest_platform(view.state, self.kinds)
        self._target = int(platform.id[row]) if row >= 0 else 0
        return row
