"""What the house asks of Python source, each as a function from a source text to the list of faults found in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

NOBODY = {"0", "np.uint64(0)", "NOBODY"}
KEYED_DRAWS = {"uniform", "uniforms", "words", "uniform_column"}
IDENTITY_MAKERS = {"splitmix", "mix64", "children"}
IDENTITY = re.compile(r"(^|_)(ids?|identity|identities)($|_)")
NOT_RANDOMNESS = "draws come from simulation.chance, keyed by identity"
SCHEDULING = {"schedule_event", "schedule_recurring", "schedule_at", "schedule_after"}


def _last_name(node: ast.AST) -> str:
    """The last part of a dotted name, or nothing."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def broad_excepts(source: str) -> list[str]:
    """Handlers that swallow what nobody thought of; one that tidies up and raises again swallows nothing."""
    faults = []
    for node in ast.walk(ast.parse(source)):
        kinds: list[ast.expr | None] = []
        if isinstance(node, ast.ExceptHandler) and not _raises_again(node):
            kinds = list(node.type.elts) if isinstance(node.type, ast.Tuple) else [node.type]
        elif isinstance(node, ast.Call) and _last_name(node.func) == "suppress":
            kinds = list(node.args)
        if any(kind is None or _last_name(kind) in ("Exception", "BaseException") for kind in kinds):
            faults.append(f"line {node.lineno}: broad except")
    return faults


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def undecorated_kernels(source: str) -> list[str]:
    """Functions of a kernel file that are not compiled by our decorator, and compiled ones that bypass it."""
    faults = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names = [_last_name(d.func if isinstance(d, ast.Call) else d) for d in node.decorator_list]
            if names != ["kernel"]:
                faults.append(f"line {node.lineno}: {node.name} is not made by @kernel")
    return faults


def loose_numerics(source: str) -> list[str]:
    """Fast mathematics, threads inside a kernel, numba's own decorators: each may change bits or order."""
    faults = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg in ("fastmath", "parallel"):
            faults.append(f"line {node.value.lineno}: {node.arg}")
        elif isinstance(node, ast.Name | ast.Attribute) and _last_name(node) in ("prange", "njit", "jit", "vectorize"):
            faults.append(f"line {node.lineno}: {_last_name(node)}")
    return faults


def foreign_randomness(source: str) -> list[str]:
    """Randomness that is not a pure function of who, when and what for."""
    faults = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import) and any(
            alias.name.split(".")[0] in ("random", "secrets") for alias in node.names
        ):
            faults.append(f"line {node.lineno}: import random: {NOT_RANDOMNESS}")
        elif isinstance(node, ast.ImportFrom) and node.module in ("random", "secrets", "numpy.random"):
            faults.append(f"line {node.lineno}: from {node.module}: {NOT_RANDOMNESS}")
        elif isinstance(node, ast.Attribute):
            name = _dotted(node)
            if name.startswith(("np.random", "numpy.random")) or re.search(r"(model|self|world)\.(random|rng)\.", name):
                faults.append(f"line {node.lineno}: {name}: {NOT_RANDOMNESS}")
    return faults


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _assigned(function: ast.FunctionDef) -> dict[str, list[ast.expr]]:
    """What each local name is ever given."""
    given: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    given.setdefault(target.id, []).append(node.value)
        elif isinstance(node, ast.For) and isinstance(node.target, ast.Name):
            given.setdefault(node.target.id, []).append(node.iter)
    return given


def _is_identity(node: ast.AST, given: dict[str, list[ast.expr]], depth: int = 0) -> bool:
    """Whether an expression is an identity: a column named so, one made by splitmix, or a name given only such."""
    if depth > 5:
        return False
    if isinstance(node, ast.Call):
        if _last_name(node.func) in IDENTITY_MAKERS:
            return True
        wraps = _last_name(node.func) in ("uint64", "int")
        return wraps and len(node.args) == 1 and _is_identity(node.args[0], given, depth + 1)
    if isinstance(node, ast.BinOp):
        return _is_identity(node.left, given, depth + 1) or _is_identity(node.right, given, depth + 1)
    if isinstance(node, ast.IfExp):
        return _is_identity(node.body, given, depth + 1) and _is_identity(node.orelse, given, depth + 1)
    if isinstance(node, ast.Subscript):
        return _is_identity(node.value, given, depth + 1)
    if isinstance(node, ast.Name) and node.id in given:
        return all(_is_identity(value, given, depth + 1) for value in given[node.id])
    return bool(IDENTITY.search(_last_name(node).lower()))


def draws_keyed_by_row(source: str) -> list[str]:
    """Draws whose being or partner is a row number, which changes when anybody else comes or goes."""
    faults = []
    for function in _functions(ast.parse(source)):
        given = _assigned(function)
        for node in ast.walk(function):
            if not isinstance(node, ast.Call) or _last_name(node.func) not in KEYED_DRAWS or len(node.args) < 6:
                continue
            who, partner = node.args[1], node.args[5]
            if not _is_identity(who, given):
                faults.append(f"line {node.lineno}: drawn for {ast.unparse(who)}, which is no identity")
            if ast.unparse(partner) not in NOBODY and not _is_identity(partner, given):
                faults.append(f"line {node.lineno}: drawn with partner {ast.unparse(partner)}, which is no identity")
    return faults


def _stores(tree: ast.Module) -> Iterator[ast.Subscript]:
    for node in ast.walk(tree):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = list(node.targets)
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            yield from (part for part in ast.walk(target) if isinstance(part, ast.Subscript))


def book_writes(source: str) -> list[str]:
    """Writes into the ledger's book: money that moves without naming two accounts."""
    return [
        f"line {node.lineno}: {ast.unparse(node)} is written"
        for node in _stores(ast.parse(source))
        if _last_name(node.value) == "book" and isinstance(node.ctx, ast.Store)
    ]


def own_scheduling(source: str) -> list[str]:
    """Events put on Mesa's clock directly (a whole week is a week late), and clocks that are set."""
    faults = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _last_name(node.func) in SCHEDULING and isinstance(node.func, ast.Attribute):
            faults.append(f"line {node.lineno}: {_last_name(node.func)}")
        elif isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if re.search(r"(model|self|world)\.(time|steps)$", _dotted(target)):
                    faults.append(f"line {node.lineno}: {_dotted(target)} is set")
    return faults


def imported_packages(source: str) -> set[str]:
    """The top-level packages a source imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.split(".")[0])
    return found


def levers_read(source: str) -> set[str]:
    """The levers a kernel file reads: attributes of `v`, by which kernels know them."""
    return {
        node.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "v"
    }


def names_read(source: str) -> set[str]:
    """Everything a source may read by name: attributes, and texts that are looked up."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return found


def unfinished(source: str) -> list[str]:
    """Marks of work left undone."""
    mark = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError|raise NotImplemented\b")
    return [f"line {number}: {line.strip()}" for number, line in enumerate(source.splitlines(), 1) if mark.search(line)]
