"""Rows are taken from and given back to stacks of free rows; the name of an entity is its identity, never its row."""

import numpy as np

from simulation.kernel import kernel
from simulation.state.codes import ACTIVE, BAIL, EMPTY, EXITED, FREE, LICENCE, NOBODY, PRISON, REMAND, TIERS
from simulation.state.world import FREE_BUSINESS, FREE_GHOST, FREE_OPERATION, FREE_OUTLET, FREE_PERSON, OVERRUN

# sets of states, a bit for each
OPEN = 1 << ACTIVE
AT_LARGE = 1 << FREE | 1 << LICENCE | 1 << BAIL
AWAY = 1 << REMAND | 1 << PRISON | 1 << EXITED  # inside, or awaiting a court out of the trade


@kernel
def rows_in(states, wanted):
    """The rows that are in one of the `wanted` states, in their order.

    They are listed without a branch: nobody could guess which row is next, and a processor that guesses wrong loses time.
    """
    rows = np.empty(states.size, np.int32)
    count = 0
    for row in range(states.size):
        rows[count] = row
        count += (wanted >> np.int64(states[row])) & 1
    return rows[:count]


@kernel
def list_markets(s):
    """The rows of the outlets of each market and tier, and how many there are."""
    state, tier, market = s.outlet.state, s.outlet.tier, s.outlet.market
    rows = np.empty((s.chain.id.size, TIERS, state.size), np.int64)
    count = np.zeros((s.chain.id.size, TIERS), np.int64)
    for o in range(state.size):
        if state[o] == ACTIVE:
            t, m = tier[o], market[o]
            rows[m, t, count[m, t]] = o
            count[m, t] += 1
    return rows, count


@kernel
def rows_of(ids, wanted):
    """The row that each wanted identity has among `ids`, or -1; one pass, however many are wanted."""
    size = 4
    while size < 4 * wanted.size:
        size *= 2
    found, asked = np.full(wanted.size, -1, np.int64), np.full(size, -1, np.int64)
    last = np.uint64(size - 1)  # identities are well mixed: their last digits say where to look
    for n in range(wanted.size):
        at = np.int64(wanted[n] & last)
        while asked[at] >= 0:
            at = (at + 1) % size
        asked[at] = n
    for row in range(ids.size):
        at = np.int64(ids[row] & last)
        while asked[at] >= 0:
            if wanted[asked[at]] == ids[row] and ids[row] != 0:
                found[asked[at]] = row
            at = (at + 1) % size
    return found


@kernel
def take(stack, count, which):
    """A free row leaves the stack. The driver sees to it, before a week begins, that stacks do not run out.

    Should one run out all the same, that is noted, and the driver gives the run up.
    """
    if count[which] <= 0:
        count[OVERRUN] += 1
        return stack[0]
    count[which] -= 1
    return stack[count[which]]


@kernel
def give_back(stack, count, which, row):
    stack[count[which]] = row
    count[which] += 1


@kernel
def take_business(s):
    row = take(s.free.business, s.tally.count, FREE_BUSINESS)
    s.business.state[row] = ACTIVE
    return row


@kernel
def take_outlet(s):
    row = take(s.free.outlet, s.tally.count, FREE_OUTLET)
    s.outlet.state[row] = ACTIVE
    return row


@kernel
def take_person(s):
    """A row for a new person; the caller writes every column."""
    return take(s.free.person, s.tally.count, FREE_PERSON)


@kernel
def release_business(s, row):
    s.business.state[row] = EMPTY
    s.business.id[row] = 0
    give_back(s.free.business, s.tally.count, FREE_BUSINESS, row)


@kernel
def release_outlet(s, row):
    s.outlet.state[row] = EMPTY
    s.outlet.id[row] = 0
    give_back(s.free.outlet, s.tally.count, FREE_OUTLET, row)


@kernel
def release_person(s, row):
    """A person who left, died or was never found again leaves the table; the tallies keep the count."""
    s.person.status[row] = NOBODY
    s.person.id[row] = 0
    s.person.business[row] = -1
    s.person.outlet[row] = -1
    give_back(s.free.person, s.tally.count, FREE_PERSON, row)


@kernel
def take_operation(s):
    row = take(s.free.operation, s.tally.count, FREE_OPERATION)
    s.operation.state[row] = ACTIVE
    return row


@kernel
def release_operation(s, row):
    s.operation.state[row] = EMPTY
    s.operation.id[row] = 0
    give_back(s.free.operation, s.tally.count, FREE_OPERATION, row)


@kernel
def take_ghost(s):
    row = take(s.free.ghost, s.tally.count, FREE_GHOST)
    s.ghost.state[row] = ACTIVE
    return row


@kernel
def release_ghost(s, row):
    s.ghost.state[row] = EMPTY
    s.ghost.id[row] = 0
    give_back(s.free.ghost, s.tally.count, FREE_GHOST, row)
