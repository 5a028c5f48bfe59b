"""Every sector of organised crime is in the table, with its cost and either its markets or the reason why it has none."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from simulation import api
from simulation.cli.app import app
from simulation.report.odd import document
from simulation.schema import load_sectors, sector_markets
from simulation.schema.reading import LIBRARY, names_in, read_table
from simulation.schema.sectors import Sector


def test_every_market_file_names_its_sector() -> None:
    for name in names_in("markets"):
        assert read_table(LIBRARY / "markets" / f"{name}.toml").get("sector") in load_sectors(), name


def test_every_sector_in_the_dynamics_has_a_market_and_no_other_has() -> None:
    markets = sector_markets()
    for name, sector in load_sectors().items():
        assert bool(markets.get(name)) == (sector.dynamic and not sector.enabler), name


def test_child_sexual_abuse_is_listed_with_its_cost_and_left_out_with_the_reason() -> None:
    found = load_sectors()["child-sexual-abuse"]
    assert not found.dynamic
    assert found.cost is not None and found.cost.value > 0
    assert "not a business" in found.reason


def test_what_is_left_out_must_say_why() -> None:
    with pytest.raises(ValueError, match="says why"):
        Sector(title="Something", price_year="2015/16", dynamic=False)


def test_every_cost_has_its_price_year_and_source() -> None:
    for name, sector in load_sectors().items():
        assert sector.price_year[:2] == "20"
        if sector.cost is not None:
            assert sector.cost.unit == "GBP/year", name
            assert sector.cost.source is not None, name


def test_it_can_be_listed_and_read() -> None:
    frame = api.sectors()
    assert list(frame["id"]) == list(load_sectors())
    shown = CliRunner().invoke(app, ["sectors"])
    assert shown.exit_code == 0
    text = document()
    for name, sector in load_sectors().items():
        assert name in shown.output
        assert sector.title in text
