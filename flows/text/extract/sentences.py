"""Where sentences begin, and the sentences of an article.

Rules over tokens only. What a sentence says, and which tokens there are, is decided elsewhere
(`parse.py` asks `mark_starts` before it parses, so that every `Parse` has these boundaries).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from flows.text.extract.words import word_group
from flows.text.lexicons import read_rows
from flows.text.types import ParsedArticle, ParsedParagraph, Sentence

Mark = Literal[-1, 0, 1]
"""1: a sentence starts here; -1: none does; 0: the parser decides."""

LONGEST_RULED_RUN = 120
"""Tokens without a boundary after which the parser decides (lists, text without punctuation)."""
SPEAKER_WINDOW = 7
"""Tokens after “Why?” in which "Governor Jane Doe asked" may have its verb."""

OPENING = frozenset("“‘«([{") | {"``"}
CLOSING = frozenset("”’»)]}")
STRAIGHT = frozenset({'"', "'", "''"})
BULLETS = frozenset("•·▪●■►*|")
ENDS = frozenset({".", "!", "?", "!!", "??", "?!", "!?", "!!!", "???"})
ELLIPSES = frozenset({"…", "...", "....", ". . ."})
DOMAIN_ENDINGS = frozenset({"com", "org", "net", "gov", "edu", "co", "uk", "tv", "io"})
SPEECH = word_group("speech_verb_forms")
STARTERS = word_group("sentence_starters")


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    """Lower-case abbreviation without its period to "title" or "open"."""
    return {abbreviation: kind for kind, abbreviation in read_rows("abbreviations.txt")}


def mark_starts(words: Sequence[str], spaced: Sequence[bool]) -> list[Mark]:
    """One mark a token; spaced[i] says whether white space stands before token i."""
    marks: list[Mark] = []
    closes = _closing_marks(words, spaced)
    run = 0
    for at in range(len(words)):
        mark = _mark(words, spaced, closes, at) if at else 1
        run = 1 if mark == 1 else run + 1
        marks.append(0 if mark == -1 and run > LONGEST_RULED_RUN and not closes[at] else mark)
    return marks


def _closing_marks(words: Sequence[str], spaced: Sequence[bool]) -> list[bool]:
    """Which tokens close a quotation or bracket; a straight mark does where it touches what it follows."""
    closes: list[bool] = []
    is_open = False
    for at, word in enumerate(words):
        if word not in STRAIGHT:
            closes.append(word in CLOSING)
            continue
        glued_after = at + 1 < len(words) and not spaced[at + 1]
        doubled = at > 0 and not spaced[at] and glued_after and words[at - 1] in STRAIGHT and not closes[-1]
        touches = at > 0 and not spaced[at] and (is_open or not glued_after)
        closing = not doubled and (touches or (at > 0 and is_open and not glued_after))
        is_open = not closing
        closes.append(closing)
    return closes


def _mark(words: Sequence[str], spaced: Sequence[bool], closes: Sequence[bool], at: int) -> Mark:
    last = at - 1
    while last > 0 and closes[last]:
        last -= 1
    first = at
    while (
        first < len(words) - 1 and not closes[first] and (words[first] in OPENING or words[first] in STRAIGHT)
    ):
        first += 1
    if words[at] in BULLETS or words[at - 1] in BULLETS:
        return 0
    if closes[at] or not _may_begin(words[first]):
        return -1
    ending = words[last]
    if ending in ENDS:
        return _after_end(words, spaced, last, at, first)
    if ending in ELLIPSES:
        return 0
    if ending.endswith(".") and len(ending) > 1:
        return _after_abbreviation(ending[:-1], words[first], quote_closed=last < at - 1)
    return -1


def _may_begin(word: str) -> bool:
    """Whether a sentence may begin with it: "al-Shabaab" and "iPhone" may, "said" may not."""
    return (
        word[0].isdigit()
        or any(letter.isupper() for letter in word)
        or (not word[0].isascii() and word[0].isalpha())
    )


def _after_end(words: Sequence[str], spaced: Sequence[bool], last: int, at: int, first: int) -> Mark:
    ending, word = words[last], words[first]
    if ending == "." and last > 0 and last == at - 1:
        before = words[last - 1]
        if not spaced[at] and word.lower() in DOMAIN_ENDINGS:
            return -1
        if before.isdigit() and last == 1:
            return -1  # "1. The ..." at the start
        is_initial = len(before) == 1 and before.isupper()
        if not spaced[last] and (is_initial or before.lower() in _abbreviations()):
            return _after_abbreviation(before, word, quote_closed=False)
    if last < at - 1 and ending != "." and _is_followed_by_speech(words, first):
        return -1
    return 1


def _is_followed_by_speech(words: Sequence[str], first: int) -> bool:
    """As in "“Why?” Governor Jane Doe asked.": names, then a verb of speech."""
    for word in words[first : first + SPEAKER_WINDOW]:
        if word.lower() in SPEECH:
            return True
        if not (word[0].isupper() or word in {"of", "the", "-", ".", "’s", "'s"}):
            return False
    return False


def _after_abbreviation(abbreviation: str, word: str, *, quote_closed: bool) -> Mark:
    kind = _abbreviations().get(abbreviation.lower())
    if quote_closed and kind != "title":
        return 1
    if word.lower() in STARTERS and word[0].isupper() and (kind == "open" or "." in abbreviation):
        return 1
    if kind == "title" or len(abbreviation) == 1:
        return -1
    return 0


def split_sentences(article: ParsedArticle) -> tuple[Sentence, ...]:
    """The sentences of the body in order; article.text[char_start:char_end] is a sentence's text."""
    sentences: list[Sentence] = []
    for paragraph in article.paragraphs:
        for start, end in _spans(paragraph):
            sentences.append(
                Sentence(
                    sentence_no=len(sentences),
                    paragraph_no=paragraph.paragraph_no,
                    text=article.text[start:end],
                    char_start=start,
                    char_end=end,
                )
            )
    return tuple(sentences)


def _spans(paragraph: ParsedParagraph) -> list[tuple[int, int]]:
    parse, offset = paragraph.parse, paragraph.char_start
    firsts = parse.sentence_starts if parse.words else ()
    nexts = (*firsts[1:], len(parse.words)) if firsts else ()
    return [
        (offset + parse.starts[first], offset + parse.end(after - 1))
        for first, after in zip(firsts, nexts, strict=True)
    ]
