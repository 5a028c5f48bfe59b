"""Start draws what police see beside what is, and of imported people no more than counts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from dashboard.figures.sight import sight as draw
from dashboard.figures.theme import DARK, LIGHT
from dashboard.jobs.request import Request
from dashboard.pages.start_cards import sight_card
from dashboard.views.sight import sight
from tests.dashboard.made_up_results import result


@pytest.fixture
def place():
    return result(Request("place", "force", (), 52, 4))


def test_its_title_says_what_share_is_seen_and_its_rows_what_is_missed(place):
    found = sight(place)
    assert found is not None
    assert found.title == "Police see 60% of the people in organised crime and 50% of the businesses"
    assert found.rows == (("Organisers", "40", "20", "20", "2"), ("Runners", "160", "100", "60", "0"))
    assert found.sub.startswith("At the end of one simulated year. Of those in the picture, 2 are ghosts")
    assert found.says[0].startswith("40 businesses, 20 of them seen by police and 20 missed")


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_missed_ghosts_and_seen_are_told_apart_by_shape_and_ghosts_stand_beside_what_is(place, palette):
    def marks(perceived: bool) -> dict[str, int]:
        figure = draw(place.dots, place.ties, palette, perceived=perceived)
        return {t.marker.symbol: len(t.x) for t in figure.data if t.mode == "markers"}

    assert marks(perceived=False) == {"circle": 20, "circle-open": 20}
    assert marks(perceived=True) == {"circle": 20, "x-thin": 2}


def test_of_imported_people_nothing_but_counts_is_shown(place):
    hidden = place.roles.assign(there=[np.nan, 160.0], seen=[np.nan, 100.0], ghosts=[np.nan, 0.0])
    bare = replace(place, dots=pd.DataFrame(), ties=pd.DataFrame(), roles=hidden)
    found = sight(bare)
    assert found is not None
    assert found.rows[0] == ("Organisers", "–", "–", "–", "–")
    drawn = sight_card(found, "f" * 32, LIGHT)
    assert "Graph" not in str(drawn)
    assert "Runners" in str(drawn)


def test_a_result_without_it_has_no_card(place):
    assert sight(replace(place, roles=pd.DataFrame())) is None
    assert sight_card(None, "f" * 32, LIGHT) is None
