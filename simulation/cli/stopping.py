"""Ctrl-C and TERM end work in good order: first where it can be gone on with, then at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final, Self

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


class Stopped(SystemExit):
    """The user or the system asked the process to end: of a kind that a server's loop passes on whatever it was doing."""

    def __init__(self, number: int, message: str = "Stopped.") -> None:
        super().__init__(message)
        self.number = number


class Stopping:
    """Listens for signals while a command runs; within `gently` the first one only raises a flag."""

    def __init__(self) -> None:
        self.asked: int | None = None
        self._gentle = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = {number: signal.signal(number, self._hear) for number in SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def __call__(self) -> bool:
        """Whether work should stop."""
        return self.asked is not None

    @contextmanager
    def gently(self) -> Iterator[None]:
        """While this holds, work looks at the flag and ends by itself; a second signal ends it at once."""
        self._gentle = True
        try:
            yield
        finally:
            self._gentle = False

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        first = self.asked is None
        self.asked = number
        if not (self._gentle and first):
            raise Stopped(number)
