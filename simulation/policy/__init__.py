"""Policy: a plan becomes levers by week, operations against targets, hours and money.

How a driver uses it (one `Programme` a run; everything is a function of the plan and the state, nothing is drawn):

    import simulation.interventions                     # registers the cards
    programme = Programme(plan, scenario, parameters, key, localities, weeks)
    programme.open(state, 0)                            # once, at week 0: places are chosen, hours shared out
    programme.meet(state, week)                         # before week `week`: agencies meet, operations are opened
    stop = min(programme.next_decision(week), weeks)
    levers = programme.compose(state, week, stop - week)  # levers[lw] hold in week `week + lw`
    programme.cost(weeks), programme.weekly_cost(weeks), programme.warnings
    programme.observe = lambda measure, weeks: value    # only for plans with a cycle that reads an indicator

In burn-in (weeks below 0) `meet` and `compose` are used alike: levers are at identity, agencies task as now.
`parameters` is the record that kernels read; `localities` have an `id` and stand in row order; `weeks` is the length
of the run, and makes composing cheaper when it is known. `next_decision` never lies more than 13 weeks ahead. Agents
of the Mesa model call `meet_agency` one by one, which comes to the same as `meet`. Levers composed are to be read,
not to be kept.
"""

from simulation.policy.programme import Programme

__all__ = ["Programme"]
