"""Start: pick a place, see what it is like today, and go on where you left off."""

from __future__ import annotations

import time
from typing import Any

from dash import dcc, html

from dashboard.address import start_preset
from dashboard.components.parts import (
    button,
    card,
    chart,
    chart_tools,
    hidden_table,
    key_figure,
    link_button,
    page_head,
    table,
    tag,
    testid,
)
from dashboard.components.pictures import Tile, key, tiles
from dashboard.components.speech import page_foot
from dashboard.components.states import cancel_button, empty, failure, progress, skeleton
from dashboard.figures.bars import bars as draw_bars
from dashboard.figures.fan import spark
from dashboard.figures.ribbons import ribbons
from dashboard.figures.theme import SCHEMES, Palette
from dashboard.jobs.result import Result
from dashboard.jobs.table import Job
from dashboard.services import Services
from dashboard.text.numbers import interval, pounds
from dashboard.views import compare as compare_view
from dashboard.views import start as view
from dashboard.views.runs import moment, row

USUAL = "force"


def layout(services: Services, search: str | None, scheme: str) -> tuple[tuple[str, str], list[Any]]:
    """The page for the place the address names."""
    preset = start_preset(search) or (
        USUAL if USUAL in services.catalogue.places else next(iter(services.catalogue.places))
    )
    title = services.place(preset)
    request = view.place_request(preset)
    job = latest(services, preset)
    content = [
        dcc.Store(id="start-preset", data=preset),
        dcc.Store(id="start-job", data=job.id if job else None),
        dcc.Interval(id="start-poll", interval=600, disabled=not (job and job.open)),
        html.Div(body(services, preset, services.result_of(request), job, SCHEMES[scheme]), id="start-body"),
    ]
    return ("Start", title), content


def latest(services: Services, preset: str) -> Job | None:
    """The newest look at this place that is waiting or at work, or that failed."""
    return next((job for job in services.jobs.listed(("place",), 50) if job.request.preset == preset), None)


def body(services: Services, preset: str, result: Result | None, job: Job | None, palette: Palette) -> list[Any]:
    """Everything below the header."""
    title = services.catalogue.places[preset].title
    plan = link_button("Start a plan", f"/plan?preset={preset}", picture="plus", kind="primary")
    if result is None:
        today = today_missing(services, preset, job)
        head = page_head(title, services.catalogue.places[preset].description, [plan])
        right: list[Any] = [today, recent(services)]
        below: list[Any] = []
    else:
        heading, lead = view.headline(result, title)
        head = page_head(
            heading, [lead, "This is the picture under ", html.B("do as now"), ", the baseline for every plan."], [plan]
        )
        run_id = view.place_request(preset).run_id(services.catalogue.model_version)
        right = [today_card(result, run_id, palette), places_card(result, run_id, palette), recent(services)]
        below = flow_cards(result, run_id, palette)
    right_version = (
        compare_view.footer(result, services.catalogue.version) if result else f"Version {services.catalogue.version}"
    )
    return [
        head,
        html.Div(
            [
                html.Div(
                    [picker(services, preset), *([map_card(result)] if result is not None else [])], className="stack"
                ),
                html.Div(right, className="stack"),
            ],
            className="grid start-grid",
        ),
        *below,
        page_foot(right_version),
    ]


def picker(services: Services, preset: str) -> html.Section:
    """The forces as tiles, those with a preset to choose; and every preset by name."""
    by_tile = {place.tile: place for place in services.catalogue.places.values() if place.tile}
    squares = []
    for force in services.catalogue.forces:
        place = by_tile.get(force.code)
        says = f"{force.name}: {place.title}" if place else f"{force.name}: no preset yet"
        squares.append(
            Tile(
                force.row,
                force.col,
                force.code,
                says,
                "ready" if place else "off",
                f"/?preset={place.id}" if place else None,
                bool(place and place.id == preset),
            )
        )
    links = [
        dcc.Link([html.Span(place.title, style={"color": "inherit"}), html.Span(place.id)], href=f"/?preset={place.id}")
        if place.id != preset
        else html.A(
            [html.Span(place.title, style={"color": "inherit"}), html.Span(place.id)],
            href=f"/?preset={place.id}",
            **{"aria-current": "true"},
        )
        for place in services.catalogue.places.values()
    ]
    return card(
        "Choose a place",
        *([tiles(squares, "Forces of England and Wales", "force-map", size=40)] if squares else []),
        html.Div(links, className="presets", **testid("presets")),
        sub="Each tile is one of the 43 forces of England and Wales; the filled ones can be chosen",
        name="picker",
    )


def today_missing(services: Services, preset: str, job: Job | None) -> html.Section:
    """Before the place was looked at: one sentence and one button, or progress."""
    if job is not None and job.open:
        left = job.seconds_left(time.time())
        words = "Growing the place to its present state." if job.done == 0 else "Running the place as it is."
        return card(
            "Today",
            progress(words, job.done, job.total, left, cancel_button({"job-cancel": job.id})),
            skeleton(180),
            name="today",
        )
    look = button("Look at this place", "start-look", picture="player-play", kind="primary")
    if job is not None and job.state == "failed":
        return card("Today", failure("The place could not be run.", job.message, look), name="today")
    return card(
        "Today",
        empty(
            f"Nobody has run {services.catalogue.places[preset].title[:1].lower()}{services.catalogue.places[preset].title[1:]} "
            f"yet: {view.PLACE_RUNS} runs of a year show what it is like.",
            look,
        ),
        name="today",
    )


