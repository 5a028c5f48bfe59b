"""Scenarios: a place, its people, its criminal businesses and the agencies that face them, before week 0."""

from __future__ import annotations

from typing import Any, Final, Literal, Self, get_args

from pydantic import Field, model_validator

from simulation.schema.area import Area, check_named, first_seen, grounds
from simulation.schema.base import Frozen, Many, Name, Share, Text, Title, fault
from simulation.schema.imported import Imported
from simulation.schema.market import Market
from simulation.schema.quantity import Quantity
from simulation.schema.route import Routes
from simulation.schema.shock import Shock

Resource = Literal[
    "investigators", "surveillance", "financial-investigators", "digital-analysts", "neighbourhood", "partnership",
    "covert",
]  # fmt: skip
RESOURCES: Final[tuple[str, ...]] = get_args(Resource)
Activity = Literal[
    "reactive", "proactive-street", "investigations", "financial", "border", "neighbourhood", "prevention",
    "partnership",
]  # fmt: skip
ACTIVITIES: Final[tuple[str, ...]] = get_args(Activity)


class KnownPlace(Frozen):
    """What is known of one locality."""

    residents: int = Field(ge=100, le=20_000_000)
    deprivation: Share | None = None


class Places(Frozen):
    """How the ground is laid out: localities of the force, importing towns outside it, the rest of the world as one.

    Localities are drawn from these quantities: sizes lognormal, deprivation between 0 and 1 and alike among neighbours.
    """

    names: Many[Title]
    """Synthetic names, used in this order: those of the force, the importing towns, then the outside."""
    force: Quantity
    importing: Quantity
    outside: Quantity
    rows: Quantity
    columns: Quantity
    cell: Quantity
    """Kilometres between the middles of neighbouring cells."""
    residents: Quantity
    """Mean residents of a locality of the force."""
    residents_spread: Quantity
    """Standard deviation of the logarithm of residents."""
    importing_residents: Quantity
    importing_distance: Quantity
    outside_residents: Quantity
    deprivation: Quantity
    deprivation_spread: Quantity
    deprivation_correlation: Quantity
    """Correlation of deprivation between neighbouring cells."""
    known: dict[Title, KnownPlace] = {}
    """Localities of the force of which more is known, by name: what is said here is not drawn."""
    first: Many[Title] = ()
    second: Many[Title] = ()
    """Parts that names are made of where areas need more than are listed."""
    tile: Quantity | None = None
    """Kilometres between the middles of neighbouring tiles, where a scenario has areas."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        needed = self.force.whole + self.importing.whole + self.outside.whole
        if self.force.whole < 1:
            raise fault(
                "out-of-range",
                "a scenario has at least one locality",
                key="force.value",
                given=self.force.value,
                allowed="1 or more",
            )
        if len(set(self.names)) < len(self.names):
            raise fault("conflict", "two localities have the same name", key="names")
        if len(self.names) < needed:
            raise fault(
                "out-of-range",
                f"{needed} localities need as many names",
                key="names",
                given=len(self.names),
                allowed=f"{needed} or more",
            )
        if self.rows.whole * self.columns.whole < self.force.whole:
            raise fault(
                "out-of-range",
                f"{self.force.whole} localities do not fit on the grid",
                key="rows",
                given=f"{self.rows.whole} x {self.columns.whole}",
                allowed=f"{self.force.whole} cells or more",
            )
        return self


class Community(Frozen):
    """The people of the place before week 0, and how they stand to crime and police."""

    mapped: Quantity
    """People in crime whom the police know of."""
    involved: Quantity
    """All people in crime, known or not."""
    under_18: Quantity
    aged_18_24: Quantity
    at_risk: Quantity
    """Share of residents in the pool recruits come from, at mean deprivation."""
    dependent_users: Quantity
    users_gradient: Quantity
    """How much denser users are at deprivation 1 than at 0, as a factor."""
    resilience: Quantity
    confidence: Quantity
    fear: Quantity
    scale: Quantity | None = None
    """Businesses, brokers and freelances against those of the market files, which are for one urban force."""


class Agency(Frozen):
    """Who acts: where it has authority, what it can spend in hours, and how often it decides."""

    title: Title
    level: Literal["local", "regional", "national"]
    holder: Name
    tasking_weeks: Quantity
    tasking_offset: Quantity
    hours: dict[Resource, Quantity]
    portfolio: dict[Resource, dict[Activity, Quantity]] = {}
    """Where it departs from the scenario's portfolio."""
    of: Name | None = None
    """The agencies it is one of: an entry for these is for it in its own places."""
    force: Name | None = None
    region: Name | None = None


class Courts(Frozen):
    """The queue behind an arrest."""

    open_cases: Quantity
    over_one_year: Quantity
    completions: Quantity
    """Cases completed in a week."""
    organised_crime: Quantity
    """Part of the open cases and completions that belongs to organised crime."""


class Portfolio(Frozen):
    """What agencies do with their hours today: by resource, the share that goes to each activity."""

    id: Name
    title: Title
    description: Text = ""
    shares: dict[Resource, dict[Activity, Quantity]]

    @model_validator(mode="after")
    def _is_spent_once(self) -> Self:
        for resource, shares in self.shares.items():
            total = sum(quantity.value for quantity in shares.values())
            if abs(total - 1.0) > 1e-6:
                raise fault(
                    "out-of-range",
                    f"the shares of {resource} add up to {total:g}",
                    key=f"shares.{resource}",
                    given=round(total, 6),
                    allowed="a sum of 1",
                )
        return self


