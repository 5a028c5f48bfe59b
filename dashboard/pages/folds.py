"""The later cards of a comparison, folded into sections: each says what it found; the address says which are open."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.address import CompareAddress
from dashboard.components.parts import lettered, testid
from dashboard.figures.theme import Palette
from dashboard.jobs.result import Result
from dashboard.pages.consequence_cards import consequence_rows
from dashboard.pages.map_card import map_card
from dashboard.pages.market_cards import change_cards
from dashboard.pages.value_card import value_card
from dashboard.text.numbers import counted
from dashboard.views import consequences, dips, every_market, value
from dashboard.views.outcomes import HARM
from dashboard.views.support import marked


def fold(key: str, title: str, says: str, content: list[Any], opened: bool) -> html.Details:
    """A section that opens and closes; its line says what stands in it."""
    line = html.Summary([html.H2(title), html.Span(lettered(says), className="second")])
    return html.Details(
        [line, html.Div(content, className="stack")],
        open=opened,
        className="section-fold block",
        id=f"fold-{key}",
        **{"data-fold": key},
        **testid(f"fold-{key}"),
    )


def folds(result: Result, run_id: str, palette: Palette, seen: CompareAddress) -> list[Any]:
    """Depth and early signs, who bears it and where it goes, markets, value and map."""
    out: list[Any] = []
    rows = consequence_rows(result, run_id, palette)
    if rows:  # a result of an earlier version has none
        deep, borne = rows
        out.append(
            fold(
                "deep", "How deep, for how long, and what would be seen early", dips.dip_title(result), [deep],
                "deep" in seen.open,
            )
        )  # fmt: skip
        out.append(
            fold(
                "borne", "Who bears it, where it goes, and what is seen of it", consequences.borne(result).title, [borne],
                "borne" in seen.open,
            )
        )  # fmt: skip
    markets = html.Div(change_cards(result, run_id, palette, seen.of), id="compare-markets", className="stack")
    several = len(every_market.listed(result))
    says = f"Harm, trade and profit in each of {counted(several, 'market')}" if several > 1 else "Its trade and price"
    opened = "markets" in seen.open or seen.of is not None
    out.append(fold("markets", "Market by market", says, [markets], opened) if markets.children else markets)
    worth = html.Div([value_card(result, run_id, palette), map_card(result, run_id)], className="grid five-seven")
    finding = marked(value.values(result)[0], result, HARM, "plan_cost_gbp")
    return [*out, fold("worth", "What it is worth, and where harm moved", finding, [worth], "worth" in seen.open)]
