"""The description of the model is the code's own, whole and up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

import simulation.interventions  # noqa: F401 - registers the cards
from simulation.errors import UnknownName
from simulation.kernels import week
from simulation.measures.catalogue import MEASURES
from simulation.policy.intervention import REGISTRY
from simulation.policy.levers import LEVERS
from simulation.report.columns import field_remarks, groups
from simulation.report.markdown import cell, number, table
from simulation.report.odd import TARGET, document, main
from simulation.schema import load_mechanisms, load_parameters
from simulation.state.world import Groups, allocate_state

DIMS = {"L": 1, "M": 1, "B": 9, "O": 1, "N": 1, "A": 1, "Q": 1, "G": 1, "R": 1, "E": 0}


@pytest.fixture(scope="module")
def text() -> str:
    return document()


def test_the_committed_description_is_what_the_code_says(text: str) -> None:
    assert TARGET.read_text(encoding="utf-8") == text, "docs/odd.md is out of date: run `make docs`"


def test_every_mechanism_has_a_row(text: str) -> None:
    for head in load_mechanisms().values():
        assert f"| `{head.id}` | {head.title} | {cell(head.meaning)} |" in text


def test_every_parameter_has_its_value_unit_range_and_status(text: str) -> None:
    for one in load_parameters().values():
        row = f"| `{one.id}` | {number(one.value)} | {one.unit} | {number(one.low)} to {number(one.high)} | {one.status} |"
        assert row in text


def test_everything_that_can_be_chosen_or_counted_is_listed(text: str) -> None:
    for name in [*LEVERS, *REGISTRY, *(measure.id for measure in MEASURES)]:
        assert f"| `{name}` |" in text


def test_the_week_is_told_in_its_own_order(text: str) -> None:
    assert len(week.PHASES) > 10
    for place, phase in enumerate(week.PHASES, start=1):
        assert f"| {place} | `{phase.__name__}` |" in text


def test_every_column_of_the_world_is_told_with_its_type() -> None:
    told = {group.id: {column.name: column.dtype for column in group.columns} for group in groups()}
    state = allocate_state(DIMS)
    for name, group in zip(Groups._fields, state.columns, strict=True):
        assert list(told[name]) == list(group._fields)
        for column, array in group._asdict().items():
            assert array.dtype == told[name][column]


def test_remarks_belong_to_their_field() -> None:
    source = (
        "class Other:\n    a: int  # not this one\n"
        "class Thing:\n    # a heading\n    a: int  # first\n    b: int\n    c: tuple[\n        int, int\n    ]  # third, # too\n"
    )
    assert field_remarks(source, "Thing") == {"a": "first", "c": "third, # too"}


def test_the_frame_cannot_ask_for_what_nobody_writes() -> None:
    with pytest.raises(UnknownName, match="mechanisms"):
        document("{{mechanism}}")
    assert "{{" not in document()


def test_cells_stay_in_their_table() -> None:
    assert table(("a",), [("x | y\nz",)]).splitlines()[-1] == "| x \\| y z |"
    assert [number(value) for value in (40000.0, 0.0, 0.0025, -1.5, 1e-4)] == [
        "40,000",
        "0",
        "0.0025",
        "-1.5",
        "0.0001",
    ]


def test_it_is_written_where_asked(tmp_path: Path, text: str) -> None:
    assert main([str(tmp_path / "odd.md")]) == 0
    assert (tmp_path / "odd.md").read_text(encoding="utf-8") == text
