"""Titles, languages, JSON-LD."""

import pytest

from flows.text.clean.metadata import identify_language, language_code
from flows.text.clean.metadata.json_ld import find_article, names_of, read_things, text_of
from flows.text.clean.metadata.titles import choose_title

SITES = ("The Veldora Courier", "courier")


def title(**given: object) -> str | None:
    known = {"shared": None, "headline": None, "headings": (), "window": None, "sites": SITES, **given}
    return choose_title(**known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("shared", "expected"),
    [
        ("Bridge to close | The Veldora Courier", "Bridge to close"),
        ("Bridge to close - Veldora Courier", "Bridge to close"),
        ("Bridge to close * The Veldora Courier * by Jane Doe", "Bridge to close"),
        ("BUDGET 3.0 | Taxes to rise", "BUDGET 3.0 | Taxes to rise"),
        ("Bridge to close – for good", "Bridge to close – for good"),
        ("", None),
    ],
)
def test_site_names_are_cut_off(shared: str, expected: str | None) -> None:
    assert title(shared=shared) == expected


def test_a_heading_that_the_window_repeats_is_the_title() -> None:
    assert (
        title(window="Bridge to close | Local | Page 3", headings=("Bridge to close",)) == "Bridge to close"
    )


def test_of_two_wordings_of_one_headline_the_shorter_is_taken() -> None:
    assert (
        title(
            shared="Mayor braces for vote",
            headline="Mayor braces for an intense vote",
            headings=("Mayor braces for an intense vote",),
        )
        == "Mayor braces for vote"
    )


def test_of_two_wordings_of_equal_length_the_one_with_more_support_is_taken() -> None:
    own = "Mayor of Veldora braces for vote - and 'asks her 11-year-old son'"
    shared = "Mayor of Veldora braces for vote - and 'asks her son, 11'"
    assert title(shared=shared, headline=own, headings=(own,), window=own) == own
    assert title(shared=shared, headline=own, headings=(shared,)) == shared


def test_a_heading_like_the_shared_title_does_not_confirm_it() -> None:
    shared = "Veldora bridge becomes sixth to close in three years"
    heading = "Veldora bridge becomes sixth to close in three years as council saves"
    own = "Harbour crisis: council of Veldora announces end of another bridge"
    assert title(shared=shared, headline=own, headings=(heading,), window=own) == own
    assert title(shared=shared, headline=own, headings=(shared,), window=own) == shared


def test_an_advertisement_for_social_networks_is_no_title() -> None:
    own = "Veldora council votes to close its harbour bridge"
    assert (
        title(shared="You will not believe what they did", headline=own, headings=(own,), window=own) == own
    )


def test_a_heading_of_the_site_is_no_title() -> None:
    assert title(shared="Bridge to close", headings=("The Veldora Courier",)) == "Bridge to close"


def test_nothing_known() -> None:
    assert title() is None


def test_language() -> None:
    english = "The mayor said on Monday that the bridge would close for good, and nobody was surprised by it."
    german = (
        "Die Bürgermeisterin sagte am Montag, dass die Brücke für immer geschlossen werde, "
        "was niemanden überraschte."
    )
    assert identify_language(english) == "en"
    assert identify_language(german) == "de"
    assert identify_language("OK") is None


def test_declared_language() -> None:
    assert language_code("en-GB") == "en"
    assert language_code("DE_de") == "de"
    assert language_code("English") is None
    assert language_code(None) is None


def test_json_ld_graph_with_references() -> None:
    graph = '{"@graph": [{"@type": "WebPage"}, {"@type": ["Report"], "headline": "H", "author": {"@id": 1}}]}'
    person = '<!-- [{"@type": "Person", "@id": "#j", "name": "Jane Doe"}] -->'
    things = read_things(["not json", graph.replace("1", '"#j"'), person])
    article = find_article(things)
    assert article is not None
    assert text_of(article, "headline") == "H"
    assert names_of(article["author"], things) == ["Jane Doe"]


def test_json_ld_that_is_wrong_is_left_out() -> None:
    assert read_things(["[" * 100_000, "{", "null", "3"]) == []
    assert find_article([{"@type": 3}, {"@type": "NewsArticle"}]) is None
    assert names_of([None, 3, {"name": ["A B", 4]}, "C D", {"byline": "E F"}], []) == ["A B", "C D", "E F"]
