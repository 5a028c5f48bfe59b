"""Goods add up to the milligram, and people to the last one."""

from __future__ import annotations

import numpy as np

from simulation.kernels.justice import NEVER
from simulation.kernels.recruits import people_balance
from simulation.state.codes import (
    ACTIVE,
    BAIL,
    EXITED,
    FREE,
    HOLDER,
    LICENCE,
    LINE,
    MONITORED,
    NOBODY,
    PRISON,
    REMAND,
    RUNNER,
)
from simulation.state.world import (
    GOODS_CONSUMED,
    GOODS_IMPORTED,
    GOODS_INITIAL,
    GOODS_LOST,
    GOODS_SEIZED_BORDER,
    GOODS_SEIZED_INLAND,
    State,
)
from tests.conservation.faults import fault

AT_LARGE = (FREE, LICENCE, BAIL)
AWAY = (REMAND, PRISON, EXITED)


def goods_add_up(s: State) -> list[str]:
    """In every market, imported and initial goods are in stock, on the way, consumed, seized or lost, to the milligram."""
    faults = []
    for m, goods in enumerate(s.tally.goods):
        came = goods[GOODS_IMPORTED] + goods[GOODS_INITIAL]
        went = goods[[GOODS_CONSUMED, GOODS_SEIZED_BORDER, GOODS_SEIZED_INLAND, GOODS_LOST]].sum()
        here = s.outlet.market == m
        missing = int(came - went - s.outlet.stock[here].sum() - s.outlet.transit[here].sum())
        faults += [f"{missing} mg are missing in market {m}"] if missing else []
    return faults


def stock_is_not_negative(s: State) -> list[str]:
    """No outlet holds less than nothing, and closed ones hold nothing."""
    faults = []
    for name in ("stock", "transit", "cost", "transit_cost"):
        column = getattr(s.outlet, name)
        faults += fault(column < 0, f"{name} is negative")
        faults += fault((s.outlet.state != ACTIVE) & (column != 0), f"a closed outlet has {name}")
    return faults + fault((s.outlet.stock == 0) & (s.outlet.transit == 0) & (s.outlet.cost > 0), "cost without goods")


def people_add_up(s: State) -> list[str]:
    """Pool, people, those who left and died are those who were there, aged in or arrived."""
    missing = int(people_balance(s))
    return [f"{missing} people too many or too few"] if missing else []


def everyone_has_one_status(s: State) -> list[str]:
    """A row is nobody's, or of one person at large, inside or awaiting a court; others who left or died are in no row."""
    person = s.person
    known = np.isin(person.status, (NOBODY, MONITORED, *AT_LARGE, *AWAY))
    waits = person.status == EXITED
    left = (person.left != 0) & (person.status != NOBODY)
    ids = person.id[person.status != NOBODY]
    return (
        fault(~known, "a status that nobody in the table can have")
        + fault((person.status == NOBODY) != (person.id == 0), "a name without a person or a person without a name")
        + ([] if np.unique(ids).size == ids.size else ["two people of one identity"])
        + fault((person.status == NOBODY) & ((person.business >= 0) | (person.outlet >= 0)), "nobody has a post")
        + fault(waits & ((person.left == 0) | (person.charged == NEVER)), "someone has left and awaits nothing")
        + fault(left & ~np.isin(person.status, (EXITED, PRISON)), "someone who left is back")
        + fault(s.place.pool < 0, "fewer young people at risk than none")
    )


def nobody_inside_has_a_post(s: State) -> list[str]:
    """Those inside, and those who left and await a court, hold no post, lead nothing and are counted nowhere."""
    person = s.person
    away = np.isin(person.status, AWAY)
    faults = fault(
        away & ((person.business >= 0) | (person.outlet >= 0)), "someone inside or out of the trade has a post"
    )
    leaders = s.business.leader[s.business.state == ACTIVE]
    holders = s.outlet.holder[s.outlet.state == ACTIVE]
    for rows, what in ((leaders, "leads"), (holders, "holds a line")):
        rows = rows[rows >= 0]
        faults += fault(~np.isin(person.status[rows], AT_LARGE), f"someone not at large {what}")
    return faults


def posts_are_counted(s: State) -> list[str]:
    """Staff, runners, holders, members and lines are what a count of people and outlets gives."""
    person, outlet, business = s.person, s.outlet, s.business
    rows = np.flatnonzero(np.isin(person.status, AT_LARGE))
    posted = rows[person.outlet[rows] >= 0]
    attached = rows[person.business[rows] >= 0]
    faults = fault(outlet.state[person.outlet[posted]] != ACTIVE, "someone works at a closed outlet")
    faults += fault(business.state[person.business[attached]] != ACTIVE, "someone belongs to an ended business")
    faults += fault(outlet.business[person.outlet[posted]] != person.business[posted], "a post of another business")
    staff = np.bincount(person.outlet[posted], minlength=outlet.id.size)
    runners = np.bincount(person.outlet[posted[person.role[posted] == RUNNER]], minlength=outlet.id.size)
    members = np.bincount(person.business[attached], minlength=business.id.size)
    open_ = outlet.state == ACTIVE
    lines = np.bincount(outlet.business[open_], minlength=business.id.size)
    living = business.state == ACTIVE
    faults += fault(open_ & (outlet.staff != staff), "staff is miscounted")
    faults += fault(open_ & (outlet.runners != runners), "runners are miscounted")
    faults += fault(living & (business.members != members), "members are miscounted")
    faults += fault(living & (business.lines != lines), "lines are miscounted")
    for o in np.flatnonzero(open_ & (outlet.holder >= 0)):
        i = outlet.holder[o]
        if person.outlet[i] != o or person.role[i] != HOLDER or outlet.tier[o] != LINE:
            faults.append(f"outlet {o} is held by someone who does not work there")
    for b in np.flatnonzero(living & (business.leader >= 0)):
        if person.business[business.leader[b]] != b:
            faults.append(f"business {b} is led by someone of another")
    return faults + fault(living & (business.home < 0), "a business without a home")
