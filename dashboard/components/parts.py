"""Cards, tags, buttons, notices and tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html

from dashboard.text.label import SAYS, SIGN, SPOKEN, spelt

Child = Any

ICON_FOLDER = "/assets/icons"


def icon(name: str) -> html.Span:
    """A small drawing in the colour of the text round it; the words beside it carry the meaning."""
    return html.Span(className="icon", style={"--drawing": f"url({ICON_FOLDER}/{name}.svg)"}, **{"aria-hidden": "true"})


def testid(name: str) -> dict[str, str]:
    """Every control and figure can be found by its schema id."""
    return {"data-testid": name}


def tag(text: str, kind: str = "") -> html.Span:
    """One short state in a tinted box; kind is quiet, look or empty."""
    return html.Span(text, className=f"tag {kind}".strip())


def button(
    text: str,
    identity: Any,
    *,
    picture: str | None = None,
    kind: str = "",
    disabled: bool = False,
    name: str | None = None,
) -> html.Button:
    """A button whose text is a verb."""
    children: list[Child] = ([icon(picture)] if picture else []) + [text]
    wild = testid(name or (identity if isinstance(identity, str) else text))
    return html.Button(
        children, id=identity, type="button", n_clicks=0, disabled=disabled, className=f"button {kind}".strip(), **wild
    )


def icon_button(text: str, identity: Any, picture: str, *, disabled: bool = False, **wild: str) -> html.Button:
    """A button that shows only a drawing and says its name to a screen reader and on hovering."""
    return html.Button(
        icon(picture),
        id=identity,
        type="button",
        n_clicks=0,
        className="icon-button",
        disabled=disabled,
        title=text,
        **{"aria-label": text, **wild},
    )


def link_button(
    text: str, href: str, *, picture: str | None = None, kind: str = "", name: str | None = None
) -> dcc.Link:
    """A link to another page that looks like a button."""
    children: list[Child] = ([icon(picture)] if picture else []) + [text]
    del name
    return dcc.Link(children, href=href, className=f"button {kind}".strip())


def lettered(content: Child) -> Child:
    """A text in which the mark of what is not validated says so on pointing, and to those who hear it."""
    if isinstance(content, (list, tuple)):  # one flat list: Dash draws no list within another
        pieces = [lettered(one) for one in content]
        return [one for piece in pieces for one in (piece if isinstance(piece, list) else [piece])]
    if not isinstance(content, str) or SIGN not in content:
        return content
    first, *others = content.split(SIGN)
    out: list[Child] = [first]
    for text in others:
        out += [sign(), text] if text else [sign()]
    return out


def sign() -> html.Abbr:
    """The mark of an outcome that no published finding supports."""
    inner = [html.Span(SIGN, **{"aria-hidden": "true"}), html.Span(SPOKEN, className="visually-hidden")]
    return html.Abbr(inner, title=SAYS[:1].upper() + SAYS[1:], className="mark-unvalidated")


def card(
    title: Child,
    *children: Child,
    sub: Child = None,
    tools: Sequence[Child] = (),
    name: str | None = None,
    identity: Any = None,
    class_name: str = "",
) -> html.Section:
    """White on grey: a title that says the finding, the measure under it, and the content."""
    head = html.Div(
        [
            html.Div([html.H2(lettered(title))] + ([html.P(lettered(sub), className="sub")] if sub else [])),
            *([html.Div(list(tools), className="card-tools")] if tools else []),
        ],
        className="card-head",
    )
    extra = {"id": identity} if identity is not None else {}
    return html.Section(
        [head, *children], className=f"card {class_name}".strip(), **extra, **(testid(name) if name else {})
    )


def chart(
    figure: go.Figure,
    label: str,
    name: str,
    *,
    style: dict[str, Any] | None = None,
    phone: go.Figure | None = None,
) -> html.Div:
    """A picture with a text that says what it shows; the drawing itself is one image to a screen reader.

    `phone` is the same picture laid out for a narrow page; the style sheet shows one of the two.
    """
    graphs = [_graph(figure, name, "wide-only" if phone is not None else "")]
    if phone is not None:
        graphs.append(_graph(phone, f"{name}-phone", "phone-only"))
    return html.Div(graphs, role="img", className="figure", style=style, **{"aria-label": spelt(label), **testid(name)})


def _graph(figure: go.Figure, name: str, look: str) -> html.Div:
    height = figure.to_dict()["layout"]["height"]
    return html.Div(
        dcc.Graph(
            id={"figure": name},
            figure=figure,
            responsive=True,
            style={"height": f"{height}px", "width": "100%"},
            config={"displayModeBar": False, "scrollZoom": False, "doubleClick": False},
        ),
        className=look,
    )


def chart_tools(name: str, download: str | None = None) -> list[Child]:
    """At the top right of every picture: its table, and the data behind it as a file."""
    tools: list[Child] = [
        html.Button(
            icon("table"),
            type="button",
            className="icon-button",
            title="Show the table",
            **{
                "aria-label": "Show the table",
                "aria-expanded": "false",
                "aria-controls": f"table-{name}",
                "data-toggle": f"table-{name}",
                **testid(f"show-table-{name}"),
            },
        ),
    ]
    if download:
        tools.append(
            html.A(
                icon("download"),
                href=download,
                download="",
                className="icon-button",
                title="Download the data (CSV)",
                **{"aria-label": "Download the data (CSV)", **testid(f"download-{name}")},
            )
        )
    return tools


def table(
    headings: Sequence[str],
    rows: Sequence[Sequence[Child]],
    *,
    numbers: Sequence[int] = (),
    caption: str = "",
    small: bool = False,
    name: str | None = None,
    row_header: bool = True,
) -> html.Div:
    """Rules between rows only, numbers to the right, the first cell names the row."""
    right = set(numbers)

    def cell(index: int, content: Child) -> Child:
        style = {"className": "number"} if index in right else {}
        inner = lettered(content)
        return html.Th(inner, scope="row") if index == 0 and row_header else html.Td(inner, **style)

    head = html.Thead(
        html.Tr(
            [
                html.Th(lettered(text), scope="col", **({"className": "number"} if i in right else {}))
                for i, text in enumerate(headings)
            ]
        )
    )
    body = html.Tbody([html.Tr([cell(i, content) for i, content in enumerate(row)]) for row in rows])
    caption = spelt(caption)
    children: list[Child] = [html.Caption(caption, className="visually-hidden")] if caption else []
    style = {"minWidth": f"{len(headings) * 104}px"} if len(headings) > 3 else {}
    element = html.Table(
        [*children, head, body],
        className="data small" if small else "data",
        style=style,
        **(testid(name) if name else {}),
    )
    return html.Div(element, className="scroll", tabIndex=0, role="region", **{"aria-label": caption or "Table"})


def hidden_table(
    name: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Child]],
    *,
    numbers: Sequence[int] = (),
    caption: str = "",
) -> html.Div:
    """The table behind a picture, shown by the picture's table button."""
    inner = table(headings, rows, numbers=numbers, caption=caption, small=True)
    return html.Div(inner, id=f"table-{name}", className="as-table", hidden=True)


