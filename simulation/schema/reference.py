"""The reference data that comes with the product: sources, costs, powers, forces, unit costs, published findings."""

from __future__ import annotations

import csv
import functools
import io
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from simulation.errors import BadType, UnknownName, collected
from simulation.schema.base import Frozen, Many, Name, Text, Title, fault
from simulation.schema.faults import translated
from simulation.schema.quantity import Quantity, quantities
from simulation.schema.reading import LIBRARY, raise_all, read_table, read_text, validated
from simulation.schema.scenario import RESOURCES, Resource


class Source(Frozen):
    """A publication, and how well the figures taken from it were checked."""

    title: Title
    publisher: Text
    year: int = Field(ge=1900, le=2100)
    evidence: Literal["read", "derived", "computed", "from-memory"]
    licence: Text = ""
    """Of a data set from which figures were taken over as a table; elsewhere single figures are quoted."""
    address: Text = ""
    note: Text = ""


class Holder(Frozen):
    """Who pays."""

    title: Title
    note: Text = ""


class Costs(Frozen):
    """What effort costs, in pounds of one price year."""

    price_year: str
    discount_rate: Quantity
    working_weeks: Quantity
    hours_per_week: Quantity
    hiring_lag: Quantity
    waiting_limit: Quantity
    """How long work for which there are no hours waits before it lapses."""
    optimism_bias: Quantity
    hour: dict[Resource, Quantity]
    """What an hour costs, by resource."""
    holders: dict[Name, Holder]
    other: dict[Name, Quantity] = {}

    @model_validator(mode="after")
    def _prices_every_resource(self) -> Self:
        for resource in RESOURCES:
            if resource not in self.hour:
                raise fault("missing-key", f"an hour of {resource} has no price", key=f"hour.{resource}")
        return self


class Power(Frozen):
    """What the law demands before a class of intervention may begin."""

    title: Title
    law: Text
    level: Text
    """Who authorises it."""
    prior_approval: Text
    duration: Text
    renewal: Text
    lead_time: Quantity
    harms: Text
    verified: bool
    """Whether the row was read in the law or a code of practice; otherwise it is shown as unverified."""
    source: Name


class Forbid(Frozen):
    """What has no lawful basis: interventions together in one place and time, or in the hands of these agencies."""

    id: Name
    rule: Literal["together", "agency"]
    interventions: Many[Name] = Field(min_length=1)
    agencies: Many[Name] = ()
    reason: Text
    source: Name
    verified: bool


class Authority(Frozen):
    """The law as data."""

    power: dict[Name, Power]
    forbid: Many[Forbid] = ()


class UnitCosts(Frozen):
    """What a crime costs society."""

    price_year: str
    multiplier: Quantity
    """From the price year to the year results are stated in."""
    stated_year: str
    offence: dict[Name, Quantity]
    harm: dict[Name, Quantity] = {}
    """Harm that is not a recorded offence: a year of dependent use, a victim of trafficking."""


class Force(Frozen):
    """A territorial police force of England and Wales."""

    tile: str
    force: Title
    ons_code: str
    police_uk_id: Name
    gov_region: Text
    rocu: Text
    row: Annotated[int, Field(strict=False, ge=0)]
    col: Annotated[int, Field(strict=False, ge=0)]
    pop_census2021: Annotated[int, Field(strict=False, ge=0)]
    pop_mid2023_est: Annotated[int, Field(strict=False, ge=0)]
    officers_fte_sep2019: Annotated[int, Field(strict=False, ge=0)]
    officers_fte_mar2025: Annotated[int, Field(strict=False, ge=0)]
    fte2025_status: Literal["verified", "scaled_est"]
    cl_exporter: Annotated[bool, Field(strict=False)]


class Finding(Frozen):
    """A published finding as a runnable experiment, with the range in which we say it is reproduced."""

    id: Name
    role: Literal["calibrate", "test"]
    statement: Text
    experiment: Text
    measure: Text
    pass_low: Annotated[float, Field(strict=False)]
    pass_high: Annotated[float, Field(strict=False)]
    unit: Text
    also: Text
    ablation: Text
    positive_control: Text
    source: Text
    evidence: Text
    care: Text


@functools.cache
def _sources(path: Path) -> dict[str, Source]:
    table = read_table(path)
    adapter: TypeAdapter[dict[str, Source]] = TypeAdapter(dict[Name, Source])
    try:
        return adapter.validate_python(table)
    except ValidationError as error:
        raise collected(translated(error, _SourceFile, str(path))) from None


class _SourceFile(Frozen):
    """Stands for the file when its faults are told."""


def load_sources(path: Path = LIBRARY / "sources.toml") -> dict[str, Source]:
    """Every source by its key."""
    return dict(_sources(path))


def check_sources(value: Any, file: str | None) -> None:
    """Refuse quantities whose source is not in sources.toml."""
    known = load_sources()
    raise_all(
        UnknownName.among(quantity.source, known, key=f"{path}.source", file=file)
        for path, quantity in quantities(value)
        if quantity.source is not None and quantity.source not in known
    )


def load_costs(path: Path = LIBRARY / "costs.toml") -> Costs:
    """What effort costs."""
    return _checked(Costs, path)


def load_authority(path: Path = LIBRARY / "authority.toml") -> Authority:
    """What the law demands."""
    return _checked(Authority, path)


def load_unit_costs(path: Path = LIBRARY / "uk" / "unit-costs.toml") -> UnitCosts:
    """What crimes cost society."""
    return _checked(UnitCosts, path)


def load_forces(path: Path = LIBRARY / "uk" / "forces.csv") -> tuple[Force, ...]:
    """The forces of England and Wales, in the order of the file."""
    return _rows(Force, path)


def load_findings(path: Path = LIBRARY / "uk" / "findings.csv") -> tuple[Finding, ...]:
    """The published findings, in the order of the file."""
    return _rows(Finding, path)


@functools.cache
def _checked[M: Frozen](model: type[M], path: Path) -> M:
    found = validated(model, read_table(path), str(path))
    check_sources(found, str(path))
    return found


@functools.cache
def _rows[M: Frozen](model: type[M], path: Path) -> tuple[M, ...]:
    reader = csv.DictReader(io.StringIO(read_text(path)), strict=True)
    rows: list[M] = []
    for number, row in enumerate(reader, start=2):
        if None in row or None in row.values():
            raise BadType(file=str(path), key=f"line {number}", given="too few or too many fields")
        rows.append(validated(model, row, str(path), f"line {number}"))
    return tuple(rows)
