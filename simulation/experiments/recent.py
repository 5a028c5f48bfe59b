"""Runs done lately are remembered, so that each change of a plan is held against a baseline that is at hand already."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from simulation.store.records import Record

MOST_BYTES: Final = 64_000_000  # some hundred runs of three years


class Recent:
    """Finished runs by their names, for as long as the process lives; those not asked for longest are forgotten first."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most = most
        self._runs: OrderedDict[str, Record] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def known(self, measures: Sequence[str]) -> dict[str, Record]:
        """Every run at hand that holds just these weekly measures."""
        wanted = tuple(measures)
        with self._lock:
            return {name: record for name, record in self._runs.items() if record.measures == wanted}

    def keep(self, record: Record) -> None:
        """Remember a run, or that it was asked for again; one that failed is tried anew."""
        if not record.done:
            return
        with self._lock:
            old = self._runs.pop(record.run_id, None)
            self._runs[record.run_id] = record
            self._bytes += _size(record) - (0 if old is None else _size(old))
            while self._bytes > self.most and self._runs:
                _, gone = self._runs.popitem(last=False)
                self._bytes -= _size(gone)


def _size(record: Record) -> int:
    return record.series.nbytes + record.places.nbytes


RECENT: Final = Recent()
