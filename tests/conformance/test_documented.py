"""Whatever stands in the library is told in the description of the model, and says on whose word it rests."""

from __future__ import annotations

import functools

import pytest

from simulation.report.catalogues import every_market, every_node, words
from simulation.report.markdown import cell
from simulation.report.odd import document
from simulation.schema import (
    LIBRARY,
    list_cases,
    list_scenarios,
    load_channels,
    load_scenario,
    load_sectors,
    load_sources,
    quantities,
)
from simulation.schema.base import Frozen
from simulation.schema.platform import list_platform_kinds, load_services
from simulation.state.codes import MODEL_NAMES
from simulation.state.platform import PLATFORM_KIND_NAMES

CATALOGUE: dict[str, tuple[str, Frozen]] = {
    **{f"market {name}": (f"| `{name}` | {cell(one.title)} |", one) for name, one in every_market().items()},
    **{f"node {name}": (f"| `{name}` | {cell(one.title)} | {one.kind} |", one) for name, one in every_node().items()},
    **{f"channel {one.id}": (f"| `{one.id}` | {cell(one.title)} |", one) for one in load_channels()},
    **{
        f"platform {one.title}": (f"| `{kind}` | {cell(one.title)} |", one)
        for kind in list_platform_kinds()
        for one in load_services(kind).platform
    },
}
EVERY = pytest.mark.parametrize("name", sorted(CATALOGUE))


@functools.cache
def told() -> str:
    return document()


@EVERY
def test_it_has_a_row_that_names_its_sources(name: str) -> None:
    start, thing = CATALOGUE[name]
    rows = [line for line in told().splitlines() if line.startswith(start)]
    assert len(rows) == 1
    assert rows[0].endswith(f"| {words(thing)[1]} |")


@EVERY
def test_every_figure_of_it_cites_what_is_known_or_says_why(name: str) -> None:
    """What is assumed has a reason and a range; a range of nothing at all would hide that nobody knows."""
    for path, one in quantities(CATALOGUE[name][1]):
        assert one.source in load_sources() or (one.source is None and one.note), path
        if one.status == "assumed":
            assert one.low < one.high, path


@pytest.mark.parametrize("name", list_cases())
def test_a_case_is_told_with_its_question_and_sources(name: str) -> None:
    case = load_scenario(name)
    assert f"| `{name}` | {cell(case.title)} | `{case.preset}` | {cell(case.question)} |" in told()
    assert set(case.sources) <= set(load_sources())


def test_no_market_file_is_lived_nowhere() -> None:
    assert {path.stem for path in (LIBRARY / "markets").glob("*.toml")} == set(every_market())


def test_every_sector_is_told_and_every_kind_of_platform_and_model_has_a_name() -> None:
    for sector in load_sectors().values():
        assert f"| {cell(sector.title)} |" in told()
    assert set(list_platform_kinds()) == set(PLATFORM_KIND_NAMES)
    assert f"| model | {', '.join(MODEL_NAMES)} |" in told()
    for preset in list_scenarios():
        assert f"| `{preset}` |" in told()
