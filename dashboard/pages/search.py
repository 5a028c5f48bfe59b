"""Search: one field over pages, places, plans, interventions, measures and parameters."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.address import query
from dashboard.components.parts import card, page_head, testid
from dashboard.components.speech import page_foot
from dashboard.components.states import empty
from dashboard.services import Services
from dashboard.views.search import search

PLACES_TO_GO = (("/", "Start"), ("/plan", "Plan"), ("/compare", "Compare"), ("/runs", "Runs"), ("/method", "Method"))


def layout(services: Services, search_: str | None, scheme: str) -> tuple[tuple[str, str], list[Any]]:
    """The field, and what the words in the address find."""
    del scheme
    words = query(search_, ("find",)).get("find", "")
    content = [
        dcc.Store(id="search-address"),
        page_head("Search"),
        html.Div(
            dmc.TextInput(
                id="search-words",
                label="Plans, interventions, measures, parameters, places and pages",
                value=words,
                debounce=250,
                size="sm",
                placeholder="arrest, trust, cocaine, harm",
            ),
            className="field block",
            **testid("search-words"),
        ),
        html.Div(found(services, words), id="search-found", role="status", **testid("search-found")),
        page_foot(f"Version {services.catalogue.version}"),
    ]
    return ("Search", words), content


def found(services: Services, words: str) -> list[Any]:
    """What was found, a card a kind."""
    if not words.strip():
        return [card("Nothing is asked for yet", empty("Write a word or two above; every word has to be found."))]
    hits = search(words, services.catalogue, services.plan_choices(), PLACES_TO_GO)
    if not hits:
        return [card("Nothing has these words", empty("Try a shorter word, or only one.", name="nothing-found"))]
    return [
        html.Div(
            card(
                kind,
                html.Ul(
                    [
                        html.Li([html.A(hit.title, href=hit.href), html.Span(hit.note, className="under")])
                        for hit in listed
                    ],
                    className="found",
                ),
            ),
            className="block",
        )
        for kind, listed in hits.items()
    ]
