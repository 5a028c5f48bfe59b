"""Names of this week's counters in `Tally.week`; all are integers, so their sums do not depend on row order."""

(
    ENTRIES,
    EXITS,
    RECRUITS,
    RECRUITS_UNDER_18,
    ARRESTS,
    CONVICTIONS,
    RELEASES,
    INFORMED,
    PROMOTIONS,
    SUCCESSIONS,
    TRADES,
    CHEATS,
    REFUSALS,
    ORDERS_UPSTREAM,
    REFUSALS_WHOLESALE,
    ORDERS_WHOLESALE,
    SEIZED_PENCE,
    FROZEN_PENCE,
    LAUNDERED_PENCE,
    PROJECTS,
    PROJECT_PENCE,
    CLOSURES,
    FAILURES,
    OPENINGS,
    CONTACTS_UNINVOLVED,
    GHOST_HOURS,
    OPERATIONS_DONE,
    OPERATIONS_FAILED,
    RETALIATION,
    DEATHS,
    VIOLENT,
    VIOLENT_RECORDED,
    ACQUISITIVE,
    ACQUISITIVE_RECORDED,
    DRUG_RECORDED,
    WAITED_WEEKS,
    SEIZURES,
    CHEATED_PENCE,
    EXITED_PEOPLE,
    CHARGED,
    LINE_CLOSURES,
    USER_DEATHS,
    CHARGED_UNDER_18,
    EXITED_UNDER_18,
    MONEY_REPORTS,
) = range(45)
COUNTERS = 64

# --- what a chain market did this week, in `Tally.trade`
(SEIZED_MG, IMPORTED_MG, CONSUMED_MG, DEMAND_MG, UNMET_MG, SALES_PENCE, BULK_MG, SHIPPED_MG) = range(8)
TRADE = 8

# --- what any market did this week, in `Engine.courses`: chain markets first, then commissioned ones
(TRADING, PROFIT_PENCE, HARM_GBP, JOBS_BEGUN, JOBS_DONE, JOB_CRIMES, JOB_VICTIMS, TAKEN_PENCE) = range(8)
COURSE = 8
