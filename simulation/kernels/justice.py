"""Those arrested are charged or let go, wait for a court of limited capacity, serve their time, and may come back."""

import math

import numpy as np

from simulation.chance.draws import lognormal, uniforms
from simulation.chance.streams import JUSTICE, PLEA
from simulation.chance.streams import LICENCE as LICENCE_STREAM
from simulation.kernel import kernel
from simulation.kernels.ages import grow_up
from simulation.kernels.custody import go_back_to, lock_up
from simulation.kernels.events import record
from simulation.kernels.recruits import by_identity, let_go, remove_person, stop_steering
from simulation.kernels.rows import AWAY, rows_in, rows_of
from simulation.state.codes import (
    BAIL,
    CAUSE_REPORT,
    CORE,
    EVENT_CHARGE,
    EVENT_RELEASE,
    EVENT_SENTENCE,
    EXITED,
    EXPOSURE_OF_ROLE,
    EXPOSURES,
    FREE,
    LEVELS,
    LICENCE,
    PRISON,
    REMAND,
    STREET,
    TARGET_PERSON,
    UNDER_18,
)
from simulation.state.counters import CHARGED, CHARGED_UNDER_18, CONVICTIONS, RELEASES

NEVER = -100000
WEEKS_A_MONTH = 52.0 / 12.0
WEEKS_A_YEAR = 52.0
NOT_DONE_WITH = 1 << REMAND | 1 << PRISON | 1 << LICENCE | 1 << BAIL | 1 << EXITED  # whom the courts have to do with


@kernel
def evidence(s, i):
    """How strong the case is: evidence held, and the best knowledge of the person at any level, as if independent."""
    known = 0.0
    for level in range(LEVELS):
        known = max(known, float(s.person.knowledge[i, level]))
    return 1.0 - (1.0 - known) * (1.0 - s.person.heat[i])


@kernel
def set_free(s, w, i, back):
    """Nobody holds the person any more, but an old licence may still run; whoever is not at work will go back to it.

    Whoever has left the trade is gone.
    """
    person = s.person
    if person.left[i]:
        let_go(s, i)
        return
    person.status[i] = LICENCE if person.due[i] > w else FREE
    if person.business[i] < 0:
        returns(i, back)


@kernel
def returns(i, back):
    """One more who goes back to work at the end of the week's business in court; `back[0]` counts them."""
    back[0] += 1
    back[back[0]] = i


@kernel
def decide_charge(s, p, key, w, i, back):
    """A person just arrested is charged, and kept on remand or bailed; or let go, back to work."""
    person = s.person
    chance = uniforms(key, person.id[i], w, JUSTICE, 0, 0)
    likely = p.justice_charge_least + (p.justice_charge_most - p.justice_charge_least) * evidence(s, i)
    if chance[0] >= likely * p.on_justice:
        set_free(s, w, i, back)
        return
    s.tally.week[CHARGED] += 1
    s.tally.week[CHARGED_UNDER_18] += person.age[i] == UNDER_18
    person.charged[i] = w
    record(s, w, EVENT_CHARGE, TARGET_PERSON, person.id[i], person.business_id[i], CAUSE_REPORT, -1, likely)
    street = EXPOSURE_OF_ROLE[person.role[i]] == STREET
    held = p.justice_remand_street if street else p.justice_remand_core
    if person.age[i] == UNDER_18:
        held *= p.justice_under_18
    if chance[1] < held:
        return
    person.status[i] = BAIL
    # the same draw, further up its range, decides whether a bailed person goes back to work before the trial
    if chance[1] < held + (1.0 - held) * p.justice_bail_works:
        returns(i, back)
    else:
        stop_steering(s, i)


@kernel
def mean_sentence(p, role):
    """Mean months of a custodial sentence by role."""
    exposure = EXPOSURE_OF_ROLE[role]
    if exposure == STREET:
        return p.justice_months_street
    return p.justice_months_leader if exposure == CORE else p.justice_months_middle


