"""After trade, outlets look back: forecasts, posted prices, earnings, reputation with customers, and goods that ran out."""

from simulation.kernel import kernel
from simulation.kernels.ledger import lose_stock
from simulation.state.codes import LINE


@kernel
def settle_trade(s, p, outlets):
    """Each outlet updates what it expects to sell, asks for and earns, from the demand it faced this week."""
    outlet = s.outlet
    for o in outlets:
        t = outlet.tier[o]
        m = outlet.market[o]
        faced = float(outlet.asked[o])
        if t == LINE:
            faced = min(
                faced,
                p.supply_staff_growth * outlet.runners[o] * s.chain.throughput[m, LINE]
                + p.supply_growth * s.chain.floor[m, LINE],
            )
        outlet.forecast[o] += p.supply_forecast_speed * (faced - outlet.forecast[o])
        outlet.forecast[o] = max(outlet.forecast[o], s.chain.floor[m, t])
        if t != LINE:
            post_price(s, p, o, m, t)
        outlet.reputation[o] += p.retail_reputation_growth * (1.0 - outlet.reputation[o])
        outlet.discount[o] *= p.entry_discount_fade
        earned = (outlet.takings[o] - outlet.outlay[o]) * 0.01
        outlet.gross[o] += p.accounts_profit_speed * (earned - outlet.gross[o])
        held = outlet.stock[o]
        if held == 0 and outlet.transit[o] == 0 and outlet.cost[o] > 0:
            # the last pennies of cost that rounding left behind go with the last gram
            lose_stock(s.ledger, outlet.business[o], outlet.cost[o])
            outlet.cost[o] = 0
    volume = s.tie.volume.reshape(s.tie.volume.size)
    for n in range(volume.size):
        volume[n] *= p.supply_volume_memory


@kernel
def post_price(s, p, o, m, t):
    """A supplier asks its cost and a mark-up that rises with risk, with scarcity, and with how exposed its size makes it."""
    outlet = s.outlet
    held = outlet.stock[o] + outlet.transit[o]
    if held <= 0:
        return
    unit = (outlet.cost[o] + outlet.transit_cost[o]) * 10.0 / held
    expected = s.chain.cover[m, t] * outlet.forecast[o]
    scarcity = min(max(1.0 - held / max(expected, 1.0), -1.0), 1.0)
    usual = s.chain.volume[m] / max(s.chain.intended[m, t], 1.0)
    load = min(max(outlet.forecast[o] / usual - 1.0, -0.6), 3.0)
    markup = s.chain.markup[m, t] * s.tally.premium[m, t] * (1.0 + p.supply_load_markup * load)
    wanted = unit * (1.0 + markup) * (1.0 + p.supply_scarcity * scarcity)
    outlet.price[o] += p.supply_price_speed * (wanted - outlet.price[o])
