"""Names that the parser overlooked and that their words or their place in the sentence give away."""

from __future__ import annotations

from collections.abc import Iterator

from flows.text.extract.entities.lexicons import honorifics, role_nouns
from flows.text.extract.entities.mending import (
    GLUED,
    NOT_NAMES,
    Candidate,
    is_role,
    make_candidate,
    mend_name,
)
from flows.text.extract.entities.names import is_given
from flows.text.extract.entities.places import find_place
from flows.text.extract.entities.tokens import Tokens
from flows.text.extract.words import word_group

SPEECH_LEMMAS = word_group("speech_lemmas")
NAME_TAGS = frozenset({"NNP", "NNPS"})
NOUN_PLACES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj"})
LONGEST_RUN = 4
"""Capitalised words taken after a title."""
LONGEST_ACRONYM = 6
"""Letters of the longest acronym; longer words in capitals are shouted."""


def find_unseen(tokens: Tokens) -> Iterator[Candidate]:
    """The surest first; they may overlap one another and what the parser found."""
    yield from _known_places(tokens)
    yield from _titled(tokens)
    yield from _glued(tokens)
    yield from _speaking(tokens)
    yield from _lone(tokens)


def _known_places(tokens: Tokens) -> Iterator[Candidate]:
    """Countries, demonyms and states; common words such as "turkey" need a name's tag."""
    size = len(tokens)
    for start in range(size):
        if tokens.tags[start] not in {"NNP", "NNPS", "JJ"} or not tokens.words[start][0].isupper():
            continue
        for length in (3, 2, 1):
            end = start + length
            if end > size or tokens.sentence[end - 1] != tokens.sentence[start]:
                continue
            place = find_place(tokens.text[tokens.starts[start] : tokens.ends[end - 1]])
            if place is not None and not _is_part_of_name(tokens, start, end):
                yield make_candidate(tokens, start, end, "NORP" if place.kind == "demonym" else "GPE")
                break


def _is_part_of_name(tokens: Tokens, start: int, end: int) -> bool:
    """As in "New Mexico City", "Michael Jordan": a capitalised neighbour that belongs to the name."""
    before = (
        start > 0
        and tokens.tags[start - 1] in NAME_TAGS
        and tokens.heads[start - 1] == end - 1
        and is_given(tokens.words[start - 1].lower())
    )
    return before or tokens.words[start].islower()


def _titled(tokens: Tokens) -> Iterator[Candidate]:
    """As in "Mr. Oh", "Gov. Jane Doe": a title and the capitalised words after it."""
    for at, word in enumerate(tokens.words[:-1]):
        title = word.rstrip(".").lower()
        if (
            not word[0].isupper()
            or title not in honorifics()
            or not (word.endswith(".") or (honorifics()[title][1] != "-" and len(word) <= 4))
        ):
            continue
        end = start = at + 1
        while (
            end < len(tokens)
            and end - start < 4
            and tokens.tags[end] in NAME_TAGS
            and tokens.words[end][0].isupper()
            and tokens.sentence[end] == tokens.sentence[at]
        ):
            end += 1
        if end > start and tokens.words[start].rstrip(".").lower() not in honorifics():
            yield make_candidate(tokens, start, end, "PERSON")


def _glued(tokens: Tokens) -> Iterator[Candidate]:
    """As in "leaderKim Jong Un": the name begins inside the token."""
    for start, word in enumerate(tokens.words):
        glued = GLUED.match(word)
        if not glued or glued.group(1) not in role_nouns():
            continue
        end = start + 1
        while end < len(tokens) and end - start < 4 and tokens.tags[end] in NAME_TAGS:
            end += 1
        yield make_candidate(tokens, start, end, "PERSON", skipped=len(glued.group(1)))


def _speaking(tokens: Tokens) -> Iterator[Candidate]:
    """As in "Doe said", where the parser saw no name."""
    for head, role in enumerate(tokens.deps):
        if (
            role != "nsubj"
            or tokens.tags[head] != "NNP"
            or tokens.lemmas[tokens.heads[head]] not in SPEECH_LEMMAS
        ):
            continue
        start = head
        while (
            start > 0
            and tokens.tags[start - 1] == "NNP"
            and tokens.heads[start - 1] == head
            and head - start < 3
        ):
            start -= 1
        if start > 0 and tokens.words[start - 1].lower() in {"the", "a", "an"}:
            continue
        if tokens.words[head][:1].isupper() and tokens.words[head].lower() not in role_nouns():
            yield from mend_name(tokens, start, head + 1, "ORG" if tokens.words[head].isupper() else "PERSON")


def _lone(tokens: Tokens) -> Iterator[Candidate]:
    """A capitalised proper noun between common words: "posted on Twitter"."""
    for at, word in enumerate(tokens.words):
        if (
            tokens.tags[at] != "NNP"
            or tokens.deps[at] not in NOUN_PLACES
            or not word[0].isupper()
            or len(word) < 3
        ):
            continue
        near = [near for near in (at - 1, at + 1) if 0 <= near < len(tokens)]
        beside = {
            tokens.tags[near]
            for near in near
            if tokens.words[near].lower() not in NOT_NAMES and tokens.words[near][0].isalnum()
        }
        if (
            beside & {"NNP", "NNPS", "CD", "HYPH"}
            or is_role(word)
            or (word.isupper() and len(word) > LONGEST_ACRONYM)
        ):
            continue
        yield from mend_name(tokens, at, at + 1, "ORG")
