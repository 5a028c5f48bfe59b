"""The one door for notebooks, shell and dashboard: load a place, run it, compare plans in it, see what can be chosen.

Everything heavy is imported when it is first needed. Bad input raises a SpannerError that says where, what was given
and what is allowed; nothing is clipped or guessed. Its `code` is one of ERROR_CODES, a closed list.
"""

from __future__ import annotations

from simulation.api.calibrating import calibrate, calibrations, check_ensemble, ensembles, renew_ensemble
from simulation.api.intake import caution, forget, import_network, import_profile, imports, imports_state
from simulation.api.lists import (
    cases,
    costs,
    explain,
    findings,
    forces,
    interventions,
    levers,
    measures,
    mechanisms,
    parameters,
    scenarios,
    sectors,
)
from simulation.api.results import contents, export, list_plans, open_store, query, results_folder, save_plan
from simulation.api.running import compare, flows, load, load_plan, repeat, run, sight, submit, weak_points, world
from simulation.api.upkeep import (
    assurance,
    doctor,
    first_look,
    is_whole_page,
    model_version,
    standing,
    support,
    validate,
    warm_up,
    write_findings,
    write_first_look,
)
from simulation.errors import CODES as ERROR_CODES
from simulation.errors import Conflict, NotFound, OutOfRange, PortOccupied, SpannerError, UnknownName, Unwritable
from simulation.experiments.cancelled import Cancelled

__all__ = [
    "ERROR_CODES",
    "Cancelled",
    "Conflict",
    "NotFound",
    "OutOfRange",
    "PortOccupied",
    "SpannerError",
    "UnknownName",
    "Unwritable",
    "assurance",
    "calibrate",
    "calibrations",
    "cases",
    "caution",
    "check_ensemble",
    "compare",
    "contents",
    "costs",
    "doctor",
    "ensembles",
    "explain",
    "export",
    "findings",
    "first_look",
    "flows",
    "forces",
    "forget",
    "import_network",
    "import_profile",
    "imports",
    "imports_state",
    "interventions",
    "is_whole_page",
    "levers",
    "list_plans",
    "load",
    "load_plan",
    "measures",
    "mechanisms",
    "model_version",
    "open_store",
    "parameters",
    "query",
    "renew_ensemble",
    "repeat",
    "results_folder",
    "run",
    "save_plan",
    "scenarios",
    "sectors",
    "sight",
    "standing",
    "submit",
    "support",
    "validate",
    "warm_up",
    "weak_points",
    "world",
    "write_findings",
    "write_first_look",
]
