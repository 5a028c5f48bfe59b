"""Plan: interventions on a timeline, with the forecast, the budget and the authorisations that follow every change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.address import read_plan
from dashboard.components.controls import select
from dashboard.components.parts import (
    button,
    icon,
    icon_button,
    tag,
    testid,
)
from dashboard.components.speech import page_foot
from dashboard.components.states import skeleton
from dashboard.figures.theme import SCHEMES
from dashboard.pages.plan_pieces import begin, panel_of, pieces
from dashboard.services import Services
from dashboard.views.catalogue import FAMILIES, CardView


def layout(services: Services, search: str | None, scheme: str) -> tuple[tuple[str, str], list[Any]]:
    """The page for an address: a draft of one's own, begun from the plan, draft or changes the address names."""
    address = read_plan(search)
    place = services.place(address.preset)
    draft, selected = begin(services, address)
    state = {
        "draft": draft.id,
        "entry": selected,
        "plan": address.plan,
        "weeks": address.weeks,
        "step": 0,
        "version": draft.version,
        "why": "open",
    }
    parts = pieces(services, draft, selected, address.weeks, palette=SCHEMES[scheme])
    choices = [(c.id, f"{c.title} ({c.family_title})") for c in _by_family(services.catalogue.cards)]
    content = [
        dcc.Store(id="plan-state", data=state),
        dcc.Store(id="plan-forecast-job"),
        dcc.Interval(id="plan-poll", interval=300, disabled=True),
        dcc.Store(id="plan-controls"),
        dcc.Store(id="plan-drag"),
        dcc.Store(id="plan-address"),
        html.Div(
            [
                html.Div(
                    [
                        html.H1(
                            [
                                html.Span(str(draft.plan["title"]), id="plan-heading", className="visually-hidden"),
                                html.Div(
                                    dmc.TextInput(
                                        id="plan-title",
                                        value=draft.plan["title"],
                                        size="lg",
                                        debounce=True,
                                        variant="unstyled",
                                        **{"aria-label": "Name of the plan"},
                                    ),
                                    className="plan-title",
                                    **testid("plan-title"),
                                ),
                            ]
                        ),
                        html.P(parts["lead"], className="lead", id="plan-lead"),
                    ],
                    style={"flex": "1", "minWidth": "0"},
                ),
                html.Div(
                    [
                        button("Save", "plan-save", picture="device-floppy"),
                        button("Duplicate", "plan-duplicate", picture="copy"),
                        button("Compare", "plan-compare", picture="arrows-diff", kind="primary"),
                    ],
                    className="actions",
                ),
            ],
            className="page-head",
        ),
        html.Div(id="plan-said", role="status", **testid("plan-said")),
        html.Div(parts["over"], id="plan-over"),
        html.Div(
            [
                html.Div(
                    [
                        html.Section(
                            [
                                html.Div(
                                    [
                                        html.Div(
                                            [
                                                html.H2(parts["headline"], id="plan-headline"),
                                                html.P(
                                                    "Drag a bar to move it, its ends to stretch it, or use the arrow keys; hatching is lead time "
                                                    "and authorisation",
                                                    className="sub",
                                                ),
                                            ]
                                        ),
                                        html.Div(
                                            [
                                                icon_button(
                                                    "Undo",
                                                    "plan-undo",
                                                    "arrow-back-up",
                                                    disabled=True,
                                                    **testid("plan-undo"),
                                                ),
                                                icon_button(
                                                    "Redo",
                                                    "plan-redo",
                                                    "arrow-forward-up",
                                                    disabled=True,
                                                    **testid("plan-redo"),
                                                ),
                                            ],
                                            className="card-tools",
                                        ),
                                    ],
                                    className="card-head",
                                ),
                                html.Div(parts["timeline"], id="plan-timeline"),
                                html.Div(
                                    [
                                        select(
                                            "add",
                                            "Intervention to add",
                                            choices[0][0] if choices else None,
                                            choices,
                                            group="plan",
                                            searchable=True,
                                        ),
                                        button("Add intervention", "plan-add", picture="plus", kind="soft"),
                                    ],
                                    className="add-line",
                                    style={"marginTop": "14px"},
                                ),
                            ],
                            className="card order-2",
                            **testid("timeline-card"),
                        ),
                        html.Div(parts["curves"], id="plan-curves", className="order-5"),
                        html.Div(
                            [
                                html.Div(parts["budget"], id="plan-budget"),
                                html.Div(parts["capacity"], id="plan-capacity"),
                            ],
                            className="grid halves order-4",
                            style={"marginBottom": "0"},
                        ),
                        html.Div(parts["authorisations"], id="plan-authorisations", className="order-6"),
                    ],
                    className="stack plan-main",
                ),
                html.Div(
                    [
                        html.Section(
                            [html.Div([html.H2("Live forecast"), tag("Live")], className="card-head"), skeleton(220)],
                            className="card forecast order-1",
                            id="plan-forecast",
                            **testid("forecast"),
                        ),
                        html.Section(
                            [
                                html.Div(
                                    [
                                        icon_button(
                                            "Add this a second time", "entry-copy", "copy", **testid("entry-copy")
                                        ),
                                        icon_button(
                                            "Take it out of the plan", "entry-drop", "trash", **testid("entry-drop")
                                        ),
                                    ],
                                    id="entry-tools",
                                    className="card-tools entry-tools",
                                    hidden=selected is None,
                                ),
                                html.Div(panel_of(services, draft, selected, address.weeks), id="plan-panel"),
                            ],
                            className="card order-3 panel",
                            **testid("panel"),
                        ),
                    ],
                    className="stack plan-main",
                ),
            ],
            className="grid side plan-grid",
        ),
        html.Div(page_foot("", services.caution(address.preset)), id="plan-foot"),
        html.Div(
            [
                html.Button(
                    icon("arrow-back-up"),
                    id="phone-undo",
                    type="button",
                    n_clicks=0,
                    className="icon-button",
                    **{"aria-label": "Undo"},
                ),
                html.Button([icon("plus"), "Add"], id="phone-add", type="button", n_clicks=0, className="button soft"),
                html.Button("Compare", id="phone-compare", type="button", n_clicks=0, className="button primary"),
            ],
            className="phone-bar",
        ),
    ]
    return (place, str(draft.plan["title"])), content


def _by_family(cards: Mapping[str, CardView]) -> list[CardView]:
    order = list(FAMILIES)
    return sorted(
        (c for c in cards.values() if c.family != "baseline"),
        key=lambda c: (order.index(c.family) if c.family in order else 99, c.title),
    )
