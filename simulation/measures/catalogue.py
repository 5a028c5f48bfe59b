"""The measures: everything that a run reports by week, in the order of its columns."""

from __future__ import annotations

from simulation.schema import Measure

# Measures of a plan against its baseline have no weekly value in a single run; comparisons work them out.
COMPARED = frozenset(
    {
        "benefit_cost_ratio", "net_benefit_gbp", "cost_per_harm_averted",
        "displacement_place", "displacement_market", "displacement_model", "displacement_platform", "displacement_time",
        "displacement_people", "disruption_depth", "disruption_area", "recovery_weeks",
    }
)  # fmt: skip


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
    _measure("displacement_market", "ratio", "up", "last", "Displacement quotient by market", "Change of harm in the other markets over change in those the plan names: below 0 harm moved, above 0 the others gained too."),
    _measure("displacement_model", "ratio", "up", "last", "Displacement quotient by model", "Change of illegal profit in the other business models over change in those the plan is for: below 0 profit moved, above 0 the others lost too."),
    _measure("intrusion", "people", "down", "sum", "Collateral intrusion", "Contacts of enforcement with people not involved: the wrong person, or whoever stood where a ghost of the intelligence picture was thought to be."),
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
    _measure("awaiting_court", "people", "neither", "mean", "Awaiting a court", "Members of organised crime who were charged and whose case is open, on bail or on remand, and those who have left it since."),
    _measure("operations_unled", "count", "down", "mean", "Operations without a lead", "Operations that wait for a lead responsible officer and get no hours."),
    _measure("operations_queued", "count", "down", "mean", "Operations to be authorised", "Operations that are ready and wait for authorising officers."),
    _measure("under_18_charged", "people", "down", "sum", "Under 18s criminalised", "Members of organised crime under 18 who are charged with a crime."),
    _measure("under_18_out", "people", "up", "sum", "Under 18s out without a court", "Members of organised crime under 18 who leave it with no case open: through a programme, with somebody's help, of their own accord or when they are released."),
    _measure("ghost_hours", "hours", "down", "sum", "Hours on ghosts", "Hours of operations on people and businesses that stand in the intelligence picture and do not exist."),
    _measure("confidence_lost", "share", "down", "mean", "Confidence lost", "How far residents' confidence in police is below where it would rest, mean over residents of places where it is below."),
    _measure("confidence_gap", "index", "down", "mean", "Gap in confidence", "Confidence in police, 0 to 1, in the least deprived fifth of residents' places less that in the most deprived fifth."),
    _measure("contact_ratio", "ratio", "neither", "last", "Contact, most over least deprived", "Arrests and contacts with people not involved per resident in the most deprived fifth over those in the least deprived fifth, since week 0 (half a contact added to each)."),
    _measure("contact_ratio_for_crime", "ratio", "neither", "last", "The same for each crime", "The same per violent and acquisitive crime there, recorded or not: above 1, the most deprived places see more enforcement for as much crime."),
    _measure("tasking_loop", "ratio", "down", "last", "Loop from contact to tasking", "Targets taken on in a place in a quarter for each further contact there the quarter before, at the same harm, crime and number of offenders in both quarters: above 0, contact brings tasking that crime does not explain."),
    _measure("user_deaths", "people", "down", "sum", "Deaths of users", "Dependent users who died in the week."),
    _measure("charged", "people", "neither", "sum", "Charged", "Members of organised crime charged with a crime."),
    _measure("seizures", "count", "neither", "sum", "Seizures inland", "Times that goods or cash were seized from an outlet or a business."),
    _measure("intelligence_reports", "count", "neither", "sum", "Intelligence submitted", "People in organised crime who informed, and reports of suspicious money that led somewhere."),
    _measure("commissioned_recorded", "count", "neither", "sum", "Commissioned crime recorded", "Crimes of commissioned jobs that reached police records, thefts to order apart: those stand in acquisitive crime."),
    _measure("price_seen_gbp_per_pure_g", "GBP/g", "neither", "mean", "Price as buyers see it", "Price of a pure gram of hard drugs as users have come to expect it, mean over users."),
    _measure("capacity_used", "share", "neither", "mean", "Capacity used", "Hours that operations used, of the hours agencies and the plan have for them."),
    _measure("market_concentration", "index", "neither", "mean", "Market concentration", "Herfindahl's index of users' spending by brand, its franchisees included, mean over chain markets by spending: 1 is a monopoly."),
    _measure("runway_weeks", "weeks", "down", "mean", "Runway", "Weeks that a business's cash lasts at its present outflow, at most 52, mean over businesses."),
    _measure("franchise_size", "count", "down", "mean", "Franchise size", "Franchisees under a brand, mean over brands that have any."),
    _measure("profit_independent_gbp", "GBP", "down", "sum", "Profit of independents", "Illegal profit of businesses that trade under their own name, their brands included."),
    _measure("profit_franchise_gbp", "GBP", "down", "sum", "Profit of franchisees", "Illegal profit of businesses that trade under another's brand."),
    _measure("profit_commissioning_gbp", "GBP", "down", "sum", "Profit of brokers", "Illegal profit of businesses that put crews together for commissioned jobs."),
    _measure("users_of_first_platforms", "count", "neither", "mean", "On the platforms that led at the start", "Businesses on the platforms that had most users of their kind in week 0."),
    _measure("survival", "share", "neither", "last", "Survival", "Businesses that traded in week 0 and still trade, as a share of all that traded then."),
    _measure("net_benefit_gbp", "GBP", "up", "last", "Net benefit", "Harm averted less what the plan costs beyond the baseline, discounted."),
    _measure("cost_per_harm_averted", "ratio", "down", "last", "Cost of a pound of harm averted", "What the plan costs beyond the baseline for each pound of harm averted; stated where harm averted is clear of chance."),
    _measure("displacement_platform", "ratio", "up", "last", "Displacement quotient by platform", "Change in users of the other platforms over change in users of those that led in week 0: at -1 all who left went elsewhere."),
    _measure("displacement_time", "ratio", "up", "last", "Displacement quotient by time", "Change of harm after the plan's last effort, in as many weeks as it lasted, over change while it lasted: below 0 harm was put off, above 0 the gain lasts."),
    _measure("displacement_people", "ratio", "up", "last", "Displacement quotient by people", "Change in people active beyond those taken into custody, over change in those: at -1 everyone taken out was replaced."),
    _measure("disruption_depth", "share", "up", "last", "Depth of the dip", "How far capacity (what all markets turn over, at the baseline's prices) fell below the baseline's at its lowest, over 13 weeks."),
    _measure("disruption_area", "weeks", "up", "last", "Area of the dip", "Weeks of the baseline's whole capacity that were lost."),
    _measure("recovery_weeks", "weeks", "up", "last", "Time to recover", "Weeks from the lowest capacity until it is back at nine tenths of the baseline's; up to the end of the run where it never is."),
)  # fmt: skip

# What only fairness asks for: shown to whoever decides, and read by no rule that chooses targets, places or options.
FAIRNESS = frozenset(
    {
        "under_18_charged", "under_18_out", "ghost_hours", "confidence_lost", "confidence_gap", "contact_ratio",
        "contact_ratio_for_crime", "tasking_loop",
    }
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
    "uninvolved",
    "tasked",
    "confidence",
)
