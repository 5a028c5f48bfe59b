"""One run, looked at from every side: by week, place, market, business, person and event, and what it cost.

What was not kept while it ran is found by living it again: the same spec gives the same world, bit for bit.
"""

from __future__ import annotations

import numbers
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from simulation.errors import BadType, OutOfRange, UnknownName
from simulation.experiments import books, individuals, networks, portrait
from simulation.experiments.flows import flows as follow
from simulation.experiments.markets import by_week, market_measures
from simulation.experiments.outcomes import outcomes
from simulation.experiments.support import Supports, supports
from simulation.policy.budget import over_budget, over_intrusion
from simulation.schema import Measure, RunSpec
from simulation.world.standing_in import small_groups

if TYPE_CHECKING:
    from simulation.state.world import State
    from simulation.world.run import RunResult

DIMENSIONS: Final = ("locality", "market", "business", "outlet", "platform", "agency", "tier")
WEEKS_A_YEAR: Final = 52
EVERY: Final = "every business"


@dataclass(frozen=True)
class Run:
    """A finished run."""

    run_id: str
    spec: RunSpec
    measures: tuple[Measure, ...]
    result: RunResult

    @cached_property
    def series(self) -> pd.DataFrame:
        """A row a week (index `week`), a column a measure."""
        columns = [measure.id for measure in self.measures]
        weeks = pd.RangeIndex(self.spec.weeks, name="week")
        frame = pd.DataFrame(np.asarray(self.result.series, dtype=np.float64), index=weeks, columns=columns)
        return self.support.mark(frame)

    @property
    def support(self) -> Supports:
        """Which outcomes published findings support on this version of the model."""
        return supports(departs=bool(self.spec.ablate or self.spec.parameters))

    @property
    def unvalidated(self) -> dict[str, str]:
        """The outcomes that are not to be quoted without the label, and why."""
        return self.support.unvalidated()

    @cached_property
    def outcomes(self) -> dict[str, float]:
        """What the weeks come to, one figure a measure."""
        figures = outcomes(np.asarray(self.result.series, dtype=np.float64), self.measures)
        return {measure.id: float(value) for measure, value in zip(self.measures, figures, strict=True)}

    @property
    def cost(self) -> dict[str, Any]:
        """What the plan took: in all, by holder and resource, hours, and how long work waited."""
        return dict(self.result.cost)

    @property
    def warnings(self) -> list[str]:
        """The model's own remarks on this run, and where the plan costs more than it may."""
        name, budget = self.spec.plan.id, self.spec.plan.budget
        limits = [
            *over_budget(name, budget, self.result.cost),
            *over_intrusion(name, budget, self.outcomes["intrusion"]),
        ]
        return [*self.result.warnings, *limits]

    @property
    def localities(self) -> pd.DataFrame:
        """The localities: id, name, force, kind, population, row and column on the map of tiles."""
        return pd.DataFrame([dict(locality) for locality in self.result.localities])

    @cached_property
    def events(self) -> pd.DataFrame:
        """What happened to whom, when and why, in order of week, phase and subject."""
        if self.result.events is not None:
            return self.result.events
        from simulation.world.run import execute

        again = execute(self.spec, detail=True).events
        return again if again is not None else pd.DataFrame()

    @cached_property
    def people(self) -> pd.DataFrame:
        """Everyone in organised crime after the last week. Raises Conflict where people are imported ones."""
        individuals.refuse(self.spec.scenario, "Run.people")
        return portrait.people(self._at(self.spec.weeks), self._places)

    @cached_property
    def roles(self) -> pd.DataFrame:
        """People after the last week by role and status: columns role, status, people; small counts blank if imported."""
        return individuals.discreet(self.spec.scenario, portrait.roles(self._at(self.spec.weeks)))

    @cached_property
    def businesses(self) -> pd.DataFrame:
        """Every business that trades after the last week, with its balance sheet."""
        found = portrait.businesses(self._at(self.spec.weeks), self._places, self._markets)
        return self._shown("books", individuals.discreet(self.spec.scenario, found))

    def by(self, dimension: str) -> pd.DataFrame:
        """A row a week, entity of the dimension and measure: columns week, id, measure, value."""
        if dimension not in DIMENSIONS:
            raise UnknownName.among(dimension, DIMENSIONS, key="by")
        if dimension == "locality":
            return self._by_locality()
        looks: dict[str, Callable[[State], tuple[np.ndarray, dict[str, np.ndarray]]]] = {
            "market": lambda state: portrait.by_market(state, self._markets),
            "business": portrait.by_business,
            "outlet": portrait.by_outlet,
            "agency": lambda state: portrait.by_agency(state, list(self.spec.scenario.agencies)),
            "tier": portrait.by_tier,
            "platform": portrait.by_platform,
        }
        pieces = [
            pd.DataFrame({"week": week, "id": identities, "measure": name, "value": values.astype(np.float64)})
            for week, state in self._weeks()
            for identities, measures in [looks[dimension](state)]
            for name, values in measures.items()
        ]
        if dimension == "market":  # those that commission jobs have no outlets; what is counted of them was kept
            pieces.append(by_week(self.result, market_measures(self.spec.scenario)))
        return self._shown("books", individuals.discreet(self.spec.scenario, pd.concat(pieces, ignore_index=True)))

    def _shown(self, picture: str, frame: pd.DataFrame) -> pd.DataFrame:
        """A frame that says whether it is validated."""
        self.support.picture(picture, frame)
        return frame

    def accounts(self, business: str = EVERY, year: int = 0) -> pd.DataFrame:
        """A business's year (0 is weeks 0 to 51): flows and closing balance in pounds. Columns statement, item, gbp.

        Without a business: every business and every year, the part year at the end included, with profit and loss,
        cash flow, balance sheet, equity, and how it stands. Columns business, year, weeks, statement, item, gbp.
        """
        if business == EVERY:
            return self._shown("books", books.statements(self.books).copy())
        individuals.refuse_small(self.spec.scenario, business)
        first, last = self._year(year)
        flows: np.ndarray | None = None
        book: np.ndarray | None = None
        met: set[str] = set()
        for week, state in self._weeks():
            if first <= week <= last:
                identities = portrait.hexed(state.business.id)
                met.update(filter(None, identities))
                rows = np.flatnonzero(identities == business)
                if rows.size:
                    flow = state.ledger.flow[rows[0]].copy()
                    flows = flow if flows is None else flows + flow
                    book = state.ledger.book[rows[0]].copy()
            if week == last:
                break
        if flows is None or book is None:
            raise UnknownName.among(business, met, key="business")
        return self._shown("books", portrait.accounts(flows, book))

    @cached_property
    def books(self) -> list[tuple[int, int, books.Books]]:
        """The books of every business and year: (year, identity, books). Those of small imported groups are left out."""
        small = small_groups(self.spec.scenario.imported)
        return [one for one in books.keep_books(self.spec) if f"{one[1]:016x}" not in small]

    def flows(self, year: int = 0) -> pd.DataFrame:
        """Goods (kg pure) and money (GBP) from hand to hand in a year: columns kind, source, target, value, unit."""
        first, last = self._year(year)
        return self.support.flows(follow(self.spec, first, last))

    def network(self, kind: str, week: int | None = None, view: str = "true") -> networks.Network:
        """Who deals with whom after a week (by default the last), whole or as police see it."""
        if kind not in networks.KINDS:
            raise UnknownName.among(kind, networks.KINDS, key="kind")
        if view not in networks.VIEWS:
            raise UnknownName.among(view, networks.VIEWS, key="view")
        at = self.spec.weeks - 1 if week is None else week
        if isinstance(at, bool) or not isinstance(at, numbers.Integral):
            raise BadType(key="week", given=at, allowed="a whole number")
        if not 0 <= at < self.spec.weeks:
            raise OutOfRange(key="week", given=at, allowed=f"0 to {self.spec.weeks - 1}")
        if kind in networks.OF_PEOPLE:
            individuals.refuse(self.spec.scenario, f'A network of kind "{kind}"')
        found = networks.network(self._at(int(at) + 1), kind, int(at), view)
        nodes, edges = (individuals.discreet(self.spec.scenario, frame) for frame in (found.nodes, found.edges))
        gone = set(found.nodes["id"]) - set(nodes["id"])
        kept = ~(edges["source"].isin(list(gone)) | edges["target"].isin(list(gone)))
        edges = edges.loc[kept.to_numpy(dtype=bool)].reset_index(drop=True)
        self.support.picture("cooperation" if kind == "cooperation" else "network", nodes, edges)
        return replace(found, nodes=nodes, edges=edges)

    def investigations(self) -> dict[str, networks.Network]:
        """The chart that an operation against each mapped drug business would draw at the end, by that business."""
        individuals.refuse(self.spec.scenario, "Run.investigations")
        from simulation.experiments.investigated import investigations

        charts = investigations(self._at(self.spec.weeks), self.spec.weeks - 1)
        for chart in charts.values():
            self.support.picture("charts", chart.nodes, chart.edges)
        return charts

    def draws(self, stream: str) -> pd.DataFrame:
        """The random numbers of a stream for everyone there is at the end, week by week: columns week, id, u0 to u3."""
        individuals.refuse(self.spec.scenario, "Run.draws")
        from simulation.chance.draws import make_key, uniforms
        from simulation.chance.streams import TABLE

        streams = {entry.name.lower(): entry.number for entry in TABLE}
        name = stream.lower() if isinstance(stream, str) else stream
        if name not in list(streams):
            raise UnknownName.among(name, streams, key="stream")
        key = make_key(self.spec.seed, self.spec.replicate)
        state = self._at(self.spec.weeks)
        identities = [one for column in (state.person.id, state.business.id, state.outlet.id) for one in column if one]
        rows = [
            (week, f"{int(one):016x}", *uniforms(key, one, week, streams[name], 0, np.uint64(0)))
            for week in range(self.spec.weeks)
            for one in identities
        ]
        return pd.DataFrame(rows, columns=["week", "id", "u0", "u1", "u2", "u3"])

    def _year(self, year: int) -> tuple[int, int]:
        """First and last week of a year of the run."""
        if isinstance(year, bool) or not isinstance(year, numbers.Integral):
            raise BadType(key="year", given=year, allowed="a whole number")
        first, last = year * WEEKS_A_YEAR, min((year + 1) * WEEKS_A_YEAR, self.spec.weeks) - 1
        if not 0 <= first <= last:
            raise OutOfRange(key="year", given=year, allowed=f"0 to {(self.spec.weeks - 1) // WEEKS_A_YEAR}")
        return first, last

    @property
    def _places(self) -> list[str]:
        return [str(locality["id"]) for locality in self.result.localities]

    @property
    def _markets(self) -> list[str]:
        from simulation.world.constants import chain_markets

        return [market.id for market in chain_markets(self.spec.scenario)]

    def _by_locality(self) -> pd.DataFrame:
        place = np.asarray(self.result.place, dtype=np.float64)
        names = [str(getattr(measure, "id", measure)) for measure in self.result.place_measures]
        index = pd.MultiIndex.from_product(
            [range(place.shape[0]), self._places, names], names=["week", "id", "measure"]
        )
        return pd.DataFrame({"value": place.reshape(-1)}, index=index).reset_index()

    def _weeks(self) -> Iterator[tuple[int, State]]:
        """The world after each week, lived again. The columns are reused: take what is wanted before going on."""
        from simulation.world.run import start_engine

        engine = start_engine(self.spec)
        for week in range(self.spec.weeks):
            engine.run(1)
            yield week, engine.state

    def _at(self, weeks: int) -> State:
        """The world after so many weeks."""
        if weeks == self.spec.weeks and self.result.engine is not None:
            return self.result.engine.state
        from simulation.world.run import start_engine

        engine = start_engine(self.spec)
        engine.run(weeks)
        return engine.state
