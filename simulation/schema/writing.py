"""A statement written out again as a table or as TOML, to be saved, shared and loaded."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


def to_table(model: BaseModel) -> dict[str, Any]:
    """The statement as plain tables, lists and values; what is absent is left out, as TOML knows no null."""
    return model.model_dump(mode="json", exclude_none=True)


def to_toml(model: BaseModel) -> str:
    """The statement as TOML text that loads to the same statement."""
    import tomlkit  # only those who write need it, and it takes a while to import

    return tomlkit.dumps(to_table(model))
