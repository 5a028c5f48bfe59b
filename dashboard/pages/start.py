"""Start: pick a place, see what it is like today, and go on where you left off."""

from __future__ import annotations

import time
from typing import Any

from dash import dcc, html

from dashboard.address import start_preset
from dashboard.components.parts import (
    button,
    card,
    icon,
    link_button,
    notice,
    page_head,
    table,
    tag,
    testid,
)
from dashboard.components.pictures import Tile, tiles
from dashboard.components.speech import legend, page_foot
from dashboard.components.states import cancel_button, empty, failure, progress, skeleton
from dashboard.figures.theme import SCHEMES, Palette
from dashboard.jobs.result import Result
from dashboard.jobs.table import Job
from dashboard.pages.market_cards import level_cards
from dashboard.pages.start_cards import flow_card, map_card, places_card, sight_card, today_card
from dashboard.services import Services
from dashboard.text.numbers import counted
from dashboard.views import compare as compare_view
from dashboard.views import flows, sight
from dashboard.views import start as view
from dashboard.views.catalogue import PlaceView
from dashboard.views.runs import moment, row
from dashboard.views.support import any_marked

USUAL = "force"
LONG = "A place of this size takes a minute or two."


def layout(services: Services, search: str | None, scheme: str) -> tuple[tuple[str, str], list[Any]]:
    """The page for the place the address names."""
    preset = start_preset(search) or (
        USUAL if USUAL in services.catalogue.places else next(iter(services.catalogue.places))
    )
    title = services.place(preset)
    request = view.place_request(services.catalogue.places[preset])
    job = latest(services, preset)
    if (job is None or job.state == "done") and services.result_of(request) is None:
        # a first visit finds the place being looked at, not an empty page; so does one after the model has changed
        job = services.submit(request, title)
    content = [
        dcc.Store(id="start-preset", data=preset),
        dcc.Store(id="start-ready"),
        dcc.Store(id="start-job", data=job.id if job else None),
        dcc.Interval(id="start-poll", interval=1200, disabled=not (job and job.open)),
        html.Div(body(services, preset, services.result_of(request), job, SCHEMES[scheme]), id="start-body"),
    ]
    return ("Start", title), content


def latest(services: Services, preset: str) -> Job | None:
    """The newest look at this place that is waiting or at work, or that failed."""
    return next((job for job in services.jobs.listed(("place",), 50) if job.request.preset == preset), None)


def body(services: Services, preset: str, result: Result | None, job: Job | None, palette: Palette) -> list[Any]:
    """Everything below the header."""
    title = services.catalogue.places[preset].title
    guide = html.Button(
        [icon("player-play"), "Two-minute tour"], type="button", className="button", **{"data-tour": "start"}
    )
    plan = link_button("Start a plan", f"/plan?preset={preset}", picture="plus", kind="primary")
    if result is None:
        today = today_missing(services, preset, job)
        head = page_head(title, services.catalogue.places[preset].description, [guide, plan])
        right: list[Any] = [today, recent(services)]
        below: list[Any] = []
    else:
        heading, lead = view.headline(result, title)
        head = page_head(
            heading,
            [lead, "This is the picture under ", html.B("do as now"), ", the baseline for every plan."],
            [guide, plan],
        )
        run_id = view.place_request(services.catalogue.places[preset]).run_id(services.catalogue.model_version)
        goods = flow_card(flows.goods(result), run_id, palette)
        money = flow_card(flows.money(result), run_id, palette)
        right = [today_card(result, run_id, palette), places_card(result, run_id, palette)]
        seen = sight_card(sight.sight(result), run_id, palette)
        parts = [*level_cards(result, run_id, palette), goods, money, seen, recent(services)]
        below = [html.Div(part, className="block") for part in parts if part is not None]
    right_version = (
        compare_view.footer(result, services.catalogue.version) if result else f"Version {services.catalogue.version}"
    )
    place = services.catalogue.places[preset]
    asks = [notice(html.B("The question of this case: "), place.question, name="question")] if place.question else []
    return [
        head,
        *legend(result is not None and any_marked(result)),
        *asks,
        html.A("Choose another place", href="#picker", className="button to-picker"),
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
        page_foot(right_version, services.caution(preset)),
    ]


def picker(services: Services, preset: str) -> html.Section:
    """The forces as tiles, those with a preset to choose; and every preset by name."""
    shown = services.catalogue.places[preset]
    by_tile: dict[str, PlaceView] = {}
    for place in sorted(services.catalogue.places.values(), key=lambda place: (place.id == preset, -len(place.tiles))):
        if place.id == preset or not place.question:
            by_tile |= dict.fromkeys(place.tiles, place)  # the place shown, else the smallest with that tile
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
                force.code in shown.tiles,
            )
        )
    places = services.catalogue.places.values()
    cases = [place for place in places if place.question]
    children: list[Any] = [
        html.Div(
            [_link(place, preset) for place in places if not place.question], className="presets", **testid("presets")
        )
    ]
    if cases:
        children.append(
            html.Details(
                [
                    html.Summary(f"{counted(len(cases), 'case').capitalize()} from the world, each with a question"),
                    html.Div([_link(place, preset) for place in cases], className="presets"),
                ],
                open=preset in {place.id for place in cases},
                className="cases",
                **testid("cases"),
            )
        )
    return card(
        "Choose a place",
        *([tiles(squares, "Forces of England and Wales", "force-map", size=40)] if squares else []),
        *children,
        sub="Each tile is one of the 43 forces of England and Wales; it opens the smallest place that stands for it",
        name="picker",
        identity="picker",
    )


def _link(place: PlaceView, preset: str) -> dcc.Link | html.A:
    """A place by its name; what it asks shows on pointing."""
    words = [html.Span(place.title, style={"color": "inherit"}), html.Span(place.id)]
    href = f"/?preset={place.id}"
    if place.id == preset:
        return html.A(words, href=href, **{"aria-current": "true"})
    return dcc.Link(words, href=href, title=place.question or place.description)


def today_missing(services: Services, preset: str, job: Job | None) -> html.Section:
    """Before the place was looked at: one sentence and one button, or progress."""
    place = services.catalogue.places[preset]
    if job is not None and job.open:
        left = job.seconds_left(time.time())
        words = "Growing the place to its present state." if job.done == 0 else "Running the place as it is."
        words += f" {LONG}" if place.large and job.done == 0 else ""
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
            f"Nobody has run {place.title if place.large else place.title[:1].lower() + place.title[1:]} yet: "
            f"{view.place_runs(place)} runs of a year show what it is like." + (f" {LONG}" if place.large else ""),
            look,
        ),
        name="today",
    )


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
