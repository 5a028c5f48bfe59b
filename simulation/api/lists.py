"""What there is to choose from, to change and to count."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from simulation.experiments.explain import Phase


def _catalogue() -> ModuleType:
    from simulation.experiments import catalogue

    return catalogue


def scenarios() -> pd.DataFrame:
    """Every preset: id, title, description."""
    return _catalogue().scenarios()


def cases() -> pd.DataFrame:
    """Every case: a situation from the world as a departure from a preset, its question and its sources."""
    return _catalogue().cases()


def mechanisms() -> pd.DataFrame:
    """Every mechanism that can be switched off by `ablate`."""
    return _catalogue().mechanisms()


def measures() -> pd.DataFrame:
    """Every measure: unit, which direction is better, how weeks come to one figure, label, definition."""
    return _catalogue().measures()


def levers() -> pd.DataFrame:
    """The closed list of levers that interventions move."""
    return _catalogue().levers()


def interventions() -> pd.DataFrame:
    """Every intervention: its card, a column a field."""
    return _catalogue().interventions()


def parameters() -> pd.DataFrame:
    """Every parameter: value, unit, range, status, source."""
    return _catalogue().parameters()


def forces() -> pd.DataFrame:
    """The police forces of England and Wales: id, title, region, residents, officers, tile on the map."""
    return _catalogue().forces()


def costs() -> pd.DataFrame:
    """What an hour of work, a prison place or a crime costs: value, unit, range, status, source, price year."""
    return _catalogue().costs()


def findings() -> tuple[str, ...]:
    """The published findings that the model is held against, by name."""
    from simulation.validation.experiment import list_experiments

    return list_experiments()


def explain(subject: str = "week") -> list[Phase]:
    """The lines of the week in order, and what each of them does."""
    from simulation.experiments.explain import explain as read

    return read(subject)
