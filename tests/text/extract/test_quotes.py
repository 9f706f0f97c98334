"""Who said what, on sentences about invented people."""

from __future__ import annotations

import re

import pytest

from flows.text.extract.parse import parse_paragraphs
from flows.text.extract.quotes import find_quotes
from flows.text.types import ParsedArticle, ParsedParagraph, Quote, Sentence


def parse_article(text: str, dateline: str | None = None) -> ParsedArticle:
    """An article whose paragraphs are its lines."""
    lines = [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    parses = parse_paragraphs([text[start:end] for start, end in lines])
    paragraphs = (
        ParsedParagraph(number, start, parse)
        for number, ((start, _), parse) in enumerate(zip(lines, parses, strict=True))
    )
    return ParsedArticle(article_id="a", text=text, paragraphs=tuple(paragraphs), dateline=dateline)


def quotes_of(text: str) -> list[Quote]:
    return list(find_quotes(parse_article(text), ()))


def only(text: str) -> Quote:
    quotes = quotes_of(text)
    assert len(quotes) == 1, quotes
    return quotes[0]


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "content"),
    [
        (
            "“The bridge is safe to cross,” said Marta Olsen.",
            "Marta Olsen",
            "said",
            "“The bridge is safe to cross,”",
        ),
        (
            "Marta Olsen said, “The bridge is safe to cross.”",
            "Marta Olsen",
            "said",
            "“The bridge is safe to cross.”",
        ),
        (
            '"The bridge is safe to cross," she said on Monday.',
            "she",
            "said",
            '"The bridge is safe to cross,"',
        ),
        ("''The bridge is safe to cross,'' he said.", "he", "said", "''The bridge is safe to cross,''"),
        (
            "«The bridge is safe to cross», Marta Olsen said.",
            "Marta Olsen",
            "said",
            "«The bridge is safe to cross»",
        ),
        (
            "‘The bridge is safe to cross,’ she told reporters.",
            "she",
            "told",
            "‘The bridge is safe to cross,’",
        ),
    ],
)
def test_direct_quotation_in_every_style_of_marks(text: str, speaker: str, cue: str, content: str) -> None:
    quote = only(text)
    assert (quote.kind, quote.speaker, quote.cue, quote.text) == ("direct", speaker, cue, content)


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "content"),
    [
        (
            "The mayor said that the bridge would open in May.",
            "The mayor",
            "said",
            "that the bridge would open in May",
        ),
        ("The bridge will open in May, the mayor said.", "the mayor", "said", "The bridge will open in May"),
        (
            "According to the ministry, the bridge will open in May.",
            "the ministry",
            "According to",
            "the bridge will open in May",
        ),
        ("She denied that the bridge was unsafe.", "She", "denied", "that the bridge was unsafe"),
    ],
)
def test_indirect_speech(text: str, speaker: str, cue: str, content: str) -> None:
    quote = only(text)
    assert (quote.kind, quote.speaker, quote.cue) == ("indirect", speaker, cue)
    assert quote.text.rstrip(".") == content


def test_paraphrase_with_quoted_words_is_mixed() -> None:
    quote = only("The mayor said the bridge was “as safe as a church” and would open in May.")
    assert quote.kind == "mixed"
    assert quote.text.startswith("the bridge was “as safe")


def test_quotation_split_by_its_cue_is_one_statement() -> None:
    quotes = quotes_of("“The bridge is safe,” Marta Olsen said, “and it will open in May.”")
    assert [quote.text for quote in quotes] == ["“The bridge is safe,”", "“and it will open in May.”"]
    assert len({quote.statement_no for quote in quotes}) == 1
    assert {quote.speaker for quote in quotes} == {"Marta Olsen"}


def test_quotation_after_a_finished_cue_clause_goes_on() -> None:
    quotes = quotes_of("“The bridge is safe,” said Marta Olsen. “We tested every cable of it twice.”")
    assert {quote.statement_no for quote in quotes} == {0}
    assert quotes[1].text == "“We tested every cable of it twice.”"


def test_quotation_over_paragraphs_without_a_closing_mark() -> None:
    text = (
        "“The bridge is safe,” Marta Olsen said. “We tested every cable of it twice.\n\n"
        "“We will test them all again before the opening in May.”"
    )
    quotes = quotes_of(text)
    assert {quote.statement_no for quote in quotes} == {0}
    assert quotes[-1].text.endswith("in May.”")


def test_quotation_below_a_colon_has_the_speaker_of_the_paragraph_above() -> None:
    quote = only("The mayor of Nordhavn wrote:\n\n“The bridge is safe and will open in May.”")
    assert (quote.kind, quote.cue) == ("direct", "wrote")
    assert quote.speaker is not None
    assert quote.speaker.startswith("The mayor")


def test_signature_below_a_quotation_names_the_speaker() -> None:
    quote = only("“I crossed the bridge every day. It never shook.” — Ana Lopes, teacher")
    assert (quote.speaker, quote.cue) == ("Ana Lopes", "—")


