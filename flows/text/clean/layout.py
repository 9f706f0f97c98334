"""Where the paragraphs of a plain text lie: lines, groups between blank lines, hard wraps undone.

Spans only; what a paragraph is for is decided in `roles` and `plain_text`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MIN_WRAP_WIDTH = 40
MAX_WRAP_WIDTH = 120
"""Columns between which text files are wrapped: 64 to 80 are usual; longer lines are paragraphs."""
MIN_WRAPPED_BREAKS = 3
"""Line breaks inside groups that must be seen before a text is taken for hard-wrapped."""
MIN_FORCED_SHARE = 0.8
"""Share of those breaks where the next word would not have fitted; verse and lists stay far below."""
MIN_MID_SENTENCE_SHARE = 0.5
"""Share of those breaks that stand inside a sentence; one sentence a line has none."""
WIDTH_QUANTILE = 0.9
"""The width is what this share of the lines keeps to, so that one long address does not set it."""

LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
BLANK_BETWEEN = re.compile(r"(?:\r\n|[\n\r\v\f\x85\u2028\u2029])\s*?(?:\r\n|[\n\r\v\f\x85\u2028\u2029])")
BULLET = re.compile(r"(?:[-*•‣▪–—]|\d{1,3}[.)])\s")
SENTENCE_END = re.compile(r"[.!?:…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """raw[start:end] has no white space at its ends; `group` numbers what blank lines part.

    `indent` counts the columns before the first word.
    """

    start: int
    end: int
    group: int
    indent: int

    @property
    def width(self) -> int:
        """The columns up to the end of the last word."""
        return self.indent + self.end - self.start


@dataclass(frozen=True, slots=True)
class Paragraph:
    """raw[start:end]; paragraphs of one `group` have no blank line between them."""

    start: int
    end: int
    group: int


def find_paragraphs(raw: str) -> list[Paragraph]:
    """The paragraphs of `raw` in order; every character that is not white space is in exactly one."""
    lines = list(_find_lines(raw))
    width = _wrap_width(raw, lines)
    if width is None:
        return [Paragraph(line.start, line.end, line.group) for line in lines]
    return list(_join_wrapped(raw, lines, width))


def _find_lines(raw: str) -> Iterator[Line]:
    group, last_end = 0, 0
    for match in LINE.finditer(raw):
        stripped = match[0].strip()
        if not stripped:
            continue
        indent = len(match[0]) - len(match[0].lstrip())
        start = match.start() + indent
        if last_end and BLANK_BETWEEN.search(raw, last_end, start):
            group += 1
        last_end = start + len(stripped)
        yield Line(start, last_end, group, indent)


def _wrap_width(raw: str, lines: Sequence[Line]) -> int | None:
    """The column at which the text is wrapped; None where each line is a paragraph of its own."""
    breaks = [(line, after) for line, after in itertools.pairwise(lines) if line.group == after.group]
    if len(breaks) < MIN_WRAPPED_BREAKS:
        return None
    lengths = sorted(line.width for line, _ in breaks)
    width = lengths[int(WIDTH_QUANTILE * (len(lengths) - 1))]
    if not MIN_WRAP_WIDTH <= width <= MAX_WRAP_WIDTH:
        return None
    n_forced = sum(_is_forced(raw, line, after, width) for line, after in breaks)
    n_inside = sum(SENTENCE_END.search(raw, line.start, line.end) is None for line, _ in breaks)
    wrapped = n_forced >= MIN_FORCED_SHARE * len(breaks) and n_inside >= MIN_MID_SENTENCE_SHARE * len(breaks)
    return width if wrapped else None


def _is_forced(raw: str, line: Line, after: Line, width: int) -> bool:
    """The next line's first word would not have fitted into this line."""
    first_word = raw[after.start : after.end].split(maxsplit=1)[0]
    return line.width + 1 + len(first_word) > width


def _join_wrapped(raw: str, lines: Sequence[Line], width: int) -> Iterator[Paragraph]:
    start: int | None = None
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        start = line.start if start is None else start
        if after is None or not _continues(raw, line, after, width):
            yield Paragraph(start, line.end, line.group)
            start = None


def _continues(raw: str, line: Line, after: Line, width: int) -> bool:
    return (
        line.group == after.group
        and _is_forced(raw, line, after, width)
        and after.indent <= line.indent
        and BULLET.match(raw, after.start, after.end) is None
    )
