"""A whole group of columns reaches compiled code as one pointer.

numba passes a NamedTuple of arrays by value: with hundreds of columns every call would carry thousands of arguments and
every function would take seconds to compile. Here each group becomes a table of words (addresses and lengths of its
columns, addresses of further groups, or plain numbers), and compiled code gets the address of the table: kernels read
`s.person.status[i]` all the same, and Python keeps the NamedTuples.

Two things are promised to the compiler, which make a column as cheap in a loop as a local variable. The columns are
borrowed: whoever makes a handle keeps them alive (a handle does), so that nothing is counted. And a table never changes
while compiled code runs, so that it is read once, however often a loop writes to the columns. Larger tables mean a new
handle; a parameter may change between calls, not within one.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.core.datamodel.registry import default_manager
from numba.core.imputils import impl_ret_borrowed
from numba.core.typing.templates import AttributeTemplate
from numba.extending import NativeValue, infer_getattr, lower_getattr_generic, typeof_impl, unbox
from numba.np.numpy_support import from_dtype

from simulation.kernel import source_hash

WORD = ir.IntType(64)
LAYOUT = source_hash(
    Path(__file__)
)  # a part of each type's name, so that no machine code meets a table of another make


class GroupType(types.Type):
    """The compiled type of a group of columns; one class for all, told apart by name and fields."""

    def __init__(self, group: str, fields: tuple[tuple[str, Any], ...]) -> None:
        digest = hashlib.blake2b(repr((LAYOUT, group, fields)).encode(), digest_size=8).hexdigest()
        self.group = group
        self.fields = fields
        self.place: dict[str, tuple[Any, int]] = {}
        words = 0
        for field, kind in fields:
            self.place[field] = kind, words
            words += 1 + kind.ndim if isinstance(kind, types.Array) else 1
        super().__init__(name=f"Group.{group}.{digest}")

    @property
    def key(self) -> Any:
        return self.name

    @property
    def mangling_args(self) -> tuple[str, tuple[()]]:
        return self.name, ()


default_manager.register(GroupType, models.OpaqueModel)


class Handle:
    """A group of columns as compiled code sees it. Make it with `bind`."""

    __slots__ = ("__dict__", "_address", "_table", "_type", "columns")

    _type: GroupType
    _table: np.ndarray
    _address: int
    columns: Any

    def point(self, kind: GroupType, table: np.ndarray, columns: Any) -> None:
        """Take a table of words, and keep alive what it points to."""
        self._type, self._table, self._address, self.columns = kind, table, table.ctypes.data, columns

    @property
    def _numba_type_(self) -> GroupType:
        return self._type


def bind(group: Any) -> Handle:
    """The handle of a group (a NamedTuple of contiguous arrays, or of handles); it keeps the columns alive."""
    made = Handle()
    made.point(*table_of(group), group)
    return made


def table_of(group: Any) -> tuple[GroupType, np.ndarray]:
    """The compiled type of a group and its table of words. Raises ValueError for a column that is not contiguous."""
    words: list[int] = []
    makes: list[Any] = [type(group)]
    for part in group:
        if isinstance(part, Handle):
            words.append(part._address)
            makes.append(part._type.name)
            continue
        if not part.flags.c_contiguous:
            raise ValueError(f"a column of {type(group).__name__} is not contiguous")
        words.append(part.__array_interface__["data"][0])
        words += part.shape
        makes.append((part.dtype.char, part.ndim))
    make = tuple(makes)
    kind = _kinds.get(make)
    if kind is None:
        fields = tuple(
            (name, part._type if isinstance(part, Handle) else types.Array(from_dtype(part.dtype), part.ndim, "C"))
            for name, part in zip(group._fields, group, strict=True)
        )
        kind = _kinds[make] = GroupType(type(group).__name__, fields)
    return kind, np.array(words, dtype=np.uint64)


_kinds: dict[tuple[Any, ...], GroupType] = {}  # the types of groups met so far, by what their columns are made of


@typeof_impl.register(Handle)
def _typeof_handle(handle: Handle, context: Any) -> GroupType:
    return handle._type


@unbox(GroupType)
def _unbox_handle(kind: GroupType, handle: Any, c: Any) -> NativeValue:
    """Python's handle becomes the address of its table."""
    number = c.pyapi.object_getattr_string(handle, "_address")
    address = c.pyapi.long_as_voidptr(number)
    c.pyapi.decref(number)
    return NativeValue(address, is_error=cgutils.is_not_null(c.builder, c.pyapi.err_occurred()))


@infer_getattr
class _GroupFields(AttributeTemplate):
    key = GroupType

    def generic_resolve(self, kind: GroupType, name: str) -> Any:
        return kind.place[name][0] if name in kind.place else None


@lower_getattr_generic(GroupType)
def _read_field(context: Any, builder: Any, kind: GroupType, table: Any, name: str) -> Any:
    """A column (its array, made from the table's words), a further group, or a number."""
    field, at = kind.place[name]
    if not isinstance(field, types.Array):
        return _read_word(builder, table, at, context.get_value_type(field))
    array = context.make_array(field)(context, builder)
    item = context.get_abi_sizeof(context.get_data_type(field.dtype))
    shape = [_read_word(builder, table, at + 1 + axis, WORD) for axis in range(field.ndim)]
    strides: list[Any] = [ir.Constant(WORD, item)]
    for length in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], length))
    items = shape[0]
    for length in shape[1:]:
        items = builder.mul(items, length)
    array.meminfo = cgutils.get_null_value(array.meminfo.type)
    array.parent = cgutils.get_null_value(array.parent.type)
    array.nitems = items
    array.itemsize = ir.Constant(WORD, item)
    array.data = _read_word(builder, table, at, array.data.type)
    array.shape = cgutils.pack_array(builder, shape, ty=WORD)
    array.strides = cgutils.pack_array(builder, strides, ty=WORD)
    return impl_ret_borrowed(context, builder, field, array._getvalue())


def _read_word(builder: Any, table: Any, at: int, kind: Any) -> Any:
    """Read one word of a table, which the compiler may take as never changing."""
    words = builder.bitcast(table, kind.as_pointer())
    read = builder.load(builder.gep(words, [ir.Constant(WORD, at)]))
    read.set_metadata("invariant.load", builder.module.add_metadata([]))
    return read
