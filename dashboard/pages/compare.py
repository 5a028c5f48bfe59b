"""Compare: up to five plans against do as now, on the same random numbers."""

from __future__ import annotations

import time
from typing import Any

from dash import dcc, html

from dashboard.address import BadAddress, CompareAddress, read_compare
from dashboard.components.controls import control_id, number, select, several
from dashboard.components.parts import button, card, notice, page_head, testid
from dashboard.components.speech import legend, page_foot
from dashboard.components.speech import said as sentence
from dashboard.components.states import cancel_button, empty, failure, progress, skeleton
from dashboard.figures.theme import SCHEMES
from dashboard.jobs.request import MAX_PLANS, REPLICATES, SEEDS, WEEKS, Request
from dashboard.jobs.table import Job
from dashboard.pages.compare_result import result_cards
from dashboard.services import Services
from dashboard.text.numbers import counted, number_word, weeks_in_words
from dashboard.views.compare import footer, headline, remarks
from dashboard.views.displacement import about_displacement
from dashboard.views.support import any_marked

Crumbs = tuple[str, str]


def layout(services: Services, search: str | None, scheme: str) -> tuple[Crumbs, list[Any]]:
    """The page for an address: a comparison that was run, one on its way, or the question to put."""
    address = read_compare(search)
    job: Job | None = None
    if address.job:
        job = services.jobs.get(address.job)
        if job is None:
            raise BadAddress("There is no such comparison here; it may have been deleted, or run on another machine.")
        address = address_of(job, address)
    else:
        services.place(address.preset)
        if address.plans:
            request = request_of(services, address)
            job = services.jobs.latest(request.run_id(services.catalogue.model_version))
            if job is None and services.model.kept(request):
                job = services.submit(request, job_title([services.plan(plan).title for plan in address.plans]))
    place = (
        services.catalogue.places[address.preset].title
        if address.preset in services.catalogue.places
        else address.preset
    )
    names = ", ".join(_titles(services, address, job))
    content = [
        dcc.Interval(id="compare-poll", interval=1200, disabled=not (job and job.open)),
        dcc.Store(id="compare-job", data=job.id if job else None),
        dcc.Store(id="compare-address"),
        dcc.Store(id="compare-ready"),
        html.Div(body(services, address, job, scheme), id="compare-body"),
    ]
    return (place, names or "Compare plans"), content


def address_of(job: Job, seen: CompareAddress) -> CompareAddress:
    """The address a job stands for, seen as another address says."""
    asked = job.request
    return CompareAddress(
        job.id, asked.preset, asked.plan_names, asked.weeks, asked.replicates, asked.seed, seen.show, seen.market, seen.of, seen.open
    )  # fmt: skip


def body(services: Services, address: CompareAddress, job: Job | None, scheme: str) -> list[Any]:
    """What stands on the page in the job's present state."""
    if job is None:
        lead = "Choose up to five plans. Each is run beside do as now on the same random numbers, so that only the plan differs."
        return [
            page_head("Compare plans with do as now", lead),
            *question_of(services, address.preset),
            setup(services, address, opened=True),
            card(
                "Nothing has been run for this choice yet",
                empty(
                    "Run the comparison and the findings appear here."
                    if address.plans
                    else "Choose a plan above and run the comparison; the findings appear here.",
                    name="compare-empty",
                ),
            ),
        ]
    result = services.results.read(job.run_id) if job.state == "done" else None
    if result is not None:
        finding = headline(result)
        head = page_head(
            finding.title,
            sentence(finding.lead),
            [
                button("Change plans", "compare-change", picture="adjustments-horizontal"),
                html.A(
                    "Download the table",
                    href=f"/download/{job.run_id}/table.csv",
                    download="",
                    className="button primary",
                    **testid("download-all"),
                ),
            ],
        )
        question = question_of(services, address.preset)
        said = [text for text in remarks(result) if not about_displacement(text)]
        warnings = [notice(" ".join(said), name="remarks")] if said else []
        return [
            head,
            *legend(any_marked(result)),
            *question,
            *warnings,
            setup(services, address, opened=False),
            *result_cards(result, job.run_id, SCHEMES[scheme], address),
            page_foot(foot(services, job), services.caution(address.preset)),
        ]
    again = button("Run it again", {"job-again": job.id}, kind="primary", name="run-again")
    asked = f"{counted(len(address.plans), 'plan')} over {weeks_in_words(address.weeks)}"
    head = page_head(
        f"Comparing {asked}" if job.open else f"No result for {asked}",
        f"{counted(address.replicates, 'pair')} of runs, seed {address.seed}.".capitalize(),
    )
    if job.state == "failed":
        return [
            head,
            html.Div(
                failure("The comparison stopped.", f"{job.message} What you chose is kept below.", again),
                className="block",
            ),
            setup(services, address, opened=True),
        ]
    if job.state in ("cancelled", "done"):
        what = "The comparison was cancelled" if job.state == "cancelled" else "The result is no longer here"
        return [
            head,
            html.Div(card(what, empty("Run it again when you want it.", again)), className="block"),
            setup(services, address, opened=True),
        ]
    return [
        head,
        html.Div(card("On its way", html.Div(progress_of(services, job), id="compare-progress")), className="block"),
        html.Div(
            [card("Harm averted", skeleton(180)), card("How likely is it?", skeleton(180))], className="grid halves"
        ),
        card("Week by week", skeleton(220)),
    ]


