"""Mentions that the parser overlooked although the same name stands elsewhere in the article."""

from __future__ import annotations

from collections import Counter

from flows.text.extract.entities.mending import Candidate, make_candidate
from flows.text.extract.entities.tokens import Tokens

REPEATED_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})

NAME_TAGS = frozenset({"NNP", "NNPS", "DT", "JJ"})

Surfaces = dict[str, list[tuple[tuple[str, ...], str]]]


def add_overlooked(tokens: Tokens, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates with those added; a longer known name replaces the part of it that was found."""
    surfaces = _known_surfaces(tokens, candidates)
    common = set(tokens.words)
    owner = {token: at for at, name in enumerate(candidates) for token in range(name.start, name.end)}
    added, replaced, end = [], set(), 0
    for start, word in enumerate(tokens.words):
        if start < end or word not in surfaces:
            continue
        for words, label in surfaces[word]:
            stop = start + len(words)
            if (
                tuple(tokens.words[start:stop]) != words
                or tokens.sentence[start] != tokens.sentence[stop - 1]
            ):
                continue  # "made in the U.S." and, a paragraph on, "Apple said" are no "U.S. Apple"
            if tokens.tags[start] not in NAME_TAGS and (label != "PERSON" or word.lower() in common):
                break
            inside = {owner[token] for token in range(start, stop) if token in owner}
            if any(_reaches_out(candidates[at], start, stop) for at in inside):
                break
            added.append(make_candidate(tokens, start, stop, label))
            replaced |= inside
            end = stop
            break
    kept = [name for at, name in enumerate(candidates) if at not in replaced]
    return sorted([*kept, *added], key=lambda name: name.char_start)


def _reaches_out(name: Candidate, start: int, stop: int) -> bool:
    """The name is as long as the known one, or goes beyond it."""
    return name.start < start or name.end > stop or name.end - name.start >= stop - start


def _known_surfaces(tokens: Tokens, candidates: list[Candidate]) -> Surfaces:
    """By first word, longest first: names of several words, acronyms, and the family names of people."""
    labels: dict[tuple[str, ...], Counter[str]] = {}
    for name in candidates:
        words = tuple(tokens.words[name.start : name.end])
        if (
            name.label not in REPEATED_LABELS
            or len(name.text) != tokens.ends[name.end - 1] - tokens.starts[name.start]
        ):
            continue
        if len(words) > 1 or (len(name.text) > 2 and name.text.isupper()):
            labels.setdefault(words, Counter())[name.label] += 1
        if name.label == "PERSON" and words[-1].istitle() and len(words[-1]) > 2:
            labels.setdefault(words[-1:], Counter())["PERSON"] += 1
    surfaces: Surfaces = {}
    for words in sorted(labels, key=len, reverse=True):
        surfaces.setdefault(words[0], []).append((words, labels[words].most_common(1)[0][0]))
    return surfaces
