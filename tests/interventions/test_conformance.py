"""Every card keeps the promises that all cards make: none at dose zero, no more than it declares, and smooth in
between.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation.measures.catalogue import MEASURES
from simulation.policy.compose import view_of
from simulation.policy.intervention import REGISTRY
from simulation.policy.levers import LEVERS
from simulation.schema import INTERVENTIONS, Card, Entry, Plan, load_authority
from simulation.schema.reference import check_sources
from simulation.state.codes import ORDER_NAMES
from simulation.state.columns import columns_of
from simulation.state.levers import Levers
from tests.policy.ground import WEEKS, checkpoint, fresh_state, identity, plan_of, programme, series, whole

checkpoint()  # registers the cards
ALL = sorted(REGISTRY)
ACTIVE = [name for name in ALL if REGISTRY[name].card.affects.levers]
ORDERING = [name for name in ALL if REGISTRY[name].gives_orders]
FREE = {"funding": "additional", "budget_holder": "home-office"}
ROOT = Path(__file__).parents[2]


def entry(name: str, dose: float = 1.0, **more: Any) -> dict[str, Any]:
    return {"intervention": name, "dose": dose, "where": "force", **more}


def levers_at(name: str, dose: float, **more: Any) -> dict[str, np.ndarray]:
    return whole(programme(plan_of(entry(name, dose, **more))))


@pytest.mark.parametrize("name", ALL)
def test_at_dose_zero_there_is_no_effect_no_order_no_hour_and_no_cost(name: str) -> None:
    made = programme(plan_of(entry(name, 0.0)))
    for lever, column in whole(made).items():
        assert np.array_equal(column, identity()[lever]), lever
    as_now, with_it = fresh_state(), fresh_state()
    base = programme(plan_of(), as_now)
    for week in range(0, 24, 2):
        base.meet(as_now, week)
        made.meet(with_it, week)
    assert np.array_equal(as_now.operation.id, with_it.operation.id)
    bill = made.cost(WEEKS)
    assert bill["total"] == 0.0
    assert bill["hours"] == {}
    assert bill["waited_weeks"] == 0.0


@pytest.mark.parametrize("name", ALL)
def test_without_a_dose_in_force_its_own_mechanism_does_nothing(name: str) -> None:
    """An entry at dose zero is left out of a plan; here the card itself is asked, with all its entry has, but a dose."""
    made = programme(plan_of(entry(name, **FREE)))
    dose = made.pieces[0].claim.dose
    dose.wanted[:] = 0.0
    dose.changed()
    for lever, column in whole(made).items():
        assert np.array_equal(column, identity()[lever]), lever
    assert made.cost(WEEKS)["total"] == 0.0


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("paid", [{}, FREE], ids=["retasked", "additional"])
def test_before_its_window_it_costs_nothing_and_takes_no_hour(name: str, paid: dict[str, str]) -> None:
    made = programme(plan_of(entry(name, start=40, **paid)))
    assert made.cost(40)["total"] == 0.0
    assert made.cost(40)["hours"] == {}
    card = REGISTRY[name].card
    if card.cost.hours or card.cost.grant:
        assert made.cost(WEEKS)["total"] > 0.0


@pytest.mark.parametrize("name", ALL)
def test_its_place_among_others_cannot_matter(name: str) -> None:
    """With another dose of itself and with others that move much, whatever the order in which a plan lists them."""
    beside = [
        entry(name, 0.7),
        entry(name, 0.2, start=9, where={"rule": "most-harm", "n": 1}),
        entry("hold", 0.5),
        entry("border-interdiction", 0.4),
    ]
    reference = whole(programme(plan_of(*beside)))
    for order in ((1, 0, 3, 2), (3, 2, 1, 0), (2, 0, 3, 1)):
        other = whole(programme(plan_of(*(beside[n] for n in order))))
        for lever, column in reference.items():
            assert np.array_equal(column, other[lever]), lever


@pytest.mark.parametrize("name", ALL)
def test_it_moves_the_levers_it_declares_and_no_others(name: str) -> None:
    rest = identity()
    full = levers_at(name, 1.0, **FREE)  # paid for, so that nothing is put aside for it
    moved = {lever for lever, column in full.items() if not np.array_equal(column, rest[lever])}
    derived = {"effort"} if "portfolio" in moved else set()
    assert moved == set(REGISTRY[name].card.affects.levers) | derived


@pytest.mark.parametrize("name", ALL)
def test_no_contribution_is_made_before_its_window(name: str) -> None:
    rest = identity()
    for lever, column in levers_at(name, 1.0, start=40).items():
        assert np.array_equal(column[:40], rest[lever][:40]), lever


@pytest.mark.parametrize("name", ACTIVE)
def test_levers_answer_smoothly_to_dose(name: str) -> None:
    rest, full = identity(), levers_at(name, 1.0, **FREE)
    for lever in REGISTRY[name].card.affects.levers:
        span = np.abs(full[lever] - rest[lever]).max()
        for dose in np.linspace(0.05, 0.95, 20):
            step = np.abs(levers_at(name, dose * 1.01, **FREE)[lever] - levers_at(name, dose, **FREE)[lever]).max()
            assert step <= 0.06 * span, (lever, dose)
            assert step > 0.0, (lever, dose)


@pytest.mark.parametrize("name", ACTIVE)
def test_more_dose_never_means_less_of_a_lever(name: str) -> None:
    rest = identity()
    for lever in REGISTRY[name].card.affects.levers:
        reach = [np.abs(levers_at(name, dose, **FREE)[lever] - rest[lever]).max() for dose in (0.1, 0.3, 0.6, 1.0)]
        assert reach == sorted(reach), lever
        assert reach[0] > 0.0


@pytest.mark.parametrize("name", ORDERING)
def test_it_gives_the_orders_it_declares_and_no_others(name: str) -> None:
    state = fresh_state()
    for group in (state.person, state.outlet, state.business):
        group.knowledge[:] = 0.9
    state.operation.state[:] = 0
    state.person.role[:20] = np.tile([0, 2, 5, 2], 5)  # organisers, specialists and brokers for every rule to find
    made = programme(plan_of(entry(name)), state)
    for dose, some in ((0.0, False), (1.0, True)):
        made.pieces[0].claim.dose.wanted[:] = dose
        made.pieces[0].claim.dose.changed()
        view = view_of(made.pieces[0], made._read_only(state), made.parameters, 60, 1)
        orders = made.pieces[0].intervention.orders(view, 60)
        assert bool(orders) == some
        given = {ORDER_NAMES[order.kind] for order in orders}
        assert given == (set(REGISTRY[name].card.affects.orders) if some else set())


@pytest.mark.parametrize("name", [name for name in ALL if name not in ORDERING])
def test_one_that_declares_no_operations_opens_none(name: str) -> None:
    as_now, with_it = fresh_state(), fresh_state()
    base, made = programme(plan_of(), as_now), programme(plan_of(entry(name, **FREE)), with_it)
    if "portfolio" in REGISTRY[name].card.affects.levers:
        return
    for week in range(0, 60, 2):
        base.meet(as_now, week)
        made.meet(with_it, week)
    assert np.array_equal(as_now.operation.id, with_it.operation.id)


@pytest.mark.parametrize("name", ACTIVE)
def test_at_full_dose_the_world_is_another_and_before_its_window_it_is_not(name: str) -> None:
    baseline = series(plan_of().model_dump_json())
    run = series(plan_of(entry(name, start=5)).model_dump_json())
    assert np.array_equal(run[:5], baseline[:5], equal_nan=True)
    assert not np.array_equal(run, baseline, equal_nan=True)


def test_carrying_on_as_now_is_the_baseline_bit_for_bit() -> None:
    baseline = series(plan_of().model_dump_json())
    assert np.array_equal(series(plan_of(entry("do-as-now")).model_dump_json()), baseline, equal_nan=True)


@pytest.mark.parametrize("name", ALL)
def test_a_card_is_written_and_read_back_as_it_was(name: str) -> None:
    card = REGISTRY[name].card
    assert Card.model_validate_json(card.model_dump_json()) == card
    said = Entry.model_validate(entry(name))
    assert Entry.model_validate_json(said.model_dump_json()) == said


@pytest.mark.parametrize("name", ALL)
def test_a_card_names_only_what_exists(name: str) -> None:
    card = REGISTRY[name].card
    assert card.id == name
    assert name in INTERVENTIONS
    assert set(card.affects.levers) <= set(LEVERS) - {"effort"}
    assert set(card.affects.orders) <= set(ORDER_NAMES)
    assert card.power in load_authority().power
    assert {one.measure for one in card.expected} <= {measure.id for measure in MEASURES}
    assert card.expected
    assert card.variant_of is None or card.variant_of in REGISTRY
    check_sources(card, name)
    sources = [getattr(card.evidence, part).source for part in type(card.evidence).model_fields]
    from simulation.schema import load_sources

    assert {source for source in sources if source} <= set(load_sources())


@pytest.mark.parametrize("name", ALL)
def test_every_number_of_a_card_does_something(name: str) -> None:
    kind = REGISTRY[name]
    base = levers_at(name, 0.7, **FREE)
    for key, quantity in kind.card.parameters.items():
        if key in ("hours_each", "weeks_each"):
            continue  # these shape operations, see tests of programmes
        value = quantity.low if quantity.low != quantity.value else quantity.high
        other = levers_at(name, 0.7, parameters={key: value}, **FREE)
        assert any(not np.array_equal(other[lever], base[lever]) for lever in columns_of(Levers)), key


def does(card: Card) -> tuple[frozenset[str], frozenset[str]]:
    """All that a card can do to the world, in whatever order it says so."""
    return frozenset(card.affects.levers), frozenset(card.affects.orders)


def test_no_two_cards_do_the_same_unless_one_says_so() -> None:
    said: dict[tuple[frozenset[str], frozenset[str]], str] = {}
    for name in ALL:
        card = REGISTRY[name].card
        if card.variant_of is not None:
            assert does(REGISTRY[card.variant_of].card) == does(card), (
                f"{name} is no variant of what does something else"
            )
            assert REGISTRY[card.variant_of].card.variant_of is None
            continue
        assert does(card) not in said, f"{name} and {said[does(card)]}"
        said[does(card)] = name


def test_the_toolkit_is_whole() -> None:
    """As many as were asked for, every one of them modelled and to be chosen, under every P and every D."""
    cards = [REGISTRY[name].card for name in ALL]
    assert set(ALL) == set(INTERVENTIONS)
    assert len([card for card in cards if card.status == "modelled"]) >= 36
    assert {card.p4 for card in cards} == {"Pursue", "Prevent", "Protect", "Prepare"}
    assert {card.dddd for card in cards} == {"Disrupt", "Deny", "Deceive", "Delete", "Collaborate"}
    for card in cards:
        assert card.status == "modelled", (
            "one that is only described says why, and cannot be chosen: there is none, so neither is built"
        )


TAKE_OVER = {
    "defection": "franchise-defection", "exclusivity": "exclusivity-break", "liquidity": "liquidity-squeeze",
    "poaching": "specialist-poaching", "brand": "brand-seizure", "exit at the top": "managed-exit",
}  # fmt: skip


def test_the_hostile_take_over_has_all_its_parts() -> None:
    """Each is a card of its own, moves a lever that no other part moves, and is expected to show."""
    family = {
        name: set(REGISTRY[name].card.affects.levers)
        for name in ALL
        if REGISTRY[name].card.family == "hostile-takeover"
    }
    assert set(family) == set(TAKE_OVER.values())
    for name, levers in family.items():
        others = set().union(*(moved for other, moved in family.items() if other != name))
        assert levers - others or REGISTRY[name].gives_orders, name
        assert any(one.sign != "none" for one in REGISTRY[name].card.expected), name


@pytest.mark.parametrize("name", ALL)
def test_a_card_is_in_emmie_form_and_scores_nothing_without_a_source(name: str) -> None:
    card = REGISTRY[name].card
    for part in type(card.evidence).model_fields:
        said = getattr(card.evidence, part)
        assert said.text, part
        assert said.score == 0 or said.source, part
    assert card.mechanism
    assert card.targets
    for key, quantity in card.parameters.items():
        assert quantity.low <= quantity.value <= quantity.high, key
        assert quantity.low < quantity.high, key
        assert quantity.note or quantity.source, key


def test_the_plans_that_come_with_the_product_can_be_made() -> None:
    from simulation.schema import list_plans, load_plan

    for name in list_plans():
        plan = load_plan(name)
        missing = {one.intervention for one in plan.entry} - set(REGISTRY)
        assert not missing, f"plan {name} asks for {missing}"
        made = programme(Plan.model_validate_json(plan.model_dump_json()))
        assert np.isfinite(made.cost(WEEKS)["total"])


@pytest.mark.parametrize("path", [
    *sorted((ROOT / "simulation" / "interventions").glob("*.py")),
    *(ROOT / "simulation" / "policy" / f"{name}.py" for name in ("perceived", "targets", "where", "deliberation", "pursuit")),
    ROOT / "simulation" / "kernels" / "tasking.py",
], ids=lambda path: path.name)  # fmt: skip
def test_no_targeting_rule_reads_age_deprivation_or_any_trait_of_residents(path: Path) -> None:
    assert not re.search(r"\.(age|deprivation|pool|users|users_rest)\b", path.read_text())
