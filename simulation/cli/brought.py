"""Commands about what users bring: import a mapping or a profile, list what was imported, forget it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulation.cli import options
from simulation.cli.output import emit, progress, records, say, table

if TYPE_CHECKING:
    from simulation.intake.bring import Brought

Column = Annotated[
    list[str] | None, typer.Option("--column", help="FIELD=HEADER: which column holds a field; may be repeated.")
]
Role = Annotated[
    list[str] | None, typer.Option("--role", help="WORD=ROLE: what a role is called here; may be repeated.")
]


def bring(
    file: Annotated[Path, typer.Argument(help="People (.csv), a graph (.graphml) or a profile of areas (.csv).")],
    out: Annotated[str, typer.Option("--out", help="What the import is called; [a-z0-9-], and nobody's name.")],
    ties: Annotated[Path | None, typer.Option("--ties", help="Ties between the people (.csv).")] = None,
    kind: Annotated[str, typer.Option("--kind", help="mapping or profile.")] = "mapping",
    column: Column = None,
    role: Role = None,
    market: Annotated[str | None, typer.Option("--market", help="The market of groups that do not say theirs.")] = None,
    preset: Annotated[str, typer.Option("--preset", help="The simulated surround.")] = options.PRESET,
    keep_days: Annotated[int, typer.Option("--keep-days", help="Days it is kept, 1 to 1825.")] = 365,
    as_json: options.AsJson = False,
) -> int:
    """Make a scenario of your own mapping of groups, or of a local profile; names do not leave the file."""
    from simulation import api

    with progress(f"importing {file.name}", "steps") as told:
        bar = _Late(told)
        if kind == "profile" and ties is None and not role and market is None:
            found = api.import_profile(
                file, out, columns=column or (), preset=preset, keep_days=keep_days, progress=bar
            )
        else:
            from simulation.intake.bring import bring_in

            found = bring_in(
                file, out, ties=ties, kind=kind, columns=column or (), roles=role or (), market=market, preset=preset,
                keep_days=keep_days, progress=bar,
            )  # fmt: skip
    if as_json:
        emit(found.to_dict())
    else:
        _show(found)
    return 0


class _Late:
    """Progress that is told only of work that lasts: most imports are done within a second."""

    def __init__(self, told: Callable[[int, int], None]) -> None:
        self._told = told
        self._begun = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self._begun > 1.0:
            self._told(done, total)


def _show(found: Brought) -> None:
    """What was understood, what was left, and what it came to."""
    from simulation.schema.imported import CAUTION, FEW

    rows = [[one["file"], one["field"], one["column"], one["by"]] for one in found.columns]
    table("Columns read", ["file", "field", "column", "known by"], rows, left=4)
    if found.dropped:
        rows = [[one["file"], one["column"], one["reason"]] for one in found.dropped]
        table("Columns dropped", ["file", "column", "why"], rows, left=3)
    rows = [[name, str(count)] for name, count in found.markets.items()]
    table("Groups by market", ["market", "groups"], rows)
    if found.roles:
        rows = [[name, f"fewer than {FEW}" if count is None else str(count)] for name, count in found.roles.items()]
        table("People by role", ["role", "people"], rows)
    for note in found.notes:
        say(note)
    say(f"{found.groups} groups, {found.people} people and {found.ties} ties: {found.scenario}")
    say(f"Kept until {found.kept_until}. `spanner run {found.name}` runs it; `spanner forget {found.name}` removes it.")
    say(CAUTION)


def imports(as_json: options.AsJson = False) -> int:
    """List what was imported and is kept."""
    from simulation import api

    rows = records(api.imports())
    columns = ["name", "id", "groups", "people", "ties", "kept_until"]
    if as_json:
        emit(rows)
    else:
        table("", columns, [[str(row[column]) for column in columns] for row in rows], left=2)
    return 0


def forget(
    name: Annotated[str, typer.Argument(help="The name or id of an import.")],
    store: Annotated[
        list[Path] | None, typer.Option("--store", help="A folder of results besides the usual one; may be repeated.")
    ] = None,
    as_json: options.AsJson = False,
) -> int:
    """Remove an import and every run, result and draft that came of it, and say what was removed."""
    from dashboard.jobs.forgetting import forget as forget_pages
    from simulation import api
    from simulation.intake.forgetting import WARNING

    folders = [api.results_folder(), *(store or ())]
    with progress(f"forgetting {name}", "steps") as told:
        found = api.forget(name, folders, progress=_Late(told))
    pages: dict[str, Any] = {str(folder): forget_pages(folder / "dashboard", found.id) for folder in folders}
    document = {**found.to_dict(), "dashboard": pages}
    if as_json:
        emit(document)
        return 0
    rows = [["files of the import", str(len(found.files)), ", ".join(Path(one).name for one in found.files)]]
    for folder, removed in found.stores.items():
        rows.append([f"runs in {folder}", str(removed.runs), f"{removed.parts} parts written anew or removed"])
        kept = ", ".join(f"{count} {what}" for what, count in pages[folder].items())
        rows.append([f"pages in {folder}/dashboard", str(sum(pages[folder].values())), kept])
    table(f"Forgotten: {found.name or found.id}", ["what", "removed", ""], rows, left=1)
    say(WARNING)
    return 0
