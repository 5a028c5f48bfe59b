"""One week in the life of organised crime: the phases in their order, one a line."""

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
from simulation.kernels.facilities import facilities
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
from simulation.kernels.retail import retail
from simulation.kernels.routes import routes
from simulation.kernels.sense import sense
from simulation.kernels.supply import supply
from simulation.kernels.trust import trust_week
from simulation.pointer import call_phase

PHASES = (
    begin,
    facilities,
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


@kernel
def week(phases, s, v, p, key, w, lw):
    """Everything that happens in world week `w`, under the levers of week `lw` of the block."""
    for n in range(phases.size):
        call_phase(phases[n], s, v, p, key, w, lw)
