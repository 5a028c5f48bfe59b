"""The measures: everything that a run reports by week, in the order of its columns."""

from __future__ import annotations

from simulation.schema import Measure

# Measures of a plan against its baseline have no weekly value in a single run; comparisons work them out.
COMPARED = frozenset({"benefit_cost_ratio", "displacement_place", "displacement_market", "displacement_model"})


def _measure(id: str, unit: str, direction: str, aggregate: str, label: str, definition: str) -> Measure:
    return Measure(id=id, unit=unit, direction=direction, aggregate=aggregate, label=label, definition=definition)  # pyright: ignore[reportArgumentType]


MEASURES: tuple[Measure, ...] = (
    _measure("harm_gbp", "GBP", "down", "sum", "Harm", "Economic and social cost of incidents, dependent use and trafficking in the week, at 2025/26 prices."),
    _measure("public_concern", "index", "down", "mean", "Public concern", "Residents weighted by lost confidence, fear and visible events, on a scale of 0 to 100."),
    _measure("illegal_profit_gbp", "GBP", "down", "sum", "Illegal profit", "Net income of all organised crime businesses after seizures."),
    _measure("businesses_active", "count", "down", "mean", "Businesses trading", "Organised crime businesses alive at the end of the week."),
    _measure("people_active", "people", "down", "mean", "People active", "People at large who work in organised crime."),
    _measure("people_mapped", "people", "neither", "mean", "People mapped", "People at large whom local or national intelligence knows at 0.5 or more."),
    _measure("drug_volume_pure_kg", "kg", "down", "sum", "Drugs sold", "Pure drugs sold to users in the week."),
    _measure("retail_price_gbp_per_pure_g", "GBP/g", "neither", "mean", "Price per pure gram", "What users paid for a pure gram."),
    _measure("retail_price_gbp_per_bulk_g", "GBP/g", "neither", "mean", "Street price", "What users paid for a gram as sold."),
    _measure("retail_purity", "share", "neither", "mean", "Street purity", "Pure share of what was sold."),
    _measure("violence_true", "count", "down", "sum", "Violent events", "Violent events between or within businesses, recorded or not."),
    _measure("violence_recorded", "count", "neither", "sum", "Violence recorded", "Violent events that reached police records."),
    _measure("acquisitive_true", "count", "down", "sum", "Acquisitive crimes", "Thefts, burglaries and robberies, recorded or not."),
    _measure("acquisitive_recorded", "count", "neither", "sum", "Acquisitive crime recorded", "Acquisitive crimes that reached police records."),
    _measure("drug_offences_recorded", "count", "neither", "sum", "Drug offences recorded", "Trafficking offences recorded: mostly a count of what police did."),
    _measure("trust_in_trade", "share", "down", "mean", "Trust in trade", "Mean trust of buyers in the suppliers they know, weighted by trade."),
    _measure("trades_refused_share", "share", "up", "mean", "Trades refused", "Value of orders lost because no supplier could be trusted, as a share of all orders."),
    _measure("refused_wholesale_share", "share", "neither", "mean", "Refused by wholesalers", "The same at the wholesale tier."),
    _measure("cheat_share", "share", "neither", "mean", "Deliveries cheated", "Deliveries that turned out to be rip-offs, as a share of all."),
    _measure("unmet_share", "share", "neither", "mean", "Demand unmet", "Users' demand that nobody served, as a share of all demand."),
    _measure("entries", "count", "neither", "sum", "Businesses entering", "New organised crime businesses."),
    _measure("exits", "count", "neither", "sum", "Businesses ending", "Organised crime businesses that failed, were broken up or were given up."),
    _measure("recruits", "people", "down", "sum", "Recruits", "People newly drawn into organised crime."),
    _measure("recruits_under_18", "people", "down", "sum", "Recruits under 18", "People under 18 newly drawn into organised crime."),
    _measure("arrests", "people", "neither", "sum", "Arrests", "Members of organised crime arrested."),
    _measure("prison", "people", "neither", "mean", "In prison", "Members of organised crime serving a sentence or on remand."),
    _measure("seized_pure_kg", "kg", "up", "sum", "Drugs seized", "Pure drugs seized at the border and inland."),
    _measure("seized_share", "share", "up", "mean", "Share seized", "Seized over seized and consumed, over the last 26 weeks."),
    _measure("assets_recovered_gbp", "GBP", "up", "sum", "Assets recovered", "Cash and assets taken from businesses for good."),
    _measure("lines_external", "count", "down", "mean", "Lines over the border", "Retail lines outside the force of the business that runs them."),
    _measure("lines_internal", "count", "down", "mean", "Lines at home", "Retail lines inside the force of the business that runs them."),
    _measure("importers", "count", "neither", "mean", "Importers", "Outlets that bring goods in."),
    _measure("wholesalers", "count", "neither", "mean", "Wholesalers", "Outlets that sell to distributors."),
    _measure("distributors", "count", "neither", "mean", "Distributors", "Outlets that sell to lines."),
    _measure("resilience", "share", "up", "mean", "Community resilience", "Mean resilience of residents' communities."),
    _measure("confidence", "share", "up", "mean", "Confidence in police", "Mean confidence of residents."),
    _measure("fear", "share", "down", "mean", "Fear", "Mean fear of crime of residents."),
    _measure("at_risk", "people", "down", "mean", "Young people at risk", "People at risk of recruitment."),
    _measure("plan_cost_gbp", "GBP", "down", "sum", "Cost of the plan", "Hours and grants of the plan beyond today's work, at 2025/26 prices."),
    _measure("benefit_cost_ratio", "ratio", "up", "last", "Benefit for each pound", "Harm averted over cost of the plan, discounted."),
    _measure("displacement_place", "ratio", "up", "last", "Displacement quotient by place", "Change of harm in the two nearest rings over change in the target places: below 0 harm moved, above 0 the rings gained too."),
    _measure("displacement_market", "ratio", "up", "last", "Displacement quotient by market", "Weighted displacement quotient between the target market and the others."),
    _measure("displacement_model", "ratio", "up", "last", "Displacement quotient by model", "Weighted displacement quotient between business models."),
    _measure("intrusion", "people", "down", "sum", "Collateral intrusion", "Contacts of enforcement with people not involved, and work on ghosts of the intelligence picture."),
    _measure("retaliation_violence", "count", "down", "sum", "Retaliation", "Violent events that follow suspicion and exposure."),
    _measure("user_harm", "GBP", "down", "sum", "Harm to users", "Cost of dependent use to users themselves, part of harm."),
    _measure("laundered_gbp", "GBP", "down", "sum", "Laundered", "Money that businesses had back clean in the week, after fees."),
    _measure("laundering_fee_share", "share", "neither", "mean", "Laundering fee", "Share that launderers kept of what was put through them."),
    _measure("hoarded_gbp", "GBP", "neither", "mean", "Hoarded", "Cash beyond working capital that businesses hold because it has not been laundered."),
    _measure("bribes_gbp", "GBP", "down", "sum", "Bribes", "Paid to corrupt insiders in the week."),
    _measure("extortion_gbp", "GBP", "down", "sum", "Extorted", "Taken from traders and residents in the week by businesses that hold their place."),
    _measure("projects", "count", "down", "sum", "Commissioned jobs", "Jobs that brokers' crews brought off, in all commissioned markets."),
    _measure("project_crimes", "count", "down", "sum", "Commissioned crimes", "Crimes in those jobs, recorded or not: thefts to order among them."),
    _measure("project_victims", "people", "down", "sum", "Victims of commissioned crime", "People and firms harmed by those crimes."),
    _measure("project_takings_gbp", "GBP", "down", "sum", "Takings of commissioned crime", "What those jobs took from victims and buyers, before anyone is paid."),
    _measure("brokers", "count", "down", "mean", "Brokers trading", "Businesses that put crews together for commissioned jobs."),
    _measure("franchised_lines_share", "share", "neither", "mean", "Lines under a brand", "Retail lines of businesses that trade under a franchisor's brand, as a share of all lines."),
    _measure("defections", "count", "neither", "sum", "Defections", "Franchisees that left their brand."),
    _measure("royalties_gbp", "GBP", "neither", "sum", "Royalties", "Royalties that franchisees paid to their franchisors."),
    _measure("comms_users", "count", "neither", "mean", "On secure messages", "Businesses that use a service for secret messages."),
    _measure("market_users", "count", "neither", "mean", "On market places online", "Businesses that trade on a market place online."),
    _measure("money_users", "count", "neither", "mean", "On platforms for money", "Businesses that move money through crypto-currency and mixing."),
    _measure("largest_platform_share", "share", "neither", "mean", "On the largest platform", "Users of platforms who are on the largest of its kind."),
    _measure("platform_moves", "count", "neither", "sum", "Moved to another platform", "Businesses that found another platform after theirs had closed or was found to be read."),
    _measure("platforms_read_share", "share", "neither", "mean", "Platforms read", "Part of platforms' users whom the state reads there."),
    _measure("operations_unled", "count", "down", "mean", "Operations without a lead", "Operations that wait for a lead responsible officer and get no hours."),
    _measure("operations_queued", "count", "down", "mean", "Operations to be authorised", "Operations that are ready and wait for authorising officers."),
)  # fmt: skip

INDEX: dict[str, int] = {measure.id: n for n, measure in enumerate(MEASURES)}

# What is kept by week and locality.
PLACE_MEASURES: tuple[str, ...] = (
    "harm_gbp",
    "drug_volume_pure_kg",
    "sold_pure_kg",
    "violence_true",
    "violence_recorded",
    "acquisitive_true",
    "acquisitive_recorded",
    "lines",
    "people_active",
    "resilience",
    "arrests",
)
