"""Pictures made of plain html: meters, the PHIA yardstick, maps of tiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html

from dashboard.components.parts import testid
from dashboard.text.phia import BANDS, band, percentage


def meter(
    name: str,
    value: str,
    rest: str,
    share: float,
    *,
    limit: float | None = 1.0,
    room: float = 1.25,
    key: str | None = None,
) -> html.Div:
    """Name and figure above, bar below, a black line at the limit; over the limit it takes the highlight."""
    over = limit is not None and share > limit + 1e-9
    full = max(room, share * 1.02) if limit is not None else max(share, 1.0)
    return html.Div(
        [
            html.Div(
                [html.Span(name), html.Span([html.B(value), html.Span(f" {rest}")], className="number")],
                className="name",
            ),
            html.Div(
                [
                    html.Div(className="fill", style={"width": f"{min(max(share, 0) / full, 1) * 100:.2f}%"}),
                    *(
                        [html.Div(className="limit", style={"left": f"{limit / full * 100:.2f}%"})]
                        if limit is not None
                        else []
                    ),
                ],
                className="bar",
                role="img",
                **{"aria-label": f"{name}: {value} {rest}" + (", over the limit" if over else "")},
            ),
        ],
        className="meter over" if over else "meter",
        **(testid(key) if key else {}),
    )


def yardstick(probability: float) -> html.Div:
    """The seven bands of the yardstick with a pin at the probability; its word is bold."""
    here = band(probability)
    children: list[Any] = []
    for item in BANDS:
        chosen = item is here
        pin = []
        if chosen:
            inside = (probability * 100 - item.low) / (item.high - item.low)
            share = min(max(inside, 0.0), 1.0)
            pin = [html.Span(html.B(percentage(probability)), className="pin", style={"left": f"{share * 100:.1f}%"})]
        children.append(
            html.Div(
                [
                    html.I(),
                    *pin,
                    html.Span(
                        [item.word.capitalize(), html.Br(), html.Span(f"{item.low}–{item.high}%", className="span")]
                    ),
                ],
                className="band here" if chosen else "band",
                **{"data-said": percentage(probability)},
            )
        )
    return html.Div(
        children,
        className="yardstick",
        role="img",
        **testid("yardstick"),
        **{"aria-label": f"{here.word.capitalize()}, {percentage(probability)}"},
    )


@dataclass(frozen=True)
class Tile:
    """One square of a map: where it stands, what is written on it, its class of colour and what it says in full."""

    row: int
    col: int
    text: str
    says: str
    look: str = ""
    href: str | None = None
    chosen: bool = False


def tiles(items: Sequence[Tile], label: str, name: str, *, size: int = 52) -> html.Div:
    """A map of equal squares; those that can be chosen are links, the others say why not."""
    if not items:
        return html.Div(**testid(name))
    top, left = min(i.row for i in items), min(i.col for i in items)
    columns = max(i.col for i in items) - left + 1
    linked = any(item.href for item in items)
    children = []
    for item in sorted(items, key=lambda i: (i.row, i.col)):
        look = f"tile {item.look}{' chosen' if item.chosen else ''}"
        style = {"gridRow": item.row - top + 1, "gridColumn": item.col - left + 1}
        common = {"className": look, "title": item.says, "style": style}
        inner = [html.Span(item.text, **{"aria-hidden": "true"}), html.Span(item.says, className="visually-hidden")]
        if item.href and item.chosen:
            children.append(html.A(inner, href=item.href, **{"aria-current": "true"}, **common))
        elif item.href:
            children.append(dcc.Link(inner, href=item.href, **common))
        else:
            children.append(html.Div(inner, **({} if linked else {"role": "listitem"}), **common))
    role = "group" if linked else "list"
    return html.Div(
        children,
        className="tiles",
        role=role,
        **{"aria-label": label},
        **testid(name),
        style={"gridTemplateColumns": f"repeat({columns}, minmax(0, {size}px))"},
    )


def key(low: str, high: str, looks: Sequence[str]) -> html.Div:
    """What the colours of a map stand for."""
    return html.Div(
        [html.Span(low), html.Span([html.I(className=look) for look in looks], className="steps"), html.Span(high)],
        className="key",
    )


def mark(series: int) -> html.Span:
    """The mark a plan has on every page; series counts from 0, -1 is do as now."""
    return html.Span(className=f"mark s{series + 1}", **{"aria-hidden": "true"})
