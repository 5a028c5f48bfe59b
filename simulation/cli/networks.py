"""The command that says what a network looks like and what takes it apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from simulation.cli import options
from simulation.cli.output import NONE, emit, records, say, table, unvalidated

if TYPE_CHECKING:
    from simulation.experiments.networks import Network

CHARTS: Final = "investigation"
FIRST: Final = 10  # of each order that are named
ROWS: Final = 10  # steps of the table; a document has twice as many
FIGURES: Final = ("nodes", "mean_degree", "efficiency", "assortativity", "largest_degree", "largest_piece")


def network(
    preset: options.Preset = options.PRESET,
    kind: Annotated[
        str,
        typer.Option(
            "--kind", help="supply, social, communication, co-offending, cooperation, or investigation: police charts."
        ),
    ] = "communication",
    view: Annotated[str, typer.Option("--view", help="perceived: as police see it; true: as it is.")] = "perceived",
    business: Annotated[
        str | None, typer.Option("--business", help="With an investigation: the business it is against.")
    ] = None,
    share: Annotated[float, typer.Option("--share", help="Share of the nodes that is taken out, above 0 to 1.")] = 0.3,
    plan: Annotated[str, typer.Option("--plan", help="A plan's name or the path of a plan file.")] = options.BASELINE,
    weeks: options.Weeks = 52,
    seed: options.Seed = 1,
    replicate: Annotated[int, typer.Option("--replicate", help="Which replicate of the seed.")] = 0,
    as_json: options.AsJson = False,
) -> int:
    """Show what a network looks like at the end of a run, and how fast it comes apart by whom is taken out first."""
    from simulation import api
    from simulation.errors import OutOfRange, UnknownName
    from simulation.experiments.networks import KINDS

    if kind not in (*KINDS, CHARTS):
        raise UnknownName.among(kind, (*KINDS, CHARTS), key="kind")
    if not 0.0 < share <= 1.0:
        raise OutOfRange(key="share", given=share, allowed="above 0, at most 1")
    run = api.run(preset, plan, weeks=weeks, seed=seed, replicate=replicate)
    asked = {"preset": preset, "plan": plan, "weeks": weeks, "seed": seed, "replicate": replicate, "kind": kind}
    if kind != CHARTS:
        return _one(run.network(kind, view=view), {**asked, "view": view, "business": None}, share, as_json)
    charts = run.investigations()
    if business is None:
        return _charts(charts, asked, as_json)
    if business not in charts:
        raise UnknownName.among(business, charts, key="business")
    return _one(charts[business], {**asked, "view": "perceived", "business": business}, share, as_json)


def _one(found: Network, asked: dict[str, Any], share: float, as_json: bool) -> int:
    """The shape of one network, and what each order leaves of it."""
    from simulation.experiments.dismantling import ORDERS

    shape = found.shape()._asdict()
    courses = {order: records(found.dismantled(order, share)) for order in ORDERS}
    first = {order: found.order_of_removal(order, FIRST) for order in ORDERS if order != "random"}
    if as_json:
        rows = [{"order": order, "first": first.get(order, []), "course": courses[order]} for order in ORDERS]
        emit(
            {**asked, "share": share, "shape": shape, "orders": rows, "validated": not found.nodes.attrs["unvalidated"]}
        )
        return 0
    of = f" of the operation against {asked['business']}" if asked["business"] else ""
    label = unvalidated(not found.nodes.attrs["unvalidated"])
    table(f"The {asked['kind']} network{of}, {asked['view']}, after week {found.week}{label}",
          [name.replace("_", " ") for name in shape], [[_number(value) for value in shape.values()]], left=0)  # fmt: skip
    steps = courses[ORDERS[0]][:: max(1, len(courses[ORDERS[0]]) // ROWS)]
    picked = [n for n, row in enumerate(courses[ORDERS[0]]) if row in steps]
    table(
        f"What is left: share of all in the largest piece, efficiency{label}",
        ["taken out", *(order.replace("-", " ") for order in ORDERS)],
        [
            [f"{100 * courses[ORDERS[0]][n]['removed_share']:.0f} %",
             *(f"{100 * courses[order][n]['largest_piece']:.0f} %, {courses[order][n]['efficiency']:.3f}" for order in ORDERS)]
            for n in picked
        ],
    )  # fmt: skip
    table("Whom each order takes first", ["order", "identities"],
          [[order, " ".join(names[:3])] for order, names in first.items()], left=2)  # fmt: skip
    say("As a network only: nobody is replaced, nobody adapts. A plan's effect is for spanner compare.")
    return 0


def _charts(charts: dict[str, Network], asked: dict[str, Any], as_json: bool) -> int:
    """The shapes of all charts, one a business."""
    rows = [
        {
            "business": name,
            "followed": int(chart.nodes["followed"].to_numpy(dtype=bool).sum()),
            **chart.shape()._asdict(),
        }
        for name, chart in charts.items()
    ]
    bare = any(chart.nodes.attrs["unvalidated"] for chart in charts.values())
    if as_json:
        emit({**asked, "charts": rows, "validated": not bare})
        return 0
    table(
        f"{len(rows)} charts of operations against mapped drug businesses, of 20 to 120 people{unvalidated(not bare)}",
        ["business", "followed", *(name.replace("_", " ") for name in FIGURES)],
        [[row["business"], str(row["followed"]), *(_number(row[name]) for name in FIGURES)] for row in rows],
    )
    say("--business ID shows one of them, and how it comes apart.")
    return 0


def _number(value: float) -> str:
    """A count as it is, a figure to three digits; what does not exist is a dash."""
    if isinstance(value, int):
        return f"{value:,}"
    return NONE if value != value else f"{value:.3f}"
