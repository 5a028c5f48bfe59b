"""A calibration from its name to its answer: searched, judged, and written down; or an ensemble looked over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from simulation.calibration.accepting import FEWEST, ensemble, write
from simulation.calibration.checking import check, load_fit
from simulation.calibration.diagnosis import finite, parameters_told, targets_told, tied
from simulation.calibration.keeping import Folder
from simulation.calibration.renewing import gone_on
from simulation.calibration.search import Found, Search, Told
from simulation.calibration.space import axes_of, placed
from simulation.calibration.statement import Calibration, load_calibration, load_targets
from simulation.calibration.targets import Reading, read_from, spelled
from simulation.errors import BadType, Conflict, OutOfRange, UnknownName
from simulation.experiments.ensembles import FOUND, Ensemble, load_ensemble
from simulation.experiments.executors import EXECUTORS
from simulation.experiments.model import prepare
from simulation.store.identity import model_version

MOST_HOURS = 1000.0
type Cancel = Callable[[], bool]


def calibrate(
    given: str, folder: Path, *, hours: float, seed: int, executor: str, workers: int | None, told: Told | None,
    cancel: Cancel | None,
) -> dict[str, Any]:  # fmt: skip
    """Search, or go on searching, and say what was found. Raises SpannerError, and Cancelled when stopped."""
    calibration, reading, settings = asked(given, seed)
    check_how(hours, executor)
    return searched(
        calibration, reading, settings, folder, None, hours=hours, seed=seed, executor=executor, workers=workers,
        told=told, cancel=cancel,
    )  # fmt: skip


def searched(
    calibration: Calibration, reading: Reading, settings: str, folder: Path, old: Ensemble | None, *, seed: int, **how: Any
) -> dict[str, Any]:  # fmt: skip
    """Go on in a folder as long as the budget lasts, and write down what was found."""
    work = Folder(folder)
    try:
        work.begin({"name": calibration.id, "settings": settings, "model_version": model_version(), "seed": seed})
        if how["told"] is not None:
            how["told"]("compiled code", 0, 1)
        prepare()
        search = Search(calibration, reading, work, seed=seed, **how)
        found = search.run()
        document = {**answer(calibration, reading, search, found), "renewed": None, "ensemble": None}
        if old is not None:
            document = gone_on(document, reading, found, old)
        if len(found.accepted) >= FEWEST:
            drawn, fit = ensemble(calibration, reading, search.axes, found, seed)
            document["ensemble"] = str(write(work.path, calibration.id, drawn, fit))
        work.write(f"{calibration.id}{FOUND}", document)
    finally:
        work.close()
    return document


def asked(given: str, seed: int) -> tuple[Calibration, Reading, str]:
    """A calibration with its targets, and a name for everything that decides its draws."""
    calibration = load_calibration(given)
    experiments = load_targets(calibration, given)
    reading = read_from(calibration, experiments, seed)
    said = calibration.spelling + spelled(experiments)
    return calibration, reading, hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def check_how(hours: float, executor: str) -> None:
    if isinstance(hours, bool) or not isinstance(hours, (int, float)):
        raise BadType(key="hours", given=hours, allowed="a number")
    if not 0.0 < hours <= MOST_HOURS:
        raise OutOfRange(key="hours", given=hours, allowed=f"above 0, up to {MOST_HOURS:g}")
    if executor not in EXECUTORS:
        raise UnknownName.among(executor, EXECUTORS, key="executor")


def answer(calibration: Calibration, reading: Reading, search: Search, found: Found) -> dict[str, Any]:
    """What `calibrate --json` prints."""
    lived = [one.seconds for one in found.answers.values()]
    return {
        "name": calibration.id,
        "model_version": model_version(),
        "state": found.state,
        "accepted": len(found.accepted),
        "wanted": calibration.accepted,
        "tried": found.tried,
        "draws": len(lived),
        "seconds_a_draw": sum(lived) / len(lived) if lived else None,
        "spent_hours": search.spent / 3600.0,
        "left_of_the_whole": found.share,
        "waves": [
            {"wave": wave.number, "draws": len(wave.points), "left_before": wave.share, "emulated": len(wave.emulators)}
            for wave in found.waves
        ],
        "targets": targets_told(reading, search.axes, found),
        "parameters": parameters_told(search.axes, found),
        "tied": tied(search.axes, found),
        "apart": found.apart,
        "without": dict(calibration.without),
    }


def recheck(
    given: str, of: str, *, seed: int, executor: str, workers: int | None, told: Told | None, cancel: Cancel | None
) -> dict[str, Any]:
    """Live five draws of an ensemble again and say whether they come to what was written down. Raises SpannerError."""
    calibration, reading, _ = asked(given, seed)
    check_how(1.0, executor)
    kept = load_ensemble(of)
    fit = load_fit(kept)
    told_targets = {target.id for target in reading.targets}
    for name in fit.targets:
        if name not in told_targets:
            raise UnknownName.among(name, told_targets, file=kept.file, key="targets")
    prepare()
    replicates = int((kept.head or {}).get("replicates", calibration.replicates))
    rows = check(kept, fit, reading, replicates, executor=executor, workers=workers, told=told, cancel=cancel)
    return {
        "name": kept.name,
        "ensemble": kept.file,
        "model_version": model_version(),
        "made_with": kept.model_version or None,
        "stale": kept.stale,
        "passed": all(row["ok"] for row in rows),
        "checked": [
            {
                **row,
                "off": [{**one, "written": finite(one["written"]), "now": nothing(one["now"])} for one in row["off"]],
            }
            for row in rows
        ],
    }


def renewed(
    given: str, of: str, folder: Path, *, hours: float, seed: int, executor: str, workers: int | None, told: Told | None,
    cancel: Cancel | None,
) -> dict[str, Any]:  # fmt: skip
    """Live all draws of an ensemble with the model as it is, keep those that fit, and look for others near. Raises SpannerError."""
    calibration, reading, settings = asked(given, seed)
    check_how(hours, executor)
    old = load_ensemble(of)
    free = tuple(sorted(calibration.free))
    if old.free != free:
        other = sorted(set(old.free) ^ set(free))
        raise Conflict(
            f"The ensemble and the calibration do not set the same parameters ({', '.join(other)}).",
            file=old.file, key="ensemble", given=list(old.free), allowed=list(free),
        )  # fmt: skip
    points = np.array([placed(axes_of(calibration.parameters), draw) for draw in old.draws])
    asked_for = f"{settings} renews {digest(old.draws)}"
    return searched(
        calibration, reading, asked_for, folder, old, hours=hours, seed=seed, executor=executor, workers=workers,
        told=told, cancel=cancel, kept=points,
    )  # fmt: skip


def digest(draws: tuple[dict[str, float], ...]) -> str:
    """A name for these draws."""
    return hashlib.blake2b(repr(draws).encode(), digest_size=8).hexdigest()


def nothing(value: float | None) -> float | None:
    return None if value is None else finite(value)
