"""What came of each finding is kept as it comes, so that a validation that was stopped goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

from simulation.errors import Unwritable
from simulation.schema.canonical import canonical
from simulation.store.identity import model_version
from simulation.validation.experiment import Experiment, Growth
from simulation.validation.judging import Row

JUDGES = Path(__file__).parent  # an estimator that was changed may judge otherwise


class Kept:
    """A folder of rows, each named by all that decides it: the model, the experiment, how it is judged, the numbers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._of_all = f"{model_version()} {_sources(sorted(JUDGES.glob('*.py')))}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unwritable(file=str(folder), given=error.strerror, allowed="a folder that can be written") from error

    def find(self, experiment: Experiment, growth: Growth, seed: int) -> Row | None:
        """The row, if it was worked out before."""
        try:
            return Row.from_dict(json.loads(self._path(experiment, growth, seed).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None

    def keep(self, experiment: Experiment, growth: Growth, seed: int, row: Row) -> None:
        """Add a row, whole or not at all."""
        path = self._path(experiment, growth, seed)
        whole = path.with_suffix(f".{os.getpid()}")
        try:
            whole.write_text(json.dumps(row.to_dict(), ensure_ascii=False, indent=1), encoding="utf-8")
            whole.replace(path)
        except OSError as error:
            raise Unwritable(file=str(path), given=error.strerror, allowed="a folder that can be written") from error

    def _path(self, experiment: Experiment, growth: Growth, seed: int) -> Path:
        asked = f"{self._of_all} {canonical(experiment)} {growth.first} {growth.most} {seed}"
        return self.folder / f"{experiment.id}.{hashlib.blake2b(asked.encode(), digest_size=8).hexdigest()}.json"


def _sources(paths: Iterable[Path]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()
