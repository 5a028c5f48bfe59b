"""Every experiment file says what it means, and one is lived from its file to its verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation.errors import SpannerError, UnknownName
from simulation.schema import load_findings
from simulation.validation.design import departs, lay_out
from simulation.validation.experiment import Arm, Condition, list_experiments, load_experiment
from simulation.validation.report import document, not_run
from simulation.validation.runner import validate
from simulation.world.shocks import BLOWS

EXPERIMENTS = list_experiments()


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_an_experiment_can_be_laid_out_with_all_its_variants(name: str) -> None:
    experiment = load_experiment(name)
    laid = lay_out(experiment)
    assert experiment.estimate.arm in laid.specs or set(experiment.estimate.arms) <= set(laid.specs)
    variants = [*experiment.also, experiment.ablation, experiment.control]
    for variant in variants:
        if variant is not None and (departs(variant) or variant in (experiment.ablation, experiment.control)):
            assert lay_out(experiment, variant).specs


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_nothing_done_leaves_arms_without_dose_or_shock(name: str) -> None:
    experiment = load_experiment(name)
    for spec in lay_out(experiment, nothing_done=True).specs.values():
        assert all(entry.dose == 0.0 for entry in spec.plan.entry)
        for shock in spec.scenario.shocks:
            assert shock.size == (0.0 if shock.kind in BLOWS | {"input-removal"} else 1.0)


def test_findings_are_either_tried_or_explained() -> None:
    tried = {experiment.finding for experiment in map(load_experiment, EXPERIMENTS) if experiment.finding is not None}
    explained = set(not_run())
    assert not tried & explained
    assert tried | explained == {finding.id for finding in load_findings()}


def test_a_test_row_has_an_ablation_and_never_calibrates() -> None:
    for name in EXPERIMENTS:
        experiment = load_experiment(name)
        if experiment.role == "test" and experiment.id != "retail-crackdown-price":
            assert experiment.ablation is not None, name


def test_signs_state_no_magnitude_of_a_finding() -> None:
    for name in EXPERIMENTS:
        experiment = load_experiment(name)
        assert (experiment.role == "sign") == name.startswith("signs-")
        assert (experiment.finding is None) == (experiment.role == "sign")


def test_an_arm_like_another_takes_what_it_does_not_say() -> None:
    specs = lay_out(load_experiment("slander-threshold")).specs
    doses = {name: spec.plan.entry[0].dose for name, spec in specs.items() if name.startswith("f")}
    assert doses["f05"] == pytest.approx(0.1)
    assert doses["f50"] == 1.0
    assert specs["m05"].ablate == ("memory",)
    assert specs["m05"].plan.entry == specs["f05"].plan.entry


def written(folder: Path, **changes: str) -> str:
    table = {
        "title": '"A trial"', "role": '"sign"', "weeks": "20", "preset": '"estate"',
        "arms": '{ as-now = {}, closed = { shocks = [{ week = 4, kind = "line-closure", size = 0.5 }] } }',
        "estimate": '{ kind = "change", measure = "lines_internal", arm = "closed", against = "as-now", '
        "window = [4, 8], high = 0.0 }",
    }  # fmt: skip
    path = folder / "trial.toml"
    path.write_text("\n".join(f"{key} = {text}" for key, text in (table | changes).items()), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    "changes",
    [
        {"estimate": '{ kind = "change", measure = "lines_internal", arm = "closed", window = [4, 8] }'},
        {"estimate": '{ kind = "level", measure = "lines_internal", arm = "nobody", window = [4, 8] }'},
        {"estimate": '{ kind = "level", measure = "lines_internal", arm = "closed", window = [8, 4] }'},
        {"estimate": '{ kind = "level", measure = "lines_internal", arm = "closed", window = [4, 80] }'},
        {"finding": '"no-such-finding"'},
        {"finding": '"chb-order"'},
        {"arms": '{ as-now = {}, closed = { like = "nobody" } }'},
        {"weather": '"fine"'},
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, changes: dict[str, str]) -> None:
    with pytest.raises(SpannerError):
        load_experiment(written(tmp_path, **changes))


def test_an_unknown_experiment_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownName) as refused:
        load_experiment("chb-ordr")
    assert refused.value.nearest == "chb-order"


def test_an_experiment_is_lived_from_its_file_to_its_verdict(tmp_path: Path) -> None:
    (row,) = validate([written(tmp_path)], replicates=4, executor="serial")
    assert row.status == "pass"
    assert row.estimate < 0.0
    assert row.placebo is not None and row.placebo.ok
    assert row.first_look["replicates"] == 4


def test_an_experiment_that_cannot_be_run_is_a_row_that_says_why(tmp_path: Path) -> None:
    bad = (
        '{ as-now = {}, closed = { shocks = [{ week = 4, kind = "platform-closure", size = 1.0, where = "force" }] } }'
    )
    (row,) = validate([written(tmp_path, arms=bad)], replicates=2, executor="serial")
    assert row.status == "error"
    assert "platform-closure" in row.message


def test_the_same_experiment_comes_out_the_same(tmp_path: Path) -> None:
    name = written(tmp_path)
    rows = [next(iter(validate([name], replicates=3, executor=executor))) for executor in ("serial", "threads")]
    first, second = ({**row.to_dict(), "elapsed_s": 0.0} for row in rows)
    assert first == second


@pytest.mark.slow
def test_a_shortage_is_purity_and_not_price() -> None:
    (row,) = validate(["shortage-is-purity"], replicates=4)
    assert row.status == "pass", row
    assert row.ablation is not None and row.ablation.ok


@pytest.mark.slow
def test_volume_arrests_are_replaced_and_are_not_without_replacement() -> None:
    (row,) = validate(["signs-volume-arrests"], replicates=8)
    assert row.estimate < 0.5
    assert all(check.ok for check in row.also)
    assert row.ablation is not None and row.ablation.ok


def test_the_document_says_what_came_of_every_finding(tmp_path: Path) -> None:
    rows = [row.to_dict() for row in validate([written(tmp_path)], replicates=2, executor="serial")]
    text = document(rows, "abc")
    for finding in load_findings():
        assert finding.id in text
    assert "trial" in text
    assert "not run" in text


def test_arms_and_conditions_default_to_the_world_as_it_is() -> None:
    assert not departs(Condition(text=""))
    assert Arm().plan is None
