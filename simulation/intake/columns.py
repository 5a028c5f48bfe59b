"""Which column says what: by the user's flags first, else by its name; what is left is dropped, and listed with why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from simulation.errors import BadType, Conflict, MissingKey, SpannerError, UnknownKey, UnknownName, collected
from simulation.intake.tables import Table
from simulation.intake.words import plain

# field -> names by which a column is known for it, the surest first
PEOPLE: Final[dict[str, tuple[str, ...]]] = {
    "person": ("person", "person id", "nominal id", "nominal", "nominal ref", "subject id", "member id", "urn", "node id",
               "node", "id", "ref", "reference", "unique id"),
    "group": ("group", "group id", "ocg", "ocg id", "ocg ref", "ocg urn", "ocb", "business", "network", "gang", "cluster",
              "organisation", "org"),
    "role": ("role", "role in group", "position", "function", "status in group", "rank", "tier role"),
    "market": ("market", "crime type", "criminality", "primary criminality", "sector", "commodity", "threat", "activity",
               "group type", "type"),
    "tier": ("tier", "level", "chain level"),
    "locality": ("locality", "ward", "area", "neighbourhood", "lsoa", "beat", "district", "town", "home locality", "place"),
    "age": ("age band", "age", "age group"),
}  # fmt: skip
TIES: Final[dict[str, tuple[str, ...]]] = {
    "from": ("from", "source", "person 1", "person1", "from id", "source id", "node 1", "a", "person a", "subject 1"),
    "to": ("to", "target", "person 2", "person2", "to id", "target id", "node 2", "b", "person b", "subject 2"),
    "strength": ("strength", "weight", "tie strength", "count", "score"),
    "kind": ("kind", "relationship", "tie type", "link type", "relation", "type", "association", "nature"),
}  # fmt: skip
PROFILE: Final[dict[str, tuple[str, ...]]] = {
    "area": ("area", "locality", "ward", "neighbourhood", "district", "place", "beat", "town", "area name", "name"),
    "population": ("population", "residents", "people", "pop", "resident population"),
    "deprivation": ("deprivation", "imd", "imd score", "deprivation score", "deprivation share"),
    "harm": ("harm", "estimated harm", "harm gbp", "estimated harm gbp", "cost", "estimated cost"),
    "market": ("market", "crime type", "criminality", "threat", "group type", "sector", "type"),
    "groups": ("groups", "ocgs", "number of groups", "number of ocgs", "ocg count", "group count", "count"),
}  # fmt: skip
NEEDED: Final = {"people": ("person", "group"), "ties": ("from", "to"), "profile": ("area", "population")}
FIELDS: Final = {"people": PEOPLE, "ties": TIES, "profile": PROFILE}
# words in a column's name that say that it names or describes somebody
NAMING: Final = frozenset(
    [
        "name",
        "names",
        "forename",
        "forenames",
        "surname",
        "firstname",
        "lastname",
        "first",
        "last",
        "middle",
        "alias",
        "aliases",
        "nickname",
        "moniker",
        "dob",
        "birth",
        "born",
        "address",
        "street",
        "postcode",
        "phone",
        "telephone",
        "mobile",
        "email",
        "mail",
        "handle",
        "vehicle",
        "vrm",
        "reg",
        "nino",
        "ni",
        "passport",
        "pnc",
        "cro",
        "photo",
        "label",
        "ethnicity",
        "religion",
        "nationality",
        "gender",
        "sex",
    ]
)
FREE: Final = frozenset(
    [
        "notes",
        "note",
        "comment",
        "comments",
        "text",
        "description",
        "summary",
        "intelligence",
        "intel",
        "remarks",
        "detail",
        "details",
    ]
)


def given_columns(words: list[str]) -> dict[str, str]:
    """`--column field=Header` as a table."""
    found: dict[str, str] = {}
    for word in words:
        name, equals, header = word.partition("=")
        if not equals or not header.strip():
            raise MissingKey(f'--column takes FIELD=HEADER, not "{word}".', key="column", given=word)
        if name.strip() in found:
            raise Conflict(
                f'--column says twice which column holds "{name.strip()}".', key="column", given=word, allowed="once"
            )
        found[name.strip()] = header.strip()
    known = {name for fields in FIELDS.values() for name in fields}
    faults: list[SpannerError] = [UnknownKey.among(name, known, key="column") for name in found if name not in known]
    if faults:
        raise collected(faults)
    return found


def chosen(table: Table, kind: str, given: Mapping[str, str]) -> dict[str, int]:
    """Which column of a table holds each field: the number of the column by the field's name. Raises for what is needed."""
    fields = FIELDS[kind]
    faults: list[SpannerError] = []
    found: dict[str, int] = {}
    for name, header in given.items():
        if name not in fields:
            continue
        at = [n for n, title in enumerate(table.header) if title.lower() == header.lower()]
        if not at:
            faults.append(UnknownName.among(header, table.header, key=f"column {name}", file=table.file))
        elif at[0] in found.values():
            faults.append(
                BadType(
                    f'{table.file}: the column "{header}" is given for two fields.', file=table.file, key=f"column {name}",
                    given=header, allowed="a column a field",
                )
            )  # fmt: skip
        else:
            found[name] = at[0]
    titles = [plain(title) for title in table.header]
    for rank in range(max(map(len, fields.values()))):  # the surest names of all fields come before less sure ones
        for name, synonyms in fields.items():
            if name in found or name in given or rank >= len(synonyms) or synonyms[rank] not in titles:
                continue
            at_ = titles.index(synonyms[rank])
            if at_ not in found.values():
                found[name] = at_
    if not found and not faults:
        wanted = " and ".join(f"--column {name}=HEADER" for name in NEEDED[kind])
        raise MissingKey(  # it may be no header at all, so none of its cells is repeated
            f"{table.file}: row 1 holds no column that is known; it has to name the columns, or say which is which with {wanted}.",
            file=table.file, key=f"column {NEEDED[kind][0]}", allowed=[names[0] for names in fields.values()],
        )  # fmt: skip
    for name in NEEDED[kind]:
        if name not in found and name not in given:
            faults.append(
                MissingKey(
                    f'{table.file}: no column is known to hold "{name}"; say which with --column {name}=HEADER.',
                    file=table.file, key=f"column {name}", allowed=table.header,
                )
            )  # fmt: skip
    if faults:
        raise collected(faults)
    return found


def dropped(table: Table, used: Mapping[str, int]) -> list[dict[str, str]]:
    """The columns that are not read, and why: they name somebody, hold free text, or say nothing that is modelled."""
    out = []
    for n, title in enumerate(table.header):
        if n not in used.values():
            words = set(plain(title).split())
            why = "name-like" if words & NAMING else "free text" if words & FREE else "not used"
            out.append({"file": table.file, "column": title or "(no name)", "reason": why})
    return out
