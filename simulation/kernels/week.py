"""One week in the life of organised crime: the phases in their order, one call a line."""

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
from simulation.kernels.retail import retail
from simulation.kernels.routes import routes
from simulation.kernels.sense import sense
from simulation.kernels.supply import supply
from simulation.kernels.trust import trust_week


@kernel(inline="always")  # into the loop over weeks: otherwise the whole week would be optimised twice over
def week(s, v, p, key, w, lw):
    """Everything that happens in world week `w`, under the levers of week `lw` of the block."""
    begin(s, v, p, key, w, lw)
    sense(s, v, p, key, w, lw)
    operations(s, v, p, key, w, lw)
    franchise_terms(s, v, p, key, w, lw)
    routes(s, v, p, key, w, lw)
    supply(s, v, p, key, w, lw)
    retail(s, v, p, key, w, lw)
    commission(s, v, p, key, w, lw)
    franchise(s, v, p, key, w, lw)
    lending(s, v, p, key, w, lw)
    camouflage(s, v, p, key, w, lw)
    extortion(s, v, p, key, w, lw)
    insiders(s, v, p, key, w, lw)
    platforms(s, v, p, key, w, lw)
    accounts(s, v, p, key, w, lw)
    enforce(s, v, p, key, w, lw)
    clear(s, v, p, key, w, lw)
    resolve(s, v, p, key, w, lw)
    justice(s, v, p, key, w, lw)
    contest(s, v, p, key, w, lw)
    trust_week(s, v, p, key, w, lw)
    adapt(s, v, p, key, w, lw)
    people(s, v, p, key, w, lw)
    entry(s, v, p, key, w, lw)
    opening(s, v, p, key, w, lw)
    community(s, v, p, key, w, lw)
    emergence(s, v, p, key, w, lw)
    acquisitive(s, v, p, key, w, lw)
    picture(s, v, p, key, w, lw)
