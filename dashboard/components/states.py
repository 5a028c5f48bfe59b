"""What stands where a result is not: one sentence and the button that fills it, progress, or what went wrong."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components.parts import button, icon, testid
from dashboard.text.numbers import duration, percent


def empty(sentence: str, *action: Any, name: str = "empty") -> html.Div:
    """Nothing is there yet; this fills it."""
    return html.Div([html.P(sentence), *action], className="empty", **testid(name))


def progress(
    sentence: str, done: int, total: int, left: float | None, cancel: Any = None, *, name: str = "progress"
) -> html.Div:
    """How far the work is, how long it still takes, and a way to stop it."""
    share = done / total if total else 0.0
    words = f"{percent(share)} done" if total and done else "Starting"
    rest = f", {duration(left)} left" if left is not None else ""
    bar = html.Progress(value=f"{share:.4f}", max="1", **{"aria-label": sentence})
    return html.Div(
        [
            html.Div(
                [html.Span([html.B(sentence), f" {words}{rest}."]), *([cancel] if cancel is not None else [])],
                className="line",
                role="status",
            ),
            bar,
        ],
        className="progress",
        **testid(name),
    )


def cancel_button(identity: Any) -> html.Button:
    """Stops the work."""
    return button("Cancel", identity, picture="player-stop", name="cancel")


def failure(what: str, then: str, *action: Any, name: str = "failure") -> html.Div:
    """What happened and what to do; nothing that was made is lost."""
    return html.Div(
        [
            html.Div(
                [icon("alert-triangle"), html.P([html.B(what), " ", then])], className="notice look", role="alert"
            ),
            *action,
        ],
        **testid(name),
    )


def skeleton(height: int) -> html.Div:
    """The shape of what is coming."""
    return html.Div(className="skeleton", style={"height": f"{height}px"}, **{"aria-hidden": "true"})
