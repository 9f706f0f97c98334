"""Which paragraphs are English prose that a model can be given, and in what pieces.

Also the analysis of those that are not: tokens only. The model itself is `parse.py`'s.
"""

from __future__ import annotations

import re

from flows.text.extract.words import word_group
from flows.text.types import Parse

LONGEST_PIECE = 5_000
"""Characters given to the model at once; longer paragraphs are cut between sentences."""
LONGEST_WORD = 200
"""Characters without white space after which a paragraph is not read as prose."""
SHORTEST_JUDGED = 15
"""Words from which on a paragraph must have some like "the"; headlines and lists may have none."""
LEAST_FUNCTION_WORDS = 0.04
"""Share of words such as "the" and "of"; English news has 0.25 to 0.5, lists of names some 0.05."""

FUNCTION_WORDS = word_group("function_words")
FOREIGN_WORDS = word_group("foreign_function_words")
MARKS = "“\"‘'(,.”’"
PIECE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\s*\n\s*")
PLAIN_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|\w+|[^\w\s]")
SENTENCE_END = frozenset(".!?。！？")


def is_english_prose(text: str) -> bool:
    """Whether the model can be trusted with a paragraph: its words are words, and not another language's."""
    words = text[: 4 * LONGEST_PIECE].split()
    if words and max(map(len, words)) > LONGEST_WORD:
        return False
    if sum(map(str.isascii, text)) * 2 < len(text):
        return False
    plain = [word.strip(MARKS).lower() for word in words]
    english = sum(word in FUNCTION_WORDS for word in plain)
    foreign = sum(word in FOREIGN_WORDS for word in plain)
    if foreign > english:
        return False
    return len(words) < SHORTEST_JUDGED or english >= LEAST_FUNCTION_WORDS * len(words)


def cut_pieces(text: str) -> list[str]:
    """The text in pieces of at most LONGEST_PIECE characters, cut after a sentence where there is one."""
    pieces, start = [], 0
    while len(text) - start > LONGEST_PIECE:
        limit = start + LONGEST_PIECE
        ends = [match.end() for match in PIECE_END.finditer(text, start + LONGEST_PIECE // 2, limit)]
        blank = text.rfind(" ", start + 1, limit)
        end = ends[-1] if ends else blank + 1 if blank > start else limit
        pieces.append(text[start:end])
        start = end
    return [*pieces, text[start:]]


def plain_parse(text: str) -> Parse:
    """Tokens without analysis: every token is its own root, so that no rule over grammar finds anything."""
    tokens = list(PLAIN_TOKEN.finditer(text))
    words = tuple(token.group() for token in tokens)
    firsts = [at for at in range(len(words)) if at == 0 or words[at - 1] in SENTENCE_END]
    return Parse(
        text=text,
        words=words,
        starts=tuple(token.start() for token in tokens),
        lemmas=words,
        tags=("XX",) * len(words),
        pos=("X",) * len(words),
        deps=("dep",) * len(words),
        heads=tuple(range(len(words))),
        sentence_starts=tuple(firsts),
        entities=(),
    )
