"""The small integers that stand for statuses, roles, accounts, flows and causes in the columns."""

import numpy as np

# --- market tiers of outlets, from source to street
IMPORTER, WHOLESALER, DISTRIBUTOR, LINE = 0, 1, 2, 3
TIERS = 4
TIER_NAMES = ("importer", "wholesaler", "distributor", "line")

# --- lines, by where they stand: in the force that their business is at home in, or over its border
AT_HOME, ABROAD = 0, 1
LINE_KINDS = 2
SHUT_LINES = 4  # closed lines that an owner still thinks of

# --- business models
INDEPENDENT, FRANCHISE, COMMISSIONING = 0, 1, 2
MODEL_NAMES = ("independent", "franchise", "commissioning")

# --- rows 0..OUTSIDE-1 of the business table are the counterparties outside organised crime
CUSTOMERS, OUTSIDE_SUPPLY, HOUSEHOLDS, STATE, LEGAL_ECONOMY = 0, 1, 2, 3, 4
PLATFORM_OPERATORS = 7  # hold what is in escrow, and keep the fees
OUTSIDE = 8
COUNTERPARTY_NAMES = ("customers", "outside_supply", "households", "state", "legal_economy")

# --- states of a business row
EMPTY, ACTIVE, COUNTERPARTY = 0, 1, 2

# --- accounts of a balance sheet (assets first, then claims on them)
CASH_DIRTY, CASH_CLEAN, STOCK_AT_COST, FIXED, RECEIVABLE, PAYABLE, BORROWINGS, EQUITY = range(8)
ACCOUNTS = 8
ACCOUNT_NAMES = ("cash_dirty", "cash_clean", "stock_at_cost", "fixed", "receivable", "payable", "borrowings", "equity")

# --- flows: why equity or cash moved
(
    SALES,
    COST_OF_SALES,
    WAGES,
    ROYALTY,
    BRIBES,
    OVERHEAD,
    LAUNDERING_FEE,
    INTEREST,
    WRITE_OFF,
    SEIZURE,
    DRAWINGS,
    INVESTMENT,
    LOSS,
) = range(13)
FLOWS = 13
FLOW_NAMES = (
    "sales",
    "cost_of_sales",
    "wages",
    "royalty",
    "bribes",
    "overhead",
    "laundering_fee",
    "interest",
    "write_off",
    "seizure",
    "drawings",
    "investment",
    "loss",
)

# --- a person's status
# (EXITED: someone who left the trade while on bail, and whom a court will hear; whoever left or died otherwise is in no row)
# (MONITORED: someone whose every hazard is zero, added to a world to show that being there disturbs nobody)
NOBODY, FREE, REMAND, PRISON, LICENCE, EXITED, INFORMANT, DEAD, BAIL, MONITORED = range(10)
STATUS_NAMES = (
    "nobody", "free", "remand", "prison", "licence", "exited", "informant", "dead", "bail", "monitored",
)  # fmt: skip

# --- roles, and the four exposure tiers that levers speak of
# (whoever needs no post at an outlet, and takes part in commissioned jobs, is a freelance; what goes by role is an array,
# which compiled code reads, where it would jump by each item of a tuple)
(
    ORGANISER, STAFF, SPECIALIST, HOLDER, RUNNER, BROKER, THIEF, FENCE, CODER, FORGER, TRANSPORT, HERDER, RECRUITER, CALLER,
) = range(14)  # fmt: skip
ROLES = 14
ROLE_NAMES = (
    "organiser", "staff", "specialist", "holder", "runner", "broker", "thief", "fence", "coder", "forger", "transport",
    "herder", "recruiter", "caller",
)  # fmt: skip
SPECIALISTS = (SPECIALIST, CODER, FORGER, TRANSPORT, HERDER, RECRUITER)  # whose skill is scarce
SKILLS = 6
SKILL_OF_ROLE = np.array([-1, -1, 0, -1, -1, -1, -1, -1, 1, 2, 3, 4, 5, -1])  # its number among them; -1: not scarce
FREELANCE_OF_ROLE = np.array([0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1])
CORE, UPPER, MIDDLE, STREET = 0, 1, 2, 3
EXPOSURES = 4
EXPOSURE_NAMES = ("core", "upper", "middle", "street")
EXPOSURE_OF_ROLE = np.array(
    [CORE, UPPER, UPPER, MIDDLE, STREET, CORE, STREET, UPPER, UPPER, UPPER, MIDDLE, MIDDLE, UPPER, MIDDLE]
)

# --- age bands: read by safeguarding, courts and collateral only
UNDER_18, FROM_18_TO_24, FROM_25 = 0, 1, 2

# --- levels of knowledge
LOCAL, REGIONAL, NATIONAL = 0, 1, 2
LEVELS = 3
LEVEL_PAIRS = 2  # neighbouring levels: local and regional, regional and national

