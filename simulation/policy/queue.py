"""Work for which an agency has no hours waits its turn, first come, first served, and is done later or lapses."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

NEGLIGIBLE = 1e-9  # hours that rounding may leave of those that are all given out


class Served(NamedTuple):
    """What became of the work one entry asked for, in doses a week, each (weeks,). Asked = done + waiting + lapsed."""

    share: np.ndarray
    """Part of the week's own work that was done at once."""
    late: np.ndarray
    """Work of earlier weeks done in this one."""
    waiting: np.ndarray
    """Work still waiting at the end of the week."""
    lapsed: np.ndarray
    """Work given up at the beginning of the week."""


def at_once(weeks: int) -> Served:
    """All work done when it is asked for."""
    return Served(np.ones(weeks), np.zeros(weeks), np.zeros(weeks), np.zeros(weeks))


@dataclass
class _Line:
    """The work of one entry that has not been done yet: weeks of arrival and doses, oldest first."""

    hours: list[tuple[int, float]]
    work: deque[list[float]]
    room: float = 0.0

    def lapse(self, week: int, patience: int) -> float:
        """Give up what has waited longer than work is worth."""
        gone = 0.0
        while self.work and week - self.work[0][0] > patience:
            gone += self.work.popleft()[1]
        return gone


def serve(
    asked: Sequence[np.ndarray],
    most: Sequence[np.ndarray],
    hours: Sequence[np.ndarray],
    there: np.ndarray,
    patience: int,
) -> list[Served]:
    """Give an agency's hours to the entries that call on them, week by week.

    `asked`: the dose each entry wants, (weeks,); `most`: the most it can do in a week; `hours`: what a full dose takes,
    (RESOURCES,); `there`: the hours there are. The oldest work comes first; work of one age shares what
    is left alike, so the order of entries does not matter. What waited `patience` weeks lapses.
    """
    weeks = asked[0].size
    served = [at_once(weeks) for _ in asked]
    total = np.zeros((weeks, there.size))
    for dose, needs in zip(asked, hours, strict=True):
        total += dose[:, None] * needs[None, :]
    crowded = (total > there).any(axis=1)
    if not crowded.any():
        return served
    lines = [_Line([(r, float(h)) for r, h in enumerate(needs) if h > 0.0], deque()) for needs in hours]
    for week in range(int(crowded.argmax()), weeks):
        if not crowded[week] and not any(line.work for line in lines):
            continue
        for n, line in enumerate(lines):
            served[n].lapsed[week] = line.lapse(week, patience)
            line.room = float(most[n][week])
            if asked[n][week] > 0.0:
                line.work.append([week, float(asked[n][week])])
        _one_week(week, lines, served, there.tolist())
        for n, line in enumerate(lines):
            served[n].waiting[week] = sum(amount for _, amount in line.work)
            if asked[n][week] > 0.0:
                served[n].share[week] /= asked[n][week]  # so far the dose done; from here its share
    return served


def _one_week(week: int, lines: Sequence[_Line], served: Sequence[Served], left: list[float]) -> None:
    """Hours go to the oldest work until none can be done; `share` is left as the dose of this week's own work."""
    stuck: set[int] = set()
    for n, line in enumerate(lines):
        if line.work and line.work[-1][0] == week:
            served[n].share[week] = 0.0
    while heads := [(line.work[0][0], n) for n, line in enumerate(lines) if line.work and n not in stuck]:
        oldest = min(heads)[0]
        wanted = {n: min(lines[n].work[0][1], lines[n].room) for age, n in heads if age == oldest}
        part = _fill({n: [(r, dose * h) for r, h in lines[n].hours] for n, dose in wanted.items()}, left)
        for n, dose in wanted.items():
            line, done = lines[n], dose * part[n]
            (served[n].share if oldest == week else served[n].late)[week] += done
            line.room = max(0.0, line.room - done)
            if done >= line.work[0][1]:
                line.work.popleft()
            else:
                line.work[0][1] -= done
                stuck.add(n)


def _fill(asked: Mapping[int, list[tuple[int, float]]], left: list[float]) -> dict[int, float]:
    """The part of each call for hours that can be met: all rise alike, and stop where an hour they need has run out."""
    part = dict.fromkeys(asked, 0.0)
    rising, risen = dict(asked), 0.0
    while rising:
        needs: dict[int, float] = {}
        for calls in rising.values():
            for r, hours in calls:
                needs[r] = needs.get(r, 0.0) + hours
        rest = 1.0 - risen
        step = min([rest, *(left[r] / hours for r, hours in needs.items() if hours > 0.0)])
        risen = 1.0 if step == rest else risen + step  # exactly whole: a rounding error would wait for ever
        out = {r for r, hours in needs.items() if hours > 0.0 and left[r] - hours * step <= NEGLIGIBLE}
        for r, hours in needs.items():
            left[r] = 0.0 if r in out else left[r] - hours * step
        part.update(dict.fromkeys(rising, risen))
        if risen >= 1.0:
            break
        rising = {n: calls for n, calls in rising.items() if not any(r in out and h > 0.0 for r, h in calls)}
        if not out:
            break
    return part


def waited_weeks(asked: Sequence[np.ndarray], waiting: Sequence[np.ndarray], weeks: int) -> float:
    """How many weeks work waited on average, work that never waited included."""
    whole = sum(float(dose[:weeks].sum()) for dose in asked)
    return sum(float(dose[:weeks].sum()) for dose in waiting) / whole if whole > 0.0 else 0.0
