"""Where the people of a line are: they come home between stays, if it is run over the border of their force."""

import numpy as np

from simulation.kernel import kernel
from simulation.state.codes import ACTIVE, LINE


@kernel
def crews(s, p):
    """Part of a crew that works over the border is at home in any week; for each line, where its people are.

    Three columns: the line, a place, and the share of the crew there. A line has a row where it stands, and another
    at the home of its business if that lies in another force, so never two in one place.
    """
    outlet, force, homes = s.outlet, s.place.force, s.business.home
    back = p.rotation_at_home if p.on_rotation > 0.0 else 0.0
    line = np.empty(2 * outlet.id.size, np.int32)
    where = np.empty(2 * outlet.id.size, np.int32)
    share = np.empty(2 * outlet.id.size)
    count = 0
    for o in range(outlet.id.size):
        l, b = outlet.place[o], outlet.business[o]
        if outlet.state[o] != ACTIVE or outlet.tier[o] != LINE or l < 0 or b < 0:
            continue
        line[count], where[count], share[count] = o, l, 1.0
        home = homes[b]
        if back > 0.0 and home >= 0 and force[home] != force[l]:
            share[count] = 1.0 - back
            count += 1
            line[count], where[count], share[count] = o, home, back
        count += 1
    return line[:count], where[:count], share[:count]
