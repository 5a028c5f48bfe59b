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

LIMITS: tuple[str, ...] = (
    "The people, businesses and neighbourhoods are synthetic. Nothing here is about a real person, group or address.",
    "An interval says how much chance inside the model moves a figure. It does not say how wrong the model may be.",
    "Many parameters are assumed: the table below says which, with their range. Change them and the order of plans may change.",
    "Harm in pounds, public concern and illegal profit are three different things and are never added up.",
    "Child sexual abuse is left out of the dynamics: for the most part it is not a business.",
    "Knowledge of what works against organised crime is thin. Most cards score 0 or 1 of 4 for evidence because no review exists.",
)

ASSURANCE = (
    "This is decision support, not evidence, and not for decisions about individuals. Every page says whether the model is "
    "calibrated and how many published findings it reproduces; an outcome that none of those supports is marked † as unvalidated and not to be "
    "quoted without that label. Use it to compare mechanisms and to find what would have to be true for a plan to work, not to forecast "
    "numbers. Every result names the version, seed and number of pairs behind it and can be "
    "repeated to the last digit from them. The command “spanner assurance” prints the full statement after the AQuA Book, and writes its logs "
    "of assumptions, decisions and data, its records of verification and validation, and the limits of use."
)
