"""One number for each of many beings, drawn abreast: the same that `uniform` gives each of them alone."""

from __future__ import annotations

import numpy as np

from simulation.chance.batches import words_of
from simulation.kernel import kernel


@kernel
def first_words(key, identities, week, stream, draw, out):
    """The first word of each being with no partner, into a column of uint32 as long as `identities`."""
    count = identities.size
    nobody = np.zeros(count, np.uint64)
    two, three, four = np.empty(count, np.uint32), np.empty(count, np.uint32), np.empty(count, np.uint32)
    words_of(key, identities, week, stream, draw, nobody, count, out, two, three, four)
