"""The command that fits the free parameters to what may be fitted, and looks an ensemble over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from simulation.cli import options
from simulation.cli.output import NONE, emit, faults, progress, say, table
from simulation.cli.stopping import Stopped, Stopping
from simulation.errors import Conflict, WorkFailed

FOLDER = Path("spanner-calibration")


def calibrate(
    context: typer.Context,
    calibration: Annotated[str, typer.Argument(help="A calibration's name, or the path of its file.")] = "uk",
    hours: Annotated[float, typer.Option("--hours", help="The most it may take in all, over several starts.")] = 4.0,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder of the work (else spanner-calibration/NAME).")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Live five draws of the ensemble again, and compare.")] = False,
    renew: Annotated[
        bool,
        typer.Option(
            "--renew", help="Go on from the ensemble: live its draws anew, keep those that fit, look for others near."
        ),
    ] = False,
    ensemble: Annotated[
        str | None, typer.Option("--ensemble", help="The ensemble to look over (else the calibration's), name or path.")
    ] = None,
    seed: options.Seed = 1,
    executor: options.Executor = "processes",
    workers: options.Workers = None,
    as_json: options.AsJson = False,
) -> int:
    """Fit the free parameters to the findings kept for it: waves that rule out, then an ensemble of accepted draws."""
    from simulation import api

    stopping: Stopping = context.obj
    if check and renew:
        raise Conflict("Either --check or --renew: one lives five draws, the other all.", key="renew")
    name = Path(calibration).stem
    folder = out if out is not None else FOLDER / (f"{name}-renewed" if renew else name)
    try:
        with stopping.gently(), stages() as told:
            if check:
                found = api.check_ensemble(
                    calibration, ensemble or calibration, seed, executor, workers=workers, progress=told,
                    cancel=stopping,
                )  # fmt: skip
            elif renew:
                found = api.renew_ensemble(
                    calibration, ensemble or calibration, folder, hours, seed, executor, workers=workers, progress=told,
                    cancel=stopping,
                )  # fmt: skip
            else:
                found = api.calibrate(
                    calibration, folder, hours, seed, executor, workers=workers, progress=told, cancel=stopping
                )
    except api.Cancelled as stop:
        kept = "" if check else f" What was lived is kept in {folder}; the same command goes on from there."
        raise Stopped(stopping.asked or 2, f"Stopped.{kept}") from stop
    texts = unchecked(found) if check else unfound(found, folder)
    missed = [WorkFailed(text) for text in texts]
    if as_json:
        emit({**faults(missed), "result": found} if missed else found)
    elif check:
        show_check(found)
    else:
        show(found)
    for error in missed:
        say(error.message)
    return 1 if missed else 0


@contextmanager
def stages() -> Iterator[Any]:
    """A bar for each stage of the work, with the time it will take yet."""
    with ExitStack() as open_bar:
        now: list[Any] = [None, None]

        def told(stage: str, done: int, of: int) -> None:
            if stage.partition("(")[0] != now[0]:
                open_bar.close()
                now[:] = stage.partition("(")[0], open_bar.enter_context(progress(stage, "done"))
            now[1](done, of)

        yield told


def unfound(found: dict[str, Any], folder: Path) -> list[str]:
    """Why a calibration is not done, in sentences."""
    if found["state"] == "empty":
        pairs = [" and ".join(one["targets"]) for one in found["apart"]]
        why = f" Nowhere met, or not together: {'; '.join(pairs)}." if pairs else ""
        return [f"Nothing is left: no values of the free parameters meet every target.{why}"]
    if found["state"] == "unfinished":
        return [
            f"The budget of hours is spent with {found['accepted']} of {found['wanted']} draws accepted. What was lived "
            f"is kept in {folder}; the same command with more --hours goes on from there."
        ]
    return []


def unchecked(found: dict[str, Any]) -> list[str]:
    """Which draws do not come to what is written down."""
    first = [] if found["stale"] is None else [found["stale"]]
    return first + [
        f"Draw {row['draw']} of {found['ensemble']} does not come to what is written beside it: "
        + "; ".join(f"{one['target']} {figure(one['now'])}, written {figure(one['written'])}" for one in row["off"][:3])
        + "."
        for row in found["checked"]
        if not row["ok"]
    ]


def show_kept(found: dict[str, Any]) -> None:
    """Which draws of an earlier ensemble fit no more."""
    rows = [[str(row["draw"]), ", ".join(row["targets"])] for row in found["lost"]]
    if rows:
        table("draws that fit no more", ["draw", "targets it misses"], rows)
    say(f"{found['kept']} of {found['draws']} draws of {found['ensemble']} still fit.")


def show(found: dict[str, Any]) -> None:
    """What each target said, what each parameter came to."""
    if found["renewed"]:
        show_kept(found["renewed"])
    rows = [
        [one["id"], f"{figure(one['low'], 'any')} to {figure(one['high'], 'any')}", *met(one), between(one["accepted"]),
         ", ".join(f"{mover['parameter']} {100 * mover['share']:.0f} %" for mover in one["moved_by"][:3]) or NONE]
        for one in found["targets"]
    ]  # fmt: skip
    head = ["target", "range", "met in the first wave", "in the last", "accepted draws", "moved most by"]
    table(f"{found['name']}: {found['accepted']} of {found['wanted']} draws accepted", head, rows)
    rows = [
        [one["id"], f"{figure(one['low'])} to {figure(one['high'])}", figure(one["default"]), figure(one["medoid"]),
         between(one["accepted"]), one["verdict"] or NONE]
        for one in found["parameters"]
    ]  # fmt: skip
    table("parameters", ["", "range", "default now", "draw in the midst", "accepted draws", ""], rows)
    for pair in found["tied"]:
        say(
            f"{' and '.join(pair['parameters'])} are known only together (rank correlation {pair['rank_correlation']})."
        )
    left = found["left_of_the_whole"]
    said = "" if left is None else f"{100 * left:.3g} % of the space is left; "
    say(f"{said}{found['draws']} draws lived.")
    if found["ensemble"]:
        say(f"The ensemble is in {found['ensemble']}.")


def show_check(found: dict[str, Any]) -> None:
    rows = [[str(row["draw"]), "as written" if row["ok"] else "differs"] for row in found["checked"]]
    table(f"{found['name']}: draws lived again", ["draw", "what it comes to"], rows)


def met(target: dict[str, Any]) -> list[str]:
    """The share of draws of the first and the last wave that met a target."""
    shares = [wave["within"] for wave in target["waves"]]
    ends = [shares[0], shares[-1]] if shares else [None, None]
    return [NONE if share is None else f"{100 * share:.0f} %" for share in ends]


def between(spread: dict[str, float | None] | None) -> str:
    return NONE if spread is None else f"{figure(spread['low'])} to {figure(spread['high'])}"


def figure(value: float | None, nothing: str = NONE) -> str:
    return nothing if value is None else f"{value:.4g}".replace("-", "−")
