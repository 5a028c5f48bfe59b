"""The defaults move to the draw in the midst of a calibration, whose ensemble then comes with the product.

`python -m simulation.calibration.adopting FOLDER NAME` is for those who keep the model: it writes into the sources.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import tomlkit

from simulation.calibration.accepting import lines
from simulation.calibration.keeping import place
from simulation.errors import Conflict, SpannerError
from simulation.experiments.ensembles import FIT, FOLDER, load_ensemble
from simulation.schema.reading import LIBRARY

FOUND = ".found.json"


def adopt(work: Path, name: str, ensembles: Path = FOLDER, parameters: Path = LIBRARY / "parameters") -> list[str]:
    """Copy what a calibration came to, and set each parameter that its draws set to the medoid's value.

    Returns the parameters that changed. Raises SpannerError where the folder holds no ensemble of that name.
    """
    kept = load_ensemble(str(work / f"{name}.json"))
    if kept.medoid is None:
        raise Conflict(f"The ensemble at {kept.file} does not say which draw is in its midst.", file=kept.file)
    ensembles.mkdir(exist_ok=True)
    for ending in (".json", FIT):
        shutil.copyfile(work / f"{name}{ending}", ensembles / f"{name}{ending}")
    found = json.loads((work / f"{name}{FOUND}").read_text(encoding="utf-8"))
    place(ensembles / f"{name}{FOUND}", lines({**found, "ensemble": f"{name}.json"}))  # not where it was made
    return set_defaults(kept.draws[kept.medoid], parameters)


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


if __name__ == "__main__":
    try:
        print("\n".join(adopt(Path(sys.argv[1]), sys.argv[2])))
    except SpannerError as error:
        sys.exit(error.message)
