"""Commissioned crime before history begins: brokers, and the people they may call on."""

from __future__ import annotations

import math

import numpy as np

from simulation.chance.draws import race_time, uniform, uniforms
from simulation.chance.identity import splitmix
from simulation.chance.streams import POPULATE
from simulation.errors import OutOfRange
from simulation.kernel import kernel
from simulation.kernels.founding import invest, new_business
from simulation.kernels.freelance import follow
from simulation.kernels.recruits import befriend, new_person
from simulation.schema import Recipe, Scenario
from simulation.state.codes import (
    BROKER,
    CO_OFFENDING,
    COMMISSIONING,
    ELSEWHERE,
    FENCE,
    FROM_18_TO_24,
    FROM_25,
    KIND_BUSINESS,
    KIND_PERSON,
    KIND_PROJECT,
    SPECIALIST,
    THIEF,
    UNDER_18,
)
from simulation.state.project import RECIPES
from simulation.state.values import Values
from simulation.state.world import PEOPLE_INITIAL, State

# skills of a recipe that have a role of their own; whoever has another skill is a specialist
ROLE_OF_SKILL = {"thief": THIEF, "handler": FENCE, "fence": FENCE}
ROLES = (THIEF, SPECIALIST, FENCE)
FIRST = 4096  # parents of the first brokers and freelancers: apart from those of the chains' businesses
APART = 64  # and those of one market from those of the next
HOME, TRAITS, CONTACT = 5, 6, 7  # draws of the stream, one for each purpose


def prepare_crews(s: State, scenario: Scenario, p: Values, key: np.uint64, start: int) -> None:
    """Settle every commissioned market of a scenario, as many brokers and skills as its recipe says."""
    fill_recipes(s, scenario)
    for r, recipe in enumerate(recipes(scenario)):
        number = np.zeros(FENCE + 1, np.int64)
        for skill, wanted in recipe.skills.items():
            number[ROLE_OF_SKILL.get(skill, SPECIALIST)] += wanted.available.whole
        young = scenario.community.aged_18_24.value
        settle_crews(s, p, key, start, r, recipe.brokers.whole, number, scenario.community.under_18.value, young)


def recipes(scenario: Scenario) -> list[Recipe]:
    """What the commissioned markets of a scenario ask for, in the order of their ids."""
    found = [scenario.markets[name].recipe for name in sorted(scenario.markets)]
    return [recipe for recipe in found if recipe is not None]


def fill_recipes(s: State, scenario: Scenario) -> None:
    """Write the constants of every commissioned market; slots by role, thieves first."""
    found = recipes(scenario)
    if len(found) > RECIPES:
        raise OutOfRange(key="markets", given=len(found), allowed=f"at most {RECIPES} commissioned markets")
    for r, recipe in enumerate(found):
        into = s.recipe
        into.projects[r] = recipe.projects.value
        into.value[r] = recipe.value.value
        into.success[r] = recipe.success.value
        into.crimes[r] = recipe.crimes.value
        into.overhead[r] = recipe.overhead.value
        into.required[r] = recipe.required_profit.value
        into.slots[r] = 0
        order = sorted(recipe.skills, key=lambda skill: (ROLES.index(ROLE_OF_SKILL.get(skill, SPECIALIST)), skill))
        for skill in order:
            for _ in range(recipe.skills[skill].needed.whole):
                k = into.slots[r]
                into.role[r, k] = ROLE_OF_SKILL.get(skill, SPECIALIST)
                into.share[r, k] = recipe.skills[skill].share.value
                into.slots[r] += 1


@kernel
def settle_crews(s, p, key, start, recipe, brokers, number, under_18, young):
    """People of each skill, then brokers with their businesses, each of whom knows a crew."""
    hands = np.empty(number.sum(), np.int32)
    count = 0
    first = FIRST + APART * recipe
    for role in ROLES:
        for n in range(number[role]):
            identity = splitmix(np.uint64(first + role), np.uint64(KIND_PERSON), np.uint64(n))
            hands[count] = freelancer(s, key, start, identity, role, -1, home(s, key, identity), under_18, young)
            count += 1
    for n in range(brokers):
        identity = splitmix(np.uint64(first + KIND_PROJECT), np.uint64(KIND_BUSINESS), np.uint64(n))
        l = home(s, key, identity)
        b = new_business(s, p, start, identity, l, -1, -1, COMMISSIONING)
        follow(s, b, recipe)
        s.business.born[b] = start - int(uniforms(key, identity, 0, POPULATE, TRAITS, 0)[0] * p.populate_age)
        invest(s, b, p.freelance_capital)
        own = splitmix(identity, np.uint64(KIND_PERSON), np.uint64(0))
        i = freelancer(s, key, start, own, BROKER, b, l, 0.0, young)
        s.business.leader[b] = i
        s.business.leader_id[b] = own
        s.business.members[b] = 1
        for k in range(s.recipe.slots[recipe]):
            known = contact(s, key, i, k, s.recipe.role[recipe, k], hands)
            if known >= 0:
                befriend(s, i, known, CO_OFFENDING, p.commission_tie)


@kernel
def home(s, key, identity):
    """A locality by population and deprivation, drawn as a race between localities."""
    best = 0
    least = math.inf
    for l in range(s.place.id.size):
        if s.place.kind[l] == ELSEWHERE:
            continue
        weight = s.place.population[l] * s.place.deprivation[l]
        time = race_time(uniform(key, identity, 0, POPULATE, HOME, s.place.id[l]), weight)
        if time < least:
            least = time
            best = l
    return best


@kernel
def freelancer(s, key, start, identity, role, b, l, under_18, young):
    """One person who lives from jobs when the world begins."""
    traits = uniforms(key, identity, 0, POPULATE, TRAITS, 0)
    age = FROM_25
    if role == THIEF and traits[0] < under_18:
        age = UNDER_18
    elif traits[0] < under_18 + young:
        age = FROM_18_TO_24
    experience = 260.0 * traits[1]
    skill = 0.2 + 0.6 * traits[2]
    i = new_person(s, start - int(experience), identity, l, -1, b, role, age, skill, experience, traits[3])
    s.tally.people[PEOPLE_INITIAL] += 1
    return i


@kernel
def contact(s, key, broker, k, role, hands):
    """The person whom a broker has worked with in one slot of a crew: near home, drawn as a race."""
    person = s.person
    best = -1
    least = math.inf
    x, y = s.place.x[person.place[broker]], s.place.y[person.place[broker]]
    for i in hands:
        if person.role[i] != role:
            continue
        distance = math.hypot(s.place.x[person.place[i]] - x, s.place.y[person.place[i]] - y)
        u = uniform(key, person.id[broker], 0, POPULATE, CONTACT + k, person.id[i])
        time = race_time(u, 1.0 / (1.0 + distance * distance))
        if time < least:
            least = time
            best = i
    return best
