"""The command that holds the model against what has been published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from simulation.cli import options
from simulation.cli.output import NONE, emit, faults, progress, say, table
from simulation.cli.stopping import Stopped, Stopping
from simulation.errors import Conflict, WorkFailed


def validate(
    context: typer.Context,
    finding: Annotated[list[str] | None, typer.Argument(help="Findings to try, by name or path; all if none.")] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", "--finding", help="The same as naming it; may be repeated.")
    ] = None,
    replicates: Annotated[int | None, typer.Option("--replicates", help="The most there may be of a finding.")] = None,
    write: Annotated[
        Path | None, typer.Option("--write", help="Write the page of findings to this file, and its record beside it.")
    ] = None,
    first_look: Annotated[
        Path | None,
        typer.Option("--first-look", help="Try all findings kept for testing, once, and write them to this new file."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Keep each row in this folder, and go on from what is there.")
    ] = None,
    seed: options.Seed = 1,
    executor: options.Executor = "threads",
    workers: options.Workers = None,
    as_json: options.AsJson = False,
) -> int:
    """Try the published findings on the model and say which it reproduces; ends with 1 when one is missed."""
    from simulation import api

    stopping: Stopping = context.obj
    names = [*(finding or []), *(only or [])] or None
    if write is not None and (names or replicates is not None or seed != 1) and api.is_whole_page(write):
        raise Conflict(
            f"{write} speaks of all findings at their own precision: name none and bound nothing, or write another file.",
            file=str(write), key="write",
        )  # fmt: skip
    if first_look is not None:
        if names or write is not None or replicates is not None:
            raise Conflict(
                "A first look tries all findings kept for testing at their own precision: name none, bound nothing, and "
                "write the page of findings by itself.",
                key="first-look", given=str(first_look),
            )  # fmt: skip
        names = list(api.first_look(first_look))
    rows: list[dict[str, Any]] = []
    try:
        with stopping.gently(), progress("findings", "tried") as bar:
            for row in api.validate(
                names,
                replicates,
                seed,
                executor,
                workers=workers,
                progress=bar,
                cancel=stopping,
                out=out,
            ):
                rows.append(row)
    except api.Cancelled as stop:
        more = "" if out is None else f" The same command goes on from what is kept in {out}."
        raise Stopped(stopping.asked or 2, f"Stopped after {len(rows)} findings.{more}") from stop
    passed = sum(row["passed"] for row in rows)
    if write is not None:
        api.write_findings(rows, write)
    if first_look is not None:
        api.write_first_look(rows, first_look)
    if as_json:
        emit(document(rows))
    else:
        columns = ["finding", "role", "verdict", "ours", "95 % interval", "published range"]
        table(f"{passed} of {len(rows)} findings pass", columns, [_cells(row) for row in rows], left=3)
        for row in rows:
            for text in _reasons(row):
                say(f"{row['id']}: {text}")
    return 0 if passed == len(rows) else 1


def document(rows: list[dict[str, Any]]) -> Any:
    """The rows; where a finding does not pass, they stand beside the faults, as after any work that failed."""
    missed = [_missed(row) for row in rows if not row["passed"]]
    return {**faults(missed), "rows": rows} if missed else rows


def _missed(row: dict[str, Any]) -> WorkFailed:
    """Why a finding does not pass, as a fault like any other."""
    within = "not surely within" if row["status"] == "inconclusive" else "not within"
    why = "; ".join(_reasons(row)) or f"{_number(row['estimate'])}, {within} {_range(row)}"
    return WorkFailed(
        f"{row['id']} ({row['status']}): {why}", key=row["id"], given=row["estimate"], allowed=_range(row)
    )


def _range(row: dict[str, Any]) -> str:
    low, high = row["range"]
    return f"{_number(low, 'any')} to {_number(high, 'any')}"


def _cells(row: dict[str, Any]) -> list[str]:
    return [
        row["id"], row["role"], row["status"], _number(row["estimate"]),
        f"{_number(row['low'])} to {_number(row['high'])}",
        _range(row),
    ]  # fmt: skip


def _reasons(row: dict[str, Any]) -> list[str]:
    """What did not hold besides the estimate."""
    parts = [*row["also"], *(row[key] for key in ("ablation", "placebo", "control") if row[key] is not None)]
    found = [f"does not hold: {part['text']}" for part in parts if not part["ok"]]
    return [row["message"], *found] if row["message"] else found


def _number(value: float | None, nothing: str = NONE) -> str:
    return nothing if value is None else f"{value:.3g}".replace("-", "−")
