"""Mentions of names in an article: the parser's, mended, and those it overlooked.

Which entity a mention means is decided in `joining.py`.
"""

from __future__ import annotations

from flows.text.extract.entities.mending import Candidate, mend_name
from flows.text.extract.entities.tokens import Tokens
from flows.text.extract.entities.unseen import LONGEST_ACRONYM, find_unseen

KEPT_LABELS = frozenset(
    {"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"}
)
LEAST_CAPITALS_JUDGED = 5
MOST_CAPITALS = 0.6
"""Share of upper-case words from which on a sentence is a headline in capitals, where case tells no names."""


def find_candidates(tokens: Tokens) -> list[Candidate]:
    """All mentions in order, none overlapping."""
    shouted = _shouted_sentences(tokens)
    found = [
        name
        for raw in tokens.raw_names
        if raw.label in KEPT_LABELS
        for name in mend_name(tokens, raw.start, raw.end, raw.label)
    ]
    taken = bytearray(len(tokens))
    kept = []
    for name in [*found, *find_unseen(tokens)]:
        if any(taken[name.start : name.end]) or tokens.sentence[name.start] in shouted:
            continue
        taken[name.start : name.end] = b"\x01" * (name.end - name.start)
        kept.append(name)
    return sorted(kept, key=lambda name: name.char_start)


def _shouted_sentences(tokens: Tokens) -> set[int]:
    """Sentences in capitals."""
    lengths: dict[int, list[int]] = {}
    for word, sentence in zip(tokens.words, tokens.sentence, strict=True):
        if len(word) > 1 and word.isalpha():
            lengths.setdefault(sentence, []).append(len(word) if word.isupper() else 0)
    return {
        sentence
        for sentence, upper in lengths.items()
        if sum(map(bool, upper)) >= MOST_CAPITALS * len(upper)
        and (len(upper) >= LEAST_CAPITALS_JUDGED or (min(upper) and max(upper) > LONGEST_ACRONYM))
    }
