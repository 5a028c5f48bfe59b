"""The generator is the published one, and is named as the layout says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.chance import draws, identity
from simulation.chance.philox import philox4x32
from simulation.errors import BadType, OutOfRange
from tests.chance import twin

U32 = st.integers(0, 2**32 - 1)
U64 = st.integers(0, 2**64 - 1)
WEEK = st.integers(draws.FIRST_WEEK, draws.LAST_WEEK)

# Random123 1.14, kat_vectors: philox4x32 10.
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "expected"), KNOWN)
def test_published_vectors(counter, key, expected):
    assert tuple(int(word) for word in philox4x32(*counter, *key)) == expected
    assert twin.philox(counter, key) == expected
    assert tuple(twin.philox_columns(np.array([counter], np.uint32), key)[0]) == expected


@given(st.tuples(U32, U32, U32, U32), st.tuples(U32, U32))
def test_compiled_and_plain_agree(counter, key):
    compiled = tuple(int(word) for word in philox4x32(*counter, *key))
    assert compiled == twin.philox(counter, key)
    assert compiled == tuple(twin.philox_columns(np.array([counter], np.uint32), key)[0])


@given(U32, U32, U64, WEEK, st.integers(0, 255), st.integers(0, 4095), U64)
def test_layout_of_counter_and_key(seed, replicate, name, week, stream, draw, partner):
    key = draws.make_key(seed, replicate)
    got = tuple(int(word) for word in draws.words(key, name, week, stream, draw, partner))
    assert got == twin.words(seed, replicate, name, week, stream, draw, partner)
    assert draws.uniform(key, name, week, stream, draw, partner) == (got[0] + 0.5) / 2**32
    assert draws.uniforms(key, name, week, stream, draw, partner) == tuple((word + 0.5) / 2**32 for word in got)


@given(U64, st.integers(0, 40), U64)
def test_identity_is_splitmix(parent, kind, ordinal):
    assert int(identity.splitmix(parent, kind, ordinal)) == twin.splitmix(parent, kind, ordinal)


def test_identities_do_not_collide():
    localities = identity.children(1, identity.LOCALITY, 0, 200)
    people = np.concatenate([identity.children(place, identity.PERSON, 0, 1000) for place in localities])
    outlets = np.concatenate([identity.children(place, identity.OUTLET, 0, 1000) for place in localities])
    everyone = np.concatenate([localities, people, outlets])
    assert np.unique(everyone).size == everyone.size
    assert not np.any(everyone == 0)


def test_same_bits_again():
    key = draws.make_key(20261101, 7)
    names = identity.children(9, identity.PERSON, 0, 500)
    first = draws.uniform_column(key, names, 12, 3, 0, 0)
    assert first.tobytes() == draws.uniform_column(key, names, 12, 3, 0, 0).tobytes()
    alone = [draws.uniform(key, name, 12, 3, 0, 0) for name in names]
    assert first.tobytes() == np.array(alone).tobytes()


@pytest.mark.parametrize("seed", [-1, 2**32, 2**63, 2**64])
def test_seed_out_of_range_is_refused(seed):
    with pytest.raises(OutOfRange, match="between 0 and 4294967295"):
        draws.make_key(seed)
    with pytest.raises(OutOfRange, match="between 0 and 4294967295"):
        draws.make_key(1, seed)


@pytest.mark.parametrize("seed", [1.0, "1", None, True])
def test_seed_that_is_no_whole_number_is_refused(seed):
    with pytest.raises(BadType, match="whole number"):
        draws.make_key(seed)


def test_key_holds_seed_and_replicate():
    assert int(draws.make_key(2**32 - 1, 5)) == (2**32 - 1) << 32 | 5
    assert draws.make_key(1, 0) != draws.make_key(0, 1)
