"""Every source of intelligence tells something of what it sees, and nothing of what it does not; a new one is one file."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from simulation.chance.identity import name_number
from simulation.errors import SpannerError
from simulation.kernels.sense import sense
from simulation.report.catalogues import words
from simulation.report.markdown import cell
from simulation.report.odd import document
from simulation.schema import (
    LIBRARY,
    IntelligenceSource,
    load_authority,
    load_intelligence,
    load_mechanisms,
    quantities,
)
from simulation.state.codes import DIGITAL_ANALYSTS
from simulation.state.police import SEEN_NAMES
from simulation.state.values import Values
from simulation.state.world import State
from simulation.world.prepare_sources import switch_sources
from simulation.world.values import parameter_record
from tests.kernels.police_world import KEY, felt, levers, police_world

SOURCES = load_intelligence()
EVERY = pytest.mark.parametrize("source", SOURCES, ids=[one.id for one in SOURCES])
FILES = {"people": "person", "outlets": "outlet", "businesses": "business"}


def lived(without: str = "", weeks: int = 24, p: Values | None = None, louder: str = "") -> State:
    """A small world where everybody is unknown at first, some weeks on, with one source switched off or raised."""
    record = parameter_record({}, (without,) if without else ()) if p is None else p
    s = police_world()
    for table in FILES.values():
        getattr(s, table).knowledge[:] = 0.0
    switch_sources(s, record)
    v = levers(s)
    if louder:
        v.source_yield[:, row(louder)] = 2.0
    hold = felt(s, v)
    for w in range(weeks):
        sense(s, hold, record, KEY, w, 0)
    return s


def row(name: str) -> int:
    return [one.switch for one in SOURCES].index(name)


def known(s: State, kind: str) -> float:
    return float(getattr(s, FILES[kind]).knowledge.sum())


@EVERY
def test_without_it_less_is_known_of_what_it_sees_and_as_much_of_the_rest(source: IntelligenceSource) -> None:
    whole, less, more = lived(), lived(source.switch), lived(louder=source.switch)
    for kind in FILES:
        if kind in source.sees:
            assert known(less, kind) < known(whole, kind) < known(more, kind), kind
        else:
            assert known(less, kind) == known(whole, kind) == known(more, kind), kind


@EVERY
def test_with_sources_undivided_none_of_them_can_be_told_apart(source: IntelligenceSource) -> None:
    off = parameter_record({}, ("sources",))
    neither = parameter_record({}, ("sources", source.switch))
    for kind in FILES:
        assert known(lived(p=off), kind) == known(lived(p=neither), kind)


@EVERY
def test_it_is_a_mechanism_that_can_be_switched_off_and_is_told(source: IntelligenceSource) -> None:
    assert source.switch in load_mechanisms()
    rows = [line for line in document().splitlines() if line.startswith(f"| `{source.id}` | {cell(source.title)} |")]
    assert len(rows) == 1
    assert rows[0].endswith(f"| {words(source)[1]} |")
    for path, one in quantities(source):
        assert one.status != "assumed" or one.low < one.high, path


def test_all_that_a_source_may_be_said_to_see_is_seen() -> None:
    """What a file may say it sees, files of those are told: nothing that is said is read by nothing."""
    assert set(FILES) == set(SEEN_NAMES) == {kind for one in SOURCES for kind in one.sees}


@EVERY
def test_the_law_lets_it_be_held(source: IntelligenceSource) -> None:
    assert source.power in load_authority().power


@pytest.mark.parametrize("rank", ["upper", "street"])
@pytest.mark.parametrize("level", ["local", "regional", "national"])
def test_together_they_are_what_each_level_learns_today(level: str, rank: str) -> None:
    shares = [getattr(one.share[level], rank).value for one in SOURCES if level in one.share]
    assert sum(shares) == pytest.approx(1.0)


def test_reading_all_of_it_takes_two_hours_a_person() -> None:
    assert sum(one.analyst_hours.value for one in SOURCES) == pytest.approx(2.0)


def folder(tmp_path: Path, **edits: str) -> Path:
    """The library's sources and one more, made of a copy of the last of them with some lines changed."""
    new = tmp_path / "intelligence"
    shutil.copytree(LIBRARY / "intelligence", new)
    lines = (new / "private-sector.toml").read_text().splitlines()
    for key, value in edits.items():
        lines = [f"{key} = {value}" if line.startswith(f"{key} = ") else line for line in lines]
    (new / "trade-bodies.toml").write_text("\n".join(lines) + "\n")
    return new


def test_a_new_source_is_one_file_and_more_is_known(tmp_path: Path) -> None:
    sources = load_intelligence(folder(tmp_path, title='"Trade bodies"'))
    assert [one.id for one in sources] == sorted([*(one.id for one in SOURCES), "trade-bodies"])
    found = []
    for listed in (SOURCES, sources):
        s = police_world(sources=listed)
        for table in FILES.values():
            getattr(s, table).knowledge[:] = 0.0
        hold = felt(s, levers(s))
        for w in range(24):
            sense(s, hold, parameter_record({}), KEY, w, 0)
        found.append([known(s, kind) for kind in FILES])
    assert int(s.source.id[len(sources) - 1]) == name_number("trade-bodies")
    assert all(after > before for before, after in zip(*found, strict=True))


