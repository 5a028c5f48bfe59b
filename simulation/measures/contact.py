"""Whom policing touches, and where: those not involved, children before the courts or out of it, faith in police lost."""

from simulation.kernel import kernel
from simulation.kernels.execution import place_of
from simulation.measures.catalogue import INDEX, PLACE_MEASURES
from simulation.state.codes import ACTIVE, INSIDE
from simulation.state.counters import CHARGED_UNDER_18, EXITED_UNDER_18
from simulation.state.counters import GHOST_HOURS as HOURS_ON_GHOSTS

CHARGED, OUT, GHOSTS = INDEX["under_18_charged"], INDEX["under_18_out"], INDEX["ghost_hours"]
LOST = INDEX["confidence_lost"]
UNINVOLVED, TASKED = PLACE_MEASURES.index("uninvolved"), PLACE_MEASURES.index("tasked")
CONFIDENCE = PLACE_MEASURES.index("confidence")


@kernel
def count_contact(s, w, row, place_rows):
    """Contacts with people not involved, targets taken on and confidence by place; and what stands for fairness in all."""
    people = 0.0
    lost = 0.0
    for l in range(place_rows.shape[0]):
        place_rows[l, UNINVOLVED] = s.place.uninvolved[l]
        place_rows[l, TASKED] = 0.0
        place_rows[l, CONFIDENCE] = s.place.confidence[l]
        if s.place.kind[l] == INSIDE:
            people += s.place.population[l]
            lost += s.place.population[l] * max(0.0, s.place.confidence_rest[l] - s.place.confidence[l])
    for q in range(s.operation.id.size):
        if s.operation.state[q] == ACTIVE and s.operation.opened[q] == w and s.operation.worked[q].sum() > 0.0:
            l = place_of(s, q)  # an intention for which nobody has an hour is no tasking
            if l >= 0:
                place_rows[l, TASKED] += 1.0
    row[CHARGED] = s.tally.week[CHARGED_UNDER_18]
    row[OUT] = s.tally.week[EXITED_UNDER_18]
    row[GHOSTS] = s.tally.week[HOURS_ON_GHOSTS]
    row[LOST] = lost / people if people > 0.0 else 0.0
