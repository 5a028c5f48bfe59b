"""What the house asks of data files and texts, each as a function from a text to the list of faults found in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

STATUSES = {"measured", "estimated", "assumed", "calibrated"}
EVIDENCED = {"measured", "estimated"}  # what is calibrated rests on the ensemble
# Where packages were fetched from, and where somebody's files lie: general forms, so that no host or machine is named here.
FOREIGN = [
    r"(?<!no-emit-)\bindex-url\s+\S",
    r"https?://\S+/simple\b",
    r"[\"']resolved[\"']\s*:",
    r"https?://registry\.",
    r"\bfile:///",
    r"(?<![\w.}])/(?:home|Users|srv|mnt)/\w",
    r"(?<![\w.}])/(?:[r]oot|[w]ork|[f]arm)/[\w.]",
]


def _tables(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table of a file with the path to it."""
    if isinstance(node, dict):
        yield path, node
        for name, item in node.items():
            yield from _tables(item, f"{path}.{name}" if path else name)
    elif isinstance(node, list):
        for position, item in enumerate(node):
            yield from _tables(item, f"{path}[{position}]")


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def quantity_faults(text: str, units: set[str], sources: set[str] | None = None) -> list[str]:
    """Numbers without unit, range, status or (where the status claims evidence) a source that exists."""
    faults = []
    for path, table in _tables(tomllib.loads(text)):
        if not _number(table.get("value")):
            continue
        missing = [key for key in ("unit", "low", "high", "status") if key not in table]
        if missing:
            faults.append(f"{path}: no {', '.join(missing)}")
            continue
        value, low, high = table["value"], table["low"], table["high"]
        if table["unit"] not in units:
            faults.append(f"{path}: unit {table['unit']} is not in the vocabulary")
        if not low <= value <= high:
            faults.append(f"{path}: {value} is not between {low} and {high}")
        if table["status"] not in STATUSES:
            faults.append(f"{path}: status {table['status']}")
        source = table.get("source")
        if table["status"] in EVIDENCED and not source:
            faults.append(f"{path}: {table['status']} without a source")
        if source and sources is not None and source not in sources:
            faults.append(f"{path}: source {source} is not listed")
    return faults


def bare_parameters(text: str) -> list[str]:
    """Numbers of a parameter file that stand outside any quantity."""
    faults = []
    for path, table in _tables(tomllib.loads(text)):
        if "value" not in table:
            faults += [f"{path}.{name}: a bare number" for name, item in table.items() if _number(item)]
    return faults


def narrow_assumptions(text: str) -> list[str]:
    """Numbers from memory whose range is under a quarter either way (of a share: of its nearer end)."""
    faults = []
    for path, table in _tables(tomllib.loads(text)):
        if not _number(table.get("value")) or table.get("status") != "assumed" or not {"low", "high"} <= table.keys():
            continue
        value = table["value"]
        quarter = 0.25 * (min(value, 1.0 - value) if table.get("unit") == "share" else abs(value))
        floor, roof = value - quarter, value + quarter
        slack = 1e-9 + abs(value) * 0.01
        if table.get("unit") in ("count", "people", "weeks"):
            slack += 0.5
        if table["low"] > floor + slack or table["high"] < roof - slack:
            faults.append(
                f"{path}: {value} assumed within {table['low']} to {table['high']}, less than a quarter each way"
            )
    return faults


def foreign_names(text: str) -> list[str]:
    """Hosts of package registries, and paths of somebody's machine."""
    faults = []
    for number, line in enumerate(text.splitlines(), 1):
        faults += [f"line {number}: {found.group()}" for mark in FOREIGN if (found := re.search(mark, line))]
    return faults


def lock_faults(text: str) -> list[str]:
    """Entries of a lock that are not pinned by version and hash, and options that name where to fetch from."""
    faults = [f"option {line}" for line in text.splitlines() if line.startswith("-")]
    entries = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    for entry in entries:
        name = entry.split()[0]
        if "==" not in name:
            faults.append(f"{name}: not pinned")
        elif "--hash=sha256:" not in entry:
            faults.append(f"{name}: no hash")
    return faults
