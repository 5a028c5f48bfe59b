"""A week begins: last week's counts are put back to nothing and each outlet learns what it may spend."""

from simulation.kernel import kernel
from simulation.kernels.ledger import earned
from simulation.state.codes import ACTIVE, CASH_DIRTY, OUTSIDE
from simulation.state.world import BOOKS_OPEN


@kernel
def open_flows(s):
    """The week's flows start at nothing.

    What befalls businesses between two weeks opens them before, so that its losses count in the week that follows.
    What was booked after last week's accounts were made is kept for those of this week.
    """
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] == ACTIVE:
            s.business.unread[b] = earned(s.ledger, b) - s.business.unread[b]
    s.ledger.flow[:, :] = 0
    s.tally.count[BOOKS_OPEN] = 1


@kernel
def begin(s, v, p, key, w, lw):
    """Counters of the week start at zero; a business's cash is divided evenly over its outlets."""
    s.tally.week[:] = 0
    s.tally.trade[:, :] = 0
    s.tally.refused_pence[:] = 0
    s.tally.ordered_pence[:] = 0
    if s.tally.count[BOOKS_OPEN] == 0:
        open_flows(s)
    s.tally.count[BOOKS_OPEN] = 0
    place = s.place
    for l in range(place.id.size):
        place.violent_events[l] = 0
        place.violent_recorded[l] = 0
        place.acquisitive[l] = 0
        place.acquisitive_organised[l] = 0
        place.acquisitive_recorded[l] = 0
        place.drug_recorded[l] = 0
        place.sold[l] = 0
        place.dealing[l] = 0
        place.arrests[l] = 0
        place.uninvolved[l] = 0
        for a in range(place.effort.shape[1]):
            place.effort[l, a] = v.effort[lw, l, a]
        for m in range(place.demand.shape[1]):
            place.consumed[l, m] = 0
            place.spent[l, m] = 0
    s.business.refused[:] = 0
    s.tie.outcome.reshape(s.tie.outcome.size)[:] = 0
    outlet = s.outlet
    outlet.asked[:] = 0
    outlet.sold[:] = 0
    outlet.takings[:] = 0
    outlet.outlay[:] = 0
    outlet.lost[:] = 0
    outlet.cheated[:] = 0
    outlet.served[:] = 0
    outlet.failed[:] = 0
    for o in range(outlet.id.size):
        if outlet.state[o] == ACTIVE:
            b = outlet.business[o]
            outlet.budget[o] = s.ledger.book[b, CASH_DIRTY] // max(1, s.business.lines[b])
