"""What an analyst can see of a world, and which true series, if any, it is a view of."""

from __future__ import annotations

from typing import Final

OBSERVED: Final[dict[str, str | None]] = {
    "violence_recorded": "violence_true",
    "acquisitive_recorded": "acquisitive_true",
    "commissioned_recorded": "project_crimes",
    "drug_offences_recorded": None,
    "people_mapped": "people_active",
    "price_seen_gbp_per_pure_g": "retail_price_gbp_per_pure_g",
    "seized_pure_kg": "drug_volume_pure_kg",
    "assets_recovered_gbp": "illegal_profit_gbp",
    "seizures": None,
    "arrests": None,
    "charged": None,
    "intelligence_reports": None,
    "confidence": None,
    "fear": None,
    "user_deaths": None,
}
"""Ids of measures that come to the notice of the state or of buyers, each with the true one beside it where there is one."""

PAIRS: Final[tuple[tuple[str, str], ...]] = tuple((seen, true) for seen, true in OBSERVED.items() if true is not None)
