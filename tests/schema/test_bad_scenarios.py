"""What a scenario, a parameter file, reference data or a request may not say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulation import schema
from simulation.errors import SpannerError
from simulation.schema.reading import read_table, validated
from simulation.schema.reference import load_costs, load_forces, load_sources
from tests.schema.refusing import refused

WEEKS = {"value": 26.0, "unit": "weeks", "low": 13.0, "high": 52.0, "status": "assumed"}


@pytest.mark.parametrize(
    ("over", "code", "key", "nearest"),
    [
        ({"preset": "forse"}, "unknown-name", "preset", "force"),
        ({"preset": 3}, "bad-type", "preset", None),
        ({"title": "no preset"}, "missing-key", "preset", None),
        ({"plases": {}}, "unknown-key", "plases", "places"),
        ({"places": {"forces": 3}}, "unknown-key", "places.forces", "force"),
        ({"places": {"force": "many"}}, "bad-type", "places.force", None),
        ({"places": {"force": 0}}, "out-of-range", "places.force.value", None),
        ({"places": {"force": float("nan")}}, "out-of-range", "places.force.value", None),
        ({"places": {"force": 13}}, "out-of-range", "places.rows", None),
        ({"places": {"names": ["A"] * 20}}, "conflict", "places.names", None),
        ({"places": {"names": ["A"]}}, "out-of-range", "places.names", None),
        ({"places": {"force": {"unit": "countt"}}}, "bad-unit", "places.force.unit", "count"),
        ({"places": {"force": {"unit": 3}}}, "bad-type", "places.force.unit", None),
        ({"places": {"force": {"low": 20.0}}}, "out-of-range", "places.force.value", None),
        ({"places": {"force": {"status": "guessed"}}}, "unknown-name", "places.force.status", None),
        ({"places": {"force": {"status": "measured"}}}, "missing-key", "places.force.source", None),
        ({"places": {"force": {"source": "nobody-2020"}}}, "unknown-name", "places.force.source", None),
        ({"community": {"fear": {"high": 1.5}}}, "out-of-range", "community.fear.high", None),
        ({"community": {"mapped": {"low": -1.0}}}, "out-of-range", "community.mapped.low", None),
        ({"markets": {"class-b": {}}}, "unknown-name", "markets.class-b", "class-a"),
        ({"markets": {"class-a": {"chain": ["importer"]}}}, "conflict", "markets.class-a.chain", None),
        ({"markets": {"class-a": {"retail": None}}}, "missing-key", "markets.class-a.retail", None),
        ({"markets": {"class-a": {"tiers": {"importer": {"mark_up": None}}}}}, "missing-key",
         "markets.class-a.tiers.importer.mark_up", None),
        ({"markets": 3}, "bad-type", "markets", None),
        ({"markets": {"class-a": 3}}, "bad-type", "markets.class-a", None),
        ({"portfolio": "do-as-then"}, "unknown-name", "portfolio", "do-as-now"),
        ({"agencies": {"force": {"hours": {"investigator": 3.0}}}}, "unknown-key",
         "agencies.force.hours.investigator", "investigators"),
        ({"agencies": {"force": {"level": "locl"}}}, "unknown-name", "agencies.force.level", "local"),
        ({"agencies": {"force": {"holder": "nobody"}}}, "unknown-name", "agencies.force.holder", None),
        ({"population": {"grups": 3}}, "unknown-key", "population.grups", "groups"),
        ({"population": {"groups": 0}}, "out-of-range", "population.groups", None),
        ({"population": {"tie_transfer": 1.1}}, "out-of-range", "population.tie_transfer", None),
        ({"population": {"tiers": {"importers": 3}}}, "unknown-name", "population.tiers.importers", "importer"),
        ({"population": {"tiers": {"importer": -3}}}, "out-of-range", "population.tiers.importer", None),
        ({"shocks": [{"week": 1, "kind": "landed-prise", "size": 1.4}]}, "unknown-name", "shocks[0].kind",
         "landed-price"),
        ({"shocks": [{"week": 1, "kind": "retail-arrest", "size": 1.4}]}, "out-of-range", "shocks[0].size", None),
        ({"shocks": [{"week": 1, "kind": "input-removal", "size": 1.5}]}, "out-of-range", "shocks[0].size", None),
        ({"shocks": [{"week": 1, "kind": "supply"}]}, "missing-key", "shocks[0].size", None),
        ({"shocks": [{"week": 1, "kind": "supply", "size": 0.8, "duration": 0}]}, "out-of-range",
         "shocks[0].duration", None),
        ({"parameters": {"nothing.such": 3.0}}, "unknown-name", "parameters.nothing.such", None),
    ],
)  # fmt: skip
def test_a_bad_scenario_is_refused(over: dict[str, Any], code: str, key: str, nearest: str | None):
    base = {} if over.get("title") == "no preset" else {"preset": "estate"}
    error = refused(schema.load_scenario, {**base, **over})
    assert (error.code, error.key) == (code, key), error.message
    assert error.nearest == nearest or nearest is None


def test_a_portfolio_that_does_not_add_up_is_refused():
    shares = {"portfolio": {"shares": {"covert": {"border": 0.5}}}}
    table = schema.to_table(schema.load_scenario("estate"))
    table["portfolio"]["shares"]["covert"]["border"]["value"] = 0.04
    error = refused(schema.load_scenario, table)
    assert (error.code, error.key) == ("out-of-range", "portfolio.shares.covert")
    assert refused(schema.load_scenario, {"preset": "estate", **shares}).code in ("missing-key", "bad-type")


@pytest.mark.parametrize(
    ("quantity", "code", "key"),
    [
        ({"value": 60.0}, "out-of-range", "value"),
        ({"low": float("-inf")}, "out-of-range", "low"),
        ({"high": float("nan")}, "out-of-range", "high"),
        ({"value": "26"}, "bad-type", "value"),
        ({"unit": "fortnights"}, "bad-unit", "unit"),
        ({"status": "sure"}, "unknown-name", "status"),
        ({"status": "measured"}, "missing-key", "source"),
        ({"source": "nobody-2020"}, "unknown-name", "source"),
        ({"min": 3}, "unknown-key", "min"),
    ],
)
def test_a_bad_parameter_file_is_refused(tmp_path: Path, quantity: dict[str, Any], code: str, key: str):
    table = {**WEEKS, **quantity}
    lines = [f"{k} = {v!r}".replace("'", '"') for k, v in table.items()]
    (tmp_path / "trust.toml").write_text("[trust.life]\n" + "\n".join(lines) + "\n")
    error = refused(schema.load_parameters, tmp_path)
    assert (error.code, error.key) == (code, f"trust.life.{key}")


def test_parameter_files_bear_their_mechanisms_name(tmp_path: Path):
    good = "\n".join(f"{k} = {v!r}".replace("'", '"') for k, v in WEEKS.items())
    (tmp_path / "trust.toml").write_text(f"[trust.life]\n{good}\n")
    assert schema.load_parameters(tmp_path)["trust.life"].field == "trust_life"
    other = tmp_path / "other"
    other.mkdir()
    (other / "memory.toml").write_text(f"[trust.life]\n{good}\n[memory]\nx = 3\n")
    error = refused(schema.load_parameters, other)
    assert [(e.code, e.key) for e in error.errors] == [("unknown-name", "trust"), ("bad-type", "memory.x")]
    clash = tmp_path / "clash"
    clash.mkdir()
    (clash / "a.toml").write_text(f"[a.b_c]\n{good}\n")
    (clash / "a_b.toml").write_text(f"[a_b.c]\n{good}\n")
    assert refused(schema.load_parameters, clash).code == "conflict"


def test_reference_files_are_held_to_the_same_rules(tmp_path: Path):
    sources = tmp_path / "sources.toml"
    sources.write_text('[a-2020]\ntitle = "A"\npublisher = "B"\nyear = "2020"\nevidence = "hearsay"\n')
    assert {(e.code, e.key) for e in refused(load_sources, sources).errors} == {
        ("bad-type", "a-2020.year"),
        ("unknown-name", "a-2020.evidence"),
    }
    forces = tmp_path / "forces.csv"
    text = (schema.LIBRARY / "uk" / "forces.csv").read_text().splitlines()
    forces.write_text("\n".join([*text[:3], "X,Y"]))
    assert refused(load_forces, forces).key == "line 4"
    forces.write_text("\n".join([text[0], text[1].replace(",0,4,", ",north,4,")]))
    assert refused(load_forces, forces).key == "line 2.row"
    costs = tmp_path / "costs.toml"
    costs.write_text((schema.LIBRARY / "costs.toml").read_text().replace("\nsurveillance = ", "\nsurveilance = "))
    assert {e.code for e in refused(load_costs, costs).errors} == {"unknown-key"}


@pytest.mark.parametrize(
    ("request_", "code", "key"),
    [
        ({"weeks": 0}, "out-of-range", "weeks"),
        ({"weeks": -1}, "out-of-range", "weeks"),
        ({"weeks": 2001}, "out-of-range", "weeks"),
        ({"weeks": 26.0}, "bad-type", "weeks"),
        ({"weeks": True}, "bad-type", "weeks"),
        ({"seed": -1}, "out-of-range", "seed"),
        ({"seed": 2**32}, "out-of-range", "seed"),
        ({"replicate": 100_000}, "out-of-range", "replicate"),
        ({"ablate": ("no such thing!",)}, "out-of-range", "ablate[0]"),
        ({"ablate": ("trsut",), "mechanisms": ("trust",)}, "unknown-name", "ablate"),
        ({"parameters": {"nothing.such": 1.0}}, "unknown-name", "parameters.nothing.such"),
        ({"plan": {"title": "a", "entry": [{"intervention": "clear", "agency": "froce"}]}}, "unknown-name", None),
        ({"plan": {"title": "a", "entry": [{"intervention": "clear", "where": ["northgate"]}]}}, "unknown-name", None),
        ({"plan": {"title": "a", "entry": [{"intervention": "clear", "targets": {"market": "class-b"}}]}},
         "unknown-name", None),
    ],
)  # fmt: skip
def test_a_bad_request_is_refused(request_: dict[str, Any], code: str, key: str | None):
    plan = request_.pop("plan", "do-as-now")
    error = refused(lambda _: schema.build_spec("estate", plan, **request_), None)
    assert error.code == code
    assert error.key == key or key is None


def test_replicates_are_bounded():
    schema.check_replicates(1)
    schema.check_replicates(100_000)
    for given in (0, 100_001, 10**30):
        assert refused(schema.check_replicates, given).code == "out-of-range"
    for given in (1.0, True, "8"):
        assert refused(schema.check_replicates, given).code == "bad-type"


def test_parameter_values_outside_their_range_are_refused():
    known = schema.load_parameters()
    name, parameter = next(iter(known.items()))
    schema.check_overrides({name: parameter.low})
    schema.check_overrides({name: parameter.high})
    for value in (parameter.low - 1e6, parameter.high + 1e6, float("nan"), float("inf")):
        error = refused(schema.check_overrides, {name: value})
        assert (error.code, error.key) == ("out-of-range", f"parameters.{name}")
        assert f"{parameter.high:g}" in error.message
    for value in ("1", None, True, [1.0]):
        assert refused(schema.check_overrides, {name: value}).code == "bad-type"
    assert refused(schema.check_overrides, {name[:-1]: 1.0}).nearest == name


def test_a_preset_departs_from_no_other():
    for name in schema.list_scenarios():
        table = read_table(schema.LIBRARY / "presets" / f"{name}.toml")
        assert "preset" not in table
    with pytest.raises(SpannerError):
        validated(schema.Scenario, {}, None)
