"""What businesses have learned from their losses: which tactics they put them down to, and what their counter-measures leave.

Whatever takes something from a business that knows who took it says so here (`put_down`); whatever would do so again asks
what is left of it (`left_of`). Counter-measures act against what was usual before week 0 in the same market and tier, so
that today's hazards hold for those who are as wary as everyone was.
"""

from simulation.kernel import kernel
from simulation.state.codes import (
    CORE,
    EXPOSURE_OF_ROLE,
    FAMILY_ARREST,
    FAMILY_EXPOSURE,
    FAMILY_LEADER,
    FAMILY_MONEY,
    FAMILY_PLACE,
    FAMILY_SUPPLY,
    HOLDER,
    ORDER_ARREST,
    ORDER_CLOSURE,
    ORDER_SEIZURE,
    OUTSIDE,
    RUNNER,
    TARGET_BUSINESS,
    TIERS,
)


@kernel
def put_down(s, p, b, family, gbp):
    """A business puts a part of a loss down to the tactics that caused it: the more careful it is, the more of it."""
    if b >= OUTSIDE:
        fade = 2.0 ** (-1.0 / p.adaptation_half_life)
        seen = p.adaptation_attributed + (1.0 - p.adaptation_attributed) * s.business.security[b]
        s.business.felt[b, family] += (1.0 - fade) * seen * gbp


@kernel
def weekly(s, b):
    """What a business makes or hopes to make in a week, GBP: what a week without it costs."""
    return max(s.business.profit[b], s.business.required[b])


@kernel
def wage(p, role):
    """What the work of someone in a post is worth in a week, GBP: its wage."""
    if role == HOLDER:
        return p.accounts_wage_holder
    return p.accounts_wage_runner if role == RUNNER else p.accounts_wage_staff


@kernel
def shaken(s, p, b, rise):
    """Someone from outside made a business suspicious of its own: trade that it loses until that has worn off."""
    put_down(s, p, b, FAMILY_EXPOSURE, p.adaptation_replacement * rise * weekly(s, b))


@kernel
def kind_of(s, b):
    """The tier of a business for what is usual; the last entry: those who commission."""
    t = s.business.tier[b]
    return t if t >= 0 else TIERS


@kernel
def left_of(s, p, b, family):
    """What a business's counter-measures leave of a family's effect on it, over what those of its like usually left."""
    if b < OUTSIDE:
        return 1.0
    most = p.on_adaptation * p.adaptation_strength
    usual = s.tally.countered[max(0, s.business.market[b]), kind_of(s, b), family]
    return (1.0 - most * s.business.counter[b, family]) / (1.0 - most * usual)


@kernel
def family_of_arrest(role):
    """Leaders learn from the arrests of leaders, and the rest from those of the rest."""
    return FAMILY_LEADER if EXPOSURE_OF_ROLE[role] == CORE else FAMILY_ARREST


@kernel
def family_of(order, target_kind, role):
    """The family of tactics that an operation belongs to, by what it wants done to whom (`role`: of a person)."""
    if order == ORDER_ARREST:
        return family_of_arrest(role)
    if order == ORDER_CLOSURE:
        return FAMILY_PLACE
    if order == ORDER_SEIZURE:
        return FAMILY_MONEY if target_kind == TARGET_BUSINESS else FAMILY_SUPPLY
    return FAMILY_EXPOSURE
