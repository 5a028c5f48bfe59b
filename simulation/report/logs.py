"""Three logs of the assurance pack: what is assumed, what was decided, and where the data come from."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from simulation.policy.intervention import REGISTRY
from simulation.report.markdown import code, codes, number, table
from simulation.schema import Parameter, Quantity, load_mechanisms, load_parameters, quantities
from simulation.schema.reading import LIBRARY
from simulation.schema.reference import load_sources

INTERVENTIONS: Final = Path(__file__).resolve().parents[1] / "interventions"
ASKED: Final = ("experiments", "calibrations", "ensembles")  # what is asked of the model is none of its data
WIDE: Final = 1.0
SPREAD: Final = "(high less low) over the value"


def assumptions() -> str:
    """Every parameter; then how many other figures there are and on whose word."""
    heads = load_mechanisms()
    rows = [
        (
            code(one.id), number(one.value), one.unit, f"{number(one.low)} to {number(one.high)}", spread(one), one.status,
            one.source or "", codes(heads[one.mechanism].writes) if one.mechanism in heads else "", one.note,
        )
        for one in load_parameters().values()
    ]  # fmt: skip
    wide = sum(one.value != 0.0 and (one.high - one.low) / abs(one.value) > WIDE for one in load_parameters().values())
    parts = [
        "# Assumptions log",
        f"{len(rows)} parameters, each with the range in which it may lie and on whose word. `spread` is {SPREAD}: above {WIDE:g} for "
        f"{wide} of them. `moves` is what the mechanism writes; how far an outcome moves with one of them is for a run to say (`--set`, or a "
        "comparison across an ensemble).",
        statuses({"parameters of mechanisms": list(load_parameters().values()), **others()}),
        table(("parameter", "value", "unit", "range", "spread", "status", "source", "moves", "note"), rows),
    ]
    return "\n\n".join(parts) + "\n"


def spread(one: Parameter) -> str:
    return "" if one.value == 0.0 else f"{(one.high - one.low) / abs(one.value):.2g}"


def statuses(found: dict[str, list[Quantity]]) -> str:
    """How many figures of each kind rest on whose word."""
    order = ("measured", "estimated", "calibrated", "assumed")
    rows = []
    for what, figures in found.items():
        counts = Counter(one.status for one in figures)
        rows.append((what, str(len(figures)), *(str(counts[status]) for status in order)))
    return table(("figures", "in all", *order), rows)


def others() -> dict[str, list[Quantity]]:
    """Figures that are no parameters: of interventions' cards, and of each folder of data."""
    import simulation.interventions  # noqa: F401 - importing it puts the cards on the register

    found: dict[str, list[Quantity]] = {
        "numbers of interventions": [q for name in sorted(REGISTRY) for _, q in quantities(REGISTRY[name].card)]
    }
    for path in data_files():
        folder = path.relative_to(LIBRARY).parts[0]
        if folder == "parameters" or path.suffix != ".toml":
            continue
        figures = list(stated(tomllib.loads(path.read_text(encoding="utf-8"))))
        if figures:
            found.setdefault(f"`scenarios/{folder}`", []).extend(figures)
    return found


def stated(value: Any) -> Iterator[Quantity]:
    """Every quantity that a table of a file states."""
    if isinstance(value, dict):
        if {"value", "unit", "status"} <= set(value):
            yield Quantity.model_validate({key: value[key] for key in Quantity.model_fields if key in value})
            return
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from stated(item)


def data_files() -> list[Path]:
    """Files of data that a run may read, sorted."""
    paths = (path for path in LIBRARY.rglob("*") if path.suffix in (".toml", ".csv"))
    return sorted(path for path in paths if path.relative_to(LIBRARY).parts[0] not in ASKED)


def decisions(root: Path) -> str:
    """A row a decision, from its own page."""
    rows = []
    for path in sorted((root / "docs" / "decisions").glob("0*.md")):
        text = path.read_text(encoding="utf-8")
        title = text.splitlines()[0].removeprefix("# ")
        label, _, says = title.partition(". ")
        rows.append((f"[{label}](../decisions/{path.name})", says, *decided(text)))
    return "\n\n".join(
        [
            "# Decisions log",
            f"{len(rows)} decisions on how the model is built, the first sentence of each part; the page has the rest. A decision that is overturned "
            "stays, and says which one took its place.",
            table(("", "decision", "why it came up", "what was decided", "what it costs or what follows"), rows),
        ]
    ) + "\n"  # fmt: skip