@kernel
def pleads_guilty(s, p, key, i):
    """Whether a charged person will admit it: no trial is needed then."""
    return uniforms(key, s.person.id[i], s.person.charged[i], PLEA, 0, 0)[0] < p.justice_pleads


@kernel
def ready(s, p, key, w, i):
    """Whether a case can be heard: a plea soon, and soon whoever is held, since custody has a limit; trials of others
    wait their turn for long.
    """
    waited = w - s.person.charged[i]
    if waited < int(p.justice_preparation):
        return False
    return s.person.status[i] == REMAND or waited >= int(p.justice_trial) or pleads_guilty(s, p, key, i)


@kernel
def hear(s, p, key, w, i, back):
    """One case is heard: acquitted, punished in the community, or sent to prison."""
    person = s.person
    chance = uniforms(key, person.id[i], person.charged[i], JUSTICE, 0, 0)
    guilty = pleads_guilty(s, p, key, i) or chance[2] < p.justice_verdict
    punished = uniforms(key, person.id[i], person.charged[i], PLEA, 0, 0)[1]
    waited = w - person.charged[i] if person.status[i] == REMAND else 0
    person.charged[i] = NEVER
    inside = False
    if guilty:
        s.tally.week[CONVICTIONS] += 1
        person.record[i] = min(250, person.record[i] + 1)
        street = EXPOSURE_OF_ROLE[person.role[i]] == STREET
        custody = p.justice_custody_street if street else p.justice_custody_core
        if person.age[i] == UNDER_18:
            custody *= p.justice_under_18
        inside = punished < custody
    if not inside:
        set_free(s, w, i, back)
        return
    spread = p.justice_sentence_spread
    median = mean_sentence(p, person.role[i]) * WEEKS_A_MONTH * math.exp(-0.5 * spread * spread)
    weeks = lognormal(chance[3], median, spread)
    lock_up(s, p, key, w, i)
    person.status[i] = PRISON
    person.sentence[i] = weeks
    person.due[i] = w + max(1, int(weeks * p.justice_served) - waited)
    record(s, w, EVENT_SENTENCE, TARGET_PERSON, person.id[i], person.business_id[i], CAUSE_REPORT, -1, weeks)


@kernel
def release(s, p, key, w, i, control, back):
    """The time is served: a share goes back to crime, to the old business if it lives; the rest leave for good.

    Whoever had left the trade before does not go back to it.
    The more closely those released are supervised (`control`, 1 as now), the fewer go back.
    """
    person = s.person
    s.tally.week[RELEASES] += 1
    served = person.sentence[i]
    record(s, w, EVENT_RELEASE, TARGET_PERSON, person.id[i], person.business_id[i], CAUSE_REPORT, -1, served)
    if person.left[i]:
        let_go(s, i)
        return
    core = EXPOSURE_OF_ROLE[person.role[i]] == CORE
    again = p.justice_reentry_core if core else p.justice_reentry
    again **= control**p.justice_control_return
    if uniforms(key, person.id[i], w, LICENCE_STREAM, 1, 0)[1] >= again:
        remove_person(s, w, i, EXITED)
        return
    person.status[i] = LICENCE
    person.due[i] = w + max(1, int(person.sentence[i] * (1.0 - p.justice_served)))
    returns(i, back)


@kernel
def recall_chances(v, p, lw):
    """Chance a week of a recall by exposure: the closer someone is watched, the more breaches are seen."""
    chances = np.empty(EXPOSURES)
    for e in range(EXPOSURES):
        seen = v.licence_control[lw, e] ** p.justice_control_recall
        chances[e] = -math.expm1(-p.justice_recall / WEEKS_A_YEAR * seen)
    return chances


@kernel
def cut_off(s, key, w, i, hazard):
    """Whoever runs a business from prison may lose touch with it, where an order of the court restricts them."""
    if uniforms(key, s.person.id[i], w, LICENCE_STREAM, 1, 0)[2] < -math.expm1(-hazard):
        stop_steering(s, i)


