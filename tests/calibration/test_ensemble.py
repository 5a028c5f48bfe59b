"""An ensemble from its calibration to its use: written, read, looked over, and refused or remarked on where it does not fit."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from simulation.calibration.accepting import lines, medoid
from simulation.calibration.space import axes_of, valued
from simulation.calibration.statement import load_calibration
from simulation.errors import BadSyntax, Conflict, NotFound, OutOfRange, SpannerError, UnknownName
from simulation.experiments.ensembles import Ensemble, load_ensemble
from simulation.experiments.spec import dealt, design
from simulation.store import identity
from tests.calibration.test_statement import calibration, experiment
from tests.cli.command import Ended, check, typed


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small world whose street people leave as one parameter says, calibrated in a folder."""
    folder = tmp_path_factory.mktemp("fitted")
    target = experiment(folder, "leaving", 13, "departures_street", high=0.45)
    text = f'targets = ["{target}"]\npreset = "estate"\ndraws = 20\nreplicates = 3\naccepted = 10'
    calibration(folder, text, '"exit.street" = "it"\n"accounts.hoard_spent" = "nothing"')
    return folder


def calibrated(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> Ended:
    out = ["--out", str(folder / "work"), "--executor", "serial", "--json"]
    return typed(capsys, "calibrate", folder / "mine.toml", *out, *words)


def test_a_small_world_is_calibrated_and_its_ensemble_stands_a_check(
    fitted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = calibrated(capsys, fitted)
    assert ended.status == 0
    found = ended.document("calibrate")
    assert found["state"] == "done"
    assert found["accepted"] >= 10
    path = fitted / "work" / "mine.json"
    assert found["ensemble"] == str(path)

    kept = load_ensemble(str(path))
    assert len(kept.draws) == found["accepted"]
    assert kept.stale is None
    assert kept.medoid is not None
    assert kept.draws[kept.medoid] == {row["id"]: row["medoid"] for row in found["parameters"]}
    assert path.stat().st_size < 1_000_000

    ended = calibrated(capsys, fitted, "--check", "--ensemble", str(path))
    assert ended.status == 0
    told = ended.document("calibrate")
    assert told["passed"]
    assert len(told["checked"]) == 5

    altered = json.loads(path.read_text(encoding="utf-8"))
    draw = altered["draws"][kept.medoid]
    draw["exit.street"] = draw["exit.street"] * 0.9 if draw["exit.street"] > 0.3 else draw["exit.street"] * 1.1
    other = tmp_path / "altered.json"
    other.write_bytes(lines(altered))
    other.with_suffix(".fit.json").write_bytes(path.with_suffix(".fit.json").read_bytes())
    ended = calibrated(capsys, fitted, "--check", "--ensemble", str(other))
    assert ended.status == 1
    check(json.loads(ended.out), "calibrate")
    assert f"Draw {kept.medoid} of {other} does not come to what is written beside it" in ended.err

    altered["likeness"] = "0" * 32
    other.write_bytes(lines(altered))
    said = load_ensemble(str(other)).stale
    assert said is not None
    assert "made with model version" in said
    laid_out = design("estate", "volume-arrests", weeks=4, replicates=4, ensemble=str(other))
    assert laid_out.warnings == (said,)


def renewed(capsys: pytest.CaptureFixture[str], fitted: Path, ensemble: Path, work: Path) -> Ended:
    words = ["--renew", "--ensemble", str(ensemble), "--out", str(work), "--executor", "serial", "--json"]
    return typed(capsys, "calibrate", fitted / "mine.toml", *words)


def refused(fitted: Path) -> dict[str, float]:
    """A draw of the first wave that met no target."""
    answers = pd.concat(pd.read_parquet(part) for part in (fitted / "work" / "answers").glob("part-*.parquet"))
    missed = answers.loc[answers["draw"].str.startswith("wave-1-") & (answers["value"] > 0.45), "draw"].min()
    points = json.loads((fitted / "work" / "wave-1.json").read_text(encoding="utf-8"))["points"]
    axes = axes_of(load_calibration(str(fitted / "mine.toml")).parameters)
    return valued(axes, points[int(missed.rpartition("-")[2])])


def of_another_model(capsys: pytest.CaptureFixture[str], fitted: Path, path: Path, number: int) -> Ensemble:
    """The first draws of the calibrated ensemble in a file of their own, with one among them that does not fit."""
    if not (fitted / "work" / "mine.json").exists():
        calibrated(capsys, fitted)
    kept = load_ensemble(str(fitted / "work" / "mine.json"))
    assert kept.head is not None
    old = {**kept.head, "likeness": "0" * 32, "medoid": 0, "draws": list(kept.draws[:number])}
    old["draws"].insert(3, refused(fitted))
    path.write_bytes(lines(old))
    shutil.copy(fitted / "work" / "mine.found.json", path.with_suffix(".found.json"))
    return kept


def gone_on(capsys: pytest.CaptureFixture[str], fitted: Path, path: Path, number: int) -> tuple[Ensemble, Any]:
    """What was kept for a file at `path` and what came of going on from it."""
    kept = of_another_model(capsys, fitted, path, number)
    ended = renewed(capsys, fitted, path, path.parent / "work")
    assert ended.status == 0
    return kept, ended.document("calibrate")


def test_an_ensemble_of_another_model_is_renewed_by_the_draws_that_still_fit(
    fitted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "old.json"
    kept, told = gone_on(capsys, fitted, path, 1000)
    said = told["renewed"]
    assert (said["draws"], said["kept"]) == (len(kept.draws) + 1, len(kept.draws))
    assert said["lost"] == [{"draw": 3, "targets": ["leaving"]}]
    assert told["tried"] == 0
    new = load_ensemble(told["ensemble"])
    assert new.draws == kept.draws
    assert new.medoid == kept.medoid
    assert new.stale is None
    fit = Path(told["ensemble"]).with_suffix(".fit.json").read_bytes()
    assert fit == (fitted / "work" / "mine.fit.json").read_bytes()

    path.write_bytes(lines({**(kept.head or {}), "draws": [*kept.draws[:2]], "medoid": 0}))
    ended = renewed(capsys, fitted, path, tmp_path / "work")
    assert ended.document("error")["error"]["code"] == "conflict"


def test_where_too_few_draws_still_fit_others_are_found_near_them(
    fitted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "old.json"
    kept, told = gone_on(capsys, fitted, path, 5)
    assert told["state"] == "done"
    assert (told["renewed"]["draws"], told["renewed"]["kept"]) == (6, 5)
    assert told["accepted"] >= told["wanted"] == 10
    assert told["left_of_the_whole"] is None
    new = load_ensemble(told["ensemble"])
    assert new.draws[:5] == kept.draws[:5]
    before = json.loads(path.with_suffix(".found.json").read_text(encoding="utf-8"))
    assert told["waves"][: len(before["waves"])] == before["waves"]
    assert [wave["wave"] for wave in told["waves"]] == list(range(1, len(told["waves"]) + 1))
    assert told["targets"][0]["moved_by"] == before["targets"][0]["moved_by"]
    for at, draw in enumerate(new.draws):
        assert 0.2 <= draw["exit.street"] <= 0.5, at


def test_only_draws_of_the_free_parameters_are_renewed(
    fitted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.json"
    path.write_text('{"draws": [{"exit.street": 0.3}]}', encoding="utf-8")
    ended = renewed(capsys, fitted, path, tmp_path / "work")
    assert ended.status == 2
    assert "accounts.hoard_spent" in ended.document("error")["error"]["message"]


def test_a_spent_budget_is_said_and_leaves_a_folder_that_goes_on(
    fitted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(tmp_path / "work"), "--executor", "serial", "--json"]
    ended = typed(capsys, "calibrate", fitted / "mine.toml", *out, "--hours", "0.000001")
    assert ended.status == 1
    assert "more --hours" in ended.document("calibrate")["error"]["message"]


@pytest.mark.parametrize(
    ("words", "code", "key"),
    [
        (["nothing"], "unknown-name", "calibration"),
        (["absent.toml"], "not-found", None),
        (["--hours", "0"], "out-of-range", "hours"),
        (["--hours", "nan"], "out-of-range", "hours"),
        (["--executor", "thread"], "unknown-name", "executor"),
        (["--check", "--ensemble", "no-such"], "unknown-name", "ensemble"),
        (["--seed", "-1"], "out-of-range", "seed"),
        (["--check", "--renew"], "conflict", "renew"),
    ],
)
def test_what_cannot_be_honoured_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], code: str,
    key: str | None,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    ended = typed(capsys, "calibrate", *words, "--json")
    assert ended.status == 2
    error = ended.document("error")["error"]
    assert error["code"] == code
    assert key is None or error["key"] == key


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{", BadSyntax), ('{"draws": []}', SpannerError), ('{"draws": [{"exit.street": 9}]}', OutOfRange),
        ('{"draws": [{"exit.stret": 0.3}]}', UnknownName), ('{"draws": [{}], "medoid": 4}', OutOfRange),
    ],
)  # fmt: skip
def test_a_bad_ensemble_is_refused(tmp_path: Path, text: str, kind: type[SpannerError]) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(kind):
        load_ensemble(str(path))


def test_an_ensemble_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        load_ensemble(str(tmp_path / "absent.json"))
    with pytest.raises(UnknownName):
        load_ensemble("no-such")


def test_each_draw_that_is_used_has_two_pairs() -> None:
    assert dealt(100, 64) == tuple(dict.fromkeys(dealt(100, 64)))
    assert len(dealt(100, 64)) == 32
    assert dealt(100, 64)[0] == 0
    assert dealt(100, 64)[-1] == 99
    assert dealt(5, 64) == (0, 1, 2, 3, 4)
    assert dealt(1, 64) == (0,)
    assert dealt(100, 1) == (0, 99)


def test_the_medoid_is_nearest_all_others() -> None:
    points = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.4, 0.4], [1.0, 1.0]])
    assert medoid(points) == 3