def today_card(result: Result, run_id: str, palette: Palette) -> html.Section:
    """Key figures with intervals and their course."""
    figures = view.key_figures(result)
    kpis = [
        key_figure(
            f.label,
            f.value,
            f.unit,
            f.note,
            *(
                [
                    chart(
                        spark(f.course, palette),
                        f"{f.label} over the year",
                        f"spark-{f.key}",
                        style={"marginTop": "4px"},
                    )
                ]
                if len(f.course) > 1
                else []
            ),
            name=f.key,
        )
        for f in figures
    ]
    return card(
        "Today",
        html.Div(kpis, className="kpis"),
        hidden_table(
            "today",
            ("Measure", "Value", "90% of runs"),
            [(f.label, f"{f.value} {f.unit}", f.note) for f in figures],
            numbers=(1, 2),
            caption="The place today",
        ),
        sub="The first year under do as now; 90% of runs lie in the range, lines show the year by month",
        tools=chart_tools("today", f"/download/{run_id}/table.csv"),
        name="today",
    )


def places_card(result: Result, run_id: str, palette: Palette) -> html.Section:
    """Which neighbourhoods carry most."""
    title, rows = view.harm_by_place(result)
    if not rows:
        return card(title, html.P("The model did not report harm by place.", className="body"), name="places")
    words = "; ".join(f"{bar.title} {bar.label}" for bar in rows)
    return card(
        title,
        chart(draw_bars(rows, palette), f"Harm a year by neighbourhood: {words}.", "harm-by-place"),
        hidden_table(
            "places",
            ("Neighbourhood", "Harm a year", "90% of runs"),
            [(b.title, b.label, b.interval) for b in rows],
            numbers=(1, 2),
            caption=title,
        ),
        sub="Harm a year with the range of 90% of runs; neighbourhood names are synthetic",
        tools=chart_tools("places", f"/download/{run_id}/place.csv"),
        name="places",
    )


def map_card(result: Result) -> html.Section | html.Div:
    """The neighbourhoods as tiles, shaded by harm."""
    found = view.neighbourhoods(result)
    if not found:
        return html.Div()
    steps = view.fifths([harm for *_, harm, _, _ in found])
    squares = [
        Tile(r, c, "", f"{name}: {pounds(harm)} a year ({interval(low, high, pounds)})", f"q{step}")
        for (name, r, c, harm, low, high), step in zip(found, steps, strict=True)
    ]
    harms = [item[3] for item in found]
    return card(
        "Where the harm is",
        tiles(squares, "Harm a year by neighbourhood", "neighbourhood-map", size=36),
        key(pounds(min(harms)), f"{pounds(max(harms))} a year", [f"q{i}" for i in range(5)]),
        sub="Each tile is a neighbourhood; its name and figure show on pointing",
        name="place-map",
    )


def flow_cards(result: Result, run_id: str, palette: Palette) -> list[Any]:
    """Goods and money, where the model reports them."""
    cards = []
    for kind, title, sub in (
        ("goods", "How goods reach the street", "Goods a year, from import to sale"),
        ("money", "Where the money goes", "Money a year, from customers to where it ends up"),
    ):
        found = view.flows(result, kind)
        if found is None:
            continue
        stages, flows = found
        words = "; ".join(f"{f.source} to {f.target} {pounds(f.value)}" for f in flows)
        cards.append(
            card(
                title,
                chart(ribbons(stages, flows, pounds, palette), f"{title}: {words}.", f"flow-{kind}"),
                hidden_table(
                    kind,
                    ("From", "To", "A year"),
                    [(f.source, f.target, pounds(f.value)) for f in flows],
                    numbers=(2,),
                    caption=title,
                ),
                sub=sub,
                tools=chart_tools(kind, f"/download/{run_id}/flows.csv"),
                name=f"{kind}-card",
            )
        )
    return [html.Div(cards, className="grid halves" if len(cards) > 1 else "grid")] if cards else []


def recent(services: Services) -> html.Section:
    """The latest comparisons and saved plans."""
    now = time.time()
    rows: list[tuple[float, list[Any]]] = []
    for job in services.jobs.listed(limit=6):
        line = row(job, services.catalogue, now)
        result = services.results.read(job.run_id) if job.state == "done" else None
        says = compare_view.headline(result).title if result else line.note
        rows.append(
            (
                job.created,
                [
                    dcc.Link(job.title, href=f"/compare?job={job.id}"),
                    "Comparison",
                    says,
                    tag(line.state, line.look),
                    line.when,
                ],
            )
        )
    for saved in services.drafts.saved()[:4]:
        count = len(saved.plan.get("entry", []))
        rows.append(
            (
                saved.changed,
                [
                    dcc.Link(saved.title, href=f"/plan?preset={saved.preset}&plan={saved.id}"),
                    "Plan",
                    f"{count} interventions" if count != 1 else "1 intervention",
                    tag("Saved", "quiet"),
                    moment(saved.changed, now),
                ],
            )
        )
    rows.sort(key=lambda item: -item[0])
    if not rows:
        return card(
            "Recent work",
            empty(
                "Plans you save and comparisons you run are listed here.",
                link_button("Compare plans", "/compare", picture="arrows-diff"),
            ),
            name="recent",
        )
    return card(
        "Recent work",
        table(
            ("Work", "Kind", "What it says", "State", "Changed"),
            [cells for _, cells in rows[:8]],
            caption="Recent work",
        ),
        name="recent",
    )
