"""Statements to `Quote` rows: spans of the text, the kind, and the number of the sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from flows.text.extract.quotes.contents import QuotedRanges
from flows.text.extract.quotes.speakers import speaker_range
from flows.text.extract.quotes.statements import Statement
from flows.text.extract.quotes.tokens import Range, Tokens
from flows.text.types import Quote, QuoteKind, Sentence

DIRECT_SHARE = 0.9
"""Share of a statement's letters in quotation marks from which it is direct."""
_LEADING = ",;:.–—-)"
_TRAILING = ",;:–—-("


def to_quotes(
    tokens: Tokens, quoted: QuotedRanges, statements: Sequence[Statement], sentences: Sequence[Sentence]
) -> tuple[Quote, ...]:
    """One row a fragment, in text order; fragments of one statement share its number and kind."""
    starts = [sentence.char_start for sentence in sentences]
    rows = []
    for number, statement in enumerate(statements):
        for row in _rows(tokens, quoted, number, statement):
            position = max(bisect_right(starts, row.char_start) - 1, 0)
            rows.append(replace(row, sentence_no=sentences[position].sentence_no) if sentences else row)
    return tuple(sorted(rows, key=lambda row: (row.char_start, row.statement_no)))


def _rows(tokens: Tokens, quoted: QuotedRanges, number: int, statement: Statement) -> Iterator[Quote]:
    spans = [_trim(tokens.text, (tokens.starts[s], tokens.ends[e - 1])) for s, e in statement.contents]
    kind = _kind(tokens, quoted, statement)
    cue = _cue_span(tokens, statement)
    speaker = _speaker_span(tokens, statement)
    for start, end in spans:
        if any(character.isalnum() for character in tokens.text[start:end]):
            yield Quote(
                statement_no=number,
                sentence_no=0,
                kind=kind,
                text=tokens.text[start:end],
                char_start=start,
                char_end=end,
                cue=None if cue is None else tokens.text[slice(*cue)],
                cue_start=None if cue is None else cue[0],
                cue_end=None if cue is None else cue[1],
                speaker=None if speaker is None else tokens.text[slice(*speaker)],
                speaker_start=None if speaker is None else speaker[0],
                speaker_end=None if speaker is None else speaker[1],
            )


def _trim(text: str, span: Range) -> Range:
    start, end = span
    while start < end and (text[start].isspace() or text[start] in _LEADING):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in _TRAILING):
        end -= 1
    return start, end


def _kind(tokens: Tokens, quoted: QuotedRanges, statement: Statement) -> QuoteKind:
    letters = marked = 0
    for span in statement.contents:
        letters += _letters(tokens, span)
        marked += sum(
            _letters(tokens, (max(span[0], q[0]), min(span[1], q[1]))) for q in quoted.overlapping(span)
        )
    if not marked:
        return "indirect"
    return "direct" if marked >= DIRECT_SHARE * letters else "mixed"


def _letters(tokens: Tokens, span: Range) -> int:
    return sum(len(word) for word in tokens.words[span[0] : span[1]] if word[0].isalnum())


def _cue_span(tokens: Tokens, statement: Statement) -> Range | None:
    if statement.cue is None:
        return None
    first = last = statement.cue
    if statement.preposition is not None and statement.preposition == statement.cue + 1:
        last = statement.preposition
    if tokens.lemmas[first] == "accord" and tokens.words[first + 1 : first + 2] == ["to"]:
        last = first + 1
    return tokens.starts[first], tokens.ends[last]


def _speaker_span(tokens: Tokens, statement: Statement) -> Range | None:
    if statement.speaker is None:
        return None
    start, end = speaker_range(tokens, statement.speaker)
    return tokens.starts[start], tokens.ends[end - 1]
