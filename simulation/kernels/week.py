"""One week in the life of organised crime: the phases in their order, one a line."""

from typing import Any

import numpy as np

from simulation.kernel import kernel
from simulation.kernels.accounts import accounts
from simulation.kernels.acquisitive import acquisitive
from simulation.kernels.adapt import adapt
from simulation.kernels.begin import begin
from simulation.kernels.camouflage import camouflage
from simulation.kernels.clear import clear
from simulation.kernels.commission import commission
from simulation.kernels.community import community
from simulation.kernels.contest import contest
from simulation.kernels.emergence import emergence
from simulation.kernels.enforce import enforce
from simulation.kernels.entry import entry, opening
from simulation.kernels.extortion import extortion
from simulation.kernels.franchise import franchise
from simulation.kernels.franchise_terms import franchise_terms
from simulation.kernels.insiders import insiders
from simulation.kernels.justice import justice
from simulation.kernels.lending import lending
from simulation.kernels.operations import operations
from simulation.kernels.orders import resolve
from simulation.kernels.people import people
from simulation.kernels.picture import picture
from simulation.kernels.platforms import platforms
from simulation.kernels.pointer import address_of, call_phase
from simulation.kernels.retail import retail
from simulation.kernels.routes import routes
from simulation.kernels.sense import sense
from simulation.kernels.supply import supply
from simulation.kernels.trust import trust_week

PHASES = (
    begin,
    sense,
    operations,
    franchise_terms,
    routes,
    supply,
    retail,
    commission,
    franchise,
    lending,
    camouflage,
    extortion,
    insiders,
    platforms,
    accounts,
    enforce,
    clear,
    resolve,
    justice,
    contest,
    trust_week,
    adapt,
    people,
    entry,
    opening,
    community,
    emergence,
    acquisitive,
    picture,
)


def addresses(s: Any, v: Any, p: Any, key: Any) -> np.ndarray:
    """Where each phase stands for a world's state, levers, parameters and key (words of 64 bits)."""
    return np.array([address_of(phase, s, v, p, key, 0, 0) for phase in PHASES], dtype=np.uint64)


@kernel
def week(phases, s, v, p, key, w, lw):
    """Everything that happens in world week `w`, under the levers of week `lw` of the block."""
    for n in range(phases.size):
        call_phase(phases[n], s, v, p, key, w, lw)
