"""A line that police closed is put back: its telephone number and its customers outlive the people who were taken.

Whoever rings soon finds other sellers, so that custom fades from week to week; an owner who has the money, to whom lines
pay and who thinks that they last, sends others to the same place in time.
"""

import math

import numpy as np

from simulation.chance.draws import uniform
from simulation.chance.streams import OPENING
from simulation.kernel import kernel
from simulation.kernels.founding import open_outlet
from simulation.kernels.gossip import acquaint
from simulation.kernels.line_learning import lasting
from simulation.kernels.recruits import by_identity
from simulation.kernels.rows import list_markets
from simulation.state.codes import ACTIVE, CASH_DIRTY, OUTSIDE, SHUT_LINES

WORTH_RINGING = 0.1  # below this share of its customers a number is given up


@kernel
def goodwill(p, weeks):
    """Share of its customers who would still come back to a line that closed so many weeks ago."""
    return 2.0 ** (-weeks / p.reopening_custom)


@kernel
def readiness(s, p, b):
    """From 0 to 1: how far another line pays a retail business, and can be paid for."""
    lines = s.business.lines[b]
    per_line = s.business.profit[b] / max(1, lines)
    worth = per_line / (s.business.required[b] * (1.0 + p.opening_span * lines))
    funds = s.ledger.book[b, CASH_DIRTY] * 0.01
    ready = 1.0 / (1.0 + math.exp(-(worth - 1.0) / p.opening_spread))
    ready *= 1.0 / (1.0 + math.exp(-(funds / p.opening_cash - 1.0) / p.opening_spread))
    return ready if s.business.leader[b] >= 0 else ready * p.opening_leaderless


@kernel
def reopen_lines(s, v, p, key, w, lw):
    """Owners put lines back that police closed, in the order of those lines; then the lines' people meet others."""
    business = s.business
    shut_id = business.shut_id.reshape(business.shut_id.size)
    again, rows = np.empty(shut_id.size, np.int32), np.empty(shut_id.size, np.int32)
    count = 0
    for b in range(OUTSIDE, business.id.size):
        if business.state[b] != ACTIVE:
            continue
        for k in range(SHUT_LINES):
            l = business.shut_place[b, k]
            if l < 0:
                continue
            if goodwill(p, w - business.shut_week[b, k]) < WORTH_RINGING:
                business.shut_place[b, k] = -1
                continue
            most = p.reopening_rate * (1.0 - v.reentry_block[lw, l])
            drawn = uniform(key, business.shut_id[b, k], w, OPENING, 3, 0)
            if drawn < most and drawn < most * readiness(s, p, b) * lasting(s, p, b, l, p.reopening_payback):
                again[count] = b * SHUT_LINES + k
                count += 1
    if count == 0:
        return
    by_identity(again, count, shut_id)
    near, nearby = list_markets(s)
    for n in range(count):
        rows[n] = put_back(s, p, key, w, again[n] // SHUT_LINES, again[n] % SHUT_LINES, near, nearby)
    by_identity(rows, count, s.outlet.id)  # whoever opens this week may meet anyone else who does
    for n in range(count):
        acquaint(s, p, rows[n], near, nearby)


@kernel
def put_back(s, p, key, w, b, k, near, nearby):
    """One line is opened again in its old place, with what is left of its name; gives its row."""
    business = s.business
    o = open_outlet(s, p, key, w, b, business.shut_place[b, k], near, nearby)
    left = goodwill(p, w - business.shut_week[b, k])
    s.outlet.quality[o] = business.shut_quality[b, k]
    s.outlet.reputation[o] += left * (business.shut_reputation[b, k] - s.outlet.reputation[o])
    business.shut_place[b, k] = -1
    return o