def test_a_version_knows_nothing_of_the_values_that_are_free(tmp_path: Path) -> None:
    """Defaults may move to one of the draws; the ensemble fits the same model as before."""
    text = '[exit.street]\nvalue = {0}\nunit = "1/year"\nlow = {1}\nhigh = 0.5\nstatus = "assumed"\n[exit.core]\nvalue = {2}\n'
    path = tmp_path / "exit.toml"

    def version(*numbers: float) -> bytes:
        path.write_text(text.format(*numbers), encoding="utf-8")
        return identity._without(path, ("exit.street",))

    first = version(0.33, 0.2, 0.08)
    assert version(0.4, 0.2, 0.08) == first
    assert version(0.33, 0.1, 0.08) != first
    assert version(0.33, 0.2, 0.09) != first
    assert identity.version_but(("exit.street",)) != identity.version_but(("exit.core",))


def test_a_parameter_that_both_set_is_not_lost(tmp_path: Path) -> None:
    laid_out = design("estate", "volume-arrests", weeks=4, replicates=4, ensemble=[{"exit.street": 0.3}] * 2)
    assert {spec.parameters["exit.street"] for group in laid_out.groups() for spec in group} == {0.3}
    with pytest.raises(Conflict):
        design(
            "estate", "volume-arrests", weeks=4, replicates=4, ensemble=[{"exit.street": 0.3}],
            parameters={"exit.street": 0.4},
        )  # fmt: skip
