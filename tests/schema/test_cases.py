"""Cases are scenarios by name: listed beside the presets, each with a question and the sources it rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation import schema
from simulation.errors import SpannerError


def test_there_are_cases_and_none_bears_the_name_of_a_preset() -> None:
    assert schema.list_cases()
    assert not set(schema.list_cases()) & set(schema.list_scenarios())


@pytest.mark.parametrize("name", schema.list_cases())
def test_a_case_departs_from_a_preset_asks_something_and_says_what_it_rests_on(name: str) -> None:
    case = schema.load_scenario(name)
    assert case.id == name
    assert case.preset in schema.list_scenarios()
    assert case.question.endswith("?")
    assert case.description
    assert case.sources
    preset = schema.load_scenario(case.preset)
    said = case.model_dump(exclude={"id", "title", "description", "question", "sources"})
    assert said != preset.model_dump(exclude={"id", "title", "description", "question", "sources"})


@pytest.mark.parametrize("name", schema.list_cases())
def test_a_case_can_be_run_under_every_plan(name: str) -> None:
    for plan in schema.list_plans():
        assert schema.build_spec(name, plan).scenario.id == name


def test_a_case_that_cites_nothing_known_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('preset = "force"\nsources = ["soca-2009", "hearsay"]\n')
    with pytest.raises(SpannerError) as found:
        schema.load_scenario(path)
    assert (found.value.code, found.value.key, found.value.given) == ("unknown-name", "sources[1]", "hearsay")


def test_a_name_nearly_that_of_a_case_is_told_which() -> None:
    with pytest.raises(SpannerError) as found:
        schema.load_scenario("dearer-kilo-gram")
    assert found.value.nearest == "dearer-kilogram"
