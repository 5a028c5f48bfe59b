"""Every page, light and dark, on a desk and on a phone: no axe violation, no sideways scrolling, no request elsewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import watched
from tests.browser.pages import PAGES, axe, compare

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("open_page", PAGES, ids=lambda f: f.__name__)
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
