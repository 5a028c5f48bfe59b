"""What sources can send: makers of the goods are set up for what has been asked of them, and lost capacity is rebuilt.

A maker can add only so much in a week, whatever its size. Where many small ones are left, what was lost is soon made
by others; where one of three is left, importers wait.
"""

from simulation.kernel import kernel
from simulation.state.codes import IMPORTER


@kernel
def send(s, v, p, lw, ordered):
    """The share of this week's orders (mg by market) that sources can send."""
    passage = s.passage
    for m in range(passage.sent.size):
        passage.sent[m] = 1.0
        passage.dear[m] = 1.0
        if p.on_inputs == 0.0 or passage.makers[m] <= 0.0:
            continue
        if passage.makes[m] == 0.0:
            passage.makes[m] = max(s.chain.volume[m], ordered[m])
            passage.asked[m] = passage.makes[m]
            passage.store[m] = p.inputs_store * passage.makes[m]
        left = v.input_capacity[lw, m, IMPORTER] * (1.0 - passage.struck[m])
        passage.rebuilt[m] += filled(p.inputs_build * passage.makers[m], 1.0 - left - passage.rebuilt[m])
        passage.struck[m] *= 2.0 ** (-1.0 / p.inputs_settle)  # in time those who took over are the usual makers
        missing = max(0.0, 1.0 - left - passage.rebuilt[m])
        passage.dear[m] = 1.0 + p.inputs_dear * missing  # those who can still send ask for more
        able = (left + passage.rebuilt[m]) * (1.0 + p.inputs_slack) * passage.makes[m]
        passage.store[m] = min(passage.store[m] + able, p.inputs_store * passage.makes[m] + able)
        if ordered[m] > passage.store[m]:
            passage.sent[m] = passage.store[m] / ordered[m]
        sent = passage.sent[m] * ordered[m]
        passage.store[m] -= sent
        passage.asked[m] += p.inputs_follow * (sent - passage.asked[m])
        passage.makes[m] = max(passage.asked[m], passage.makes[m] * (1.0 - p.inputs_idle))


@kernel
def filled(most, gap):
    """How much of a gap is closed in a week in which no more than `most` can be: all of a small one, slowly a big one."""
    return most * gap / (most + abs(gap)) if most > 0.0 else 0.0
