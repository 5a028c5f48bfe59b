"""Police and residents meet: what neighbourhood teams and patrols show of themselves, and what residents report."""

from simulation.kernel import kernel
from simulation.state.codes import NEIGHBOURHOOD_POLICING


@kernel
def visible(s, v, lw, l):
    """How visible police are: 1 as today, 2 with a full Hold on top, 0 where nobody is left to be seen."""
    return s.place.effort[l, NEIGHBOURHOOD_POLICING] + v.visibility[lw, l]


@kernel
def reports(s, p, l):
    """What residents of a place report, as a multiple of what those of such places do: it follows their confidence."""
    usual = p.community_confidence_most - p.community_confidence_deprivation * s.place.deprivation[l]
    if usual <= 0.0 or p.on_community == 0.0:
        return 1.0
    return (s.place.confidence[l] / usual) ** p.community_reports
