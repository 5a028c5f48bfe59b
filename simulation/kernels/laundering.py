"""Businesses wash what they earn through the channels of their region; what finds no way through is hoarded.

Each business spreads its money over the channels by what they cost, how likely they give it away and which it knows.
Where a channel is asked for more than it can take, everyone gets the same share of what they asked, and what is left
over is offered to the others once more. Launderers ask more the more they are in demand; those that are denied part
of their means find ways around part of that, and capacity follows demand. At today's demand and with nothing denied,
fees and shares are those of the channel files.
"""

import math

import numpy as np

from simulation.chance.batches import words_of
from simulation.chance.draws import exponential, uniform, unit
from simulation.chance.streams import LAUNDER
from simulation.kernel import kernel
from simulation.kernels.camouflage import partners_of
from simulation.kernels.events import record
from simulation.kernels.insiders import eased
from simulation.kernels.ledger import exchange, pay
from simulation.state.codes import (
    ACTIVE,
    AT_BANK,
    CASH_CLEAN,
    CASH_DIRTY,
    CAUSE_REPORT,
    DRAWINGS,
    EVENT_LAUNDER,
    FINANCIAL,
    HOUSEHOLDS,
    LAUNDERING_FEE,
    LEGAL_ECONOMY,
    NATIONAL,
    OUTSIDE,
    REGIONAL,
    SEIZURE,
    STATE,
    TARGET_BUSINESS,
)
from simulation.state.counters import FROZEN_PENCE, LAUNDERED_PENCE
from simulation.state.laundering import CHANNELS, REGIONS

PENCE = 100.0
WEEKS_A_YEAR = 52.0
WHOLE = 2.0**20  # shares of partners are added up in whole parts of this, so that the order of businesses is no matter
LEAST = 100  # pence: less than a pound is not worth a second attempt


@kernel
def set_aside(s, p, b, due):
    """Cash beyond working capital, in pence: what a business would like to see clean this week."""
    keep = int(p.accounts_working_weeks * (due + 200.0 * max(0.0, s.business.profit[b])))
    if s.business.tier[b] >= 0:
        capital = s.chain.capital[s.business.market[b], s.business.tier[b]]
        keep += int(100.0 * capital * max(1, s.business.lines[b]))
    s.finance.surplus[b] = max(0, s.ledger.book[b, CASH_DIRTY] - keep)


@kernel
def launder(s, v, p, key, w, lw):
    """The week's laundering of all businesses; what is left of their surplus is hoarded, and slowly spent."""
    finance = s.finance
    rows = np.empty(s.business.id.size, np.int32)
    count = 0
    fade = 2.0 ** (-1.0 / p.laundering_channels_trace_half_life)
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] == ACTIVE:
            finance.traced[b] *= fade
            if finance.surplus[b] > 0:
                rows[count] = b
                count += 1
    want = np.empty(count, np.int64)
    done = np.zeros((count, CHANNELS), np.int64)
    most = int(p.laundering_capacity * PENCE)
    for n in range(count):
        want[n] = min(finance.surplus[rows[n]], most)
    if p.on_laundering_channels > 0.0:
        through_channels(s, v, p, key, w, lw, rows, count, want, done)
    else:
        s.channel.used[:] = 0
        for n in range(count):
            wash(s, rows[n], want[n], p.laundering_fee)
            done[n, 0] = want[n]
    for n in range(count):
        b = rows[n]
        clean = s.ledger.book[b, CASH_CLEAN]
        # clean money is the owners' to enjoy; hoards of dirty cash are spent a little at a time
        pay(s.ledger, b, CASH_CLEAN, HOUSEHOLDS, CASH_CLEAN, int(clean * p.laundering_enjoyed), DRAWINGS)
        hoard = finance.surplus[b] - done[n].sum()
        spent = int(hoard * p.accounts_hoard_spent)
        pay(s.ledger, b, CASH_DIRTY, HOUSEHOLDS, CASH_DIRTY, spent, DRAWINGS)
        finance.surplus[b] = hoard - spent


@kernel
def wash(s, b, pence, share):
    """Dirty cash comes back clean, less the launderers' share; gives the pence they keep."""
    fee = int(pence * share)
    pay(s.ledger, b, CASH_DIRTY, LEGAL_ECONOMY, CASH_CLEAN, fee, LAUNDERING_FEE)
    exchange(s.ledger, b, CASH_CLEAN, CASH_DIRTY, pence - fee)
    s.tally.week[LAUNDERED_PENCE] += pence - fee
    return fee