@kernel
def recall(s, p, key, w, i):
    """Someone on licence breaches it and goes back inside for a while."""
    person = s.person
    lock_up(s, p, key, w, i)
    person.status[i] = PRISON
    person.due[i] = w + max(1, int(p.justice_recall_weeks))


@kernel
def places_in_court(s, v, p, w, lw):
    """Cases that each region's courts can hear this week: whole cases, fractions carried to later weeks."""
    regions = 0
    for loc in range(s.place.id.size):
        regions = max(regions, s.place.region[loc] + 1)
    hearings = np.zeros(regions)
    for loc in range(s.place.id.size):
        hearings[s.place.region[loc]] += s.place.hearings[loc]
    places = np.empty(regions, np.int64)
    for r in range(regions):
        rate = hearings[r] * v.court_throughput[lw, r]
        places[r] = math.floor(rate * (w + 1)) - math.floor(rate * w)
    return places


@kernel
def hear_cases(s, v, p, key, w, lw, waiting, count, back):
    """Each region's courts take the oldest ready cases; of two charged in one week, the lower identity first."""
    places = places_in_court(s, v, p, w, lw)
    person = s.person
    here = np.empty(count, np.int32)
    for r in range(places.size):
        ready = 0
        for c in range(count):
            here[ready] = waiting[c]
            ready += s.place.region[person.place[waiting[c]]] == r
        for _ in range(places[r]):
            first = -1
            at = -1
            for c in range(ready):
                i = here[c]
                if i < 0:
                    continue
                if (
                    first < 0
                    or person.charged[i] < person.charged[first]
                    or (person.charged[i] == person.charged[first] and person.id[i] < person.id[first])
                ):
                    first = i
                    at = c
            if first < 0:
                break
            here[at] = -1
            hear(s, p, key, w, first, back)


@kernel
def justice(s, v, p, key, w, lw):
    """People are charged, bailed or remanded, sentenced when a court has time, released, and watched on licence."""
    person = s.person
    recalled = recall_chances(v, p, lw)
    control, severed = v.licence_control[lw], v.custody_control[lw]
    rows = rows_in(person.status, NOT_DONE_WITH)
    waiting = np.empty(rows.size, np.int32)
    back = np.empty(rows.size + 1, np.int32)
    back[0] = 0
    count = 0
    for i in rows:
        status = person.status[i]
        if status in (REMAND, BAIL, EXITED):
            if person.charged[i] == NEVER:
                decide_charge(s, p, key, w, i, back)
            elif ready(s, p, key, w, i):
                waiting[count] = i
                count += 1
        elif status == PRISON:
            exposure = EXPOSURE_OF_ROLE[person.role[i]]
            if w >= person.due[i]:
                release(s, p, key, w, i, control[exposure], back)
            elif person.steers[i] and severed[exposure] > 0.0:
                cut_off(s, key, w, i, severed[exposure])
        elif status == LICENCE:
            if w >= person.due[i]:
                person.status[i] = FREE
            elif uniforms(key, person.id[i], w, LICENCE_STREAM, 0, 0)[0] < recalled[EXPOSURE_OF_ROLE[person.role[i]]]:
                recall(s, p, key, w, i)
    if count > 0:
        hear_cases(s, v, p, key, w, lw, waiting, count, back)
    for i in rows_in(person.status, AWAY):  # those at large grow up with `people`
        grow_up(s, p, w, i)
    # in the order of identities, since two may come back to one post
    returners = back[1 : 1 + back[0]]
    by_identity(returners, returners.size, person.id)
    employers, posts = np.empty(returners.size, np.uint64), np.empty(returners.size, np.uint64)
    for n in range(returners.size):
        employers[n], posts[n] = person.business_id[returners[n]], person.post_id[returners[n]]
    businesses, outlets = rows_of(s.business.id, employers), rows_of(s.outlet.id, posts)
    for n in range(returners.size):
        go_back_to(s, returners[n], businesses[n], outlets[n])
