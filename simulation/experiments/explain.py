"""The order of the week is read from its source: one line a phase, and what each does from its own docstring."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from simulation.errors import UnknownName

ROOT: Final = Path(__file__).resolve().parents[2]
SUBJECTS: Final = {"week": ("simulation.kernels.week", "PHASES")}


@dataclass(frozen=True)
class Phase:
    """One line of the week: the phase, where its function stands, and what that says it does."""

    line: int
    code: str
    function: str
    file: str
    says: str


def explain(subject: str) -> list[Phase]:
    """What a list of functions names, in order, each with the first line of its function's docstring."""
    if subject not in SUBJECTS:
        raise UnknownName.among(subject, SUBJECTS, key="subject")
    module, name = SUBJECTS[subject]
    text = _file(module).read_text(encoding="utf-8")
    tree = ast.parse(text)
    imported = _imports(tree)
    phases: list[Phase] = []
    for element in _listed(tree, name):
        home, original = imported[element.id]
        line = text.splitlines()[element.lineno - 1].strip()
        phases.append(Phase(element.lineno, line, element.id, _shown(_file(home)), _says(home, original)))
    return phases


def _listed(tree: ast.Module, name: str) -> list[ast.Name]:
    """The names in a module's tuple of that name."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
            target = node.targets[0]
            if isinstance(target, ast.Name) and target.id == name:
                return [element for element in node.value.elts if isinstance(element, ast.Name)]
    raise LookupError(name)


def _says(module: str, name: str) -> str:
    function = _function(ast.parse(_file(module).read_text(encoding="utf-8")), name)
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
