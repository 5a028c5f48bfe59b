"""What users bring becomes a scenario, and is forgotten again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.api.asked import Folder, Progress

if TYPE_CHECKING:
    import pandas as pd

    from simulation.intake.bring import Brought
    from simulation.intake.forgetting import Forgotten
    from simulation.schema import Scenario


def import_network(
    file: Folder,
    name: str,
    ties: Folder | None = None,
    *,
    columns: Sequence[str] = (),
    roles: Sequence[str] = (),
    market: str | None = None,
    preset: str = "force",
    keep_days: int = 365,
    progress: Progress | None = None,
) -> Brought:
    """A mapping (people with their groups as CSV, with a file of ties; or GraphML) becomes the scenario `name`.

    `columns` say "field=Header" and `roles` "word=role" where names do not; `market` is that of groups that say none.
    Identifiers become keyed tokens; everything else that could name somebody is dropped, and listed in what is given back.
    """
    from simulation.intake.bring import bring_in

    return bring_in(
        Path(file), name, ties=Path(ties) if ties is not None else None, columns=columns, roles=roles, market=market,
        preset=preset, keep_days=keep_days, progress=progress,
    )  # fmt: skip


def import_profile(
    file: Folder,
    name: str,
    *,
    columns: Sequence[str] = (),
    preset: str = "force",
    keep_days: int = 365,
    progress: Progress | None = None,
) -> Brought:
    """A local profile (areas, residents, groups by market) becomes the scenario `name`, the rest as in the preset."""
    from simulation.intake.bring import bring_in

    return bring_in(
        Path(file), name, kind="profile", columns=columns, preset=preset, keep_days=keep_days, progress=progress
    )


def imports(readable: bool = False) -> pd.DataFrame:
    """Every import that is kept: name, id, groups, people, ties, until when; `readable`: those that can still be loaded."""
    from datetime import date

    import pandas as pd

    from simulation.errors import SpannerError
    from simulation.schema.imported import id_of, list_imports
    from simulation.schema.reading import read_table

    rows = []
    for name, path in list_imports().items():
        try:
            stated = read_table(path).get("imported", {})
        except SpannerError:  # it can still be seen, and be forgotten
            stated = {}
        rows.append(
            {"name": name, "id": id_of(path), **{k: stated.get(k) for k in ("groups", "people", "ties", "kept_until")}}
        )
    if readable:
        rows = [row for row in rows if row["id"] and str(row["kept_until"] or "") >= date.today().isoformat()]
    return pd.DataFrame(rows, columns=["name", "id", "groups", "people", "ties", "kept_until"])


def caution(scenario: Scenario) -> str:
    """What is to be said wherever results of a scenario stand: real people are among its own. Empty where they are not."""
    from simulation.schema.imported import CAUTION

    return CAUTION if scenario.imported is not None and scenario.imported.people > 0 else ""


def imports_state() -> tuple[object, ...]:
    """What is another as soon as an import came, went, or outlived its day; costs no more than a look into the folder."""
    from datetime import date

    from simulation.schema.imported import list_imports

    found: list[object] = [date.today()]
    for name, path in list_imports().items():
        try:
            found.append((name, path.stat().st_mtime_ns))
        except FileNotFoundError:  # it went between the two looks
            continue
    return tuple(found)


def forget(name: str, stores: Iterable[Folder] | None = None, *, progress: Progress | None = None) -> Forgotten:
    """Remove an import, by name or id: its key, columns and scenario, and every run of it in the stores.

    Without `stores`, the one that results go to by default. What a dashboard keeps is removed by `spanner forget`.
    """
    from simulation.intake.forgetting import forget as remove
    from simulation.store.store import default_folder

    folders = [Path(store) for store in stores] if stores is not None else [default_folder()]
    return remove(name, folders, progress)