@pytest.mark.parametrize(("key", "value", "said"), [
    ("power", '"informants"', "informant"), ("sees", '["ghosts"]', "people"),
    ("sees", '["people", "ties"]', "outlets"),  # nothing would read it
    ("delay", '{ value = 4, unit = "weeks", low = 5, high = 8, status = "assumed" }', "low"),
])  # fmt: skip
def test_a_source_that_is_wrong_is_refused_in_one_sentence(tmp_path: Path, key: str, value: str, said: str) -> None:
    with pytest.raises(SpannerError) as caught:
        load_intelligence(folder(tmp_path, **{key: value}))
    assert "trade-bodies.toml" in str(caught.value)
    assert key in str(caught.value)
    assert said in str(caught.value)


def test_volume_of_one_source_takes_analysts_from_all_others() -> None:
    """What nobody reads is lost: where analysts are short, more of one source means less of the others."""
    financial, weeks = row("source_financial"), 24
    found = []
    for louder in (1.0, 6.0):
        s, p = police_world(), parameter_record({})
        s.agency.hours[:, DIGITAL_ANALYSTS] = 10.0
        s.source.sees[:3, financial] = 0.0  # it says nothing of use, only more
        v = levers(s)
        v.source_yield[:, financial] = louder
        hold = felt(s, v)
        for w in range(weeks):
            sense(s, hold, p, KEY, w, 0)
        found.append((float(s.agency.adequacy[0]), known(s, "people"), float(s.agency.rumours[0])))
    assert found[1][0] < found[0][0] < 1.0
    assert found[1][1] < found[0][1]
    assert found[1][2] > found[0][2]


def test_encryption_lowers_only_what_comes_from_messages() -> None:
    for source in SOURCES:
        found = []
        for heard in (1.0, 0.2):
            s, p = police_world(sources=(source,)), parameter_record({})
            s.person.knowledge[:] = 0.0
            s.member.heard[:] = heard
            hold = felt(s, levers(s))
            for w in range(12):
                sense(s, hold, p, KEY, w, 0)
            found.append(known(s, "people"))
        assert (found[1] < found[0]) == (source.encryption.value > 0.0), source.id


def test_work_is_felt_after_the_delay_and_newcomers_are_not_yet_on_file() -> None:
    s, p = police_world(), parameter_record({})
    v = levers(s)
    v.effort[:, 0] = 2.0
    hold = felt(s, v)
    for w in range(3):
        sense(s, hold, p, KEY, w, 0)
    for k, source in enumerate(SOURCES):
        gone = 1.0 - (1.0 - 1.0 / (1.0 + source.delay.value)) ** 3
        assert s.source.pace[0, k] == pytest.approx(1.0 + gone)
        assert s.source.pace[1, k] == 1.0
    slow = max(SOURCES, key=lambda one: one.delay.value)
    t = police_world(sources=(slow,))
    t.person.knowledge[:] = 0.0
    t.person.joined[:10] = 0
    hold = felt(t, levers(t))
    for w in range(4):
        sense(t, hold, p, KEY, w, 0)
    assert (t.person.knowledge[:10] == 0.0).all()
    assert (t.person.knowledge[10:20].max(axis=1) > 0.0).all()
    for w in range(4, 20):
        sense(t, hold, p, KEY, w, 0)
    assert (t.person.knowledge[:10].max(axis=1) > 0.0).all()


def missed(ablate: tuple[str, ...], sharing: float) -> np.ndarray:
    """Whom each level has in its picture after three years, people x levels."""
    s, p = police_world(people_each=100, businesses=12), parameter_record({}, ablate)
    s.person.knowledge[:] = 0.0
    s.person.role[:] = 0
    s.agency.hours[:, DIGITAL_ANALYSTS] = 1e6
    v = levers(s)
    v.information_sharing[:] = sharing
    hold = felt(s, v)
    for w in range(156):
        sense(s, hold, p, KEY, w, 0)
    return s.person.knowledge[:1200] >= p["tasking_perceived"]


def test_levels_miss_different_people_and_sharing_finds_what_each_missed() -> None:
    """Paired: the same people with and without more sharing. Undivided, whom the force misses the others miss as well."""
    apart, together = missed((), 0.0), missed((), 0.12)
    others = apart[:, 1:].any(axis=1)
    only_others = others & ~apart[:, 0]
    assert only_others.mean() > 0.01
    assert (together[:, 0] & ~apart[:, 0]).sum() > 0.25 * only_others.sum()
    alike, shared = missed(("sources",), 0.0), missed(("sources",), 0.12)
    assert not (alike[:, 1:].any(axis=1) & ~alike[:, 0]).any()
    assert (shared[:, 0] & ~alike[:, 0]).sum() == 0
