"""The assurance pack after the AQuA Book: logs, records, limits and a statement, written from what the project itself says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

from simulation.errors import NotFound, UnknownName, Unwritable
from simulation.experiments.ensembles import list_ensembles, load_ensemble
from simulation.experiments.record import load_record
from simulation.report import logs, record
from simulation.schema import load_parameters
from simulation.store.identity import model_version

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = ROOT / "docs" / "assurance"
FRAME: Final = Path(__file__).with_name("assurance.template.md")
MARK: Final = re.compile(r"\{\{(\w+)\}\}")
VERSION: Final = "Model version "
"""How the lines begin that change with every change of the model."""


def pages() -> dict[str, str]:
    """Every page of the pack by file name. Raises NotFound where the project's own folders are not there."""
    for folder in ("docs/decisions", "tests"):
        if not (ROOT / folder).is_dir():
            raise NotFound(
                f"The assurance pack is written from the project's own folders, and {ROOT / folder} is not there: run it in a clone.",
                file=str(ROOT / folder), given=folder, allowed="a clone of the project",
            )  # fmt: skip
    return {
        "README.md": statement(),
        "assumptions.md": logs.assumptions(),
        "decisions.md": logs.decisions(ROOT),
        "data.md": logs.data(),
        "verification.md": record.verification(ROOT),
        "validation.md": record.validation(),
        "limits.md": record.limits(ROOT),
    }


def write(folder: Path) -> dict[str, str]:
    """Write the pack; returns its pages. Raises NotFound and Unwritable."""
    pack = pages()
    for name, text in pack.items():
        path = folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise Unwritable(file=str(path), given=error.strerror, allowed="a folder that can be written") from error
    return pack


def statement() -> str:
    """The page that everything else is for."""

    def part(found: re.Match[str]) -> str:
        if found[1] not in PARTS:
            raise UnknownName.among(found[1], PARTS, key="part", file=str(FRAME))
        return PARTS[found[1]]()

    return MARK.sub(part, FRAME.read_text(encoding="utf-8"))


def version() -> str:
    """With which model this was written, and with which the findings were tried last."""
    now, found = model_version(), load_record()
    stale = [name for name in list_ensembles() if load_ensemble(name).stale is not None]
    told = [f"{VERSION}`{now}`."]
    if found is None:
        told.append("No findings have been tried with any.")
    elif found.model_version == now:
        told.append("The findings were tried with it too.")
    else:
        told.append(
            f"The findings were last tried with `{found.model_version}`, another one: read their verdicts as its."
        )
    told += [f"The ensemble `{name}` was made with another one: its draws need not fit." for name in stale]
    return " ".join(told)


def standing() -> str:
    found = load_record()
    if found is None:
        return "no finding has been tried"
    passed = sum(row.passed for row in found.rows)
    return f"{passed} of {len(found.rows)} findings and patterns tried are reproduced"


def unmeasured() -> str:
    counts = Counter(one.status for one in load_parameters().values())
    return f"{counts['assumed']} of {counts.total()} parameters are judgement, and costs and harms are unit costs of an average case"


def grounded() -> str:
    counts = Counter(one.status for one in load_parameters().values())
    told = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
    return f"Parameters: {told}. Findings: {standing()}; each miss has a diagnosis in [findings](../findings.md)."


def uncertainty() -> str:
    chance = "Every figure is a mean of paired differences with its interval"
    drawn = ", ".join(f"`{name}` ({len(load_ensemble(name).draws)} draws)" for name in list_ensembles())
    if drawn:
        return f"{chance}; comparisons across an ensemble of calibrated draws ({drawn}) tell chance from parameters and rank plans as probabilities."
    return (
        f"{chance}, which tells chance and not parameters: there is no ensemble of calibrated draws for this model yet."
    )


def risks() -> str:
    """What remains, from what was counted: never fewer than the misses."""
    found = load_record()
    lines = [
        f"- {unmeasured()[0].upper()}{unmeasured()[1:]}. A change within the ranges may change the order of two plans: vary them, or compare across an ensemble.",
        "- Nobody outside the project has reviewed code, data or findings.",
        "- People and places are synthetic; no result has been held against a real force's own outcomes.",
    ]
    if found is not None:
        missed = [row.id for row in found.rows if not row.passed]
        lines.append(f"- {len(missed)} tried findings and patterns are not reproduced: {', '.join(missed) or 'none'}.")
    lines.append(
        f"- {len(record.not_tried())} published findings have not been tried: {', '.join(record.not_tried()) or 'none'}."
    )
    return "\n".join(lines)


PARTS: Final[dict[str, Callable[[], str]]] = {
    part.__name__: part for part in (version, standing, unmeasured, grounded, uncertainty, risks)
}
