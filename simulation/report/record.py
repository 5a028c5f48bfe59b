"""What was verified, what was validated, and where the model ends: three pages of the assurance pack."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path
from typing import Final

from simulation.experiments.record import FIRST_RECORD, Record, load_record
from simulation.report.logs import first, sections
from simulation.report.markdown import code, codes, table
from simulation.schema import load_findings, load_mechanisms
from simulation.validation.experiment import list_experiments, load_experiment
from simulation.validation.report import looked, not_run, number
from simulation.validation.tensions import load_tensions, together

DOOR: Final = "`make test` runs every test except those at length, `make soak` those too, `make check` the quick ones; all run without a network."


def verification(root: Path) -> str:
    """What each test file holds the code to, by folder, in its own words. Nothing is run."""
    parts = [
        "# Verification record",
        f"That the model does what it says. {DOOR} Each line is the first sentence of a file of tests.",
    ]
    for folder in sorted(path for path in (root / "tests").iterdir() if path.is_dir()):
        files = sorted(folder.glob("test_*.py"))
        if files:
            rows = [(code(path.relative_to(root).as_posix()), promise(path)) for path in files]
            parts += [f"## {folder.name.replace('_', ' ').capitalize()}", table(("file", "what must hold"), rows)]
    return "\n\n".join(parts) + "\n"


def promise(path: Path) -> str:
    """The first paragraph of what a file says of itself."""
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(said.split("\n\n")[0].split())


def validation() -> str:
    """What came of every finding, and which mechanisms a passed row shows to be at work."""
    found, first = load_record(), load_record(FIRST_RECORD)
    parts = [
        "# Validation record",
        "That what the model says is like the world. How a row passes, and the diagnosis of each miss, are in [findings](../findings.md).",
    ]
    if found is None:
        return "\n\n".join([*parts, "No finding has been tried."]) + "\n"
    counts = Counter((row.role, row.verdict) for row in found.rows)
    verdicts = sorted({row.verdict for row in found.rows}, key=("pass", "miss", "inconclusive", "error").index)
    roles = [(role, *(str(counts[role, verdict]) for verdict in verdicts)) for role in ("calibrate", "test", "sign")]
    rows = [
        (
            row.id, row.role, row.verdict, number(row.estimate), f"{number(row.low)} to {number(row.high)}",
            f"{number(row.pass_low, 'any')} to {number(row.pass_high, 'any')}", str(row.replicates),
            *((looked(first.of(row.id)) if row.role == "test" else "",) if first is not None else ()),
        )
        for row in found.rows
    ]  # fmt: skip
    heads = ("row", "role", "verdict", "ours", "95 % interval", "range", "replicates")
    tried = [{"id": row.id, "passed": row.passed} for row in found.rows]
    tensions = [(one.title, "yes" if together(one, tried) else "no") for one in load_tensions()]
    parts += [
        f"Tried with model version `{found.model_version}`, {found.draw}.",
        table(("role", *verdicts), roles),
        table(heads if first is None else (*heads, "first look"), rows),
        "## Both sides at once",
        table(("tension", "every row of both sides passes"), tensions),
        "## Mechanisms",
        mechanisms(found),
        "## Not tried",
        table(("finding", "why"), [(name, not_run().get(name, "")) for name in not_tried()]) if not_tried() else "None.",
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def mechanisms(found: Record) -> str:
    """Which mechanisms were switched off in a row that passes; what rests on the others is not validated."""
    shown: dict[str, list[str]] = {}
    for name in list_experiments():
        row, experiment = found.of(name), load_experiment(name)
        if row is not None and row.passed and experiment.ablation is not None:
            for mechanism in experiment.ablation.ablate:
                shown.setdefault(mechanism, []).append(name)
    rest = [name for name in load_mechanisms() if name not in shown]
    return "\n\n".join(
        [
            "A row that passes goes when its mechanism is switched off: that is what speaks for the mechanism.",
            table(("mechanism", "rows that pass with it and not without"), [(code(name), ", ".join(shown[name])) for name in sorted(shown)]),
            f"For the other {len(rest)} no such row speaks, and what rests on them alone is not validated: {codes(rest)}.",
        ]
    )  # fmt: skip


def not_tried() -> list[str]:
    """Findings that no experiment tries."""
    tried = {load_experiment(name).finding for name in list_experiments()}
    return [finding.id for finding in load_findings() if finding.id not in tried]


def limits(root: Path) -> str:
    """What the page on limits says, part by part, in short."""
    said = sections((root / "docs" / "limits.md").read_text(encoding="utf-8"))
    text = (root / "docs" / "limits.md").read_text(encoding="utf-8")
    parts = ["# Limits of use", "In short; [where the model ends](../limits.md) says each in full."]
    for head in re.findall(r"^## (.+)$", text, flags=re.MULTILINE):
        body = said[head.strip().lower()]
        parts.append(f"## {head}")
        items = re.split(r"^- ", body, flags=re.MULTILINE)
        parts.append("\n".join([" ".join(first(items[0]).split()), *(f"- {lead(item)}" for item in items[1:])]).strip())
    return "\n\n".join(parts) + "\n"


def lead(item: str) -> str:
    """What an item is about: what stands in bold, else its first sentence."""
    bold = re.match(r"\*\*(.+?)\*\*", item)
    return bold[1].rstrip(".") if bold else first(item)
