"""Contents and quotation marks: where a content begins and ends, and how much of it is quoted.

A parser ends a content at a sentence's end and does not know that quotation marks belong
together; here contents grow to the marks they touch, and shrink where the marks end a speech.
"""

from __future__ import annotations

from bisect import bisect_right

from flows.text.extract.quotes.candidates import Candidate
from flows.text.extract.quotes.marks import find_quoted_spans
from flows.text.extract.quotes.tokens import Range, Tokens
from flows.text.types import ParsedArticle

ALL_SHARE = 0.9
"""Share of a content's tokens in quotation marks from which it counts as quoted throughout."""
MAX_TITLE = 14
"""Words: longer spans in capitals are shouted, not named."""
TITLE_WORD = 4
"""Letters from which a word of a title has a capital in every style guide."""
_SPEECH_ENDS = frozenset([",", ".", "?", "!", "…", "—", "--", "...", ",.", "?!", "–"])


class QuotedRanges:
    """The quoted spans of an article as token ranges, marks included, in text order."""

    def __init__(self, tokens: Tokens, article: ParsedArticle) -> None:
        bounds = [(p.char_start, p.char_start + len(p.parse.text)) for p in article.paragraphs]
        ranges = [tokens.within(span.start, span.end) for span in find_quoted_spans(article.text, bounds)]
        self.ranges = [span for span in ranges if span[0] < span[1]]
        self._ends = [end for _, end in self.ranges]

    def around(self, token: int) -> Range | None:
        """The quoted span that the token is in."""
        number = bisect_right(self._ends, token)
        if number < len(self.ranges) and self.ranges[number][0] <= token:
            return self.ranges[number]
        return None

    def overlapping(self, span: Range) -> list[Range]:
        """The quoted spans that share a token with `span`."""
        found = []
        for number in range(bisect_right(self._ends, span[0]), len(self.ranges)):
            if self.ranges[number][0] >= span[1]:
                break
            found.append(self.ranges[number])
        return found

    def share(self, contents: list[Range]) -> float:
        """How much of the contents stands in quotation marks, by tokens."""
        total = marked = 0
        for span in contents:
            total += span[1] - span[0]
            marked += sum(min(span[1], end) - max(span[0], start) for start, end in self.overlapping(span))
        return marked / total if total else 0.0


def ends_speech(tokens: Tokens, quoted: Range) -> bool:
    """Whether a quoted span closes like a speech (“…,” “…!”), not like a title or a word."""
    return quoted[1] - quoted[0] > 2 and tokens.words[quoted[1] - 2] in _SPEECH_ENDS


def begins_speech(tokens: Tokens, quoted: Range) -> bool:
    """Whether a quoted span begins with a capital letter."""
    first = next((tokens.words[t] for t in range(*quoted) if tokens.words[t][0].isalnum()), "")
    return first[:1].isupper()


def is_title(tokens: Tokens, quoted: Range) -> bool:
    """Whether a quoted span is written like a title: “The Road to the Coast”."""
    words = [word for word in tokens.words[slice(*quoted)] if word[0].isalpha()]
    return 1 < len(words) <= MAX_TITLE and all(word[0].isupper() for word in words if len(word) >= TITLE_WORD)


def is_speech(tokens: Tokens, quoted: Range) -> bool:
    """Whether a quoted span is a sentence, or the beginning of one."""
    return begins_speech(tokens, quoted) and ends_speech(tokens, quoted) and not is_title(tokens, quoted)


def fit_contents(tokens: Tokens, candidate: Candidate, quoted: QuotedRanges) -> list[Range]:
    """The candidate's contents, fitted to the quotation marks around cue and content."""
    if not quoted.ranges:
        return [span for span in candidate.contents if span[0] < span[1]]
    inside = quoted.around(candidate.cue)
    pieces = [
        _clip(span, inside) if inside else _grow(tokens, span, candidate, quoted)
        for span in candidate.contents
    ]
    return _without_preface(tokens, candidate.cue, _merge(pieces), quoted)


def _clip(span: Range, inside: Range) -> Range:
    return max(span[0], inside[0]), min(span[1], inside[1])


def _grow(tokens: Tokens, span: Range, candidate: Candidate, quoted: QuotedRanges) -> Range:
    touched = quoted.overlapping(span)
    if not touched or span[0] >= span[1]:
        return span
    start, end = min(span[0], touched[0][0]), max(span[1], touched[-1][1])
    if start == touched[0][0] and ends_speech(tokens, touched[0]) and begins_speech(tokens, touched[0]):
        end = touched[0][1]
    if start <= candidate.cue < end:
        return (start, candidate.cue) if candidate.anchor < candidate.cue else (candidate.cue + 1, end)
    return start, end


def _merge(pieces: list[Range]) -> list[Range]:
    merged: list[Range] = []
    for start, end in pieces:
        if start >= end:
            continue
        if merged and merged[-1][1] >= start:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _without_preface(tokens: Tokens, cue: int, pieces: list[Range], quoted: QuotedRanges) -> list[Range]:
    """Drops “In a letter to staff” before “, he wrote, “The plan …””: the quotation is a whole sentence."""
    if len(pieces) == 2 and pieces[0][1] <= cue < pieces[1][0]:
        speech = quoted.around(pieces[1][0])
        if speech is not None and begins_speech(tokens, speech) and not quoted.overlapping(pieces[0]):
            return pieces[1:]
    return pieces
