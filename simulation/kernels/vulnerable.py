"""How easy property in a locality is to take."""

import math

from simulation.kernel import kernel
from simulation.kernels.presence import visible


@kernel
def vulnerability(s, v, p, lw, l):
    """Easier in a weak community, harder where police are seen, and where much has been taken and owners look out."""
    weak = p.commission_vulnerable + p.commission_weakness * (1.0 - s.place.resilience[l])
    weak /= 1.0 + s.place.plundered[l] / p.commission_depletion
    return weak * math.exp(p.commission_visible * (1.0 - visible(s, v, lw, l)))
