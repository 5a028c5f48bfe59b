"""What kernels read: parameter values as loaded, with a run's own, and switches of mechanisms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulation.errors import UnknownName
from simulation.schema import check_overrides, load_mechanisms, load_parameters
from simulation.state.values import Values


def field(identifier: str) -> str:
    """The name by which kernels read a parameter."""
    return identifier.replace(".", "_").replace("-", "_")


def parameter_record(overrides: Mapping[str, float], ablate: Sequence[str] = ()) -> Values:
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
    return Values(values)
