"""Which outcomes published findings support on a version of the model; every other one is labelled unvalidated.

`supports.toml` says which findings try what makes an outcome, `validated.json` what came of them and on which version.
A finding that was missed, or was tried on another version alone, supports nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from simulation.errors import UnknownKey, UnknownName
from simulation.experiments.markets import NAMES
from simulation.experiments.record import RECORD, Record, load_record
from simulation.measures.catalogue import MEASURES
from simulation.schema import load_findings
from simulation.schema.reading import LIBRARY, names_in, read_table
from simulation.store.identity import model_version

SUPPORTS: Final = LIBRARY / "uk" / "supports.toml"
PICTURES: Final = ("flow_goods", "flow_money", "sight", "books", "early", "charts", "cooperation", "network")
"""What is shown and is no measure."""
UNVALIDATED: Final = "unvalidated"
NOTHING_TRIES: Final = "no published finding tries what makes it"


@dataclass(frozen=True)
class Support:
    """What published findings say of one outcome on one version of the model."""

    passed: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    untried: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    """Of a sum, the parts that are not validated."""
    whole: bool = False
    """Whether it is a sum of parts."""
    departs: bool = False
    """Whether what made it is another world than findings are tried on."""

    @property
    def validated(self) -> bool:
        return not self.lacking if self.whole else bool(self.passed)

    @property
    def why(self) -> str:
        """What the label rests on, in words."""
        if self.whole:
            return f"its parts {', '.join(self.lacking)} are not validated" if self.lacking else "each of its parts is"
        untried = "not tried with these parameters and mechanisms" if self.departs else "not tried on this version"
        told = (("reproduced", self.passed), ("missed", self.missed), (untried, self.untried))
        return "; ".join(f"{word}: {', '.join(rows)}" for word, rows in told if rows) or NOTHING_TRIES


class Supports:
    """The support of every outcome on one version of the model."""

    def __init__(self, table: Mapping[str, Any], record: Record | None, version: str, departs: bool = False) -> None:
        self.version = version
        self._table = table
        self._departs = departs
        # findings were tried with every mechanism on and parameters as they are
        verdicts = {} if departs or record is None else record.verdicts(version)
        self._verdicts = {finding: all(found) for finding, found in verdicts.items()}

    def of(self, outcome: str, market: str | None = None) -> Support:
        """The support of a measure or picture, or of what is counted of one market; MEASURE:MARKET is understood, too."""
        if market is None and ":" in outcome:
            outcome, _, market = outcome.partition(":")
        if market is not None:
            own = self._table["in_market"].get(outcome, {}).get("rows", ())
            there = self._table["market"].get(market, {}).get("rows", ())
            return self._of_rows([row for row in own if row in there])
        entry = self._table["outcome"].get(outcome) or self._table["picture"].get(outcome) or {}
        parts = entry.get("parts")
        if parts is None:
            return self._of_rows(entry.get("rows", ()))
        return Support(lacking=tuple(part for part in parts if not self.of(part).validated), whole=True)

    def validated(self, outcome: str, market: str | None = None) -> bool:
        """Whether an outcome may stand without the label."""
        return self.of(outcome, market).validated

    def unvalidated(self) -> dict[str, str]:
        """The measures that carry the label, and why."""
        found = {measure.id: self.of(measure.id) for measure in MEASURES}
        return {name: support.why for name, support in found.items() if not support.validated}

    def mark(self, frame: pd.DataFrame) -> pd.DataFrame:
        """A frame of results with its labels: a column where a row names its measure, else in `attrs`."""
        if "measure" not in frame.columns:
            labels = [str(name) for name in frame.columns if self._known(str(name)) and not self.validated(str(name))]
            frame.attrs["unvalidated"] = labels
            return frame
        markets = frame["market"] if "market" in frame.columns else [None] * len(frame)
        known = {pair: self.validated(*pair) for pair in set(zip(frame["measure"], markets, strict=True))}
        return frame.assign(validated=[known[pair] for pair in zip(frame["measure"], markets, strict=True)])

    def picture(self, name: str, *frames: pd.DataFrame) -> None:
        """Say in the `attrs` of frames that are no measures whether what they show is validated."""
        for frame in frames:
            frame.attrs["unvalidated"] = [] if self.validated(name) else [name]

    def flows(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Flows of goods and money, each row with whether it is validated."""
        known = {kind: self.validated(f"flow_{kind}") for kind in ("goods", "money")}
        return frame.assign(validated=[known.get(str(kind), False) for kind in frame["kind"]])

    def frame(self) -> pd.DataFrame:
        """A row an outcome, of the whole and of each market: whether it is validated, and why or why not."""
        pairs: list[tuple[str, str | None]] = [(name, None) for name in (*(one.id for one in MEASURES), *PICTURES)]
        pairs += [(name, market) for market in names_in("markets") for name in NAMES]
        rows = [(name, market, self.of(name, market)) for name, market in pairs]
        return pd.DataFrame(
            [
                {"outcome": name, "market": market or "", "validated": one.validated, "why": one.why,
                 **{key: list(getattr(one, key)) for key in ("passed", "missed", "untried", "lacking")}}
                for name, market, one in rows
            ]
        )  # fmt: skip

    def _known(self, name: str) -> bool:
        return name in self._table["outcome"] or name.partition(":")[0] in self._table["in_market"]

    def _of_rows(self, rows: Any) -> Support:
        return Support(
            tuple(row for row in rows if self._verdicts.get(row) is True),
            tuple(row for row in rows if self._verdicts.get(row) is False),
            tuple(row for row in rows if row not in self._verdicts),
            departs=self._departs,
        )


def supports(version: str | None = None, *, departs: bool = False) -> Supports:
    """The support of every outcome on a version of the model, this one if none is named. Raises SpannerError.

    Where a run `departs` from it by mechanisms switched off or parameters set by hand, nothing is supported.
    """
    written = RECORD.stat().st_mtime_ns if RECORD.exists() else 0
    return _supports(version or model_version(), departs, RECORD, written)


@lru_cache(maxsize=16)
def _supports(version: str, departs: bool, file: Path, written: int) -> Supports:
    return Supports(read_supports(), load_record(file) if written else None, version, departs)


def read_supports(file: Path = SUPPORTS) -> dict[str, dict[str, dict[str, list[str]]]]:
    """Which findings try what makes each outcome. Raises SpannerError for a name that is not known."""
    table = read_table(file)
    known = {
        "outcome": {measure.id for measure in MEASURES},
        "picture": set(PICTURES),
        "in_market": set(NAMES),
        "market": set(names_in("markets")),
    }
    findings = {finding.id for finding in load_findings()}
    for part, entries in table.items():
        if part not in known:
            raise UnknownName.among(part, known, key=part, file=str(file))
        for name, entry in entries.items():
            if name not in known[part]:
                raise UnknownName.among(name, known[part], key=f"{part}.{name}", file=str(file))
            allowed = {"rows": findings} | ({"parts": known[part]} if part == "outcome" else {})
            if not isinstance(entry, dict) or len(entry) != 1 or set(entry) - set(allowed):
                raise UnknownKey(file=str(file), key=f"{part}.{name}", given=entry, allowed=" or ".join(allowed))
            for key, named in entry.items():
                for one in named:
                    if one not in allowed[key]:
                        raise UnknownName.among(one, allowed[key], key=f"{part}.{name}.{key}", file=str(file))
    return {part: table.get(part, {}) for part in known}
