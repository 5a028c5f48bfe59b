"""Criminal markets: a commodity passes down a chain of tiers, or a broker assembles specialists for a job."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from simulation.schema.base import Frozen, Many, Name, Text, Title, fault
from simulation.schema.quantity import Quantity

MOST_SLOTS = 8  # people that one job can need
LEAST_TIERS = 2
LEVELS = (0, 1, 2, 3)  # of a chain, from source to street; a short one leaves out levels in its middle


class Tier(Frozen):
    """One level of a commodity chain: what it takes to run a business there, and what it earns."""

    title: Title
    intended: Quantity
    """How many businesses (for the last tier: outlets' owners) live at this level in equilibrium."""
    outlets: Quantity
    """Outlets a business runs on average."""
    staff: Quantity
    """People an outlet employs beside whoever leads it."""
    cover: Quantity
    """Weeks of forecast sales held in stock."""
    lead: Quantity
    """Weeks between order and delivery."""
    mark_up: Quantity | None = None
    """Share added to the cost of goods; absent for the last tier, whose margin the street price sets."""
    start_cost: Quantity
    """What a pure gram costs this tier at the start."""
    start_price: Quantity | None = None
    """What this tier asks for a pure gram at the start; absent for the last tier."""
    overhead: Quantity
    required_profit: Quantity
    throughput: Quantity
    """Pure grams a week each head of staff (and the business itself) can pass on."""
    working_capital: Quantity
    interdiction: Quantity
    """Chance that a shipment bought by this tier is seized on the way."""


class Retail(Frozen):
    """How the drug is sold on the street, and how those who use it respond."""

    street_price: Quantity
    """Pounds a street gram, as sold."""
    margin: Quantity
    """Share of the street price the seller means to keep after paying for the goods."""
    purity_least: Quantity
    purity_most: Quantity
    purity_start: Quantity
    demand: Quantity
    """Pure grams a dependent user buys in a week at the starting price."""
    elasticity_short: Quantity
    elasticity_long: Quantity
    customers: Quantity | None = None
    """Share of residents who buy; without it those who buy are the place's dependent users."""
    delivered: Quantity
    """Share of those with no seller near who travel or have it brought."""
    acquisitive_share: Quantity
    """Part of users' spending that is paid for by acquisitive crime."""
    nuisance: Quantity
    """How much a unit sold disturbs the street, a gram of hard drugs being 1."""
    turf: Quantity
    """How much sellers fight over ground, sellers of hard drugs being 1."""
    harm: Quantity | None = None
    """Harm that comes with a unit sold and that no crime or dependence counted elsewhere stands for."""


class Skill(Frozen):
    """A specialist a project needs, how many, and how scarce they are."""

    title: Title
    needed: Quantity
    available: Quantity
    share: Quantity
    """Part of the pay-out that goes to each of them."""


class Recipe(Frozen):
    """What a broker must assemble for one job, and what the job pays."""

    skills: dict[Name, Skill]
    brokers: Quantity
    projects: Quantity
    """Projects a broker draws in a week without one in hand."""
    value: Quantity
    """What a job pays when skill and vulnerability are whole; the broker's business keeps what nobody has a share in."""
    success: Quantity
    """Chance that a job succeeds then."""
    crimes: Quantity
    """Crimes in one job."""
    overhead: Quantity
    required_profit: Quantity

    @model_validator(mode="after")
    def _can_be_filled_and_paid(self) -> Self:
        people = sum(skill.needed.whole for skill in self.skills.values())
        if not 1 <= people <= MOST_SLOTS:
            raise fault(
                "out-of-range", "a job needs someone, and not too many", key="skills", given=people,
                allowed=f"1 to {MOST_SLOTS} people",
            )  # fmt: skip
        paid = sum(skill.needed.whole * skill.share.value for skill in self.skills.values())
        if paid > 1.0 + 1e-9:
            raise fault(
                "out-of-range", "the shares of all who do a job come to no more than the whole", key="skills",
                given=paid, allowed="at most 1 in all",
            )  # fmt: skip
        return self


class Market(Frozen):
    """What is sold, and how its production is organised."""

    id: Name
    title: Title
    description: Text = ""
    kind: Literal["commodity-chain", "commissioned-project"]
    commodity: Text
    unit: Title = "gram"
    """What a thousandth of is the smallest amount that changes hands; drugs are counted pure."""
    hard_drug: bool = False
    """Counted in the series of drugs sold, price, purity, seizures and lines; its customers may be dependent."""
    chain: Many[Name] = ()
    """Tiers from source down; empty for commissioned projects."""
    landed_cost: Quantity | None = None
    """What a pure gram costs the first tier, delivered."""
    source_price: Quantity | None = None
    tiers: dict[Name, Tier] = {}
    retail: Retail | None = None
    recipe: Recipe | None = None

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Self:
        if self.kind == "commissioned-project":
            if self.recipe is None:
                raise fault("missing-key", "a commissioned project has a recipe", key="recipe")
            return self
        for key in ("landed_cost", "source_price", "retail"):
            if getattr(self, key) is None:
                raise fault("missing-key", f"a commodity chain has {key}", key=key)
        if not self.chain or sorted(self.chain) != sorted(self.tiers):
            raise fault(
                "conflict",
                "chain must name every tier once, from source down",
                key="chain",
                given=", ".join(self.chain),
                allowed=sorted(self.tiers),
            )
        if not LEAST_TIERS <= len(self.chain) <= len(LEVELS):
            raise fault(
                "out-of-range", "a chain has a source, a street and at most two tiers between them", key="chain",
                given=len(self.chain), allowed=f"{LEAST_TIERS} to {len(LEVELS)} tiers",
            )  # fmt: skip
        for tier in self.chain[:-1]:
            for key in ("mark_up", "start_price"):
                if getattr(self.tiers[tier], key) is None:
                    raise fault("missing-key", f"every tier but the last has {key}", key=f"tiers.{tier}.{key}")
        return self

    def levels(self) -> dict[str, int]:
        """The level of each tier, 0 at the source and 3 on the street; a short chain leaves out the middle ones."""
        first, street = self.chain[0], self.chain[-1]
        middle = dict(zip(reversed(self.chain[1:-1]), reversed(LEVELS[1:-1]), strict=False))
        return {first: LEVELS[0], **{name: middle[name] for name in self.chain[1:-1]}, street: LEVELS[-1]}
