"""`spanner`: the commands and what each is called."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.cli import breaking, brought, findings, fitting, lists, machine, networks, vouching, work

app = typer.Typer(
    name="spanner",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def spanner(
    version: Annotated[
        bool, typer.Option("--version", help="Say which version this is.", is_eager=True, callback=machine.version)
    ] = False,
) -> None:
    """Simulate serious organised crime as a business, and find out what disrupts it."""


app.command("run")(work.run)
app.command("compare")(work.compare)
app.command("results")(work.results)
app.command("weak-points")(breaking.weak_points)
app.command("network")(networks.network)
app.command("validate")(findings.validate)
app.command("calibrate")(fitting.calibrate)
app.command("assurance")(vouching.assurance)
app.command("scenarios")(lists.scenarios)
app.command("cases")(lists.cases)
app.command("plans")(lists.plans)
app.command("toolkit")(lists.toolkit)
app.command("parameters")(lists.parameters)
app.command("measures")(lists.measures)
app.command("sectors")(lists.sectors)
app.command("explain")(lists.explain)
app.command("import")(brought.bring)
app.command("imports")(brought.imports)
app.command("forget")(brought.forget)
app.command("doctor")(machine.doctor)
app.command("warmup")(machine.warmup)
app.command("dashboard")(machine.dashboard)
