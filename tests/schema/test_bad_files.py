"""One deliberately bad file for each rule: each is refused with its code, key and sentence, never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulation import schema
from tests.schema.refusing import refused

ENTRY = '[[entry]]\nintervention = "clear"\n'
GOOD = f'title = "A plan"\n{ENTRY}'


def plan_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "bad.toml"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("text", "code", "key", "nearest"),
    [
        (ENTRY, "missing-key", "title", None),
        (GOOD + "dosage = 1.0\n", "unknown-key", "entry[0].dosage", "dose"),
        (GOOD.replace("title", "titel"), "unknown-key", "titel", "title"),
        (GOOD.replace("clear", "claer"), "unknown-name", "entry[0].intervention", "clear"),
        (GOOD + "dose = 1.5\n", "out-of-range", "entry[0].dose", None),
        (GOOD + "dose = -0.1\n", "out-of-range", "entry[0].dose", None),
        (GOOD + "dose = nan\n", "out-of-range", "entry[0].dose", None),
        (GOOD + "dose = inf\n", "out-of-range", "entry[0].dose", None),
        (GOOD + 'dose = "1"\n', "bad-type", "entry[0].dose", None),
        (GOOD + "dose = true\n", "bad-type", "entry[0].dose", None),
        (GOOD + "dose = 2025-01-01\n", "bad-type", "entry[0].dose", None),
        (GOOD + "start = 1.0\n", "bad-type", "entry[0].start", None),
        (GOOD + "start = -1\n", "out-of-range", "entry[0].start", None),
        (GOOD + "start = 2001\n", "out-of-range", "entry[0].start", None),
        (GOOD + "start = 10\nend = 10\n", "out-of-range", "entry[0].end", None),
        (GOOD + "start = 10\nend = 4\n", "out-of-range", "entry[0].end", None),
        (GOOD + "end = 2001\n", "out-of-range", "entry[0].end", None),
        (GOOD + "cadence_weeks = 0\n", "out-of-range", "entry[0].cadence_weeks", None),
        (GOOD + "pulse_weeks = 2\n", "conflict", "entry[0].pulse_weeks", None),
        (GOOD + "cadence_weeks = 4\npulse_weeks = 5\n", "conflict", "entry[0].pulse_weeks", None),
        (GOOD + 'funding = "additonal"\n', "unknown-name", "entry[0].funding", "additional"),
        (GOOD + 'funding = "additional"\n', "missing-key", "entry[0].budget_holder", None),
        (GOOD + 'budget_holder = "home-ofice"\n', "unknown-name", "entry[0].budget_holder", "home-office"),
        (GOOD + 'agency = "The Force"\n', "out-of-range", "entry[0].agency", None),
        (GOOD + 'where = "most-ham"\n', "unknown-name", "entry[0].where.rule", None),
        (GOOD + 'where = "most-harm"\n', "missing-key", "entry[0].where.n", None),
        (GOOD + 'where = { rule = "force", n = 3 }\n', "conflict", "entry[0].where.n", None),
        (GOOD + "where = []\n", "missing-key", "entry[0].where.names", None),
        (GOOD + 'where = { rule = "named" }\n', "missing-key", "entry[0].where.names", None),
        (GOOD + "where = 3\n", "bad-type", "entry[0].where", None),
        (GOOD + 'targets = "boss"\n', "unknown-name", "entry[0].targets.rule", None),
        ('title = "A"\nbudget = -1\n', "out-of-range", "budget.total", None),
        ('title = "A"\nbudget = { holders = { nca = -1.0 } }\n', "out-of-range", "budget.holders.nca", None),
        ('title = "A"\nbudget = { holders = { treasury = 1.0 } }\n', "unknown-name", "budget.holders.treasury", None),
        ('title = "A"\nentry = 3\n', "bad-type", "entry", None),
        ('title = "A"\nentry = [3]\n', "bad-type", "entry[0]", None),
        ('title = ""\n', "out-of-range", "title", None),
        ('id = "A B"\ntitle = "A"\n', "out-of-range", "id", None),
        (f'id = "{"a" * 65}"\ntitle = "A"\n', "out-of-range", "id", None),
        ('title = "A"\n[cycle]\nperiod_weeks = 13\noptions = []\n', "out-of-range", "cycle.options", None),
        ('title = "A"\n[cycle]\nperiod_weeks = 0\noptions = [{ name = "a" }]\n', "out-of-range",
         "cycle.period_weeks", None),
        ('title = "A"\n[cycle]\nperiod_weeks = 1\noptions = [{ name = "a" }, { name = "a" }]\n', "conflict",
         "cycle.options", None),
        (
            'title = "A"\n[cycle]\nperiod_weeks = 1\noptions = [{ name = "press" }]\n'
            'rule = { kind = "threshold", measure = "harm_gbp", above = 1.0, then = "pres", otherwise = "press" }\n',
            "unknown-name", "cycle.rule.then", "press",
        ),
        ('title = "A"\n[cycle]\nperiod_weeks = 1\noptions = [{ name = "a" }]\nrule = { kind = "bandit" }\n',
         "missing-key", "cycle.rule.measure", None),
        ('title = "A"\n[cycle]\nperiod_weeks = 1\noptions = [{ name = "a", interventions = ["holt"] }]\n',
         "unknown-name", "cycle.options[0].interventions[0]", "hold"),
    ],
)  # fmt: skip
def test_a_bad_plan_is_refused(tmp_path: Path, text: str, code: str, key: str, nearest: str | None):
    path = plan_file(tmp_path, text)
    error = refused(schema.load_plan, path)
    assert (error.code, error.key, error.file) == (code, key, str(path))
    assert error.nearest == nearest or nearest is None
    assert str(path) in error.message
    assert key in error.message


def test_the_good_plan_is_good(tmp_path: Path):
    assert schema.load_plan(plan_file(tmp_path, GOOD)).entry[0].intervention == "clear"


def test_all_faults_are_told_at_once(tmp_path: Path):
    text = GOOD + 'dose = 2.0\nstart = "now"\nwere = "force"\n' + ENTRY + "end = 0\n"
    error = refused(schema.load_plan, plan_file(tmp_path, text))
    assert {(e.code, e.key) for e in error.errors} == {
        ("out-of-range", "entry[0].dose"),
        ("bad-type", "entry[0].start"),
        ("unknown-key", "entry[0].were"),
        ("out-of-range", "entry[1].end"),
    }
    assert error.errors[0] is error


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b" \n\t\n", "empty-file"),
        (b"# nothing but a comment\n", "empty-file"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "not-text"),
        ("title = 'é'".encode("latin-1"), "not-text"),
        (b'title = "a\x00b"', "not-text"),
        ("title = 'a'".encode("utf-16"), "not-text"),
        (b"title = \n", "bad-syntax"),
        (b'title = "a"\ntitle = "b"\n', "bad-syntax"),
        (b'{"title": "json"}', "bad-syntax"),
        (b"a = " + b"[" * 100_000, "bad-syntax"),
        (b"a = " + b"[" * 40 + b"]" * 40, "bad-syntax"),
        (b"a." * 40 + b"b = 1", "bad-syntax"),
        (b"a = " + b"9" * 10_000, "bad-syntax"),
    ],
)
def test_what_is_no_toml_file_is_refused(tmp_path: Path, data: bytes, code: str):
    path = tmp_path / "bad.toml"
    path.write_bytes(data)
    for load in (schema.load_plan, schema.load_scenario):
        assert refused(load, path).code == code


def test_ten_megabytes_are_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "large.toml"
    with path.open("wb") as file:
        file.truncate(10_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("the file was read"))
    error = refused(schema.load_scenario, path)
    assert error.code == "too-large"
    assert "10000000 bytes" in error.message


@pytest.mark.parametrize("given", ["nowhere/plan.toml", "nothing.toml", "a\0b.toml", "x" * 5000 + ".toml", "/"])
def test_a_path_to_nothing_is_refused(given: str):
    assert refused(schema.load_plan, given).code in ("not-found", "bad-type")


def test_a_folder_and_another_suffix_are_refused(tmp_path: Path):
    (tmp_path / "folder.toml").mkdir()
    assert refused(schema.load_plan, tmp_path / "folder.toml").code == "not-found"
    (tmp_path / "plan.yaml").write_text("title: a")
    assert refused(schema.load_plan, tmp_path / "plan.yaml").code == "bad-type"
    (tmp_path / "My Plan.toml").write_text(GOOD)
    assert refused(schema.load_plan, tmp_path / "My Plan.toml").key == "id"


@pytest.mark.parametrize(
    ("load", "given", "nearest"),
    [
        (schema.load_scenario, "forces", "force"),
        (schema.load_scenario, "Force", "force"),
        (schema.load_plan, "do_as_now", "do-as-now"),
        (schema.load_plan, "clear-hold-built", "clear-hold-build"),
        (schema.load_plan, "zzz", None),
        (schema.load_plan, "", None),
        (schema.load_plan, "\0", None),
        (schema.load_plan, "😀" * 100, None),
    ],
)
def test_a_wrong_name_is_refused_with_the_nearest(load: Callable[[Any], Any], given: str, nearest: str | None):
    error = refused(load, given)
    assert (error.code, error.nearest) == ("unknown-name", nearest)
    assert "force" in error.allowed or "do-as-now" in error.allowed


@pytest.mark.parametrize("given", [None, 3, 1.5, True, [], ["force"], b"force"])
def test_what_is_neither_name_path_nor_table_is_refused(given: Any):
    assert refused(schema.load_scenario, given).code == "bad-type"
    assert refused(schema.load_plan, given).code == "bad-type"


def test_an_empty_table_is_refused():
    assert refused(schema.load_plan, {}).code == "missing-key"
    assert refused(schema.load_scenario, {}).code == "missing-key"


def test_a_table_that_holds_itself_is_refused():
    table: dict[str, Any] = {"title": "a"}
    table["entry"] = [table]
    assert refused(schema.load_plan, table).code == "bad-syntax"


@pytest.mark.parametrize("load", [schema.load_plan, schema.load_scenario])
def test_keys_that_are_no_text_are_refused(load: Callable[[Any], Any]):
    refused(load, {1: 2, "preset": "estate", "title": "a"})
    refused(load, {"preset": "estate", "title": "a", "places": {3: 4}, "entry": [{None: 1}]})
