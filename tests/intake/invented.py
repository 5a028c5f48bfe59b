"""Mappings and profiles that are invented: tokens in place of names, as many as a test wants."""

from __future__ import annotations

import csv
import itertools
import random
from pathlib import Path
from typing import Any

MARKETS = ("Heroin", "Cocaine", "Cannabis", "Firearms", "Fraud", "OAC", "Vehicle crime", "Modern slavery")
ROLES = ("Organiser", "Lieutenant", "Runner", "Enforcer", "Financier", "Associate")
AREAS = ("Area 1", "Area 2", "Area 3", "Area 4", "Area 5")
# what nobody may ever find again outside the file it came in
SECRET = "Zqvexk"


def mapping(groups: int, size: int, seed: int = 1) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """People and ties: `groups` groups of about `size`, ties mostly inside."""
    luck = random.Random(seed)
    people: list[dict[str, Any]] = []
    members: list[list[str]] = []
    for g in range(groups):
        own = []
        for n in range(max(2, luck.randint(size - 2, size + 2))):
            name = f"{SECRET}P{len(people):05d}x"
            own.append(name)
            people.append(
                {
                    "Nominal ID": name, "Surname": f"{SECRET}Surname{len(people)}", "OCG": f"{SECRET}G{g:04d}x",
                    "Role": "Organiser" if n == 0 else luck.choice(ROLES[1:]), "Crime type": MARKETS[g % len(MARKETS)],
                    "Ward": AREAS[luck.randrange(len(AREAS))], "Age": luck.choice(("17", "19", "24", "31", "45")),
                    "Notes": f"{SECRET} seen near the river",
                }
            )  # fmt: skip
        members.append(own)
    ties = [
        {"From": a, "To": b, "Weight": luck.choice(("0.2", "0.5", "1")), "Relationship": luck.choice(("family", "associate", "co-offender"))}
        for own in members
        for n, a in enumerate(own)
        for b in own[:n]
        if luck.random() < 0.5
    ]  # fmt: skip
    for first, second in itertools.pairwise(members):
        ties.append({"From": first[0], "To": second[0], "Weight": "0.3", "Relationship": "associate"})
    return people, ties


def profile(areas: int, seed: int = 1) -> list[dict[str, Any]]:
    """A row an area: residents and counts of groups by market."""
    luck = random.Random(seed)
    return [
        {
            "Ward": f"Invented Ward {n + 1}", "Population": luck.randint(8000, 20000), "Deprivation": round(luck.uniform(0.2, 0.9), 2),
            "Heroin": luck.randint(0, 4), "Cocaine": luck.randint(0, 3), "Cannabis": luck.randint(0, 3), "Fraud": luck.randint(0, 2),
            "Estimated harm": luck.randint(1, 9) * 1_000_000, "Comments": "none",
        }
        for n in range(areas)
    ]  # fmt: skip


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Rows as a CSV file."""
    with open(path, "w", encoding="utf-8", newline="") as handle:
        into = csv.DictWriter(handle, fieldnames=list(rows[0]))
        into.writeheader()
        into.writerows(rows)
    return path
