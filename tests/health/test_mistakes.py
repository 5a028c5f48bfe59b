"""Deliberate mistakes are caught: what a tired hand might do to the sources, and the check that says so."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import simulation.interventions  # noqa: F401 (registers the cards)
import simulation.world.model as model_module
from simulation.errors import WorkFailed
from simulation.measures.catalogue import INDEX
from simulation.policy.intervention import REGISTRY
from simulation.policy.levers import LEVERS
from simulation.schema import load_parameters
from simulation.state.codes import (
    ACCOUNTS,
    BORROWINGS,
    CASH_CLEAN,
    CASH_DIRTY,
    EQUITY,
    FIXED,
    FLOWS,
    LEGAL_ECONOMY,
    PAYABLE,
    RECEIVABLE,
    SALES,
)
from simulation.world.clock import step_time
from simulation.world.model import World
from simulation.world.run import execute
from tests.health import source_checks as checks
from tests.health.project import ROOT, sources
from tests.integration.lives import alike, spec, table

KERNELS = ROOT / "simulation" / "kernels"


# --- a lever that no kernel reads, a parameter that nobody reads


def unread_levers(folder: Path, levers: set[str]) -> set[str]:
    """Levers a plan can move that no kernel ever looks at."""
    return levers - set().union(*(checks.levers_read(path.read_text()) for path in folder.glob("*.py")))


def test_every_lever_is_read_by_a_kernel():
    assert unread_levers(KERNELS, set(LEVERS)) == set()
    assert set().union(*(checks.levers_read(path.read_text()) for path in KERNELS.glob("*.py"))) <= set(LEVERS)


@pytest.mark.parametrize("lever", sorted(LEVERS))
def test_a_lever_read_by_no_kernel_is_caught(lever: str, tmp_path: Path):
    """Kernels are copied without the reads of one lever."""
    for path in KERNELS.glob("*.py"):
        (tmp_path / path.name).write_text(path.read_text().replace(f"v.{lever}[", "v.arrest_hazards["))
    assert unread_levers(tmp_path, set(LEVERS)) == {lever}
    assert unread_levers(KERNELS, {*LEVERS, "phlogiston"}) == {"phlogiston"}


def test_every_parameter_is_read():
    read = set().union(*(checks.names_read(path.read_text()) for path in sources("simulation")))
    assert [one.id for one in load_parameters().values() if one.field not in read] == []
    assert "at_risk_phlogiston" not in read


# --- an event on the week itself


def keeps_its_weeks() -> bool:
    """Whether a world stepped by Mesa has the history that the fast path has."""
    fast = execute(spec("estate", "clear-hold-build", weeks=12)).series
    world = World("estate", "clear-hold-build", weeks=12)
    try:
        world.run_for(12)
    except WorkFailed:
        return False
    return alike(world.series_so_far(), fast)


@pytest.mark.parametrize("late", [0.0, 0.5, 1.0])
def test_a_policy_event_on_the_week_is_caught(late: float, monkeypatch: pytest.MonkeyPatch):
    """Mesa fires what is scheduled on a week after that week's step: a policy would silently be a week late."""
    assert keeps_its_weeks()

    def on_the_week(model: Any, week: int, function: Callable[[], None]) -> None:
        model.schedule_event(function, at=step_time(week) + late)

    monkeypatch.setattr(model_module, "schedule_before", on_the_week)
    assert not keeps_its_weeks()


def test_scheduling_past_the_clock_is_caught():
    mutated = (ROOT / "simulation/world/model.py").read_text()
    assert checks.own_scheduling(mutated) == []
    mutated = mutated.replace(
        "schedule_before(self, until, self._decide)", "self.schedule_event(self._decide, at=until)"
    )
    assert checks.own_scheduling(mutated)


# --- a draw keyed by the position in a list


def draws(source: str) -> Iterator[tuple[ast.Module, ast.Call]]:
    """Every keyed draw of a source, each in a tree of its own that may be spoilt."""
    for n in itertools.count():
        tree = ast.parse(source)
        calls = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and checks._last_name(node.func) in checks.KEYED_DRAWS and len(node.args) >= 6
        ]
        if n >= len(calls):
            return
        yield tree, calls[n]


def position(node: ast.AST) -> ast.expr:
    """The row number in an expression, or a counter where it has none."""
    return node.slice if isinstance(node, ast.Subscript) else ast.Name("n", ast.Load())


def test_a_draw_keyed_by_position_is_caught_wherever_it_is():
    """Every draw of every kernel in turn is keyed by the row of its being, and by the row of its partner."""
    spoilt = 0
    for path in [*sources("simulation/kernels"), *sources("simulation/world")]:
        source = path.read_text()
        before = len(checks.draws_keyed_by_row(source))
        assert before == 0
        for argument in (1, 5):
            for tree, call in draws(source):
                if ast.unparse(call.args[argument]) in checks.NOBODY:
                    continue
                call.args[argument] = position(call.args[argument])
                assert checks.draws_keyed_by_row(ast.unparse(tree)), f"{path.name}: {ast.unparse(call)}"
                spoilt += 1
    assert spoilt > 60


# --- a transfer that names one account only


