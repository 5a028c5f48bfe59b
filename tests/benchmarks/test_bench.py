"""What `make -s bench` prints has its promised shape, and what it times is what it says it is. No test looks at a time."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

from simulation.kernels import week as phases_of_the_week
from tests.benchmarks import against_c, against_mesa, phases
from tests.benchmarks.__main__ import PARTS, main
from tests.benchmarks.crowd import crowd
from tests.benchmarks.figure import Figure, Size, at_least, at_most
from tests.benchmarks.mesa_agents import Market
from tests.health.project import ROOT

SCHEMA = ROOT / "docs" / "schema" / "bench.json"


def check(document: Any) -> None:
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(document)


@pytest.mark.slow
def test_everything_is_measured_and_printed_as_promised(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick"]) == 0
    rows = json.loads(capsys.readouterr().out)
    check(rows)
    names = [row["name"] for row in rows]
    assert len(set(names)) == len(names)
    told = " | ".join(names)
    for said in ("force replicate", "national replicate", "national state, growth", "national, a person-week", "growth exponent", "burn-in", "warm", "cold", "growth over 520", "person-week",
                 "share of a force week: supply", "Mesa agents", "Starsim", "against C", "triad", "batch efficiency",
                 "first result", "cold compile", "drugs sold", "people active", "harm_gbp"):  # fmt: skip
        assert said in told, said
    assert all(row["value"] is not None for row in rows if "national, " in row["name"] and "peak" not in row["name"])


@pytest.mark.parametrize(
    "row",
    [
        {"name": "x", "value": 1.0, "unit": "s", "target": "at most 2", "met": None},
        {"name": "x", "value": None, "unit": "s", "target": "at most 2", "met": False},
        {"name": "x", "value": 1.0, "unit": "s", "target": None, "met": True},
        {"name": "x", "value": "fast", "unit": "s", "target": None, "met": None},
        {"name": "x", "value": 1.0, "unit": "s", "target": "2", "met": True},
        {"name": "x", "value": 1.0, "unit": "s", "target": None},
        {"name": "x", "value": 1.0, "unit": "s", "target": None, "met": None, "machine": "mine"},
    ],
)
def test_a_row_of_another_shape_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        check([row])


def test_a_figure_says_whether_its_target_is_met() -> None:
    assert at_most("a", 1.0, "s", 1.0).met
    assert at_most("a", 1.1, "s", 1.0).met is False
    assert at_most("a", None, "s", 1.0).met is None
    assert at_least("a", 0.9, "share", 1.0).met is False
    reasoned = at_most("a", 1.1, "s", 1.0, "it is worth it")
    assert reasoned.met
    assert reasoned.target == "at most 1, or for a reason: it is worth it"
    rows = [reasoned.row(), Figure("b", 1 / 3, "s").row(), at_least("c", None, "s", 2.0).row()]
    check(rows)
    assert rows[1]["value"] == 0.3333


def test_quick_is_less_of_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert Size(quick=True)(10, 2) == 2
    assert Size(quick=False)(10, 2) == 10
    with pytest.raises(SystemExit):
        main(["--quick", "--only", "nothing-of-the-kind"])
    refused = capsys.readouterr().err.replace("\n", " ")
    assert all(name in refused for name in PARTS)


@pytest.mark.slow
def test_the_timed_week_is_the_models_week() -> None:
    names = phases.phase_names()
    assert names[-1] == "count_week"
    assert all(hasattr(phases_of_the_week, name) for name in names[:-1])
    found = phases.shares("estate", weeks=8, replicates=1)
    assert list(found) == names
    assert sum(found.values()) == pytest.approx(1.0)


@pytest.mark.slow
def test_agents_and_kernels_live_the_same_weeks() -> None:
    of = crowd(600)
    counts = np.zeros((6, 3), dtype=np.int64)
    against_mesa.live(of, 6, counts)
    market = Market(of)
    for week in range(6):
        market.step()
        assert (market.arrests, market.trades, market.refusals) == tuple(counts[week])
    assert counts[:, 1].min() > 0
    assert counts[:, 2].sum() > 0
    # the crowd itself was left as it was
    assert not crowd(600).state.outlet.served.any()
    assert not of.state.outlet.served.any()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("gcc") is None, reason="there is no C to hold the kernels against")
def test_c_and_kernels_agree(tmp_path: Path) -> None:
    of = crowd(600)
    reference = against_c.Reference(against_c.compiled(str(shutil.which("gcc")), tmp_path), of)
    assert reference.arrests(30) == against_c.arrest_weeks(of.state, of.levers, of.p, of.key, 30) > 0
    assert reference.choices(5) == against_c.choice_weeks(of.state, of.p, of.key, 5) > 0
