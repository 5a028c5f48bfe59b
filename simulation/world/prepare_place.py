"""Localities start as they would stand if nothing had changed for years: attitudes, young people at risk, users."""

from __future__ import annotations

import numpy as np

from simulation.state.codes import ACTIVE, ELSEWHERE, LINE
from simulation.state.place import Place
from simulation.state.values import Values
from simulation.state.world import State

MIDDLING = 0.5  # deprivation at which the usual violence, dealing and crime are stated


def prepare_place(s: State, p: Values) -> None:
    """Set every locality to rest under its deprivation and today's police; needs population and the chains."""
    place = s.place
    settle_attitudes(place, p)
    settle_pool(place, p)
    settle_users(s, p)
    s.racket.grip[:] = p["extortion_usual_grip"]
    for column in (place.clear, place.hold, place.build):
        column[:] = 0.0


def prepare_rivals(s: State, p: Values) -> None:
    """Businesses with lines start with the understanding that rivals usually have; run once businesses stand."""
    old = (s.business.state == ACTIVE) & (s.business.tier == LINE)
    s.business.cooperation[old] = p["cooperation_start"]


def settle_attitudes(place: Place, p: Values) -> None:
    """Resilience, confidence and fear at their usual values, and the values they return to without any harm."""
    poor = place.deprivation
    harm = poor / MIDDLING
    violence, dealing, crime = (
        usual * harm
        for usual in (p["community_usual_violence"], p["community_usual_dealing"], p["community_usual_crime"])
    )
    held = p["extortion_usual_grip"]
    place.resilience[:] = p["community_resilience_most"] - p["community_resilience_deprivation"] * poor
    place.resilience_usual[:] = place.resilience
    place.resilience_rest[:] = rest_for(
        place.resilience,
        p["community_visible"],
        p["community_violence"] * violence + p["community_dealing"] * dealing + p["extortion_resilience"] * held,
        p["community_restore"],
    )
    place.confidence[:] = p["community_confidence_most"] - p["community_confidence_deprivation"] * poor
    place.confidence_rest[:] = rest_for(
        place.confidence,
        p["community_confidence_visible"],
        p["community_confidence_violence"] * violence
        + p["community_confidence_crime"] * crime
        + p["extortion_confidence"] * held,
        p["community_confidence_restore"],
    )
    place.fear[:] = p["community_fear_least"] + p["community_fear_deprivation"] * poor
    place.fear_rest[:] = rest_for(
        place.fear,
        p["community_fear_violence"] * violence + p["community_fear_crime"] * crime + p["extortion_fear"] * held,
        p["community_fear_visible"],
        p["community_fear_restore"],
    )
    place.crime_seen[:] = crime


def rest_for(value: np.ndarray, gain: np.ndarray | float, loss: np.ndarray | float, restore: float) -> np.ndarray:
    """The resting value under which a share stays where it is, given what raises and lowers it every week."""
    lived = (value + (1.0 - value) * gain / (1.0 + gain)) / (1.0 + loss)
    return np.clip(lived + (value - lived) / restore, 0.0, 1.0)


def settle_pool(place: Place, p: Values) -> None:
    """Young people at risk where as many come as grow out of it or are recruited."""
    inflow = p["at_risk_inflow"] * place.population / 10000.0 * place.deprivation * (1.0 - place.resilience)
    inflow = np.where(place.kind == ELSEWHERE, 0.0, inflow)
    place.pool[:] = np.rint(inflow / (p["at_risk_outflow"] + p["at_risk_recruitment"])).astype(np.int64)


def settle_users(s: State, p: Values) -> None:
    """Each market's dependent users, shared over localities by population and deprivation, as many as it serves."""
    place = s.place
    weight = place.population * (1.0 - p["dependence_deprivation"] * (1.0 - place.deprivation))
    weight = np.where(place.kind == ELSEWHERE, 0.0, weight)
    total = weight.sum()
    for m in range(s.chain.use.size):
        if total > 0.0 and s.chain.use[m] > 0.0:
            place.users[:, m] = s.chain.volume[m] / s.chain.use[m] * weight / total
        place.users_rest[:, m] = place.users[:, m]
