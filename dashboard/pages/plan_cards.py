"""The cards of the plan page that follow from the plan: curves, budget, capacity, authorisations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html

from dashboard.components.parts import card, chart, chart_tools, hidden_table, table, tag
from dashboard.components.pictures import meter
from dashboard.figures.effort import effort_curves
from dashboard.figures.theme import Palette
from dashboard.jobs.drafts import Draft
from dashboard.jobs.result import Result
from dashboard.services import Services
from dashboard.text.numbers import interval, percent, pounds
from dashboard.views import capacity
from dashboard.views import plan as view
from dashboard.views.catalogue import CardView
from dashboard.views.outcomes import outcome
from dashboard.views.support import marked


def budget_card(plan: Mapping[str, Any], cost: Mapping[str, Any] | None, result: Result | None = None) -> html.Section:
    """What is spent, by who pays; figures are of a forecast."""
    title, meters = capacity.budget_meters(plan, cost)
    title = marked(title, result, "plan_cost_gbp") if result is not None and meters else title
    limit = bool((plan.get("budget") or {}).get("total") or (plan.get("budget") or {}).get("holders"))
    body = (
        html.Div(
            [meter(m.name, m.value, m.rest, m.share, key=m.key, limit=1.0 if limit else None) for m in meters],
            className="meters",
        )
        if meters
        else html.P("Nothing is charged to any budget." if cost else "It appears with the forecast.", className="body")
    )
    spread = outcome(result, next(iter(result.plans)), "plan_cost_gbp") if result is not None and meters else None
    whole = f" (all of it, 90% interval: {interval(spread.low, spread.high, pounds)})" if spread else ""
    sub = f"By who pays, from the forecast{whole}; {'the line marks the limit' if limit else 'this plan sets no limit'}"
    return card(title, body, sub=sub, name="budget")


def curves_card(
    plan: Mapping[str, Any], cards: Mapping[str, CardView], weeks: int, palette: Palette
) -> html.Section | html.Div:
    """The wanted effort of the main interventions as curves over the plan's own axis of weeks."""
    found = capacity.curves(plan, cards, weeks)
    if not found:
        return html.Div()
    title = capacity.curves_title(found)
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
    title, meters = capacity.capacity_meters(draft.plan, services.catalogue, draft.preset, weeks)
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