# --- resources of agencies, and the activities of the do-as-now portfolio
(INVESTIGATORS, SURVEILLANCE, FINANCIAL_INVESTIGATORS, DIGITAL_ANALYSTS, NEIGHBOURHOOD, PARTNERSHIP, COVERT) = range(7)
RESOURCES = 7
RESOURCE_NAMES = (
    "investigators",
    "surveillance",
    "financial-investigators",
    "digital-analysts",
    "neighbourhood",
    "partnership",
    "covert",
)
(REACTIVE, PROACTIVE_STREET, INVESTIGATIONS, FINANCIAL, BORDER, NEIGHBOURHOOD_POLICING, PREVENTION, PARTNERSHIPS) = (
    range(8)
)
ACTIVITIES = 8
ACTIVITY_NAMES = (
    "reactive",
    "proactive-street",
    "investigations",
    "financial",
    "border",
    "neighbourhood",
    "prevention",
    "partnership",
)

# --- tactic families that a business learns to counter
(
    FAMILY_ARREST,
    FAMILY_LEADER,
    FAMILY_MONEY,
    FAMILY_PLACE,
    FAMILY_SUPPLY,
    FAMILY_REPUTATION,
    FAMILY_EXPOSURE,
    FAMILY_PLATFORM,
    FAMILY_TAKEOVER,
    FAMILY_PREVENT,
    FAMILY_DEMAND,
    FAMILY_PROTECT,
) = range(12)
FAMILIES = 12
FAMILY_NAMES = (
    "arrest",
    "leader",
    "money",
    "place",
    "supply",
    "reputation",
    "exposure",
    "platform",
    "takeover",
    "prevent",
    "demand",
    "protect",
)

# --- orders, in order of precedence (lower wins), and their targets
ORDER_DEATH, ORDER_ARREST, ORDER_CLOSURE, ORDER_SEIZURE, ORDER_DISRUPT = range(5)
ORDER_NAMES = ("death", "arrest", "closure", "seizure", "disrupt")
TARGET_PERSON, TARGET_OUTLET, TARGET_BUSINESS, TARGET_PLACE, TARGET_PLATFORM = range(5)
TARGET_NAMES = ("person", "outlet", "business", "locality", "platform")

# --- kinds of locality
INSIDE, IMPORTING_TOWN, ELSEWHERE = 0, 1, 2

# --- outcomes of a delivery, as the buyer lived it
NOTHING, HONEST, CHEATED = 0, 1, 2

# --- social ties
KIN, CO_OFFENDING, INTRODUCED = 0, 1, 2

# --- kinds and causes of recorded events
(
    EVENT_ARREST,
    EVENT_CLOSURE,
    EVENT_SEIZURE,
    EVENT_DEATH,
    EVENT_CHARGE,
    EVENT_SENTENCE,
    EVENT_RELEASE,
    EVENT_EXIT,
    EVENT_RECRUIT,
    EVENT_PROMOTE,
    EVENT_SUCCEED,
    EVENT_ENTRY,
    EVENT_FAIL,
    EVENT_OPEN,
    EVENT_CHEAT,
    EVENT_ADAPT,
    EVENT_OPERATION,
    EVENT_INFORM,
    EVENT_PROJECT,
    EVENT_VIOLENCE,
    EVENT_INTERDICT,
    EVENT_DEFECT,
    EVENT_PLATFORM,
    EVENT_LAUNDER,
    EVENT_INSIDER,
    EVENT_EXTORT,
    EVENT_ROUTE,
    EVENT_LIFESTYLE,
    EVENT_FACILITY,
) = range(29)
EVENT_NAMES = (
    "arrest",
    "closure",
    "seizure",
    "death",
    "charge",
    "sentence",
    "release",
    "exit",
    "recruit",
    "promote",
    "succeed",
    "entry",
    "fail",
    "open",
    "cheat",
    "adapt",
    "operation",
    "inform",
    "project",
    "violence",
    "interdict",
    "defect",
    "platform",
    "launder",
    "insider",
    "extort",
    "route",
    "lifestyle",
    "facility",
)
(
    CAUSE_BACKGROUND,
    CAUSE_OPERATION,
    CAUSE_PLAN,
    CAUSE_CHOICE,
    CAUSE_INSOLVENCY,
    CAUSE_LEADERLESS,
    CAUSE_MARKET,
    CAUSE_VIOLENCE,
    CAUSE_REPORT,
    CAUSE_SHOCK,
) = range(10)
CAUSE_NAMES = (
    "background",
    "operation",
    "plan",
    "choice",
    "insolvency",
    "leaderless",
    "market",
    "violence",
    "report",
    "shock",
)

# --- kinds of identity (see chance.identity)
(KIND_PLACE, KIND_BUSINESS, KIND_OUTLET, KIND_PERSON, KIND_AGENCY, KIND_OPERATION, KIND_GHOST, KIND_PROJECT) = range(
    1, 9
)

# --- corrupt insiders, by where they sit
AT_PORT, AT_PRISON, AT_POLICE, AT_BANK, AT_COUNCIL = range(5)
INSIDERS = 5
INSIDER_NAMES = ("port", "prison", "police", "bank", "council")

# --- fixed widths
TIE_SLOTS = 6
SOCIAL_SLOTS = 6
NEAR = 9
SECURITY_LEVELS = 3
EVENT_WIDTH = 9
