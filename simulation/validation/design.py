"""An experiment's arms become runs; variants of it (an ablation, a control, nothing done) become arms of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from simulation.errors import UnknownName
from simulation.measures.catalogue import INDEX, PLACE_MEASURES
from simulation.schema import Plan, RunSpec, Scenario, Shock, build_spec, load_mechanisms, load_plan, load_scenario
from simulation.schema.overlay import overlaid
from simulation.validation.experiment import Arm, Condition, Estimate, Experiment
from simulation.validation.observing import PRODUCTS, SEEN, TRADED
from simulation.validation.plan_probes import OF_A_PLAN
from simulation.validation.probes import PROBES
from simulation.world.shocks import BLOWS

NOTHING = Condition(text="")


@dataclass(frozen=True)
class Laid:
    """Arms ready to run, at replicate 0."""

    specs: dict[str, RunSpec]
    places: tuple[str, ...]
    probes: tuple[str, ...]


def lay_out(experiment: Experiment, variant: Condition = NOTHING, *, nothing_done: bool = False, seed: int = 1) -> Laid:
    """The arms that the estimates of an experiment read, under a variant of it.

    `nothing_done` puts every dose and shock to none: the placebo. Raises SpannerError.
    """
    estimates = wanted(experiment, variant, nothing_done)
    names = dict.fromkeys(name for estimate in estimates for name in estimate.named)
    table = overlaid({**experiment.scenario, "preset": variant.preset or experiment.preset}, variant.scenario)
    scenario = load_scenario(table)
    specs = {}
    for name in names:
        arm = resolved(experiment, variant, name)
        specs[name] = specify(experiment, variant, arm, name, scenario, nothing_done, seed)
    places, probes = read_by(estimates)
    return Laid(specs, places, probes)


def wanted(experiment: Experiment, variant: Condition, nothing_done: bool) -> list[Estimate]:
    """Every estimate that is worked out under a variant."""
    if variant is not NOTHING:
        return [variant.estimate or experiment.estimate]
    if nothing_done:
        return [experiment.estimate]
    own = [condition.estimate for condition in experiment.also if not departs(condition)]
    return [experiment.estimate, *(estimate for estimate in own if estimate is not None)]


def departs(condition: Condition) -> bool:
    """Whether a condition needs runs of its own."""
    return bool(condition.ablate or condition.parameters or condition.scenario or condition.arms or condition.preset)


def resolved(experiment: Experiment, variant: Condition, name: str) -> Arm:
    """An arm as the variant has it, with what it takes from the arm it is like."""
    arm = variant.arms.get(name, experiment.arms[name])
    if arm.like is None:
        return arm
    base = resolved(experiment, variant, arm.like)
    changes: dict[str, Any] = {"like": None}
    for field in ("plan", "dose"):
        if getattr(arm, field) is None:
            changes[field] = getattr(base, field)
    changes["shocks"] = arm.shocks or base.shocks
    changes["ablate"] = (*base.ablate, *arm.ablate)
    changes["parameters"] = {**base.parameters, **arm.parameters}
    return arm.model_copy(update=changes)


def specify(
    experiment: Experiment, variant: Condition, arm: Arm, name: str, scenario: Scenario, nothing_done: bool, seed: int
) -> RunSpec:
    """One arm as a run."""
    table = arm.plan if arm.plan is not None else "do-as-now"
    plan = load_plan({"id": name, "title": name, **table} if isinstance(table, dict) else table)
    dose = 0.0 if nothing_done else arm.dose
    if dose is not None:
        plan = plan.model_copy(update={"entry": with_dose(plan, dose)})
    shocks = [none_of(shock) for shock in arm.shocks] if nothing_done else arm.shocks
    return build_spec(
        scenario.model_copy(update={"shocks": (*scenario.shocks, *shocks)}),
        plan,
        weeks=experiment.weeks,
        seed=seed,
        ablate=sorted({*experiment.ablate, *variant.ablate, *arm.ablate}),
        parameters={**experiment.parameters, **variant.parameters, **arm.parameters},
        mechanisms=tuple(load_mechanisms()),
    )


def with_dose(plan: Plan, dose: float) -> tuple[Any, ...]:
    """The entries of a plan, each at this dose instead of its own."""
    return tuple(entry.model_copy(update={"dose": dose}) for entry in plan.entry)


def none_of(shock: Shock) -> Shock:
    """The same shock, doing nothing."""
    return shock.model_copy(update={"size": 0.0 if shock.kind in BLOWS or shock.kind == "input-removal" else 1.0})


def read_by(estimates: Sequence[Estimate]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Place measures and probes that the estimates need. Raises UnknownName."""
    places: set[str] = set()
    probes: set[str] = set()
    read = [(estimate.measure, estimate.scope) for estimate in estimates]
    read += [(estimate.other, estimate.other_scope) for estimate in estimates if estimate.other is not None]
    for measure, scope in read:
        if scope != "world" or measure in SEEN:
            if measure not in PLACE_MEASURES and measure not in SEEN:
                raise UnknownName.among(measure, [*PLACE_MEASURES, *SEEN], key="measure")
            places.add(measure)
        elif measure in PROBES or measure in OF_A_PLAN:
            probes.add(measure)
        elif ":" in measure:
            traded, _, _ = measure.partition(":")
            if traded not in TRADED:
                raise UnknownName.among(traded, TRADED, key="measure")
        elif measure not in INDEX and measure not in PRODUCTS:
            raise UnknownName.among(measure, [*INDEX, *PROBES, *OF_A_PLAN, *PRODUCTS, *SEEN], key="measure")
    return tuple(sorted(places)), tuple(sorted(probes))
