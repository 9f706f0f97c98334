"""Bytes to text: every encoding people have, and what is no text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.text.clean.encoding import decode, mend_mojibake, replace_surrogates
from flows.text.errors import BinaryContentError, TextError, UndecodableError

FRENCH = "Le préfet a dit « non » à l’été dernier, et la fête a eu lieu malgré tout."
RUSSIAN = "Министр сообщил, что переговоры продолжатся на следующей неделе в столице."
JAPANESE = "首相は記者会見で、来週も協議を続けると述べた。港は月曜日に再開される。" * 4


# Latin-1's upper half is left out: there mojibake is, and a chance "Ã©" is mended.
UNAMBIGUOUS = st.characters(min_codepoint=0x20, max_codepoint=0x7E) | st.characters(
    min_codepoint=0x180, exclude_categories=["Cs"], exclude_characters="\ufeff"
)


@settings(deadline=None)
@given(st.text(UNAMBIGUOUS))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode("utf-8")) == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_encodings_need_no_declaration(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding)) == FRENCH


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(FRENCH, "cp1252"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (JAPANESE, "euc-jp")],
)
def test_old_encodings_are_guessed_without_a_declaration(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["iso-2022-jp", "euc-jp", "gb18030", "big5"])
def test_declared_encoding_is_taken(encoding: str) -> None:
    text = "新聞"
    assert decode(text.encode(encoding), encoding) == text


def test_latin1_declared_is_read_as_browsers_read_it() -> None:
    assert decode("“quoted”".encode("cp1252"), "iso-8859-1") == "“quoted”"


def test_page_declares_its_own_encoding() -> None:
    page = f'<html><head><meta charset="windows-1251"></head><body>{RUSSIAN}</body></html>'
    assert RUSSIAN in decode(page.encode("cp1251"), None, "text/html")


@pytest.mark.parametrize("declared", ["klingon-8", "rot13", "utf-8", "", "a\0b"])
def test_wrong_or_unknown_declaration_is_passed_over(declared: str) -> None:
    assert decode(FRENCH.encode("cp1252"), declared) == FRENCH


def test_utf8_wins_over_a_wrong_declaration() -> None:
    assert decode(FRENCH.encode("utf-8"), "iso-8859-1") == FRENCH


def test_damaged_utf8_keeps_what_is_intact() -> None:
    assert decode(FRENCH.encode("utf-8") + b" caf\xe9 \xff") == FRENCH + " caf\ufffd \ufffd"


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("The cafÃ© closed", "The café closed"),
        ("He said â€œnoâ€\x9d and left", "He said “no” and left"),
        ("Itâ€™s late — naïve", "It’s late — naïve"),
    ],
)
def test_mojibake_is_mended(broken: str, mended: str) -> None:
    assert decode(broken.encode("utf-8")) == mended


def test_mending_leaves_the_other_lines_alone() -> None:
    assert mend_mojibake("naïve\r\ncafÃ©\n") == "naïve\r\ncafé\n"


def test_line_ends_stay() -> None:
    assert decode(b"one\r\ntwo\rthree\n") == "one\r\ntwo\rthree\n"


@pytest.mark.parametrize(
    "content",
    [b"abc\0def", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\x01\x02\x03\x04 text", b"%PDF-1.4\n\x00\x01"],
)
def test_binary_content_is_refused(content: bytes) -> None:
    with pytest.raises(BinaryContentError) as caught:
        decode(content)
    assert caught.value.reason == "binary"


def test_noise_is_undecodable_and_says_how_it_begins() -> None:
    noise = bytes(random.Random(7).choices(range(128, 256), k=3000))
    with pytest.raises(UndecodableError, match="3000 bytes") as caught:
        decode(noise)
    assert caught.value.reason == "undecodable"


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_text_without_nul_or_a_text_error(content: bytes) -> None:
    try:
        text = decode(content)
    except TextError:
        return
    assert "\0" not in text


@given(st.text(st.characters(), max_size=50))
def test_what_utf8_cannot_hold_is_replaced_letter_by_letter(text: str) -> None:
    replaced = replace_surrogates(text)
    assert len(replaced.encode("utf-8").decode("utf-8")) == len(text)
    assert replaced == "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text)
