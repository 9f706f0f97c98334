"""What makes two reports one event."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.stages.annotation_rows import annotation_rows, event_key
from flows.text.extract.article import Annotations
from flows.text.types import Event, Sentence

SENTENCE = "Kestria sent six boats."
EVENT = {
    "actor": "Kestria",
    "action": "send",
    "target": "six boats",
    "begins_on": date(2024, 3, 13),
    "ends_on": None,
}


@pytest.mark.parametrize("copy", ["KESTRIA, sent six boats!", "Kestria” sent – six boats …"])
def test_case_and_punctuation_make_no_other_event(copy: str) -> None:
    assert event_key(EVENT, copy) == event_key(EVENT, SENTENCE)


@pytest.mark.parametrize(
    "change",
    [{"actor": "Velmara"}, {"action": "sink"}, {"target": None}, {"begins_on": date(2024, 3, 6)}],
)
def test_another_actor_action_target_or_day_is_another_event(change: dict[str, Any]) -> None:
    assert event_key(EVENT | change, SENTENCE) != event_key(EVENT, SENTENCE)


def test_other_words_are_another_event() -> None:
    assert event_key(EVENT, "Kestria sent six boats again.") != event_key(EVENT, SENTENCE)


def test_the_key_is_the_one_of_versions_published_before() -> None:
    """The MD5 of words, actor, action, target and days: readers may have noted event ids."""
    assert event_key(EVENT, SENTENCE) == "59d4d363193ab5481a8d292ff902a6c6"


def test_events_get_the_key_of_their_own_sentence() -> None:
    sentences = (Sentence(0, 0, "Fog came.", 0, 9), Sentence(1, 0, SENTENCE, 10, 33))
    event = Event(1, "send", 18, 22, actor="Kestria", target="six boats", begins_on=date(2024, 3, 13))
    found = Annotations(sentences=sentences, events=(event,), event_entities=((None, None),))
    [row] = annotation_rows("t", "a", found)["events"]
    assert row["event_key"] == event_key(EVENT, SENTENCE)
