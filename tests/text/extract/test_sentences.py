"""Sentence boundaries by rule, and the sentences of an article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.text.extract.parse import parse_paragraphs
from flows.text.extract.sentences import mark_starts, split_sentences
from flows.text.types import ParsedArticle, ParsedParagraph


def article_of(*paragraphs: str) -> ParsedArticle:
    """The paragraphs joined by a blank line, parsed."""
    starts, offset = [], 0
    for paragraph in paragraphs:
        starts.append(offset)
        offset += len(paragraph) + 2
    parses = parse_paragraphs(paragraphs)
    placed = [
        ParsedParagraph(number, start, parse)
        for number, (start, parse) in enumerate(zip(starts, parses, strict=True))
    ]
    return ParsedArticle("a", "\n\n".join(paragraphs), tuple(placed))


def sentences_of(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(article_of(text))]


@pytest.mark.parametrize(
    "expected",
    [
        ["Mr. Brown met Gen. J. R. Vance on Nov. 5.", "They talked."],
        ["She left the U.S. on Monday.", "The U.S. Navy stayed."],
        ["He works at Acme Inc.", "He likes it."],
        ["It ended at 5 p.m. Monday.", "Nobody came."],
        ["AYTON (UPN) — The mayor, who is 70, resigned.", "No reason was given."],
        ["“I came.", "I saw.", "I left.”", "He said no more."],
        ["“Why not?” Gov. Jane Doe asked.", "Nobody answered."],
        ["“Stop!” he said.", "“Now.”"],
        ['"It is over," she said.', '"We lost."'],
        ["''It is over,'' she said.", "''We lost.''", "''Why?'' he asked."],
        ["See acme.com for more.", "It is free."],
        ["The growth was 3.5 percent.", "In May it was 2."],
    ],
)
def test_sentences_survive_news_text(expected: list[str]) -> None:
    assert sentences_of(" ".join(expected)) == expected


def test_glued_sentences_are_parted() -> None:
    assert sentences_of("Ships left the waters.In a letter, the mayor objected.") == [
        "Ships left the waters.",
        "In a letter, the mayor objected.",
    ]


def test_sentence_numbers_run_through_the_article() -> None:
    article = article_of("One came. Two left.", "Three stayed.")
    found = split_sentences(article)
    assert [(s.sentence_no, s.paragraph_no) for s in found] == [(0, 0), (1, 0), (2, 1)]
    assert [article.text[s.char_start : s.char_end] for s in found] == [s.text for s in found]


def test_blank_paragraph_has_no_sentence() -> None:
    assert sentences_of(" \n ") == []


WORDS = st.lists(
    st.sampled_from(["Mr.", "The", "the", ".", "!", "“", "”", '"', "Kim", "said", "5", "U.S.", ")"])
)


@given(WORDS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_marks_are_one_a_token_and_start_with_a_sentence(words: list[str], chance) -> None:  # type: ignore[no-untyped-def]
    spaced = [chance.random() < 0.7 for _ in words]
    marks = mark_starts(words, spaced)
    assert len(marks) == len(words)
    assert set(marks) <= {-1, 0, 1}
    assert marks[:1] == [1][: len(words)]
