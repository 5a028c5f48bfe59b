"""Plans of the user's own are kept beside the results, as files that can be read, shared and run by name."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from simulation.errors import Conflict, OutOfRange, Unwritable
from simulation.schema import Plan, list_plans, load_plan, to_toml
from simulation.schema.reading import is_name, looks_like_path
from simulation.store.store import default_folder

FOLDER: Final = "plans"
type Given = str | os.PathLike[str] | Mapping[str, Any]


def plans_folder(store: str | os.PathLike[str] | None = None) -> Path:
    """Where a store keeps the user's plans."""
    return (Path(store) if store is not None else default_folder()) / FOLDER


def find_plan(given: Given | Plan, store: str | os.PathLike[str] | None = None) -> Plan:
    """A plan by table, path or name; the product's own names come first, then those saved beside the results."""
    if isinstance(given, str) and not looks_like_path(given) and is_name(given) and given not in list_plans():
        saved = plans_folder(store) / f"{given}.toml"
        if saved.is_file():
            return load_plan(saved)
    return load_plan(given)


def save_plan(
    given: Given | Plan,
    name: str | None = None,
    store: str | os.PathLike[str] | None = None,
    *,
    replace: bool = False,
) -> Path:
    """Check a plan and keep it under a name; returns the file.

    Raises Conflict when the name belongs to the product or, without `replace`, to another saved plan.
    """
    plan = load_plan(given)
    identity = name or plan.id
    if not is_name(identity):
        raise OutOfRange(key="name", given=identity, allowed="lower-case letters, digits and hyphens, 64 at most")
    path = plans_folder(store) / f"{identity}.toml"
    if identity in list_plans():
        raise Conflict(f'The name "{identity}" belongs to a plan of the product.', key="name", given=identity)
    if path.exists() and not replace:
        raise Conflict(f'A plan called "{identity}" is already there.', file=str(path), key="name", given=identity)
    temporary = path.with_name(f".{identity}.{os.getpid()}-{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(to_toml(plan.model_copy(update={"id": identity})), encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise Unwritable(f"The plan cannot be kept at {path}: {error.strerror}.", file=str(path)) from error
    return path


def plan_table(store: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """Every plan that can be named: the product's, then the user's own."""
    rows = [{**_row(load_plan(name)), "saved": False, "file": None} for name in list_plans()]
    for path in sorted(plans_folder(store).glob("*.toml")):
        rows.append({**_row(load_plan(path)), "saved": True, "file": str(path)})
    return pd.DataFrame(rows, columns=["id", "title", "description", "entries", "saved", "file"])


def _row(plan: Plan) -> dict[str, Any]:
    return {"id": plan.id, "title": plan.title, "description": plan.description, "entries": len(plan.entry)}
