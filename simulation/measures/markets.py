"""What happened in each market this week: who trades in it, what they earned, what harm came with it, which jobs were done."""

from simulation.kernel import kernel
from simulation.measures.harm import dependents, goods_gbp, net_income, user_gbp
from simulation.state.codes import ACTIVE, COMMISSIONING, OUTSIDE
from simulation.state.counters import (
    HARM_GBP,
    JOB_CRIMES,
    JOB_VICTIMS,
    JOBS_BEGUN,
    JOBS_DONE,
    PROFIT_PENCE,
    TAKEN_PENCE,
    TRADING,
)


@kernel
def count_markets(s, p, rows):
    """A row a market, the chains first and then the commissioned ones: every business and every harm in one row at most."""
    rows[:] = 0.0
    chains = s.chain.id.size
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] == ACTIVE:
            m = chains + s.project.recipe[b] if s.business.model[b] == COMMISSIONING else s.business.market[b]
            rows[m, TRADING] += 1.0
            rows[m, PROFIT_PENCE] += net_income(s, b)
    for m in range(chains):
        users = 0.0
        for l in range(s.place.id.size):
            users += dependents(s, l, m)
            rows[m, HARM_GBP] += goods_gbp(s, l, m)
        rows[m, HARM_GBP] += user_gbp(p, users)
    sector = s.sector
    for r in range(rows.shape[0] - chains):
        m = chains + r
        rows[m, HARM_GBP] = sector.harm[r] * p.harm_price_level
        rows[m, JOBS_BEGUN] = sector.begun[r]
        rows[m, JOBS_DONE] = sector.projects[r]
        rows[m, JOB_CRIMES] = sector.crimes[r]
        rows[m, JOB_VICTIMS] = sector.victims[r]
        rows[m, TAKEN_PENCE] = sector.pence[r]
