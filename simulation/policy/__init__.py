"""Policy: a plan becomes levers by week, operations against targets, hours and money.

How a driver uses it (one `Programme` a run; everything is a function of the plan and the state, nothing is drawn):

    import simulation.interventions                     # registers the cards
    programme = Programme(plan, scenario, parameters, localities, weeks, agents)
    ...burn-in: for weeks below 0, `meet` and `compose` as below; levers are at identity, agencies task as now...
    programme.open(state, 0)                            # once, at week 0: places are chosen on the picture, hours shared out
    while week < weeks:
        programme.meet(state, week)                     # before week `week`: the cycle decides, agencies meet, operations open
        stop = min(programme.next_decision(week), weeks)
        levers = programme.compose(state, week, stop - week)
        ...run weeks `week` to `stop`, levers[lw] for week + lw...
        week = stop
    programme.cost()                                    # the account; `weekly_cost()` is the same by week
    programme.observe = lambda measure: value           # only for plans with a cycle that reads an indicator

`parameters` is the record that kernels read; `localities` are the ids of localities in row order; `agents` come from
`simulation.agents.appoint`. `next_decision` never lies more than 13 weeks ahead. `compose` returns arrays to read, not to keep.
"""

from simulation.policy.programme import Programme

__all__ = ["Programme"]
