"""An address is read strictly: what it cannot mean is said in one sentence, and writing it gives it back."""

from __future__ import annotations

import base64
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.address import (
    LONGEST,
    BadAddress,
    CompareAddress,
    PlanAddress,
    pack,
    read_compare,
    read_plan,
    start_preset,
    unpack,
    write_compare,
    write_plan,
)  # fmt: skip


def search(address: str) -> str:
    return "?" + address.split("?", 1)[1]


@pytest.mark.parametrize(
    "bad",
    ["?presett=force", "?preset=force&preset=estate", "?preset=../etc", "?preset=Force", "?weeks=12", "?weeks=many", "?weeks=-5", "?weeks=1e3",
     "?entry=500", "?draft=x", "?edit=%%%", "?edit=AAAA", "?plan=a/b"],
)  # fmt: skip
def test_a_bad_plan_address_is_one_sentence(bad):
    with pytest.raises(BadAddress) as caught:
        read_plan(bad)
    assert str(caught.value).endswith((".", "?"))
    assert "Traceback" not in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    "bad",
    [
        "?plans=a,a",
        "?plans=a,b,c,d,e,f",
        "?plans=A",
        "?replicates=2",
        "?seed=4294967296",
        "?job=<script>",
        "?weeks=999",
        "?show=Harm",
        "?market=../x",
        "?of=a_b",
    ],
)
def test_a_bad_compare_address_is_one_sentence(bad):
    with pytest.raises(BadAddress):
        read_compare(bad)


names = st.from_regex(r"[a-z0-9-]{1,64}", fullmatch=True)


@given(
    names,
    st.lists(names, max_size=5, unique=True),
    st.integers(13, 520),
    st.integers(4, 1000),
    st.integers(0, 2**32 - 1),
)
def test_a_compare_address_says_everything(preset, plans, weeks, replicates, seed):
    address = CompareAddress(None, preset, tuple(plans), weeks, replicates, seed)
    assert read_compare(search(write_compare(address))) == address


@given(st.none() | st.from_regex(r"[a-z0-9_]{1,64}", fullmatch=True), st.none() | names, st.none() | names)
def test_what_is_seen_of_a_comparison_stands_in_its_address(show, market, of):
    for asked in (CompareAddress("abcdefgh1234"), CompareAddress(None, "force", ("a", "b"))):
        address = replace(asked, show=show, market=market, of=of)
        assert read_compare(search(write_compare(address))) == address


@given(names, st.none() | names, st.none() | st.integers(0, 499), st.integers(13, 520), st.floats(0, 1))
def test_a_plan_address_says_everything(preset, plan, entry, weeks, dose):
    edit = {"id": "x", "title": "Ein Plan – für alle", "entry": [{"intervention": "clear", "dose": dose}]}
    address = PlanAddress(preset, plan, edit, None, entry, weeks)
    assert read_plan(search(write_plan(address))) == address


def test_a_long_plan_is_kept_under_its_draft():
    edit = {"title": "x", "entry": [{"intervention": f"i-{i * 7919 % 104729}", "dose": i / 977} for i in range(300)]}
    text = write_plan(PlanAddress("force", None, edit, "abcdefgh1234", None, 156))
    assert len(text) <= LONGEST
    assert read_plan(search(text)).draft == "abcdefgh1234"


def test_a_packed_bomb_is_refused():
    bomb = base64.urlsafe_b64encode(zlib.compress(b'{"a":"' + b"x" * 5_000_000 + b'"}')).decode()
    with pytest.raises(BadAddress):
        unpack(bomb)
    assert unpack(pack({"a": 1})) == {"a": 1}


def test_the_start_page_takes_a_place():
    assert start_preset("") is None
    assert start_preset("?preset=estate") == "estate"
    with pytest.raises(BadAddress):
        start_preset("?place=estate")


def test_what_is_unfolded_stands_in_the_address_in_one_order():
    asked = read_compare("?preset=force&plans=a&open=worth,deep")
    assert asked.open == ("deep", "worth")
    assert write_compare(asked).endswith("open=deep,worth")
    with pytest.raises(BadAddress, match="there are deep, borne, markets, worth"):
        read_compare("?open=attic")
