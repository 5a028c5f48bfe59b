"""Controls drawn from the schema: name left, value with unit right, range below, a tick at the usual value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import dash_mantine_components as dmc
from dash import html

from dashboard.components.parts import testid
from dashboard.text.numbers import with_unit


@dataclass(frozen=True)
class SliderSpec:
    """One number to set: its bounds and unit as the schema gives them."""

    key: str
    label: str
    value: float
    low: float
    high: float
    step: float
    unit: str
    usual: float | None = None
    help: str = ""
    group: str = "control"


def control_id(group: str, key: str) -> dict[str, str]:
    """How callbacks address a control: the group it belongs to and its schema id."""
    return {"role": group, "key": key}


def slider(spec: SliderSpec) -> html.Div:
    """A slider with its name, its value in words and the usual value marked."""
    identity = control_id(spec.group, spec.key)
    said = html.Output(with_unit(spec.value, spec.unit), id=control_id("said", spec.key))
    span = spec.high - spec.low or 1.0
    named = spec.usual not in (None, spec.low, spec.high)
    usual = f"usual {with_unit(spec.usual, spec.unit)}"
    at = _usual(spec, span) if named else None
    children: list[Any] = [
        html.Div([html.Span(spec.label), said], className="name"),
        html.Div(
            [
                dmc.Slider(
                    id=identity,
                    value=spec.value,
                    min=spec.low,
                    max=spec.high,
                    step=spec.step,
                    label=None,
                    size=4,
                    thumbSize=16,
                    thumbLabel=spec.label,
                    updatemode="drag",
                    marks=[],
                    precision=_decimals(spec.step),
                ),
                *(
                    [
                        html.Span(
                            className="usual-tick",
                            style={"left": f"calc(8px + (100% - 16px) * {(spec.usual - spec.low) / span:.4f})"},
                        )
                    ]
                    if spec.usual is not None
                    else []
                ),
            ],
            className="slider",
        ),
        html.Div(
            [
                html.Span(_end(spec, spec.low)),
                *([html.Span(usual, className="usual", style={"left": f"{at:.1f}%"})] if at is not None else []),
                html.Span(_end(spec, spec.high)),
            ],
            className="range",
        ),
    ]
    beside = [spec.help] if spec.help else []
    if named and at is None:
        beside.append(usual.capitalize() + ".")
    if beside:
        children.append(html.P(" ".join(beside), className="help"))
    return html.Div(children, className="control", **{"data-unit": spec.unit}, **testid(spec.key))


def _end(spec: SliderSpec, value: float) -> str:
    """One end of the range, named as usual where it is."""
    text = with_unit(value, spec.unit)
    return f"usual {text}" if value == spec.usual else text


SHORTEST = 44
"""Letters that the line below a track holds where it is shortest."""


def _usual(spec: SliderSpec, span: float) -> float | None:
    """Where on the line below the track the usual value is named, in hundredths: as near its place as the ends leave room.

    None where they leave none; then it is said below.
    """
    half = (len(f"usual {with_unit(spec.usual, spec.unit)}") + 3) / 2
    first = len(_end(spec, spec.low)) + half
    last = SHORTEST - len(_end(spec, spec.high)) - half
    if first > last:
        return None
    share = ((spec.usual or 0.0) - spec.low) / span
    return 100.0 * min(max(share * SHORTEST, first), last) / SHORTEST


def _decimals(step: float) -> int:
    text = f"{step:.10f}".rstrip("0")
    return len(text.split(".")[1]) if "." in text else 0


def nice_step(low: float, high: float) -> float:
    """A step that cuts a range into about a hundred round pieces."""
    raw = (high - low) / 100 or 0.01
    power = 1.0
    while power > raw:
        power /= 10
    while power * 10 <= raw:
        power *= 10
    return round(next(power * m for m in (1, 2, 5, 10) if power * m >= raw * 0.999), 10)


def select(
    key: str,
    label: str,
    value: str | None,
    options: Sequence[tuple[str, str]],
    *,
    group: str = "control",
    description: str = "",
    searchable: bool = False,
) -> html.Div:
    """One of several, by name."""
    extra = {"description": description} if description else {}
    return html.Div(
        dmc.Select(
            id=control_id(group, key),
            label=label,
            value=value,
            data=[{"value": v, "label": t} for v, t in options],
            allowDeselect=False,
            searchable=searchable,
            size="sm",
            comboboxProps={"withinPortal": True},
            **extra,
        ),
        className="field",
        **testid(key),
    )


def several(
    identity: Any,
    key: str,
    label: str,
    value: Sequence[str],
    options: Sequence[tuple[str, str]],
    *,
    most: int | None = None,
    description: str = "",
) -> html.Div:
    """Some of several, by name."""
    extra: dict[str, Any] = {"description": description} if description else {}
    if most:
        extra["maxValues"] = most
    return html.Div(
        dmc.MultiSelect(
            id=identity,
            label=label,
            value=list(value),
            searchable=True,
            size="sm",
            data=[{"value": v, "label": t} for v, t in options],
            hidePickedOptions=True,
            **extra,
        ),
        className="field",
        **testid(key),
    )


def amount(identity: Any, key: str, label: str, value: float, *, description: str = "") -> html.Div:
    """Any number, typed."""
    extra = {"description": description} if description else {}
    return html.Div(
        dmc.NumberInput(id=identity, label=label, value=value, size="sm", clampBehavior="none", **extra),
        className="field",
        **testid(key),
    )


def number(
    identity: Any, key: str, label: str, value: int, low: int, high: int, *, step: int = 1, description: str = ""
) -> html.Div:
    """A whole number, typed."""
    return html.Div(
        dmc.NumberInput(
            id=identity,
            label=label,
            value=value,
            min=low,
            max=high,
            step=step,
            allowDecimal=False,
            size="sm",
            clampBehavior="none",
            description=description or f"{low:,} to {high:,}",
        ),
        className="field",
        **testid(key),
    )