# how the headings of the three parts begin, the likelier first
HEADS: Final = (("why it", "question"), ("what was decided", "decision"), ("what", "consequence", "why", "how"))


def sections(text: str) -> dict[str, str]:
    """The parts of a page by their headings, in small letters."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return {head.strip().lower(): body.strip() for head, body in zip(parts[1::2], parts[2::2], strict=True)}


def decided(text: str) -> list[str]:
    """The first sentence of each of the three parts of a decision, whatever else it has and however they are marked."""
    body = "\n\n".join(part for part in text.split("\n\n")[1:] if not re.match(r"\*[^*]", part))
    left = sections(text) or bold(body)
    if not left:
        return [first(part) for part in (body.split("\n\n") + [""] * 3)[:3]]
    told = []
    for heads in HEADS:
        name = next((one for head in heads for one in left if one.startswith(head)), next(iter(left), ""))
        told.append(first(left.pop(name, "")))
    return told


def bold(text: str) -> dict[str, str]:
    """The parts of a page whose headings stand in bold at the beginning of a paragraph."""
    parts = re.split(r"^\*\*(.+?)\.?\*\*", text, flags=re.MULTILINE)
    return {head.strip(".").lower(): body.strip() for head, body in zip(parts[1::2], parts[2::2], strict=True)}


def first(body: str) -> str:
    """The first sentence of a text; links, which lead nowhere from here, are taken out."""
    lines = " ".join(body.strip().split("\n\n")[0].split()).removeprefix("- ")
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", lines)
    return re.split(r"(?<=[.!?]) (?=[A-Z`*])", text, maxsplit=1)[0]


def data() -> str:
    """Every source with how its figures were checked and who cites it; every file with what it says of itself."""
    cited = citations()
    sources = [
        (
            code(key), one.title, one.publisher, str(one.year), one.evidence.replace("-", " "), one.licence, one.address,
            str(cited[key]), one.note,
        )
        for key, one in load_sources().items()
    ]  # fmt: skip
    counts = Counter(one.evidence for one in load_sources().values())
    told = ", ".join(f"{count} {evidence.replace('-', ' ')}" for evidence, count in sorted(counts.items()))
    parts = [
        "# Data log",
        "No data about a real person, group or address comes with the model; what a user imports stays in a folder of its own and is not in this log.",
        "## Sources",
        f"{len(sources)} sources. How the figures taken from each were checked: {told} (`read`: seen in the source or a report of it; `derived`: arithmetic on "
        "what was read; `computed`: worked out from open data; `from memory`: not looked up). A licence is named where a table of figures was taken over; elsewhere single figures are "
        "quoted with their source and no data set is passed on.",
        table(("key", "title", "publisher", "year", "figures were", "licence", "seen at", "cited", "note"), sources),
        "## Files",
        table(("file", "what it says of itself"), [(code(path.relative_to(LIBRARY.parent).as_posix()), about(path)) for path in data_files()]),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def citations() -> Counter[str]:
    """How often each source is named in data and on cards."""
    texts = [path.read_text(encoding="utf-8") for path in data_files() if path.name != "sources.toml"]
    texts += [path.read_text(encoding="utf-8") for path in sorted(INTERVENTIONS.glob("*.py"))]
    return Counter({key: sum(text.count(f'"{key}"') for text in texts) for key in load_sources()})


def about(path: Path) -> str:
    """The remark at the head of a file, else its title, else its columns."""
    text = path.read_text(encoding="utf-8-sig")
    lines = text.splitlines()
    if path.suffix == ".csv":
        return f"{len(lines) - 1} rows: {lines[0].replace(',', ', ')}"
    remark = []
    for line in lines:
        if not line.startswith("#"):
            break
        remark.append(line.lstrip("# "))
    said = tomllib.loads(text)
    inner = next((value for value in said.values() if isinstance(value, dict) and "title" in value), {})
    return " ".join(remark) or str(said.get("title") or inner.get("title") or "")
