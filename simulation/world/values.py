"""Parameter values and switches as one record that kernels read by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from simulation.errors import UnknownName
from simulation.schema import check_overrides, load_mechanisms, load_parameters


def field(identifier: str) -> str:
    """The name by which kernels read a parameter."""
    return identifier.replace(".", "_").replace("-", "_")


def parameter_record(overrides: Mapping[str, float], ablate: Sequence[str] = ()) -> np.void:
    """Every parameter at its value (or the run's own), every mechanism's switch at 1 or, if ablated, 0.

    Raises SpannerError for a name that does not exist or a value outside its range.
    """
    check_overrides(overrides)
    mechanisms = sorted(load_mechanisms())
    for name in ablate:
        if name not in mechanisms:
            raise UnknownName.among(name, mechanisms, key="ablate")
    values = {field(name): parameter.value for name, parameter in load_parameters().items()}
    values |= {field(name): float(value) for name, value in overrides.items()}
    values |= {f"on_{field(name)}": 0.0 if name in ablate else 1.0 for name in mechanisms}
    names = sorted(values)
    record = np.zeros(1, dtype=[(name, "f8") for name in names])
    for name in names:
        record[name] = values[name]
    return record[0]
