"""The words by which users call roles, markets, tiers, ages and ties, and what each is called here."""

from __future__ import annotations

import re
from typing import Final

from simulation.world.graft_people import NAMES as ROLES

__all__ = ["AGES", "BONDS", "ROLES", "age", "bond", "market", "plain", "role", "tier"]

ROLE_WORDS: Final = {
    "organizer": "organiser", "principal": "organiser", "leader": "organiser", "head": "organiser", "boss": "organiser",
    "kingpin": "organiser", "top": "organiser", "core": "organiser", "lieutenant": "manager", "line holder": "manager",
    "holder": "manager", "significant": "manager", "street manager": "manager", "finance": "financier",
    "supplier": "wholesaler", "wholesale": "wholesaler", "import": "importer", "dealer": "runner", "seller": "runner",
    "street dealer": "runner", "courier": "runner", "peripheral": "runner", "lookout": "runner", "distribution": "distributor",
    "muscle": "enforcer", "enforcement": "enforcer", "money launderer": "launderer", "money mule": "launderer",
    "mule": "launderer", "professional enabler": "launderer", "enabler": "launderer", "corrupt insider": "insider",
    "cook": "chemist", "programmer": "coder", "hacker": "coder", "document forger": "forger", "driver": "transport",
    "facilitator": "specialist", "logistics": "transport", "fence": "handler", "burglar": "thief", "robber": "thief",
    "associate": "member", "other": "member", "unknown": "member", "subject": "member", "nominal": "member",
}  # fmt: skip

MARKET_WORDS: Final = {
    "drugs": ("heroin-and-crack", "class-a"), "drug supply": ("heroin-and-crack", "class-a"),
    "class a": ("class-a", "heroin-and-crack"), "class a drugs": ("class-a", "heroin-and-crack"),
    "heroin": ("heroin-and-crack", "class-a"), "crack": ("heroin-and-crack", "class-a"),
    "county lines": ("heroin-and-crack", "class-a"), "heroin and crack": ("heroin-and-crack", "class-a"),
    "crack cocaine": ("heroin-and-crack", "class-a"), "cocaine": ("cocaine", "class-a"),
    "cannabis": ("cannabis",), "guns": ("firearms",), "firearm": ("firearms",), "tobacco": ("illicit-tobacco",),
    "counterfeits": ("illicit-tobacco",), "vehicle crime": ("stolen-vehicles",), "vehicle theft": ("stolen-vehicles",),
    "oac": ("organised-acquisitive",), "acquisitive crime": ("organised-acquisitive",), "soac": ("organised-acquisitive",),
    "organised acquisitive crime": ("organised-acquisitive",), "burglary": ("organised-acquisitive",),
    "economic crime": ("fraud",), "cyber": ("cyber-crime",), "cybercrime": ("cyber-crime",),
    "oic": ("organised-immigration-crime",), "immigration crime": ("organised-immigration-crime",),
    "modern slavery": ("labour-exploitation",), "msht": ("labour-exploitation",),
    "robbery": ("organised-robbery",),
}  # fmt: skip
AGES: Final = ("under-18", "18-24", "25-and-over")
BONDS: Final = ("kin", "co-offending", "introduced")
BOND_WORDS: Final = {
    "family": "kin", "kinship": "kin", "relative": "kin", "sibling": "kin", "parent": "kin", "partner": "kin",
    "spouse": "kin", "co offending": "co-offending", "co offender": "co-offending", "criminal": "co-offending",
    "offending": "co-offending", "co accused": "co-offending", "co arrest": "co-offending", "associate": "introduced",
    "association": "introduced", "acquaintance": "introduced", "friend": "introduced", "communication": "introduced",
    "calls": "introduced", "contact": "introduced", "introduced": "introduced",
}  # fmt: skip
TIER_WORDS: Final = {
    "wholesale": "wholesaler",
    "import": "importer",
    "street": "line",
    "retail": "line",
    "distribution": "distributor",
}


def plain(text: str) -> str:
    """A word as it is compared: small letters, one space where anything else stood."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def role(text: str, own: dict[str, str]) -> str | None:
    """The role a cell means, by the user's own words first; None where it means none. An empty cell is a member."""
    word = plain(text)
    if not word:
        return "member"
    if word in own:
        return own[word]
    if word in ROLES:
        return word
    return ROLE_WORDS.get(word)


def market(text: str, known: tuple[str, ...]) -> str | None:
    """The market of a scenario that a cell means."""
    word = plain(text)
    for name in known:
        if plain(name) == word:
            return name
    return next((name for name in MARKET_WORDS.get(word, ()) if name in known), None)


def tier(text: str, chain: tuple[str, ...]) -> str | None:
    """The tier of a market's chain that a cell means."""
    word = plain(text)
    for name in chain:
        if plain(name) == word:
            return name
    found = TIER_WORDS.get(word)
    if word in ("street", "retail", "line"):
        return chain[-1]
    return found if found in chain else None


def bond(text: str) -> str | None:
    """The kind of a tie; people of a mapping are taken to offend together where nothing else is said."""
    word = plain(text)
    if not word:
        return "co-offending"
    return next((name for name in BONDS if plain(name) == word), BOND_WORDS.get(word))


def age(text: str) -> str | None:
    """The age band of a cell that holds a band or an age in years; an empty cell is no band, and is left to chance."""
    word = plain(text)
    if word.isdigit() and 10 <= int(word) <= 110:
        years = int(word)
        return AGES[0] if years < 18 else AGES[1] if years < 25 else AGES[2]
    named = {
        "under 18": 0,
        "u18": 0,
        "child": 0,
        "10 17": 0,
        "18 24": 1,
        "18 to 24": 1,
        "25 and over": 2,
        "25": 2,
        "over 25": 2,
        "adult": 2,
    }
    return AGES[named[word]] if word in named else None
