"""Text can be read on what it stands on, light and dark: 4.5 to 1, and 3 to 1 for what is not text (WCAG 2.2 AA)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.figures.theme import DARK, LIGHT

CSS = (Path(__file__).parents[2] / "dashboard" / "assets" / "10-base.css").read_text()
TEXT = [("ink", "page"), ("ink", "card"), ("ink", "raised"), ("second", "page"), ("second", "card"), ("second", "raised"), ("accent", "card"),
        ("accent", "page"), ("on-accent", "accent"), ("on-accent", "accent-strong"), ("on-tint", "tint"), ("ink", "tint"), ("ink", "tint-2"),
        ("on-tint", "raised"), ("on-highlight", "highlight-tint"), ("ink", "highlight-tint"), ("highlight", "card"),
        *((f"on-seq-{i}", f"seq-{i}") for i in range(5)), *((f"on-div-{i}", f"div-{i}") for i in range(7)),
        *((f"series-{i}", "card") for i in range(1, 6))]  # fmt: skip
MARKS = [("control", "card"), ("accent", "raised"), ("highlight", "raised"), ("ink", "raised")]


def palette(selector: str) -> dict[str, str]:
    block = CSS[CSS.index(selector) :]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block[: block.index("}")]))


SCHEMES = {"light": palette(":root {"), "dark": palette(':root[data-mantine-color-scheme="dark"] {')}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text(scheme, text, ground):
    colours = SCHEMES[scheme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks(scheme, mark, ground):
    colours = SCHEMES[scheme]
    assert contrast(colours[mark], colours[ground]) >= 3


@pytest.mark.parametrize(("figure", "scheme"), [(LIGHT, "light"), (DARK, "dark")], ids=["light", "dark"])
def test_words_in_pictures(figure, scheme):
    colours = SCHEMES[scheme]
    assert (figure.card, figure.ink, figure.second, figure.highlight) == tuple(
        colours[k] for k in ("card", "ink", "second", "highlight")
    )
    assert [series.colour for series in figure.series] == [colours[f"series-{i}"] for i in range(1, 6)]
    for colour in (figure.ink, figure.second, *(series.colour for series in figure.series)):
        assert contrast(colour, figure.card) >= 4.5


def test_each_series_has_a_mark_of_its_own():
    assert len({series.symbol for series in LIGHT.series}) == len(LIGHT.series)
