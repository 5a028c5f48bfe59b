"""The state of a calibration in a folder: what was asked, where each wave looks, and what every draw came to.

Whatever is written is written under another name, synced and renamed; a kill at any moment loses a few draws at most.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from simulation.calibration.living import Answer
from simulation.errors import Conflict, Unwritable

FORMAT: Final = 1
ASKED: Final = "calibration.json"
COLUMNS: Final = ("draw", "target", "value", "variance", "seconds")


class Folder:
    """The folder of one calibration; one process at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            (path / "answers").mkdir(parents=True, exist_ok=True)
            self._lock = open(path / "lock", "w")  # noqa: SIM115 - held until the work is over
        except OSError as error:
            raise Unwritable(file=str(path), given=error.strerror, allowed="a folder that can be written") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            raise Conflict(f"Another calibration is at work in {path}.", file=str(path), key="out") from error

    def close(self) -> None:
        """Let another process go on here."""
        self._lock.close()

    def begin(self, asked: dict[str, Any]) -> None:
        """Note what is asked, or see that what lies here was asked alike by the same model."""
        known = self.read(ASKED)
        if known is None:
            self.write(ASKED, {"format": FORMAT, **asked})
            return
        for key, what in (("model_version", "model version"), ("settings", "settings"), ("seed", "seed")):
            if known.get(key) != asked[key]:
                raise Conflict(
                    f"{self.path} holds draws of another {what} ({known.get(key)}, now {asked[key]}); draws of different "
                    f"{what}s are not put together. Choose another folder with --out.",
                    file=str(self.path / ASKED), key=key, given=asked[key], allowed=known.get(key),
                )  # fmt: skip

    def read(self, name: str) -> Any:
        """A document of the folder, or None."""
        try:
            return json.loads((self.path / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None

    def write(self, name: str, document: Any) -> Path:
        """Put a document in its place, whole or not at all."""
        path = self.path / name
        place(path, json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1).encode() + b"\n")
        return path

    def keep(self, answers: Sequence[Answer], spent: float) -> None:
        """Add what draws came to, and how long the work has taken in all."""
        rows = [
            (one.draw, name, value, one.variances[name], one.seconds)
            for one in answers
            for name, value in one.values.items()
        ]
        if rows:
            part = self.path / "answers" / f"part-{time.time_ns():020d}-{secrets.token_hex(3)}.parquet"
            place(part, pd.DataFrame(rows, columns=list(COLUMNS)).to_parquet(index=False, compression="zstd"))
        self.write("spent.json", {"seconds": spent})

    def answers(self) -> list[Answer]:
        """What draws have come to so far."""
        frames = []
        for path in sorted((self.path / "answers").glob("part-*.parquet")):
            try:
                frames.append(pd.read_parquet(path))
            except (OSError, ValueError):  # damaged since: its draws are lived again
                path.rename(path.with_suffix(".bad"))
        if not frames:
            return []
        every = pd.concat(frames, ignore_index=True).drop_duplicates(["draw", "target"], keep="last")
        return list(answers_of(every))

    @property
    def spent(self) -> float:
        """Seconds of work so far, over all starts."""
        return float((self.read("spent.json") or {"seconds": 0.0})["seconds"])


def answers_of(frame: pd.DataFrame) -> Iterable[Answer]:
    """Rows put together by draw."""
    for draw, rows in frame.groupby("draw", sort=True):
        names = [str(name) for name in rows["target"]]
        yield Answer(
            str(draw),
            dict(zip(names, rows["value"].astype(float), strict=True)),
            dict(zip(names, rows["variance"].astype(float), strict=True)),
            float(rows["seconds"].iloc[0]),
        )


def place(path: Path, data: bytes) -> None:
    """Write a file whole: another name, sync, rename. Raises Unwritable."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(temporary, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise Unwritable(file=str(path), given=error.strerror, allowed="a file in a folder that exists") from error
