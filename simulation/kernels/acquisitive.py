"""Users steal to pay for what they use; police record part of it, and the drug offences they look for."""

import math

from simulation.chance.draws import uniforms
from simulation.chance.streams import ACQUISITIVE as STREAM
from simulation.kernel import kernel
from simulation.kernels.counts import binomial, events
from simulation.kernels.presence import visible
from simulation.state.codes import PROACTIVE_STREET
from simulation.state.counters import ACQUISITIVE, ACQUISITIVE_RECORDED, DRUG_RECORDED
from simulation.state.project import STREET_THEFT

PENCE = 100.0
PER = 10000.0
MG_PER_KG = 1.0e6


@kernel
def acquisitive(s, v, p, key, w, lw):
    """People in need of money steal, and some of what happened is recorded, in every locality."""
    place = s.place
    for l in range(place.id.size):
        number, drugs, known, reported = uniforms(key, place.id[l], w, STREAM, 0, 0)
        need = events(number, expected(s, v, p, lw, l)) if p.on_acquisitive > 0.0 else 0
        organised = place.acquisitive_organised[l]
        crimes = need + organised
        place.acquisitive[l] = crimes
        recorded = binomial(known, need, theft_recorded(s, p, l))
        if organised > 0:
            recorded += binomial(reported, organised, p.recording_organised)
        place.acquisitive_recorded[l] = recorded
        people = max(1, place.population[l]) / PER
        seen = (crimes + place.project_crimes[l]) / people
        place.crime_seen[l] += (seen - place.crime_seen[l]) / p.acquisitive_memory
        place.plundered[l] += (organised / people - place.plundered[l]) / p.commission_recovery
        offences = events(drugs, drug_offences(s, v, p, lw, l))
        place.drug_recorded[l] = offences
        s.tally.week[ACQUISITIVE] += crimes
        s.tally.week[ACQUISITIVE_RECORDED] += recorded
        s.tally.week[DRUG_RECORDED] += offences


@kernel
def expected(s, v, p, lw, l):
    """Crimes users are expected to commit: spending no income covers, by gain, local strength and police seen."""
    place = s.place
    stolen_for = 0.0
    for m in range(place.spent.shape[1]):
        stolen_for += s.chain.need[m] * place.spent[l, m]
    if stolen_for <= 0.0:
        return 0.0
    need = stolen_for / PENCE / p.acquisitive_gain
    weak = p.acquisitive_floor + p.acquisitive_weakness * (1.0 - place.resilience[l])
    weak *= s.sector.openness[STREET_THEFT]
    return need * weak * math.exp(p.acquisitive_visible * (1.0 - visible(s, v, lw, l)))


@kernel
def theft_recorded(s, p, l):
    """Share of user-funded crimes that reach the record, by residents' confidence."""
    trusting = s.place.confidence[l] - 0.5 if p.on_recording > 0.0 else 0.0
    return min(1.0, max(0.0, p.recording_acquisitive + p.recording_acquisitive_confidence * trusting))


@kernel
def drug_offences(s, v, p, lw, l):
    """Drug offences expected on record: found by proactive work where dealing is, and with those arrested.

    With the mechanism off, the record follows dealing alone.
    """
    place = s.place
    dealing = p.recording_drug_per_kg * place.dealing[l] / MG_PER_KG
    if p.on_recording == 0.0:
        return dealing
    looking = place.effort[l, PROACTIVE_STREET]
    looking += p.recording_drug_visible * (visible(s, v, lw, l) - 1.0) + p.recording_drug_clear * place.clear[l]
    return dealing * max(0.0, looking) + p.recording_drug_per_arrest * place.arrests[l]
