"""Brokers assemble people for jobs that a market commissions: whom they trust and who is near is found first.

A project stands open until everyone has agreed whom its market's recipe asks for, such as two thieves, a specialist and
a fence; a slot that stays empty too long ends it.
Two brokers who want one person in one week are told apart by the person's own race, so that no row comes first.
"""

import math

import numpy as np

from simulation.chance.batches import words_of
from simulation.chance.draws import poisson, race_time, uniforms, unit
from simulation.chance.streams import COMMISSION
from simulation.kernel import kernel
from simulation.kernels.closing import close_businesses
from simulation.kernels.events import record
from simulation.kernels.freelance import hire, set_up
from simulation.kernels.hands import by_place, free_hands
from simulation.kernels.jobs import carry_out, clear_slot, close_project, paid_of_asked
from simulation.kernels.recruits import at_large, by_identity
from simulation.kernels.sectors import ease, learn, start_counts
from simulation.state.codes import (
    ACTIVE,
    CAUSE_CHOICE,
    CAUSE_INSOLVENCY,
    COMMISSIONING,
    EVENT_PROJECT,
    NEAR,
    OUTSIDE,
    ROLES,
    SOCIAL_SLOTS,
    TARGET_BUSINESS,
)
from simulation.state.project import ASSEMBLING, IDLE, PROJECT_SLOTS

DRAW, PLACE_RACE, CREW_RACE = 0, 1, 2  # draws of the stream, one for each purpose


@kernel
def commission(s, v, p, key, w, lw):
    """Brokers assemble people for jobs, if enough of them agree; the jobs are done, and pay."""
    learn(s, v, p, lw)
    start_counts(s)
    if p.on_commission == 0.0:
        return
    brokers = np.empty(s.business.id.size, np.int32)
    ending = np.empty(s.business.id.size, np.int32)
    count = 0
    short = 0
    failed = 0
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] != ACTIVE or s.business.model[b] != COMMISSIONING:
            continue
        if s.business.broke[b] >= p.accounts_broke_weeks:
            ending[failed] = b
            failed += 1
            continue
        brokers[count] = b
        count += 1
        short += look_after(s, v, p, key, w, lw, b)
    by_identity(ending, failed, s.business.id)
    close_businesses(s, p, key, w, ending, failed, np.full(failed, CAUSE_INSOLVENCY))
    brokers = brokers[:count]
    free, first, position = free_hands(s, brokers)
    if short > 0:
        assemble(s, v, p, key, w, lw, brokers, free, first, position)
    for b in brokers:
        if s.project.stage[b] == ASSEMBLING and missing(s, b) == 0:
            carry_out(s, v, p, key, w, lw, b)
    if p.on_freelance > 0.0:
        hire(s, p, key, w, brokers)
        set_up(s, p, key, w, brokers, free, first)
    for b in brokers:
        if s.project.stage[b] == ASSEMBLING and w - s.project.opened[b] >= p.commission_patience:
            record(s, w, EVENT_PROJECT, TARGET_BUSINESS, s.business.id[b], 0, CAUSE_CHOICE, -1, 0.0)
            close_project(s, b)


@kernel
def broker_of(s, b):
    """Row of the person who brokers for a business and is able to, or -1."""
    i = s.business.leader[b]
    if i >= 0 and s.person.id[i] == s.business.leader_id[b] and at_large(s.person.status[i]):
        return i
    return -1


@kernel
def look_after(s, v, p, key, w, lw, b):
    """Who of a crew is gone or inside leaves it; a broker draws a project, if there is none. Says how many slots are open."""
    project = s.project
    if project.owner_id[b] != s.business.id[b]:
        close_project(s, b)
        project.owner_id[b] = s.business.id[b]
    for k in range(s.recipe.slots[project.recipe[b]]):  # an idle project has none
        i = project.member[b, k]
        if i >= 0 and (s.person.id[i] != project.member_id[b, k] or not at_large(s.person.status[i])):
            clear_slot(s, b, k)
    if broker_of(s, b) < 0 and s.business.steered[b] == 0:
        return 0
    if project.stage[b] == IDLE:
        jobs = poisson(uniforms(key, s.business.id[b], w, COMMISSION, DRAW, 0)[0], s.recipe.projects[project.recipe[b]])
        if jobs == 0:
            return 0
        project.stage[b] = ASSEMBLING
        project.opened[b] = w
        project.jobs[b] = jobs
        s.sector.begun[project.recipe[b]] += jobs
        project.place[b] = choose_place(s, v, p, key, w, lw, b)
    return missing(s, b)


@kernel
def missing(s, b):
    """Open slots of a project."""
    count = 0
    for k in range(s.recipe.slots[s.project.recipe[b]]):
        if s.project.member[b, k] < 0:
            count += 1
    return count


@kernel
def choose_place(s, v, p, key, w, lw, b):
    """Where the job will be done: near home and where it is easy, or at home, if victims may be anywhere."""
    home = s.business.home[b]
    recipe = s.project.recipe[b]
    best = home
    if s.recipe.local[recipe] == 0:
        return best
    least = math.inf
    for n in range(NEAR):
        l = s.place.near[home, n]
        if l < 0:
            break
        u = uniforms(key, s.business.id[b], w, COMMISSION, PLACE_RACE, s.place.id[l])[0]
        pull = s.place.near_weight[home, n] * ease(s, v, p, lw, recipe, l) * s.place.population[l]
        time = race_time(u, pull)
        if time < least:
            least = time
            best = l
    return best


