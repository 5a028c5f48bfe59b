"""Crews renew themselves: a broker short of hands takes on a newcomer, and who sees brokers prosper becomes one."""

import math

import numpy as np

from simulation.chance.batches import words_of
from simulation.chance.draws import uniforms, unit
from simulation.chance.identity import splitmix
from simulation.chance.streams import COMMISSION
from simulation.kernel import kernel
from simulation.kernels.events import record
from simulation.kernels.founding import invest, new_business
from simulation.kernels.recruits import befriend, detach, newcomer, recruit_member
from simulation.state.codes import (
    BROKER,
    CAUSE_MARKET,
    CO_OFFENDING,
    COMMISSIONING,
    EVENT_ENTRY,
    FENCE,
    KIND_BUSINESS,
    KIND_PERSON,
    ROLES,
    TARGET_BUSINESS,
    THIEF,
)
from simulation.state.counters import ENTRIES
from simulation.state.project import ASSEMBLING, PROJECT_SLOTS, RECIPES
from simulation.state.world import PEOPLE_ARRIVED

VENTURE, NEWCOMER = 4, 16  # draws of the stream, one for each purpose; newcomers by role
WEEK_ORIGIN = 1024  # burn-in weeks are negative, ordinals are not
PARTS = 1048576.0  # fixed point of profit ratios
OPEN_FIELD = 2.0  # profit over what is required that a market without brokers is thought to offer


@kernel
def follow(s, b, recipe):
    """A business takes up the jobs of a market, and expects what they must bring."""
    s.project.recipe[b] = recipe
    required = s.recipe.required[recipe]
    s.business.required[b] = required
    s.business.profit[b] = required
    s.business.aspiration[b] = required


@kernel
def hiring(s, p, recipe, k):
    """Hazard of finding a newcomer for a slot where many young people are at risk."""
    if s.recipe.hire[recipe, k] >= 0.0:
        return s.recipe.hire[recipe, k]
    role = s.recipe.role[recipe, k]
    if role == THIEF:
        return p.freelance_hire_thief
    return p.freelance_hire_fence if role == FENCE else p.freelance_hire_specialist


@kernel
def easiest(s, p, key, w, b, found):
    """The open role that a broker would fill most easily with a newcomer, and how easily; -1: with none this week."""
    recipe = s.project.recipe[b]
    best = -1
    lead = 0.0
    for k in range(s.recipe.slots[recipe]):
        if s.project.member[b, k] >= 0:
            continue
        role = s.recipe.role[recipe, k]
        u = uniforms(key, s.business.id[b], w, COMMISSION, NEWCOMER + role, 0)[0]
        hazard = hiring(s, p, recipe, k) * found
        if u >= hazard:
            continue  # a chance is never more than its hazard
        margin = 1.0 - math.exp(-hazard) - u
        if margin > lead:
            best = role
            lead = margin
    return best, lead


@kernel
def hire(s, p, key, w, brokers):
    """A locality gives at most one newcomer a week to brokers at home there: to the one who finds one most easily.

    Whoever works online finds newcomers anywhere: they come from outside, and nobody has to share them.
    """
    best = np.full(s.place.id.size, -1, np.int32)
    role_of = np.zeros(s.place.id.size, np.int64)
    lead = np.zeros(s.place.id.size)
    for b in brokers:
        l = s.business.home[b]
        if s.project.stage[b] != ASSEMBLING or s.business.leader[b] < 0:
            continue
        if s.recipe.online[s.project.recipe[b]]:
            role, _ = easiest(s, p, key, w, b, 1.0)
            if role >= 0:
                welcome(s, p, key, w, l, b, role)
            continue
        pool = s.place.pool[l]
        if pool <= 0:
            continue
        role, margin = easiest(s, p, key, w, b, pool / (pool + p.freelance_half_pool))
        other = best[l]
        if role >= 0 and (
            other < 0 or margin > lead[l] or (margin == lead[l] and s.business.id[b] < s.business.id[other])
        ):
            best[l] = b
            role_of[l] = role
            lead[l] = margin
    for l in range(best.size):
        if best[l] >= 0:
            recruit_member(s, p, key, w, l, best[l], role_of[l], role_of[l])


@kernel
def welcome(s, p, key, w, l, b, role):
    """Someone from outside joins a broker who works online."""
    identity = splitmix(s.business.id[b], np.uint64(KIND_PERSON), np.uint64((w + WEEK_ORIGIN) * ROLES + role))
    s.tally.people[PEOPLE_ARRIVED] += 1
    i = newcomer(s, p, key, w, l, b, identity, role)
    s.business.members[b] += 1
    befriend(s, i, s.business.leader[b], CO_OFFENDING, p.replacement_tie_holder)


