"""The model in words: what it is for, what happens in a week, where it ends, and what is vouched for."""

from __future__ import annotations

WHAT: tuple[str, ...] = (
    "The model follows organised crime as a business. An organised crime business has sales, wages, suppliers, credit, "
    "franchisees, a name to lose and cash that lasts so many weeks; each simulated business therefore has accounts, and can be made "
    "unprofitable, short of supply, mistrusted or insolvent.",
    "It asks one question: if this budget is spent on this mix, in these places, at this pace, against businesses that adapt, what "
    "happens to harm compared with carrying on as now, how sure is that, what moves elsewhere, and who pays?",
    "Every plan is run beside do as now from the same starting week and on the same random numbers, so that only the plan differs. "
    "Each figure on these pages is the mean of such paired differences, with the range in which its mean lies at 90%.",
    "Thresholds are not written into the model. Trade stops when it is no longer worth the risk; a supplier cheats when the future is "
    "worth less than the delivery; tactics wear off because businesses notice, decide and change. Where a tipping point lies, or "
    "whether there is one, comes out of these.",
)

WEEK: tuple[tuple[str, str], ...] = (
    ("Policy", "Interventions whose window is open move their levers; authorised operations fall due."),
    (
        "Sense",
        "Police knowledge grows with activity, analysts and what communities pass on, and fades. Some of it is false.",
    ),
    (
        "Task",
        "Agencies rank what they know by harm, likelihood and confidence, and give orders as far as hours and law allow.",
    ),
    (
        "Supply",
        "Outlets order, choose whom to trust, and are rationed; deliveries can be seized, sabotaged or ripped off.",
    ),
    ("Price and quality", "Shortage shows in purity and weight first, in price last. Buyers respond, slowly."),
    ("Commission", "Brokers assemble specialists for a project, if enough of them trust each other."),
    (
        "Accounts",
        "Wages, royalties, credit, bribes and laundering are paid; what cannot be laundered is hoarded and can be seized.",
    ),
    ("Enforce", "Arrests, seizures, closures and restraint happen, each once, with its cause recorded."),
    ("Justice", "Charge, remand, queue at court, sentence, release, licence, return."),
    ("Contest", "Violence follows overlapping turf, succession, debt and suspicion; it falls where rivals get on."),
    ("Trust", "Experience and gossip change who trusts whom; both are forgotten with time."),
    ("Adapt", "Businesses compare profit and risk with what they had hoped for, and change what they do."),
    (
        "People",
        "Vacancies are filled, people leave, inform, rise, and found new businesses where profit is left lying.",
    ),
    ("Community", "Resilience and confidence grow with what is built and held, and fall with visible harm."),
    ("Measure", "Everything is counted."),
)

LIMITS: tuple[str, ...] = (
    "The people, businesses and neighbourhoods are synthetic. Nothing here is about a real person, group or address.",
    "An interval says how much chance inside the model moves a figure. It does not say how wrong the model may be.",
    "Many parameters are assumed: the table below says which, with their range. Change them and the order of plans may change.",
    "Harm in pounds, public concern and illegal profit are three different things and are never added up.",
    "Child sexual abuse is left out of the dynamics: for the most part it is not a business.",
    "Knowledge of what works against organised crime is thin. Most cards score 0 or 1 of 4 for evidence because no review exists.",
)

ASSURANCE = (
    "This is decision support, not evidence, and not for decisions about individuals. Until the published findings it is tried "
    "against are reproduced, every page is marked “not calibrated”: use it to compare mechanisms and to find what would have to be "
    "true for a plan to work, not to forecast numbers. Every result names the version, seed and number of pairs behind it and can be "
    "repeated to the last digit from them."
)
