"""Plan: interventions on a timeline, with the forecast, the budget and the authorisations that follow every change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.address import BadAddress, PlanAddress, read_plan
from dashboard.components.controls import select
from dashboard.components.parts import (
    button,
    card,
    chart,
    chart_tools,
    hidden_table,
    icon,
    icon_button,
    notice,
    table,
    tag,
    testid,
)
from dashboard.components.pictures import meter
from dashboard.components.speech import page_foot
from dashboard.components.states import empty, skeleton
from dashboard.components.timeline import timeline
from dashboard.figures.effort import effort_curves
from dashboard.figures.theme import SCHEMES, Palette
from dashboard.jobs.drafts import Draft
from dashboard.pages.plan_panel import panel
from dashboard.services import Services
from dashboard.text.numbers import percent, weeks_in_words
from dashboard.views import plan as view
from dashboard.views.catalogue import FAMILIES, CardView

USUAL_PLAN = "clear-hold-build"


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
        html.Div(page_foot(""), id="plan-foot"),
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


def begin(services: Services, address: PlanAddress) -> tuple[Draft, int | None]:
    """A draft of one's own from what the address names; the entry it selects, if there is one."""
    if address.draft is not None:
        kept = services.drafts.get(address.draft)
        if kept is None:
            raise BadAddress("The draft in the address is not kept here; open the plan by its name instead.")
        start: Mapping[str, Any] = kept.plan
    elif address.edit is not None:
        start = address.edit
    elif address.plan is not None:
        start = services.plan(address.plan).table
    else:
        usual = services.catalogue.plans.get(USUAL_PLAN)
        start = usual.table if usual else view.empty_plan()
    if not isinstance(start.get("entry", []), list) or not all(
        isinstance(e, dict) and "intervention" in e for e in start.get("entry", [])
    ):
        raise BadAddress("The changes in the address are damaged; open the plan by its name instead.")
    table_ = view.tidy(start)
    if address.edit is not None:
        services.model.check_plan(address.preset, table_)
    count = len(table_["entry"])
    selected = address.entry if address.entry is not None and address.entry < count else (0 if count else None)
    return services.drafts.open(address.preset, table_), selected


def pieces(
    services: Services,
    draft: Draft,
    selected: int | None,
    weeks: int,
    cost: Mapping[str, Any] | None = None,
    *,
    palette: Palette,
) -> dict[str, Any]:
    """Everything on the page that follows from the plan alone."""
    catalogue = services.catalogue
    over = view.over_capacity(draft.plan, catalogue, draft.preset, weeks)
    place = catalogue.places[draft.preset].title
    lead: list[Any] = [f"{place}, {weeks_in_words(weeks)} from today."]
    warning: list[Any] = []
    if over:
        resource, share, quarter = over
        when = f"year {quarter // 4 + 1}, quarter {quarter % 4 + 1}"
        warning = [
            notice(
                html.B(f"{resource} {view.be(resource)} {percent(share - 1)} over capacity"),
                f" in {when}. What exceeds capacity waits, and the forecast counts the waiting.",
                kind="look",
                name="over-capacity",
            )
        ]
    bars = view.bars(draft.plan, catalogue.cards, weeks, selected)
    drawn = (
        timeline(bars, weeks)
        if bars
        else empty(
            "There is nothing in this plan yet: it is do as now. Choose an intervention below and add it.",
            name="plan-empty",
        )
    )
    return {
        "lead": lead,
        "over": warning,
        "headline": view.headline(draft.plan, weeks),
        "timeline": drawn,
        "budget": budget_card(draft.plan, cost),
        "capacity": capacity_card(services, draft, weeks),
        "authorisations": authorisation_card(draft.plan, catalogue.cards),
        "curves": curves_card(draft.plan, catalogue.cards, weeks, palette),
    }


