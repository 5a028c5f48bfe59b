"""Made-up markets: three chains and two commissioned ones, and what a result says of them."""

from __future__ import annotations

import pandas as pd

from tests.dashboard.made_up_catalogue import MEASURES

MARKETS = (
    ("heroin-and-crack", "Heroin and crack", "kg", "GBP/g", 66e6, 118.0, 74.0, -0.05),
    ("cannabis", "Cannabis", "kg", "GBP/g", 31e6, 3100.0, 10.0, 0.03),
    ("illicit-tobacco", "Illicit tobacco", "packs", "GBP/pack", 9e6, 2e6, 4.5, 0.0),
)
JOBS = (("fraud", "Fraud", 30e6), ("labour-exploitation", "Labour exploitation", 4e6))

WHOLE = frozenset(measure for measure, *_ in MEASURES)
EVERYTHING = WHOLE | {"plan_cost_gbp", "benefit_cost_ratio", "flow_goods", "flow_money", "sight", "early", "disruption_depth"} | {
    f"displacement_{kind}" for kind in ("place", "market", "model", "platform", "time", "people")}  # fmt: skip
"""What a made-up result is validated in, markets apart; the server's own results are only in SUPPORTED."""


def markets(plans: list[str], weeks: int, change: float = 1.0) -> pd.DataFrame:
    """Three chains, of which one shrinks under every plan and one grows, and two commissioned markets."""
    rows = []
    for plan in plans:
        for market, title, unit, per, spent, volume, price, moved in MARKETS:
            figures = [("takings", "GBP", spent * weeks / 52, moved), ("volume", unit, volume * weeks / 52, moved),
                       ("street_price", per, price, 0.01), ("unmet", "share", 0.02, 0.1), ("seized", "share", 0.08, 0.2)]  # fmt: skip
            figures += [("purity", "share", 0.44, -0.01)] if unit == "kg" else []
            rows += [(plan, market, title, "chain", *one) for one in figures]
        for market, title, lost in JOBS:
            rows += [(plan, market, title, "commissioned", measure, unit, value * weeks / 52, -0.02) for measure, unit, value in (
                        ("project_takings_gbp", "GBP", lost), ("project_crimes", "count", lost / 1e4),
                        ("project_victims", "people", lost / 1e4), ("projects_begun", "count", 80.0), ("projects", "count", 50.0))]  # fmt: skip
        kinds = [(market, title, "chain", spent, moved) for market, title, _, _, spent, _, _, moved in MARKETS]
        kinds += [(market, title, "commissioned", lost, -0.02) for market, title, lost in JOBS]
        for market, title, kind, money, moved in kinds:
            rows += [(plan, market, title, kind, "harm_gbp", "GBP", 2 * money * weeks / 52, moved),
                     (plan, market, title, kind, "illegal_profit_gbp", "GBP", money / 4 * weeks / 52, moved),
                     (plan, market, title, kind, "businesses_active", "count", 40.0, 0.0)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["plan", "market", "title", "kind", "measure", "unit", "baseline", "moved"])
    difference, wide = frame["baseline"] * frame["moved"] * change, frame["baseline"] * 0.02
    if change == 0:
        low, high = frame["baseline"] * 0.9, frame["baseline"] * 1.1
    else:
        low, high = difference - wide, difference + wide
    return frame.drop(columns="moved").assign(label=frame["measure"], value=frame["baseline"] + difference, difference=difference,
                                              low=low, high=high, level=0.9, probability_better=None, replicates=16)  # fmt: skip


def supported() -> frozenset[str]:
    """Everything: most tests are about words, not about labels."""
    frame = markets(["x"], 52)
    return EVERYTHING | {f"{row['measure']}:{row['market']}" for row in frame.to_dict("records")}
