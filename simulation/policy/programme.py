"""A plan at work in one run: it finds places, gives hours, composes levers, opens operations and keeps the account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from simulation.chance.identity import name_number
from simulation.kernels.operations import open_operation
from simulation.kernels.tasking import committed, shortlists
from simulation.policy.authority import check_lawful
from simulation.policy.compose import compose, read_only, view_of
from simulation.policy.cycle import Decider, Observer
from simulation.policy.deliberation import Table, table_of
from simulation.policy.desk import desk_of, ready
from simulation.policy.doers import own_officers, with_doers
from simulation.policy.funding import Claim, bill, ration, weekly_money
from simulation.policy.intervention import Order, numbers
from simulation.policy.levers import identity_levers
from simulation.policy.pieces import pieces_of, share_limits
from simulation.policy.referral import pass_on
from simulation.policy.remarks import remarks
from simulation.policy.triggers import look
from simulation.policy.waiting import stalled, waits
from simulation.policy.where import part_worked, places_for
from simulation.schema import MAX_WEEKS, Costs, Plan, Scenario, load_authority, load_costs
from simulation.schema import RESOURCES as RESOURCE_IDS
from simulation.state.codes import INVESTIGATIONS
from simulation.state.levers import Levers
from simulation.state.police import BACKGROUND
from simulation.state.values import Values
from simulation.state.world import Groups, State

BYTES_A_SPAN = 1_500_000
SHORTLIST = 16
LONGEST_BLOCK = 13
RESIDENTS = 10_000.0


class Named(Protocol):
    """Anything with an id, such as a locality."""

    @property
    def id(self) -> str: ...


class Programme:
    """One plan in one run. See `simulation.policy` for how a driver uses it."""

    def __init__(
        self,
        plan: Plan,
        scenario: Scenario,
        parameters: Values,
        key: np.uint64,
        localities: Sequence[Named],
        weeks: int = MAX_WEEKS,
        costs: Costs | None = None,
    ) -> None:
        self.plan = plan = with_doers(plan, scenario)
        self.parameters = parameters
        self.key = key
        self.localities = [place.id for place in localities]
        self.weeks = weeks
        self.costs = costs if costs is not None else load_costs()
        self.observe: Observer | None = None
        self.tables = [table_of(n, name, one, parameters) for n, (name, one) in enumerate(scenario.agencies.items())]
        self.decider = Decider(plan.cycle) if plan.cycle is not None else None
        self._numbers = numbers()
        self._names = {number: np.uint64(name_number(name)) for name, number in self._numbers.items()}
        self._patience = round(self.costs.waiting_limit.value)
        self._lived = 0
        self._seen: tuple[State, Groups] | None = None
        self._waited: np.ndarray | None = None
        self._span: tuple[int, Levers] | None = None
        self._money: np.ndarray | None = None
        self._identity: Levers | None = None
        self._idle = False
        self._desks: dict[int, np.ndarray] = {}
        self._lists: tuple[int, int, dict[int, tuple[np.ndarray, ...]]] | None = None
        kinds = {name: agency.of for name, agency in scenario.agencies.items() if agency.of is not None}
        check_lawful(plan, load_authority(), kinds)
        self._entries = self.pieces = pieces_of(plan, scenario, self.costs, weeks + LONGEST_BLOCK)
        self._desk = desk_of(plan, scenario, parameters, weeks + LONGEST_BLOCK)

    # --- what the driver calls

    def open(self, state: State, week: int = 0) -> None:
        """The plan meets the ground: places are chosen on the picture as it is, and hours are shared out."""
        for piece in self._entries:
            claim = piece.claim
            claim.places = places_for(claim.entry.where, state, claim.agency, claim.shared, self.localities)
            residents = float(state.place.population[claim.places].sum()) / RESIDENTS
            hours = piece.intervention.hours()
            size = residents
            if piece.intervention.card.cost.whole:
                size = part_worked(claim.entry.where, state, claim.agency, claim.shared, self.localities)
            whole = np.array([hours.get(name, 0.0) * size for name in RESOURCE_IDS])
            claim.hours = own_officers(whole, state, claim.agency)
            claim.grant = piece.intervention.grant() * size
        self.pieces = [piece for piece in self._entries if piece.claim.places.size]
        self._idle = not self._desk and not any(piece.moves_levers() for piece in self.pieces)
        share_limits(self.pieces, state)
        self._share_out(state)
        self._waited = waits(state)

    def compose(self, state: State, week: int, weeks: int) -> Levers:
        """Levers for the `weeks` weeks from `week` (in burn-in: as now). The arrays are shared between calls."""
        first, levers = self.span(state, week, weeks)
        return Levers(*(column[week - first : week - first + weeks] for column in levers))

    def span(self, state: State, week: int, weeks: int) -> tuple[int, Levers]:
        """Levers from some week on, at least for the `weeks` weeks from `week`; the same ones as long as they hold."""
        self._lived = max(self._lived, week + weeks)
        if week < 0 or not self.pieces:
            return week, self._as_now(state, weeks)
        self._decide(state, week)
        if self._idle:
            return week, self._as_now(state, weeks)
        if self._span is not None:
            first, levers = self._span
            if first <= week and week + weeks <= first + levers.visibility.shape[0]:
                return self._span
        length = max(weeks, min(self._span_weeks(state), self.weeks + LONGEST_BLOCK - week))
        if self.decider is not None:
            length = max(weeks, min(length, self.decider.next(week) - week))
        self._span = (week, compose(self.pieces, self._read_only(state), self.parameters, week, length, self._desk))
        return self._span

    def next_decision(self, week: int) -> int:
        """The first week after `week` in which someone meets or the plan's cycle decides; at most 13 weeks away."""
        weeks = [table.next_sitting(week) for table in self.tables]
        if self.decider is not None and self.pieces:
            weeks.append(self.decider.next(week))
        return min([*weeks, week + LONGEST_BLOCK])

    def meet(self, state: State, week: int) -> int:
        """Before week `week` begins: every agency that meets chooses targets; gives how many operations were opened."""
        self._decide(state, week)
        return sum(self.meet_agency(state, week, table) for table in self.tables if table.sits(week))

    def meet_agency(self, state: State, week: int, table: Table) -> int:
        """One agency's meeting, if it has one before `week`: the plan's operations first, then those of today's
        portfolio.
        """
        self._decide(state, week)
        if not table.sits(week):
            return 0
        if 0 <= week < self.weeks and look(self.pieces, table.row, week, self.observe):
            self._share_out(state)
        if self.parameters["on_operations"] == 0.0:
            return 0
        opened = self._open_for_plan(state, week, table) + self._open_as_now(state, week, table)
        if table.investigates and self.parameters["on_referral"] > 0.0:
            pass_on(
                state,
                self.parameters,
                table,
                tuple(part[table.row] for part in self._shortlists(state, week, table.level)),
            )
        return opened

    def cost(self, weeks: int | None = None) -> dict[str, Any]:
        """The account of the first `weeks` weeks (by default, of those lived): see `funding.bill`."""
        return bill(self._claims, self.costs, self._lived if weeks is None else weeks)

    def weekly_cost(self, weeks: int | None = None, first: int = 0) -> np.ndarray:
        """Economic cost by week from week `first` up to, not including, week `weeks`, GBP, not discounted."""
        span = self._lived if weeks is None else weeks
        if self._money is None:
            money = weekly_money(self._claims, self.costs, self.weeks + LONGEST_BLOCK)
            self._money = money["cash"] + money["opportunity"]
        return self._money[first:span]

    @property
    def warnings(self) -> list[str]:
        """What a planner should know before reading results."""
        lived = min(self._lived, self.weeks)
        titles = [table.title for table in self.tables]
        return remarks(self.pieces, self.decider, titles, lived, self.weeks, self._patience)

    def stalls(self, state: State) -> list[str]:
        """How long operations waited, since the plan began, for somebody to lead or to authorise them; one a queue."""
        return stalled(self.tables, state, self._waited)

    # --- how it is done

    @property
    def _claims(self) -> list[Claim]:
        """Every call on hours and money: of the entries, and of the cycle's own work."""
        return [*(piece.claim for piece in self.pieces), *(self._desk if self.pieces else ())]

    def _as_now(self, state: State, weeks: int) -> Levers:
        if self._identity is None or self._identity.visibility.shape[0] < weeks:
            dims = {"L": state.place.id.size, "A": state.agency.id.size, "M": state.chain.landed.size}
            self._identity = identity_levers(dims, max(weeks, LONGEST_BLOCK))
        return self._identity

    def _span_weeks(self, state: State) -> int:
        """How many weeks to compose at once: doses are known in advance, so only memory bounds it."""
        a_week = 8 * state.place.id.size * (28 + 2 * state.chain.landed.size)
        return max(LONGEST_BLOCK, BYTES_A_SPAN // a_week)

    def _read_only(self, state: State) -> Groups:
        if self._seen is None or self._seen[0] is not state:
            self._seen = (state, read_only(state))
        return self._seen[1]

    def _share_out(self, state: State) -> None:
        ration(self._claims, state, self._patience)
        self._span = None
        self._money = None

    def _decide(self, state: State, week: int) -> None:
        """The plan's cycle decides, once, in each week that it is due; what was chosen is done when it is authorised."""
        if self.decider is None or not self.decider.due(week) or week >= self.weeks:
            return
        option = self.decider.decide(week, self.observe)
        made = len(self.decider.chosen)
        wait = self.parameters["on_cycles"] * self.parameters["cycles_authorise_weeks"]
        first = week + (round(wait) if made > 1 else 0)  # of the first choice, entries' own lead times say all
        for piece in self.pieces:
            runs = self.decider.runs(piece.claim.entry.intervention, option)
            piece.claim.dose.gate[first:] = 1.0 if runs else 0.0
            piece.claim.dose.changed()
        self._share_out(state)
        done = ready(self._desk, made, self.weeks + LONGEST_BLOCK)
        self.decider.at = max(made * self.decider.cycle.period_weeks, done, week + 1)

    def _open_for_plan(self, state: State, week: int, table: Table) -> int:
        """Each entry takes on targets as long as its hours suffice for them within the horizon."""
        opened = 0
        if not 0 <= week < self.weeks:
            return opened
        for piece in self.pieces:
            claim = piece.claim
            dose = claim.dose.in_force[week] if piece.intervention.gives_orders else 0.0
            if dose <= 0.0 or claim.agency != table.row:
                continue
            whole = dose * claim.hours * self.parameters["tasking_horizon"]
            left = whole - committed(state, claim.agency, self._numbers[piece.intervention.card.id])
            view = view_of(piece, self._read_only(state), self.parameters, week, 1)
            for order in piece.intervention.orders(view, week):
                needed = order.needed * (claim.hours > 0.0)
                crowded = np.any(needed > left) and np.any(left < whole)
                if crowded or (piece.limit is not None and piece.opened >= piece.limit):
                    break
                number = self._numbers[piece.intervention.card.id]
                if not self._open(state, week, claim.agency, number, order, needed):
                    break
                left = left - needed
                piece.opened += 1
                opened += 1
        return opened

    def _open_as_now(self, state: State, week: int, table: Table) -> int:
        """An agency fills the hours that its portfolio has for tasked operations."""
        a = table.row
        whole = self._tasked_hours(state, table)
        if not whole[table.first] > 0.0:
            return 0
        if self.pieces and week >= 0:
            first, levers = self.span(state, week, 1)
            whole = whole * levers.portfolio[week - first, a, INVESTIGATIONS]
        left = whole - committed(state, a, BACKGROUND)
        if not table.has_room(left, whole):
            return 0
        orders = table.choose(tuple(part[a] for part in self._shortlists(state, week, table.level)), left)
        return sum(self._open(state, week, a, BACKGROUND, order, order.needed * (whole > 0.0)) for order in orders)

    def _tasked_hours(self, state: State, table: Table) -> np.ndarray:
        """Hours that an agency's portfolio has for tasked operations within the horizon, as now, (RESOURCES,)."""
        if table.row not in self._desks:
            p, a = self.parameters, table.row
            share = p["operations_tasked_share"] * p["tasking_horizon"] * (1.0 - p["tasking_reserve"])
            hours = state.agency.hours[a] * state.agency.portfolio[a, :, INVESTIGATIONS]
            self._desks[a] = hours * share * p["on_tasking"]
        return self._desks[table.row]

    def _shortlists(self, state: State, week: int, level: int) -> tuple[np.ndarray, ...]:
        """The ranked picture of a level before this week: one scan serves every agency of the level."""
        if self._lists is None or self._lists[:2] != (week, id(state)):
            self._lists = (week, id(state), {})
        lists = self._lists[2]
        if level not in lists:
            lists[level] = shortlists(state, self.parameters, level, SHORTLIST)
        return lists[level]

    def _open(self, state: State, week: int, agency: int, number: int, order: Order, needed: np.ndarray) -> bool:
        """An operation is opened; False where the desk is full (the driver makes room before the next week)."""
        lead = int(order.weeks + self.parameters["operations_authorise_weeks"])
        row = open_operation(
            state, week, agency, number, self._names.get(number, np.uint64(0)), order.target_kind, order.row, np.uint64(order.identity), order.kind, needed,
            float(order.weeks), lead, order.knowledge,
        )  # fmt: skip
        return row >= 0
