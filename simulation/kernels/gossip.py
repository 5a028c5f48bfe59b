"""People who run outlets tell the people they know how this week's deliveries went; only what the teller lived through.

Reports are first-hand and of this week, and a hearer listens to each teller once, so nothing echoes.
"""

import numpy as np

from simulation.chance.batches import exponentials_of, words_of
from simulation.chance.identity import mix64
from simulation.chance.streams import GOSSIP
from simulation.kernel import kernel
from simulation.kernels.acquaintances import befriend
from simulation.kernels.search import meet_among
from simulation.kernels.trade_choice import live
from simulation.state.codes import ACTIVE, HONEST, IMPORTER, INTRODUCED, LINE, NOTHING, SOCIAL_SLOTS, TIE_SLOTS


@kernel
def speaker(s, o):
    """Who speaks and listens for an outlet: the holder of a line, above the street the leader of the business."""
    if s.outlet.tier[o] == LINE:
        return s.outlet.holder[o]
    return s.business.leader[s.outlet.business[o]]


@kernel
def acquaint(s, p, o, near, nearby):
    """Whoever speaks for a new outlet gets to know whoever speaks for another of its tier, come upon by chance.

    The first nearby[m, t] rows of near[m, t] are the outlets of each market's tiers.
    """
    i = speaker(s, o)
    m, t = s.outlet.market[o], s.outlet.tier[o]
    peer = meet_among(s, near[m, t], nearby[m, t], mix64(s.outlet.id[o]), o)
    if i < 0 or peer < 0:
        return
    j = speaker(s, peer)
    if j >= 0 and s.person.id[j] != s.person.id[i]:
        befriend(s, i, j, INTRODUCED, p.gossip_acquaintance)


@kernel
def gossip(s, p, key, w):
    """Each outlet hears from up to two acquaintances in the same trade, chosen by how close they are."""
    outlet = s.outlet
    spoken_for, trade = np.full(s.person.id.size, -1, np.int32), np.full(s.person.id.size, -1, np.int8)
    hearers, speakers = np.empty(outlet.id.size, np.int32), np.empty(outlet.id.size, np.int32)
    count = 0
    for o in range(outlet.id.size):
        if outlet.state[o] == ACTIVE and outlet.tier[o] != IMPORTER:
            i = speaker(s, o)
            if i >= 0:
                hearers[count], speakers[count] = o, i
                count += 1
                if spoken_for[i] < 0 or outlet.id[o] < outlet.id[spoken_for[i]]:
                    spoken_for[i], trade[i] = o, outlet.tier[o]
    listen(s, p, key, w, hearers, speakers, count, spoken_for, trade)


@kernel
def listen(s, p, key, w, hearers, speakers, number, spoken_for, trade):
    """Every outlet's week of listening: of all whom it could hear, the two whose race times are least are heard.

    `trade` is the tier that a person speaks for, -1 for nobody.
    """
    person, outlet = s.person, s.outlet
    room = number * SOCIAL_SLOTS
    hearer, slot, closeness = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room)
    who, whom = np.empty(room, np.uint64), np.empty(room, np.uint64)
    friend, strength = person.friend, person.strength
    known = 0
    for n in range(number):
        i = speakers[n]
        for k in range(SOCIAL_SLOTS):
            f = friend[i, k]
            hearer[known], slot[known] = n, k
            # most friends do not speak for such a trade; which, no processor foresees: a branch here would cost the most
            known += (f >= 0) & (trade[max(f, 0)] == outlet.tier[hearers[n]])
    count = 0
    for c in range(known):
        n, k = hearer[c], slot[c]
        o, i = hearers[n], speakers[n]
        f = friend[i, k]
        teller = spoken_for[f]
        if teller == o or person.id[f] != person.friend_id[i, k] or strength[i, k] <= 0.0:
            continue
        hearer[count], slot[count] = n, k
        closeness[count] = strength[i, k]
        who[count] = outlet.id[o]
        whom[count] = person.id[f]
        count += 1
    one, two = np.empty(count, np.uint32), np.empty(count, np.uint32)
    three, four = np.empty(count, np.uint32), np.empty(count, np.uint32)
    time = np.empty(count)
    words_of(key, who, w, GOSSIP, 1, whom, count, one, two, three, four)
    exponentials_of(one, count, time)
    c = 0
    while c < count:
        first, second = -1, -1
        n = hearer[c]
        while c < count and hearer[c] == n:
            time[c] /= closeness[c]
            if first < 0 or time[c] < time[first]:
                first, second = c, first
            elif second < 0 or time[c] < time[second]:
                second = c
            c += 1
        i = speakers[n]
        for heard in (first, second):
            if heard >= 0:
                k = slot[heard]
                # those who talk stay acquainted
                strength[i, k] = max(float(strength[i, k]), p.gossip_acquaintance)
                hear(s, p, hearers[n], spoken_for[friend[i, k]], max(closeness[heard], p.gossip_acquaintance))


@kernel
def hear(s, p, o, teller, closeness):
    """What the teller lived through this week counts with the hearer, in proportion to how far it trusts the teller."""
    outcome, supplier = s.tie.outcome, s.tie.supplier
    weight = p.gossip_weight * closeness
    for k in range(TIE_SLOTS):
        if outcome[teller, k] == NOTHING:
            continue
        j = supplier[teller, k]
        for mine in range(TIE_SLOTS):
            if supplier[o, mine] != j or not (live(s, teller, k) and live(s, o, mine)):
                continue
            if outcome[teller, k] == HONEST:
                s.tie.good[o, mine] += weight
            else:
                s.tie.bad[o, mine] += weight * p.trust_failure_weight
