"""Businesses wash what they earn through the channels of their region; what finds no way through is hoarded.

Each business spreads its money over the channels by what they cost, how likely they give it away and which it knows.
Where a channel is asked for more than it can take, everyone gets the same share of what they asked, and what is left
over is offered to the others once more. Launderers ask more the more they are in demand; those that are denied part
of their means find ways around part of that, and capacity follows demand. At today's demand and with nothing denied,
fees and shares are those of the channel files.
"""

import math

import numpy as np

from simulation.chance.draws import exponential, uniform
from simulation.chance.streams import LAUNDER
from simulation.kernel import kernel
from simulation.kernels.camouflage import partners_of
from simulation.kernels.ledger import exchange, pay
from simulation.kernels.money_reports import region_of, report
from simulation.state.codes import (
    ACTIVE,
    BORROWINGS,
    CASH_CLEAN,
    CASH_DIRTY,
    DRAWINGS,
    HOUSEHOLDS,
    LAUNDERING_FEE,
    LEGAL_ECONOMY,
    OUTSIDE,
)
from simulation.state.counters import LAUNDERED_PENCE
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
    # who runs on borrowed money leaves so much less of its own in the business
    keep = max(keep + s.ledger.book[b, BORROWINGS], int(keep * p.lending_own_least))
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
    for n in range(count):
        b = rows[n]
        want[n] = min(finance.surplus[b], int(p.laundering_capacity * PENCE * s.member.washing[b]))
    if p.on_laundering_channels > 0.0:
        through_channels(s, v, p, key, w, lw, rows, count, want, done)
    else:
        s.channel.used[:] = 0
        for n in range(count):
            wash(s, rows[n], want[n], int(want[n] * p.laundering_fee))
            done[n, 0] = want[n]
    for n in range(count):
        b = rows[n]
        clean = s.ledger.book[b, CASH_CLEAN]
        # clean money is the owners' to enjoy; hoards of dirty cash are spent a little at a time
        pay(s.ledger, b, CASH_CLEAN, HOUSEHOLDS, CASH_CLEAN, int(clean * p.laundering_enjoyed), DRAWINGS)
        hoard = finance.surplus[b]
        for c in range(CHANNELS):
            hoard -= done[n, c]
        spent = int(hoard * p.accounts_hoard_spent)
        pay(s.ledger, b, CASH_DIRTY, HOUSEHOLDS, CASH_DIRTY, spent, DRAWINGS)
        finance.surplus[b] = hoard - spent


@kernel
def wash(s, b, pence, fee):
    """Dirty cash comes back clean, less what launderers keep."""
    pay(s.ledger, b, CASH_DIRTY, LEGAL_ECONOMY, CASH_CLEAN, fee, LAUNDERING_FEE)
    exchange(s.ledger, b, CASH_CLEAN, CASH_DIRTY, pence - fee)
    s.tally.week[LAUNDERED_PENCE] += pence - fee


@kernel
def through_channels(s, v, p, key, w, lw, rows, count, want, done):
    """Money is spread over the channels, twice where one is full; fees are paid; some is reported; launderers adjust."""
    channel = s.channel
    room = np.zeros((CHANNELS, REGIONS), np.int64)
    risk = np.zeros((CHANNELS, REGIONS))
    pull = np.zeros((CHANNELS, REGIONS))
    kinds, regions = terms(s, v, p, lw, room, risk, pull)
    whole = room.copy()
    asked = np.zeros((CHANNELS, REGIONS), np.int64)
    request = np.zeros((count, CHANNELS), np.int64)
    weight = np.empty(CHANNELS)
    spare = np.ones((CHANNELS, REGIONS))
    for n in range(count):
        if s.finance.use[rows[n], 0] < 0.0:
            first_ways(s, key, w, rows[n])
        spread(s, p, kinds, n, rows[n], want[n], pull, spare, weight, request, asked)
    for c in range(kinds):
        for r in range(regions):
            channel.asked[c, r] += p.laundering_channels_notice * (asked[c, r] - channel.asked[c, r])
    if ration(s, kinds, regions, rows, count, request, asked, room, done):
        asked[:] = 0
        for c in range(kinds):
            for r in range(regions):
                spare[c, r] = room[c, r] / whole[c, r] if whole[c, r] > 0 else 0.0
        for n in range(count):
            left = want[n]
            for c in range(kinds):
                left -= done[n, c]
            if left < LEAST:
                left = 0
            spread(s, p, kinds, n, rows[n], left, pull, spare, weight, request, asked)
        ration(s, kinds, regions, rows, count, request, asked, room, done)
    settle_up(s, p, kinds, rows, count, want, done)
    report(s, p, key, w, kinds, rows, count, done, risk)
    adjust(s, v, p, lw, kinds, regions)


