"""Cases are scenarios by name: listed beside the presets, each with a question and the sources it rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation import api, schema
from tests.cli.command import typed
from tests.schema.refusing import refused


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
    found = refused(schema.load_scenario, path)
    assert (found.code, found.key, found.given) == ("unknown-name", "sources[1]", "hearsay")


def test_a_name_nearly_that_of_a_case_is_told_which() -> None:
    assert refused(schema.load_scenario, "dearer-kilo-gram").nearest == "dearer-kilogram"


def test_a_case_brings_plans_that_there_are(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('preset = "force"\nplans = ["leader-arrests", "leader-arests"]\n')
    found = refused(schema.load_scenario, path)
    assert (found.code, found.key, found.nearest) == ("unknown-name", "plans[1]", "leader-arrests")


def test_the_plans_of_the_enterprise_zone_spend_one_sum() -> None:
    """What one holder has is spent four ways, so that the ways can be compared: equal cost, from new money, by the host of the team."""
    case = schema.load_scenario("enterprise-zone")
    assert len(case.plans) == 4
    for name in case.plans:
        plan = schema.load_plan(name)
        assert plan.budget is not None
        assert dict(plan.budget.holders) == {"ocb-team": 2_050_000}
        assert {(entry.agency, entry.funding, entry.budget_holder) for entry in plan.entry} == {
            ("rocu", "additional", "ocb-team")
        }
    spent = [api.run(case, name, weeks=260).cost["by_holder"] for name in case.plans]
    assert [list(one) for one in spent] == [["ocb-team"]] * 4
    costs = [one["ocb-team"] for one in spent]
    assert max(costs) < 1.03 * min(costs)


def test_a_case_is_compared_by_its_own_plans(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ("compare", "enterprise-zone", "--weeks", "2", "--replicates", "2", "--json")
    found = typed(capsys, *words).document("compare")
    assert tuple(found["plans"]) == schema.load_scenario("enterprise-zone").plans
