"""What the model reproduces and what it does not, as a page: `docs/findings.md`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from simulation.errors import BadType, UnknownName
from simulation.experiments.record import FIRST_RECORD, Record, Verdict, load_record
from simulation.schema import load_findings
from simulation.schema.reading import LIBRARY, read_table
from simulation.validation.experiment import list_experiments, load_experiment
from simulation.validation.picture import LEGEND, picture
from simulation.validation.record import FIRST_PAGE
from simulation.validation.tensions import section as tensions

NOT_RUN = LIBRARY / "uk" / "not-run.toml"
DIAGNOSES = LIBRARY / "uk" / "diagnoses.toml"
ROLES = {
    "calibrate": (
        "Findings used to calibrate",
        "Parameters were set with these rows in sight; that they pass says that they can be met together.",
    ),
    "test": (
        "Findings used only to test",
        "Nothing was set to meet these. A row passes only if its mechanism is what makes it pass.",
    ),
    "sign": (
        "Patterns",
        "The ways in which organised crime is said to answer to what is done about it; directions without magnitudes, "
        "each with the mechanism that should make it.",
    ),
}
MINUS = "−"


def not_run() -> dict[str, str]:
    """Findings without an experiment, and why; no file, none. Raises SpannerError for a name that is no finding."""
    if not NOT_RUN.exists():
        return {}
    return texts(NOT_RUN, {finding.id for finding in load_findings()})


def diagnoses() -> dict[str, str]:
    """Experiments whose row is missed, and what was found to be the cause. Raises SpannerError for an unknown name."""
    return texts(DIAGNOSES, set(list_experiments()))


def texts(file: Path, known: set[str]) -> dict[str, str]:
    """A file of texts, each under a name that is known."""
    table = read_table(file)
    for name, text in table.items():
        if name not in known:
            raise UnknownName.among(name, known, key=name, file=str(file))
        if not isinstance(text, str):
            raise BadType(key=name, given=text, allowed="a text", file=str(file))
    return table


def document(rows: Sequence[Mapping[str, Any]], version: str) -> str:
    """The page from rows as `validate` gives them; findings that were not tried are listed with the reason."""
    passed = sum(bool(row["passed"]) for row in rows)
    parts = [
        "# Findings: what the model reproduces, and what it does not",
        "Written by `spanner validate --write docs/findings.md`; do not edit. "
        f"{passed} of {len(rows)} experiments pass, model version `{version}`.",
        "A row passes only if its estimate lies in its range, its 95 % interval is no wider than half the range, every "
        "further condition holds, the pattern goes when its mechanism is switched off, nothing done shows nothing, and, "
        "where the range contains no effect, something comparable moves. `inconclusive` counts as a miss. Each row also "
        "says what its estimate was at the number of replicates fixed beforehand, before more were added for precision.",
        f"In the pictures: {LEGEND}.",
    ]
    first = load_record(FIRST_RECORD)
    if first is not None:
        parts.append(
            f"The [first look]({FIRST_PAGE.name}) tried every finding kept for testing once, with model version "
            f"`{first.model_version}` and {first.draw}, and stays as it was."
        )
    parts.append(tensions(rows))
    for role, (title, text) in ROLES.items():
        mine = [row for row in rows if row["role"] == role]
        if mine:
            shown = first if any(first is not None and first.of(row["id"]) is not None for row in mine) else None
            parts += [f"## {title}", text, overview(mine, shown), *(detail(row, shown) for row in mine)]
    parts += ["## Not run", absent({row["id"] for row in rows})]
    return "\n\n".join(parts) + "\n"


def overview(rows: Sequence[Mapping[str, Any]], first: Record | None = None, *, anchors: bool = True) -> str:
    """A line a row, with a picture and, where there was one, what the first look found."""
    heads = ["", "verdict", "ours", "95 % interval", "range", "", "replicates"]
    heads += ["first look"] if first is not None else []
    lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    for row in rows:
        low, high = row["range"]
        drawn = picture(row["estimate"], row["low"], row["high"], (low, high))
        cells = [
            f"[{row['id']}](#{row['id']})" if anchors else row["id"], row["status"], number(row["estimate"]),
            f"{number(row['low'])} to {number(row['high'])}", f"{number(low, 'any')} to {number(high, 'any')}",
            f"`{drawn}`" if drawn else "", str(row["replicates"]),
        ]  # fmt: skip
        cells += [looked(first.of(row["id"]))] if first is not None else []
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def looked(found: Verdict | None) -> str:
    """What the first look found of a row; a row that came later has none."""
    if found is None:
        return "none"
    return f"{found.verdict}, {number(found.estimate)} ({number(found.low)} to {number(found.high)})"


def checks(row: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """All that had to hold besides the estimate, with what it is called."""
    yield from (("also", check) for check in row["also"])
    yield from ((name, row[name]) for name in ("ablation", "placebo", "control") if row[name] is not None)


def detail(row: Mapping[str, Any], looks: Record | None = None) -> str:
    """One finding: what is claimed, how it was read, what came of everything asked."""
    lines = [f"### {row['id']}", "", f"{row['title']}. **{row['status']}**"]
    findings = {finding.id: finding for finding in load_findings()}
    if row["id"] in list_experiments():
        experiment = load_experiment(row["id"])
        if experiment.finding is not None:
            lines[-1] += f". {findings[experiment.finding].statement} ({findings[experiment.finding].source})"
        if experiment.care:
            lines += ["", experiment.care]
    if row["message"]:
        lines += ["", row["message"]]
    lines.append("")
    if looks is not None:
        lines.append(f"- first look: {looked(looks.of(row['id']))}")
    first = row["first_look"]
    if first:
        lines.append(
            f"- as begun: {number(first['estimate'])} ({number(first['low'])} to {number(first['high'])}) "
            f"with {first['replicates']} replicates"
        )
    for name, check in checks(row):
        holds = "holds" if check["ok"] else "**does not hold**"
        lines.append(f"- {name}, {check['text']}: {number(check['estimate'])}, {holds}")
    if not row["passed"] and row["id"] in diagnoses():
        lines += ["", f"Diagnosis: {diagnoses()[row['id']]}"]
    return "\n".join(lines)


def absent(tried: set[str]) -> str:
    """Findings that have no row here, and why."""
    reasons = not_run()
    if all(finding.id in tried for finding in load_findings()):
        return "None: every published finding was tried."
    lines = ["| | role | why it was not run |", "|---|---|---|"]
    for finding in load_findings():
        if finding.id not in tried:
            why = reasons.get(finding.id, "Left out of this run.")
            lines.append(f"| {finding.id} | {finding.role} | {why} |")
    return "\n".join(lines)


def number(value: float | None, nothing: str = "none") -> str:
    """A figure to three digits."""
    if value is None or not math.isfinite(value):
        return nothing
    text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return text.replace("-", MINUS)
