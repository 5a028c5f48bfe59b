"""The model's own kernels for arrest, choice of supplier and trust against the same written as Mesa agents.

Same crowd, same draws; what each week comes to, and all evidence at the end, must be the same. The agents are activated as
in Mesa's examples (`shuffle_do` where the order could matter) and draw their luck in their step.
"""

from __future__ import annotations

import numpy as np

from simulation.kernel import kernel
from simulation.kernels.enforce import arrest_people
from simulation.kernels.trade_choice import choose, hear_of, weigh
from simulation.kernels.trust import circulate, remember
from simulation.state.codes import TIE_SLOTS
from simulation.state.world import ORDER_COUNT, copy_state
from tests.benchmarks.crowd import Crowd, buyers_of, crowd
from tests.benchmarks.figure import Figure, Size, at_least, cpu_seconds, middle
from tests.benchmarks.mesa_agents import Market

PEOPLE = 10_000
ARRESTS, TRADES, REFUSALS = range(3)


@kernel
def live_weeks(s, v, p, key, weeks, counts):
    """Weeks of arrests, choices of supplier and trust; `counts` (weeks x 3) receives what they come to."""
    buyers, number = buyers_of(s)
    skip, slots = np.full(number, -1, np.int64), np.empty(number, np.int64)
    first, slot = np.empty(number + 1, np.int64), np.empty(number * TIE_SLOTS, np.int64)
    worth, faith, refusal = np.empty(number * TIE_SLOTS), np.empty(number * TIE_SLOTS), np.empty(number)
    for w in range(weeks):
        s.tally.count[ORDER_COUNT] = 0
        arrest_people(s, v, p, key, w, 0)
        counts[w, 0] = s.tally.count[ORDER_COUNT]
        for o in range(s.outlet.id.size):
            hear_of(s, p, o)
            s.outlet.served[o] = 0
        weigh(s, p, key, w, buyers, number, first, slot, worth, faith, refusal)
        choose(s, buyers, number, skip, slots, first, slot, worth, faith, refusal)
        for n in range(number):
            counts[w, 1] += slots[n] >= 0
            counts[w, 2] += slots[n] == -1
        for n in range(number):
            o, k = buyers[n], slots[n]
            if k >= 0:
                s.tie.good[o, k] += 1.0
                s.outlet.served[s.tie.supplier[o, k]] += 1
        remember(s, p)
        circulate(s, v, p, 0)


def measure(size: Size) -> list[Figure]:
    """How many times faster."""
    weeks = size(20, 2)
    return [at_least("trade choice, trust and arrest against Mesa agents, 10,000 people", ratio(weeks), "ratio", 100.0)]


def ratio(weeks: int) -> float:
    """Processor time of the agents over that of the kernels; raises AssertionError where they do not agree."""
    of = crowd(PEOPLE)
    counts = np.zeros((weeks, 3), dtype=np.int64)
    live(of, weeks, counts)
    market = Market(of)
    lived = np.zeros_like(counts)

    def agents() -> None:
        for week in range(weeks):
            market.step()
            lived[week] = market.arrests, market.trades, market.refusals

    slow = cpu_seconds(agents)
    if not np.array_equal(counts, lived) or not counts.all():
        raise AssertionError(f"kernels and agents disagree: {counts.tolist()} and {lived.tolist()}")
    tries = 9
    copies = [Crowd(copy_state(of.state), of.levers, of.p, of.key) for _ in range(tries)]
    fast = middle(
        cpu_seconds(lambda one=one: live_weeks(one.state, one.levers, one.p, one.key, weeks, counts)) for one in copies
    )
    last = copies[-1].state
    evidence = float((last.tie.good + last.tie.bad).sum())
    if not np.isclose(evidence, market.evidence(), rtol=1e-9):
        raise AssertionError(f"kernels and agents end with different evidence: {evidence} and {market.evidence()}")
    return slow / fast


def live(of: Crowd, weeks: int, counts: np.ndarray) -> None:
    """The weeks in a copy of the crowd (and the kernels compiled)."""
    live_weeks(copy_state(of.state), of.levers, of.p, of.key, weeks, counts)
