"""The course of a calibration: waves that rule out, then draws from what is left until enough reproduce everything.

Where an ensemble of an earlier calibration is gone on with, its draws are the first wave, and every further wave looks where those
before it give the best chance of reproducing everything.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, Literal

import numpy as np

from simulation.calibration.emulator import LEAST, emulate
from simulation.calibration.keeping import Folder
from simulation.calibration.living import Answer, Gate, Task, live
from simulation.calibration.region import Region, apart, ordered
from simulation.calibration.space import Axis, axes_of, latin, valued
from simulation.calibration.statement import Calibration
from simulation.calibration.targets import Reading
from simulation.calibration.waves import Wave, finite, strictest_first, summed_up
from simulation.errors import WorkFailed
from simulation.experiments.cancelled import Cancelled
from simulation.experiments.executors import WorkerLost, imap

FLUSH_S: Final = 20.0
BATCH: Final = 0.75  # draws of a batch, as a share of a wave's
State = Literal["done", "unfinished", "empty"]
type Told = Callable[[str, int, int], None]
"""Hears of the stage, and how many of how many of its draws are done."""


type Lives = Callable[[Reading, Gate, Callable[[], bool] | None, Task], Answer]


@dataclass(frozen=True)
class Found:
    """What a calibration has come to."""

    state: State
    waves: list[Wave]
    answers: dict[str, Answer]
    points: dict[str, np.ndarray]
    accepted: list[str]
    tried: int
    """Draws from what the waves left."""
    share: float | None
    """What the waves left of the whole."""
    apart: list[dict[str, Any]]


class Search:
    """A calibration under way in its folder; whatever is there is gone on with."""

    def __init__(
        self, calibration: Calibration, reading: Reading, folder: Folder, *, seed: int, hours: float, executor: str,
        workers: int | None, told: Told | None = None, cancel: Callable[[], bool] | None = None, lives: Lives = live,
        kept: np.ndarray | None = None,
    ) -> None:  # fmt: skip
        self.calibration = calibration
        self.reading = reading
        self.folder = folder
        self.seed = seed
        self.axes: list[Axis] = axes_of(calibration.parameters)
        self.executor, self.workers = executor, workers
        self.told = told
        self.lives = lives
        self.kept = kept
        """Places of the draws of an earlier ensemble, to begin from."""
        self._cancel = cancel
        self._spent = folder.spent
        self._begun = time.perf_counter()
        self._budget = hours * 3600.0
        self.answers = {one.draw: one for one in folder.answers()}
        self.points: dict[str, np.ndarray] = {}
        self.waves: list[Wave] = []
        self.under_way: Wave | None = None
        self.tried = 0
        self.share: float | None = 1.0 if kept is None else None

    @property
    def spent(self) -> float:
        """Seconds of work so far, over all starts."""
        return self._spent + time.perf_counter() - self._begun

    def run(self) -> Found:
        """Look as long as the budget lasts. Raises Cancelled when stopped; what was lived is kept."""
        try:
            number = 0
            while self.goes_on(number):
                number += 1
                wave = self.wave(number)
                if wave is None:
                    return self.found("empty", apart(self.region(), self.seed))
                self.waves.append(wave)
            enough = self.enough if self.kept is not None else self.gather()
        except Cancelled:
            if self._cancel is not None and self._cancel():
                raise
            return self.found("unfinished")
        if enough is None:
            return self.found("empty", apart(self.region(), self.seed))
        return self.found("done" if enough else "unfinished")

    def goes_on(self, number: int) -> bool:
        """Whether another wave comes after so many: as many as were asked for, from kept draws on until enough fit."""
        return number < self.calibration.waves if self.kept is None else not self.enough

    def wave(self, number: int) -> Wave | None:
        """Lay out, live and learn one wave, or what of it is not yet done; None where nothing is left to look at."""
        name = f"wave-{number}.json"
        held = self.folder.read(name)
        if held is None:
            points, share = self.lay_out(number)
            if len(points) == 0:
                self.share = share
                return None
            held = {"points": points.tolist(), "share": share}
            self.folder.write(name, held)
        wave = Wave(number, np.asarray(held["points"]), held["share"])
        self.under_way = wave
        stage, gate = self.manner(number)
        for _ in self.live(stage, wave.names(), wave.points, gate):
            pass
        self.tried += len(wave.points) if self.kept is not None and number > 1 else 0
        learned = held.get("emulators")
        self.learn(wave, learned, self.lengths())
        if learned is None:
            emulators = {name: one.theta for name, one in wave.emulators.items()}
            self.folder.write(name, {**held, "emulators": emulators, "summary": wave.summary})
        else:
            wave.summary = held["summary"]
        self.under_way = None
        return wave

    def lay_out(self, number: int) -> tuple[np.ndarray, float | None]:
        """Where a wave looks: everywhere at first, then evenly over what is left; from kept draws on, where chances are best."""
        if self.kept is not None:
            if number == 1:
                return self.kept, None
            near = replace(self.region(), start=self.kept).worth(self.seed * 100 + number)
            return near.sample(max(LEAST, self.calibration.draws // 2), self.seed * 100 + number)[0], None
        if number == 1:
            return latin(self.calibration.draws, len(self.axes), self.seed), 1.0
        return self.region().sample(self.calibration.draws, self.seed * 100 + number)

    def manner(self, number: int) -> tuple[str, Gate]:
        """What a wave is called, and how near a draw must come by shared runs for its other runs to be lived."""
        replicates = self.calibration.replicates
        if self.kept is None:
            gate = Gate(replicates, self.calibration.cutoff, self.calibration.discrepancy)
            return f"wave {number} of {self.calibration.waves}", gate
        if number == 1:
            return "draws lived with the model as it is", Gate(replicates, math.inf, 1.0)  # all of each
        accepted = f"{len(self.accepted())} of {self.calibration.accepted} accepted"
        return f"further draws, wave {number} ({accepted})", Gate(replicates, 0.0, 0.0)

    def live(self, stage: str, names: Sequence[str], points: np.ndarray, gate: Gate) -> Iterator[Answer]:
        """Live the draws that are not yet known, and hand out all, the known first."""
        self.points |= dict(zip(names, points, strict=True))
        known = [name for name in names if name in self.answers]
        left = [Task(name, valued(self.axes, self.points[name])) for name in names if name not in self.answers]
        done = len(known)
        self.tell(stage, done, len(names))
        for name in known:
            yield self.answers[name]
        within = None if self.executor == "processes" else self.stop
        work = imap(
            partial(self.lives, strictest_first(self.reading, self.answers.values()), gate, within), left, executor=self.executor, workers=self.workers,
            cancel=self.stop,
        )  # fmt: skip
        fresh: list[Answer] = []
        since = time.perf_counter()
        try:
            with closing(work) as coming:  # pyright: ignore[reportArgumentType] - a generator, which closes
                for at, answer in coming:
                    if isinstance(answer, WorkerLost):
                        raise WorkFailed(f"The worker that lived draw {left[at].draw} died.")
                    fresh.append(answer)
                    self.answers[answer.draw] = answer
                    done += 1
                    self.tell(stage, done, len(names))
                    if time.perf_counter() - since > FLUSH_S:
                        self.folder.keep(fresh, self.spent)
                        fresh, since = [], time.perf_counter()
                    yield answer
        finally:
            self.folder.keep(fresh, self.spent)

    def stop(self) -> bool:
        """Whether someone asked to stop, or the budget is spent."""
        return (self._cancel is not None and self._cancel()) or self.spent > self._budget

    def tell(self, stage: str, done: int, of: int) -> None:
        if self.told is not None:
            self.told(stage, done, of)

    def lengths(self) -> dict[str, list[float]]:
        """What further waves of kept draws take for known of each target's lengths and scatter: what the first two learned.

        Later waves look at the same small region, and to learn lengths anew from more and more draws takes minutes.
        """
        if self.kept is None or len(self.waves) < 2:
            return {}
        return {name: one.theta for wave in self.waves[:2] for name, one in wave.emulators.items()}

    def learn(self, wave: Wave, learned: dict[str, list[float]] | None, lengths: dict[str, list[float]]) -> None:
        """Emulate every target from the draws of this wave and those before; with `learned` as when it was learned first."""
        names = [name for one in [*self.waves, wave] for name in one.names()]
        mine = set(wave.names())
        for number, target in enumerate(self.reading.targets, 1):
            self.tell(f"what wave {wave.number} says", number, len(self.reading.targets))
            if self.stop():
                raise Cancelled
            if learned is not None and target.id not in learned:
                continue
            lived = [name for name in names if finite(self.answers[name], target)]
            own = [self.answers[name] for name in lived if name in mine]
            emulator = None
            if len(lived) >= LEAST:
                points = np.array([self.points[name] for name in lived])
                values = [self.answers[name].values[target.id] for name in lived]
                emulator = emulate(points, values, (learned if learned is not None else lengths).get(target.id))
                wave.emulators[target.id] = emulator
            if learned is None:
                wave.summary.append(summed_up(target, own, emulator))

    def region(self) -> Region:
        """What the waves so far have left, the strictest rule first."""
        targets = {target.id: target for target in self.reading.targets}
        known = [(targets[name], one) for wave in self.waves for name, one in wave.emulators.items()]
        bare = Region((), self.calibration.cutoff, self.calibration.discrepancy, len(self.axes))
        some = latin(500, len(self.axes), self.seed)
        strict = ordered(known, some, bare)
        latest = {name: one for wave in self.waves for name, one in wave.emulators.items()}
        last = tuple((target, one) for target, one in strict if one is latest[target.id])
        return replace(bare, known=tuple(strict), last=last)

    def gather(self) -> bool | None:
        """Draw from what is left until enough draws reproduce everything; None where nothing is left."""
        gate = Gate(self.calibration.replicates, 0.0, 0.0)
        region = self.region()
        self.share = region.share(self.seed)
        region = region.worth(self.seed * 100 + 50)
        number = 0
        while True:
            number += 1
            name = f"batch-{number}.json"
            held = self.folder.read(name)
            if self.enough and held is None:
                return True
            if held is None:
                size = max(10, int(BATCH * self.calibration.draws))
                points, _ = region.sample(size, self.seed * 100 + 50 + number)
                held = {"points": points.tolist()}
                self.folder.write(name, held)
            points = np.asarray(held["points"])
            if len(points) == 0:
                return None
            names = [f"batch-{number}-{n:04d}" for n in range(len(points))]
            stage = f"draws from what is left, batch {number} ({len(self.accepted())} of {self.calibration.accepted} accepted)"
            for _ in self.live(stage, names, points, gate):
                self.tried += 1
                if self.enough:
                    break
            if self.enough:
                return True

    @property
    def enough(self) -> bool:
        """Whether as many draws are accepted as are wanted."""
        return len(self.accepted()) >= self.calibration.accepted

    def accepted(self) -> list[str]:
        """Draws of any stage that reproduce every target; where they lie thick is no matter of the stage."""
        gate = Gate(self.calibration.replicates, 0.0, 0.0)
        targets = self.reading.targets
        return sorted(name for name in self.points if name in self.answers and self.answers[name].within(targets, gate))

    def found(self, state: State, apart: list[dict[str, Any]] | None = None) -> Found:
        waves = list(self.waves)
        if self.under_way is not None:  # cut short: what it has seen so far
            wave = self.under_way
            known = [self.answers[name] for name in wave.names() if name in self.answers]
            wave.summary = [
                summed_up(target, [one for one in known if finite(one, target)], None)
                for target in self.reading.targets
            ]
            waves.append(wave)
        return Found(
            state, waves, self.answers, self.points, self.accepted(), self.tried, self.share, list(apart or []),
        )  # fmt: skip