@kernel
def through_channels(s, v, p, key, w, lw, rows, count, want, done):
    """Money is spread over the channels, twice; fees are paid; some of it is reported on; launderers adjust."""
    channel = s.channel
    room = np.zeros((CHANNELS, REGIONS), np.int64)
    risk = np.zeros((CHANNELS, REGIONS))
    pull = np.zeros((CHANNELS, REGIONS))
    regions = terms(s, v, p, lw, room, risk, pull)
    whole = room.copy()
    asked = np.zeros((CHANNELS, REGIONS), np.int64)
    request = np.zeros((count, CHANNELS), np.int64)
    weight = np.empty(CHANNELS)
    for n in range(count):
        if s.finance.use[rows[n], 0] < 0.0:
            first_ways(s, key, w, rows[n])
    for turn in range(2):
        asked[:] = 0
        for n in range(count):
            spread(s, p, rows[n], want[n] - done[n].sum(), turn, pull, room, whole, weight, request[n], asked)
        if turn == 0:
            for c in range(CHANNELS):
                for r in range(regions):
                    channel.asked[c, r] += p.laundering_channels_notice * (asked[c, r] - channel.asked[c, r])
        ration(s, rows, count, request, asked, room, done)
    channel.used[:] = 0
    for n in range(count):
        b = rows[n]
        r = region_of(s, b)
        fees = 0
        for c in range(CHANNELS):
            if done[n, c] > 0:
                fees += wash(s, b, done[n, c], channel.fee[c, r])
                channel.used[c, r] += done[n, c]
        washed = done[n].sum()
        # what it costs beyond the usual: dearer launderers, and money that its owners cannot use
        extra = fees - washed * p.laundering_fee + p.laundering_channels_useless * (want[n] - washed)
        s.business.profit[b] -= p.accounts_profit_speed * extra / PENCE
        if washed > 0:
            for c in range(CHANNELS):
                used = done[n, c] / washed
                s.finance.use[b, c] += p.laundering_channels_habit * (used - s.finance.use[b, c])
    report(s, v, p, key, w, lw, rows, count, done, risk)
    adjust(s, v, p, lw, regions)


@kernel
def region_of(s, b):
    """The region whose launderers a business can reach: that of its home."""
    home = s.business.home[b]
    return s.place.region[home] if home >= 0 else 0


@kernel
def terms(s, v, p, lw, room, risk, pull):
    """What each channel can take, asks and risks this week, and how it draws money by that; gives the regions there are.

    A channel leans on legitimate turnover: where partners withdraw it takes less, and what is left stands out more.
    """
    channel = s.channel
    regions = 1
    for l in range(s.place.id.size):
        regions = max(regions, s.place.region[l] + 1)
    stay = np.zeros(regions, np.int64)
    number = np.zeros(regions, np.int64)
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] == ACTIVE:
            stay[region_of(s, b)] += np.int64(WHOLE * partners_of(s, p, b))
            number[region_of(s, b)] += 1
    usual_load = 1.0 / (1.0 + p.laundering_channels_slack)
    for c in range(CHANNELS):
        if channel.usual[c] <= 0.0:
            continue
        for r in range(regions):
            gone = channel.camouflage[c] * (1.0 - stay[r] / WHOLE / number[r]) if number[r] > 0 else 0.0
            denied = (1.0 - v.launder_capacity[lw, c, r]) * (1.0 - channel.learning[c] * channel.pressure[c, r])
            able = channel.capacity[c, r] * (1.0 - denied) * (1.0 - gone)
            load = channel.asked[c, r] / (channel.asked[c, r] + able + PENCE)
            dearer = math.exp(p.laundering_channels_scarcity * (load - usual_load))
            channel.fee[c, r] = min(1.0, channel.base_fee[c] * dearer + v.launder_fee[lw, c, r])
            stands_out = v.launder_detection[lw, c, r] * (1.0 + p.laundering_channels_stand_out * gone)
            risk[c, r] = channel.detection[c] * stands_out / WEEKS_A_YEAR
            worse = channel.fee[c, r] - channel.base_fee[c]
            worse += p.laundering_channels_worry * channel.detection[c] * (stands_out - 1.0) / WEEKS_A_YEAR
            pull[c, r] = math.exp(-worse / p.laundering_channels_temperature)
            room[c, r] = np.int64(able)
    return regions


@kernel
def first_ways(s, key, w, b):
    """A business that begins to launder knows some channels better than others, by whom it happens to know."""
    total = 0.0
    for c in range(CHANNELS):
        known = exponential(uniform(key, s.business.id[b], w, LAUNDER, 1 + c, 0))
        s.finance.use[b, c] = s.channel.usual[c] * known
        total += s.finance.use[b, c]
    for c in range(CHANNELS):
        s.finance.use[b, c] = s.finance.use[b, c] / total if total > 0.0 else 0.0


