"""The command that says where businesses are weakest."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from simulation.cli import options
from simulation.cli.output import NONE, emit, figure, records, say, table, unvalidated

CHEAPEST = 3  # ways shown of each business where all are asked for
SHOWN = 20


def weak_points(
    preset: options.Preset = options.PRESET,
    plan: Annotated[str, typer.Option("--plan", help="A plan's name or the path of a plan file.")] = options.BASELINE,
    business: Annotated[
        list[str] | None, typer.Option("--business", help="A business's identity; may be repeated. Without it, all.")
    ] = None,
    within: Annotated[float, typer.Option("--within", help="Weeks within which it is to break, 1 to 520.")] = 26.0,
    weeks: options.Weeks = 52,
    seed: options.Seed = 1,
    replicate: Annotated[int, typer.Option("--replicate", help="Which replicate of the seed.")] = 0,
    as_json: options.AsJson = False,
) -> int:
    """Show the cheapest ways to break businesses, from their books of the last year of a run."""
    from simulation import api

    found = api.weak_points(preset, plan, weeks, seed, replicate, business=tuple(business or ()), within=within)
    rows = records(found)
    if as_json:
        out = [{key: row[key] for key in ("business", "way", "left_out")} for row in rows if row["left_out"]]
        emit({"preset": preset, "plan": plan, "weeks": weeks, "seed": seed, "replicate": replicate, "within": within,
              "validated": not found.attrs["unvalidated"], "rows": [row for row in rows if not row["left_out"]], "left_out": out})  # fmt: skip
        return 0
    left_out = [row for row in rows if row["left_out"]]
    rows = [row for row in rows if not row["left_out"]]
    if not business:
        breakable = list(rows)
        breakable.sort(key=lambda row: (row["gbp_to_break"], row["business"]))
        shown: Counter[str] = Counter()
        rows = []
        for row in breakable:
            shown[row["business"]] += 1
            if shown[row["business"]] <= CHEAPEST and len(rows) < SHOWN:
                rows.append(row)
    columns = [
        "business",
        "way in",
        "a tenth, a week",
        "a tenth, at once",
        "runway",
        "after it",
        "to break: share",
        "GBP",
        "cards that can",
    ]
    table(
        f"What breaks a business within {within:g} weeks, cheapest first" + unvalidated(not found.attrs["unvalidated"]),
        columns,
        [
            [row["business"], row["way"], figure(row["gbp_a_week"], "GBP"), figure(row["gbp_at_once"], "GBP"),
             _weeks(row["runway_weeks"]), _weeks(row["runway_after"]), figure(row["share_to_break"], "share"),
             figure(row["gbp_to_break"], "GBP"), row["card"]]
            for row in rows
        ],
        left=2,
    )  # fmt: skip
    for row in left_out if business else ():
        say(f"Left out of {row['business']}: {row['way']} ({row['left_out']}).")
    if not business:
        counted = Counter(row["way"] for row in left_out)
        said = ", ".join(f"{way} of {number}" for way, number in counted.most_common())
        say(f"Left out, since no card at its strongest can do it: {said or 'nothing'}. --business ID says why.")
        say(f"The {SHOWN} cheapest, at most {CHEAPEST} of a business. --business ID shows all ways in to one.")
    return 0


def _weeks(value: float | None) -> str:
    """A runway; one without end is not a number of weeks."""
    return NONE if value is None or value == float("inf") else f"{value:.0f} weeks"
