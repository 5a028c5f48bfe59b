"""The pages: each has an address, a place in the navigation and a layout made from the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dashboard.components.shell import NavItem
from dashboard.pages import compare, method, plan, runs, search, start
from dashboard.services import Services

Layout = Callable[[Services, str | None, str], tuple[tuple[str, str], list[Any]]]


@dataclass(frozen=True)
class Page:
    """One page. Its layout takes the services, the query of the address and the colour scheme."""

    nav: NavItem
    layout: Layout


PAGES: tuple[Page, ...] = (
    Page(NavItem("/", "Start", "Decide", "home"), start.layout),
    Page(NavItem("/plan", "Plan", "Decide", "timeline"), plan.layout),
    Page(NavItem("/compare", "Compare", "Decide", "arrows-diff"), compare.layout),
    Page(NavItem("/runs", "Runs", "Reference", "history"), runs.layout),
    Page(NavItem("/method", "Method", "Reference", "book-2"), method.layout),
    Page(NavItem("/search", "Search", "", "search"), search.layout),
)


def page_at(path: str | None) -> Page | None:
    """The page at an address."""
    wanted = (path or "/").rstrip("/") or "/"
    return next((page for page in PAGES if page.nav.path == wanted), None)
