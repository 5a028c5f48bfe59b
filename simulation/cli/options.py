"""Options that several commands share, so that they mean the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from simulation.errors import BadType, MissingKey

Preset = Annotated[str, typer.Argument(help="A preset's name, or the path of a scenario file.")]
Weeks = Annotated[int, typer.Option("--weeks", help="Weeks to run, 1 to 1500.")]
Replicates = Annotated[int, typer.Option("--replicates", help="Replicates, 1 to 100000; a pair each in a comparison.")]
Seed = Annotated[int, typer.Option("--seed", help="Seed of the random numbers, 0 to 4294967295.")]
Out = Annotated[Path | None, typer.Option("--out", help="Folder of results (else SPANNER_STORE, else spanner-runs).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of tables.")]
Executor = Annotated[str, typer.Option("--executor", help="threads, processes or serial; the results are the same.")]
Workers = Annotated[int | None, typer.Option("--workers", help="How many runs to do at once.")]
Ablate = Annotated[list[str] | None, typer.Option("--ablate", help="Switch a mechanism off; may be repeated.")]
Setting = Annotated[list[str] | None, typer.Option("--set", help="ID=VALUE for a parameter; may be repeated.")]

# the default comparison: what the default plans do against carrying on as now
PRESET: Final = "force"
PLANS: Final = ("volume-arrests", "leader-arrests", "clear-hold-build", "reputation-sabotage", "build-and-sabotage")
BASELINE: Final = "do-as-now"
REPLICATES: Final = 32
WEEKS: Final = 260


def settings(words: list[str] | None) -> dict[str, float]:
    """`--set id=value` as parameter values."""
    found: dict[str, float] = {}
    for word in words or []:
        name, equals, text = word.partition("=")
        if not equals:
            raise MissingKey(f'--set takes ID=VALUE, not "{word}".', key="set", given=word)
        try:
            found[name.strip()] = float(text)
        except ValueError as error:
            raise BadType(key=name.strip(), given=text, allowed="a number") from error
    return found
