"""One search over all that can be opened: pages, places, plans, interventions, measures and parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from dashboard.views.catalogue import Catalogue, PlanView

MOST = 12  # of one kind


@dataclass(frozen=True)
class Hit:
    """Something that was found: what it is, its name, a line about it, and where it opens."""

    kind: str
    title: str
    note: str
    href: str


def search(
    words: str, catalogue: Catalogue, plans: Sequence[PlanView], pages: Sequence[tuple[str, str]]
) -> dict[str, list[Hit]]:
    """What has every word, by kind; names that begin with the words come first."""
    wanted = words.casefold().split()
    if not wanted:
        return {}
    out: dict[str, list[tuple[bool, Hit]]] = {}
    for hit, more in entries(catalogue, plans, pages):
        text = f"{hit.title} {hit.note} {more}".casefold()
        if all(word in text for word in wanted):
            named = all(word in hit.title.casefold() for word in wanted)
            out.setdefault(hit.kind, []).append((not named, hit))
    return {
        kind: [hit for _, hit in sorted(found, key=lambda item: (item[0], item[1].title))[:MOST]]
        for kind, found in out.items()
    }


def entries(
    catalogue: Catalogue, plans: Sequence[PlanView], pages: Sequence[tuple[str, str]]
) -> Iterator[tuple[Hit, str]]:
    """Everything there is, with further words by which it is found."""
    for path, title in pages:
        yield Hit("Pages", title, "", path), ""
    for place in catalogue.places.values():
        yield Hit("Places", place.title, place.description, f"/?preset={place.id}"), place.id
    for plan in plans:
        preset = plan.preset or next(iter(catalogue.places), "")
        address = urlencode({"preset": preset, "plan": plan.id})
        yield Hit("Plans", plan.title, plan.description, f"/plan?{address}"), plan.id
    for card in catalogue.cards.values():
        yield (
            Hit("Interventions", card.title, card.mechanism, f"/method?card={card.id}"),
            f"{card.id} {card.family_title}",
        )
    for row in catalogue.measures.to_dict("records"):
        yield Hit("Measures", str(row["label"]), str(row["definition"]), "/method#measures"), str(row["id"])
    for row in catalogue.parameters.to_dict("records"):
        note = row["note"] if isinstance(row["note"], str) else ""
        yield Hit("Parameters", str(row["id"]), note, f"/method?{urlencode({'find': row['id']})}"), ""
