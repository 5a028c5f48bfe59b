"""Owners remember which lines police closed, their own and those they hear of, and reckon how long another would last.

A line at home and one run from another force are told apart, and so is where it stood.
"""

from simulation.kernel import kernel
from simulation.state.codes import (
    ABROAD,
    ACTIVE,
    AT_HOME,
    CAUSE_BACKGROUND,
    CAUSE_OPERATION,
    CAUSE_PLAN,
    CAUSE_REPORT,
    CAUSE_SHOCK,
    LINE,
    LINE_KINDS,
    OUTSIDE,
    SHUT_LINES,
)

WEEKS_A_YEAR = 52.0


@kernel
def line_kind(s, b, l):
    """Whether a line in a locality is at home for a business, or abroad."""
    return AT_HOME if s.place.force[l] == s.place.force[s.business.home[b]] else ABROAD


@kernel
def remember_lines(s, p):
    """Another week that lines stood is remembered by their owners and in the trade; what is long past fades."""
    if p.on_line_learning == 0.0:
        return
    business, place = s.business, s.place
    kept = 2.0 ** (-1.0 / p.line_learning_half_life)
    for b in range(OUTSIDE, business.id.size):
        if business.state[b] == ACTIVE:
            for kind in range(LINE_KINDS):
                business.line_weeks[b, kind] *= kept
                business.line_losses[b, kind] *= kept
    for l in range(place.id.size):
        for m in range(s.chain.id.size):
            for kind in range(LINE_KINDS):
                place.line_weeks[l, m, kind] *= kept
                place.line_losses[l, m, kind] *= kept
    for o in range(s.outlet.id.size):
        if s.outlet.state[o] == ACTIVE and s.outlet.tier[o] == LINE:
            b, l = s.outlet.business[o], s.outlet.place[o]
            kind = line_kind(s, b, l)
            business.line_weeks[b, kind] += 1.0
            place.line_weeks[l, s.outlet.market[o], kind] += 1.0


@kernel
def remember_loss(s, p, o, cause):
    """A line that police closed is remembered; one that its owner gave up or could not keep says nothing of police."""
    if p.on_line_learning == 0.0 or not closed_by_police(cause):
        return
    b, l = s.outlet.business[o], s.outlet.place[o]
    kind = line_kind(s, b, l)
    s.business.line_losses[b, kind] += 1.0
    s.place.line_losses[l, s.outlet.market[o], kind] += 1.0


@kernel
def closed_by_police(cause):
    """Whether a line was closed from outside; one that its owner gave up or could not keep was not."""
    taken = cause == CAUSE_BACKGROUND or cause == CAUSE_OPERATION or cause == CAUSE_PLAN
    return taken or cause == CAUSE_REPORT or cause == CAUSE_SHOCK


@kernel
def keep_number(s, p, w, o, cause):
    """The owner of a line that police closed keeps its number and its customers' names, in place of the oldest kept."""
    if p.on_reopening == 0.0 or not closed_by_police(cause):
        return
    business, b = s.business, s.outlet.business[o]
    slot = 0
    for k in range(SHUT_LINES):
        if business.shut_place[b, k] < 0:
            slot = k
            break
        if business.shut_week[b, k] < business.shut_week[b, slot]:
            slot = k
    business.shut_id[b, slot] = s.outlet.id[o]
    business.shut_place[b, slot] = s.outlet.place[o]
    business.shut_week[b, slot] = w
    business.shut_quality[b, slot] = s.outlet.quality[o]
    business.shut_reputation[b, slot] = s.outlet.reputation[o]


@kernel
def lasting(s, p, b, l, weeks):
    """What a line of a business in a locality would bring in so many weeks, over what it would if none were closed.

    Closures a week are expected as usual, corrected by its own lines of the kind, and by what is said of those there.
    """
    if p.on_line_learning == 0.0:
        return 1.0
    m = s.business.market[b]
    kind = line_kind(s, b, l)
    heard = p.line_learning_hearsay
    usual = p.on_enforcement * p.enforcement_closure / WEEKS_A_YEAR
    lost = s.business.line_losses[b, kind] + heard * s.place.line_losses[l, m, kind]
    stood = s.business.line_weeks[b, kind] + heard * s.place.line_weeks[l, m, kind]
    hazard = (p.line_learning_prior * usual + lost) / (p.line_learning_prior + stood)
    return 1.0 / (1.0 + hazard * weeks)
