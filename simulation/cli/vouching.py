"""The command that writes what is vouched for, and what is not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli import options
from simulation.cli.output import emit, say


def assurance(
    write: Annotated[Path | None, typer.Option("--write", help="Write the whole pack to this folder.")] = None,
    as_json: options.AsJson = False,
) -> int:
    """Show the assurance statement after the AQuA Book, or write the pack: logs, records, limits and statement."""
    from simulation import api

    pages = api.assurance(write)
    if as_json:
        emit({"model_version": api.model_version(), "folder": None if write is None else str(write), "pages": pages})
    elif write is None:
        print(pages["README.md"], end="")
    else:
        say(f"{len(pages)} pages in {write}.")
    return 0
