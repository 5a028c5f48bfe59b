"""Method: the model in words, its week, its parameters and cards, its limits, and what is vouched for."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.address import query
from dashboard.components.controls import select
from dashboard.components.parts import card, lettered, page_head, table, tag, testid
from dashboard.components.speech import page_foot
from dashboard.components.states import empty
from dashboard.services import Services
from dashboard.text.label import MARK
from dashboard.text.method import ASSURANCE, LIMITS, WHAT
from dashboard.text.numbers import UNIT_WORDS, plain
from dashboard.text.standing import sentences
from dashboard.views import method as view
from dashboard.views.catalogue import EMMIE, STATUS_WORDS, CardView, words
from dashboard.views.plan import lead_words, sentence

SECTIONS = (
    ("words", "In words"),
    ("calibrated", "Calibrated?"),
    ("week", "One week"),
    ("measures", "Measures"),
    ("parameters", "Parameters"),
    ("cards", "Interventions"),
    ("limits", "Limits"),
    ("assurance", "Assurance"),
)


def layout(services: Services, search: str | None, scheme: str) -> tuple[tuple[str, str], list[Any]]:
    """The page, with the search and the open card the address names."""
    del scheme
    found = query(search, ("card", "find", "mechanism", "status", "open"))
    catalogue = services.catalogue
    content = [
        dcc.Store(id="method-address"),
        page_head(
            "How the model works, and how far to trust it",
            "What is simulated each week, the numbers it rests on and on whose word, and where it ends.",
        ),
        html.Nav(
            [html.A(title, href=f"#{key}") for key, title in SECTIONS],
            className="toc",
            **{"aria-label": "On this page"},
        ),
        html.Div(
            card("The model in words", html.Div([html.P(text) for text in WHAT], className="prose"), identity="words"),
            className="block",
        ),
        html.Div(
            card(
                "What is calibrated, and what is reproduced",
                html.Div([html.P(lettered(text)) for text in sentences(catalogue.standing)], className="prose"),
                identity="calibrated",
                name="standing",
            ),
            className="block",
        ),
        html.Div(_week(services), className="block"),
        html.Div(_measures(services, found.get("open") == "measures"), className="block"),
        html.Div(_parameters(services, found), className="block"),
        html.Div(_cards(services, found.get("card")), className="block"),
        html.Div(
            card(
                "Where the model ends",
                html.Div(html.Ul([html.Li(text) for text in LIMITS]), className="prose"),
                identity="limits",
            ),
            className="block",
        ),
        html.Div(
            card("What is vouched for", html.Div([html.P(ASSURANCE)], className="prose"), identity="assurance"),
            className="block",
        ),
        page_foot(f"Version {catalogue.version} · model {catalogue.model_version[:8]}"),
    ]
    return ("Method", "How the model works"), content


def _week(services: Services) -> html.Section:
    week = services.catalogue.week
    steps = html.Ol([html.Li([html.B(f"{name}. "), says]) for name, says in week])
    before = html.P("Agencies meet and give orders as far as hours and law allow. Then, in this order:")
    after = html.P("At its end everything is counted.")
    return card(f"One week has {len(week)} steps", html.Div([before, steps, after], className="prose"), identity="week")


def _measures(services: Services, opened: bool) -> html.Section:
    measures = services.catalogue.measures
    better = {"up": "more is better", "down": "less is better", "neither": "neither"}
    rows = [
        (
            html.Span([row["label"], html.Span(row["id"], className="under")]),
            row["definition"],
            UNIT_WORDS.get(str(row["unit"]), "") or row["unit"],
            better.get(str(row["direction"]), ""),
            html.Span(
                [
                    "validated" if row.get("validated") else f"unvalidated{MARK}",
                    html.Span(row.get("why"), className="under"),
                ]
            ),
        )
        for row in measures.to_dict("records")
    ]
    listed = table(
        ("Measure", "What it is", "Unit", "Direction", "Published findings"),
        rows,
        caption="Measures",
        small=True,
        name="measures",
    )
    inside = html.Details(
        [html.Summary(["Show them all", html.Span("")]), html.Div(listed, className="inside")],
        className="fold",
        open=opened,
    )
    return card(f"{len(rows)} measures are counted every week", inside, identity="measures")


def _parameters(services: Services, found: dict[str, str]) -> html.Section:
    parameters = services.catalogue.parameters
    mechanisms = [("", "Every mechanism")] + [
        (name, words(name)) for name in view.options(list(parameters["mechanism"]))
    ]
    statuses = [("", "Any status")] + [(key, text.capitalize()) for key, text in STATUS_WORDS.items()]
    mechanism = found.get("mechanism", "")
    status = found.get("status", "")
    line = html.Div(
        [
            html.Div(
                dmc.TextInput(
                    id="parameter-words",
                    label="Search parameters",
                    value=found.get("find", ""),
                    debounce=300,
                    size="sm",
                    placeholder="trust, arrest, purity",
                ),
                className="field",
                **testid("parameter-words"),
            ),
            select(
                "mechanism",
                "Mechanism",
                mechanism if mechanism in {m for m, _ in mechanisms} else "",
                mechanisms,
                group="parameter",
                searchable=True,
            ),
            select(
                "status", "Status", status if status in {s for s, _ in statuses} else "", statuses, group="parameter"
            ),
        ],
        className="search-line",
    )
    return card(
        view.status_sentence(parameters),
        line,
        html.Div(parameter_table(services, found.get("find", ""), mechanism, status), id="parameter-rows"),
        sub="A run may use any value in the range; the range is what the sensitivity analysis explores",
        identity="parameters",
        name="parameters",
    )


def parameter_table(services: Services, find: str, mechanism: str, status: str) -> Any:
    """The parameters that match."""
    rows, total = view.find(services.catalogue.parameters, find, mechanism, status)
    if not rows:
        return empty("No parameter matches. Try a shorter word, or another mechanism.", name="no-parameters")
    cells = [
        (html.Span([row.id, html.Span(row.note, className="under")]), row.value, row.span, row.status, row.source)
        for row in rows
    ]
    count = f"{total} found" if total == len(rows) else f"The first {len(rows)} of {total}; search to see the others"
    return html.Div(
        [
            html.P(count, className="note", role="status", style={"marginBottom": "10px"}),
            table(
                ("Parameter", "Value", "Range", "Status", "Source"),
                cells,
                numbers=(1, 2),
                caption="Parameters",
                small=True,
                name="parameter-table",
            ),
        ]
    )


def _cards(services: Services, opened: str | None) -> html.Section:
    groups = view.by_family(services.catalogue.cards)
    count = sum(len(cards) for _, cards in groups)
    children: list[Any] = []
    for title, cards in groups:
        children.append(html.H3(title, style={"fontSize": "14px", "margin": "14px 0 2px"}))
        children += [_card(item, item.id == opened) for item in cards]
    return card(
        f"{count} interventions and what is known of them",
        *children,
        sub="Evidence in EMMIE form, each part scored 0 (no review exists) to 4 (very strong)",
        identity="cards",
        name="cards",
    )


def _card(item: CardView, opened: bool) -> html.Details:
    hours = (
        ", ".join(f"{plain(n.value)} hours a week of {words(k).lower()}" for k, n in item.hours.items())
        or "no hours of its own"
    )
    evidence = [
        (
            words(key) if key != "mechanism" else "Mechanism",
            f"{score} of 4",
            html.Span([text, html.Span(source or "no source", className="under")]),
        )
        for key in EMMIE
        if key in item.evidence
        for score, text, source in [item.evidence[key]]
    ]
    facts = [
        ("What it does", item.mechanism),
        ("Aimed at", item.targets),
        ("At full effort it takes, for 10,000 residents", hours),
        (
            "Lead time",
            lead_words(item),
        ),
        ("Authorised by", sentence(item.authorising_level)),
        ("Lawful under", words(item.power)),
        ("Intrusion", f"{item.intrusion[0].capitalize()}. {item.intrusion[1]}"),
        ("Retaliation", f"{item.retaliation[0].capitalize()}. {item.retaliation[1]}"),
        ("Moves", ", ".join(words(x).lower() for x in (*item.levers, *item.orders)) or "nothing in the model"),
    ]
    return html.Details(
        [
            html.Summary([html.Span(item.title), html.Span(f"{item.p4}, {item.dddd.lower()}", className="second")]),
            html.Div(
                [
                    html.Div([tag("Described, not modelled", "look")] if item.status == "described" else []),
                    table(("Question", "Answer"), facts, caption=item.title, small=True),
                    table(
                        ("Evidence", "Score", "What is known"),
                        evidence,
                        caption=f"Evidence for {item.title}",
                        small=True,
                    ),
                ],
                className="inside",
            ),
        ],
        open=opened,
        className="fold",
        id=f"card-{item.id}",
        **testid(f"card-{item.id}"),
    )
