"""Some of what is laundered is reported: agencies come to know of it, hold what is in the channel, and can freeze accounts."""

import math

import numpy as np

from simulation.chance.batches import words_of
from simulation.chance.draws import unit
from simulation.chance.streams import LAUNDER
from simulation.kernel import kernel
from simulation.kernels.events import record
from simulation.kernels.insiders import eased
from simulation.kernels.ledger import pay
from simulation.kernels.lessons import left_of, put_down
from simulation.kernels.turns import EVERY, its_turn
from simulation.state.codes import (
    AT_BANK,
    CASH_CLEAN,
    CAUSE_REPORT,
    EVENT_LAUNDER,
    FAMILY_MONEY,
    FINANCIAL,
    NATIONAL,
    REGIONAL,
    SEIZURE,
    STATE,
    TARGET_BUSINESS,
)
from simulation.state.counters import FROZEN_PENCE, MONEY_REPORTS
from simulation.state.laundering import CHANNELS

PENCE = 100.0
WEEKS_A_YEAR = 52.0


@kernel
def region_of(s, b):
    """The region whose launderers a business can reach: that of its home."""
    home = s.business.home[b]
    return s.place.region[home] if home >= 0 else 0


@kernel
def report(s, p, key, w, kinds, rows, count, done, risk):
    """Banks, traders and neighbours report some of it: the business is better known, and what is in the channel is held.

    Reports are read every fourth week, each business's in its turn.
    """
    business = s.business
    turn = np.empty(count, np.int32)
    beings, nobody = np.empty(count, np.uint64), np.zeros(count, np.uint64)
    number = 0
    for n in range(count):
        if its_turn(business.id[rows[n]], w):
            turn[number] = n
            beings[number] = business.id[rows[n]]
            number += 1
    one, two = np.empty(number, np.uint32), np.empty(number, np.uint32)
    three, four = np.empty(number, np.uint32), np.empty(number, np.uint32)
    words_of(key, beings, w, LAUNDER, 0, nobody, number, one, two, three, four)
    part = np.empty(CHANNELS)
    for k in range(number):
        n = turn[k]
        b = rows[n]
        hazard = hazard_of(s, p, kinds, b, n, done, risk, part)
        if unit(one[k]) < -math.expm1(-hazard):
            mark = unit(two[k]) * hazard
            found = 0
            while found < kinds - 1 and mark >= part[found]:
                mark -= part[found]
                found += 1
            give_away(s, p, w, b, done[n, found], found, unit(three[k]))


@kernel
def hazard_of(s, p, kinds, b, n, done, risk, part):
    """Hazard of a report until a business's next turn, and each channel's part in it, by what it puts through them."""
    r = region_of(s, b)
    home = s.business.home[b]
    scale = EVERY / (p.laundering_capacity * PENCE)
    scale *= s.place.effort[home, FINANCIAL] if home >= 0 else 1.0
    scale *= left_of(s, p, b, FAMILY_MONEY)
    scale *= eased(s, p, b, AT_BANK, p.insiders_bank_effect, p.insiders_usual_bank)
    hazard = 0.0
    for c in range(kinds):
        part[c] = scale * done[n, c] * risk[c, r]
        hazard += part[c]
    return hazard


@kernel
def give_away(s, p, w, b, pence, c, share):
    """A report on what a business has in one channel: part of it is held for good, and agencies know more."""
    held = pence - int(pence * s.channel.fee[c, region_of(s, b)])
    caught = min(np.int64(p.laundering_channels_held * share * held), s.ledger.book[b, CASH_CLEAN])
    pay(s.ledger, b, CASH_CLEAN, STATE, CASH_CLEAN, caught, SEIZURE)
    put_down(s, p, b, FAMILY_MONEY, caught / PENCE)
    s.tally.week[FROZEN_PENCE] += caught
    s.tally.week[MONEY_REPORTS] += 1
    fade = 2.0 ** (-1.0 / p.laundering_channels_trace_half_life)
    s.finance.traced[b] += (1.0 - fade) * WEEKS_A_YEAR / p.laundering_channels_usual_reports
    for level in range(REGIONAL, NATIONAL + 1):
        known = s.business.knowledge[b, level]
        s.business.knowledge[b, level] = known + p.laundering_channels_learned * (1.0 - known)
    record(s, w, EVENT_LAUNDER, TARGET_BUSINESS, s.business.id[b], 0, CAUSE_REPORT, -1, caught / PENCE)


@kernel
def traced(s, p, b):
    """How much there is to begin from for whoever would freeze a business's accounts, 1 as now."""
    return s.finance.traced[b] if p.on_laundering_channels > 0.0 else 1.0
