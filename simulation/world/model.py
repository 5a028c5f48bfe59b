"""The world as a Mesa model: clock, agents that deliberate, and collected series."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import mesa
import numpy as np

from simulation.agents import appoint_agents
from simulation.errors import OutOfRange, WorkFailed
from simulation.measures.catalogue import MEASURES
from simulation.schema import RunSpec, build_spec, load_mechanisms
from simulation.state.world import State
from simulation.world.clock import next_event_time, schedule_before, weeks_before
from simulation.world.engine import Engine
from simulation.world.run import RunResult, finish, start_engine

LONGEST = 1500


class World(mesa.Model):
    """One force (or estate) after its burn-in, ready for week 0; `steps == 0`.

    Series of `step`, `run_for`, `advance` and `batch_run` are bit-equal. Nothing draws from `random` or `rng`: chance is
    keyed by the seed (`rng`) and the replicate.

    Args:
        preset: name or path of a scenario, or a table.
        plan: name or path of a plan, or a table.
        replicate: which of the seed's streams of chance.
        weeks: how far the world may be run (default 1,500).
        rng: the root seed, a whole number from 0 to 4,294,967,295.
        ablate: mechanisms switched off from week 0; in a sweep, where a list is several values, one name a value.
        parameters: parameter ids and values.
        spec: a whole specification, instead of all the above.
    """

    def __init__(
        self, preset: Any = "force", plan: Any = "do-as-now", replicate: int = 0, weeks: int | None = None,
        rng: Any = 1, ablate: str | Iterable[str] | None = (), parameters: Mapping[str, float] | None = None,
        spec: RunSpec | None = None, detail: bool = False,
    ) -> None:  # fmt: skip
        if spec is None:  # checked before Mesa seeds its own generators, which have words of their own for a bad seed
            spec = build_spec(
                preset, plan, weeks=LONGEST if weeks is None else weeks, seed=1 if rng is None else rng, replicate=replicate, ablate=ablate,
                parameters=parameters, mechanisms=tuple(load_mechanisms()),
            )  # fmt: skip
        super().__init__(rng=spec.seed)
        self.spec = spec
        self.detail = detail
        self.engine: Engine = start_engine(spec, detail)
        self._until = 0
        self._collected = 0
        self.agency_agents = appoint_agents(self, self.engine)
        self.datacollector = mesa.DataCollector(
            model_reporters={measure.id: [self._measured, [n]] for n, measure in enumerate(MEASURES)}
        )
        schedule_before(self, 0, self._decide)

    @property
    def state(self) -> State:
        """The columns as they stand after the last computed week."""
        return self.engine.state

    @property
    def week(self) -> int:
        """The next world week; after n steps it is n."""
        return self.steps

    def _measured(self, column: int) -> float:
        return float(self.engine.series[self.steps - 1, column])

    def _decide(self) -> None:
        """Before a week with a decision: agencies meet, the plan is composed, the next decision is put in the diary."""
        self.engine.make_room()
        for agent in self.agency_agents:
            agent.deliberate(self.engine.week)
        until = self.engine.compose()
        if until < self.engine.first + self.engine.weeks:
            schedule_before(self, until, self._decide)

    def step(self) -> None:
        """One week: computed if it has not been yet (with those before the next decision, when looking ahead); collected."""
        if self.steps > self.engine.weeks:
            raise OutOfRange(
                key="weeks", given=self.steps, allowed=f"{self.engine.weeks}, for which the world was made"
            )
        if self.steps > self.engine.week:
            # no week is computed that somebody's event should see before it
            until = int(max(self.steps, min(self._until, weeks_before(next_event_time(self)))))
            self.engine.compute(until - self.engine.week)
            if self.steps > self.engine.week:
                raise WorkFailed(f"Nobody had decided what happens in week {self.engine.week} when it came.")
        self.datacollector.collect(self)
        if self.steps >= self.engine.weeks:
            self.running = False

    def advance(self, weeks: int) -> None:
        """Run several weeks, computing as many at a time as lie between two decisions."""
        self._until = self.steps + weeks
        self.run_for(weeks)

    def result(self) -> RunResult:
        """What the weeks so far have left behind."""
        return finish(self.engine, self.spec, self.detail)

    def series_so_far(self) -> np.ndarray:
        """Weeks lived x measures."""
        return self.engine.series[: self.steps]
