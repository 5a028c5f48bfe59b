"""A table of a scenario with areas is written out: localities named, markets to scale, one agency for each force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulation.errors import Conflict, MissingKey, OutOfRange, SpannerError, UnknownName, collected
from simulation.schema.area import Area, first_seen, force_title, side
from simulation.schema.overlay import overlaid
from simulation.schema.reading import raise_all, validated
from simulation.schema.reference import Force, load_forces

PER = ("force", "region")
BY = ("officers", "residents")
SCALED = ("intended", "brokers", "available", "users")
"""Numbers of a market's file that are for a place of one size: businesses, brokers, freelances, first users."""


def written_out(table: dict[str, Any], file: str | None) -> dict[str, Any]:
    """The table with what follows from its areas put in whole; without areas, as it is. Raises SpannerError."""
    areas = table.get("areas")
    if not areas or not isinstance(areas, Mapping):
        return _one_each(table, {}, file)
    mean = _value(table.get("places", {}), "residents")
    table = {**table, "areas": {name: _area(str(name), area, mean, file) for name, area in areas.items()}}
    found = {name: validated(Area, area, file, f"areas.{name}") for name, area in table["areas"].items()}
    _check_names(found, file)
    return _one_each(_places(table, found, file), found, file)


def scaled(market: dict[str, Any], scale: Any) -> dict[str, Any]:
    """A market's file with its numbers of businesses, brokers and freelances as many times as they are.

    Who meets online meets as many people a week as before, wherever there are more of them.
    """
    factor = scale.get("value") if isinstance(scale, Mapping) else scale
    if not isinstance(factor, (int, float)) or isinstance(factor, bool) or factor == 1.0 or factor <= 0.0:
        return market
    whole = {key: _times(key, value, factor) for key, value in market.items()}
    recipe = whole.get("recipe")
    if isinstance(recipe, dict) and recipe.get("reach") == "anywhere" and "meeting" in recipe:
        recipe["meeting"] = _part(recipe["meeting"], 1.0 / factor)
    return whole


def _times(key: str, value: Any, factor: float) -> Any:
    if not isinstance(value, Mapping):
        return value
    if key in SCALED and "value" in value:
        return _part(value, factor)
    return {k: _times(k, v, factor) for k, v in value.items()}


def _value(table: Any, key: str) -> float | None:
    """The value of a quantity of a table, if it is there and is one."""
    quantity = table.get(key) if isinstance(table, Mapping) else None
    value = quantity.get("value") if isinstance(quantity, Mapping) else quantity
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _count(value: float, unit: str, note: str, source: str | None = None, spread: float = 0.0) -> dict[str, Any]:
    status = "estimated" if source else "assumed"
    low, high = value * (1.0 - spread), value * (1.0 + spread)
    found = {"value": float(value), "unit": unit, "low": low, "high": high, "status": status, "note": note}
    return {**found, "source": source} if source else found


def _area(name: str, area: Any, mean: float | None, file: str | None) -> Any:
    """An area with what its tile says of a real force put in where it is silent."""
    if not isinstance(area, Mapping):
        return area
    whole: dict[str, Any] = {"force": name, **area}
    if "tile" in area:
        known: dict[str, Force] = {force.tile: force for force in load_forces()}
        if area["tile"] not in known:
            raise UnknownName.among(str(area["tile"]), known, key=f"areas.{name}.tile", file=file)
        force = known[area["tile"]]
        whole = {
            "title": force.force, "region": force.rocu.lower(), "row": force.row, "col": force.col,
            "residents": _count(force.pop_mid2023_est, "people", "Middle of 2023.", "ons-census-2021", 0.02),
            "officers": _count(force.officers_fte_mar2025, "people", "March 2025.", "ho-workforce-2025", 0.02),
            **whole,
        }  # fmt: skip
    residents = _value(whole, "residents")
    if "localities" not in whole and residents and mean:
        whole["localities"] = max(1, round(residents / mean))
    return whole


def _check_names(areas: Mapping[str, Area], file: str | None) -> None:
    """An area, a force and a region that bear one name are the same ground, so that a plan's `where` is plain."""
    errors: list[SpannerError] = []
    for name in areas:
        elsewhere = [other for other, area in areas.items() if other != name and name in (area.force, area.region)]
        if elsewhere and areas[name].force != name:
            errors.append(Conflict(
                key=f"areas.{name}.force", given=areas[name].force, file=file,
                allowed=f'"{name}", since the force or region of {elsewhere[0]} bears that name',
            ))  # fmt: skip
    raise_all(errors)


