"""Thin callbacks: read what the page says, ask a view, give back a part of the page."""

from __future__ import annotations

from dash import Dash

from dashboard.callbacks import compare, method, navigation, plan, runs, search, start
from dashboard.services import Services


def register(app: Dash, services: Services) -> None:
    """Every page's callbacks."""
    for room in (navigation, start, plan, compare, runs, method, search):
        room.register(app, services)
