"""Whether "today" is a day or means nowadays: "the victims were today named", "as polarized as it is today".

TimeML gives both the day of publication as value, so that it is no question of time expressions; but what is
so nowadays did not happen on that day.
"""

from __future__ import annotations

import re

from flows.text.aggregate.claims.words import is_past_form, word_class

TODAY = "today"
BETWEEN = re.compile(r"[;:!?()—–“”\"]|[,.](?!\d)")
"""What ends the clause in which a "today" stands; not the point of "1.5"."""
FEWEST_WORDS = 3
"""Words before it that make a clause; fewer are part of what stands before: "died in Nice, France today"."""
REACH = 400
"""Characters on either side that are looked at: a "sentence" may be a table of a megabyte."""
COMPARED = re.compile(
    r"\b(?:as|than|what|where|how)(?: [\w’']+){1,3} (?:is|are|am|do|does|has|have) today\b", re.I
)
"""The present beside another time: "less isolated than Iran is today"."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_BEING = frozenset(("is", "are", "am", "was", "were", "being", "been", "'re", "'s", "'m"))
_HAPPENED_OR_WILL = frozenset(("was", "were", "would", "going", "died"))


def means_nowadays(sentence: str, start: int) -> bool:
    """Whether the "today" that begins there is no day on which something happened or will.

    A day has a verb of the past or the future in its clause, or of what goes on: "is today celebrating".
    """
    if sentence[start : start + len(TODAY)].lower() != TODAY:
        return False
    sentence, start = sentence[max(start - REACH, 0) : start + REACH], min(start, REACH)
    if any(found.start() <= start < found.end() for found in COMPARED.finditer(sentence)):
        return True
    return not _happens(_clause(sentence, start))


def _clause(sentence: str, start: int) -> str:
    """What stands around the place; what follows a "Today," that stands alone."""
    begins = [0, *(found.end() for found in BETWEEN.finditer(sentence, 0, start))]
    if len(begins) > 1 and 0 < len(sentence[begins[-1] : start].split()) < FEWEST_WORDS:
        begins.pop()
    end = BETWEEN.search(sentence, start)
    clause = sentence[begins[-1] : end.start() if end else None]
    return sentence[start:] if clause.strip().lower() == TODAY else clause


def _happens(clause: str) -> bool:
    words = _WORD.findall(clause.replace("’", "'"))
    lower = [word.lower() for word in words]
    future = word_class("planned") | _HAPPENED_OR_WILL
    tells = any(
        word in future or word.endswith("'ll") or (is_past_form(word) and written[0].islower())
        for word, written in zip(lower, words, strict=True)
    )
    return tells or _goes_on(lower)


def _goes_on(words: list[str]) -> bool:
    """Whether something is going on: "is getting", "are today celebrating", "we're seeing"."""
    being = [n for n, word in enumerate(words) if word in _BEING or word.endswith(("'re", "'m", "'s"))]
    return any(word.endswith("ing") for n in being for word in words[n + 1 : n + 3])
