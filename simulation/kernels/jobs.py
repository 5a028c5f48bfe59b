"""A job is done: skill and vulnerability decide what it brings; those who did it are paid and grow closer."""

import numpy as np

from simulation.chance.draws import uniforms
from simulation.chance.streams import COMMISSION
from simulation.kernel import kernel
from simulation.kernels.counts import binomial, events
from simulation.kernels.events import record
from simulation.kernels.ledger import pay
from simulation.kernels.lessons import left_of, put_down
from simulation.kernels.recruits import knows
from simulation.kernels.sectors import ease, strike
from simulation.state.codes import (
    CASH_CLEAN,
    CASH_DIRTY,
    CAUSE_CHOICE,
    CO_OFFENDING,
    EVENT_PROJECT,
    FAMILY_PROTECT,
    HOUSEHOLDS,
    SALES,
    SKILL_OF_ROLE,
    TARGET_BUSINESS,
    WAGES,
)
from simulation.state.counters import PROJECT_PENCE, PROJECTS
from simulation.state.project import IDLE, PROJECT_SLOTS

PENCE = 100.0
TAKINGS = 3  # draw of the stream: what the jobs of a project bring


@kernel
def clear_slot(s, b, k):
    s.project.member[b, k] = -1
    s.project.member_id[b, k] = 0


@kernel
def close_project(s, b):
    """A project is over; its people are free again."""
    s.project.stage[b] = IDLE
    s.project.jobs[b] = 0
    s.project.place[b] = -1
    for k in range(PROJECT_SLOTS):
        clear_slot(s, b, k)


@kernel
def craft(s, p, b):
    """What a crew achieves of the whole, from the product of what each is able to."""
    product = 1.0
    slots = s.recipe.slots[s.project.recipe[b]]
    for k in range(slots):
        floor = p.commission_skill_floor
        product *= floor + (1.0 - floor) * s.person.skill[s.project.member[b, k]]
    return product ** (1.0 / slots)


@kernel
def raised(v, p, lw, role):
    """What a job pays one of this role, as a multiple of the usual share: brokers meet a part of what is asked."""
    skill = SKILL_OF_ROLE[role]
    if skill < 0:
        return 1.0
    return 1.0 + p.commission_wage_met * (v.specialist_wage[lw, skill] - 1.0)


@kernel
def paid_of_asked(v, p, lw, role):
    """What a job pays over what one of this role could have elsewhere: the fewer agree, the less that is."""
    skill = SKILL_OF_ROLE[role]
    return 1.0 if skill < 0 else raised(v, p, lw, role) / max(1e-9, v.specialist_wage[lw, skill])


@kernel
def carry_out(s, v, p, key, w, lw, b):
    """The jobs of one project: crimes, takings, and shares by the market's table; the rest is the business's."""
    project = s.project
    recipe = s.recipe
    r = project.recipe[b]
    place = project.place[b]
    chance = uniforms(key, s.business.id[b], w, COMMISSION, TAKINGS, 0)
    whole = craft(s, p, b) * ease(s, v, p, lw, r, place)
    # of what makes a sector less open, only hardening on purpose is a tactic; what victims learn by themselves is not
    withheld = max(0.0, min(1.0 - v.sector_vulnerability[lw, r], 1.0 - s.sector.openness[r]))
    hardened = withheld * left_of(s, p, b, FAMILY_PROTECT)
    whole *= max(0.0, 1.0 - hardened) / max(1e-9, 1.0 - withheld)
    done = binomial(chance[2], project.jobs[b], min(1.0, recipe.success[r] * whole))
    takings = np.int64(done * recipe.value[r] * whole * PENCE)
    put_down(s, p, b, FAMILY_PROTECT, takings / PENCE * hardened / max(1e-9, 1.0 - hardened))
    strike(s, p, r, place, done, events(chance[0], done * recipe.crimes[r]), takings, chance)
    if takings > 0:
        pay(s.ledger, recipe.payer[r], CASH_CLEAN, b, CASH_DIRTY, takings, SALES)
    left = takings
    for k in range(recipe.slots[r]):
        i = project.member[b, k]
        part = min(left, np.int64(takings * recipe.share[r, k] * raised(v, p, lw, s.person.role[i])))
        left -= part
        if part > 0:
            pay(s.ledger, b, CASH_DIRTY, HOUSEHOLDS, CASH_DIRTY, part, WAGES)
        s.person.savings[i] += part / PENCE
        s.person.skill[i] += p.commission_practice * done / (1.0 + done) * (1.0 - s.person.skill[i])
        remember(s, p, s.business.leader[b], i, done)
    s.tally.week[PROJECTS] += done
    s.tally.week[PROJECT_PENCE] += takings
    record(s, w, EVENT_PROJECT, TARGET_BUSINESS, s.business.id[b], s.place.id[place], CAUSE_CHOICE, -1, takings / PENCE)
    close_project(s, b)


@kernel
def remember(s, p, broker, i, done):
    """Broker and crew trust each other more after a success; a stranger becomes someone known."""
    if broker < 0 or broker == i or done == 0:
        return
    closer(s, p, broker, i)
    closer(s, p, i, broker)


@kernel
def closer(s, p, i, j):
    """One person's tie to another grows by a share of what it lacks."""
    person = s.person
    held = 0.0
    for f in range(person.friend.shape[1]):
        if person.friend[i, f] == j and person.friend_id[i, f] == person.id[j]:
            held = person.strength[i, f]
    knows(s, i, j, CO_OFFENDING, held + p.commission_tie * (1.0 - held))
