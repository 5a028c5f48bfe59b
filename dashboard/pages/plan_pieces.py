"""What the Plan page shows of a draft: where it begins, and the parts that follow from the plan alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html

from dashboard.address import BadAddress, PlanAddress
from dashboard.components.parts import notice
from dashboard.components.states import empty
from dashboard.components.timeline import timeline
from dashboard.figures.theme import Palette
from dashboard.jobs.drafts import Draft
from dashboard.pages.plan_cards import authorisation_card, budget_card, capacity_card, curves_card
from dashboard.pages.plan_panel import panel
from dashboard.services import Services
from dashboard.text.numbers import weeks_in_words
from dashboard.views import capacity
from dashboard.views import plan as view

USUAL_PLAN = "clear-hold-build"
ONLINE_PLAN = "online-crime"


def usual_plan(services: Services, preset: str) -> str:
    """The plan a place is opened with: neighbourhoods are what Clear, Hold, Build is about; online there are none."""
    there = services.catalogue.residents.get(preset)
    return ONLINE_PLAN if there is not None and there.force < 2 else USUAL_PLAN


def begin(services: Services, address: PlanAddress) -> tuple[Draft, int | None]:
    """A draft of one's own from what the address names; the entry it selects, if there is one."""
    if address.draft is not None:
        kept = services.drafts.get(address.draft)
        if kept is None:
            raise BadAddress("The draft in the address is not kept here; open the plan by its name instead.")
        start: Mapping[str, Any] = kept.plan
    elif address.edit is not None:
        start = address.edit
    elif address.plan is not None:
        start = services.plan(address.plan).table
    else:
        usual = services.catalogue.plans.get(usual_plan(services, address.preset))
        start = usual.table if usual else view.empty_plan()
    if not isinstance(start.get("entry", []), list) or not all(
        isinstance(e, dict) and "intervention" in e for e in start.get("entry", [])
    ):
        raise BadAddress("The changes in the address are damaged; open the plan by its name instead.")
    table_ = view.tidy(start)
    if address.edit is not None:
        services.model.check_plan(address.preset, table_)
    count = len(table_["entry"])
    selected = address.entry if address.entry is not None and address.entry < count else (0 if count else None)
    return services.drafts.open(address.preset, table_), selected


def pieces(
    services: Services,
    draft: Draft,
    selected: int | None,
    weeks: int,
    cost: Mapping[str, Any] | None = None,
    *,
    palette: Palette,
) -> dict[str, Any]:
    """Everything on the page that follows from the plan alone."""
    catalogue = services.catalogue
    over = capacity.over_capacity(draft.plan, catalogue, draft.preset, weeks)
    place = catalogue.places[draft.preset].title
    lead: list[Any] = [f"{place}, {weeks_in_words(weeks)} from today."]
    warning: list[Any] = []
    if over:
        resource, share, quarter = over
        when = f"year {quarter // 4 + 1}, quarter {quarter % 4 + 1}"
        warning = [
            notice(
                html.B(capacity.too_much(resource, share)),
                f" in {when}. What exceeds capacity waits, and the forecast counts the waiting.",
                kind="look",
                name="over-capacity",
            )
        ]
    bars = view.bars(draft.plan, catalogue.cards, weeks, selected)
    drawn = (
        timeline(bars, weeks)
        if bars
        else empty(
            "There is nothing in this plan yet: it is do as now. Choose an intervention below and add it.",
            name="plan-empty",
        )
    )
    return {
        "lead": lead,
        "over": warning,
        "headline": view.headline(draft.plan, weeks),
        "timeline": drawn,
        "budget": budget_card(draft.plan, cost),
        "capacity": capacity_card(services, draft, weeks),
        "authorisations": authorisation_card(draft.plan, catalogue.cards),
        "curves": curves_card(draft.plan, catalogue.cards, weeks, palette),
    }


def panel_of(services: Services, draft: Draft, selected: int | None, weeks: int) -> list[Any]:
    """The selected intervention's panel."""
    if selected is None or selected >= len(draft.plan["entry"]):
        return [
            html.Div(html.H2("No intervention selected"), className="card-head"),
            empty("Choose a bar on the timeline to see and change its settings.", name="panel-empty"),
        ]
    entry = draft.plan["entry"][selected]
    card_ = services.catalogue.cards.get(entry["intervention"])
    if card_ is None:
        raise BadAddress(f"There is no intervention called “{entry['intervention']}” here.")
    inner = panel(
        entry,
        card_,
        weeks,
        services.model.places(draft.preset),
        services.catalogue.holders,
        services.catalogue.agencies.get(draft.preset, ()),
        capacity.most(entry, card_, services.catalogue, draft.preset),
        services.catalogue.indicators,
        services.catalogue.residents.get(draft.preset),
    )
    return [html.Div(inner, **{"data-panel": f"{draft.id}:{selected}"})]