def _places(table: dict[str, Any], areas: Mapping[str, Area], file: str | None) -> dict[str, Any]:
    """Numbers of localities as the areas have them, and a name for each."""
    places = table.get("places")
    if not isinstance(places, Mapping):
        return table
    tile, cell = _value(places, "tile"), _value(places, "cell")
    if tile is None:
        raise MissingKey(file=file, key="places.tile", allowed="the distance between neighbouring tiles of the map")
    widest = max(areas.values(), key=lambda area: area.localities)
    across = max(side(widest.localities))
    if cell is not None and across * cell > tile:
        raise OutOfRange(
            file=file, key="places.tile", given=tile,
            allowed=f"{across * cell:g} or more, the width of {widest.title} with its {widest.localities} localities",
        )  # fmt: skip
    inside = sum(area.localities for area in areas.values())
    down = max(a.row for a in areas.values()) - min(a.row for a in areas.values()) + 1
    right = max(a.col for a in areas.values()) - min(a.col for a in areas.values()) + 1
    follows = "Follows from the areas."
    laid: dict[str, Any] = {
        **places, "force": _count(inside, "count", follows, spread=0.25),
        "rows": _count(down * across, "count", follows, spread=0.25), "columns": _count(right * across, "count", follows, spread=0.25),
    }  # fmt: skip
    needed = inside + sum(round(_value(places, key) or 0) for key in ("importing", "outside"))
    first, second = places.get("first"), places.get("second")
    if isinstance(first, (list, tuple)) and isinstance(second, (list, tuple)) and len(places.get("names", ())) < needed:
        laid["names"] = _names([str(n) for n in first], [str(n) for n in second], needed, file)
    return {**table, "places": laid}


def _names(first: list[str], second: list[str], needed: int, file: str | None) -> list[str]:
    """So many names of two parts, neighbours unlike each other. Raises OutOfRange where there are too few parts."""
    pairs = first_seen(f"{first[n % len(first)]} {second[(n // len(first) + n) % len(second)]}"
                       for n in range(len(first) * len(second)))  # fmt: skip
    if len(pairs) < needed:
        raise OutOfRange(
            file=file, key="places.second", given=f"{len(pairs)} names from {len(first)} and {len(second)} parts",
            allowed=f"parts for {needed} names",
        )  # fmt: skip
    return list(pairs[:needed])


def _one_each(table: dict[str, Any], areas: Mapping[str, Area], file: str | None) -> dict[str, Any]:
    """Agencies that stand for each force or region, one for each, their hours shared out."""
    given = table.get("agencies")
    if not isinstance(given, Mapping):
        return table
    # a table that was written out before names the members; of what they are one there is nothing besides
    whole = {
        agency["of"] for agency in given.values() if isinstance(agency, Mapping) and isinstance(agency.get("of"), str)
    }
    given = {name: agency for name, agency in given.items() if name not in whole}
    agencies: dict[str, Any] = {}
    errors: list[SpannerError] = []
    for name, agency in given.items():
        own = dict(agency) if isinstance(agency, Mapping) else agency
        if not isinstance(own, dict) or ("per" not in own and "by" not in own):
            agencies[name] = overlaid(agencies[name], own) if name in agencies and isinstance(own, dict) else own
            continue
        per, by = own.pop("per", None), own.pop("by", "residents")
        for key, value, allowed in (("per", per, PER), ("by", by, BY)):
            if value not in allowed:
                errors.append(UnknownName.among(str(value), allowed, key=f"agencies.{name}.{key}", file=file))
        if errors:
            continue
        if not areas:
            agencies[name] = own
            continue
        for one, share in _shares(areas, per, by).items():
            title = force_title(areas, one) if per == "force" else one.replace("-", " ").title()
            hours = own.get("hours", {})
            agencies[f"{name}-{one}"] = {
                **own, "title": f"{title}: {own.get('title', name)}", "of": name, per: one,
                "hours": {key: _part(quantity, share) for key, quantity in hours.items()}
                if isinstance(hours, Mapping) else hours,
            }  # fmt: skip
    if errors:
        raise collected(errors)
    return {**table, "agencies": agencies}


def _shares(areas: Mapping[str, Area], per: str, by: str) -> dict[str, float]:
    """Each force's (or region's) part of all officers (or residents)."""
    weight: dict[str, float] = {}
    for area in areas.values():
        one = getattr(area, per)
        weight[one] = weight.get(one, 0.0) + getattr(area, by).value
    total = sum(weight.values())
    return {one: value / total for one, value in weight.items()}


def _part(quantity: Any, share: float) -> Any:
    """A part of a quantity."""
    if not isinstance(quantity, Mapping):
        return quantity
    return {**quantity, **{key: quantity[key] * share for key in ("value", "low", "high") if key in quantity}}
