"""Names become keyed tokens: without the key nobody can tell whose token one is, not even by trying every name."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from typing import Final

import numpy as np

KEY_BYTES: Final = 32


def new_key() -> bytes:
    """A key that nobody can guess; it lies in a file of its own, and with it goes the last way back to a name."""
    return secrets.token_bytes(KEY_BYTES)


def tokens(key: bytes, kind: str, names: Iterable[str]) -> np.ndarray:
    """The token of each name (uint64, never 0): the same under one key, unlike under any other."""
    return np.array([token(key, kind, name) for name in names], dtype=np.uint64)


def token(key: bytes, kind: str, name: str) -> int:
    """The token of one name; `kind` keeps a person and a group of one name apart."""
    digest = hashlib.blake2b(name.encode(), key=key, digest_size=8, person=kind.encode()).digest()
    return int.from_bytes(digest, "little") or 1
