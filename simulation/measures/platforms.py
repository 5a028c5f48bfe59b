"""Who is on which platform at the end of a week."""

from simulation.kernel import kernel
from simulation.measures.catalogue import INDEX
from simulation.state.codes import ACTIVE
from simulation.state.platform import COMMS, MARKET_PLACE, MONEY, PLATFORM_KINDS, PLATFORMS

COMMS_USERS, MARKET_USERS, MONEY_USERS = INDEX["comms_users"], INDEX["market_users"], INDEX["money_users"]
LARGEST_SHARE, MOVED, READ = INDEX["largest_platform_share"], INDEX["platform_moves"], INDEX["platforms_read_share"]


@kernel
def count_platforms(s, row):
    """Users of platforms by kind, how far they gather on the largest, and how many are read there."""
    platform = s.platform
    users, most, read = 0, 0, 0.0
    for kind in range(PLATFORM_KINDS):
        total, largest = 0, 0
        for r in range(PLATFORMS):
            if platform.state[r] == ACTIVE and platform.kind[r] == kind:
                total += platform.users[r]
                largest = max(largest, platform.users[r])
                read += platform.users[r] * platform.read[r]
        users += total
        most += largest
        if kind == COMMS:
            row[COMMS_USERS] = total
        elif kind == MARKET_PLACE:
            row[MARKET_USERS] = total
        elif kind == MONEY:
            row[MONEY_USERS] = total
    row[LARGEST_SHARE] = most / users if users > 0 else 0.0
    row[READ] = read / users if users > 0 else 0.0
    moved = 0
    for kind in range(PLATFORM_KINDS):
        moved += platform.moved[kind]
    row[MOVED] = moved
