"""A paragraph to the time expressions in it, with what they mean wherever the paragraph stands.

No date is needed here, so the result holds for every article that has the paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

from flows.text.extract.times import (
    rules_clock,
    rules_dates,
    rules_durations,
    rules_periods,
    rules_relative,
    rules_sets,
    rules_vague,
    rules_years,
)
from flows.text.extract.times.grammar import Match, match_rules
from flows.text.extract.times.meaning import Candidate, Fixed
from flows.text.extract.times.neighbours import add_second_days, count_from_days, share_days, share_ends
from flows.text.extract.times.tense import tense_of
from flows.text.extract.times.tokens import Token, tokenise, word_at
from flows.text.types import Parse

RULES = (
    *rules_periods.RULES,
    *rules_dates.RULES,
    *rules_years.RULES,
    *rules_relative.RULES,
    *rules_clock.RULES,
    *rules_sets.RULES,
    *rules_vague.RULES,
    *rules_durations.RULES,
)
"""In this order where two match the same words."""
LONGEST_EXPRESSION = 12
"""Words."""
ARTICLES = frozenset(("THE", "A"))
ATTRIBUTES = frozenset(("compound", "amod", "nmod", "nummod", "npadvmod"))


def recognise(parse: Parse) -> tuple[Candidate, ...]:
    """The time expressions of a paragraph in order, without overlap; offsets into `parse.text`."""
    tokens = tokenise(parse)
    matches = add_second_days(tokens, list(_match_sentences(parse, tokens)))
    matches = share_days(tokens, share_ends(tokens, matches))
    matches = count_from_days(parse, tokens, matches)
    return tuple(_candidate(parse, tokens, match) for match in matches)


def _match_sentences(parse: Parse, tokens: Sequence[Token]) -> Iterator[Match]:
    """The readings of each sentence: no expression stands in two."""
    starts = [parse.starts[word] for word in parse.sentence_starts]
    numbers = [bisect_right(starts, token.start) for token in tokens]
    for number, group in groupby(range(len(tokens)), key=numbers.__getitem__):
        places = list(group)
        end = starts[number] if number < len(starts) else len(parse.text)
        for match in match_rules(tokens[places[0] : places[-1] + 1], RULES):
            first, last = match.first + places[0], match.last + places[0]
            if tokens[last - 1].end <= end:
                yield Match(first, last, match.reading)


def _candidate(parse: Parse, tokens: Sequence[Token], match: Match) -> Candidate:
    last = tokens[match.last - 1]
    first = match.first
    while first < match.last - 1 and _stands_outside(parse, tokens[first], last):
        first += 1
    start = tokens[first].start
    if isinstance(match.reading.meaning, Fixed):
        return Candidate(start, last.end, match.reading)
    before = tokens[match.first - 1].text.lower() if match.first else ""
    tense = tense_of(parse, _head(parse, start, last.end), match.reading.meaning, before=before)
    return Candidate(start, last.end, match.reading, tense)


def _stands_outside(parse: Parse, token: Token, last: Token) -> bool:
    """Whether a first word belongs to what is around: "the [eight-year] war", "over [ten years]"."""
    if token.class_name == "OVER":
        return parse.deps[word_at(parse, token.start)] == "prep"
    if token.class_name in ("A", "ANOTHER") and last.class_name == "OLD":
        # "a [33-year-old] from Hilton Head"
        return "-" in parse.text[token.end : last.end]
    attribute = _is_attribute(parse, _head(parse, token.start, last.end))
    if token.class_name == "APPROXIMATELY":
        # "under a [five-year] contract"
        return attribute and re.match(r"\s+a\s.*-", parse.text[token.end : last.start]) is not None
    return token.class_name in ARTICLES and attribute


def _head(parse: Parse, start: int, end: int) -> int:
    """The word of the expression that hangs on a word outside of it."""
    word = word_at(parse, end - 1)
    for _ in range(LONGEST_EXPRESSION):
        head = parse.heads[word]
        if head == word or not start <= parse.starts[head] < end:
            break
        word = head
    return word


def _is_attribute(parse: Parse, word: int) -> bool:
    """Whether a word stands before the noun that it describes."""
    head = parse.heads[word]
    return head > word and parse.deps[word] in ATTRIBUTES and parse.pos[head] in ("NOUN", "PROPN")
