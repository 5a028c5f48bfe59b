"""A whole group of columns reaches compiled code as one pointer.

numba passes a NamedTuple of arrays by value: with hundreds of columns every call would carry thousands of arguments and
every function would take seconds to compile. Here each group becomes a numba struct reference whose fields are the
columns: kernels read `s.person.status[i]` all the same, and Python keeps the NamedTuples. The arrays inside a handle
are borrowed: whoever makes a handle keeps the columns alive as long as it (`State` does, `bind` does).
"""

from __future__ import annotations

import hashlib
from typing import Any

from numba.core import cgutils, types
from numba.experimental import structref
from numba.experimental.structref import _Utils
from numba.extending import intrinsic

from simulation.kernel import kernel


class GroupType(types.StructRef):
    """The compiled type of a group of columns; one class for all, told apart by name and fields."""

    def __init__(self, fields: Any, group: str = "") -> None:
        super().__init__(fields)
        digest = hashlib.blake2b(repr((group, self._fields)).encode(), digest_size=8).hexdigest()
        self.group = group
        self.name = f"Group.{group}.{digest}"

    @property
    def key(self) -> Any:
        return (self.group, self._fields)

    @property
    def mangling_args(self) -> tuple[str, tuple[()]]:
        return self.name, ()


structref.register(GroupType)


class Handle(structref.StructRefProxy):
    """A group of columns as compiled code sees it. Make it with `bind`."""

    columns: Any


structref.define_boxing(GroupType, Handle)


@intrinsic
def _as_group(typingctx: Any, fields: Any) -> Any:
    """The struct reference whose fields are those of a named tuple, arrays borrowed."""
    group = GroupType(list(zip(fields.fields, fields.types, strict=True)), fields.instance_class.__name__)
    signature = group(fields)

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        payload = context.data_model_manager[group.get_data_type()].get_value_type()
        size = context.get_constant(types.uintp, context.get_abi_sizeof(payload))
        meminfo = context.nrt.meminfo_alloc(builder, size)
        pointer = builder.bitcast(context.nrt.meminfo_data(builder, meminfo), payload.as_pointer())
        builder.store(cgutils.get_null_value(payload), pointer)
        made = context.make_helper(builder, group)
        made.meminfo = meminfo
        value = made._getvalue()
        data = _Utils(context, builder, group).get_data_struct(value)
        source = cgutils.unpack_tuple(builder, args[0])
        for name, kind, field in zip(fields.fields, fields.types, source, strict=True):
            if isinstance(kind, types.Array):
                array = context.make_array(kind)(context, builder, value=field)
                array.meminfo = cgutils.get_null_value(array.meminfo.type)
                array.parent = cgutils.get_null_value(array.parent.type)
                field = array._getvalue()
            else:
                context.nrt.incref(builder, kind, field)
            setattr(data, name, field)
        return value

    return signature, codegen


@kernel
def _make(fields: Any) -> Any:
    return _as_group(fields)  # pyright: ignore[reportCallIssue]


def bind(group: Any) -> Handle:
    """The handle of a group (a NamedTuple of arrays, or of handles); it keeps the columns alive."""
    made: Handle = _make(group)
    made.columns = group
    return made
