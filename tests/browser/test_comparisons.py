"""Plans are compared, watched, read, taken away and found again, as a planner does it."""

from __future__ import annotations

import csv
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import visitor
from tests.browser.pages import compare

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_compare_goes_from_the_plan_page_with_the_draft_as_it_stands(page: Page) -> None:
    page.goto("/plan?preset=force&plan=leader-arrests")
    expect(page.locator("[data-testid=forecast-title]")).to_be_visible()
    page.click("#plan-compare")
    page.wait_for_url(re.compile("/compare.*plans=leader-arrests"))
    expect(page.locator(".mantine-Pill-root")).to_contain_text("Leader arrests")


def test_a_comparison_runs_and_can_be_read_taken_away_and_found_again(page: Page) -> None:
    page.goto("/compare?preset=force&plans=clear-hold-build,leader-arrests&weeks=78&replicates=12&seed=5")
    page.click("#compare-run")
    page.wait_for_url(re.compile("job="))
    expect(page.locator("[data-testid=effects-card]")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("Clear, Hold, Build")
    expect(page.locator("[data-testid=yardstick]")).to_have_attribute("aria-label", re.compile("%"))
    expect(page.locator("[data-testid=side-by-side] tbody tr")).to_have_count(2)
    expect(page.locator("[data-testid=harm-map] .tile")).to_have_count(52)
    expect(page.locator("[data-testid=provenance]")).to_contain_text("seed 5 · 12 paired replicates · 2025/26 prices")
    expect(page.locator("[data-testid=not-calibrated]")).to_be_visible()
    with page.expect_download() as taken:
        page.click("[data-testid=download-effects]")
    with open(taken.value.path(), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["plan"] for row in rows} == {"clear-hold-build", "leader-arrests"}
    page.locator("[data-testid=fan-measure] input").first.click()
    page.get_by_role("option", name="Illegal profit").click()
    expect(page.locator("[data-testid=fans-card]")).to_contain_text("Illegal profit against do as now")
    page.reload()
    expect(page.locator("[data-testid=effects-card]")).to_be_visible()
    page.click("#compare-change")
    expect(page.locator("[data-testid=compare-setup]")).to_be_visible()


def test_what_happens_in_a_market_is_chosen_and_stands_in_the_address(page: Page) -> None:
    compare(page)
    page.locator("#fold-markets > summary").click()
    fans, markets = page.locator("[data-testid=fans-card]"), page.locator("[data-testid=markets-card]")
    expect(markets).to_contain_text("Users spend less on heroin and crack and more on cannabis")
    expect(markets).to_contain_text("Sabotage trust: difference from do as now")
    with page.expect_download() as taken:
        page.click("[data-testid=download-markets]")
    assert "illicit-tobacco" in taken.value.path().read_text()
    page.locator("[data-testid=fan-market] input").first.click()
    page.get_by_role("option", name="Cannabis").click()
    expect(fans).to_contain_text("Volume, cannabis against do as now")
    page.wait_for_url(re.compile("market=cannabis"))
    page.locator("[data-testid=market-plan] input").first.click()
    page.get_by_role("option", name="Leader arrests").click()
    expect(markets).to_contain_text("Leader arrests: difference from do as now")
    page.wait_for_url(re.compile("of=leader-arrests"))
    page.reload()
    expect(fans).to_contain_text("Volume, cannabis against do as now")
    expect(markets).to_contain_text("Leader arrests: difference from do as now")
    page.locator("[data-testid=fan-market] input").first.click()
    page.get_by_role("option", name="All markets").click()
    expect(fans).to_contain_text("Harm against do as now")


def test_what_comes_after_the_answer_is_folded_and_opens_by_keyboard_by_address_and_on_paper(page: Page) -> None:
    compare(page)
    folds = page.locator("details[data-fold]")
    names = folds.evaluate_all("all => all.map(one => one.dataset.fold)")
    assert names[-2:] == ["markets", "worth"]
    for card in ("effects-card", "side-card", "fans-card"):
        expect(page.locator(f"[data-testid={card}]")).to_be_visible()
    inside = page.locator("details[data-fold] [data-testid=value-card]")
    expect(inside).not_to_be_visible()
    page.locator("#fold-worth > summary").focus()
    page.keyboard.press("Enter")
    expect(inside).to_be_visible()
    page.wait_for_url(re.compile("open=worth"))
    expect(page.locator("[data-testid=value] .main-svg").first).to_be_visible()
    wide = page.locator("[data-testid=value]").first.bounding_box()
    drawn = page.locator("[data-testid=value] .main-svg").first.bounding_box()
    assert wide is not None and drawn is not None and abs(wide["width"] - drawn["width"]) < 4
    page.locator("[data-testid=fan-measure] input").first.click()  # another choice keeps what is open
    page.get_by_role("option", name="Illegal profit").click()
    page.wait_for_url(re.compile("show=illegal_profit_gbp.*open=worth"))
    page.reload()
    expect(inside).to_be_visible()
    expect(page.locator("[data-testid=every-market-card]")).not_to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for card in ("value-card", "every-market-card", "markets-card"):
        expect(page.locator(f"[data-testid={card}]")).to_be_visible()
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("[data-testid=every-market-card]")).not_to_be_visible()
    expect(inside).to_be_visible()
    page.wait_for_url(re.compile("open=worth$"))
    page.evaluate(  # folded while the page still puts back what printing had opened
        "window.dispatchEvent(new Event('beforeprint')); window.dispatchEvent(new Event('afterprint'));"
        "document.querySelector('#fold-worth > summary').click()"
    )
    page.wait_for_url(lambda url: "open=" not in url)


