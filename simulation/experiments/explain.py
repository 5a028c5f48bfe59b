"""The order of the week is read from its source: one line a phase, and what each does from its own docstring."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from simulation.errors import UnknownName

ROOT: Final = Path(__file__).resolve().parents[2]
SUBJECTS: Final = {"week": ("simulation.kernels.week", "week")}


@dataclass(frozen=True)
class Phase:
    """One line of the week: the call, where its function stands, and what that says it does."""

    line: int
    code: str
    function: str
    file: str
    says: str


def explain(subject: str) -> list[Phase]:
    """The lines of a function's body in order, each call with the first line of its function's docstring."""
    if subject not in SUBJECTS:
        raise UnknownName.among(subject, SUBJECTS, key="subject")
    module, name = SUBJECTS[subject]
    path = _file(module)
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    function = _function(tree, name)
    imported = _imports(tree)
    phases: list[Phase] = []
    for statement in function.body[1 if ast.get_docstring(function) else 0 :]:
        call = statement.value if isinstance(statement, (ast.Expr, ast.Assign)) else None
        called = call.func.id if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) else ""
        home, original = imported.get(called, (module, called))
        code = ast.get_source_segment(text, statement) or ""
        phases.append(Phase(statement.lineno, code, called, _shown(_file(home)), _says(home, original)))
    return phases


def _says(module: str, name: str) -> str:
    if not name:
        return ""
    try:
        function = _function(ast.parse(_file(module).read_text(encoding="utf-8")), name)
    except LookupError:
        return ""
    return (ast.get_docstring(function) or "").split("\n", 1)[0]


def _file(module: str) -> Path:
    stem = ROOT.joinpath(*module.split("."))
    single = stem.with_suffix(".py")
    return single if single.is_file() else stem / "__init__.py"


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _function(tree: ast.Module, name: str) -> ast.FunctionDef:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return node
    raise LookupError(name)


def _imports(tree: ast.Module) -> dict[str, tuple[str, str]]:
    return {
        alias.asname or alias.name: (node.module, alias.name)
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module is not None
        for alias in node.names
    }
