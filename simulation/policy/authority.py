"""The law, as data: what is forbidden is refused with its rule, and what is lawful takes its time to be authorised."""

from __future__ import annotations

import math
from collections.abc import Mapping

from simulation.errors import Conflict, UnknownName
from simulation.policy.intervention import intervention
from simulation.schema import Authority, Card, Entry, Plan


def lead_weeks(card: Card, authority: Authority) -> int:
    """Whole weeks from the decision to the first effect: the card's own lead time, and at least the power's."""
    if card.power not in authority.power:
        raise UnknownName.among(card.power, authority.power, key=f"{card.id}.power", file="authority.toml")
    return math.ceil(max(card.lead_time.value, authority.power[card.power].lead_time.value) - 0.5)


def overlap(one: Entry, other: Entry) -> bool:
    """Whether two entries may be at work in one place at one time (by rule or by name; a rule may meet any place)."""
    ends = [math.inf if e.end is None or e.trigger is not None else e.end for e in (one, other)]
    if one.start >= ends[1] or other.start >= ends[0]:
        return False
    if one.where.rule == "named" and other.where.rule == "named":
        return bool(set(one.where.names) & set(other.where.names))
    return True


def check_lawful(plan: Plan, authority: Authority, kinds: Mapping[str, str] | None = None) -> None:
    """Refuse a plan that asks for what has no lawful basis. Raises Conflict citing the rule.

    `kinds` says of what kind an agency is, where there are several of one: each is bound as its kind is.
    """
    of = kinds or {}
    at_work = [entry for entry in plan.entry if entry.dose > 0.0]
    for rule in authority.forbid:
        mark = "" if rule.verified else " (rule not verified by a lawyer)"
        concerned = [entry for entry in at_work if entry.intervention in rule.interventions]
        if rule.rule == "agency":
            for entry in concerned:
                by = entry.agency or intervention(entry.intervention).card.agency
                if by in rule.agencies or of.get(by) in rule.agencies:
                    raise Conflict(
                        f"{entry.intervention} by {by} is forbidden by {rule.id}: {rule.reason}{mark}",
                        file="authority.toml", key=rule.id, given=by,
                    )  # fmt: skip
            continue
        if {entry.intervention for entry in concerned} != set(rule.interventions):
            continue
        for n, one in enumerate(concerned):
            for other in concerned[n + 1 :]:
                if one.intervention != other.intervention and overlap(one, other):
                    raise Conflict(
                        f"{one.intervention} together with {other.intervention} is forbidden by {rule.id}: "
                        f"{rule.reason}{mark}",
                        file="authority.toml", key=rule.id, given=[one.intervention, other.intervention],
                    )  # fmt: skip


def who_authorises(name: str, authority: Authority) -> str:
    """The level that must agree to an intervention."""
    return authority.power[intervention(name).card.power].level