def test_the_mark_and_the_banner_lead_to_what_is_validated(page: Page) -> None:
    compare(page)
    expect(page.locator("h1 abbr")).to_have_attribute("title", re.compile("^Unvalidated: no published finding"))
    page.locator("[data-testid=unvalidated-legend] a").click()
    page.wait_for_url(re.compile("/method.open=measures#measures"))
    expect(page.locator("[data-testid=measures]")).to_contain_text("missed: a-row")
    expect(page.get_by_role("heading", name="measures are counted every week")).to_be_in_viewport()
    page.locator("[data-testid=not-calibrated] a").click()
    page.wait_for_url(re.compile("/method#calibrated"))
    expect(page.get_by_role("heading", name="What is calibrated")).to_be_in_viewport()
    expect(page.locator("[data-testid=standing]")).to_contain_text(
        "15 were tried on this version and 13 are reproduced"
    )


def test_a_question_that_cannot_be_put_is_refused_in_one_sentence(page: Page) -> None:
    page.goto("/compare")
    page.click("#compare-run")
    expect(page.locator("#compare-said")).to_have_text("Choose at least one plan to compare with do as now.")


def test_long_work_shows_progress_and_is_cancelled(page: Page) -> None:
    page.goto("/compare?preset=force&plans=leader-arrests&weeks=78&replicates=600&seed=9")
    page.click("#compare-run")
    expect(page.locator("[data-testid=progress]")).to_contain_text(re.compile(r"\d+% done, .* left"))
    page.reload()
    expect(page.locator("[data-testid=progress]")).to_be_visible()
    page.click("[data-testid=cancel]")
    expect(page.locator("[data-testid=compare-setup]")).to_be_visible()
    expect(page.locator("#compare-body")).to_contain_text("was cancelled")


def test_two_browsers_keep_their_own_results(browser: Browser, address: str) -> None:
    pages = []
    for plan in ("leader-arrests", "reputation-sabotage"):
        page = visitor(browser, address).new_page()
        page.goto(f"/compare?preset=force&plans={plan}&weeks=91&replicates=9&seed=3")
        page.click("#compare-run")
        pages.append(page)
    expect(pages[0].locator("h1")).to_contain_text("Leader arrests")
    expect(pages[1].locator("h1")).to_contain_text("Sabotage trust")
    assert pages[0].url != pages[1].url
    for page in pages:
        page.context.close()
