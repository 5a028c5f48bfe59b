"""A designed comparison is carried out, from the first run to the table."""

from __future__ import annotations

import numbers
import os
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final

from simulation.errors import BadType, OutOfRange, UnknownName
from simulation.experiments.comparison import Comparison
from simulation.experiments.executors import EXECUTORS, imap
from simulation.experiments.gathering import Gathering
from simulation.experiments.markets import MarketMeasure, market_measures
from simulation.experiments.model import execute, prepare
from simulation.experiments.recent import RECENT
from simulation.experiments.repeated import Repeated
from simulation.experiments.runner import Batch
from simulation.experiments.spec import Design
from simulation.measures.catalogue import MEASURES
from simulation.schema import Measure, Scenario
from simulation.store.identity import model_version, spec_hash
from simulation.store.store import Store
from simulation.world.standing_in import read_columns

MOST_WORKERS: Final = 1024


def comparing(
    design: Design,
    *,
    store: str | os.PathLike[str] | None = None,
    executor: str = "threads",
    workers: int | None = None,
    detail: bool = False,
    recent: bool = False,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Comparing:
    """The comparison of a design in the model itself; with `recent`, runs done lately in this process are taken as they were."""
    if executor not in EXECUTORS:
        raise UnknownName.among(executor, EXECUTORS, key="executor")
    if workers is not None:
        if isinstance(workers, bool) or not isinstance(workers, numbers.Integral):
            raise BadType(key="workers", given=workers, allowed="a whole number")
        if not 1 <= workers <= MOST_WORKERS:
            raise OutOfRange(key="workers", given=workers, allowed=f"1 to {MOST_WORKERS}")

    kept = Store.create(Path(store)) if store is not None else None
    markets = market_measures(design.scenario)
    batch = Batch(
        execute, (*MEASURES, *markets), kept, executor, workers, detail, progress, cancel,
        recent=RECENT if recent else None, ready=partial(_still_there, design.scenario),
    )  # fmt: skip
    return Comparing(design, MEASURES, batch, markets)


def _still_there(scenario: Scenario) -> None:
    """Raise what reading them would where the columns of an imported scenario are gone: it was forgotten meanwhile."""
    if scenario.imported is not None:
        read_columns(scenario.imported)


class Comparing:
    """A comparison under way: `run` carries it out, `so_far` reads it off at any moment, from any thread."""

    def __init__(
        self, design: Design, measures: tuple[Measure, ...], batch: Batch, markets: tuple[MarketMeasure, ...] = ()
    ) -> None:
        self.design = design
        self.measures = measures
        self.markets = markets
        self.batch = batch
        names = [m.id for m in measures]
        self.runs = Gathering(list(design.arms), names, design.weeks, design.replicates, markets)
        self._begun = time.perf_counter()

    def run(self, seen: Callable[[], None] | None = None) -> Comparison:
        """Do every run that is not yet done; `seen` is called after each. Raises Cancelled when stopped."""
        if self.batch.executor == "processes" and self.batch.execute is execute:
            # on a thread, so that a stop is heard while compiled code is being made
            for _ in imap(prepare, [None], executor="threads", workers=1, cancel=self.batch.cancel):
                pass
        with closing(self.batch.run(self.design.groups(), self.design.total)) as records:
            for record in records:
                self.runs.add(record)
                if seen is not None:
                    seen()
        return self.so_far()

    def repeated(self) -> Repeated:
        """The finished runs of the first arm by themselves."""
        design = self.design
        return Repeated(
            preset=design.scenario.id,
            plan=design.baseline,
            weeks=design.weeks,
            replicates=design.replicates,
            seed=design.seed,
            measures=self.measures,
            model_version=self.batch.model or model_version(),
            spec_hash=design_hash(design),
            runs=self.runs.snapshot(),
            elapsed_s=time.perf_counter() - self._begun,
            budget=design.arms[design.baseline].plan.budget,
            market_measures=self.markets,
            departs=departs(design),
        )

    def so_far(self) -> Comparison:
        """The comparison as the finished runs give it."""
        design = self.design
        return Comparison(
            preset=design.scenario.id,
            weeks=design.weeks,
            replicates=design.replicates,
            seed=design.seed,
            baseline=design.baseline,
            plans=design.plans,
            measures=self.measures,
            model_version=self.batch.model or model_version(),
            spec_hash=design_hash(design),
            runs=self.runs.snapshot(),
            elapsed_s=time.perf_counter() - self._begun,
            notes=design.warnings,
            budgets={name: spec.plan.budget for name, spec in design.arms.items()},
            asked={name: spec.plan for name, spec in design.arms.items()},
            market_measures=self.markets,
            ensemble=design.ensemble,
            dealt=tuple(map(design.draw, range(design.replicates))) if design.ensemble is not None else (),
            departs=departs(design),
        )


def departs(design: Design) -> bool:
    """Whether any arm is another world than the findings were tried on."""
    return any(spec.ablate or spec.parameters for spec in design.arms.values())


def design_hash(design: Design) -> str:
    """The name of the whole question: all arms, all replicates, all draws."""
    return spec_hash(
        {
            "arms": {name: spec_hash(spec) for name, spec in design.arms.items()},
            "baseline": design.baseline,
            "replicates": design.replicates,
            "draws": [design.ensemble.draws[at] for at in design.dealt] if design.ensemble is not None else [],
        }
    )
