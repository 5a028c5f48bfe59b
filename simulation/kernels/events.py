"""What happened to whom is written down, when someone wants to read it; otherwise nothing is."""

import numpy as np

from simulation.kernel import kernel
from simulation.state.world import EVENT_COUNT


@kernel
def record(s, w, kind, subject_kind, subject_id, object_id, cause, intervention, value):
    """One event of this week. A world that keeps no events has a buffer of length 0."""
    n = s.tally.count[EVENT_COUNT]
    if n >= s.tally.event.shape[0]:
        return
    row = s.tally.event[n]
    row[0] = w
    row[1] = kind
    row[2] = subject_kind
    row[3] = cause
    row[4] = intervention
    row[5] = value
    s.tally.event_id[n, 0] = np.uint64(subject_id)
    s.tally.event_id[n, 1] = np.uint64(object_id)
    s.tally.count[EVENT_COUNT] = n + 1
