"""One search finds plans, cards, measures, parameters and places by their words, and opens where they are."""

from __future__ import annotations

from dashboard.address import query
from dashboard.components.tour import STEPS
from dashboard.pages import PAGES, page_at
from dashboard.pages.search import PLACES_TO_GO
from dashboard.views.search import entries, search
from tests.dashboard.made_up_catalogue import PLANS, catalogue


def found(words: str):
    return search(words, catalogue(), list(PLANS.values()), PLACES_TO_GO)


def test_what_has_every_word_is_found_by_kind():
    hits = found("leader arrests")
    assert [hit.title for hit in hits["Plans"]] == ["Leader arrests"]
    assert [hit.href for hit in hits["Interventions"]] == ["/method?card=leader-arrests"]
    assert found("leader xylophone") == {}
    assert found("  ") == {}


def test_a_name_with_the_words_comes_before_a_text_with_them():
    titles = [hit.title for hit in found("trade")["Interventions"]]  # every card's text speaks of the trade
    assert titles == sorted(titles)
    hits = found("harm")["Measures"]
    assert hits[0].title.startswith("Harm")


def test_measures_and_parameters_are_found_by_their_id():
    assert found("harm_gbp")["Measures"][0].title == "Harm"
    assert found("TRUST.prior_weight")["Parameters"][0].href == "/method?find=trust.prior_weight"


def test_everything_that_can_be_found_opens_on_a_page_of_ours():
    for hit, _ in entries(catalogue(), list(PLANS.values()), PLACES_TO_GO):
        path, _, rest = hit.href.partition("#")[0].partition("?")
        assert page_at(path) is not None, hit
        assert len(query(rest, ("preset", "plan", "card", "find"))) <= 2


def test_the_tour_stops_at_pages_there_are_and_the_search_knows_every_page_of_the_navigation():
    assert all(page_at(step.path) for step in STEPS)
    assert [path for path, _ in PLACES_TO_GO] == [page.nav.path for page in PAGES if page.nav.group]
