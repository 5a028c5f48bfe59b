"""Results and plans that are kept: where they lie, what they hold, how they are asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.api.asked import Folder, Given

if TYPE_CHECKING:
    import pandas as pd

    from simulation.schema import Plan
    from simulation.store.store import Store


def results_folder() -> Path:
    """Where results go when nobody says: SPANNER_STORE, else `spanner-runs` here."""
    from simulation.store.store import default_folder

    return default_folder()


def open_store(folder: Folder | None = None) -> Store:
    """The results in a folder (SPANNER_STORE or `spanner-runs` when none is named), to read."""
    from simulation.store.store import Store

    return Store.open(Path(folder) if folder is not None else None)


def contents(store: Store) -> dict[str, Any]:
    """What a store holds: runs by preset and plan, done and failed, and the parts they lie in."""
    from simulation.experiments.contents import contents as of

    return of(store)


def query(store: Store, sql: str) -> pd.DataFrame:
    """The answer to one SELECT over a store's tables; no other file can be seen, nothing can be changed.

    `attrs["unvalidated"]` lists the outcomes that the question or the answer names and that no finding supports.
    """
    from simulation.experiments.labels import Labels
    from simulation.store.read import query as ask

    answer = ask(store, sql)
    answer.attrs["unvalidated"] = Labels(store).quoted(sql, answer)
    return answer


def export(store: Store, folder: Folder, kind: str = "csv", sql: str | None = None) -> list[Path]:
    """Write a store's tables, or one answer, as csv or parquet files; returns the files.

    Where rows name a measure, the column `validated` says whether a published finding supports it.
    """
    from simulation.experiments.labels import Labels
    from simulation.store.read import export as write

    return write(store, Path(folder), kind, sql=sql, mark=Labels(store).mark)


def save_plan(
    plan: Given | Plan, name: str | None = None, store: Folder | None = None, *, replace: bool = False
) -> Path:
    """Keep a plan beside the results under a name; it can then be run by that name."""
    from simulation.experiments.plans import save_plan as save

    return save(plan, name, store, replace=replace)


def list_plans(store: Folder | None = None) -> pd.DataFrame:
    """Every plan that can be named: id, title, description, entries, whether it is the user's own, and its file."""
    from simulation.experiments.plans import plan_table

    return plan_table(store)
