"""A new business has no launderers of its own yet, no insiders, and the partners that anyone in its trade finds."""

from simulation.kernel import kernel
from simulation.state.codes import INSIDERS
from simulation.state.laundering import CHANNELS


@kernel
def start_out(s, b):
    """The row beside a new business's books is cleared."""
    finance = s.finance
    finance.surplus[b] = 0
    finance.traced[b] = 1.0
    finance.partners[b] = 1.0
    for c in range(CHANNELS):
        finance.use[b, c] = -1.0
    for kind in range(INSIDERS):
        finance.insider[b, kind] = 0
