"""How a business stands: credit it could still use, and how fast it discounts what is to come."""

from simulation.kernel import kernel
from simulation.kernels.horizon import horizon_hazard
from simulation.kernels.trade_choice import live, trust
from simulation.state.codes import ACTIVE, BORROWINGS, OUTSIDE, TIE_SLOTS


@kernel
def standing(s, p, unused, hazard):
    """Pence of unused credit (of suppliers and lenders) and weekly hazard of discounting, business by business."""
    unused[:] = 0.0
    for o in range(s.outlet.id.size):
        if s.outlet.state[o] != ACTIVE:
            continue
        b = s.outlet.business[o]
        for k in range(TIE_SLOTS):
            if not live(s, o, k):
                continue
            j = s.tie.supplier[o, k]
            limit = trust(s, p, o, k, j) * p.supply_credit_weeks * s.tie.volume[o, k] * s.outlet.price[j] / 10.0
            unused[b] += max(0.0, limit * (1.0 - s.franchise.called[b]) - s.tie.credit[o, k])
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] != ACTIVE:
            continue
        hazard[b] = horizon_hazard(s, p, b)
        if s.business.tier[b] >= 0 and s.franchise.gearing[b] > 0.0:
            capital = s.chain.capital[s.business.market[b], s.business.tier[b]] * max(1, s.business.lines[b])
            allowed = 100.0 * capital * s.franchise.gearing[b] * (1.0 - s.franchise.called[b])
            unused[b] += max(0.0, allowed + s.ledger.book[b, BORROWINGS])
