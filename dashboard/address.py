"""Everything a page shows is in its address: read strictly, written canonically.

    /?preset=NAME
    /plan?preset=NAME&plan=NAME&weeks=N&entry=N[&edit=PACKED | &draft=ID]
    /compare?preset=NAME&plans=NAME,NAME&weeks=N&replicates=N&seed=N
    /compare?job=ID
        either with &show=MEASURE&market=NAME (the course that is drawn), &of=NAME (the plan whose markets are shown) and
        &open=NAME,NAME (the sections that are unfolded)
    /runs
    /method?find=WORDS&mechanism=NAME&status=NAME | /method?card=NAME | /method?open=measures
    /search?find=WORDS

NAME is small letters, digits and hyphens, 64 at most. PACKED is a plan as compressed JSON in base64; one that would make
the address longer than 2,000 characters is kept on the server under an ID that cannot be guessed. In `plans`, `draft:ID`
stands for a plan as it was on the plan page.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dashboard.jobs.request import MAX_PLANS, REPLICATES, SEEDS, WEEKS

MEASURE = re.compile(r"^[a-z0-9_]{1,64}$")
NAME = re.compile(r"^[a-z0-9-]{1,64}$")
TOKEN = re.compile(r"^[A-Za-z0-9_-]{8,64}$")
FOLDS = ("deep", "borne", "markets", "worth")
"""The sections of a comparison that fold."""
LONGEST = 2000
LONGEST_EDIT = 200_000


class BadAddress(Exception):
    """The address asks for something that is not there, or is not written as an address; the text is for the reader."""


@dataclass(frozen=True)
class PlanAddress:
    """A plan being made: for which place, begun from which plan, with which changes, and what is selected."""

    preset: str = "force"
    plan: str | None = None
    edit: dict[str, Any] | None = None
    draft: str | None = None
    entry: int | None = None
    weeks: int = 156


@dataclass(frozen=True)
class CompareAddress:
    """A comparison: one that was run, or the question to put."""

    job: str | None = None
    preset: str = "force"
    plans: tuple[str, ...] = ()
    weeks: int = 156
    replicates: int = 32
    seed: int = 1
    show: str | None = None
    """The measure whose course is drawn."""
    market: str | None = None
    """The market that it is drawn for; all of them together without it."""
    of: str | None = None
    """The plan whose markets are shown; the best without it."""
    open: tuple[str, ...] = ()
    """The sections that are unfolded."""


def query(search: str | None, allowed: tuple[str, ...]) -> dict[str, str]:
    """The part of an address after the question mark, with no unknown and no doubled names."""
    pairs = parse_qsl((search or "").lstrip("?"), keep_blank_values=True, max_num_fields=40)
    found: dict[str, str] = {}
    for key, value in pairs:
        if key not in allowed:
            raise BadAddress(f"The address has “{_short(key)}”, which this page does not know{_listed(allowed)}.")
        if key in found:
            raise BadAddress(f"The address gives “{key}” twice; leave one of them.")
        found[key] = value
    return found


def start_preset(search: str | None) -> str | None:
    """The place the start page is asked to show, if the address names one."""
    found = query(search, ("preset",))
    return _name(found, "preset")


def read_plan(search: str | None) -> PlanAddress:
    """The plan page's address."""
    found = query(search, ("preset", "plan", "edit", "draft", "entry", "weeks"))
    edit = unpack(found["edit"]) if "edit" in found else None
    draft = found.get("draft")
    if draft is not None and not TOKEN.match(draft):
        raise BadAddress("The draft in the address is not written as a draft's id.")
    entry = _integer(found, "entry", (0, 499)) if "entry" in found else None
    return PlanAddress(
        _name(found, "preset") or "force",
        _name(found, "plan"),
        edit,
        draft,
        entry,
        _integer(found, "weeks", WEEKS, 156),
    )


def write_plan(address: PlanAddress) -> str:
    """The plan page's address; changes are packed into it while it stays short, else the draft's id stands for them."""
    parts: dict[str, str] = {"preset": address.preset}
    if address.plan:
        parts["plan"] = address.plan
    if address.weeks != 156:
        parts["weeks"] = str(address.weeks)
    if address.entry is not None:
        parts["entry"] = str(address.entry)
    if address.edit is not None:
        packed = {**parts, "edit": pack(address.edit)}
        text = "/plan?" + urlencode(packed)
        if len(text) <= LONGEST or address.draft is None:
            return text
    if address.draft is not None:
        parts["draft"] = address.draft
    return "/plan?" + urlencode(parts)


