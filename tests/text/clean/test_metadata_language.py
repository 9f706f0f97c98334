"""The language of a text, with and without the classifier."""

from __future__ import annotations

import pytest

from flows.text.clean.metadata import language
from flows.text.clean.metadata.language import identify_language

ENGLISH = (
    "The harbour authority of Orlin said on Monday that two of the piers would be closed for a week, "
    "after divers found cracks in the walls which had been repaired by its own workers last spring."
)
FRENCH = (
    "Les autorités du port d'Orlin ont annoncé lundi que deux des quais seraient fermés pendant une "
    "semaine, après que des plongeurs ont trouvé des fissures dans les murs réparés au printemps dernier."
)
GERMAN = (
    "Die Hafenbehörde von Orlin teilte am Montag mit, dass zwei der Kaimauern für eine Woche gesperrt "
    "werden, nachdem Taucher Risse in den Wänden gefunden hatten, die im Frühjahr repariert worden waren."
)


@pytest.fixture
def no_classifier(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking the classifier fails."""
    monkeypatch.setattr(language, "_classifier", lambda: None)


@pytest.mark.usefixtures("no_classifier")
def test_plain_english_needs_no_classifier() -> None:
    assert identify_language(ENGLISH) == "en"


@pytest.mark.parametrize(("text", "code"), [(FRENCH, "fr"), (GERMAN, "de")])
def test_other_languages_are_asked_of_the_classifier(text: str, code: str) -> None:
    assert identify_language(text) == code


def test_an_english_quotation_does_not_make_a_text_english() -> None:
    assert identify_language(f"{FRENCH} « {ENGLISH[:60]} » {FRENCH}") != "en"


def test_a_short_text_has_no_language() -> None:
    assert identify_language("No comment.") is None
