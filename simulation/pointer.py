"""Phases of the week are called through their addresses, so that the week need not be compiled with them in it.

A compiled function that calls another takes that other's code in and optimises it once more: the week, which calls every
phase, took as long to compile as the four largest of them, and anew after every edit of any. Through an address a phase
costs a call more a week, and the week is compiled once and for all.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import numba
import numpy as np
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic


def address_of(function: Any, *arguments: Any) -> int:
    """Compile a function that returns nothing for such arguments, or read it from the cache; where its code stands.

    The address holds as long as the function is loaded.
    """
    return _address(function, tuple(numba.typeof(argument) for argument in arguments))


@functools.cache
def _address(function: Any, kinds: tuple[Any, ...]) -> int:
    """The same by kinds of arguments, looked up once for all worlds."""
    function.compile(kinds)
    made = function.overloads[kinds]
    if made.signature.return_type != types.none:
        raise TypeError(f"{function.__name__} returns {made.signature.return_type}; a phase returns nothing")
    return made.library.get_pointer_to_function(made.fndesc.llvm_func_name)


def addresses(phases: Iterable[Any], s: Any, v: Any, p: Any, key: Any) -> np.ndarray:
    """Where each phase stands for a world's state, levers, parameters and key (words of 64 bits)."""
    return np.array([address_of(phase, s, v, p, key, 0, 0) for phase in phases], dtype=np.uint64)


def _call_phase(typingctx: Any, address: Any, s: Any, v: Any, p: Any, key: Any, w: Any, lw: Any) -> Any:
    """Call the phase that stands at an address; what it raises is raised here."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kinds = signature.args[1:]
        convention = context.call_conv
        kind = convention.get_function_type(types.none, kinds)
        function = builder.inttoptr(args[0], kind.as_pointer())
        status, _ = convention.call_function(builder, function, types.none, kinds, args[1:])
        with cgutils.if_unlikely(builder, status.is_error):
            convention.return_status_propagate(builder, status)
        return context.get_dummy_value()

    return types.none(types.uintp, s, v, p, key, w, lw), codegen


call_phase: Any = intrinsic(_call_phase)
