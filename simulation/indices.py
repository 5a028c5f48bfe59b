"""In a kernel an index counts from the front, so that nobody's row, -1, cannot be taken for the last one.

numba reads a negative index as Python does, from the end. In the model -1 means nobody, and the row it would find is
another's: a fault nobody sees. Each access pays for it besides, by a mask and an addition. In functions of this package
an index that is not written as a constant is therefore taken as it stands. With numba's `NUMBA_BOUNDSCHECK=1` both ends
are checked, and the first index outside its column ends the run with an IndexError; a test runs the model so.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.np import arrayobj

OURS = "_ZN10simulation"  # what the names of compiled functions of this package begin with
_usual = arrayobj.fix_integer_index


def count_from_the_front() -> None:
    """Compile this package's functions so from now on; those of others as before."""
    arrayobj.fix_integer_index = _as_it_stands


def _as_it_stands(context: Any, builder: Any, kind: Any, index: Any, size: Any) -> Any:
    """The machine's word for an index of a column of some size."""
    ours = builder.function.name.startswith(OURS)
    if not ours or not kind.signed or isinstance(index, ir.Constant):
        return _usual(context, builder, kind, index, size)
    return context.cast(builder, index, kind, types.intp)
