"""Possible attributions as the quotation marks show them: a quoted span and a cue beside it.

Covers what a parser cannot: quotations of several sentences, or before a colon at the end of the
paragraph above. Pairing the marks is done in `marks`, judging in `scorer`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from flows.text.extract.quotes.candidates import Candidate
from flows.text.extract.quotes.tokens import DASHES, Range, Tokens

_SENTENCE_ENDS = frozenset(".?!")

MAX_SIGNATURE = 12
"""Tokens of a dash and the name after it."""
_OPENING_MARKS = frozenset("“\"'‘«„") | {"``", "''"}

MAX_NAME = 6
"""Tokens before the colon of a transcript's turn."""
MAX_CUES = 3
"""Verbs looked at on each side of a quotation."""
MAX_GAP = 25
"""Tokens looked at on each side: a cue clause with a long apposition still fits."""


def find_quotation_candidates(tokens: Tokens, quoted: list[Range]) -> Iterator[Candidate]:
    """Candidates for every quoted span with the verbs, or the bare colon, beside it."""
    for number, (start, end) in enumerate(quoted):
        before = quoted[number - 1][1] if number else 0
        after = quoted[number + 1][0] if number + 1 < len(quoted) else len(tokens.words)
        for cue in _cues_after(tokens, end, after):
            yield Candidate(cue, "quoted_after", [(start, end)], start)
        for cue in _cues_before(tokens, before, start):
            yield Candidate(cue, "quoted_before", [(start, end)], start)
        if _is_signed(tokens, end):
            yield Candidate(end, "signed", [(start, end)], start)


def find_turns(tokens: Tokens) -> list[Candidate]:
    """Turns of a transcript: paragraphs that begin with a name and a colon, perhaps after a mark.

    Where a name comes back it is a dialogue; one colon alone may be a headline's.
    """
    found = [
        (start, colon)
        for start, colon in map(partial(_name_before_colon, tokens), tokens.paragraph_starts)
        if colon
    ]
    names = Counter(" ".join(tokens.words[start:colon]) for start, colon in found)
    turns = []
    for start, colon in found:
        relation = "dialogue" if names[" ".join(tokens.words[start:colon])] > 1 else "turn"
        turns.append(Candidate(colon, relation, [(colon + 1, tokens.paragraph(colon)[1])], colon + 1))
    return turns


def _name_before_colon(tokens: Tokens, first: int) -> Range:
    """The start of the name and the colon; (first, 0) where the paragraph does not begin like a turn."""
    end = tokens.paragraph(first)[1]
    start = first + (first < end and tokens.words[first] in _OPENING_MARKS)
    for token in range(start, min(end - 1, start + MAX_NAME)):
        word = tokens.words[token]
        if word == ":":
            return (start, token) if token > start else (first, 0)
        if word[0].isalpha() and not word[0].isupper():
            break
    return first, 0


def _is_signed(tokens: Tokens, dash: int) -> bool:
    """Whether only a dash and a name follow, on the same line or the next: “…” - Jane Roe, teacher."""
    if dash + 1 >= len(tokens.words) or tokens.words[dash] not in DASHES:
        return False
    end = tokens.paragraph(dash)[1]
    return 1 < end - dash <= MAX_SIGNATURE and tokens.tags[dash + 1] == "NNP"


def _cues_after(tokens: Tokens, start: int, limit: int) -> list[int]:
    limit = min(limit, start + MAX_GAP, tokens.paragraph(start - 1)[1])
    cues = []
    for token in range(start, limit):
        if tokens.words[token] in _SENTENCE_ENDS:
            break
        if tokens.pos[token] == "VERB" and tokens.words[token][0].isalpha():
            cues.append(token)
    return cues[:MAX_CUES]


def _cues_before(tokens: Tokens, limit: int, end: int) -> list[int]:
    paragraph = tokens.paragraph(end)[0]
    if paragraph == end and end and tokens.words[end - 1] == ":":
        paragraph = tokens.paragraph(end - 1)[0]
    limit = max(limit, end - MAX_GAP, paragraph)
    cues = []
    for token in range(end - 1, limit - 1, -1):
        if tokens.words[token] in _SENTENCE_ENDS:
            break
        if tokens.pos[token] == "VERB" or (token == end - 1 and tokens.words[token] == ":"):
            cues.append(token)
    return cues[:MAX_CUES]
