"""What goes slowly is looked at every fourth week, a quarter of all beings a week, each in its own turn."""

import numpy as np

from simulation.kernel import kernel

EVERY = 4  # weeks from one turn of a being to its next
MASK = np.uint64(EVERY - 1)
WEEK_ORIGIN = 1024  # burn-in weeks are negative


@kernel
def its_turn(identity, w):
    """Whether this being is looked at this week: those whose identities end alike have their turn together."""
    return (identity & MASK) == (np.uint64(w + WEEK_ORIGIN) & MASK)
