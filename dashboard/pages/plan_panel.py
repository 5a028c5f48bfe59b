"""The panel of the selected intervention: what it is, its controls, its cost and law, and how good its evidence is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html

from dashboard.components.controls import SliderSpec, amount, control_id, select, several, slider
from dashboard.components.parts import tag, testid
from dashboard.text.numbers import UNIT_WORDS, plain, with_unit
from dashboard.views import trigger
from dashboard.views.catalogue import EMMIE, CardView, Residents, words
from dashboard.views.panel import COUNTED, FUNDING, PACE, TARGET_OPTIONS, WHERE, sliders
from dashboard.views.plan import field, lead_words, led_by, sentence

Pairs = Sequence[tuple[str, str]]


def panel(
    entry: Mapping[str, Any], card: CardView, weeks: int, places: Pairs, holders: Pairs, agencies: Pairs, most: str = "",
    indicators: Sequence[tuple[str, str, str]] = (), residents: Residents | None = None,
) -> list[Any]:  # fmt: skip
    """The card's words on top, controls below, facts and evidence at the end; `most` says how much of it there are hours for,
    `indicators` what it may wait for, `residents` which of the places are areas of several.
    """
    specs = sliders(entry, card, weeks)
    main = [spec for spec in specs if not spec.key.startswith("parameter:")]
    own = [spec for spec in specs if spec.key.startswith("parameter:")]
    return [
        html.Div(
            [
                html.Div(
                    [
                        html.Div(
                            [tag(card.p4), tag(card.dddd)]
                            + ([tag("Described, not modelled", "look")] if card.status == "described" else []),
                            className="tags",
                        ),
                        html.H2(card.title, style={"marginTop": "8px"}, **testid("panel-title")),
                        html.P(card.mechanism, className="body", style={"fontSize": "13px", "marginTop": "4px"}),
                    ]
                ),
            ],
            className="card-head",
        ),
        *[slider(spec) for spec in main],
        html.Div(
            [*_choices(entry, card, places, holders, agencies, residents), *_trigger(entry, indicators)],
            className="fields",
        ),
        *_own(own),
        html.Dl(_facts(card, most), className="facts"),
        html.Div(_evidence(card), className="evidence"),
    ]


def _own(specs: Sequence[SliderSpec]) -> list[Any]:
    if not specs:
        return []
    return [
        html.H3(
            "Particular to this intervention", className="label", style={"margin": "4px 0 12px", "fontSize": "14px"}
        ),
        *[slider(spec) for spec in specs],
    ]


def _choices(
    entry: Mapping[str, Any],
    card: CardView,
    places: Pairs,
    holders: Pairs,
    agencies: Pairs,
    residents: Residents | None,
) -> list[Any]:
    areas = [name for name, _ in places if residents is not None and name in residents.grounds]
    where, targets = field(entry, "where"), field(entry, "targets")
    rule = where.get("rule", "everywhere")
    funding = field(entry, "funding")
    leader = led_by(entry, card, [name for name, _ in agencies])
    out: list[Any] = [
        select("where", "Where", rule, WHERE),
        select("targets", "Chosen by", targets.get("rule", "card"), _with(TARGET_OPTIONS, targets.get("rule", "card"))),
    ]
    if rule in COUNTED:
        whole = residents.places_of(field(entry, "agency")) if residents is not None else max(12, len(places))
        chosen = where.get("n") or 5
        most = SliderSpec("where_n", "How many neighbourhoods", chosen, 1, max(whole, chosen, 2), 1, "count")
        out.append(html.Div(slider(most), className="wide"))
    if rule == "named":
        out.append(
            html.Div(
                several(
                    control_id("control", "where_names"),
                    "where_names",
                    "Areas and neighbourhoods" if areas else "Neighbourhoods",
                    where.get("names", ()),
                    places,
                ),
                className="wide",
            )
        )
    out += [
        select("pace", "Pace", "pulsed" if field(entry, "cadence_weeks") else "steady", PACE),
        select("agency", "Led by", leader, _with(agencies, leader)),
        html.Div(select("funding", "Paid for", funding, FUNDING), className="wide"),
    ]
    if funding == "additional":
        out.append(
            html.Div(
                select(
                    "budget_holder",
                    "Who pays",
                    field(entry, "budget_holder"),
                    _with(holders, field(entry, "budget_holder")),
                ),
                className="wide",
            )
        )
    return out


def _trigger(entry: Mapping[str, Any], indicators: Sequence[tuple[str, str, str]]) -> list[Any]:
    """When the effort begins; where it waits, for which indicator, at which threshold, read over how many weeks."""
    standing = trigger.shown(entry)
    out: list[Any] = [html.Div(select("begins", "Begins", standing["begins"], trigger.BEGINS), className="wide")]
    if standing["begins"] == "week":
        return out
    measure = standing["trigger_measure"]
    unit = next((unit for name, _, unit in indicators if name == measure), "")
    per = UNIT_WORDS.get(unit, unit) or unit
    listed = _with([(name, label) for name, label, _ in indicators], measure)
    weeks = SliderSpec(
        "trigger_weeks", "By its mean over", standing["trigger_weeks"], trigger.WEEKS[0],
        max(104, standing["trigger_weeks"]), 1, "weeks", trigger.USUAL_WEEKS,
        "The agency looks whenever it meets; it begins once.",
    )  # fmt: skip
    return [
        *out,
        html.Div(select("trigger_measure", "Once", measure, listed, searchable=True), className="wide"),
        select("trigger_side", "Passes", standing["trigger_side"], trigger.SIDES),
        amount(
            control_id("control", "trigger_value"), "trigger_value", f"Threshold{f', {per}' if per else ''}",
            standing["trigger_value"],
        ),
        html.Div(slider(weeks), className="wide"),
    ]  # fmt: skip


def _with(options: Pairs, value: str | None) -> list[tuple[str, str]]:
    """The options, and the present value should it be none of them."""
    listed = list(options)
    if value is not None and value not in {v for v, _ in listed}:
        listed.append((value, words(value)))
    return listed


def _facts(card: CardView, most: str) -> list[Any]:
    hours = ", ".join(f"{plain(number.value)} {words(key).lower()}" for key, number in card.hours.items()) or "none"
    grant = f"; {with_unit(card.grant.value, card.grant.unit)} in grants" if card.grant and card.grant.value else ""
    facts = [
        (
            "Lead time",
            lead_words(card),
        ),
        ("Authorised by", sentence(card.authorising_level)),
        ("Intrusion", card.intrusion[0].capitalize()),
        ("Retaliation risk", card.retaliation[0].capitalize()),
        (f"Hours a week{'' if card.whole else ' for 10,000 residents'}, at full effort", f"{hours}{grant}"),
        *([("Hours of today's work suffice for", most)] if most else []),
        ("Aimed at", card.targets),
    ]
    return [html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts]


def _evidence(card: CardView) -> list[Any]:
    scores = [
        html.Div(
            [
                html.Div(
                    [
                        html.I(className="on" if place < card.evidence.get(key, (0, "", None))[0] else "")
                        for place in range(4)
                    ],
                    className="score",
                    role="img",
                    **{"aria-label": f"{title}: {card.evidence.get(key, (0, '', None))[0]} of 4"},
                ),
                title,
            ]
        )
        for key, title in EMMIE.items()
    ]
    effect = card.evidence.get("effect", (0, "", None))[1]
    return [
        html.Div(
            [html.B("Evidence, 0 to 4"), dcc.Link("Open the card", href=f"/method?card={card.id}")],
            style={"display": "flex", "justifyContent": "space-between"},
        ),
        html.Div(scores, className="emmie", **testid("evidence")),
        html.P(effect, className="note"),
    ]
