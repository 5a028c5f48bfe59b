"""The contributions of all entries become the levers of a span of weeks; the order of entries cannot matter, to the
last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulation.policy.funding import Claim, kept_here, lost_work, work_by_agency
from simulation.policy.intervention import Intervention, Modifier, View
from simulation.policy.levers import LEVERS, apply, identity_levers
from simulation.policy.where import jurisdiction
from simulation.state.codes import INSIDE
from simulation.state.levers import Levers
from simulation.state.values import Values
from simulation.state.world import Groups, State

RESIDENTS = 10_000.0
WITHOUT_PLACE = (
    "assurance", "comms_compromise", "false_positive", "input_capacity", "knowledge_gain", "lifestyle_cost",
    "source_yield",
)  # fmt: skip
"""Levers moved everywhere at once, whatever places an entry has; of all others cards say themselves what their places are."""


@dataclass
class Piece:
    """One entry of a plan, ready to be composed."""

    key: str
    """Canonical text of the entry: pieces are composed in its order."""
    intervention: Intervention
    claim: Claim
    markets: tuple[int, ...] | None = None
    """Chain markets it is for; None for all."""
    tiers: tuple[int, ...] = ()
    limit: int | None = None
    """Operations at most; of several agencies with one entry each has its part."""
    opened: int = 0
    """Operations opened so far."""

    def moves_levers(self) -> bool:
        """Whether it may ever move a lever: by its own mechanism, or because hours are taken from what is done now."""
        taken = self.claim.retasked and bool(self.claim.hours.any())
        return taken or type(self.intervention).modifiers is not Intervention.modifiers


def read_only(state: State) -> Groups:
    """The same world without a pen: every column a view that cannot be written to."""

    def shut(array: np.ndarray) -> np.ndarray:
        view = array.view()
        view.flags.writeable = False
        return view

    return Groups(*(type(group)(*(shut(column) for column in group)) for group in state.columns))


def view_of(piece: Piece, seen: Groups, parameters: Values, week: int, weeks: int) -> View:
    """What one entry may see for the weeks from `week`; `seen` is read-only."""
    claim = piece.claim
    span = slice(week, week + weeks)

    def lagged(lag: float) -> np.ndarray:
        return claim.dose.lagged(lag)[span]

    return View(
        week=week,
        dose=claim.dose.in_force[span],
        lagged=lagged,
        places=claim.places,
        residents=float(seen.place.population[claim.places].sum()) / RESIDENTS,
        agency=claim.agency,
        level=int(seen.agency.level[claim.agency]),
        state=seen,
        tasking=parameters,
        markets=np.arange(seen.chain.landed.size) if piece.markets is None else np.array(piece.markets, dtype=int),
        tiers=piece.tiers,
    )


def moves(modifier: Modifier) -> bool:
    """Whether a contribution differs from identity at all."""
    rest = 1.0 if LEVERS[modifier.lever].composition in ("mul", "cap") else 0.0
    return bool(np.any(modifier.values != rest))


def compose(
    pieces: Sequence[Piece], seen: Groups, parameters: Values, week: int, weeks: int, desk: Sequence[Claim] = ()
) -> Levers:
    """Levers for `weeks` weeks from `week`, composed afresh; identity where no dose is in force. `desk`: work beside the
    entries.
    """
    dims = {"L": seen.place.id.size, "A": seen.agency.id.size, "M": seen.chain.landed.size}
    levers = identity_levers(dims, weeks)
    ordered = sorted(pieces, key=lambda piece: piece.key)
    for piece in ordered:
        view = view_of(piece, seen, parameters, week, weeks)
        part = reach(seen, piece.claim.agency)
        for modifier in sorted(piece.intervention.modifiers(view, weeks), key=lambda m: (m.lever, repr(m.scope))):
            if moves(modifier):
                apply(levers, modifier.lever, modifier.scope, in_part(modifier, part))
    put_aside(levers, [*(piece.claim for piece in ordered), *desk], seen, week, weeks)
    return levers


def reach(seen: Groups, agency: int) -> float:
    """Part of the residents whom police of this world are there for who live in an agency's jurisdiction."""
    own = np.where(seen.place.kind == INSIDE, seen.place.population, 0)
    return float(own[jurisdiction(seen, agency)].sum()) / max(1.0, float(own.sum()))


def in_part(modifier: Modifier, part: float) -> np.ndarray:
    """A contribution as far as its agency reaches: what has no place of its own is moved by a part of the world's police.

    All forces with the same effort move it as one force of them all would.
    """
    rule = LEVERS[modifier.lever].composition
    if part == 1.0 or modifier.lever not in WITHOUT_PLACE:
        return modifier.values
    if rule == "mul":
        return modifier.values**part
    return 1.0 - (1.0 - modifier.values) ** part if rule == "or" else modifier.values * part


def put_aside(levers: Levers, claims: Sequence[Claim], seen: Groups, week: int, weeks: int) -> None:
    """What is retasked is not done: the work of agencies falls, and with it what is felt in their places."""
    capped = bool(np.any(levers.portfolio != 1.0))
    retasked = [c for c in claims if c.retasked and np.any(c.dose.in_force[week : week + weeks] > 0.0)]
    retasked = [claim for claim in retasked if claim.hours.any()]
    if not capped and not retasked:
        return
    share = share_of_work(seen)
    missing = np.zeros_like(levers.effort)
    for agency in range(share.shape[0]):
        mine = [claim for claim in retasked if claim.agency == agency]
        cap = levers.portfolio[:, agency, :].copy()
        if not mine and not np.any(cap != 1.0):
            continue
        done = np.repeat(cap[:, None, :], seen.place.id.size, axis=1)
        for claim in mine:
            lost = lost_work(claim, seen, week, weeks)
            levers.portfolio[:, agency, :] *= 1.0 - lost
            done *= kept_here(claim, seen, lost)
        missing += share[agency] * (1.0 - done)  # exactly 0 where all is done
    np.maximum(1.0 - missing, 0.0, out=levers.effort)  # a sum of shares may pass 1 by a rounding error


def share_of_work(seen: Groups) -> np.ndarray:
    """Each agency's part of the work of an activity in a place, as now, (A, L, ACTIVITIES)."""
    work = work_by_agency(seen)
    covers = np.stack([jurisdiction(seen, agency) for agency in range(work.shape[0])])
    weight = covers[:, :, None] * work[:, None, :]
    total = weight.sum(axis=0)
    return np.divide(weight, total, out=np.zeros_like(weight), where=total > 0.0)
