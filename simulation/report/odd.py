"""The model is described in the order of an ODD protocol, from its own code: `python -m simulation.report.odd`.

The frame, `odd.template.md`, holds what only an author can say; `{{name}}` in it stands for what the code says itself.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from simulation.errors import UnknownName
from simulation.report.sections import SECTIONS

FRAME = Path(__file__).with_name("odd.template.md")
TARGET = Path(__file__).resolve().parents[2] / "docs" / "odd.md"
MARK = re.compile(r"\{\{(\w+)\}\}")


def document(frame: str | None = None) -> str:
    """The whole description. Raises UnknownName when the frame asks for a part that nobody writes."""

    def part(found: re.Match[str]) -> str:
        if found[1] not in SECTIONS:
            raise UnknownName.among(found[1], SECTIONS, key="part", file=str(FRAME))
        return SECTIONS[found[1]]()

    return MARK.sub(part, FRAME.read_text(encoding="utf-8") if frame is None else frame)


def main(arguments: list[str] | None = None) -> int:
    """Write the description to a file (the project's own when none is named)."""
    reader = argparse.ArgumentParser(description="Write the description of the model from its code.")
    reader.add_argument("target", nargs="?", type=Path, default=TARGET)
    target: Path = reader.parse_args(arguments).target
    target.write_text(document(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
