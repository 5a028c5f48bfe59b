"""Commands that do the work: run a plan, compare plans, read what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from simulation.cli import options
from simulation.cli.output import NONE, below, emit, faults, progress, records, say, table
from simulation.cli.stopping import Stopped, Stopping
from simulation.cli.tables import show_comparison, show_run
from simulation.errors import WorkFailed


def run(
    context: typer.Context,
    preset: options.Preset = options.PRESET,
    plan: Annotated[str, typer.Option("--plan", help="A plan's name or the path of a plan file.")] = options.BASELINE,
    weeks: options.Weeks = options.WEEKS,
    replicates: options.Replicates = options.REPLICATES,
    seed: options.Seed = 1,
    executor: options.Executor = "threads",
    workers: options.Workers = None,
    ablate: options.Ablate = None,
    setting: options.Setting = None,
    events: Annotated[bool, typer.Option("--events", help="Keep every event in the store, too.")] = False,
    out: options.Out = None,
    as_json: options.AsJson = False,
) -> int:
    """Run one plan in one place, keep the results, and show what they come to."""
    from simulation import api

    folder = _folder(out)
    stopping: Stopping = context.obj
    try:
        with stopping.gently(), progress(f"{preset}, {plan}", "runs") as bar:
            found = api.repeat(
                preset, plan, weeks, replicates, seed, executor, ablate=ablate or (),
                parameters=options.settings(setting), workers=workers, store=folder, events=events, progress=bar,
                cancel=stopping,
            )  # fmt: skip
    except api.Cancelled as stop:
        raise _stopped(stopping, folder) from stop
    document = {**found.to_dict(), "store": str(folder)}
    return _finish(document, found.failures, as_json, lambda: show_run(found, folder))


def compare(
    context: typer.Context,
    preset: options.Preset = options.PRESET,
    plan: Annotated[list[str] | None, typer.Option("--plan", help="A plan's name or path; may be repeated.")] = None,
    baseline: Annotated[
        str, typer.Option("--baseline", help="The plan all others are held against.")
    ] = options.BASELINE,
    weeks: options.Weeks = options.WEEKS,
    replicates: options.Replicates = options.REPLICATES,
    seed: options.Seed = 1,
    executor: options.Executor = "threads",
    workers: options.Workers = None,
    ablate: options.Ablate = None,
    setting: options.Setting = None,
    ensemble: Annotated[str | None, typer.Option("--ensemble", help="An ensemble's name, or a file of draws.")] = None,
    equal_cost: Annotated[
        bool, typer.Option("--equal-cost", help="Scale doses down until every plan costs what the cheapest does.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Show every measure, not the headlines alone.")] = False,
    out: options.Out = None,
    as_json: options.AsJson = False,
) -> int:
    """Compare plans with a baseline on common random numbers: what changes, and how sure that is."""
    from simulation import api

    folder = _folder(out)
    stopping: Stopping = context.obj
    try:
        with stopping.gently(), progress(f"{preset}, {replicates} pairs", "runs") as bar:
            found = api.compare(
                preset, plan or list(api.load(preset).plans or options.PLANS), baseline, weeks, replicates, seed, executor, ensemble,
                ablate=ablate or (), parameters=options.settings(setting), workers=workers, store=folder,
                equal_cost=equal_cost, progress=bar, cancel=stopping,
            )  # fmt: skip
    except api.Cancelled as stop:
        raise _stopped(stopping, folder) from stop
    return _finish(found.to_dict(), found.failures, as_json, lambda: show_comparison(found, folder, every=every))


def results(
    folder: Annotated[Path | None, typer.Argument(help="The folder of results.")] = None,
    sql: Annotated[str | None, typer.Option("--sql", help="One SELECT over the tables of the store.")] = None,
    export: Annotated[str | None, typer.Option("--export", help="csv or parquet: write the tables to files.")] = None,
    to: Annotated[Path, typer.Option("--to", help="The folder the files go to.")] = Path("spanner-export"),
    as_json: options.AsJson = False,
) -> int:
    """Show what a folder of results holds, ask it a question in SQL, or write it out."""
    from simulation import api

    store = api.open_store(folder)
    if export is not None:
        files = [str(path) for path in api.export(store, to, export, sql)]
        if as_json:
            emit({"files": files})
        else:
            table("", ["written"], [[name] for name in files])
    elif sql is not None:
        answer = api.query(store, sql)
        rows = records(answer)
        labelled = answer.attrs["unvalidated"]
        if as_json:
            emit({"columns": [str(column) for column in answer.columns], "rows": rows, "unvalidated": labelled})
        else:
            table("", [str(column) for column in answer.columns], [[_cell(v) for v in row.values()] for row in rows])
            if labelled:
                below(f"unvalidated: {', '.join(labelled)}")
    else:
        held = api.contents(store)
        if as_json:
            emit(held)
        else:
            columns = ["preset", "plan", "weeks", "seed", "done", "failed", "replicates", "model_version"]
            rows = [[_cell(group[column]) for column in columns] for group in held["groups"]]
            table(f"{held['folder']}: {held['done']} runs in {held['parts']} parts", columns, rows, left=2)
            for name in held["damaged"]:
                say(f"Part {name} was damaged and is set aside; its runs are done again when they are asked for.")
    return 0


def _folder(out: Path | None) -> Path:
    from simulation import api

    return out if out is not None else api.results_folder()


def _cell(value: Any) -> str:
    return NONE if value is None else str(value)


def _stopped(stopping: Stopping, folder: Path) -> Stopped:
    message = f"Stopped. What was finished is kept in {folder}; the same command goes on from there."
    return Stopped(stopping.asked or 2, message)


def _finish(document: dict[str, Any], failures: Sequence[Any], as_json: bool, show: Callable[[], None]) -> int:
    """Print the answer; when runs failed, say which, and end with 1."""
    errors = [
        WorkFailed(
            f"Run {record.run_id} ({record.plan}, replicate {record.replicate}) failed: "
            f"{record.failure.kind}: {record.failure.message}",
            key=record.plan,
            given=record.replicate,
        )
        for record in failures
    ]
    if as_json:
        if errors:
            document = {**faults(errors), "result": document}
        emit(document)
    else:
        show()
    for error in errors[:5]:
        say(error.message)
    if len(errors) > 5:
        say(f"and {len(errors) - 5} more; the table `failures` of the store has them all")
    return 1 if errors else 0
