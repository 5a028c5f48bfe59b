"""A designed comparison is carried out, from the first run to the table."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing

from simulation.experiments.comparison import Comparison
from simulation.experiments.gathering import Gathering
from simulation.experiments.runner import Batch
from simulation.experiments.spec import Design
from simulation.schema import Measure
from simulation.store.identity import model_version, spec_hash


class Comparing:
    """A comparison under way: `run` carries it out, `so_far` reads it off at any moment, from any thread."""

    def __init__(self, design: Design, measures: tuple[Measure, ...], batch: Batch) -> None:
        self.design = design
        self.measures = measures
        self.batch = batch
        self.runs = Gathering(list(design.arms), [m.id for m in measures], design.weeks, design.replicates)
        self._begun = time.perf_counter()

    def run(self, seen: Callable[[], None] | None = None) -> Comparison:
        """Do every run that is not yet done; `seen` is called after each. Raises Cancelled when stopped."""
        with closing(self.batch.run(self.design.groups(), self.design.total)) as records:
            for record in records:
                self.runs.add(record)
                if seen is not None:
                    seen()
        return self.so_far()

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
        )


def design_hash(design: Design) -> str:
    """The name of the whole question: all arms, all replicates, all draws."""
    return spec_hash(
        {
            "arms": {name: spec_hash(spec) for name, spec in design.arms.items()},
            "baseline": design.baseline,
            "replicates": design.replicates,
            "draws": list(design.draws),
        }
    )