def under(main: Child, note: str) -> list[Child]:
    """A figure with its interval in second ink below."""
    return [html.B(lettered(main)), html.Span(lettered(note), className="under")]


def notice(*content: Child, kind: str = "", name: str | None = None) -> html.Div:
    """One sentence at the top that everyone should see; it never blocks."""
    picture = icon("alert-triangle" if kind == "look" else "info-circle")
    return html.Div(
        [picture, html.P(list(content))],
        className=f"notice {kind}".strip(),
        role="note",
        **(testid(name) if name else {}),
    )


def key_figure(label: str, value: str, unit: str, note: str, *more: Child, name: str) -> html.Div:
    """One number that matters, its unit beside it and its interval below."""
    return html.Div(
        [
            html.H3(lettered(label)),
            html.P([value, html.Span(unit)], className="figure"),
            html.P(note, className="note"),
            *more,
        ],
        className="kpi",
        **testid(name),
    )


def page_head(title: str, lead: Child = None, actions: Sequence[Child] = (), identity: str | None = None) -> html.Div:
    """The finding as the page's title, what it means under it, and the verbs at the right."""
    extra = {"id": identity} if identity else {}
    return html.Div(
        [
            html.Div(
                [html.H1(lettered(title)), *([html.P(lettered(lead), className="lead")] if lead else [])], **extra
            ),
            *([html.Div(list(actions), className="actions")] if actions else []),
        ],
        className="page-head",
    )
