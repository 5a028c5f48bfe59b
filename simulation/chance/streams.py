"""What each stream of chance is for: one number a mechanism, four words a draw, no word with two purposes."""

from __future__ import annotations

from typing import NamedTuple

POPULATE = 0
PLACE = 1
SUPPLY_CHOICE = 2
CHEAT = 3
DELIVERY = 4
RETAIL = 5
PRICE = 6
ACCOUNTS = 7
COMMISSION = 8
ARREST = 9
JUSTICE = 10
CONTEST = 11
GOSSIP = 12
ADAPT = 13
PEOPLE = 14
ENTRY = 15
SENSE = 16
TASK = 17
OPERATION = 18
SEIZURE = 19
SOCIAL = 20
ACQUISITIVE = 21
LICENCE = 22
COMMUNITY = 23
OPENING = 24
SHOCK = 25
FRANCHISE = 26
PLATFORM = 27
LAUNDER = 28
INSIDER = 29
EXTORTION = 30
ROUTE = 31
FACILITY = 32
PLEA = 33


class Stream(NamedTuple):
    """One mechanism's stream and the purposes of its four output words."""

    number: int
    name: str
    subject: str
    words: tuple[str, str, str, str]


TABLE: tuple[Stream, ...] = (
    Stream(
        POPULATE,
        "POPULATE",
        "building the world before week 0",
        ("size or capacity", "membership or type", "attitude or loyalty", "spare"),
    ),
    Stream(
        PLACE,
        "PLACE",
        "where people, outlets and lines stand",
        ("locality", "position within it", "travel range", "spare"),
    ),
    Stream(
        SUPPLY_CHOICE,
        "SUPPLY_CHOICE",
        "a buyer's choice of supplier (partner: the candidate)",
        ("race time", "whether to search", "search channel", "spare"),
    ),
    Stream(
        CHEAT,
        "CHEAT",
        "a supplier cheating a buyer (partner: the buyer)",
        ("whether", "which way: late, short, rip-off", "how much", "spare"),
    ),
    Stream(
        DELIVERY,
        "DELIVERY",
        "a delivery in transit (partner: the receiver)",
        ("lost on the way", "delay", "quality", "spare"),
    ),
    Stream(
        RETAIL,
        "RETAIL",
        "customers' choice of outlet (partner: the outlet)",
        ("race time", "switch when unmet", "custom of the week", "spare"),
    ),
    Stream(PRICE, "PRICE", "posted prices", ("noise of the week", "whether to follow rivals", "spare", "spare")),
    Stream(
        ACCOUNTS, "ACCOUNTS", "money, credit and failure", ("default", "laundering detected", "who takes over", "spare")
    ),
    Stream(
        COMMISSION,
        "COMMISSION",
        "brokered projects",
        ("arrival", "value and payout", "success", "slot race (partner: the candidate)"),
    ),
    Stream(ARREST, "ARREST", "a person's week with the law and the trade", ("arrested", "leaves", "informs", "spare")),
    Stream(
        JUSTICE, "JUSTICE", "charge, court and sentence", ("charge", "bail or remand", "verdict", "sentence length")
    ),
    Stream(
        CONTEST,
        "CONTEST",
        "violence over territory (partner: the rival)",
        ("number of events", "severity", "recorded or not", "retaliation"),
    ),
    Stream(
        GOSSIP, "GOSSIP", "reports heard (partner: the teller)", ("heard or not", "which report", "believed", "spare")
    ),
    Stream(
        ADAPT,
        "ADAPT",
        "a business learning to live with a tactic",
        ("a family noticed, lag, choice race", "a second noticed", "a third noticed", "a fourth noticed"),
    ),
    Stream(
        PEOPLE,
        "PEOPLE",
        "lives of the people in a business",
        ("promotion or succession", "filled or not", "hiring race (partner: the candidate)", "age on entry"),
    ),
    Stream(ENTRY, "ENTRY", "new sellers and outlets", ("whether", "where from", "starting capital", "market")),
    Stream(SENSE, "SENSE", "police intelligence", ("learned or not", "level it reaches", "ghost", "ghost decays")),
    Stream(TASK, "TASK", "tasking meetings", ("likelihood noise", "tie break", "spare", "spare")),
    Stream(
        OPERATION,
        "OPERATION",
        "operations under way (partner: the target)",
        ("success", "outcome short of success", "leak", "wrong target"),
    ),
    Stream(
        SEIZURE,
        "SEIZURE",
        "goods and assets taken (partner: the owner)",
        ("whether", "share taken", "restraint or freezing", "confiscation"),
    ),
    Stream(SOCIAL, "SOCIAL", "social ties made and lost (partner: the other)", ("made", "lost", "strength", "kind")),
    Stream(
        ACQUISITIVE, "ACQUISITIVE", "theft, burglary and fraud", ("number of events", "value", "recorded or not", "who")
    ),
    Stream(LICENCE, "LICENCE", "release, licence and return", ("recall", "re-entry", "breach", "where to")),
    Stream(
        COMMUNITY,
        "COMMUNITY",
        "residents and their confidence",
        ("report to police", "effort arrives", "incident seen", "spare"),
    ),
    Stream(
        OPENING,
        "OPENING",
        "lines opening and closing (partner: the host locality)",
        ("open", "close", "size", "recruit under 18"),
    ),
    Stream(SHOCK, "SHOCK", "whom a scenario's shock befalls", ("race", "spare", "spare", "spare")),
    Stream(
        FRANCHISE,
        "FRANCHISE",
        "brands, joining and leaving them (partner: the brand)",
        ("whether, or how much it likes to borrow", "lag, or worth of independence", "runs a brand", "spare"),
    ),
    Stream(
        PLATFORM,
        "PLATFORM",
        "platforms of talk, trade and money, and who is on which (partner: the platform)",
        (
            "closes, enters or is chosen",
            "runs off or how long it takes",
            "state gets in or model",
            "found out or appeal",
        ),
    ),
    Stream(
        LAUNDER,
        "LAUNDER",
        "a business laundering its money",
        ("reported or not; the ways it knows first", "in which channel", "share caught in it", "spare"),
    ),
    Stream(INSIDER, "INSIDER", "a business's insiders", ("bribed", "of which kind", "exposed", "which of them")),
    Stream(EXTORTION, "EXTORTION", "a locality under extortion", ("reported or not", "spare", "spare", "spare")),
    Stream(
        ROUTE,
        "ROUTE",
        "an importer's ways in (partner: the way)",
        ("race, first consignment", "second", "third", "fourth"),
    ),
    Stream(FACILITY, "FACILITY", "premises and equipment of an outlet", ("lost or not", "how much", "spare", "spare")),
    Stream(PLEA, "PLEA", "a charged person before the court", ("plea", "custody or not", "spare", "spare")),
)
