"""What commissioned crime preys on learns: those who are struck often look out, and forget when they are left alone.

Openness is 1 where a sector is struck as often as it is used to. Protect moves what it tends to; both take their time.
"""

from simulation.kernel import kernel
from simulation.kernels.counts import binomial
from simulation.kernels.vulnerable import vulnerability
from simulation.state.project import RECIPES, SECTORS


@kernel
def learn(s, v, p, lw):
    """Sectors remember what befell them last week, and come closer to the openness that follows from it."""
    sector = s.sector
    for r in range(SECTORS):
        if p.on_vulnerability_learning == 0.0:
            sector.openness[r] = 1.0
            continue
        rest = v.sector_vulnerability[lw, r]
        if r < RECIPES and s.recipe.slots[r] > 0:
            usual = max(1e-9, p.vulnerability_learning_pace * s.recipe.potential[r])
            if sector.seen[r] < 0.0:
                sector.seen[r] = usual
            sector.seen[r] += (sector.crimes[r] - sector.seen[r]) / p.vulnerability_learning_memory
            care = s.recipe.learning[r]
            rest *= (1.0 + care) / (1.0 + care * sector.seen[r] / usual)
        sector.openness[r] += (rest - sector.openness[r]) / p.vulnerability_learning_weeks


@kernel
def start_counts(s):
    """Nothing has befallen anyone yet this week."""
    s.place.acquisitive_organised[:] = 0
    s.place.project_crimes[:] = 0
    s.place.project_harm[:] = 0.0
    s.sector.begun[:] = 0
    s.sector.projects[:] = 0
    s.sector.crimes[:] = 0
    s.sector.victims[:] = 0
    s.sector.recorded[:] = 0
    s.sector.pence[:] = 0
    s.sector.harm[:] = 0.0


@kernel
def ease(s, v, p, lw, r, l):
    """How easy the jobs of a market are: by its sector and, where victims are local, by the place."""
    if s.recipe.local[r]:
        return s.sector.openness[r] * vulnerability(s, v, p, lw, l)
    return s.sector.openness[r]


@kernel
def strike(s, p, r, place, done, crimes, takings, chance):
    """Victims are harmed: counted by market and, where they are local, by place; thefts as the place's own."""
    sector = s.sector
    each = s.recipe.harm[r] if s.recipe.harm[r] >= 0.0 else p.harm_organised
    share = s.recipe.recorded[r] if s.recipe.recorded[r] >= 0.0 else p.recording_organised
    sector.projects[r] += done
    sector.crimes[r] += crimes
    sector.crimes_ever[r] += crimes
    # the part of a victim that is left over becomes one with that chance
    sector.victims[r] += int(crimes * s.recipe.harmed[r] + chance[3])
    sector.pence[r] += takings
    sector.pence_ever[r] += takings
    sector.harm[r] += crimes * each
    if s.recipe.theft[r]:
        s.place.acquisitive_organised[place] += crimes
    else:
        sector.recorded[r] += binomial(chance[1], crimes, share)
        if s.recipe.local[r]:
            s.place.project_crimes[place] += crimes
            s.place.project_harm[place] += crimes * each
