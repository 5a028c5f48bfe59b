"""Brands are counted: lines under one, franchisees that left, royalties paid."""

from simulation.kernel import kernel
from simulation.measures.catalogue import INDEX
from simulation.state.codes import ACTIVE, LINE
from simulation.state.franchise import DEFECTIONS, ROYALTY_PENCE

FRANCHISED = INDEX["franchised_lines_share"]
LEFT = INDEX["defections"]
ROYALTIES = INDEX["royalties_gbp"]


@kernel
def count_brands(s, row):
    """The columns of the series that speak of brands."""
    lines = 0
    branded = 0
    for o in range(s.outlet.id.size):
        if s.outlet.state[o] == ACTIVE and s.outlet.tier[o] == LINE:
            lines += 1
            if s.franchise.franchisor[s.outlet.business[o]] >= 0:
                branded += 1
    row[FRANCHISED] = branded / lines if lines > 0 else 0.0
    row[LEFT] = s.franchise.tally[DEFECTIONS]
    row[ROYALTIES] = s.franchise.tally[ROYALTY_PENCE] * 0.01
