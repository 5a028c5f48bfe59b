"""The books of every business close to the penny, say what became of equity and cash, and show where it is weakest."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from simulation import api
from simulation.experiments.books import Books, keep_books
from simulation.experiments.reaches import OUT_OF_REACH, reaches
from simulation.experiments.single import Run
from simulation.experiments.weak_points import ways, weak_points
from simulation.policy.intervention import REGISTRY
from simulation.policy.levers import LEVERS
from simulation.state.codes import (
    ACCOUNTS,
    BORROWINGS,
    CASH_DIRTY,
    COST_OF_SALES,
    EQUITY,
    FLOWS,
    INTEREST,
    LINE,
    ROYALTY,
    SALES,
    STOCK_AT_COST,
    WAGES,
)
from simulation.world.values import parameter_record

WEEKS = 70  # a year and a part of one
WORLDS = (("estate", 0), ("estate", 1), ("estate", 2), ("force", 0))
P = parameter_record({})
SQUEEZE: dict[str, Any] = {
    "id": "squeeze",
    "title": "Squeeze",
    "entry": [{"intervention": "liquidity-squeeze", "where": "force"}, {"intervention": "hold", "where": "force"}],
}


@pytest.fixture(scope="module", params=WORLDS, ids=lambda world: f"{world[0]}-{world[1]}")
def run(request: pytest.FixtureRequest) -> Run:
    preset, replicate = request.param
    plan: Any = SQUEEZE if replicate == 2 else "do-as-now"
    return api.run(preset, plan, weeks=WEEKS, replicate=replicate, detail=False)


@pytest.fixture(scope="module")
def table(run: Run) -> pd.DataFrame:
    """A row a business and year, a column an item, in whole pence (ratios left out)."""
    found = run.accounts()
    found = found[found["statement"] != "ratio"]
    pence = (found["gbp"] * 100.0).round().astype("int64")
    return found.assign(pence=pence, key=found["statement"] + "." + found["item"]).pivot_table(
        index=["business", "year"], columns="key", values="pence", aggfunc="sum"
    )


def test_every_business_has_books_for_every_year_it_traded_in(run: Run) -> None:
    found = run.accounts()
    assert set(found["year"]) == {0, 1}
    lasting = set(run.businesses["id"])
    assert lasting == set(found[(found["year"] == 1) & (found["weeks"] > 0)]["business"]) & lasting
    assert found[found["year"] == 0]["weeks"].max() == 52
    assert found[found["year"] == 1]["weeks"].max() == WEEKS - 52


def test_balance_sheets_close_to_the_penny(table: pd.DataFrame) -> None:
    assert (table.filter(like="balance.").sum(axis=1) == 0).all()


def test_profit_owners_money_and_drawings_are_the_change_of_equity(table: pd.DataFrame) -> None:
    moved = table["equity.opening"] + table["equity.profit"] + table["equity.investment"] + table["equity.drawings"]
    assert (moved == table["equity.closing"]).all()
    assert (table["equity.closing"] == -table["balance.equity"]).all()
    assert (table["equity.investment"] >= 0).all()
    assert (table["equity.drawings"] <= 0).all()


def test_the_cash_flow_is_the_change_of_cash(table: pd.DataFrame) -> None:
    assert (
        table["cash-flow.opening_cash"] + table["cash-flow.change_in_cash"] == table["cash-flow.closing_cash"]
    ).all()
    assert (table["cash-flow.closing_cash"] == table["balance.cash_dirty"] + table["balance.cash_clean"]).all()


def test_a_year_opens_with_what_the_last_one_closed_with(table: pd.DataFrame) -> None:
    first, second = (table.xs(year, level="year") for year in (0, 1))
    both = first.index.intersection(second.index)
    assert len(both) > 0
    for opened, closed in (("cash-flow.opening_cash", "cash-flow.closing_cash"), ("equity.opening", "equity.closing")):
        assert (second.loc[both, opened] == first.loc[both, closed]).all()


def test_one_business_and_all_of_them_say_the_same(run: Run) -> None:
    business = run.businesses["id"].iloc[0]
    alone = run.accounts(business, 1).set_index(["statement", "item"])["gbp"]
    found = run.accounts()
    mine = found[(found["business"] == business) & (found["year"] == 1)].set_index(["statement", "item"])["gbp"]
    for item in ("sales", "wages", "interest", "royalty"):
        assert mine["profit-and-loss", item] == pytest.approx(alone["flows", item])
    for item in ("cash_dirty", "borrowings", "equity"):
        assert mine["balance", item] == pytest.approx(alone["balance", item])


def test_loans_and_interest_are_real() -> None:
    kept = keep_books(api.run("force", weeks=8, detail=False).spec)
    assert any(books.closing[BORROWINGS] < 0 for _, _, books in kept)
    assert any(books.flow[ROYALTY] < 0 for _, _, books in kept)
    assert any(books.gearing > 0.0 for _, _, books in kept)
    assert all(0.0 <= books.gearing <= 1.0 and books.runway >= 0.0 for _, _, books in kept)


def books(cash: int, weekly: int, owed: int = 0) -> Books:
    """A business that has so much cash (GBP), gains so much a week, and sells for 1,000 what cost it 500."""
    flow, book = np.zeros(FLOWS, np.int64), np.zeros(ACCOUNTS, np.int64)
    flow[SALES], flow[COST_OF_SALES], flow[WAGES] = 52 * 100_000, -52 * 50_000, -52 * 60_000
    book[CASH_DIRTY], book[BORROWINGS], book[STOCK_AT_COST] = cash * 100, -owed * 100, 200_000
    book[EQUITY] = -book.sum()
    return Books(book.copy(), book, flow, 52, [weekly * 100] * 8, tier=LINE, risk=0.03)


def test_a_runway_is_what_there_is_over_what_goes_out() -> None:
    assert books(1_000, -100).runway == 10.0
    assert books(1_000, 100).runway == math.inf
    assert books(1_000, -100, owed=1_000).gearing == pytest.approx(1_000 / 3_000)


def test_the_price_of_breaking_is_what_brings_the_runway_there() -> None:
    business = books(10_000, -100, owed=500)
    for row in weak_points(business, 26.0, P):
        way = next(one for one in ways(business) if one.name == row["way"])
        share = float(row["share_to_break"])
        if math.isfinite(share):
            left = 10_000 * 100 - share * way.once
            assert left / -(-100 * 100 - share * way.weekly) == pytest.approx(26.0)
    found = {row["way"]: row for row in weak_points(business, 26.0, P)}
    assert found["wages"]["gbp_a_week"] == 60.0
    assert found["royalty"]["share_to_break"] == math.inf  # it pays none
    assert found["credit"]["share_to_break"] == math.inf  # all that it owes is not enough
    assert found["seizure"]["gbp_to_break"] == pytest.approx(7_400.0)


def test_what_takes_at_once_cannot_break_a_business_that_earns() -> None:
    found = {row["way"]: row for row in weak_points(books(10_000, 100), 26.0, P)}
    assert found["seizure"]["share_to_break"] == math.inf
    assert math.isfinite(float(found["sales"]["share_to_break"]))


def test_what_no_lever_can_do_is_left_out_with_its_reason() -> None:
    business = books(10_000, 100, owed=50)
    business.flow[INTEREST] = -52 * 10  # ten pence a week: the rate would have to be multiplied
    found = {row["way"]: row for row in weak_points(business, 26.0, P)}
    for way, reason in OUT_OF_REACH.items():
        assert found[way]["left_out"] == reason
        assert found[way]["share_to_break"] == found[way]["gbp_to_break"] == math.inf
        assert found[way]["card"] == found[way]["lever"] == ""
    assert "at most" in str(found["overhead"]["left_out"]) or found["overhead"]["share_to_break"] == math.inf


def test_a_card_that_is_named_reaches_as_far_as_it_must_and_one_that_is_not_does_not() -> None:
    for cash in (2_000, 10_000, 40_000):
        for weekly in (-100, 100, 400):
            business = books(cash, weekly, owed=500)
            most = {(one.way, one.card): one.most for one in reaches(business, P, 26.0)}
            for row in weak_points(business, 26.0, P):
                able = {card for way, card in most if way == row["way"] and most[way, card] >= row["share_to_break"]}
                assert set(filter(None, str(row["card"]).split(", "))) == able
                assert bool(row["left_out"]) == (row["share_to_break"] == math.inf)


def test_each_reach_is_one_that_the_card_declares() -> None:
    found = reaches(books(10_000, -100, owed=500), P, 26.0)
    assert {one.way for one in found} | set(OUT_OF_REACH) == {way.name for way in ways(books(0, 0))}
    for one in found:
        affects = REGISTRY[one.card].card.affects
        lever = one.by.removeprefix("order ")
        assert lever in affects.orders if one.by.startswith("order ") else lever in affects.levers
        assert lever in LEVERS or lever in affects.orders
        assert one.most > 0.0


def test_in_a_world_none_is_told_of_a_way_nobody_can_go() -> None:
    found = api.weak_points("estate", weeks=26)
    possible = found[found["left_out"] == ""]
    assert len(possible) > 0
    assert (possible["card"] != "").all()
    assert (possible["share_to_break"] <= possible["most"]).all()
    assert not possible["way"].isin(list(OUT_OF_REACH)).any()
    assert np.isinf(found[found["left_out"] != ""]["gbp_to_break"]).all()


def test_the_cheapest_way_comes_first_and_businesses_have_names() -> None:
    found = api.weak_points("estate", weeks=26)
    for _, mine in found.groupby("business"):
        assert mine["gbp_to_break"].is_monotonic_increasing
    business = found["business"].iloc[0]
    assert set(api.weak_points("estate", weeks=26, business=[business])["business"]) == {business}
    with pytest.raises(api.UnknownName):
        api.weak_points("estate", weeks=4, business=["nobody"])
    with pytest.raises(api.OutOfRange):
        api.weak_points("estate", weeks=4, within=0.0)
