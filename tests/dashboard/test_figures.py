"""Pictures show the view model and use the one palette, so that light and dark can be swapped colour for colour."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.bars import bars
from dashboard.figures.dots import Dot, DotRow, dots
from dashboard.figures.effects import _wrapped, effects
from dashboard.figures.effort import LETTER, LINE, NARROWEST, effort_curves, labels
from dashboard.figures.fan import against, differences, shared_limits, spark, year_ticks
from dashboard.figures.ribbons import Flow, Stage, ribbons
from dashboard.figures.theme import DARK, LIGHT, colours, nice_ticks
from dashboard.figures.value import cost_benefit
from dashboard.jobs.request import Request
from dashboard.text.numbers import percent, pounds
from dashboard.views import compare as view
from dashboard.views import courses, start, value
from tests.dashboard.made_up_results import result

COLOUR = re.compile(r"#[0-9a-f]{6}|rgba\([^)]*\)")
STAGES = [
    Stage("a", "Importers", 0),
    Stage("b", "Wholesale", 1),
    Stage("c", "Outlets", 2),
    Stage("d", "Seized", 2, "look"),
]
FLOWS = [Flow("a", "b", 100.0), Flow("b", "c", 90.0), Flow("b", "d", 10.0, "look")]


@pytest.fixture(scope="module")
def found():
    return result(
        Request("comparison", "force", ("clear-hold-build", "reputation-sabotage", "leader-arrests"), 156, 32)
    )


@pytest.fixture(scope="module")
def place():
    return result(Request("place", "force", (), 52, 12))


def every_picture(found, place, palette) -> dict[str, Any]:
    rows = view.effects(found)[1]
    items = courses.fans(found, "harm_gbp")
    limits = shared_limits([item.fan for item in items])
    return {
        "effects": effects(rows, pounds, palette), "effects-phone": effects(rows, pounds, palette, narrow=True),
        **{f"fan-{item.plan}": differences(item.fan, item.series, limits, percent, palette) for item in items},
        "forecast": against(items[0].fan, [0.0] * len(items[0].fan.weeks), limits, percent, palette, ("a", "b")),
        "value": cost_benefit(value.values(found)[1], pounds, palette), "bars": bars(start.harm_by_place(place)[1], palette),
        "spark": spark([3.0, 2.0, 4.0], palette), "ribbons": ribbons(STAGES, FLOWS, pounds, palette),
        "effort": effort_curves([("Clear", [0.0, 1.0, 0.0]), ("Build", [0.0, 0.5, 0.8])], palette),
    }  # fmt: skip


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_is_the_palettes(found, place, palette):
    allowed = {*colours(palette), "rgba(0,0,0,0)"}
    for name, figure in every_picture(found, place, palette).items():
        used = set(COLOUR.findall(figure.to_json()))
        assert used <= allowed, (name, used - allowed)


def test_a_swapped_picture_is_the_picture_of_the_other_scheme(found, place):
    twins = dict(zip(colours(LIGHT), colours(DARK), strict=True))
    assert len(set(colours(LIGHT))) == len(colours(LIGHT))
    assert len(set(colours(DARK))) == len(colours(DARK))
    dark = every_picture(found, place, DARK)
    for name, figure in every_picture(found, place, LIGHT).items():
        swapped = COLOUR.sub(lambda m: twins.get(m.group(), m.group()), figure.to_json())
        assert swapped == dark[name].to_json(), name


def test_pictures_cannot_be_zoomed_and_have_a_height(found, place):
    for figure in every_picture(found, place, LIGHT).values():
        assert figure.layout.height
        assert figure.layout.xaxis.fixedrange
        assert figure.layout.margin.autoexpand is False
        assert figure.layout.showlegend is False


def test_the_mark_stands_at_the_estimate(found):
    rows = view.effects(found)[1]
    marks = [trace for trace in effects(rows, pounds, LIGHT).data if trace.mode == "markers"]
    assert [trace.x[0] for trace in marks] == [row.value for row in rows]
    assert [trace.marker.symbol for trace in marks] == ["circle", "square", "diamond"]
    assert all(
        f"<b>{row.label}</b>" in "".join(a.text for a in effects(rows, pounds, LIGHT).layout.annotations)
        for row in rows
    )


def test_bars_begin_at_zero(place):
    assert bars(start.harm_by_place(place)[1], LIGHT).layout.xaxis.range[0] == 0


def test_ribbons_are_as_wide_as_their_flow():
    figure = ribbons(STAGES, FLOWS, pounds, LIGHT)
    widths = [abs(trace.y[-1] - trace.y[0]) for trace in figure.data]
    assert widths[1] / widths[0] == pytest.approx(0.9)
    assert widths[2] / widths[0] == pytest.approx(0.1)


def test_a_ribbon_of_nothing_is_not_drawn():
    assert len(ribbons(STAGES, [*FLOWS[:2], Flow("b", "d", 0.0)], pounds, LIGHT).data) == 2


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9))
def test_ticks_lie_inside_and_are_evenly_apart(low, span):
    ticks = nice_ticks(low, low + span)
    assert 3 <= len(ticks) <= 9
    slack = 1e-6 * max(abs(low), span)
    assert ticks[0] >= low - slack
    assert ticks[-1] <= low + span + slack
    assert np.allclose(np.diff(ticks), ticks[1] - ticks[0], rtol=1e-3)


def test_a_line_that_is_cut_off_says_so():
    wide = Dot(0, 0.02, -9.0, 9.0, "+2%")
    figure = dots([DotRow("One", (wide, Dot(1, 0.03, 0.02, 0.04, "+3%")))], percent, LIGHT)
    assert [trace.marker.symbol for trace in figure.data].count("triangle-left") == 1
    assert [trace.marker.symbol for trace in figure.data].count("triangle-right") == 1


def test_the_axis_of_efforts_goes_as_far_as_they_do():
    figure = effort_curves([("Arrest the leaders", [0.0, 5.0, 5.0])], LIGHT)
    assert max(figure.layout.yaxis.tickvals) >= 4.0


@pytest.mark.parametrize("title", ["Labour exploitation\u00a0†", "Organised immigration crime\u00a0†"])
def test_the_mark_of_a_name_on_two_lines_never_stands_alone(title):
    assert "<br>" in _wrapped(title)
    assert not _wrapped(title).endswith(("<br>†", " †"))


RISING = st.lists(st.integers(0, 155), min_size=1, max_size=3)


@given(RISING, st.lists(st.sampled_from([0.5, 0.55, 1.0]), min_size=3, max_size=3), st.sampled_from([True, False]))
def test_no_name_of_a_curve_lies_on_another(starts, peaks, narrow):
    titles = ("Denial of money mules", "Sector hardening", "Restraint and confiscation")
    rows = [
        (title, [0.0] * start + [peak] * (156 - start))
        for title, start, peak in zip(titles, starts, peaks, strict=False)
    ]
    wide = NARROWEST[narrow]
    boxes = [
        (
            name.x / 156 * wide,
            name.x / 156 * wide + len(title) * LETTER,
            name.y / max(1.0, *peaks) * 124 + name.lift * LINE,
        )
        for (title, _), name in zip(rows, labels(rows, wide=wide), strict=True)
    ]
    for n, (left, right, foot) in enumerate(boxes):
        assert left >= 0
        assert right <= wide + 1e-9
        for other, end, level in boxes[:n]:
            assert right <= other or end <= left or abs(foot - level) >= LINE - 1e-9


def test_years_are_named():
    assert [tick.text for tick in year_ticks(156)] == ["Start", "1 year", "2 years", "3 years"]
    assert [tick.text for tick in year_ticks(30)] == ["Start", "Week 30"]


def test_figures_import_neither_dash_nor_the_simulation():
    rooms = (
        "import sys, dashboard.figures.effects, dashboard.figures.fan, dashboard.figures.bars, dashboard.figures.value, "
        "dashboard.figures.ribbons, dashboard.figures.effort; print([m for m in sys.modules if m.split('.')[0] in ('dash', 'simulation')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", rooms], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert done.stdout.strip() == "[]"
