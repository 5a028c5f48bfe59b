"""Every page, light and dark, on a desk and on a phone: no axe violation, no sideways scrolling, no request elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
COMPARE = (
    "/compare?preset=force&plans=clear-hold-build,reputation-sabotage,leader-arrests&weeks=104&replicates=16&seed=1"
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def start(page: Page) -> None:
    page.goto("/?preset=force")
    page.wait_for_selector("[data-testid=picker]")
    page.wait_for_selector("[data-testid=harm_gbp]")


def plan(page: Page) -> None:
    page.goto("/plan?preset=force&plan=clear-hold-build")
    page.wait_for_selector("[data-testid=forecast-title]")


def compare(page: Page) -> None:
    page.goto(COMPARE)
    page.wait_for_selector("[data-testid=compare-empty], [data-testid=effects-card]")
    if page.locator("[data-testid=effects-card]").count() == 0:
        page.click("#compare-run")
    page.wait_for_selector("[data-testid=effects-card]")


def compare_empty(page: Page) -> None:
    page.goto("/compare")
    page.wait_for_selector("[data-testid=compare-empty]")


def runs(page: Page) -> None:
    compare(page)
    page.goto("/runs")
    page.wait_for_selector("[data-testid=runs-table]")


def method(page: Page) -> None:
    page.goto("/method?card=clear")
    page.wait_for_selector("[data-testid=parameter-table]")


def search(page: Page) -> None:
    page.goto("/search?find=arrest")
    page.wait_for_selector("[data-testid=search-found] a")


def refused(page: Page) -> None:
    page.goto("/plan?preset=atlantis")
    page.wait_for_selector("[data-testid=bad-address]")


def axe(page: Page) -> list[dict[str, Any]]:
    """What axe finds; it is put in by the test, past the page's own policy."""
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    return [
        {"id": v["id"], "nodes": [n["html"][:160] + " " + n["failureSummary"][:200] for n in v["nodes"][:3]]}
        for v in found["violations"]
    ]


@pytest.mark.parametrize(
    "open_page", [start, plan, compare, compare_empty, runs, method, search, refused], ids=lambda f: f.__name__
)
def test_page(everywhere: Page, address: str, open_page) -> None:
    seen = watched(everywhere)
    open_page(everywhere)
    everywhere.wait_for_timeout(400)
    assert axe(everywhere) == []
    assert everywhere.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert seen.foreign(address) == []
    assert seen.complaints == []


def test_pictures_follow_the_scheme_without_a_reload(page: Page) -> None:
    compare(page)
    line = page.locator("[data-testid=effects] .wide-only .scatterlayer path.js-line").first
    before = line.evaluate("e => getComputedStyle(e).stroke")
    assert before == "rgb(29, 112, 184)"
    page.click("[data-testid=scheme-toggle]")
    page.wait_for_selector("html[data-mantine-color-scheme=dark]")
    page.wait_for_timeout(500)
    assert line.evaluate("e => getComputedStyle(e).stroke") == "rgb(108, 178, 238)"
    page.reload()
    page.wait_for_selector("[data-testid=effects] path.js-line", state="attached")
    assert page.locator("html").get_attribute("data-mantine-color-scheme") == "dark"
    assert line.evaluate("e => getComputedStyle(e).stroke") == "rgb(108, 178, 238)"


def test_the_page_is_reached_by_keyboard_and_focus_is_seen(page: Page) -> None:
    page.goto("/runs")
    page.wait_for_selector("h1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineColor")
    assert outline == "rgb(255, 221, 0)"
    names = []
    for _ in range(10):
        page.keyboard.press("Tab")
        names.append(
            page.evaluate("(document.activeElement.textContent || document.activeElement.ariaLabel || '').trim()")
        )
    assert [name for name in names if name in ("Start", "Plan", "Compare")] == ["Start", "Plan", "Compare"]
