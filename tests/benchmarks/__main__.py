"""Every speed target is measured and printed as one JSON list: `python -m tests.benchmarks` (or `make -s bench`).

Nothing here passes or fails: figures say what this machine did, now. Ratios travel better than times.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence

from simulation import api
from tests.benchmarks import against_c, against_mesa, against_starsim, chance, country, phases, runs, starts, ties
from tests.benchmarks.figure import Figure, Size, say

PARTS: dict[str, Callable[[Size], list[Figure]]] = {
    "replicates": runs.replicates,
    "forecast": runs.live_forecast,
    "memory": runs.memory,
    "cost": runs.cost_model,
    "mesa-share": runs.mesa_share,
    "batch": runs.batch,
    "country": country.measure,
    "phases": phases.measure,
    "ties": ties.measure,
    "mesa": against_mesa.measure,
    "c": against_c.measure,
    "starsim": against_starsim.measure,
    "starts": starts.measure,
    "chance": chance.measure,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for, and print it."""
    reader = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measure every speed target.")
    reader.add_argument("--quick", action="store_true", help="as little as gives figures; they mean nothing")
    reader.add_argument("--only", nargs="+", choices=sorted(PARTS), help="some of the parts")
    asked = reader.parse_args(arguments)
    size = Size(quick=asked.quick)
    if not size.quick:
        api.warm_up()
    figures: list[Figure] = []
    for name, measure in PARTS.items():
        if asked.only and name not in asked.only:
            continue
        say(f"measuring: {name}")
        figures += measure(size)
    sys.stdout.write(json.dumps([figure.row() for figure in figures], ensure_ascii=False, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
