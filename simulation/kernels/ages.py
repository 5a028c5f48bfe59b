"""How old people are, in bands: what courts, safeguarding and the counts of children go by."""

from simulation.kernel import kernel
from simulation.state.codes import FROM_18_TO_24, FROM_25, RUNNER, THIEF, UNDER_18

WEEKS_A_YEAR = 52.0


@kernel
def age_at_entry(p, role, u):
    """How old a newcomer is: the street is young, everything above it older."""
    if role in (RUNNER, THIEF):
        if u < p.replacement_under_18:
            return UNDER_18
        return FROM_18_TO_24 if u < p.replacement_under_18 + p.replacement_young else FROM_25
    return FROM_18_TO_24 if u < p.replacement_young_core else FROM_25


@kernel
def grow_up(s, p, w, i):
    """Bands of age are left with the years since someone came in, at large and inside alike."""
    person = s.person
    years = (w - person.joined[i]) / WEEKS_A_YEAR
    if person.age[i] == UNDER_18 and years >= p.replacement_years_young:
        person.age[i] = FROM_18_TO_24
    elif person.age[i] == FROM_18_TO_24 and years >= p.replacement_years_grown:
        person.age[i] = FROM_25
