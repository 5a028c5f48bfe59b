"""What only a comparison can say of a plan: where harm went, how far trade fell, whether it was worth it, what tells early."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from simulation.experiments.across import split
from simulation.experiments.displacement import CLEAR, Displacement, quotient, unstated
from simulation.experiments.disruption import WINDOW, Dip, dip
from simulation.experiments.leading import Early, early
from simulation.experiments.paired import better, interval, ratio_of_means
from simulation.measures.observed import OBSERVED
from simulation.policy.intervention import REGISTRY

if TYPE_CHECKING:
    from simulation.experiments.comparison import Comparison

HARM: Final = "harm_gbp"
COST: Final = "plan_cost_gbp"
WHOLE: Final = "whole"
MODEL_PROFITS: Final = {
    "independent": "profit_independent_gbp",
    "franchise": "profit_franchise_gbp",
    "commissioning": "profit_commissioning_gbp",
}
ON_PLATFORMS: Final = ("comms_users", "market_users", "money_users")
LED: Final = "users_of_first_platforms"


@dataclass(frozen=True)
class Stated:
    """A figure of a plan against its baseline, with its interval."""

    value: float
    low: float
    high: float
    probability_better: float
    replicates: int

    @classmethod
    def nothing(cls) -> Stated:
        """What cannot be said."""
        nothing = float("nan")
        return cls(nothing, nothing, nothing, nothing, 0)


def stated(found: Comparison, plan: str) -> dict[str, Stated]:
    """Every figure that only a comparison has, by measure."""
    out = {f"displacement_{kind}": _moved(one) for kind, one in kinds(found, plan).items()}
    if {HARM, COST} <= set(found.runs.measures):
        out |= _worth(found, plan)
    whole = found.disruption[plan].get(WHOLE)
    if whole is not None:
        for name, figure in (("disruption_depth", whole.depth), ("disruption_area", whole.area), ("recovery_weeks", whole.recovery)):  # fmt: skip
            out[name] = Stated(*figure, float("nan"), whole.replicates)
    return out


def _moved(one: Displacement) -> Stated:
    return Stated(one.quotient, one.low, one.high, one.probability_better, one.replicates)


def _worth(found: Comparison, plan: str) -> dict[str, Stated]:
    """Pounds of harm averted for each further pound spent, discounted, where the plan spends more; the one less the other; and
    what a pound averted costs, where harm is averted beyond chance.

    Intervals belong to the figures themselves, since a baseline has none; all are better where benefit exceeds cost.
    """
    averted, spent = -_change(found, plan, HARM), _change(found, plan, COST)
    known = np.isfinite(averted) & np.isfinite(spent)
    averted, spent = averted[known], spent[known]
    if not averted.size:
        return {}
    net = averted - spent
    nothing = float("nan")
    draws = np.asarray(found.dealt)[known] if found.dealt else None
    ratio = _ratio(averted, spent, draws, found.level) if spent.mean() > 0 else (nothing, nothing, nothing)
    out = {
        "net_benefit_gbp": Stated(float(net.mean()), *_spread(net, draws, found.level), better(net, "up"), net.size),
        "benefit_cost_ratio": Stated(*ratio, better(net, "up"), net.size),
    }
    error = float(averted.std(ddof=1)) / averted.size**0.5 if averted.size > 1 else float("inf")
    if averted.mean() > CLEAR * error and spent.mean() > 0:
        out["cost_per_harm_averted"] = Stated(*_ratio(spent, averted, draws, found.level), better(net, "up"), net.size)
    return out


def _ratio(above: np.ndarray, below: np.ndarray, draws: np.ndarray | None, level: float) -> tuple[float, float, float]:
    """A ratio of means with its interval; across an ensemble by what each pair adds to it, to first order."""
    value, low, high = ratio_of_means(above, below, level)
    across = split((above - value * below) / below.mean(), draws, level) if draws is not None else None
    return (value, low, high) if across is None else (value, value + across.low, value + across.high)


def _spread(values: np.ndarray, draws: np.ndarray | None, level: float) -> tuple[float, float]:
    """The interval of a mean; across an ensemble that of parameters and chance."""
    across = split(values, draws, level) if draws is not None else None
    return interval(values, level) if across is None else (across.low, across.high)


def _change(found: Comparison, plan: str, measure: str) -> np.ndarray:
    """The paired difference of every replicate; NaN where either arm has none, or where it is not measured."""
    if measure not in found.runs.measures and measure not in found.runs.markets:
        return np.full(found.replicates, np.nan)
    return found.outcome(plan, measure) - found.outcome(found.baseline, measure)


def kinds(found: Comparison, plan: str) -> dict[str, Displacement]:
    """The displacement quotient of each kind."""
    return {
        "place": found.displacement(plan),
        "market": _by_market(found, plan),
        "model": _by_model(found, plan),
        "platform": _by_platform(found, plan),
        "time": _by_time(found, plan),
        "people": _by_people(found, plan),
    }


def _by_market(found: Comparison, plan: str) -> Displacement:
    """Harm that comes with other markets against that of those the plan names."""
    named = {entry.targets.market for entry in found.asked[plan].entry} if plan in found.asked else {None}
    harms = {one.market: one.id for one in found.market_measures if one.measure == HARM}
    if None in named or not named or set(harms) <= named:
        return unstated("it singles out no market from the others")
    own = sum(
        (_change(found, plan, identity) for market, identity in harms.items() if market in named), start=np.zeros(1)
    )
    rest = sum(
        (_change(found, plan, identity) for market, identity in harms.items() if market not in named), start=np.zeros(1)
    )
    return quotient(own, rest, "the change in the plan's own markets is not clear of chance", found.level)


def _by_model(found: Comparison, plan: str) -> Displacement:
    """Profit of other business models against that of those the plan is made against."""
    import simulation.interventions  # noqa: F401 - importing it puts the cards on the register

    cards = {entry.intervention for entry in found.asked[plan].entry} if plan in found.asked else set()
    models = {REGISTRY[card].card.against if card in REGISTRY else None for card in cards}
    if None in models or not models:
        return unstated("it singles out no business model from the others")
    changes = {model: _change(found, plan, measure) for model, measure in MODEL_PROFITS.items()}
    own = sum((change for model, change in changes.items() if model in models), start=np.zeros(1))
    rest = sum((change for model, change in changes.items() if model not in models), start=np.zeros(1))
    return quotient(own, rest, "the change in the plan's own business model is not clear of chance", found.level)


def _by_platform(found: Comparison, plan: str) -> Displacement:
    """Users of the other platforms against users of those that led in week 0."""
    own = _change(found, plan, LED)
    rest = sum((_change(found, plan, measure) for measure in ON_PLATFORMS), start=np.zeros(1)) - own
    return quotient(own, rest, "the change on the platforms that led is not clear of chance", found.level)


def _by_time(found: Comparison, plan: str) -> Displacement:
    """Harm a week after the plan's last effort against harm a week while it lasted."""
    entries = found.asked[plan].entry if plan in found.asked else ()
    if HARM not in found.runs.measures or not entries or any(entry.end is None for entry in entries):
        return unstated("its efforts do not end")
    first, last = min(entry.start for entry in entries), max(entry.end or 0 for entry in entries)
    until = min(found.weeks, 2 * last - first)
    if until - last < WINDOW:
        return unstated(f"fewer than {WINDOW} weeks are left after its last effort")
    weeks = found.runs.weeks_of(HARM)
    arms = found.runs.arms
    change = weeks[arms.index(plan)] - weeks[arms.index(found.baseline)]
    own, rest = change[:, first:last].mean(axis=1), change[:, last:until].mean(axis=1)
    return quotient(own, rest, "the change while it lasted is not clear of chance", found.level)


