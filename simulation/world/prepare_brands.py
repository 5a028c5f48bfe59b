"""Before history begins: some distributors run a brand, and some retail businesses trade under one."""

from __future__ import annotations

import numpy as np

from simulation.chance.identity import mix64
from simulation.kernel import kernel
from simulation.kernels.brands import join_brand, traits
from simulation.state.codes import ACTIVE, LINE, OUTSIDE


@kernel
def prepare_brands(s, p, key, start):
    """Retail businesses that care least for independence join a brand of their market, each as likely as another."""
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] == ACTIVE and s.business.tier[b] >= 0:
            traits(s, p, key, b)
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] != ACTIVE or s.business.tier[b] != LINE:
            continue
        if s.franchise.independence[b] >= p.franchise_share_start:
            continue
        found = -1
        lowest = np.uint64(0xFFFFFFFFFFFFFFFF)
        for f in range(OUTSIDE, s.business.id.size):
            if s.franchise.offers[f] == 1 and s.business.market[f] == s.business.market[b]:
                ticket = mix64(s.business.id[f] ^ s.business.id[b] ^ key)
                if ticket < lowest:
                    lowest = ticket
                    found = f
        if found >= 0:
            join_brand(s, b, found, start)
