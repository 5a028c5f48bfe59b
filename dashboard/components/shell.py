"""The frame round every page: header, navigation in groups, the page itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.parts import icon, icon_button, testid
from dashboard.components.tour import tour
from dashboard.text.standing import sentences, short

THEME: dict[str, Any] = {
    "primaryColor": "blue",
    "primaryShade": {"light": 6, "dark": 4},
    "autoContrast": True,
    "defaultRadius": 4,
    "fontFamily": "'Inter Variable', Inter, system-ui, sans-serif",
    "cursorType": "pointer",
    "colors": {
        "blue": [
            "#f0f6fb",
            "#dcebf7",
            "#b9d5ec",
            "#8fbce1",
            "#6ca6d7",
            "#3d89c7",
            "#1d70b8",
            "#1a65a6",
            "#15538a",
            "#10406b",
        ]
    },
}


@dataclass(frozen=True)
class NavItem:
    """One page in the navigation; one without a group is opened from the header."""

    path: str
    title: str
    group: str
    picture: str


def navigation(items: Sequence[NavItem], current: str) -> list[Any]:
    """The groups and their pages; the current one is marked."""
    out: list[Any] = []
    for group in dict.fromkeys(item.group for item in items if item.group):
        links = []
        for item in items:
            if item.group == group:
                marked = {"aria-current": "page"} if item.path == current else {}
                inner = [icon(item.picture), item.title]
                # dcc.Link cannot carry aria-current; the page one is on needs no client-side routing
                link = html.A(inner, href=item.path, **marked) if marked else dcc.Link(inner, href=item.path)
                links.append(html.Li(link))
        out += [html.H2(group), html.Ul(links)]
    return out


def banner(standing: Mapping[str, Any]) -> html.Span:
    """What of the model is calibrated and reproduced, on every page; it leads to where that stands at length."""
    head, rest = short(standing)
    look = "" if standing.get("ensembles") else "look "
    words = [html.Span(head), html.Span(f", {rest}", className="banner-rest")]
    return html.Span(
        dcc.Link(
            html.Span(words, className=f"tag {look}round"),
            href="/method#calibrated",
            title=" ".join(sentences(standing)),
            className="banner",
        ),
        **testid("not-calibrated" if look else "calibrated"),
    )


def shell(
    items: Sequence[NavItem], scheme: str, swaps: list[list[str]], standing: Mapping[str, Any]
) -> dmc.MantineProvider:
    """The whole frame; pages are put into `page` as the address says."""
    header = html.Div(
        [
            html.Div(
                [
                    dmc.Burger(
                        id="burger", opened=False, size="sm", className="burger", **{"aria-label": "Show navigation"}
                    ),
                    dcc.Link([html.Span(icon("tool"), className="logo"), html.Span("Spannerworks")], href="/"),
                ],
                className="shell-brand",
            ),
            html.Div(id="crumbs", className="crumbs"),
            html.Div(
                [
                    banner(standing),
                    dcc.Link(
                        [icon("search"), html.Span("Search", className="visually-hidden")],
                        href="/search",
                        title="Search",
                        className="icon-button",
                    ),
                    icon_button(
                        "Change between light and dark",
                        "scheme-toggle",
                        "sun" if scheme == "dark" else "moon",
                        **testid("scheme-toggle"),
                    ),
                ],
                className="shell-tools",
            ),
        ],
        className="shell-header",
    )
    app_shell = dmc.AppShell(
        [
            dmc.AppShellHeader(header, className="shell-header", zIndex=100),
            dmc.AppShellNavbar(
                html.Nav(id="navigation", **{"aria-label": "Pages"}), className="shell-nav", id="navbar"
            ),
            dmc.AppShellMain([tour(), html.Div(id="page", className="page", tabIndex=-1)], id="main"),
        ],
        id="shell",
        padding=0,
        header={"height": 56},
        navbar={"width": 208, "breakpoint": 760, "collapsed": {"mobile": True}},
    )
    return dmc.MantineProvider(
        [
            dcc.Location(id="address", refresh="callback-nav"),
            dcc.Store(id="scheme", data=scheme),
            dcc.Store(id="swaps", data=swaps),
            dcc.Store(id="shown-address"),
            html.A("Skip to the page", href="#page", className="skip"),
            app_shell,
        ],
        id="mantine",
        theme=THEME,
        forceColorScheme=scheme,
    )
