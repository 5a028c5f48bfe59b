"""The cards of a place that was looked at: key figures, neighbourhoods, flows."""

from __future__ import annotations

from dash import html

from dashboard.components.parts import card, chart, chart_tools, hidden_table, key_figure, table
from dashboard.components.pictures import Tile, key, tiles
from dashboard.figures.bars import bars as draw_bars
from dashboard.figures.fan import spark
from dashboard.figures.ribbons import ribbons
from dashboard.figures.sight import sight as draw_sight
from dashboard.figures.theme import Palette
from dashboard.jobs.result import Result
from dashboard.text.label import spelt
from dashboard.text.numbers import interval, pounds
from dashboard.views import flows, sight
from dashboard.views import start as view
from dashboard.views.support import marked


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
        return card(
            "No harm lies in a neighbourhood of this world",
            html.P("Its victims may live anywhere; what is taken from them stands market by market below.", className="body"),
            name="places",
        )  # fmt: skip
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
        marked("Where the harm is", result, view.HARM),
        tiles(squares, "Harm a year by neighbourhood", "neighbourhood-map", size=36),
        key(pounds(min(harms)), f"{pounds(max(harms))} a year", [f"q{i}" for i in range(5)]),
        sub="Each tile is a neighbourhood; its name and figure show on pointing. Of several forces each is a cluster",
        name="place-map",
    )


def flow_card(picture: flows.Picture | None, run_id: str, palette: Palette) -> html.Section | None:
    """Goods or money as ribbons, where the result holds them."""
    if picture is None:
        return None
    names = {stage.id: stage.title for stage in picture.stages}
    rows = [(names[flow.source], names[flow.target], picture.show(flow.value)) for flow in picture.flows]
    words = "; ".join(f"{source} to {target} {value}" for source, target, value in rows)
    drawing = ribbons(picture.stages, picture.flows, picture.show, palette, height=picture.height)
    return card(
        picture.title,
        html.Div(
            chart(drawing, f"{picture.title}: {words}.", f"flow-{picture.kind}"),
            className="scroll ribbons",
            tabIndex=0,
            role="region",
            **{"aria-label": spelt(picture.title)},
        ),
        hidden_table(picture.kind, ("From", "To", "A year"), rows, numbers=(2,), caption=picture.title),
        sub=picture.sub,
        tools=chart_tools(picture.kind, f"/download/{run_id}/flows.csv"),
        name=f"{picture.kind}-card",
    )


def sight_card(found: sight.Sight | None, run_id: str, palette: Palette) -> html.Section | None:
    """What is beside what police see of it; where businesses may not be drawn one by one, counts by role alone."""
    if found is None:
        return None
    heads = ("Role", "At large", "Seen", "Missed", "Ghosts")
    if found.dots.empty:  # people of an imported network: counts by role, and no more
        by_role = table(heads, found.rows, numbers=(1, 2, 3, 4), caption=found.title, small=True)
        return card(found.title, by_role, sub=found.sub, name="sight")
    rows = hidden_table("sight", heads, found.rows, numbers=(1, 2, 3, 4), caption=found.title)
    sides = [
        html.Div(
            [
                html.H3(title, className="side-title"),
                chart(draw_sight(found.dots, found.ties, palette, perceived=perceived), f"{title}: {says}", name),
            ]
        )
        for title, says, name, perceived in (
            ("What is", found.says[0], "sight-true", False),
            ("What police see", found.says[1], "sight-perceived", True),
        )
    ]
    marks = html.P(
        [
            html.Span([html.I(className="dot seen"), "seen"]),
            html.Span([html.I(className="dot missed"), "missed by police"]),
            html.Span([html.I(className="dot ghost"), "ghost: believed, and not there"]),
        ],
        className="key sight-key",
    )
    return card(
        found.title,
        html.Div(sides, className="grid halves"),
        marks,
        html.P(
            "Each dot is a business where it is at home, a line two of them whose people know each other; towns outside the force stand below. "
            "Ghosts are people; the table has everyone by role.",
            className="note",
        ),
        rows,
        sub=found.sub,
        tools=chart_tools("sight", f"/download/{run_id}/roles.csv"),
        name="sight",
    )
