"""Before history begins: the prisons already hold those whom years of ordinary policing would have put there."""

import math

import numpy as np

from simulation.chance.draws import lognormal, poisson, uniforms
from simulation.chance.identity import splitmix
from simulation.chance.streams import JUSTICE
from simulation.kernel import kernel
from simulation.kernels.enforce import WEEKS_A_YEAR, arrest_rates
from simulation.kernels.justice import WEEKS_A_MONTH, mean_sentence
from simulation.kernels.recruits import at_large, new_person
from simulation.state.codes import EXPOSURE_OF_ROLE, FROM_25, KIND_PERSON, PRISON, STREET
from simulation.state.world import PEOPLE_INITIAL

FIRST_PRISONER = 1 << 32  # ordinals of identities that no child of a person can have otherwise


@kernel
def expected_inside(p, role):
    """People in prison for each person at large of a role, were arrests as now for ever: arrivals times time served."""
    street = EXPOSURE_OF_ROLE[role] == STREET
    # the case is what the arrest itself brings
    charged = p.justice_charge_least + (p.justice_charge_most - p.justice_charge_least) * p.enforcement_evidence
    custody = p.justice_custody_core
    if street:
        custody = p.justice_custody_street * (1.0 - p.replacement_under_18 * (1.0 - p.justice_under_18))
    remand = p.justice_remand_street if street else p.justice_remand_core
    served = mean_sentence(p, role) * WEEKS_A_MONTH * p.justice_served - remand * p.justice_preparation
    convicted = p.justice_pleads + (1.0 - p.justice_pleads) * p.justice_verdict
    arrests = p.on_enforcement * p.on_justice * arrest_rates(p)[role] / WEEKS_A_YEAR
    return arrests * charged * convicted * custody * max(0.0, served)


@kernel
def fill_prisons(s, p, key, w):
    """For everyone at large there are prisoners as many as expected, from the same business; gives how many.

    Call it once, after the world is populated and before its people are counted. Sentences met in prison are longer
    than those handed down, since the long ones last: their logarithm is shifted by its variance.
    """
    person = s.person
    spread = p.justice_sentence_spread
    size = person.id.size
    outside = np.empty(size, np.int32)
    count = 0
    for i in range(size):
        if at_large(person.status[i]):
            outside[count] = i
            count += 1
    made = 0
    for c in range(count):
        i = outside[c]
        chance = uniforms(key, person.id[i], w, JUSTICE, 1, 0)
        for n in range(poisson(chance[0], expected_inside(p, person.role[i]))):
            identity = splitmix(person.id[i], np.uint64(KIND_PERSON), np.uint64(FIRST_PRISONER + n))
            fate = uniforms(key, identity, w, JUSTICE, 1, 0)
            loc = person.place[i]
            j = new_person(s, w, identity, loc, -1, -1, person.role[i], FROM_25, person.skill[i], 0.0, fate[1])
            person.experience[j] = person.experience[i]
            person.business_id[j] = person.business_id[i]
            person.post_id[j] = person.post_id[i]
            median = mean_sentence(p, person.role[j]) * WEEKS_A_MONTH * math.exp(0.5 * spread * spread)
            person.status[j] = PRISON
            person.sentence[j] = lognormal(fate[3], median, spread)
            person.due[j] = w + 1 + int(fate[2] * person.sentence[j] * p.justice_served)
            person.record[j] = 1
            s.tally.people[PEOPLE_INITIAL] += 1
            made += 1
    return made
