"""Police are seen in a place: what neighbourhood teams do there, as a multiple of today, and patrols beyond it."""

from simulation.kernel import kernel
from simulation.state.codes import NEIGHBOURHOOD_POLICING


@kernel
def visible(s, v, lw, l):
    """How visible police are: 1 as today, 2 with a full Hold on top, 0 where nobody is left to be seen."""
    return s.place.effort[l, NEIGHBOURHOOD_POLICING] + v.visibility[lw, l]
