"""What being on platforms does for businesses: strangers are vouched for and met there, talk is hidden or heard, cash is washed."""

import numpy as np

from simulation.chance.identity import mix64
from simulation.kernel import kernel
from simulation.state.platform import COMMS, MONEY


@kernel
def doubt_left(s, p, buyer, supplier):
    """The part of the doubt in a stranger that is left when a market place has vouched for it."""
    r = s.business.market_place[supplier]
    if r < 0 or s.business.market_place[buyer] != r:
        return 1.0
    return 1.0 - p.platform_assurance_weight * s.platform.assured[r] * s.member.standing[supplier]


@kernel
def met_online(s, p, rows, count, buyer, salt):
    """Of suppliers in its market, the one that a buyer comes upon on its own market place; -1 if none is there."""
    found = -1
    lowest = np.uint64(0xFFFFFFFFFFFFFFFF)
    business = s.outlet.business[buyer]
    r = s.business.market_place[business]
    if r < 0 or p.on_platforms == 0.0:
        return found
    for n in range(count):
        o = rows[n]
        if s.business.market_place[s.outlet.business[o]] != r:
            continue
        ticket = mix64(s.outlet.id[o] ^ salt)
        if ticket < lowest:
            lowest = ticket
            found = o
    return found


@kernel
def overheard(s, p, b):
    """What intelligence work yields on a business, over what it would yield if that used no platform."""
    read = s.platform.read
    found = 1.0
    r = s.business.comms[b]
    if r >= 0:
        found += p.platform_reading_comms * read[r] - p.platform_reading_hidden * (1.0 - read[r])
    r = s.business.market_place[b]
    if r >= 0:
        found += p.platform_reading_market * read[r]
    r = s.business.money[b]
    if r >= 0:
        found += p.platform_reading_money * read[r]
    return found


@kernel
def washed(s, p, b):
    """The cash that a business can launder, over what it could without a platform for money."""
    return 1.0 + p.platforms_washing if s.business.money[b] >= 0 else 1.0


@kernel
def overhear(s, p, b):
    """Intelligence on a business and its laundering follow what it is on, against what that was before week 0."""
    s.member.heard[b] = overheard(s, p, b) / s.platform.usual[COMMS]
    s.member.washing[b] = washed(s, p, b) / s.platform.usual[MONEY]
