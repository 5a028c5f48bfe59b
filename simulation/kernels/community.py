"""Residents live with what happens: strength, confidence and fear move, young people are put at risk, users stop."""

from simulation.chance.draws import uniforms
from simulation.chance.streams import COMMUNITY
from simulation.kernel import kernel
from simulation.kernels.counts import binomial, events
from simulation.kernels.extortion import squeezed
from simulation.kernels.presence import visible
from simulation.state.codes import ELSEWHERE
from simulation.state.counters import USER_DEATHS

PER = 10000.0  # rates are per 10,000 residents
MG_PER_G = 1000.0


@kernel
def community(s, v, p, key, w, lw):
    """Resilience and confidence grow with what is built and held, and fall with visible harm."""
    for l in range(s.place.id.size):
        take_effect(s, v, p, lw, l)
        if p.on_community > 0.0:
            live_through(s, v, p, lw, l)
        come, go, die, _ = uniforms(key, s.place.id[l], w, COMMUNITY, 0, 0)
        come_and_go(s, v, p, lw, l, come, go)
        depend(s, v, p, lw, l, die)


@kernel
def take_effect(s, v, p, lw, l):
    """Clear, Hold and Build come to bear with a lag, and let go with the same lag."""
    place = s.place
    if p.on_clear_hold_build > 0.0:
        place.clear[l] += (v.clear_effort[lw, l] - place.clear[l]) / p.clear_hold_build_clear_weeks
        place.hold[l] += (v.reentry_block[lw, l] - place.hold[l]) / p.clear_hold_build_hold_weeks
        place.build[l] += (v.resilience_growth[lw, l] - place.build[l]) / p.clear_hold_build_build_weeks
    else:
        place.clear[l] = 0.0
        place.hold[l] = 0.0
        place.build[l] = 0.0


@kernel
def fruitful(p, hold):
    """What becomes of Build: little where the ground is not held, most of it where it is held firmly."""
    base = p.clear_hold_build_unheld
    ground = hold * hold
    firm = p.clear_hold_build_firm * p.clear_hold_build_firm
    return base + (1.0 - base) * ground / (ground + 0.5 * firm)


@kernel
def moved(value, gain, loss, restore, rest):
    """A share after a week of rises, falls and return to rest; stays within 0 and 1 for any rates of 0 or more."""
    value = value + (1.0 - value) * gain / (1.0 + gain)
    value = value / (1.0 + loss)
    return value + restore * (rest - value)


@kernel
def live_through(s, v, p, lw, l):
    """Strength, confidence and fear after this week's violence and dealing, and with the police that residents saw."""
    place = s.place
    people = max(1, place.population[l]) / PER
    violence = place.violent_events[l] / people
    dealing = place.dealing[l] / MG_PER_G / people
    crime = place.crime_seen[l]
    seen = visible(s, v, lw, l)
    built = place.build[l] * fruitful(p, place.hold[l])
    held = squeezed(s, p, l)
    place.resilience[l] = moved(
        place.resilience[l],
        p.community_visible * seen + built,
        p.community_violence * violence + p.community_dealing * dealing + p.extortion_resilience * held,
        p.community_restore,
        place.resilience_rest[l],
    )
    place.confidence[l] = moved(
        place.confidence[l],
        p.community_confidence_visible * seen + v.confidence[lw, l] + p.community_confidence_build * built,
        p.community_confidence_violence * violence
        + p.community_confidence_crime * crime
        + p.extortion_confidence * held,
        p.community_confidence_restore,
        place.confidence_rest[l],
    )
    place.fear[l] = moved(
        place.fear[l],
        p.community_fear_violence * violence + p.community_fear_crime * crime + p.extortion_fear * held,
        p.community_fear_visible * seen,
        p.community_fear_restore,
        place.fear_rest[l],
    )


@kernel
def inflow(s, p, l, resilience):
    """Young people a week who come to be at risk in a locality, with nothing done about it."""
    exposed = s.place.population[l] / PER * s.place.deprivation[l]
    return p.at_risk_inflow * exposed * (1.0 - resilience)


@kernel
def come_and_go(s, v, p, lw, l, come, go):
    """Young people come to be at risk, and grow out of it; the pool counts them one by one."""
    place = s.place
    if place.kind[l] == ELSEWHERE:  # whoever comes from there arrives without having been counted
        return
    mean = inflow(s, p, l, place.resilience_usual[l])
    if p.on_at_risk > 0.0:
        mean = inflow(s, p, l, place.resilience[l]) * v.at_risk_inflow[lw, l]
    left = binomial(go, place.pool[l], p.at_risk_outflow)
    new = events(come, mean)
    place.pool[l] += new - left
    place.aged_in[l] += new
    place.aged_out[l] += left


@kernel
def depend(s, v, p, lw, l, die):
    """Dependent users stop in treatment, return or are replaced, fewer where the community is stronger; some die."""
    place = s.place
    dose = 0.0
    for m in range(place.users.shape[1]):
        if s.chain.dependent[m] == 0:
            continue
        if p.on_dependence > 0.0:
            stronger = place.resilience[l] - place.resilience_usual[l]
            level = place.users_rest[l, m] * max(0.0, 1.0 - p.dependence_initiation * stronger)
            place.users[l, m] *= max(0.0, 1.0 - v.treatment_places[lw, l])
            place.users[l, m] += p.dependence_relapse * (level - place.users[l, m])
        if s.chain.use[m] > 0.0:
            dose += place.consumed[l, m] / s.chain.use[m]
    deaths = events(die, p.dependence_deaths * dose)
    place.user_deaths[l] = deaths
    s.tally.week[USER_DEATHS] += deaths