def _by_people(found: Comparison, plan: str) -> Displacement:
    """What becomes of the numbers at large beyond those taken into custody, against those taken."""
    own = -_change(found, plan, "prison")
    rest = _change(found, plan, "people_active") - own
    return quotient(own, rest, "the change in custody is not clear of chance", found.level)


def dips(found: Comparison, plan: str) -> dict[str, Dip]:
    """Capacity under a plan beside the baseline's, of the whole and of each market."""
    turnover = _turnover(found)
    arm, base = found.runs.arms.index(plan), found.runs.arms.index(found.baseline)
    out: dict[str, Dip] = {}
    whole: list[np.ndarray] = []
    for market, (amount, takings) in turnover.items():
        weeks = found.runs.weeks_of(amount)
        one = dip(weeks[base], weeks[arm], found.level)
        if one is None:
            continue
        out[market] = one
        usual = np.nansum(weeks[base], axis=1)
        taken = found.outcome(found.baseline, takings)[: usual.size]
        price = np.divide(taken, usual, out=np.zeros(usual.size), where=usual > 0)
        whole.append(weeks[[base, arm]] * price[None, :, None])
    both = sum(whole, start=np.zeros(1)) if whole else None
    every = dip(both[0], both[1], found.level) if both is not None else None
    return {WHOLE: every, **out} if every is not None else {}


def _turnover(found: Comparison) -> Mapping[str, tuple[str, str]]:
    """By market, what it turns over (goods or jobs) and what it takes for them."""
    ids = {one.id for one in found.market_measures}
    out = {}
    for one in found.market_measures:
        if one.measure in ("volume", "projects"):
            takings = f"{'takings' if one.measure == 'volume' else 'project_takings_gbp'}:{one.market}"
            if takings in ids:
                out[one.market] = (one.id, takings)
    return out


def what_tells(found: Comparison, plan: str) -> Early:
    """The observed series of a plan and its baseline, against whether harm was averted."""
    runs = found.runs
    if HARM not in runs.measures:
        return Early("none", 0, 0, (), "harm is not measured")
    arm, base = runs.arms.index(plan), runs.arms.index(found.baseline)
    averted = -_change(found, plan, HARM)[: runs.kept]
    weeks = {name: runs.weeks_of(name) for name in OBSERVED if name in runs.measures}
    return early(averted, {name: (each[base], each[arm]) for name, each in weeks.items()}, found.level)
