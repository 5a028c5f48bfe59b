"""The names of interventions that plans may use; cards with other names are given to the loader by their registry."""

from __future__ import annotations

from typing import Final

INTERVENTIONS: Final[tuple[str, ...]] = (
    "do-as-now", "nothing-more", "nothing-at-all",
    "volume-arrests", "leader-arrests", "broker-arrests", "specialist-arrests", "focused-deterrence",
    "serious-crime-prevention-order", "offender-management", "surge-courts",
    "restraint-and-confiscation", "account-freezing", "mule-denial", "cash-trade-denial", "crypto-denial",
    "enabler-denial", "unexplained-wealth", "follow-the-money",
    "clear", "hold", "build", "hot-spot-patrol", "closure-order", "safer-streets",
    "border-interdiction", "input-control", "physical-sabotage", "overseas-liaison",
    "false-signals", "cheat-exposure", "platform-closure", "platform-takeover", "comms-compromise",
    "selective-warning",
    "franchise-defection", "exclusivity-break", "liquidity-squeeze", "specialist-poaching", "brand-seizure",
    "managed-exit",
    "youth-diversion", "exit-programme", "school-and-family",
    "treatment", "customer-deterrence", "market-reduction",
    "sector-hardening", "camouflage-checks", "anti-corruption", "sar-quality",
    "joint-intelligence-cell", "information-sharing", "digital-capacity", "emerging-market-watch", "ocb-team",
)  # fmt: skip
