"""Who lies between others in a network: the part of all shortest ways that leads through each, by Brandes (2001)."""

import numpy as np

from simulation.kernel import kernel


@kernel
def ways_through(first, ends):
    """Betweenness of each node; its neighbours are `ends[first[n]:first[n + 1]]`, and each tie is there from both ends.

    From every node in turn: how many shortest ways lead to each other, nearest first, and then, farthest first, what part
    of those beyond it each hands back to whoever is next to it on the way.
    """
    size = first.size - 1
    found = np.zeros(size)
    ways, passing = np.zeros(size), np.zeros(size)
    steps, order = np.full(size, -1, np.int32), np.empty(size, np.int32)
    for source in range(size):
        order[0] = source
        ways[source] = 1.0
        steps[source] = 0
        reached = 1
        at = 0
        while at < reached:
            n = order[at]
            at += 1
            for k in range(first[n], first[n + 1]):
                m = ends[k]
                if steps[m] < 0:
                    steps[m] = steps[n] + 1
                    order[reached] = m
                    reached += 1
                if steps[m] == steps[n] + 1:
                    ways[m] += ways[n]
        for back in range(reached):
            n = order[reached - 1 - back]
            share = (1.0 + passing[n]) / ways[n]
            for k in range(first[n], first[n + 1]):
                m = ends[k]
                if steps[m] == steps[n] - 1:
                    passing[m] += ways[m] * share
            if n != source:
                found[n] += passing[n]
        for at in range(reached):
            n = order[at]
            ways[n], passing[n], steps[n] = 0.0, 0.0, -1
    return 0.5 * found
