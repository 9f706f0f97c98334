"""Figures on the lists that were checked by hand, with a floor that a change may only raise.

The lists hold document names, offsets and answers; the articles are not part of the project, and the
tests skip where they are missing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from flows.text.extract.events import find_events
from flows.text.extract.parse import parse_paragraphs
from flows.text.extract.quantities import find_quantities
from flows.text.extract.sentences import split_sentences
from flows.text.extract.times import find_times
from flows.text.types import Event, ParsedArticle, ParsedParagraph, Quantity

HERE = Path(__file__).parent
ARTICLES = HERE.parents[3] / "shared" / "data" / "quotes" / "train" / "input"
LEAST_QUANTITIES_RIGHT = 0.94
LEAST_QUANTITY_PRECISION = 0.97
LEAST_EVENTS_RIGHT = 0.75
MOST_EVENTS_WRONG = 0.15
Found = TypeVar("Found", Quantity, Event)
CLOSE = 1e-5
"""Relative difference of two values that are the same: one third is written with six digits."""


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    document: str
    start: int
    end: int
    answers: tuple[str, ...]


def read_list(name: str) -> list[CheckedSentence]:
    if not ARTICLES.is_dir():
        pytest.skip(f"no {ARTICLES}: the checked articles are not part of the project")
    rows = (
        line.split("\t") for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line[0] != "#"
    )
    return [
        CheckedSentence(
            document, int(start), int(end), tuple("".join(answers).split("; ")) if answers else ()
        )
        for document, start, end, *answers in rows
    ]


def read_articles(checked: list[CheckedSentence]) -> Iterator[tuple[CheckedSentence, ParsedArticle]]:
    """Each sentence with its article, of which the one paragraph that holds the sentence is parsed."""
    records = [
        json.loads((ARTICLES / f"{one.document}.jsonl").read_text(encoding="utf-8")) for one in checked
    ]
    spans = [
        paragraph_around(record["text"], one.start) for record, one in zip(records, checked, strict=True)
    ]
    parses = parse_paragraphs(record["text"][a:b] for record, (a, b) in zip(records, spans, strict=True))
    for one, record, (start, _), parse in zip(checked, records, spans, parses, strict=True):
        published_on = date.fromisoformat(record["date"][:10])
        parsed = (ParsedParagraph(0, start, parse),)
        yield one, ParsedArticle(one.document, record["text"], parsed, published_on=published_on)


def paragraph_around(text: str, offset: int) -> tuple[int, int]:
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, end if end >= 0 else len(text)


def inside(found: tuple[Found, ...], sentence: CheckedSentence) -> list[Found]:
    return [one for one in found if one.char_start < sentence.end and sentence.start < one.char_end]


ANSWER = re.compile(r"(\??)(\d+)-(\d+)=(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))?(?: (.+))?")


def judge_quantities(sentence: CheckedSentence, article: ParsedArticle) -> Iterator[tuple[str, str]]:
    """("right" | "missed" | "wrong", what it is about) for each answer and each quantity found."""
    sentences = split_sentences(article)
    found = inside(find_quantities(article, sentences, find_times(article, sentences)), sentence)
    for answer in sentence.answers:
        match = ANSWER.fullmatch(answer)
        assert match is not None, answer
        optional, start, end, value, largest, unit = match.groups()
        hit = next((one for one in found if one.char_start < int(end) and int(start) < one.char_end), None)
        if hit is not None:
            found.remove(hit)
        if optional:
            continue
        right = hit is not None and says(hit, float(value), float(largest) if largest else None, unit)
        yield ("right" if right else "wrong" if hit is not None else "missed"), answer
    yield from (("extra", one.text) for one in found)


def says(quantity: Quantity, value: float, largest: float | None, unit: str | None) -> bool:
    same = quantity.value == pytest.approx(value, rel=CLOSE) and quantity.unit == unit
    return same and (quantity.value_max == largest or quantity.value_max == pytest.approx(largest, rel=CLOSE))


def judge_events(sentence: CheckedSentence, article: ParsedArticle) -> Iterator[tuple[str, str]]:
    """("right" | "missed" | "extra", what it is about) for each answer and each event found."""
    sentences = split_sentences(article)
    found = inside(find_events(article, sentences, (), ()), sentence)
    for answer in sentence.answers:
        verb, actor, target = answer.lstrip("?").split()
        hits = [event for event in found if covers(event.char_start, event.char_end, verb)]
        if answer.startswith("?"):
            found = [event for event in found if event not in hits]
            continue
        hit = next((event for event in hits if matches(event, actor, target)), None)
        if hit is not None:
            found.remove(hit)
        yield ("right" if hit is not None else "missed"), answer
    yield from (("extra", event.action) for event in found)


def matches(event: Event, actor: str, target: str) -> bool:
    return any(covers(event.actor_start, event.actor_end, one) for one in actor.split("/")) and any(
        covers(event.target_start, event.target_end, one) for one in target.split("/")
    )


def covers(start: int | None, end: int | None, head: str) -> bool:
    if head == "*" or (head == "-" and start is None):
        return True
    if head == "-" or start is None or end is None:
        return False
    first, last = map(int, head.split("-"))
    return start <= first and last <= end


def test_values_and_units_are_right() -> None:
    pairs = read_articles(read_list("quantities_checked.tsv"))
    names = [name for pair in pairs for name, _ in judge_quantities(*pair)]
    right, found = names.count("right"), len(names) - names.count("missed")
    shown = f"{right} right of {len(names) - names.count('extra')}, {found} found"
    assert right >= LEAST_QUANTITIES_RIGHT * (len(names) - names.count("extra")), shown
    assert right >= LEAST_QUANTITY_PRECISION * found, shown


def test_who_did_what_to_whom_is_right() -> None:
    pairs = read_articles(read_list("events_checked.tsv"))
    names = [name for pair in pairs for name, _ in judge_events(*pair)]
    right, extra = names.count("right"), names.count("extra")
    shown = f"{right} right of {right + names.count('missed')}, {extra} wrong of {right + extra} found"
    assert right >= LEAST_EVENTS_RIGHT * (right + names.count("missed")), shown
    assert extra <= MOST_EVENTS_WRONG * (right + extra), shown
