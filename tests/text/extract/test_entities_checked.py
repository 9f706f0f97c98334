"""Entities of mentions and of pronouns that speak, against lists checked by hand.

The lists hold names and offsets only; the articles are read where they lie, and the tests are
skipped where they do not. The articles were read before any output was seen; the kinds of errors
were then looked at, so the figures are of development, not of a blind test.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

import pytest

from flows.text.extract.entities import EntityAnnotations, find_entities, resolve_reference
from flows.text.extract.entities.names import name_parts, normalise
from flows.text.extract.parse import parse_paragraphs
from flows.text.extract.sentences import split_sentences
from flows.text.types import ParsedArticle, ParsedParagraph

HERE = Path(__file__).parent
ARTICLES = Path(__file__).parents[4] / "shared" / "data" / "quotes" / "train" / "input"
MENTION_FLOOR = 0.92
PRONOUN_FLOOR = 0.85

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not ARTICLES.is_dir(), reason=f"no articles in {ARTICLES}"),
]

Row = tuple[str, int, int, str]


def read_list(name: str) -> list[Row]:
    """document, char_start, char_end, the names that are right (parted by |)."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [(document, int(start), int(end), names) for document, start, end, names in rows]


@lru_cache(maxsize=1)
def annotated() -> dict[str, tuple[str, EntityAnnotations]]:
    """Text and annotations of every article in the lists."""
    documents = sorted(
        {row[0] for name in ("entity_mentions.tsv", "pronoun_speakers.tsv") for row in read_list(name)}
    )
    texts = {document: read_text(document) for document in documents}
    spans = {document: list(re.finditer(r"[^\n]*\S[^\n]*", text)) for document, text in texts.items()}
    parses = parse_paragraphs(match.group() for document in documents for match in spans[document])
    found = {}
    for document in documents:
        paragraphs = tuple(
            ParsedParagraph(number, match.start(), next(parses))
            for number, match in enumerate(spans[document])
        )
        article = ParsedArticle(document, texts[document], paragraphs)
        found[document] = texts[document], find_entities(article, split_sentences(article))
    return found


def read_text(document: str) -> str:
    line = (ARTICLES / f"{document}.jsonl").read_text(encoding="utf-8").splitlines()[0]
    text: str = json.loads(line)["text"]
    return text


def is_right(name: str, names: str, text: str) -> bool:
    """The name, or one that differs by a middle name; the family name where the article has no more."""
    got = name_parts(name)
    for wanted in names.split("|"):
        parts = name_parts(wanted)
        if normalise(name).removeprefix("the ") == normalise(wanted):
            return True
        if len(got) > 1 and len(parts) > 1 and (got[0], got[-1]) == (parts[0], parts[-1]):
            return True
        if wanted not in text and len(parts) > 1 and got == parts[-1:]:
            return True
    return False


def mentioned(found: EntityAnnotations, start: int, end: int) -> int | None:
    """The entity of the mention that lies closest over the span, else what the span stands for."""
    over = [m for m in found.mentions if m.char_start < end and start < m.char_end and m.char_end >= end - 1]
    if over:
        return min(over, key=lambda m: abs(m.char_start - start) + abs(m.char_end - end)).entity_no
    return resolve_reference(found, start, end)


def test_mentions_mean_the_right_entity() -> None:
    rows, right = read_list("entity_mentions.tsv"), 0
    assert len(rows) >= 200
    for document, start, end, names in rows:
        text, found = annotated()[document]
        number = mentioned(found, start, end)
        right += number is not None and is_right(found.entities[number].name, names, text)
    assert right / len(rows) >= MENTION_FLOOR


def test_pronouns_that_speak_mean_the_right_entity() -> None:
    rows, right = read_list("pronoun_speakers.tsv"), 0
    assert len(rows) >= 100
    for document, start, end, names in rows:
        text, found = annotated()[document]
        number = resolve_reference(found, start, end)
        right += number is not None and is_right(found.entities[number].name, names, text)
    assert right / len(rows) >= PRONOUN_FLOOR