@kernel
def settle_up(s, p, kinds, rows, count, want, done):
    """Every business has its money back, less fees, and goes by what it has used; what all this cost it is felt."""
    channel, use = s.channel, s.finance.use
    channel.used[:] = 0
    for n in range(count):
        b = rows[n]
        r = region_of(s, b)
        fees, washed = np.int64(0), np.int64(0)
        for c in range(kinds):
            washed += done[n, c]
            fees += np.int64(done[n, c] * channel.fee[c, r])
            channel.used[c, r] += done[n, c]
        wash(s, b, washed, fees)
        # fees are in the books; money that its owners cannot use is not, and is felt all the same
        useless = p.laundering_channels_useless * (want[n] - washed)
        s.business.profit[b] -= p.accounts_profit_speed * useless / PENCE
        if washed > 0:
            part = p.laundering_channels_habit / washed
            for c in range(kinds):
                use[b, c] += part * done[n, c] - p.laundering_channels_habit * use[b, c]


@kernel
def terms(s, v, p, lw, room, risk, pull):
    """What each channel can take, asks and risks this week, and how it draws money by that; gives kinds and regions.

    A channel leans on legitimate turnover: where partners withdraw it takes less, and what is left stands out more.
    """
    channel = s.channel
    kinds, regions = 0, 1
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
        kinds = c + 1
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
    return kinds, regions


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
def spread(s, p, kinds, n, b, pence, pull, spare, weight, request, asked):
    """One business says how much it would put into each channel, less where little of its room is spare."""
    usual, use = s.channel.usual, s.finance.use
    r = region_of(s, b)
    known = p.laundering_channels_known
    total = 0.0
    for c in range(kinds):
        weight[c] = ((1.0 - known) * usual[c] + known * use[b, c]) * pull[c, r] * spare[c, r]
        total += weight[c]
    scale = pence / total if total > 0.0 and pence >= 1 else 0.0
    for c in range(kinds):
        request[n, c] = np.int64(scale * weight[c])
        asked[c, r] += request[n, c]


@kernel
def ration(s, kinds, regions, rows, count, request, asked, room, done):
    """A channel asked for more than it can take serves everyone the same share, in whole pence; says whether one was.

    `room` becomes what is left.
    """
    full = False
    share = np.ones((kinds, regions))
    for c in range(kinds):
        for r in range(regions):
            if asked[c, r] > room[c, r]:
                share[c, r] = room[c, r] / asked[c, r]
                full = True
    for n in range(count):
        r = region_of(s, rows[n])
        for c in range(kinds):
            pence = request[n, c]
            if share[c, r] < 1.0:
                pence = np.int64(pence * share[c, r])
            done[n, c] += pence
            room[c, r] -= pence
    return full


@kernel
def adjust(s, v, p, lw, kinds, regions):
    """Launderers keep capacity in hand over what is asked of them; those who are denied part of it learn."""
    channel = s.channel
    for c in range(kinds):
        for r in range(regions):
            wanted = p.laundering_channels_slack * channel.asked[c, r] + PENCE
            channel.capacity[c, r] += channel.growth[c] * (wanted - channel.capacity[c, r])
            denied = max(0.0, 1.0 - v.launder_capacity[lw, c, r])
            channel.pressure[c, r] += p.laundering_channels_adapt * (denied - channel.pressure[c, r])
