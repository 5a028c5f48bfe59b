"""Commands as a user or a program gives them, and the schemas their JSON must meet."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema

from simulation.cli.ending import outcome
from simulation.cli.stopping import Stopping

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "docs" / "schema"
TINY = ["--weeks", "6", "--replicates", "2"]


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str

    def document(self, schema: str) -> Any:
        """The one JSON document on stdout, which the schema allows."""
        found = json.loads(self.out, parse_constant=lambda word: AssertionError(word))
        check(found, schema)
        return found


def check(document: Any, schema: str) -> None:
    """Hold a document against a schema of ours."""
    rules = json.loads((SCHEMAS / f"{schema}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(rules)
    jsonschema.Draft202012Validator(rules).validate(document)


def typed(capsys: Any, *words: object) -> Ended:
    """Give a command within this process."""
    with Stopping() as stopping:
        status = outcome([str(word) for word in words], stopping)
    said = capsys.readouterr()
    return Ended(status, said.out, said.err)


def started(*words: object, cwd: Path, **environment: str) -> subprocess.Popen[str]:
    """Give a command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "simulation.cli", *map(str, words)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(*words: object, cwd: Path, **environment: str) -> Ended:
    """Give a command in a process of its own and wait for its end."""
    process = started(*words, cwd=cwd, **environment)
    out, err = process.communicate(timeout=300)
    return Ended(process.returncode, out, err)
