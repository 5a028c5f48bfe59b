"""Results in words and figures for a reader: headline measures, intervals, chances on the PHIA yardstick."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from simulation.cli.output import NONE, chance, figure, interval, say, table, unvalidated

if TYPE_CHECKING:
    from simulation.experiments.comparison import Comparison
    from simulation.experiments.repeated import Repeated

HEADLINES: Final = (
    "harm_gbp", "illegal_profit_gbp", "public_concern", "businesses_active", "people_active", "drug_volume_pure_kg",
    "violence_true", "trades_refused_share", "recruits_under_18", "confidence", "arrests", "retaliation_violence",
    "user_harm", "intrusion", "contact_ratio", "under_18_charged", "plan_cost_gbp", "net_benefit_gbp", "benefit_cost_ratio",
    "disruption_depth", "displacement_place", "displacement_people",
)  # fmt: skip
HARM: Final = "harm_gbp"
SOLD: Final = ("takings", "project_takings_gbp")  # what users spend on goods, or crews take


def show_run(found: Repeated, folder: Path) -> None:
    """What the replicates of one plan come to."""
    labels = {measure.id: measure.label for measure in found.measures}
    rows = [
        [labels[row["measure"]] + unvalidated(row["validated"]), figure(row["mean"], row["unit"]), interval(row["low"], row["high"], row["unit"]),
         interval(row["q05"], row["q95"], row["unit"])]
        for row in found.table.to_dict("records")
        if row["measure"] in HEADLINES and row["replicates"]
    ]  # fmt: skip
    title = f"{found.plan} in {found.preset}: {found.weeks} weeks, {_many(found.replicates, 'replicate')}"
    table(title, ["over the whole run", "mean", "90 % interval of the mean", "nine runs in ten"], rows)
    _show_markets(found)
    for warning in found.warnings:
        say(warning)
    _legend(found)
    say(f"Kept in {folder}.")


def show_comparison(found: Comparison, folder: Path, *, every: bool) -> None:
    """What each plan changes, a table a plan; across an ensemble, first whether it is robust which is best."""
    said = _show_robustness(found)
    measures = {measure.id: measure for measure in found.measures}
    for plan in found.plans:
        rows = [
            [measures[row["measure"]].label + unvalidated(row["validated"]), *_cells(row)]
            for row in found.table.to_dict("records")
            if row["plan"] == plan and row["replicates"] and (every or row["measure"] in HEADLINES)
        ]
        title = (
            f"{plan} against {found.baseline} in {found.preset}: {found.weeks} weeks, {_many(found.replicates, 'pair')}"
        )
        table(title, ["", "baseline", "plan", "difference", "90 % interval", "better than the baseline"], rows)
        _show_changes(found, plan)
        _show_consequences(found, plan)
        _show_cost(plan, found.costs(plan), unvalidated(found.support.validated("plan_cost_gbp")))
    for warning in found.warnings:
        if warning not in said:
            say(warning)
    _legend(found)
    say(f"Harm and cost are discounted at 3.5 % a year. Kept in {folder}.")


def _legend(found: Comparison | Repeated) -> None:
    """What the label says, where any figure carries it."""
    if found.support.unvalidated():
        say(
            "Unvalidated: no published finding that tries what makes it passed on this version (spanner measures says why)."
        )


def _show_robustness(found: Comparison) -> list[str]:
    """Which plan is best across an ensemble, how surely, and how much of the doubt more runs would take away."""
    if found.ensemble is None:
        return []
    told = found.to_dict()["ensemble"]
    rows = [
        [row["plan"], chance(row["best"]),
         figure((told["uncertainty"].get(row["plan"], {}).get(HARM) or {}).get("parameter_share"), "share")]
        for row in told["rankings"].get(HARM, [])
    ]  # fmt: skip
    label = unvalidated(found.support.validated(HARM))
    table(
        "\n".join(told["answer"]) + label, [f"least harm{label}", "best of all", "of the doubt, from parameters"], rows
    )
    return told["answer"]


def _show_markets(found: Repeated) -> None:
    """Harm and sales of each market."""
    rows = [
        [title + _label(both), *[text for row in both for text in _level(row)]]
        for title, both in _by_market(found.markets.to_dict("records"))
    ]
    if rows:
        head = ["", "harm", "90 % interval of the mean", "sold or taken", "90 % interval of the mean"]
        table("market by market, GBP", head, rows)


def _show_changes(found: Comparison, plan: str) -> None:
    """What a plan changes in each market."""
    rows = [
        [title + _label(both), *[text for row in both for text in _change(row)]]
        for title, both in _by_market([row for row in found.markets.to_dict("records") if row["plan"] == plan])
    ]
    if rows:
        head = ["", "harm, difference", "90 % interval", "sold or taken, difference", "90 % interval"]
        table(f"{plan} against {found.baseline}, market by market, GBP", head, rows)


def _show_consequences(found: Comparison, plan: str) -> None:
    """How deep the dip of the whole is, where it goes, and what would be seen first if the plan works."""
    support = found.support
    whole = found.disruption[plan].get("whole")
    if whole is not None:
        say(
            f"Disruption by {plan}: {whole.kind} ({100 * whole.shares[whole.kind]:.0f} % of pairs), {100 * whole.depth[0]:.0f} % down at the "
            f"lowest, {whole.area[0]:.1f} weeks of trade lost (classes are this model's mapping)"
            f"{unvalidated(support.validated('disruption_depth'))}."
        )
    moved = [
        f"{kind} {one.quotient:.2f} ({one.low:.2f} to {one.high:.2f}){unvalidated(support.validated(f'displacement_{kind}'))}"
        for kind, one in found.displacements(plan).items()
        if not one.reason
    ]
    if moved:
        say(f"Displacement by {plan} (-1: all of it moved, 0: none): {', '.join(moved)}.")
    labels = {measure.id: measure.label for measure in found.measures}
    told = next((one for one in found.early[plan].series if one.week is not None), None)
    if told is not None:
        way = "higher" if told.direction == "up" else "lower"
        say(
            f"Seen first where {plan} works: {labels[told.measure]} {way}, after {told.week} weeks{unvalidated(support.validated('early'))}."
        )


def _by_market(rows: list[dict[str, Any]]) -> list[tuple[str, tuple[dict[str, Any], dict[str, Any]]]]:
    """The rows of harm and of money of each market, by its title."""
    harm = {row["market"]: row for row in rows if row["measure"] == "harm_gbp"}
    sold = {row["market"]: row for row in rows if row["measure"] in SOLD}
    return [(row["title"], (row, sold[name])) for name, row in harm.items() if name in sold]


def _label(both: tuple[dict[str, Any], ...]) -> str:
    """Which of the two figures of a market are not validated."""
    bare = [what for what, row in zip(("harm", "trade"), both, strict=True) if not row["validated"]]
    return unvalidated(False) if len(bare) == len(both) else f" ({bare[0]} unvalidated)" if bare else ""


def _level(row: dict[str, Any]) -> tuple[str, str]:
    return figure(row["mean"], row["unit"]), interval(row["low"], row["high"], row["unit"])


def _change(row: dict[str, Any]) -> tuple[str, str]:
    return figure(row["difference"], row["unit"], signed=True), interval(row["low"], row["high"], row["unit"])


def _cells(row: dict[str, Any]) -> list[str]:
    """The figures of one measure. A quotient has no baseline: its interval stands for itself."""
    from simulation.measures.catalogue import COMPARED  # only where a comparison is shown: help must be quick

    unit = row["unit"]
    ratio = row["measure"] in COMPARED
    return [
        NONE if ratio else figure(row["baseline"], unit),
        figure(row["value"], unit),
        NONE if ratio else figure(row["difference"], unit, signed=True),
        interval(row["low"], row["high"], unit),
        chance(row["probability_better"]),
    ]


def _show_cost(plan: str, cost: dict[str, Any], label: str) -> None:
    holders = cost.get("by_holder") or {}
    if holders:
        paid = ", ".join(f"{holder} {figure(amount, 'GBP')}" for holder, amount in holders.items())
        say(f"{plan}: paid by {paid}{label}.")


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}" + ("" if number == 1 else "s")
