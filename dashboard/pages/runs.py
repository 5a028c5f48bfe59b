"""Runs: what was asked for, how far it is, how it ended, and what it left."""

from __future__ import annotations

import time
from typing import Any

from dash import dcc, html

from dashboard.address import query
from dashboard.components.parts import button, card, link_button, page_head, table, tag, testid
from dashboard.components.speech import page_foot
from dashboard.components.states import empty
from dashboard.services import Services
from dashboard.views.runs import RunRow, rows, summary


def layout(services: Services, search: str | None, scheme: str) -> tuple[tuple[str, str], list[Any]]:
    """The history, kept up to date while something runs."""
    del scheme
    query(search, ())
    jobs = services.jobs.listed()
    content = [
        dcc.Interval(id="runs-poll", interval=1000, disabled=not any(job.open for job in jobs)),
        page_head("Runs", summary(jobs), [link_button("Compare plans", "/compare", picture="plus", kind="primary")]),
        html.Div(history(services), id="runs-history"),
        page_foot(f"Version {services.catalogue.version}"),
    ]
    return ("Runs", "Everything run here"), content


def history(services: Services) -> Any:
    """The table of jobs, the newest first."""
    found = rows(services.jobs.listed(), services.catalogue, time.time())
    if not found:
        return card(
            "Nothing has been run here yet",
            empty(
                "Choose plans and compare them; every comparison is kept here.",
                link_button("Compare plans", "/compare", kind="primary"),
            ),
            name="runs",
        )
    headings = ("Comparison", "Place", "Asked", "Started", "State", "What to do")
    return card(
        "History",
        table(headings, [_row(row) for row in found], caption="Comparisons run here", name="runs-table"),
        name="runs",
    )


def _row(row: RunRow) -> list[Any]:
    state: Any = tag(row.state, row.look)
    if row.share is not None:
        state = html.Span(
            [
                html.Progress(
                    value=f"{row.share:.4f}", max="1", className="thin", **{"aria-label": f"{row.title}: {row.state}"}
                ),
                html.Span(row.state, className="note"),
            ]
        )
    acts: list[Any] = []
    if row.open:
        acts.append(button("Cancel", {"job-cancel": row.id}, name="cancel"))
    else:
        if row.has_result:
            acts.append(
                html.A(
                    "Download",
                    href=f"/download/{row.run_id}/table.csv",
                    download="",
                    className="button",
                    **{"aria-label": f"Download {row.title}"},
                )
            )
        else:
            acts.append(button("Run again", {"job-again": row.id}, name="run-again"))
        acts.append(button("Delete", {"job-delete": row.id}, name="delete"))
    return [
        html.Span(
            [dcc.Link(row.title, href=f"/compare?job={row.id}"), html.Span(row.note, className="under")],
            **testid(f"run-{row.id}"),
        ),
        row.place,
        row.asked,
        row.when,
        state,
        html.Div(acts, className="row-actions"),
    ]