def read_compare(search: str | None) -> CompareAddress:
    """The compare page's address."""
    found = query(search, ("job", "preset", "plans", "weeks", "replicates", "seed", "show", "market", "of", "open"))
    job = found.get("job")
    if job is not None and not TOKEN.match(job):
        raise BadAddress("The job in the address is not written as a job's id.")
    plans = tuple(part for part in found.get("plans", "").split(",") if part)
    for plan in plans:
        if not NAME.match(plan) and not (plan.startswith("draft:") and TOKEN.match(plan[6:])):
            raise BadAddress(
                f"The plan “{_short(plan)}” in the address is not a plan's name: small letters, digits and hyphens."
            )
    if len(plans) > MAX_PLANS:
        raise BadAddress(f"The address names {len(plans)} plans; at most {MAX_PLANS} can be compared at once.")
    if len(set(plans)) < len(plans):
        raise BadAddress("The address names a plan twice; leave one of them.")
    return CompareAddress(
        job,
        _name(found, "preset") or "force",
        plans,
        _integer(found, "weeks", WEEKS, 156),
        _integer(found, "replicates", REPLICATES, 32),
        _integer(found, "seed", SEEDS, 1),
        _name(found, "show", MEASURE),
        _name(found, "market"),
        _name(found, "of"),
        _folds(found),
    )


def write_compare(address: CompareAddress) -> str:
    """The compare page's address."""
    view = {name: value for name in ("show", "market", "of") if (value := getattr(address, name))}
    view |= {"open": ",".join(address.open)} if address.open else {}
    if address.job:
        return "/compare?" + urlencode({"job": address.job, **view}, safe=",")
    parts = {
        "preset": address.preset,
        "plans": ",".join(address.plans),
        "weeks": str(address.weeks),
        "replicates": str(address.replicates),
        "seed": str(address.seed),
        **view,
    }
    return "/compare?" + urlencode(parts, safe=",:")


def pack(table: Mapping[str, Any]) -> str:
    """A plan as a short piece of text that may stand in an address."""
    text = json.dumps(table, sort_keys=True, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(zlib.compress(text, 9)).decode().rstrip("=")


def unpack(text: str) -> dict[str, Any]:
    """The plan a piece of an address stands for."""
    fault = BadAddress("The changes in the address are damaged; open the plan by its name instead.")
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        reader = zlib.decompressobj()
        plain = reader.decompress(raw, LONGEST_EDIT)
        table = json.loads(plain)
    except (binascii.Error, ValueError, zlib.error):
        raise fault from None
    if reader.unconsumed_tail or not isinstance(table, dict):
        raise fault
    return table


def _name(found: Mapping[str, str], key: str, form: re.Pattern[str] = NAME) -> str | None:
    value = found.get(key)
    if value is not None and not form.match(value):
        raise BadAddress(
            f"The {key} “{_short(value)}” in the address is not a name: small letters, digits and hyphens."
        )
    return value


def _folds(found: Mapping[str, str]) -> tuple[str, ...]:
    named = [part for part in found.get("open", "").split(",") if part]
    for name in named:
        if name not in FOLDS:
            raise BadAddress(f"The address opens “{_short(name)}”; there are {', '.join(FOLDS)}.")
    return tuple(name for name in FOLDS if name in named)


def _integer(found: Mapping[str, str], key: str, bounds: tuple[int, int], usual: int = 0) -> int:
    if key not in found:
        return usual
    text = found[key]
    low, high = bounds
    if not re.fullmatch(r"[0-9]{1,10}", text) or not low <= int(text) <= high:
        raise BadAddress(
            f"The address gives {key} as “{_short(text)}”; it has to be a whole number from {low:,} to {high:,}."
        )
    return int(text)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _listed(names: Sequence[str]) -> str:
    if not names:
        return "; it takes nothing"
    return "; it knows " + (", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else names[0])
