"""One spelling for everything that is hashed: equal statements give equal text, whatever order they were made in."""

from __future__ import annotations

import json
import math
from typing import Any

from pydantic import BaseModel

from simulation.errors import BadType, OutOfRange


def canonical(obj: Any) -> str:
    """The statement as JSON: keys sorted, no spaces, whole floats as integers, ASCII only.

    Raises OutOfRange for NaN or infinity and BadType for what JSON cannot say.
    """
    return json.dumps(_plain(obj), sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def _plain(obj: Any) -> Any:
    if isinstance(obj, BaseModel):
        return {name: _plain(getattr(obj, name)) for name in type(obj).model_fields}
    if obj is None or isinstance(obj, (bool, str, int)):
        return obj
    if isinstance(obj, float):
        if not math.isfinite(obj):
            raise OutOfRange(given=obj, allowed="a finite number")
        return int(obj) if obj.is_integer() and abs(obj) < 2**53 else obj
    if isinstance(obj, dict):
        if not all(isinstance(key, str) for key in obj):
            raise BadType("only text may be a key in a hashed statement.", given=str(obj)[:60], allowed="text keys")
        return {key: _plain(item) for key, item in obj.items()}
    if isinstance(obj, (list, tuple)):
        return [_plain(item) for item in obj]
    if isinstance(obj, (set, frozenset)):
        return sorted((_plain(item) for item in obj), key=lambda item: json.dumps(item, sort_keys=True))
    raise BadType(given=type(obj).__name__, allowed="numbers, text, lists, tables and models of the schema")
