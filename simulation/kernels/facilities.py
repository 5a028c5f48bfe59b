"""Premises, stores, equipment and vehicles of outlets are lost, and replaced at their owners' cost.

What is lost takes a part of the stock with it, and what an outlet can hand over falls by as much until new premises and
vehicles are paid for, out of cash that could have bought goods.
"""

from simulation.chance.draws import uniforms
from simulation.chance.streams import FACILITY
from simulation.kernel import kernel
from simulation.kernels.enforce import happens
from simulation.kernels.events import record
from simulation.kernels.ledger import lose_stock, pay
from simulation.kernels.lessons import left_of, put_down
from simulation.state.codes import (
    ACTIVE,
    CASH_CLEAN,
    CASH_DIRTY,
    CAUSE_PLAN,
    EVENT_FACILITY,
    FAMILY_SUPPLY,
    LEGAL_ECONOMY,
    OVERHEAD,
    TARGET_OUTLET,
)
from simulation.state.world import GOODS_LOST

PENCE = 100.0


@kernel
def facilities(s, v, p, key, w, lw):
    """Outlets that lost premises or vehicles replace them as they can pay for them; others lose theirs."""
    if p.on_facilities == 0.0:
        return
    outlet = s.outlet
    for o in range(outlet.id.size):
        if outlet.state[o] != ACTIVE:
            continue
        if outlet.wrecked[o] > 0.0:
            rebuild(s, p, o)
        hazard = v.facility_loss[lw, outlet.place[o], outlet.tier[o]]
        if hazard > 0.0:
            hazard *= left_of(s, p, outlet.business[o], FAMILY_SUPPLY)
            chance = uniforms(key, outlet.id[o], w, FACILITY, 0, 0)
            if happens(chance[0], hazard):
                wreck(s, p, w, o, p.facilities_share * (0.5 + chance[1]))


@kernel
def rebuild(s, p, o):
    """An outlet replaces some of what it lost, as fast as that can be found and as far as its part of the cash goes."""
    outlet = s.outlet
    b = outlet.business[o]
    step = min(outlet.wrecked[o], p.facilities_pace)
    due = int(step * p.facilities_worth * s.chain.capital[outlet.market[o], outlet.tier[o]] * PENCE)
    paid = min(due, max(0, outlet.budget[o]))
    if paid > 0:
        pay(s.ledger, b, CASH_DIRTY, LEGAL_ECONOMY, CASH_CLEAN, paid, OVERHEAD)
        outlet.budget[o] -= paid
    outlet.wrecked[o] -= step if paid == due else step * paid / due


@kernel
def wreck(s, p, w, o, part):
    """A part of an outlet's premises and equipment is lost, and with it as much of the goods that are kept there."""
    outlet = s.outlet
    b = outlet.business[o]
    broken = part * (1.0 - outlet.wrecked[o])
    outlet.wrecked[o] += broken
    worth = p.facilities_worth * s.chain.capital[outlet.market[o], outlet.tier[o]]
    put_down(s, p, b, FAMILY_SUPPLY, broken * worth)
    goods = int(part * p.facilities_kept_there * outlet.stock[o])
    if goods > 0:
        held = int(outlet.cost[o] * (goods / outlet.stock[o]))
        outlet.stock[o] -= goods
        outlet.cost[o] -= held
        outlet.lost[o] += goods
        lose_stock(s.ledger, b, held)
        put_down(s, p, b, FAMILY_SUPPLY, held / PENCE)
        s.tally.goods[outlet.market[o], GOODS_LOST] += goods
    record(s, w, EVENT_FACILITY, TARGET_OUTLET, outlet.id[o], s.business.id[b], CAUSE_PLAN, -1, part)
