"""Labels for what is read out of a store: its runs may be of several versions of the model."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from simulation.experiments.support import Supports, supports
from simulation.measures.catalogue import MEASURES
from simulation.store.read import Reader
from simulation.store.store import Store

WORD: Final = re.compile(r"[a-z0-9_]+(?::[a-z0-9-]+)?")


class Labels:
    """Whether outcomes of the runs of a store are validated, each run by its own version of the model."""

    def __init__(self, store: Store) -> None:
        with Reader(store) as reader:
            runs = reader.frame(
                "SELECT run_id, model_version, ablate, parameters, draw FROM runs WHERE status = 'done'"
            )
        self._of: dict[str, Supports] = {}
        for row in runs.to_dict("records"):
            by_hand = row["parameters"] not in ("{}", None) and pd.isna(row["draw"])
            departs = row["ablate"] not in ("[]", None) or by_hand
            self._of[str(row["run_id"])] = supports(str(row["model_version"]), departs=departs)
        self._every = list({id(one): one for one in self._of.values()}.values())

    def mark(self, frame: pd.DataFrame) -> pd.DataFrame:
        """A table or an answer with the column `validated`, where its rows name a measure."""
        if "measure" not in frame.columns:
            return frame
        runs = frame["run_id"] if "run_id" in frame.columns else [""] * len(frame)
        pairs = list(zip(runs, frame["measure"], strict=True))
        known = {pair: self._validated(*pair) for pair in set(pairs)}
        return frame.assign(validated=[known[pair] for pair in pairs])

    def quoted(self, sql: str, answer: pd.DataFrame) -> list[str]:
        """The outcomes a question or its answer names that are not to be quoted without the label, in their order."""
        texts = [sql.lower(), *(str(name).lower() for name in answer.columns)]
        named = {word for text in texts for word in WORD.findall(text)}
        if "measure" in answer.columns:
            named |= {str(name) for name in answer["measure"]}
        order = [measure.id for measure in MEASURES] + sorted(name for name in named if ":" in name)
        return [name for name in order if name in named and not self._validated("", name)]

    def _validated(self, run: str, measure: str) -> bool:
        """In a run of the store, or (where it is not said which) in all of them."""
        own = self._of.get(run)
        return all(one.validated(measure) for one in ([own] if own is not None else self._every)) and bool(self._every)
