"""What was laundered, hoarded, paid in bribes and extorted in the week, for the series."""

import numpy as np

from simulation.kernel import kernel
from simulation.measures.catalogue import INDEX
from simulation.state.codes import ACTIVE, BRIBES, HOUSEHOLDS, LAUNDERING_FEE, LEGAL_ECONOMY, OUTSIDE
from simulation.state.counters import LAUNDERED_PENCE

LAUNDERED, FEE_SHARE, HOARDED = INDEX["laundered_gbp"], INDEX["laundering_fee_share"], INDEX["hoarded_gbp"]
BRIBED, EXTORTED = INDEX["bribes_gbp"], INDEX["extortion_gbp"]
PENCE = 100.0


@kernel
def count_money(s, row):
    """The columns of one week that speak of money outside trade."""
    clean = s.tally.week[LAUNDERED_PENCE]
    fees = s.ledger.flow[LEGAL_ECONOMY, LAUNDERING_FEE]
    hoarded = np.int64(0)
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] == ACTIVE:
            hoarded += s.finance.surplus[b]
    row[LAUNDERED] = clean / PENCE
    row[FEE_SHARE] = fees / (clean + fees) if clean + fees > 0 else 0.0
    row[HOARDED] = hoarded / PENCE
    row[BRIBED] = s.ledger.flow[HOUSEHOLDS, BRIBES] / PENCE
    row[EXTORTED] = s.racket.taken.sum() / PENCE
