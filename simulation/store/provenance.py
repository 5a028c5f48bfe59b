"""Where and with what a part was made: git state, lock file, processor, versions."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pandas as pd

from simulation.store.format import TABLES
from simulation.store.identity import SIMULATION, installed, model_version

LOCK_FILES = ("requirements.lock", "requirements.txt", "pylock.toml")
PACKAGES = ("spannerworks", "numpy", "numba", "mesa", "scipy", "pandas", "duckdb", "pydantic")


def provenance(part: str) -> pd.DataFrame:
    """One row that says how a part came to be."""
    row = {"part": part, "written_at": datetime.now(UTC).isoformat(timespec="seconds"), **surroundings()}
    return pd.DataFrame([row], columns=list(TABLES["provenance"]))


@lru_cache(maxsize=1)
def surroundings() -> dict[str, str]:
    """What stays the same while a process lives."""
    return {
        "model_version": model_version(),
        "git": _git(),
        "lock_hash": _lock_hash(),
        "cpu": _processor(),
        "platform": platform.platform(),
        "python": platform.python_version(),
        "versions": json.dumps({name: installed(name) for name in PACKAGES}, sort_keys=True),
    }


def _git() -> str:
    """The commit the sources stand at, with `+` when they differ from it; empty outside a checkout."""
    root = SIMULATION.parent
    if not (root / ".git").exists():
        return ""
    try:
        commit = _ask_git(root, "rev-parse", "HEAD")
        changed = _ask_git(root, "status", "--porcelain", "--untracked-files=no", "--", "simulation", "scenarios")
    except (OSError, subprocess.SubprocessError):
        return ""
    return commit + ("+" if changed else "")


def _ask_git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, timeout=10, check=True)
    return done.stdout.strip()


def _lock_hash() -> str:
    for name in LOCK_FILES:
        path = SIMULATION.parent / name
        if path.is_file():
            return hashlib.blake2b(path.read_bytes()).hexdigest()[:32]
    return ""


def _processor() -> str:
    """The processor's model name: bits are promised equal for one lock file and one family of processors."""
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
