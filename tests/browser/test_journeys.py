"""The main path of every page, as a planner walks it."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import visitor
from tests.browser.pages import start

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_start_looks_at_a_place_and_shows_it(page: Page) -> None:
    page.goto("/?preset=estate")
    expect(page.locator("[data-testid=today]")).to_be_visible()  # a first visit looks at the place by itself
    expect(page.locator("[data-testid=harm_gbp]")).to_contain_text("£936m")
    expect(page.locator("h1")).to_contain_text("An estate: organised crime costs about £936m a year")
    page.reload()
    expect(page.locator("[data-testid=harm_gbp]")).to_contain_text("£936m")
    expect(page.locator("[data-testid=harm-by-place] .barlayer path")).to_have_count(8)
    page.click("[data-testid=show-table-places]")
    expect(page.locator("#table-places tbody tr")).to_have_count(8)
    expect(page.locator("[data-testid=force-map] a")).to_have_count(1)
    expect(page.locator("[data-testid=goods-card] h2")).to_have_text(
        "Seizures take 9% of the hard drugs on their way to users"
    )
    expect(page.locator("[data-testid=money-card]")).to_contain_text("Of each £1 users pay")


def test_the_tour_is_walked_with_the_keyboard_and_stays_ended(page: Page) -> None:
    page.goto("/")
    tour = page.locator("[data-testid=tour]")
    expect(tour).to_be_visible()  # before that its words are there, but nothing in it takes the focus
    expect(tour).to_contain_text("1 of 5")
    for place, path in enumerate(("/plan", "/compare", "/runs", "/method"), 2):
        page.locator("#tour [data-tour=next]").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(f"{path}($|\\?)"))
        expect(tour).to_contain_text(f"{place} of 5")
    expect(page.locator("#tour [data-tour=next]")).to_be_hidden()
    page.keyboard.press("Enter")  # the focus is on what ends it
    expect(tour).to_be_hidden()
    page.goto("/")
    expect(page.locator("[data-testid=picker]")).to_be_visible()
    expect(tour).to_be_hidden()
    page.click("button[data-tour=start]")
    expect(tour).to_contain_text("1 of 5")


def test_search_finds_from_the_header_and_stands_in_the_address(page: Page) -> None:
    page.goto("/runs")
    page.click(".shell-header a[href='/search']")
    page.locator("#search-words").fill("leader arrests")
    expect(page.locator("[data-testid=search-found]")).to_contain_text("Interventions")
    page.wait_for_url(re.compile("find=leader"))
    page.locator("[data-testid=search-found] a[href='/method?card=leader-arrests']").click()
    expect(page.locator("h1")).to_contain_text("How the model works")


def test_a_plan_is_changed_undone_and_shared_by_its_address(page: Page, browser: Browser, address: str) -> None:
    page.goto("/plan?preset=force&plan=clear-hold-build")
    expect(page.locator(".lane-track .bar")).to_have_count(3)
    expect(page.locator("[data-testid=forecast-title]")).to_be_visible()
    expect(page.locator("[data-testid=forecast-note]")).to_contain_text("24 paired runs of 156 weeks")
    page.locator(".lane-track .bar").nth(1).click()
    expect(page.locator("[data-testid=panel-title]")).to_have_text("Hold")
    thumb = page.locator("[data-testid=dose] [role=slider]")
    thumb.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-testid=dose] output")).to_have_text("97%")
    expect(page.locator(".lane-track .bar").nth(1)).to_have_attribute("title", re.compile("97% of full effort"))
    page.wait_for_url(re.compile("edit="))
    assert query(page)["preset"] == ["force"]
    shared = page.url
    expect(page.locator("[data-testid=plan-undo]")).to_be_enabled()
    page.click("[data-testid=plan-undo]")
    expect(page.locator("[data-testid=dose] output")).to_have_text("100%")
    page.click("[data-testid=plan-redo]")
    expect(page.locator("[data-testid=dose] output")).to_have_text("97%")
    other = visitor(browser, address)
    elsewhere = other.new_page()
    elsewhere.goto(shared)
    expect(elsewhere.locator(".lane-track .bar").nth(1)).to_have_attribute("title", re.compile("97% of full effort"))
    other.close()


def test_interventions_are_added_copied_and_taken_out(page: Page) -> None:
    page.goto("/plan?preset=force&plan=leader-arrests")
    expect(page.locator(".lane-track .bar")).to_have_count(1)
    page.locator("[data-testid=add] input").first.click()
    page.get_by_role("option", name=re.compile("Diversion of young people")).click()
    page.click("#plan-add")
    expect(page.locator(".lane-track .bar")).to_have_count(2)
    expect(page.locator("[data-testid=panel-title]")).to_have_text("Diversion of young people")
    expect(page.locator("[data-testid=authorisation-table] tbody tr")).to_have_count(2)
    page.click("[data-testid=entry-copy]")
    expect(page.locator(".lane-track .bar")).to_have_count(3)
    expect(page.locator("[data-testid=over-capacity]")).to_contain_text("Surveillance is 32% over capacity")
    for left in (2, 1, 0):
        page.click("[data-testid=entry-drop]")
        expect(page.locator(".lane-track .bar")).to_have_count(left)
    expect(page.locator("[data-testid=plan-empty]")).to_be_visible()
    expect(page.locator("[data-testid=forecast]")).to_contain_text("Nothing to forecast yet")


def test_a_bar_is_dragged_stretched_and_moved_with_keys(page: Page) -> None:
    page.goto("/plan?preset=force&plan=leader-arrests")
    bar = page.locator(".lane-track .bar").first
    expect(bar).to_have_attribute("data-start", "4")
    expect(page.locator("[data-testid=forecast-title]")).to_be_visible()
    box = bar.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 2, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 2 + box["width"] * 0.25, box["y"] + 10, steps=6)
    page.mouse.up()
    expect(bar).not_to_have_attribute("data-start", "4")
    started = int(bar.get_attribute("data-start") or 0)
    assert 38 <= started <= 46
    bar.focus()
    page.keyboard.press("Shift+Control+ArrowLeft")
    expect(bar).to_have_attribute("data-end", "143")
    bar.focus()
    page.keyboard.press("ArrowRight")
    expect(bar).to_have_attribute("data-start", str(started + 1))
    expect(bar).to_have_attribute("data-end", "144")


def test_an_entry_is_made_to_wait_for_an_indicator_and_the_address_keeps_it(page: Page) -> None:
    page.goto("/plan?preset=force&plan=leader-arrests")
    label = page.locator(".lane-track .bar-label, .lane-track").first
    expect(page.locator("[data-testid=trigger_value]")).to_have_count(0)
    page.locator("[data-testid=begins] input").first.click()
    page.get_by_role("option", name="Once an indicator passes a threshold").click()
    expect(page.locator("[data-testid=trigger_value]")).to_be_visible()
    page.locator("[data-testid=trigger_measure] input").first.click()
    page.get_by_role("option", name="In prison").click()
    expect(label).to_contain_text("Waits for prison above")
    expect(page.locator("[data-testid=trigger_value]")).to_contain_text("Threshold, people")
    page.locator("[data-testid=trigger_side] input").first.click()
    page.get_by_role("option", name="Is below").click()
    expect(label).to_contain_text("Waits for prison below")
    page.locator("[data-testid=trigger_value] input").fill("45")
    expect(label).to_contain_text("Waits for prison below 45")
    page.wait_for_url(re.compile("edit="))
    page.reload()
    expect(page.locator("[data-testid=trigger_value] input")).to_have_value("45")
    expect(page.locator("[data-testid=forecast-title]")).to_be_visible()
    page.locator("[data-testid=begins] input").first.click()
    page.get_by_role("option", name="In the week it is decided").click()
    expect(page.locator("[data-testid=trigger_value]")).to_have_count(0)
    expect(label).not_to_contain_text("Waits")


def test_a_plan_is_saved_and_offered_for_comparison(page: Page) -> None:
    page.goto("/plan?preset=force&plan=leader-arrests")
    title = page.locator("[data-testid=plan-title] input")
    title.fill("Our own plan")
    title.press("Enter")
    expect(page.locator("#plan-heading")).to_have_text("Our own plan")
    page.click("#plan-save")
    expect(page.locator("[data-testid=saved]")).to_contain_text("Our own plan")
    page.goto("/compare?plans=my-our-own-plan&weeks=52&replicates=8")
    expect(page.locator(".mantine-Pill-root")).to_contain_text("Our own plan (saved)")
    page.click("#compare-run")
    expect(page.locator("h1")).to_contain_text("Our own plan")
    expect(page.locator("[data-testid=effects-card]")).to_be_visible()


def test_a_case_is_found_under_the_places_and_its_question_shown(page: Page) -> None:
    page.goto("/?preset=force")
    page.locator("[data-testid=cases] summary").click()
    page.get_by_role("link", name="A port").click()
    expect(page.locator("[data-testid=question]")).to_contain_text("What is lost when the border takes more?")
    expect(page.locator("[data-testid=cases]")).to_have_attribute("open", "")
    page.goto("/compare?preset=port")
    expect(page.locator("[data-testid=question]")).to_contain_text("What is lost when the border takes more?")


def test_on_a_phone_figures_come_before_the_places_to_choose_from(browser: Browser, address: str) -> None:
    with visitor(browser, address, width=390) as context:
        page = context.new_page()
        start(page)
        top = {name: page.locator(f"[data-testid={name}]").bounding_box() for name in ("today", "places", "picker")}
        assert top["today"]["y"] < top["places"]["y"] < top["picker"]["y"]
        page.get_by_role("link", name="Choose another place").click()
        expect(page.locator("[data-testid=picker]")).to_be_in_viewport()


def test_runs_lists_opens_and_deletes(page: Page) -> None:
    page.goto("/compare?preset=estate&plans=leader-arrests&weeks=65&replicates=7&seed=77")
    page.click("#compare-run")
    expect(page.locator("[data-testid=effects-card]")).to_be_visible()
    page.goto("/runs")
    row = page.locator("[data-testid=runs-table] tbody tr", has_text="seed 77")
    expect(row).to_contain_text("Done")
    row.get_by_role("button", name="Delete").click()
    expect(page.locator("[data-testid=runs-table] tbody tr", has_text="seed 77")).to_have_count(0)


def test_method_is_searched_and_the_search_stands_in_the_address(page: Page) -> None:
    page.goto("/method")
    expect(page.locator("[data-testid=parameter-table] tbody tr")).to_have_count(3)
    page.locator("[data-testid=parameter-words] input").fill("court")
    expect(page.locator("[data-testid=parameter-table] tbody tr")).to_have_count(1)
    page.wait_for_url(re.compile("find=court"))
    page.reload()
    expect(page.locator("[data-testid=parameter-table] tbody tr")).to_have_count(1)
    page.goto("/method?card=clear")
    expect(page.locator("[data-testid=card-clear]")).to_have_attribute("open", "")
    expect(page.locator("[data-testid=card-clear] > summary")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("path", "says"),
    [("/plan?preset=atlantis", "There is no place called “atlantis” here; there are estate, force, port."), ("/compare?weeks=5", "whole number from 13 to 520"),
     ("/plan?plan=no-such-plan", "There is no plan called “no-such-plan” here."), ("/compare?job=aaaaaaaaaaaa", "There is no such comparison here"),
     ("/runs?x=1", "which this page does not know"), ("/nowhere", "There is no such page")],
)  # fmt: skip
def test_a_bad_address_is_one_clear_sentence(page: Page, path: str, says: str) -> None:
    page.goto(path)
    expect(page.locator("#page")).to_contain_text(says)


def test_the_phone_menu_opens_and_closes(browser: Browser, address: str) -> None:
    context = visitor(browser, address, width=390)
    page = context.new_page()
    page.goto("/runs")
    expect(page.get_by_role("link", name="Method")).not_to_be_in_viewport()
    page.click("#burger")
    page.get_by_role("link", name="Method").click()
    expect(page.locator("h1")).to_contain_text("How the model works")
    expect(page.get_by_role("link", name="Plan", exact=True)).not_to_be_in_viewport()
    context.close()
