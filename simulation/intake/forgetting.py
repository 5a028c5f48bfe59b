"""An import and all that came of it is forgotten: its key, columns and scenario, and every run in the stores named."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from simulation.errors import NotFound, SpannerError, UnknownName, Unwritable
from simulation.intake.writing import clear_half_written
from simulation.schema.imported import SCENARIO_FILE, id_of, import_called, imports_folder, list_imports
from simulation.store.batches import held_alone
from simulation.store.format import MANIFEST
from simulation.store.purge import Purged, purge

ID: Final = re.compile(r"^import-[0-9a-f]{16}$")
WARNING: Final = (
    "Copies that others made (backups, exports, printed or sent documents, pages still open) are not reached from here."
)


@dataclass(frozen=True)
class Forgotten:
    """What was removed, and from where."""

    id: str
    name: str | None
    """None where the import itself was gone already and only runs were left."""
    files: list[str]
    stores: dict[str, Purged]
    """By folder of results: runs and parts."""

    def to_dict(self) -> dict[str, Any]:
        """The same as one JSON document."""
        return {**asdict(self), "runs": sum(one.runs for one in self.stores.values()), "warning": WARNING}


def forget(name: str, stores: Iterable[Path], progress: Callable[[int, int], None] | None = None) -> Forgotten:
    """Forget an import by its name or id. Runs go first, so that what is interrupted can be asked for again.

    Raises Conflict, with nothing removed, where a batch writes to one of the stores.
    """
    clear_half_written(name)
    path = import_called(name)
    identity = id_of(path) if path is not None else (name if ID.match(name) else None)
    if path is None and identity is None:
        raise UnknownName.among(name, list_imports(), key="import", file=str(imports_folder()))
    folders = list(dict.fromkeys(Path(store) for store in stores))
    with ExitStack() as stack:
        for folder in folders:
            if (folder / MANIFEST).is_file():
                stack.enter_context(
                    held_alone(folder)
                )  # until the import itself is gone: no batch of it begins meanwhile
        removed: dict[str, Purged] = {}
        for n, folder in enumerate(folders):
            removed[str(folder)] = purge(folder, identity) if identity is not None else Purged()
            if progress is not None:
                progress(n + 1, len(folders) + 1)
        if path is None and not any(one.runs for one in removed.values()):
            raise _nothing(name, folders)
        files = _removed(path.parent) if path is not None else []
    if progress is not None:
        progress(len(folders) + 1, len(folders) + 1)
    return Forgotten(str(identity), path.parent.name if path is not None else None, files, removed)


def _removed(folder: Path) -> list[str]:
    """The files of an import, which are gone."""
    files = sorted(str(file) for file in folder.iterdir())
    try:
        shutil.rmtree(folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unwritable(f"The import cannot be removed from {folder}: {reason}.", file=str(folder)) from error
    return files


def _nothing(name: str, folders: list[Path]) -> SpannerError:
    shown = ", ".join(map(str, folders))
    return NotFound(
        f"Nothing of {name} is there: no {SCENARIO_FILE} in {imports_folder()}, no run in {shown}.", key="import",
        given=name, allowed="the name or id of an import",
    )  # fmt: skip
