"""The guided tour: a strip above the page that says in five steps what each page is for. It never covers anything."""

from __future__ import annotations

from dataclasses import dataclass

from dash import html

from dashboard.components.parts import testid


@dataclass(frozen=True)
class Step:
    """One stop: the page it stands on and what to see there."""

    path: str
    title: str
    text: str


STEPS = (
    Step("/", "The place as it is", "Choose a place. Below stand its harm, its businesses, how drugs reach users and who keeps the "
         "money, all under do as now: today's work, carried on. Every plan is measured against it."),
    Step("/plan", "Put a plan together", "Add interventions, drag their bars, and set effort, place and who pays in the panel. "
         "The forecast follows every change, and the bars say when an agency runs out of hours."),
    Step("/compare", "Compare plans", "Up to five plans run beside do as now on the same random numbers: harm averted, how sure that is, "
         "what it costs, where harm moves and what gets worse. More pairs of runs narrow the ranges."),
    Step("/runs", "Come back to it", "Every comparison is kept here with its progress. Work goes on when the page is closed."),
    Step("/method", "Doubt it", "What the model does each week, every number it rests on and on whose word, and where it ends. "
         "The tag at the top says what of it is calibrated and reproduced; a figure with † is supported by no published finding."),
)  # fmt: skip


def tour() -> html.Section:
    """Every step, hidden until the browser shows the one it is at."""
    steps = [
        html.Div(
            [
                html.P([html.B(f"{number} of {len(STEPS)}: {step.title}. "), step.text]),
            ],
            className="tour-step",
            hidden=True,
            **{"data-path": step.path},
        )
        for number, step in enumerate(STEPS, 1)
    ]
    verbs = html.Div(
        [
            html.Button("Back", type="button", className="button", **{"data-tour": "back"}),
            html.Button("Next", type="button", className="button primary", **{"data-tour": "next"}),
            html.Button("End the tour", type="button", className="button", **{"data-tour": "end"}),
        ],
        className="actions",
    )
    return html.Section(
        [html.Div(steps, role="status"), verbs],
        id="tour",
        className="tour",
        hidden=True,
        **testid("tour"),
        **{"aria-label": "Guided tour"},
    )
