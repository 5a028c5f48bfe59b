"""A calibration from its name to its answer: searched, judged, and written down; or an ensemble looked over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulation.calibration.accepting import FEWEST, ensemble, write
from simulation.calibration.checking import check, load_fit
from simulation.calibration.diagnosis import finite, parameters_told, targets_told, tied
from simulation.calibration.keeping import Folder
from simulation.calibration.renewing import renew
from simulation.calibration.search import Found, Search, Told
from simulation.calibration.statement import Calibration, load_calibration, load_targets
from simulation.calibration.targets import Reading, read_from, spelled
from simulation.errors import BadType, OutOfRange, UnknownName
from simulation.experiments.ensembles import load_ensemble
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
    kept = Folder(folder)
    try:
        kept.begin({"name": calibration.id, "settings": settings, "model_version": model_version(), "seed": seed})
        if told is not None:
            told("compiled code", 0, 1)
        prepare()
        search = Search(
            calibration, reading, kept, seed=seed, hours=hours, executor=executor, workers=workers, told=told,
            cancel=cancel,
        )  # fmt: skip
        found = search.run()
        document = answer(calibration, reading, search, found)
        document["ensemble"] = None
        if len(found.accepted) >= FEWEST:
            drawn, fit = ensemble(calibration, reading, search.axes, found, seed)
            document["ensemble"] = str(write(kept.path, calibration.id, drawn, fit))
        kept.write(f"{calibration.id}.found.json", document)
    finally:
        kept.close()
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
    given: str, of: str, folder: Path, *, seed: int, executor: str, workers: int | None, told: Told | None,
    cancel: Cancel | None,
) -> dict[str, Any]:  # fmt: skip
    """Live all draws of an ensemble with the model as it is, and keep those that fit. Raises SpannerError."""
    calibration, reading, settings = asked(given, seed)
    check_how(1.0, executor)
    ensemble = load_ensemble(of)
    kept = Folder(folder)
    try:
        asked_for = {"name": calibration.id, "settings": f"{settings} renews {digest(ensemble.draws)}"}
        kept.begin({**asked_for, "model_version": model_version(), "seed": seed})
        prepare()
        return renew(
            calibration, reading, ensemble, kept, seed=seed, executor=executor, workers=workers, told=told,
            cancel=cancel,
        )  # fmt: skip
    finally:
        kept.close()


def digest(draws: tuple[dict[str, float], ...]) -> str:
    """A name for these draws."""
    return hashlib.blake2b(repr(draws).encode(), digest_size=8).hexdigest()


def nothing(value: float | None) -> float | None:
    return None if value is None else finite(value)
