"""A plan at work in one run: it resolves places, gives hours, composes levers, opens operations and keeps the account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from simulation.errors import UnknownName
from simulation.kernels.operations import open_operation
from simulation.kernels.tasking import committed, shortlists
from simulation.policy.authority import check_lawful, lead_weeks
from simulation.policy.compose import Piece, compose, read_only, view_of
from simulation.policy.cycle import Decider, Observer
from simulation.policy.doses import Dose
from simulation.policy.funding import Claim, bill, ration, weekly_money
from simulation.policy.intervention import Order, intervention, numbers
from simulation.policy.levers import identity_levers
from simulation.policy.where import places_of
from simulation.schema import RESOURCES as RESOURCE_IDS
from simulation.schema import Costs, Entry, Plan, Scenario, Where, canonical, load_authority, load_costs
from simulation.state.codes import INVESTIGATIONS, RESOURCES
from simulation.state.levers import Levers
from simulation.state.police import BACKGROUND
from simulation.state.world import State

BYTES_A_SPAN = 4_000_000
SHORTLIST = 16
LONGEST_BLOCK = 13


class Deliberator(Protocol):
    """An agency that meets to choose targets (see `simulation.agents`)."""

    row: int
    level: int

    def meets(self, week: int) -> bool: ...

    def next_meeting(self, week: int) -> int: ...

    def has_room(self, hours: np.ndarray) -> bool: ...

    def deliberate(self, shortlist: tuple[np.ndarray, ...], hours: np.ndarray) -> list[Order]: ...


class Programme:
    """One plan in one run. See `simulation.policy` for how a driver uses it."""

    def __init__(
        self,
        plan: Plan,
        scenario: Scenario,
        parameters: np.void,
        localities: Sequence[str],
        weeks: int,
        agents: Sequence[Deliberator] = (),
        costs: Costs | None = None,
        observe: Observer | None = None,
    ) -> None:
        self.plan = plan
        self.parameters = parameters
        self.localities = list(localities)
        self.weeks = weeks
        self.agents = list(agents)
        self.costs = costs if costs is not None else load_costs()
        self.observe = observe
        self.warnings: list[str] = []
        self.decider = Decider(plan.cycle) if plan.cycle is not None else None
        self._numbers = numbers()
        self._agencies = {name: row for row, name in enumerate(scenario.agencies)}
        self._holders = {name: agency.holder for name, agency in scenario.agencies.items()}
        self._seen: tuple[State, State] | None = None
        self._span: tuple[int, Levers] | None = None
        self._identity: Levers | None = None
        authority = load_authority()
        check_lawful(plan, authority)
        horizon = weeks + LONGEST_BLOCK
        self.pieces: list[Piece] = []
        for entry in self._entries():
            if entry.agency not in self._agencies:
                raise UnknownName.among(entry.agency, self._agencies, key="entry.agency")
            work = intervention(entry.intervention)(entry)
            delay = lead_weeks(work.card, authority)
            if entry.funding == "additional" and any(work.hours().values()):
                delay = max(delay, round(self.costs.hiring_lag.value))
            holder = entry.budget_holder if entry.funding == "additional" else None
            claim = Claim(
                entry=entry,
                agency=self._agencies[entry.agency],
                holder=holder or self._holders[entry.agency],
                dose=Dose.of(entry, horizon, delay),
                hours=np.zeros(RESOURCES),
                grant=0.0,
            )
            self.pieces.append(Piece(canonical(entry), work, claim))
        self.pieces.sort(key=lambda piece: piece.key)  # sums must not depend on the order of entries

    def _entries(self) -> list[Entry]:
        """The plan's entries, and its baseline as one more."""
        entries = [entry for entry in self.plan.entry if entry.dose > 0.0]
        if self.plan.baseline != "do-as-now":
            first = next(iter(self._agencies))
            entries.append(Entry(intervention=self.plan.baseline, agency=first, where=Where(rule="everywhere")))
        return entries

    # --- what the driver calls

    def open(self, state: State, week: int = 0) -> None:
        """The plan meets the ground: places are chosen on the picture as it is, and hours are shared out."""
        for piece in self.pieces:
            claim = piece.claim
            claim.places = places_of(claim.entry.where, state, claim.agency, self.localities)
            size = float(state.place.population[claim.places].sum()) / 10_000.0 if piece.intervention.per_residents else 1.0
            hours = piece.intervention.hours()
            claim.hours = np.array([hours.get(name, 0.0) * size for name in RESOURCE_IDS])
            claim.grant = piece.intervention.grant() * size
        self._share_out(state)

    def compose(self, state: State, week: int, weeks: int) -> Levers:
        """Levers for the `weeks` weeks from `week` (negative in burn-in: as now). The arrays may be shared between calls."""
        if week < 0 or not self.pieces:
            return self._as_now(state, weeks)
        if self._span is not None:
            first, levers = self._span
            length = levers.visibility.shape[0]
            if first <= week and week + weeks <= first + length:
                return Levers(*(column[week - first : week - first + weeks] for column in levers))
        length = max(weeks, min(self._span_weeks(state), self.weeks + LONGEST_BLOCK - week))
        if self.decider is not None:
            length = max(weeks, min(length, self.decider.next(week) - week))
        self._span = (week, compose(self.pieces, self._read_only(state), self.parameters, week, length))
        return Levers(*(column[:weeks] for column in self._span[1]))

    def next_decision(self, week: int) -> int:
        """The first week after `week` in which someone meets or the plan's cycle decides; at most 13 weeks away."""
        weeks = [agent.next_meeting(week) for agent in self.agents]
        if self.decider is not None:
            weeks.append(self.decider.next(week))
        return min([*weeks, week + LONGEST_BLOCK])

    def meet(self, state: State, week: int) -> None:
        """Before week `week` begins: the cycle decides, agencies that meet choose targets, the plan's operations are opened."""
        if self.decider is not None and self.decider.due(week) and week < self.weeks:
            self._decide(state, week)
        meeting = [agent for agent in self.agents if agent.meets(week)]
        if not meeting:
            return
        self._open_plan_operations(state, week, {agent.row for agent in meeting})
        self._open_background_operations(state, week, meeting)

    def cost(self, weeks: int | None = None) -> dict[str, Any]:
        """The account of the first `weeks` weeks (of the whole run, by default): see `funding.bill`."""
        return bill([piece.claim for piece in self.pieces], self.costs, self.weeks if weeks is None else weeks)

    def weekly_cost(self) -> np.ndarray:
        """Economic cost by week, GBP, not discounted, (weeks,)."""
        money = weekly_money([piece.claim for piece in self.pieces], self.costs, self.weeks)
        return money["cash"] + money["opportunity"]

    # --- how it is done

    def _as_now(self, state: State, weeks: int) -> Levers:
        if self._identity is None or self._identity.visibility.shape[0] < weeks:
            dims = {"L": state.place.id.size, "A": state.agency.id.size, "M": state.chain.landed.size}
            self._identity = identity_levers(dims, max(weeks, LONGEST_BLOCK))
        return Levers(*(column[:weeks] for column in self._identity))

    def _span_weeks(self, state: State) -> int:
        """How many weeks to compose at once: doses are known in advance, so only memory bounds it."""
        a_week = 8 * state.place.id.size * (28 + 2 * state.chain.landed.size)
        return max(LONGEST_BLOCK, BYTES_A_SPAN // a_week)

    def _read_only(self, state: State) -> State:
        if self._seen is None or self._seen[0] is not state:
            self._seen = (state, read_only(state))
        return self._seen[1]

    def _share_out(self, state: State) -> None:
        ration([piece.claim for piece in self.pieces], state)
        self._span = None

    def _decide(self, state: State, week: int) -> None:
        assert self.decider is not None
        option = self.decider.decide(week, self.observe)
        for piece in self.pieces:
            runs = self.decider.runs(piece.claim.entry.intervention, option)
            piece.claim.dose.gate[week:] = 1.0 if runs else 0.0
            piece.claim.dose.changed()
        self._share_out(state)

    def _open_plan_operations(self, state: State, week: int, meeting: set[int]) -> None:
        """Each entry takes on targets as long as its hours suffice for them within the horizon."""
        if week < 0 or week >= self.weeks:
            return
        for piece in sorted(self.pieces, key=lambda piece: piece.key):
            claim = piece.claim
            dose = claim.dose.in_force[week] if piece.intervention.gives_orders else 0.0
            if dose <= 0.0 or claim.agency not in meeting:
                continue
            there = dose * claim.hours * self.parameters["tasking_horizon"]
            left = there - committed(state.operation, claim.agency, False)
            limit = claim.entry.targets.n
            view = view_of(piece, self._read_only(state), self.parameters, week, 1)
            for order in piece.intervention.orders(view, week):
                needed = _hours(order) * (claim.hours > 0.0)
                idle = not np.any(left < there)
                if (limit is not None and piece.opened >= limit) or (np.any(needed > left) and not idle):
                    break
                self._open(state, week, claim.agency, self._numbers[piece.intervention.card.id], order, needed)
                left = left - needed
                piece.opened += 1

    def _open_background_operations(self, state: State, week: int, meeting: list[Deliberator]) -> None:
        """Each agency that meets fills the hours its portfolio has for investigations."""
        p = self.parameters
        if p["on_tasking"] == 0.0 or p["on_operations"] == 0.0:
            return
        done = self.compose(state, week, 1).portfolio[0, :, INVESTIGATIONS]
        lists: dict[int, tuple[np.ndarray, ...]] = {}
        for agent in meeting:
            a = agent.row
            hours = state.agency.hours[a] * state.agency.portfolio[a, :, INVESTIGATIONS] * done[a]
            hours = hours * p["operations_tasked_share"] * p["tasking_horizon"] * (1.0 - p["tasking_reserve"])
            if not hours.any():
                continue
            left = hours - committed(state.operation, a, True)
            if not agent.has_room(left):
                continue
            if agent.level not in lists:
                lists[agent.level] = shortlists(
                    state.place, state.person, state.business, state.ghost, state.operation, state.agency, p,
                    agent.level, SHORTLIST,
                )  # fmt: skip
            for order in agent.deliberate(tuple(part[a] for part in lists[agent.level]), left):
                self._open(state, week, a, BACKGROUND, order, _hours(order) * (state.agency.hours[a] > 0.0))

    def _open(self, state: State, week: int, agency: int, number: int, order: Order, needed: np.ndarray) -> None:
        lead = int(order.weeks + self.parameters["operations_authorise_weeks"])
        open_operation(
            state, week, agency, number, order.target_kind, order.row, np.uint64(order.identity), order.kind, needed,
            float(order.weeks), lead, order.knowledge,
        )  # fmt: skip


def _hours(order: Order) -> np.ndarray:
    needed = np.zeros(RESOURCES)
    for resource, hours in order.hours.items():
        needed[resource] = hours
    return needed
