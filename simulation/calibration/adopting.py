"""The defaults move to a draw of a calibration, whose ensemble then comes with the product.

`python -m simulation.calibration.adopting FOLDER NAME` is for those who keep the model: it writes into the sources. The draw is the one
nearest the midst in whose world nothing drifts and no market dies out when nothing is done, and which passes every row that parameters are set by.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import tomlkit

from simulation.calibration.accepting import lines
from simulation.calibration.commissions import go_on
from simulation.calibration.keeping import place
from simulation.calibration.resting import at_rest, nearest
from simulation.calibration.statement import load_calibration, load_targets
from simulation.errors import Conflict, OutOfRange, SpannerError
from simulation.experiments.ensembles import FIT, FOLDER, FOUND, load_ensemble
from simulation.schema.reading import LIBRARY
from simulation.validation.experiment import Experiment
from simulation.validation.runner import Trial

SEED: Final = 1
CREWS: Final = "virtual"  # the preset of crews and nothing else


def adopt(
    work: Path, name: str, draw: int, ensembles: Path = FOLDER,
    parameters: Path = LIBRARY / "parameters",
) -> list[str]:  # fmt: skip
    """Copy what a calibration came to, and set each parameter that its draws set to the value of one of them.

    Returns the parameters that changed. Raises SpannerError where the folder holds no ensemble of that name.
    """
    kept = load_ensemble(str(work / f"{name}.json"))
    if not 0 <= draw < len(kept.draws):
        raise OutOfRange(file=kept.file, key="draw", given=draw, allowed=f"0 to {len(kept.draws) - 1}")
    ensembles.mkdir(exist_ok=True)
    shutil.copyfile(work / f"{name}{FIT}", ensembles / f"{name}{FIT}")
    drawn = json.loads((work / f"{name}.json").read_text(encoding="utf-8"))
    place(ensembles / f"{name}.json", lines({**drawn, "default": draw, "draws": drawn["draws"]}))
    found = json.loads((work / f"{name}{FOUND}").read_text(encoding="utf-8"))
    found["ensemble"] = f"{name}.json"  # not where it was made
    if renewed := found.get("renewed"):
        renewed["ensemble"] = Path(renewed["ensemble"]).name
    place(ensembles / f"{name}{FOUND}", lines(found))
    return set_defaults(kept.draws[draw], parameters)


def set_defaults(values: Mapping[str, float], parameters: Path) -> list[str]:
    """Write values into the files of parameters, each as calibrated; everything else stays as it is written."""
    changed: list[str] = []
    for mechanism in sorted({name.partition(".")[0] for name in values}):
        path = parameters / f"{mechanism}.toml"
        table = tomlkit.parse(path.read_text(encoding="utf-8"))
        for name in sorted(name for name in values if name.partition(".")[0] == mechanism):
            key = name.partition(".")[2]
            row = table[mechanism][key]  # pyright: ignore[reportIndexIssue]
            if row["value"] != values[name] or row["status"] != "calibrated":  # pyright: ignore
                row["value"] = values[name]  # pyright: ignore
                row["status"] = "calibrated"  # pyright: ignore
                changed.append(name)
        path.write_text(tomlkit.dumps(table), encoding="utf-8")
    return changed


def passes(experiments: Sequence[Experiment], draw: Mapping[str, float]) -> bool:
    """Whether a draw passes every row of a calibration as `spanner validate` judges it; none is tried after one it misses."""
    return all(Trial(at(one, draw), one.replicates, SEED, "processes", None, None).run().passed for one in experiments)


def at(experiment: Experiment, draw: Mapping[str, float]) -> Experiment:
    """An experiment in the world of a draw. A parameter that it sets itself stays as it sets it."""
    return experiment.model_copy(update={"parameters": {**draw, **experiment.parameters}})


def main(work: Path, name: str) -> None:
    """Choose the draw, move the defaults to it and say so. Raises SpannerError."""
    kept = load_ensemble(str(work / f"{name}.json"))
    preset = (kept.head or {}).get("presets", ["force"])[0]
    calibration = load_calibration(name)
    draw, passed = nearest(
        calibration,
        kept.draws,
        [
            partial(at_rest, preset),
            partial(go_on, preset),
            partial(go_on, CREWS),
            partial(passes, load_targets(calibration)),
        ],
    )
    if draw is None:
        raise Conflict("No draw has a world at rest and passes every row of the calibration.", file=kept.file)
    changed = adopt(work, name, draw)
    print(f"Draw {draw}, {passed} nearer the midst passed over; {len(changed)} defaults changed.")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), sys.argv[2])
    except SpannerError as error:
        sys.exit(error.message)
