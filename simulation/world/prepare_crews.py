"""Commissioned crime before history begins: brokers, and the people they may call on."""

from __future__ import annotations

import math
from typing import NamedTuple
from zlib import crc32

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
    CALLER,
    CO_OFFENDING,
    CODER,
    COMMISSIONING,
    CUSTOMERS,
    ELSEWHERE,
    FENCE,
    FORGER,
    FROM_18_TO_24,
    FROM_25,
    HERDER,
    HOUSEHOLDS,
    KIND_BUSINESS,
    KIND_PERSON,
    KIND_PROJECT,
    LEGAL_ECONOMY,
    RECRUITER,
    ROLES,
    SPECIALIST,
    THIEF,
    TRANSPORT,
    UNDER_18,
)
from simulation.state.project import RECIPES
from simulation.state.values import Values
from simulation.state.world import PEOPLE_INITIAL, State

# skills of a recipe that have a role of their own; whoever has another skill is a specialist
ROLE_OF_SKILL = {
    "thief": THIEF, "handler": FENCE, "fence": FENCE, "coder": CODER, "forger": FORGER, "transport": TRANSPORT,
    "herder": HERDER, "recruiter": RECRUITER, "caller": CALLER,
}  # fmt: skip
ORDER = (THIEF, SPECIALIST, FENCE, CODER, FORGER, TRANSPORT, HERDER, RECRUITER, CALLER)  # in which slots stand
PAYERS = {"legal-economy": LEGAL_ECONOMY, "households": HOUSEHOLDS, "customers": CUSTOMERS}
HOME, TRAITS, CONTACT = 5, 6, 7  # draws of the stream, one for each purpose


def prepare_crews(s: State, scenario: Scenario, p: Values, key: np.uint64, start: int) -> None:
    """Settle every commissioned market of a scenario, as many brokers and skills as its recipe says."""
    fill_recipes(s, scenario)
    for r, market in enumerate(commissioned(scenario)):
        number = np.zeros(ROLES, np.int64)
        for skill, wanted in market.recipe.skills.items():
            number[role_of(skill)] += wanted.available.whole
        community = scenario.community
        young = community.aged_18_24.value
        # parents of the first brokers and freelances: by the market's name, so that no other market moves them
        first = np.uint64(splitmix(np.uint64(crc32(market.id.encode())), np.uint64(KIND_PROJECT), np.uint64(0)))
        settle_crews(s, p, key, start, r, first, market.recipe.brokers.whole, number, community.under_18.value, young)


def role_of(skill: str) -> int:
    """The role in which someone with a skill works."""
    return ROLE_OF_SKILL.get(skill, SPECIALIST)


class Commissioned(NamedTuple):
    """A market of commissioned jobs."""

    id: str
    recipe: Recipe


def commissioned(scenario: Scenario) -> list[Commissioned]:
    """The commissioned markets of a scenario, in the order of their ids: rows of the recipes and sectors."""
    found = [(name, scenario.markets[name].recipe) for name in sorted(scenario.markets)]
    return [Commissioned(name, recipe) for name, recipe in found if recipe is not None]


def fill_recipes(s: State, scenario: Scenario) -> None:
    """Write the constants of every commissioned market; slots by role, thieves first."""
    found = commissioned(scenario)
    if len(found) > RECIPES:
        raise OutOfRange(key="markets", given=len(found), allowed=f"at most {RECIPES} commissioned markets")
    for r, (_, recipe) in enumerate(found):
        into = s.recipe
        into.projects[r] = recipe.projects.value
        into.value[r] = recipe.value.value
        into.success[r] = recipe.success.value
        into.crimes[r] = recipe.crimes.value
        into.overhead[r] = recipe.overhead.value
        into.required[r] = recipe.required_profit.value
        into.founder[r] = role_of(recipe.founder)
        into.online[r] = recipe.reach == "anywhere"
        into.local[r] = recipe.victims == "local"
        into.theft[r] = recipe.record == "theft"
        into.payer[r] = PAYERS[recipe.payer]
        into.potential[r] = recipe.brokers.whole * recipe.projects.value * recipe.success.value * recipe.crimes.value
        for column, said in (
            (into.recorded, recipe.recorded), (into.harm, recipe.harm), (into.harmed, recipe.victims_each),
            (into.learning, recipe.learning), (into.meeting, recipe.meeting), (into.found, recipe.found),
        ):  # fmt: skip
            if said is not None:
                column[r] = said.value
        into.slots[r] = 0
        for skill in sorted(recipe.skills, key=lambda skill: (ORDER.index(role_of(skill)), skill)):
            wanted = recipe.skills[skill]
            for _ in range(wanted.needed.whole):
                k = into.slots[r]
                into.role[r, k] = role_of(skill)
                into.share[r, k] = wanted.share.value
                if wanted.hire is not None:
                    into.hire[r, k] = wanted.hire.value
                into.slots[r] += 1


@kernel
def settle_crews(s, p, key, start, recipe, first, brokers, number, under_18, young):
    """People of each skill, then brokers with their businesses, each of whom knows a crew."""
    hands = np.empty(number.sum(), np.int32)
    count = 0
    for role in range(number.size):
        for n in range(number[role]):
            identity = splitmix(first, np.uint64(KIND_PERSON), np.uint64(n * number.size + role))
            hands[count] = freelancer(s, key, start, identity, role, -1, home(s, key, identity), under_18, young)
            count += 1
    for n in range(brokers):
        identity = splitmix(first, np.uint64(KIND_BUSINESS), np.uint64(n))
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
