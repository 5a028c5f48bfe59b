"""The world's motor: state, levers and series; it computes weeks in blocks between decisions, with or without Mesa around it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np

from simulation.errors import WorkFailed
from simulation.kernels.week import PHASES
from simulation.measures.catalogue import INDEX, MEASURES, PLACE_MEASURES
from simulation.measures.fairness import Fairness
from simulation.pointer import addresses
from simulation.policy import Programme
from simulation.state.counters import COURSE, TRADE
from simulation.state.handle import Handle, bind
from simulation.state.levers import Levers
from simulation.state.project import RECIPES
from simulation.state.values import Values
from simulation.state.world import EVENT_COUNT, State
from simulation.world.advance import CANCELLED, NEED_ROOM, OVERRAN, enough_room, room_reserve, run_block
from simulation.world.growth import grown
from simulation.world.indicators import lately
from simulation.world.remembered import remembered
from simulation.world.shocks import Shocks

ARRESTS = INDEX["arrests"]
COST = INDEX["plan_cost_gbp"]
ARRESTS_HERE = PLACE_MEASURES.index("arrests")


class Cancelled(Exception):
    """Somebody asked the run to stop; nothing of it is kept."""


class Engine:
    """One world on its way from `week` on, under one programme of decisions.

    `series` has a row a week from `first` and a column a measure (float64); `places` weeks x localities x place
    measures, `markets` weeks x chain markets x what each did, `courses` weeks x all markets (the chains, then the
    commissioned ones) x what is counted of any (both in state.counters). Series of two engines with equal state, programme, parameters and key are bit-identical.
    """

    def __init__(
        self, state: State, p: Values, key: np.uint64, first: int, weeks: int, programme: Programme,
        memory: np.ndarray | None = None, shocks: Shocks | None = None,
    ) -> None:  # fmt: skip
        self.state = state
        self.p = p
        self.key = key
        self.first = first
        self.weeks = weeks
        self.week = first
        self.programme = programme
        self.programme.observe = self.observe
        self.shocks = Shocks((), (), key, weeks) if shocks is None else shocks
        self.memory = remembered(memory, state, first)
        self.series = np.full((weeks, len(MEASURES)), np.nan)
        self.places = np.zeros((weeks, state.place.id.size, len(PLACE_MEASURES)))
        self.markets = np.zeros((weeks, state.chain.id.size, TRADE), dtype=np.int64)
        self.courses = np.zeros((weeks, state.chain.id.size + RECIPES, COURSE))
        self.fairness = Fairness(state)
        self.cancel = np.zeros(1, dtype=np.uint8)
        self.progress = np.zeros(1, dtype=np.int64)
        self.reserve = room_reserve(state)
        self.levers: Handle | None = None
        self._composed: Levers | None = None
        self.levers_first = first
        """The week in which the levers' first row holds."""
        self.block_first = first
        self.block_end = first
        self.events: list[tuple[np.ndarray, np.ndarray]] = []

    def observe(self, measure: str, weeks: int) -> float:
        """An indicator over the last weeks of this run, as a plan's cycle is told it."""
        return lately(self.series[: self.week - self.first], measure, weeks)

    def decide(self) -> int:
        """Agencies meet on the picture at the end of last week, and the plan is composed up to the next decision.

        Returns the world week of the next decision.
        """
        self.make_room()
        self.programme.meet(self.state, self.week)
        return self.compose()

    def make_room(self) -> None:
        """Tables too short for what a meeting and a week may need are lengthened."""
        if not enough_room(self.state, self.reserve):
            self.collect_events()
            self.state = grown(self.state, self.reserve)

    def compose(self) -> int:
        """The week's shocks befall the world; then levers for the weeks up to the next decision or shock."""
        self.shocks.befall(self.state, self.p, self.week)
        until = min(self.programme.next_decision(self.week), self.shocks.next(self.week))
        weeks = min(until, self.first + self.weeks) - self.week
        self.levers_first, levers = self.programme.span(self.state, self.week, weeks)
        if self.shocks.courses or levers is not self._composed:
            self._composed = levers
            self.levers = bind(self.shocks.bend(levers))
        self.block_first = self.week
        self.block_end = self.week + weeks
        return self.block_end

    @cached_property
    def phases(self) -> np.ndarray:
        """Where the compiled phases of the week stand."""
        return addresses(PHASES, self.state, self.levers, self.p, self.key)

    def compute(self, weeks: int) -> int:
        """Compute up to `weeks` weeks, but none beyond the block whose levers are known; returns how many."""
        weeks = min(weeks, self.block_end - self.week)
        done = 0
        while done < weeks:
            n, code = run_block(
                self.phases, self.state, self.levers, self.p, self.key, self.week, weeks - done, self.week - self.levers_first,
                self.memory, self.series, self.places, self.week - self.first, self.reserve, self.cancel,
                self.progress, self.markets, self.courses,
            )  # fmt: skip
            if n > 0:
                self.count_blows()
            done += n
            self.week += n
            if code == CANCELLED:
                raise Cancelled
            if code == OVERRAN:
                raise WorkFailed(f"Week {self.week - 1} needed more rows than the tables had to spare.")
            if code == NEED_ROOM:
                self.make_room()
        if done > 0 and self.first >= 0:
            self.charge(done)
        if done > 0:
            self.fairness.reckon(self.series, self.places, self.week - self.first)
        return done

    def charge(self, weeks: int) -> None:
        """What the plan cost in the last `weeks` weeks is written beside what they brought."""
        rows = slice(self.week - weeks - self.first, self.week - self.first)
        self.series[rows, COST] = self.programme.weekly_cost(self.week, self.week - weeks)

    def count_blows(self) -> None:
        """People whom a shock took before this block count among the arrests of its first week."""
        if self.week == self.block_first and self.shocks.arrested.any():
            self.series[self.week - self.first, ARRESTS] += self.shocks.arrested.sum()
            self.places[self.week - self.first, :, ARRESTS_HERE] += self.shocks.arrested

    def run(self, weeks: int, between: Callable[[int], None] | None = None) -> None:
        """Decide and compute until `weeks` more weeks are done; `between` is told the week after each block."""
        end = min(self.week + weeks, self.first + self.weeks)
        while self.week < end:
            if self.week >= self.block_end:
                self.decide()
            self.compute(end - self.week)
            if between is not None:
                between(self.week)

    def collect_events(self) -> None:
        """Take the events recorded so far out of the buffer."""
        count = int(self.state.tally.count[EVENT_COUNT])
        if count:
            self.events.append((self.state.tally.event[:count].copy(), self.state.tally.event_id[:count].copy()))
            self.state.tally.count[EVENT_COUNT] = 0