@kernel
def set_up(s, p, key, w, brokers, free, first):
    """Crew members found businesses of their own with a hazard that rises with what brokers earn of what they require.

    Each market draws its brokers from one role; whoever could enter several enters the one whose brokers do best.
    """
    parts = np.zeros(RECIPES, np.int64)
    number = np.zeros(RECIPES, np.int64)
    for b in brokers:
        r = s.project.recipe[b]
        parts[r] += np.int64(PARTS * (s.business.profit[b] / max(1.0, s.business.required[b])))
        number[r] += 1
    ratio = np.full(ROLES, -math.inf)
    best = np.full(ROLES, -1, np.int64)
    for r in range(RECIPES):
        if s.recipe.slots[r] == 0:
            continue
        role = s.recipe.founder[r]
        # nobody brokers: the field is open
        found = parts[r] / PARTS / number[r] if number[r] > 0 else OPEN_FIELD
        if found > ratio[role]:
            ratio[role] = found
            best[role] = r
    luck, other_luck = ventures(s, key, w, free)
    for role in range(ROLES):
        if best[role] < 0:
            continue
        own = s.recipe.found[best[role]]
        most = own if own >= 0.0 else p.freelance_found
        hazard = most / (1.0 + math.exp(-(ratio[role] - 1.0) / p.freelance_sharpness))
        chance = 1.0 - math.exp(-hazard)
        for n in range(first[role], first[role + 1]):
            if unit(luck[n]) < chance:
                found_brokerage(s, p, w, free[n], brokers, best[role])
    for r in range(RECIPES):
        if s.recipe.slots[r] > 0 and number[r] == 0:
            step_in(s, p, w, brokers, free, first, r, other_luck)


@kernel
def ventures(s, key, w, free):
    """Two words of each free hand: whether it becomes a broker by its role, and whether where there is none."""
    count = free.size
    who, nobody = np.empty(count, np.uint64), np.zeros(count, np.uint64)
    for n in range(count):
        who[n] = s.person.id[free[n]]
    one, two = np.empty(count, np.uint32), np.empty(count, np.uint32)
    three, four = np.empty(count, np.uint32), np.empty(count, np.uint32)
    words_of(key, who, w, COMMISSION, VENTURE, nobody, count, one, two, three, four)
    return one, two


@kernel
def step_in(s, p, w, brokers, free, first, r, luck):
    """Where nobody brokers any more, anyone who knows the work from within may take it up, not only those who usually do."""
    own = s.recipe.found[r]
    most = own if own >= 0.0 else p.freelance_found
    chance = 1.0 - math.exp(-most / (1.0 + math.exp(-(OPEN_FIELD - 1.0) / p.freelance_sharpness)))
    tried = np.zeros(ROLES, np.uint8)
    for k in range(s.recipe.slots[r]):
        role = s.recipe.role[r, k]
        if tried[role] or role == s.recipe.founder[r]:
            continue
        tried[role] = 1
        for n in range(first[role], first[role + 1]):
            i = free[n]
            if s.person.role[i] == role and unit(luck[n]) < chance:
                found_brokerage(s, p, w, i, brokers, r)


@kernel
def found_brokerage(s, p, w, i, brokers, recipe):
    """One person sets up as a broker at home, with savings of their own, unless a project just took them on."""
    person = s.person
    for b in brokers:
        for k in range(PROJECT_SLOTS):
            if s.project.member[b, k] == i:
                return
    l = person.place[i]
    if person.business[i] >= 0:
        detach(s, i)
    identity = splitmix(person.id[i], np.uint64(KIND_BUSINESS), np.uint64(w + WEEK_ORIGIN))
    b = new_business(s, p, w, identity, l, -1, -1, COMMISSIONING)
    follow(s, b, recipe)
    s.business.founder[b] = person.id[i]
    invest(s, b, p.freelance_capital)
    person.role[i] = BROKER
    person.business[i] = b
    person.business_id[i] = identity
    s.business.members[b] = 1
    s.business.leader[b] = i
    s.business.leader_id[b] = person.id[i]
    s.tally.week[ENTRIES] += 1
    record(s, w, EVENT_ENTRY, TARGET_BUSINESS, identity, s.place.id[l], CAUSE_MARKET, -1, -1.0)
