"""A buyer without a willing supplier looks for another: through a peer who is served well, or at random."""

import numpy as np

from simulation.chance.batches import words_of
from simulation.chance.draws import unit
from simulation.chance.identity import mix64
from simulation.chance.streams import GOSSIP
from simulation.kernel import kernel
from simulation.kernels.closing import clear_tie
from simulation.kernels.online import met_online
from simulation.kernels.trade_choice import live, trust
from simulation.state.codes import TIE_SLOTS

# what a buyer is about once its tier has traded
NOT_LOOKING, SERVED, REFUSED = 0, 1, 2


@kernel
def meet_among(s, rows, count, salt, not_me):
    """The outlet of a market's tier (in `rows`) that a search comes upon: each is equally likely, whatever row it is."""
    found = -1
    lowest = np.uint64(0xFFFFFFFFFFFFFFFF)
    identity = s.outlet.id
    for n in range(count):
        o = rows[n]
        ticket = mix64(identity[o] ^ salt)
        if ticket < lowest and o != not_me:
            lowest = ticket
            found = o
    return found


@kernel
def know(s, i, j):
    for k in range(TIE_SLOTS):
        if s.tie.supplier[i, k] == j and s.tie.supplier_id[i, k] == s.outlet.id[j]:
            return True
    return False


@kernel
def add_tie(s, w, i, j, good):
    """Buyer i comes to know supplier j; the weakest tie without a debt makes room for it."""
    if j < 0 or know(s, i, j):
        return
    slot = -1
    weakest = 1e300
    for k in range(TIE_SLOTS):
        if not live(s, i, k):
            slot = k
            break
        if s.tie.credit[i, k] == 0 and s.tie.good[i, k] < weakest:
            weakest = s.tie.good[i, k]
            slot = k
    if slot < 0:
        return
    clear_tie(s, i, slot)
    s.tie.supplier[i, slot] = j
    s.tie.supplier_id[i, slot] = s.outlet.id[j]
    s.tie.good[i, slot] = good
    s.tie.last[i, slot] = w


@kernel
def search(s, p, key, w, tier, looking, buyers, number, near, nearby):
    """Buyers of one tier look for suppliers at the end of their trading, all before anyone comes to know anybody.

    The first `number` rows of `buyers` are the tier's outlets; `looking` says of each what it is about. The first
    nearby[m, t] rows of near[m, t] are the outlets of each market's tiers.
    """
    found = np.full(number, -1, np.int32)
    evidence = np.zeros(number)
    names, drawn = np.zeros((2, number), np.uint64), np.empty((4, number), np.uint32)
    who, nobody, one, two, three = names[0], names[1], drawn[0], drawn[1], drawn[2]
    for n in range(number):
        who[n] = s.outlet.id[buyers[n]]
    words_of(key, who, w, GOSSIP, 0, nobody, number, one, two, three, drawn[3])
    most = max(p.search_refused, p.search_lonely, p.search_idle)  # more luck than that, and nobody looks
    for n in range(number):
        i = buyers[n]
        u = unit(one[n])
        if looking[n] == NOT_LOOKING or u >= most or u >= eagerness(s, p, i, looking[n] == REFUSED):
            continue
        m = s.outlet.market[i]
        salt = mix64(np.uint64(unit(three[n]) * 18446744073709551615.0) ^ who[n])
        if unit(two[n]) >= p.search_introduction:
            above = s.chain.above[m, tier]
            if above >= 0:
                found[n] = met_online(s, p, near[m, above], nearby[m, above], i, salt)
                if found[n] < 0:
                    found[n] = meet_among(s, near[m, above], nearby[m, above], salt, -1)
            evidence[n] = p.search_stranger_evidence
            continue
        peer = meet_among(s, near[m, tier], nearby[m, tier], salt, i)
        if peer >= 0:
            found[n] = introduced(s, p, peer, salt)
            evidence[n] = p.search_introduced_evidence
    for n in range(number):
        if found[n] >= 0:
            add_tie(s, w, buyers[n], found[n], evidence[n])


@kernel
def eagerness(s, p, i, refused):
    """The chance that buyer i looks for another supplier this week."""
    if refused:
        return p.search_refused
    known = 0
    for k in range(TIE_SLOTS):
        known += live(s, i, k)
    return p.search_lonely if known < p.search_few else p.search_idle


@kernel
def introduced(s, p, peer, salt):
    """The supplier that a peer passes on, sooner one that it trusts; -1 if it knows nobody."""
    best = -1.0
    found = -1
    for k in range(TIE_SLOTS):
        if not live(s, peer, k):
            continue
        j = s.tie.supplier[peer, k]
        ticket = mix64(s.outlet.id[j] ^ salt)
        score = trust(s, p, peer, k, j) * (ticket >> np.uint64(11)) / 9007199254740992.0
        if score > best:
            best = score
            found = j
    return found
