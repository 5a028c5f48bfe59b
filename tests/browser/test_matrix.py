"""Every page in every scheme and width, with less motion and with the reader's own colours; and two at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import SCHEMES, visitor, watched
from tests.browser.pages import PAGES, axe, nowhere

pytestmark = [pytest.mark.browser, pytest.mark.soak]

WIDTHS = (320, 390, 768, 1024, 1440, 1920)
ALL = pytest.mark.parametrize("open_page", [*PAGES, nowhere], ids=lambda f: f.__name__)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# a page that is served with 404 makes the browser itself say so
EXPECTED = {nowhere: ("the server responded with a status of 404",)}


def is_sound(page: Page, address: str, open_page: Callable[[Page], None], leave_out: str = "") -> None:
    """Open a page: axe finds nothing, nothing stands out sideways, nobody else is asked, nothing complains."""
    seen = watched(page)
    open_page(page)
    page.wait_for_timeout(400)
    assert [fault for fault in axe(page) if fault["id"] != leave_out] == []
    assert page.evaluate(OVERFLOW) <= 0
    assert seen.foreign(address) == []
    known = EXPECTED.get(open_page, ())
    assert [text for text in seen.complaints if not any(part in text for part in known)] == []


@ALL
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_page(browser: Browser, address: str, scheme: str, width: int, open_page: Callable[[Page], None]) -> None:
    with visitor(browser, address, scheme, width) as context:
        is_sound(context.new_page(), address, open_page)


@ALL
@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_for_who_asks_for_less_motion(
    browser: Browser, address: str, width: int, open_page: Callable[[Page], None]
) -> None:
    with visitor(browser, address, "light", width) as context:
        page = context.new_page()
        page.emulate_media(reduced_motion="reduce")
        is_sound(page, address, open_page)
        # animations of CSS only: a picture that scripts draw makes none
        moving = "document.getAnimations().filter(a => a.playState === 'running').map(a => a.effect.target.outerHTML.slice(0, 99))"
        assert page.evaluate(moving) == []
        tempo = "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
        assert page.evaluate(tempo) == 0


@ALL
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_page_in_the_readers_own_colours(
    browser: Browser, address: str, scheme: str, width: int, open_page: Callable[[Page], None]
) -> None:
    with visitor(browser, address, scheme, width) as context:
        page = context.new_page()
        page.emulate_media(forced_colors="active")
        is_sound(page, address, open_page, leave_out="color-contrast")  # the colours are the reader's, not ours
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        page.keyboard.press("Tab")  # the focus is still to be seen
        line = page.evaluate(
            "(s => [s.outlineStyle, parseFloat(s.outlineWidth)])(getComputedStyle(document.activeElement))"
        )
        assert line[0] != "none"
        assert line[1] >= 1


@pytest.fixture
def two(browser: Browser, address: str) -> Iterator[tuple[BrowserContext, BrowserContext]]:
    """Two people, each at a browser of their own."""
    with visitor(browser, address) as one, visitor(browser, address, "dark", 1024) as other:
        yield one, other


def dose(page: Page) -> Locator:
    """What a plan page says of the dose of the chosen effort."""
    return page.locator("[data-testid=dose] output")


def test_two_change_the_same_plan_at_once(two: tuple[BrowserContext, BrowserContext], address: str) -> None:
    """Turn by turn, each on a draft of their own: neither sees what the other does, and undo undoes one's own."""
    pages = [context.new_page() for context in two]
    seen = [watched(page) for page in pages]
    for page in pages:
        page.goto("/plan?preset=force&plan=clear-hold-build")
        expect(page.locator("[data-testid=forecast-title]")).to_be_visible()
        page.locator(".lane-track .bar").nth(1).click()
        expect(page.locator("[data-testid=panel-title]")).to_have_text("Hold")
        expect(dose(page)).to_have_text("100%")
    for turn in range(1, 7):
        for page, steps in zip(pages, (1, 2), strict=True):
            for _ in range(steps):
                page.locator("[data-testid=dose] [role=slider]").focus()
                page.keyboard.press("ArrowLeft")
            expect(dose(page)).to_have_text(f"{100 - turn * steps}%")
    pages[0].click("[data-testid=plan-undo]")  # changes in quick succession are one step, so how far depends on haste
    expect(dose(pages[0])).not_to_have_text("94%")
    expect(dose(pages[1])).to_have_text("88%")
    pages[0].click("[data-testid=plan-redo]")
    expect(dose(pages[0])).to_have_text("94%")
    for page, kept in zip(pages, ("94%", "88%"), strict=True):
        expect(page.locator(".lane-track .bar").nth(1)).to_have_attribute("title", re.compile(f"{kept} of full effort"))
        page.wait_for_url(re.compile("edit="))
        page.reload()
        expect(page.locator(".lane-track .bar").nth(1)).to_have_attribute("title", re.compile(f"{kept} of full effort"))
    assert pages[0].url != pages[1].url
    for each in seen:
        assert (each.foreign(address), each.complaints) == ([], [])


def test_two_run_at_once_and_one_stops(two: tuple[BrowserContext, BrowserContext], address: str) -> None:
    """Each gets the answer to their own question; that one cancels long work takes nothing from the other."""
    titles = {
        "leader-arrests": "Leader arrests",
        "reputation-sabotage": "Sabotage trust",
        "clear-hold-build": "Clear, Hold, Build",
    }
    first, second = (context.new_page() for context in two)
    seen = [watched(first), watched(second)]
    orders = [("leader-arrests", "reputation-sabotage"), ("clear-hold-build", "leader-arrests")]
    for number, plans in enumerate(orders):
        for page, name in zip((first, second), plans, strict=True):
            page.goto(f"/compare?preset=force&plans={name}&weeks={60 + number}&replicates=8&seed=2{number}")
            page.click("#compare-run")
        for page, name in zip((first, second), plans, strict=True):
            expect(page.locator("[data-testid=effects-card]")).to_be_visible()
            expect(page.locator("h1")).to_contain_text(titles[name])
    first.goto("/compare?preset=force&plans=leader-arrests&weeks=66&replicates=600&seed=31")
    first.click("#compare-run")
    expect(first.locator("[data-testid=progress]")).to_be_visible()
    second.goto("/compare?preset=force&plans=reputation-sabotage&weeks=66&replicates=8&seed=32")
    second.click("#compare-run")
    first.click("[data-testid=cancel]")
    expect(first.locator("#compare-body")).to_contain_text("was cancelled")
    expect(second.locator("[data-testid=effects-card]")).to_be_visible()
    expect(second.locator("h1")).to_contain_text("Sabotage trust")
    for each in seen:
        assert (each.foreign(address), each.complaints) == ([], [])
