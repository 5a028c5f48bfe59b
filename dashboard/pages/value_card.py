"""The card that holds cost against benefit."""

from __future__ import annotations

from dash import html

from dashboard.components.parts import card, chart, chart_tools, hidden_table
from dashboard.components.pictures import mark
from dashboard.figures.theme import Palette
from dashboard.figures.value import Value, cost_benefit
from dashboard.jobs.result import Result
from dashboard.text.numbers import pounds, weeks_in_words
from dashboard.views import value
from dashboard.views.outcomes import HARM
from dashboard.views.support import marked


def value_card(result: Result, run_id: str, palette: Palette) -> html.Section:
    """Cost against benefit."""
    title, rows = value.values(result)
    title = marked(title, result, HARM, "plan_cost_gbp")
    if not rows:
        return card(title, html.P("The model did not cost these plans.", className="body"), name="value-card")
    words = "; ".join(f"{row.effect.title} costs {pounds(row.cost, 3)} and returns {row.returns}" for row in rows)
    return card(
        title,
        chart(
            cost_benefit(rows, pounds, palette),
            f"Cost against harm averted: {words}.",
            "value",
            phone=cost_benefit(rows, pounds, palette, narrow=True),
        ),
        html.Ul(
            [
                html.Li(
                    [mark(row.effect.series), html.Span([f"{row.effect.title}: ", html.B(row.returns), _pays(row)])]
                )
                for row in rows
            ],
            className="returns",
        ),
        hidden_table(
            "value",
            (
                "Plan",
                "Extra cost",
                "Harm averted",
                "Returns",
                "Net benefit",
                "Pays for itself",
                "For £1 averted",
                "Of hours there are",
            ),
            [
                (r.effect.title, pounds(r.cost, 3), f"{r.effect.label} ({r.effect.interval})", r.returns, *r.worth)
                for r in rows
            ],
            numbers=(1, 2, 3, 4, 5, 6, 7),
            caption=title,
        ),
        sub=f"Harm averted against extra cost over {weeks_in_words(result.weeks)}; figures are £ averted for £1, 90% interval",
        tools=chart_tools("value", f"/download/{run_id}/table.csv"),
        name="value-card",
    )


def _pays(row: Value) -> str:
    """How likely it is that a plan pays for itself, where that can be said."""
    return f"; pays for itself: {row.worth[1].lower()}" if row.worth and row.worth[1] != "–" else ""
