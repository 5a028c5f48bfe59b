"""Each outlet decides how much it wants: enough to cover what it expects to sell, no more than it dares to hold."""

from simulation.kernel import kernel
from simulation.state.codes import ACTIVE, LINE


@kernel
def place_orders(s, p, w):
    """Wanted quantities of the week (mg pure), from forecast, stock and goods on the way."""
    outlet = s.outlet
    s.tally.wanted[:, :] = 0
    s.tally.trading[:, :] = 0
    s.tally.posted[:, :] = 0
    for o in range(outlet.id.size):
        if outlet.state[o] != ACTIVE:
            continue
        t = outlet.tier[o]
        m = outlet.market[o]
        forecast = outlet.forecast[o]
        held = outlet.stock[o] + outlet.transit[o]
        want = forecast + p.supply_correction * (s.chain.cover[m, t] * forecast - held)
        want = min(max(want, 0.0), p.supply_order_limit * forecast)
        b = outlet.business[o]
        if s.business.leader[b] < 0 and s.business.steered[b] == 0:
            want *= p.supply_leaderless_order
        if t == LINE and outlet.holder[o] < 0:
            want = 0.0
        outlet.wanted[o] = int(want)
        s.tally.wanted[m, t] += int(min(want, p.entry_order_limit * forecast))
        s.tally.trading[m, t] += 1
        s.tally.posted[m, t] += int(100.0 * outlet.price[o])
        outlet.request[o] = 0
        outlet.choice[o] = -1
        outlet.first[o] = -1
        staff = s.outlet.staff[o]
        hands = s.chain.throughput[m, t] * (1 + staff) * (1.0 - p.security_cost * s.business.security[b])
        outlet.room[o] = int(hands * (1.0 - outlet.wrecked[o]))