def ledger_without(statement: int | None) -> tuple[dict[str, Any], list[str]]:
    """The ledger's functions as plain Python, one statement of theirs left out; and all statements there are."""
    tree = ast.parse((KERNELS / "ledger.py").read_text())
    every: list[str] = []
    for function in [node for node in tree.body if isinstance(node, ast.FunctionDef)]:
        function.decorator_list = []
        for block in [function.body, *(node.body for node in ast.walk(function) if isinstance(node, ast.If))]:
            for line in list(block):
                if isinstance(line, ast.AugAssign) or (isinstance(line, ast.Expr) and isinstance(line.value, ast.Call)):
                    if len(every) == statement:
                        block[block.index(line)] = ast.copy_location(ast.Pass(), line)
                    every.append(f"{function.name}: {ast.unparse(line)}")
    names: dict[str, Any] = {}
    exec(compile(ast.fix_missing_locations(tree), "ledger.py", "exec"), names)
    return names, every


def ledger_faults(names: dict[str, Any]) -> list[str]:
    """A week of every kind of booking, and what the identities find wrong with the books after it."""
    ledger = SimpleNamespace(
        book=np.zeros((5, ACCOUNTS), np.int64), flow=np.zeros((5, FLOWS), np.int64), year=np.zeros((5, FLOWS), np.int64)
    )
    names["pay"](ledger, 3, CASH_DIRTY, 0, CASH_DIRTY, 1000, SALES)
    names["sell"](ledger, 3, 0, 0, 700, 0, CASH_CLEAN, CASH_DIRTY, True)
    names["sell"](ledger, 0, 1, 500, 400, 500, CASH_DIRTY, CASH_DIRTY, True)
    names["settle"](ledger, 1, 0, 200)
    names["write_off"](ledger, 1, 0, 100)
    names["sell"](ledger, 1, 2, 300, 600, 0, CASH_DIRTY, CASH_DIRTY, False)
    names["lose_stock"](ledger, 1, 50)
    names["exchange"](ledger, 1, CASH_CLEAN, CASH_DIRTY, 70)
    names["lend"](ledger, 2, 300)
    names["forgive"](ledger, 2, 100)
    book, faults = ledger.book, []
    if np.any(book.sum(axis=1)):
        faults.append("a row does not sum to zero")
    if book[:, [CASH_DIRTY, CASH_CLEAN]].sum():
        faults.append("cash came from nowhere")
    if book[:, RECEIVABLE].sum() != -book[:, PAYABLE].sum() or book[0, RECEIVABLE] != 200:
        faults.append("debts do not match")
    if np.any(-book[:, EQUITY] != ledger.flow.sum(axis=1)):
        faults.append("flows do not explain equity")
    if names["cash"](ledger, 1) != -400 - 200 + 600:
        faults.append("cash is miscounted")
    if [-book[2, BORROWINGS], book[LEGAL_ECONOMY, FIXED]] != [200, 200] or book[LEGAL_ECONOMY, CASH_CLEAN] != -300:
        faults.append("loans do not match")
    if not np.array_equal(book[1, [CASH_CLEAN, CASH_DIRTY]], [70, -70]):
        faults.append("cash was not exchanged")
    return faults


def test_the_ledger_as_it_stands_has_no_fault():
    names, every = ledger_without(None)
    assert len(every) > 20
    assert ledger_faults(names) == []


@pytest.mark.parametrize("statement", range(len(ledger_without(None)[1])), ids=ledger_without(None)[1])
def test_a_booking_left_out_is_caught(statement: int):
    """Every statement of the ledger in turn is left out: money to one account only, or a flow that nobody notes."""
    names, _ = ledger_without(statement)
    assert ledger_faults(names)


def test_money_booked_past_the_ledger_is_caught():
    mutated = (KERNELS / "accounts.py").read_text()
    assert checks.book_writes(mutated) == []
    mutated = mutated.replace(
        "    due = s.business.wage_bill[b]", "    book[b, CASH_DIRTY] -= 1\n    due = s.business.wage_bill[b]"
    )
    assert checks.book_writes(mutated)


# --- an intervention that does nothing


def does_something(name: str) -> bool:
    """Whether an intervention at full dose makes any difference to the force within half a year."""
    entry = {"intervention": name, "where": "force", "funding": "additional", "budget_holder": "home-office"}
    base = execute(spec("force", weeks=52)).series
    tried = execute(spec("force", table(entry), weeks=52)).series
    same = np.isclose(base, tried, rtol=0.0, atol=0.0, equal_nan=True).all(axis=0)
    for own in ("plan_cost_gbp", "tasking_loop"):  # what the plan spends and whom it takes on is not yet a difference
        same[INDEX[own]] = True
    return not same.all()


@pytest.mark.parametrize("name", ["hold", "leader-arrests"])
def test_an_intervention_that_does_nothing_is_caught(name: str, monkeypatch: pytest.MonkeyPatch):
    assert does_something(name)
    idle = type("Idle", (REGISTRY[name],), {"modifiers": lambda self, view, weeks: []})
    monkeypatch.setitem(REGISTRY, name, idle)
    assert not does_something(name)


# --- a run whose failures nobody hears of


@pytest.mark.parametrize("kind", ["", " Exception", " BaseException", " (ValueError, Exception)"])
def test_a_broad_except_around_a_run_is_caught(kind: str):
    source = (ROOT / "simulation/world/run.py").read_text()
    assert checks.broad_excepts(source) == []
    line = "    engine.run(spec.weeks, between)\n"
    assert line in source
    mutated = source.replace(line, f"    try:\n    {line}    except{kind}:\n        pass\n")
    assert len(checks.broad_excepts(mutated)) == 1