def test_transcript() -> None:
    text = (
        "OLSEN: The bridge is safe and everybody knows it.\n\nREPORTER: When will you open it?\n\n"
        "OLSEN: We will open it in May.\n\nREPORTER: And the old one? Will it be closed?"
    )
    quotes = quotes_of(text)
    assert [quote.speaker for quote in quotes] == ["OLSEN", "REPORTER", "OLSEN", "REPORTER"]


def test_statement_of_a_document() -> None:
    quotes = quotes_of("The letter says the bridge is unsafe.")
    assert [(quote.speaker, quote.cue) for quote in quotes] == [("The letter", "says")]


@pytest.mark.parametrize(
    "text",
    [
        "She once worked on the television series “The Long Road to the Coast” as a driver.",
        "The so-called “bridge to nowhere” stands in the old harbour of Nordhavn.",
        "The bridge is long. It stands on nine pillars of stone.",
    ],
)
def test_names_and_scare_quotes_are_no_statements(text: str) -> None:
    assert not [quote for quote in quotes_of(text) if quote.kind == "direct"]


def test_sentence_numbers_come_from_the_sentences_given() -> None:
    text = "The bridge opened in May. The mayor said it was safe."
    sentences = [Sentence(4, 0, text[:25], 0, 25), Sentence(5, 0, text[26:], 26, len(text))]
    (quote,) = find_quotes(parse_article(text), [])
    assert quote.sentence_no == 0
    numbered = find_quotes(parse_article(text), sentences)
    assert [row.sentence_no for row in numbered] == [5]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "At least nine sailors were hurt, three of them badly, the Marland coast guard said.",
            "the Marland coast guard",
            "At least nine sailors were hurt, three of them badly",
        ),
        (
            "About 40 barns burned, some of them to the ground, the fire chief of Tolvik said.",
            "the fire chief of Tolvik",
            "About 40 barns burned, some of them to the ground",
        ),
        (
            "The bridge, built in 1971, was inspected in May and found to be sound, according to its owner.",
            "its owner",
            "The bridge, built in 1971, was inspected in May and found to be sound",
        ),
    ],
)
def test_a_clause_of_its_own_before_the_speaker_is_content(text: str, speaker: str, content: str) -> None:
    quote = only(text)
    assert (quote.speaker, quote.text) == (speaker, content)


def test_a_mark_before_the_speaker_is_not_part_of_the_name() -> None:
    text = """Nobody was surprised. "The report will be published in full," Marland Water's chief engineer, \
Dana Petrov, told reporters."""
    assert {quote.speaker for quote in quotes_of(text)} == {"Marland Water's chief engineer"}


def test_those_of_whom_something_is_expected_are_not_who_expects_it() -> None:
    text = (
        "Tarland's Defence Minister Ivo Brandt and officials from Norland are expected to attend the parade."
    )
    quotes = quotes_of(text)
    assert {quote.speaker for quote in quotes} <= {None}
    assert "officials from Norland" in quotes[0].text


@pytest.mark.parametrize(
    "text",
    [
        "Olsen was asked whether the bridge was safe.",
        "When asked whether the bridge was safe, Marta Olsen shrugged.",
        "Asked why the bridge had been closed, the mayor shrugged and left.",
        "Marta Olsen was told that the bridge was unsafe.",
        "It is said that the bridge is unsafe.",
    ],
)
def test_who_is_asked_or_told_is_not_who_asks_or_tells(text: str) -> None:
    assert only(text).speaker is None


def test_what_is_said_is_not_the_saying() -> None:
    quote = only("The chief engineer of Nordhavn responded by saying that the bridge had been tested twice.")
    assert (quote.cue, quote.text) == ("saying", "that the bridge had been tested twice")


def test_who_asks_is_found_behind_a_passive() -> None:
    quote = only("Marta Olsen was asked by the council why the bridge had been closed.")
    assert (quote.speaker, quote.text) == ("the council", "why the bridge had been closed")


@pytest.mark.parametrize(
    "text",
    [
        "Growers whom the paper asked in May now fear for the harvest.",
        "Most of the 25 economists whom the Herald had asked last week "
        "expected an increase of a quarter of a point.",
    ],
)
def test_people_are_not_what_is_said(text: str) -> None:
    assert "whom" not in {quote.text for quote in quotes_of(text)}


@pytest.mark.parametrize("mark", ["—", "-", ":"])
def test_the_dateline_is_nobodys_words(mark: str) -> None:
    text = f"NORDVIK, May 2 (NWA) {mark} A ferry ran aground off Nordvik on Tuesday, officials said."
    (quote,) = find_quotes(parse_article(text, "NORDVIK, May 2 (NWA)"), ())
    assert quote.text == "A ferry ran aground off Nordvik on Tuesday"