def question_of(services: Services, preset: str) -> list[Any]:
    """What a case asks, where the place is one."""
    place = services.catalogue.places.get(preset)
    return (
        [notice(html.B("The question of this case: "), place.question, name="question")]
        if place and place.question
        else []
    )


def progress_of(services: Services, job: Job) -> Any:
    """How far the job is."""
    sentence = "Running." if job.state == "running" else "Waiting."
    ahead = services.jobs.ahead(job) if job.state == "queued" else 0
    if ahead:
        sentence = f"Waiting for {counted(ahead, 'job')} before it."
    elif job.state == "running" and job.done == 0:
        sentence = "Growing the place to its present state."
    return progress(sentence, job.done, job.total, job.seconds_left(time.time()), cancel_button({"job-cancel": job.id}))


def setup(services: Services, address: CompareAddress, *, opened: bool) -> html.Div:
    """What to compare: place, plans, weeks, pairs, seed."""
    places = [(place.id, place.title) for place in services.catalogue.places.values()]
    plans = [(plan.id, plan.title + (" (saved)" if plan.saved else "")) for plan in services.plan_choices()]
    for name in address.plans:
        if name.startswith("draft:"):
            plans.insert(0, (name, f"{services.plan(name).title} (draft)"))
    known = {identity for identity, _ in plans}
    chosen = [plan for plan in address.plans if plan in known]
    fields = html.Div(
        [
            select("compare-preset", "Place", address.preset, places, group="setup"),
            several(
                control_id("setup", "compare-plans"),
                "compare-plans",
                "Plans",
                chosen,
                plans,
                most=MAX_PLANS,
                description=f"Up to {MAX_PLANS}; do as now is always the baseline.",
            ),
            html.Div(
                [
                    number(
                        control_id("setup", "compare-weeks"), "compare-weeks", "Weeks", address.weeks, *WEEKS, step=13
                    ),
                    number(
                        control_id("setup", "compare-replicates"),
                        "compare-replicates",
                        "Pairs of runs",
                        address.replicates,
                        *REPLICATES,
                        step=8,
                    ),
                    number(control_id("setup", "compare-seed"), "compare-seed", "Seed", address.seed, *SEEDS),
                ],
                className="setup-row",
            ),
            html.Div(
                [
                    button("Run the comparison", "compare-run", picture="player-play", kind="primary"),
                    html.Span(id="compare-said", className="note", role="status"),
                ],
                className="line",
            ),
        ],
        className="setup-fields",
    )
    return html.Div(
        card("What to compare", fields, name="compare-setup"), id="compare-setup", hidden=not opened, className="block"
    )


def request_of(services: Services, address: CompareAddress) -> Request:
    """The address as a request to the model."""
    return Request(
        "comparison",
        address.preset,
        tuple(services.choice(plan) for plan in address.plans),
        address.weeks,
        address.replicates,
        address.seed,
    )


def foot(services: Services, job: Job) -> str:
    """Version, seed, price year and pairs."""
    result = services.results.read(job.run_id)
    return footer(result, services.catalogue.version) if result else ""


def _titles(services: Services, address: CompareAddress, job: Job | None) -> list[str]:
    if job:
        result = services.results.read(job.run_id)
        if result:
            return list(result.plans.values())
        return [
            services.plan(plan).title if isinstance(plan, str) else str(plan["title"]) for plan in job.request.plans
        ]
    return [services.plan(plan).title for plan in address.plans]


def job_title(titles: list[str]) -> str:
    """What a comparison is called in lists."""
    if len(titles) == 1:
        return f"{titles[0]} against do as now"
    if len(titles) == 2:
        return f"{titles[0]} beside {titles[1]}"
    return f"{titles[0]} and {number_word(len(titles) - 1)} others"