@kernel
def spread(s, p, b, pence, turn, pull, room, whole, weight, request, asked):
    """One business says how much it would put into each channel; in the second turn, into those with room left."""
    channel = s.channel
    r = region_of(s, b)
    total = 0.0
    for c in range(CHANNELS):
        request[c] = 0
        known = p.laundering_channels_known
        weight[c] = ((1.0 - known) * channel.usual[c] + known * s.finance.use[b, c]) * pull[c, r]
        if turn > 0:
            weight[c] *= room[c, r] / whole[c, r] if whole[c, r] > 0 else 0.0
        total += weight[c]
    if total <= 0.0 or pence < (LEAST if turn > 0 else 1):
        return
    for c in range(CHANNELS):
        request[c] = np.int64(pence * (weight[c] / total))
        asked[c, r] += request[c]


@kernel
def ration(s, rows, count, request, asked, room, done):
    """A channel asked for more than it can take serves everyone the same share, in whole pence; `room` is what is left."""
    given = np.zeros((CHANNELS, REGIONS), np.int64)
    for n in range(count):
        r = region_of(s, rows[n])
        for c in range(CHANNELS):
            pence = request[n, c]
            if pence > 0 and asked[c, r] > room[c, r]:
                pence = np.int64(pence * (room[c, r] / asked[c, r]))
            done[n, c] += pence
            given[c, r] += pence
    for c in range(CHANNELS):
        for r in range(REGIONS):
            room[c, r] = max(0, room[c, r] - given[c, r])


@kernel
def report(s, v, p, key, w, lw, rows, count, done, risk):
    """Banks, traders and neighbours report some of it: the business is better known, and what is in the channel is held."""
    business = s.business
    beings, nobody = np.empty(count, np.uint64), np.zeros(count, np.uint64)
    for n in range(count):
        beings[n] = business.id[rows[n]]
    one, two = np.empty(count, np.uint32), np.empty(count, np.uint32)
    three, four = np.empty(count, np.uint32), np.empty(count, np.uint32)
    words_of(key, beings, w, LAUNDER, 0, nobody, count, one, two, three, four)
    most = p.laundering_capacity * PENCE
    fade = 2.0 ** (-1.0 / p.laundering_channels_trace_half_life)
    part = np.empty(CHANNELS)
    for n in range(count):
        b = rows[n]
        r = region_of(s, b)
        effort = s.place.effort[business.home[b], FINANCIAL] if business.home[b] >= 0 else 1.0
        quiet = eased(s, p, b, AT_BANK, p.insiders_bank_effect, p.insiders_usual_bank)
        hazard = 0.0
        for c in range(CHANNELS):
            part[c] = done[n, c] / most * risk[c, r]
            hazard += part[c]
        if unit(one[n]) >= -math.expm1(-hazard * effort * quiet):
            continue
        found = 0
        mark = unit(two[n]) * hazard
        while found < CHANNELS - 1 and mark >= part[found]:
            mark -= part[found]
            found += 1
        held = done[n, found] - int(done[n, found] * s.channel.fee[found, r])
        caught = min(np.int64(p.laundering_channels_held * unit(three[n]) * held), s.ledger.book[b, CASH_CLEAN])
        pay(s.ledger, b, CASH_CLEAN, STATE, CASH_CLEAN, caught, SEIZURE)
        s.tally.week[FROZEN_PENCE] += caught
        s.finance.traced[b] += (1.0 - fade) * WEEKS_A_YEAR / p.laundering_channels_usual_reports
        for level in range(REGIONAL, NATIONAL + 1):
            known = business.knowledge[b, level]
            business.knowledge[b, level] = known + p.laundering_channels_learned * (1.0 - known)
        record(s, w, EVENT_LAUNDER, TARGET_BUSINESS, business.id[b], 0, CAUSE_REPORT, -1, float(caught))


@kernel
def adjust(s, v, p, lw, regions):
    """Launderers keep capacity in hand over what is asked of them; those who are denied part of it learn."""
    channel = s.channel
    for c in range(CHANNELS):
        if channel.usual[c] <= 0.0:
            continue
        for r in range(regions):
            wanted = p.laundering_channels_slack * channel.asked[c, r] + PENCE
            channel.capacity[c, r] += channel.growth[c] * (wanted - channel.capacity[c, r])
            denied = max(0.0, 1.0 - v.launder_capacity[lw, c, r])
            channel.pressure[c, r] += p.laundering_channels_adapt * (denied - channel.pressure[c, r])


@kernel
def traced(s, p, b):
    """How much there is to begin from for whoever would freeze a business's accounts, 1 as now."""
    return s.finance.traced[b] if p.on_laundering_channels > 0.0 else 1.0