def panel_of(services: Services, draft: Draft, selected: int | None, weeks: int) -> list[Any]:
    """The selected intervention's panel."""
    if selected is None or selected >= len(draft.plan["entry"]):
        return [
            html.Div(html.H2("No intervention selected"), className="card-head"),
            empty("Choose a bar on the timeline to see and change its settings.", name="panel-empty"),
        ]
    entry = draft.plan["entry"][selected]
    card_ = services.catalogue.cards.get(entry["intervention"])
    if card_ is None:
        raise BadAddress(f"There is no intervention called “{entry['intervention']}” here.")
    inner = panel(
        entry,
        card_,
        weeks,
        services.model.places(draft.preset),
        services.catalogue.holders,
        services.catalogue.agencies.get(draft.preset, ()),
    )
    return [html.Div(inner, **{"data-panel": f"{draft.id}:{selected}"})]


def budget_card(plan: Mapping[str, Any], cost: Mapping[str, Any] | None) -> html.Section:
    """What is spent, by who pays."""
    title, meters = view.budget_meters(plan, cost)
    limit = bool((plan.get("budget") or {}).get("total") or (plan.get("budget") or {}).get("holders"))
    body = (
        html.Div(
            [meter(m.name, m.value, m.rest, m.share, key=m.key, limit=1.0 if limit else None) for m in meters],
            className="meters",
        )
        if meters
        else html.P("It appears with the forecast.", className="body")
    )
    sub = (
        "By who pays, from the forecast; the line marks the limit"
        if limit
        else "By who pays, from the forecast; this plan sets no limit"
    )
    return card(title, body, sub=sub, name="budget")


def curves_card(
    plan: Mapping[str, Any], cards: Mapping[str, CardView], weeks: int, palette: Palette
) -> html.Section | html.Div:
    """The wanted effort of the main interventions as curves over the plan's own axis of weeks."""
    found = view.curves(plan, cards, weeks)
    if not found:
        return html.Div()
    title = view.curves_title(found)
    rows = [(name, percent(max(row)), percent(row[-1])) for name, row in found]
    words_ = "; ".join(f"{name} peaks at {peak} and ends at {end}" for name, peak, end in rows)
    return card(
        title,
        chart(
            effort_curves(found, palette),
            f"{title}. {words_}.",
            "effort",
            phone=effort_curves(found, palette, narrow=True),
        ),
        hidden_table("effort", ("Intervention", "Peak", "At the end"), rows, numbers=(1, 2), caption=title),
        sub="Effort wanted each week, as a share of the card's full effort; the three with most",
        tools=chart_tools("effort"),
        name="effort-card",
    )


def capacity_card(services: Services, draft: Draft, weeks: int) -> html.Section:
    """What the teams can do, in the busiest quarter."""
    title, meters = view.capacity_meters(draft.plan, services.catalogue, draft.preset, weeks)
    body = (
        html.Div([meter(m.name, m.value, m.rest, m.share, key=m.key) for m in meters], className="meters")
        if meters
        else html.P("Add an intervention to see whose hours it takes.", className="body")
    )
    return card(
        title,
        body,
        sub="Hours asked for in the busiest quarter, as a share of those that could be put to other use; the line marks all of them",
        name="capacity",
    )


def authorisation_card(plan: Mapping[str, Any], cards: Mapping[str, CardView]) -> html.Section:
    """Who has to agree, how long that takes, how far it intrudes."""
    title, rows = view.authorisations(plan, cards)
    if not rows:
        return card(
            title, html.P("Add an intervention to see who has to agree to it.", className="body"), name="authorisations"
        )
    cells = [
        (
            row.title,
            row.level,
            row.lead,
            row.first_effect,
            tag(row.intrusion, "look" if row.intrusion == "High" else "quiet"),
        )
        for row in rows
    ]
    return card(
        title,
        table(
            ("Intervention", "Who authorises", "Lead time", "First effect", "Intrusion"),
            cells,
            caption="Authorisations",
            name="authorisation-table",
        ),
        name="authorisations",
    )


def _by_family(cards: Mapping[str, CardView]) -> list[CardView]:
    order = list(FAMILIES)
    return sorted(
        (c for c in cards.values() if c.family != "baseline"),
        key=lambda c: (order.index(c.family) if c.family in order else 99, c.title),
    )
