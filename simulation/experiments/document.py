"""A comparison as a document: every figure with its interval, its unit, and whether it is validated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.experiments import markets, robust
from simulation.experiments.disruption import MAPPING
from simulation.experiments.plain import null, plain

if TYPE_CHECKING:
    from simulation.experiments.comparison import Comparison


def document(found: Comparison) -> dict[str, Any]:
    """What `compare --json` prints; a figure that cannot be stated is null."""
    support = found.support
    return {
        **({"ensemble": robust.document(found)} if found.ensemble is not None else {}),
        "preset": found.preset,
        "weeks": found.weeks,
        "replicates": found.replicates,
        "seed": found.seed,
        "baseline": found.baseline,
        "model_version": found.model_version,
        "spec_hash": found.spec_hash,
        "plans": {
            plan: {
                "outcomes": _outcomes(found, plan),
                "markets": _by_market(found, plan),
                "displacement": {
                    kind: {**plain(vars(one)), "validated": support.validated(f"displacement_{kind}")}
                    for kind, one in found.displacements(plan).items()
                },
                "disruption": {
                    where: {**one.to_dict(), "validated": support.validated("disruption_depth")}
                    for where, one in found.disruption[plan].items()
                },
                "early": {**found.early[plan].to_dict(), "validated": support.validated("early")},
                "cost": {**plain(found.costs(plan)), "validated": support.validated("plan_cost_gbp")},
            }
            for plan in found.plans
        },
        "variance_ratio": found.variance_ratio,
        "disruption_classes": MAPPING,
        "unvalidated": support.unvalidated(),
        "warnings": found.warnings,
        "elapsed_s": round(found.elapsed_s, 3),
    }


def _outcomes(found: Comparison, plan: str) -> dict[str, dict[str, Any]]:
    return {
        row["measure"]: {
            "baseline": null(row["baseline"]),
            "plan": null(row["value"]),
            "difference": null(row["difference"]),
            "low": null(row["low"]),
            "high": null(row["high"]),
            "probability_better": null(row["probability_better"]),
            "unit": row["unit"],
            "validated": row["validated"],
        }
        for row in found.table.to_dict("records")
        if row["plan"] == plan
    }


def _by_market(found: Comparison, plan: str) -> dict[str, Any]:
    rows = [row for row in found.markets.to_dict("records") if row["plan"] == plan]
    same = ("baseline", "difference", "low", "high", "probability_better", "unit", "validated")
    return plain(markets.nested(rows, {"plan": "value", **dict(zip(same, same, strict=True))}))
