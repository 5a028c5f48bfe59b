"""What pages and callbacks work with: the catalogue, the queue, the drafts and the results of one server."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dashboard.address import BadAddress
from dashboard.jobs.database import Database
from dashboard.jobs.drafts import Drafts, SavedPlan
from dashboard.jobs.request import PlanChoice, Request
from dashboard.jobs.result import Result, Results
from dashboard.jobs.runner import Compute, Runner
from dashboard.jobs.table import Job, JobTable
from dashboard.views.catalogue import Catalogue, PlanView

BASELINES = ("do-as-now", "nothing-more", "nothing-at-all")


@dataclass(frozen=True)
class Model:
    """The simulation as the dashboard needs it: what can be chosen, a request computed, a plan checked."""

    catalogue: Callable[[], Catalogue]
    compute: Compute
    check_plan: Callable[[str, dict[str, Any]], None]
    """Raises an error with a `message` when a plan cannot be run in a place."""
    places: Callable[[str], list[tuple[str, str]]]
    """The neighbourhoods of a preset: id and name."""
    kept: Callable[[Request], bool] = lambda request: False
    """Whether every run of a request lies in the store already, so that asking for it costs next to nothing."""
    keep_plan: Callable[[dict[str, Any]], None] = lambda plan: None
    """Put a saved plan where the command line finds it by its id."""
    validated: Callable[[str], frozenset[str]] = lambda version: frozenset()
    """The outcomes that published findings support on a version of the model; every other one is marked."""
    state: Callable[[], object] = lambda: None
    """What is another as soon as there is something else to choose: something was imported, or forgotten."""


@dataclass
class Services:
    """One server's parts; nothing of it is a module's state."""

    folder: Path
    model: Model
    jobs: JobTable = field(init=False)
    drafts: Drafts = field(init=False)
    results: Results = field(init=False)
    runner: Runner = field(init=False)
    _catalogue: Catalogue | None = field(default=None, init=False)
    _state: object = field(default=None, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def __post_init__(self) -> None:
        database = Database(self.folder / "dashboard.sqlite")
        database.prepare()
        self.jobs = JobTable(database)
        self.drafts = Drafts(database)
        self.results = Results(self.folder / "results", self.model.validated)
        self.runner = Runner(self.jobs, self.results, self.model.compute)

    @property
    def catalogue(self) -> Catalogue:
        """What can be chosen; read from the model on first use, and again when an import came or went."""
        with self._lock:
            state = self.model.state()
            if self._catalogue is None or state != self._state:
                self._catalogue, self._state = self.model.catalogue(), state
            return self._catalogue

    def submit(self, request: Request, title: str) -> Job:
        """Put a request in the queue; a result that is there already is used at once."""
        run_id = request.run_id(self.catalogue.model_version)
        job = self.jobs.submit(request, title, run_id)
        self.runner.notify()
        return job

    def result_of(self, request: Request) -> Result | None:
        """The result of a request if it was computed before."""
        return self.results.read(request.run_id(self.catalogue.model_version))

    def save(self, preset: str, plan: dict[str, Any]) -> SavedPlan:
        """Keep a plan under its title, here and for the command line."""
        kept = self.drafts.save(preset, plan)
        self.model.keep_plan(kept.plan)
        return kept

    def plan(self, identity: str) -> PlanView:
        """A plan of the house, a saved one, or a draft."""
        if identity.startswith("draft:"):
            draft = self.drafts.get(identity.removeprefix("draft:"))
            if draft is None:
                raise BadAddress("The draft in the address is not kept here; open the plan by its name instead.")
            return PlanView(identity, str(draft.plan["title"]), "", draft.plan, True, draft.preset)
        house = self.catalogue.plans.get(identity)
        if house is not None:
            return house
        saved = self.drafts.saved_plan(identity)
        if saved is None:
            raise BadAddress(f"There is no plan called “{identity}” here.")
        return PlanView(saved.id, saved.title, "", saved.plan, True, saved.preset)

    def plan_choices(self) -> list[PlanView]:
        """Every plan that can be compared: saved ones first, baselines last."""
        saved = [PlanView(p.id, p.title, "", p.plan, True, p.preset) for p in self.drafts.saved()]
        house = sorted(self.catalogue.plans.values(), key=lambda p: (p.id in BASELINES, p.title))
        return [*saved, *(plan for plan in house if plan.id != "do-as-now")]

    def choice(self, identity: str) -> PlanChoice:
        """How a plan is put into a request: by name where the house has it, else in full."""
        plan = self.plan(identity)
        if not plan.saved:
            return plan.id
        name = plan.table.get("id") or plan.id
        return {**plan.table, "id": name if not str(name).startswith("draft:") else "draft"}

    def caution(self, preset: str) -> str:
        """What is to be said beside every figure of a place in which real people are; nothing of others."""
        found = self.catalogue.places.get(preset)
        return found.caution if found is not None else ""

    def place(self, preset: str) -> str:
        """A preset's title; one sentence if there is no such preset."""
        found = self.catalogue.places.get(preset)
        if found is None:
            names = ", ".join(self.catalogue.places)
            raise BadAddress(f"There is no place called “{preset}” here; there are {names}.")
        return found.title
