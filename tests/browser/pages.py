"""Every page as it is opened and awaited, and what axe has to say of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

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


def compare_market(page: Page) -> None:
    compare(page)
    page.goto(f"{COMPARE}&market=cannabis&of=leader-arrests")
    page.wait_for_selector("[data-testid=markets-card]")


def case(page: Page) -> None:
    page.goto("/?preset=port")
    page.wait_for_selector("[data-testid=question]")
    page.wait_for_selector("[data-testid=harm_gbp]")


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


def nowhere(page: Page) -> None:
    page.goto("/nowhere")
    page.wait_for_selector("h1")


PAGES = (start, case, plan, compare, compare_market, compare_empty, runs, method, search, refused)