@kernel
def assemble(s, v, p, key, w, lw, brokers, free, first, position):
    """Brokers look for people, people take the first offer; time runs on one clock, so a scarce skill takes longest."""
    won_by = np.full(free.size, -1, np.int32)
    won_at = np.full(free.size, math.inf)
    offer = np.full((brokers.size, PROJECT_SLOTS), -1, np.int32)
    time = np.full((brokers.size, PROJECT_SLOTS), math.inf)
    near = np.zeros(s.place.id.size)
    trusted = np.zeros(s.person.id.size)
    order, start = by_place(s, free, first)
    called, rate = np.empty(free.size, np.int32), np.empty(free.size)
    who, whom = np.empty(free.size, np.uint64), np.empty(free.size, np.uint64)
    luck = np.empty((4, free.size), np.uint32)
    for n in range(brokers.size):
        b = brokers[n]
        i = broker_of(s, b)
        if s.project.stage[b] == ASSEMBLING and missing(s, b) > 0 and (i >= 0 or s.business.steered[b] > 0):
            count = call(s, v, p, lw, b, i, free, order, start, position, near, trusted, called, rate, who, whom)
            words_of(key, who, w, COMMISSION, CREW_RACE, whom, count, luck[0], luck[1], luck[2], luck[3])
            for c in range(count):
                u = unit(luck[3, c])
                # -log(u) is more than 1 - u: most do not agree this week, and need no logarithm
                if 1.0 - u < rate[c]:
                    agreed = race_time(u, rate[c])
                    if agreed < 1.0:
                        place_offer(s, b, called[c], agreed, free, offer[n], time[n])
    for n in range(brokers.size):
        for k in range(PROJECT_SLOTS):
            c = offer[n, k]
            if c < 0:
                continue
            other = won_by[c]
            if time[n, k] < won_at[c] or (
                time[n, k] == won_at[c] and s.business.id[brokers[n]] < s.business.id[brokers[other]]
            ):
                won_at[c] = time[n, k]
                won_by[c] = n
    for n in range(brokers.size):
        for k in range(PROJECT_SLOTS):
            c = offer[n, k]
            if c >= 0 and won_by[c] == n:
                s.project.member[brokers[n], k] = free[c]
                s.project.member_id[brokers[n], k] = s.person.id[free[c]]


@kernel
def call(s, v, p, lw, b, broker, free, order, start, position, near, trusted, called, rate, who, whom):
    """Whom one broker asks for the open slots of its project, and how readily each agrees: the trusted more so.

    Those who work online are in reach wherever they live. Gives how many are `called`.
    """
    person = s.person
    home = s.business.home[b]
    trust(s, p, broker, trusted, 1.0)
    for n in range(NEAR):
        if s.place.near[home, n] < 0:
            break
        near[s.place.near[home, n]] = s.place.near_weight[home, n]
    lacking = 0  # a bit for each role
    recipe = s.project.recipe[b]
    online = s.recipe.online[recipe]
    meeting = s.recipe.meeting[recipe] if s.recipe.meeting[recipe] >= 0.0 else p.commission_stranger
    for k in range(s.recipe.slots[recipe]):
        if s.project.member[b, k] < 0:
            lacking |= 1 << np.int64(s.recipe.role[recipe, k])
    count = 0
    places = s.place.id.size
    for role in range(ROLES):
        if not lacking >> role & 1:
            continue
        taken = paid_of_asked(v, p, lw, role)
        for n in range(1 if online else NEAR):
            l = s.place.near[home, n]
            if l < 0:
                break
            begin = role * places if online else role * places + l
            end = (role + 1) * places if online else begin + 1
            reach = 1.0 if online else s.place.near_weight[home, n]
            for c in order[start[begin] : start[end]]:
                i = free[c]
                readiness = taken * (meeting * reach * (p.commission_skill_floor + person.skill[i]) + trusted[i])
                if readiness > 0.0:
                    called[count] = c
                    rate[count] = readiness
                    who[count] = s.business.id[b]
                    whom[count] = person.id[i]
                    count += 1
    for f in range(SOCIAL_SLOTS if broker >= 0 and not online else 0):
        i = person.friend[broker, f]  # whom it knows elsewhere
        c = position[i] if i >= 0 else -1
        if c < 0 or near[person.place[i]] > 0.0 or not lacking >> np.int64(person.role[i]) & 1:
            continue
        readiness = paid_of_asked(v, p, lw, person.role[i]) * trusted[i]
        if readiness > 0.0:
            trusted[i] = 0.0
            called[count] = c
            rate[count] = readiness
            who[count] = s.business.id[b]
            whom[count] = person.id[i]
            count += 1
    trust(s, p, broker, trusted, 0.0)
    for n in range(NEAR):
        if s.place.near[home, n] < 0:
            break
        near[s.place.near[home, n]] = 0.0
    return count


@kernel
def trust(s, p, broker, trusted, on):
    """Whom a broker knows agrees sooner, by the strength of the tie; `on` at 0 wipes the slate."""
    if broker < 0:
        return
    for f in range(SOCIAL_SLOTS):
        i = s.person.friend[broker, f]
        if i >= 0 and s.person.friend_id[broker, f] == s.person.id[i]:
            trusted[i] = on * p.commission_known * s.person.strength[broker, f]


@kernel
def place_offer(s, b, c, agreed, free, offer, time):
    """A candidate takes its place among those for the open slots of its role, the soonest first; the last drops out."""
    recipe = s.project.recipe[b]
    role = s.person.role[free[c]]
    for k in range(s.recipe.slots[recipe]):
        if s.recipe.role[recipe, k] != role or s.project.member[b, k] >= 0:
            continue
        if agreed < time[k] or (agreed == time[k] and s.person.id[free[c]] < s.person.id[free[offer[k]]]):
            c, offer[k] = offer[k], c
            agreed, time[k] = time[k], agreed
            if c < 0:  # the place was free
                return