class PopulationOverrides(Frozen):
    """Departures from the preset's population, for experiments from outside; what is absent stays as it was."""

    localities: int | None = Field(default=None, ge=1, le=1000)
    people: int | None = Field(default=None, ge=0, le=200_000)
    groups: int | None = Field(default=None, ge=1, le=20_000)
    group_size_spread: float | None = Field(default=None, ge=0.0, le=3.0)
    """Standard deviation of the logarithm of group size."""
    rivalry: Share | None = None
    """Share of pairs of groups that are rivals."""
    closed: bool | None = None
    """No entry from outside; members grow by recruitment in proportion to a group's size."""
    tiers: dict[Name, int] = {}
    """Businesses by tier."""
    platforms: int | None = Field(default=None, ge=0, le=1000)
    input_firms: int | None = Field(default=None, ge=1, le=10_000)
    route_nodes: int | None = Field(default=None, ge=1, le=10_000)
    tie_transfer: Share | None = None
    """Share of a removed person's ties that the successor is given, instead of what emerges."""
    monitored_people: int = Field(default=0, ge=0, le=10_000)
    """People added whose every hazard is zero: they watch and are never touched."""

    @model_validator(mode="after")
    def _has_whole_tiers(self) -> Self:
        for name, number in self.tiers.items():
            if not 0 <= number <= 20_000:
                raise fault(
                    "out-of-range",
                    "the number of businesses of a tier",
                    key=f"tiers.{name}",
                    given=number,
                    allowed="0 to 20000",
                )
        return self


class Scenario(Frozen):
    """Where a run begins. After loading it holds its markets and portfolio whole, so that it says everything itself."""

    id: Name
    title: Title
    description: Text = ""
    preset: Name
    """The preset this scenario is, or was made from."""
    question: Text = ""
    """What a case puts to those who plan; presets ask nothing."""
    sources: Many[Name] = ()
    """Publications a case rests on, keys of sources.toml."""
    plans: Many[Name] = ()
    """Plans that a case compares where nobody says others."""
    places: Places
    areas: dict[Name, Area] = {}
    """Ground of several forces, in the order of its localities; without it all of it is one force's."""
    community: Community
    markets: dict[Name, Market]
    agencies: dict[Name, Agency]
    portfolio: Portfolio
    courts: Courts
    routes: Routes = Routes()
    """Ways in; after loading those of `scenarios/routes`, with what the scenario adds."""
    platforms: dict[Name, Quantity] = {}
    """Platforms by kind, and how many there are of each."""
    population: PopulationOverrides = PopulationOverrides()
    shocks: Many[Shock] = ()
    parameters: dict[str, float] = {}
    """Parameter ids and the values they take here."""
    imported: Imported | None = None
    """Groups and people of a mapping, or groups of a profile, that stand in for simulated ones at week 0."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for resource in {r for agency in self.agencies.values() for r in agency.hours} - set(self.portfolio.shares):
            raise fault("missing-key", f"the portfolio says nothing of {resource}", key=f"portfolio.shares.{resource}")
        known = {tier for market in self.markets.values() for tier in market.tiers}
        for name in self.population.tiers:
            if name not in known:
                raise fault(
                    "unknown-name",
                    f'"{name}" is not a tier of any market here',
                    key=f"population.tiers.{name}",
                    given=name,
                    allowed=sorted(known),
                )
        for name, agency in self.agencies.items():
            check_named(self.areas, name, agency.force, agency.region)
        return self

    @property
    def forces(self) -> tuple[str, ...]:
        """The forces of its areas; none where one force has it all."""
        return first_seen(area.force for area in self.areas.values())

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions of its areas."""
        return first_seen(area.region for area in self.areas.values())

    def grounds(self) -> dict[str, tuple[int, ...]]:
        """The rows of localities that each area, force and region stands for, by its name."""
        return grounds(self.areas)

    def members(self, agency: str) -> tuple[str, ...]:
        """The agencies that a plan means by a name: the one of that name, or all that are of it."""
        return (agency,) if agency in self.agencies else tuple(n for n, a in self.agencies.items() if a.of == agency)

    @property
    def groups(self) -> tuple[str, ...]:
        """Names that stand for several agencies."""
        return first_seen(agency.of for agency in self.agencies.values() if agency.of is not None)

    def intended(self, market: str, tier: str) -> int:
        """How many businesses the tier starts with: the override if there is one, else the market's own number."""
        override = self.population.tiers.get(tier)
        return override if override is not None else self.markets[market].tiers[tier].intended.whole

    def hours(self, agency: str, resource: str) -> float:
        """Hours a week the agency has of the resource."""
        found: Any = self.agencies[agency].hours.get(resource)  # type: ignore[call-overload]
        return found.value if found is not None else 0.0

    def share(self, agency: str, resource: str, activity: str) -> float:
        """The share of an agency's hours of a resource that goes to an activity under do-as-now."""
        own: Any = self.agencies[agency].portfolio.get(resource)  # type: ignore[call-overload]
        shares: Any = own if own is not None else self.portfolio.shares[resource]  # type: ignore[index]
        return shares[activity].value if activity in shares else 0.0
