"""Businesses settle their week: debts, wages, running costs, laundering, drawings; those that cannot pay for long fail."""

import math

import numpy as np

from simulation.kernel import kernel
from simulation.kernels.camouflage import dearer
from simulation.kernels.closing import close_businesses
from simulation.kernels.extortion import usual_take
from simulation.kernels.insiders import usual_bribes
from simulation.kernels.laundering import launder, set_aside
from simulation.kernels.ledger import earned, pay, settle
from simulation.kernels.lessons import put_down
from simulation.kernels.recruits import by_identity
from simulation.kernels.rows import OPEN, rows_in
from simulation.kernels.settling import settle_trade
from simulation.state.codes import (
    ACTIVE,
    CASH_CLEAN,
    CASH_DIRTY,
    CAUSE_INSOLVENCY,
    CAUSE_LEADERLESS,
    DRAWINGS,
    FAMILY_PROTECT,
    FAMILY_TAKEOVER,
    HOUSEHOLDS,
    LEGAL_ECONOMY,
    LINE,
    OUTSIDE,
    OVERHEAD,
    TIE_SLOTS,
    WAGES,
)
from simulation.state.counters import FAILURES


@kernel
def accounts(s, v, p, key, w, lw):
    """Debts, wages and running costs are paid, money is laundered or hoarded, and who cannot pay for long fails."""
    outlets = rows_in(s.outlet.state, OPEN)
    settle_trade(s, p, outlets)
    repay(s, p, outlets)
    count_wages(s, p, outlets)
    ending = np.empty(s.business.id.size, np.int32)
    count = 0
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] == ACTIVE and week_of(s, p, b):
            ending[count] = b
            count += 1
    launder(s, v, p, key, w, lw)
    by_identity(ending, count, s.business.id)
    causes = np.empty(count, np.int64)
    for k in range(count):
        broke = s.business.broke[ending[k]] >= p.accounts_broke_weeks and p.on_failure > 0.0
        causes[k] = CAUSE_INSOLVENCY if broke else CAUSE_LEADERLESS
    close_businesses(s, p, key, w, ending, count, causes)


@kernel
def repay(s, p, outlets):
    """Goods had on tick are paid for out of this week's cash; what stays unpaid for a month counts as a broken word."""
    outlet = s.outlet
    for o in outlets:
        b = outlet.business[o]
        purse = s.ledger.book[b, CASH_DIRTY]
        if s.business.lines[b] > 1:
            purse //= s.business.lines[b]
        outlet.budget[o] = purse
    for o in outlets:
        b = outlet.business[o]
        purse = outlet.budget[o]
        share = p.accounts_repay_share
        share += (1.0 - share) * s.franchise.called[b]
        for k in range(TIE_SLOTS):
            owed = s.tie.credit[o, k]
            if owed <= 0:
                continue  # who is owed anything still trades: whoever closes settles first
            due = int(math.ceil(owed * share))
            paid = min(due, purse)
            if s.franchise.called[b] > 0.0:
                called = max(0.0, paid - owed * p.accounts_repay_share)
                put_down(s, p, b, FAMILY_TAKEOVER, p.adaptation_refusal_margin * called * 0.01)
            if paid > 0:
                settle(s.ledger, b, outlet.business[s.tie.supplier[o, k]], paid)
                s.tie.credit[o, k] -= paid
                purse -= paid
            s.tie.overdue[o, k] = s.tie.overdue[o, k] + 1 if paid < due else 0


@kernel
def owe(s, p, b):
    """Running costs of one business this week, in pence."""
    tier = s.business.tier[b]
    market = s.business.market[b]
    lines = s.business.lines[b]
    overhead = s.chain.overhead[market, tier] if tier >= 0 else s.recipe.overhead[s.project.recipe[b]]
    if tier == LINE:
        overhead = overhead + p.accounts_control_cost * lines * lines
    # what the market file states already holds the usual bribes, and is net of what extortion usually brings in
    dear = dearer(s, p, b)
    put_down(s, p, b, FAMILY_PROTECT, overhead * (dear - 1.0))
    overhead = overhead * dear - usual_bribes(p, tier) + usual_take(p, tier)
    return int(max(0.0, overhead) * 100.0)


@kernel
def week_of(s, p, b):
    """One business pays what it owes, draws, and sets aside what is to be laundered; says whether that was its last week."""
    book = s.ledger.book
    due = s.business.wage_bill[b] + owe(s, p, b)
    wages = min(s.business.wage_bill[b], book[b, CASH_DIRTY])
    pay(s.ledger, b, CASH_DIRTY, HOUSEHOLDS, CASH_DIRTY, wages, WAGES)
    overhead = min(due - s.business.wage_bill[b], book[b, CASH_DIRTY] + book[b, CASH_CLEAN])
    dirty = min(overhead, book[b, CASH_DIRTY])
    pay(s.ledger, b, CASH_DIRTY, LEGAL_ECONOMY, CASH_CLEAN, dirty, OVERHEAD)
    if overhead > dirty:
        pay(s.ledger, b, CASH_CLEAN, LEGAL_ECONOMY, CASH_CLEAN, overhead - dirty, OVERHEAD)
    gain = earned(s.ledger, b)
    # what launderers kept, the state took or a closure cost after last week's accounts counts in these
    profit = (gain + s.business.unread[b]) * 0.01
    s.business.unread[b] = gain
    s.business.profit[b] += p.accounts_profit_speed * (profit - s.business.profit[b])
    s.business.aspiration[b] += p.accounts_aspiration_speed * (profit - s.business.aspiration[b])
    s.business.outflow[b] += p.accounts_profit_speed * (-profit - s.business.outflow[b])
    unpaid = due > wages + overhead or s.franchise.default[b] == 1
    s.business.broke[b] = s.business.broke[b] + 1 if unpaid else max(0, s.business.broke[b] - 1)
    if profit > 0.0:
        drawn = min(int(profit * p.accounts_draw * 100.0), book[b, CASH_DIRTY])
        pay(s.ledger, b, CASH_DIRTY, HOUSEHOLDS, CASH_DIRTY, drawn, DRAWINGS)
    set_aside(s, p, b, due)
    if s.business.tier[b] < 0:
        return False
    if s.business.broke[b] >= p.accounts_broke_weeks and p.on_failure > 0.0:
        s.tally.week[FAILURES] += 1
        return True
    return s.business.lines[b] == 0 and s.business.tier[b] != LINE


@kernel
def count_wages(s, p, outlets):
    """The wage bill of every business, in whole pence, from the people its outlets employ."""
    s.business.wage_bill[:] = 0
    for_holder = int(p.accounts_wage_holder * 100.0)
    for_runner = int(p.accounts_wage_runner * 100.0)
    for_staff = int(p.accounts_wage_staff * 100.0)
    for o in outlets:
        b = s.outlet.business[o]
        if s.outlet.tier[o] == LINE:
            s.business.wage_bill[b] += for_runner * s.outlet.runners[o]
            if s.outlet.holder[o] >= 0:
                s.business.wage_bill[b] += for_holder
        else:
            s.business.wage_bill[b] += for_staff * s.outlet.staff[o]
