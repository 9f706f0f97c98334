"""One name as the parser saw it, mended: none, one or several candidates.

Names that the parser overlooked are found in `unseen.py`; which entity is meant is decided in
`joining.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flows.text.extract.entities.lexicons import honorifics, organisation_words, role_nouns
from flows.text.extract.entities.names import COMPANY_SUFFIXES, SUFFIXES, is_given, normalise
from flows.text.extract.entities.places import find_place
from flows.text.extract.entities.tokens import Tokens
from flows.text.extract.words import word_group

LONGEST_NAME = 12
"""Tokens of the longest name; a longer "name" is a misreading."""
SEPARATORS = frozenset(
    {",", ";", ":", "/", "|", "(", ")", "[", "]", "—", "–", "--", "―", "“", "”", '"', "…", "...", "•"}
)
LEAST_JOINED = 2
"""Words on each side of the hyphen from which on it joins two names: "Acme News-Daily Post"."""
TRIMMED_BEFORE = word_group("words_before_names")
TRIMMED_AFTER = frozenset({"'s", "’s", "'", "’", "-", ".", "!", "?", "and", "the", "of", "*", "s"})
THING_WORDS = word_group("things_named_after_people")
"""As in "Prince Edward Island", where the title belongs to the name."""
LAST_OF_BODIES = word_group("last_words_of_bodies")
"""As in "Ayton Water", "Ayton Herald"; "Ann Steel" is a person."""
NOT_NAMES = word_group("capitalised_common_words")
POSSESSIVE = re.compile(r"(?:['’‘`]s)?[\s'’‘`,;:!?)\]”\"*—–-]*$")
LOOSE_BEFORE = frozenset("“‘\"'’([*#@")
GLUED = re.compile(r"^([a-z]{3,})([A-Z][a-z]+)$")
GLUE_WORDS = frozenset({"the", "and", "with", "from", "that", "for", "said", "says"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span taken for a name: tokens[start:end], with offsets because a name may begin inside a token."""

    start: int
    end: int
    label: str
    char_start: int
    char_end: int
    text: str
    head: int
    """The token of the name that the rest of the sentence hangs on."""
    raw_label: str = ""
    """What the parser called it."""


def make_candidate(tokens: Tokens, start: int, end: int, label: str, *, skipped: int = 0) -> Candidate:
    """The candidate over tokens[start:end], without the first `skipped` characters."""
    char_start, char_end = tokens.starts[start] + skipped, tokens.ends[end - 1]
    while char_end - char_start > 1 and tokens.text[char_start] in LOOSE_BEFORE:
        char_start += 1
    possessive = POSSESSIVE.search(tokens.text, char_start, char_end)
    if possessive and possessive.start() > char_start:
        char_end = possessive.start()
    head = tokens.head_of(range(start, end))
    return Candidate(
        start,
        end,
        label,
        char_start,
        char_end,
        tokens.text[char_start:char_end],
        end - 1 if head is None else head,
    )


def mend_name(tokens: Tokens, start: int, end: int, label: str) -> Iterator[Candidate]:
    """One name of the parser as none, one or several."""
    for part_start, part_end in _split(tokens, start, end, label):
        first, after, skipped = _trim(tokens, part_start, part_end, label)
        if not 0 < after - first <= LONGEST_NAME:
            continue
        name = make_candidate(tokens, first, after, label, skipped=skipped)
        if _is_name(name):
            yield _with_following(tokens, replace(name, label=_mended_label(name), raw_label=label))


def _with_following(tokens: Tokens, name: Candidate) -> Candidate:
    """With the capitalised noun that an adjective hangs on: "Islamic State", seen as "Islamic" only."""
    head = tokens.heads[name.end - 1]
    if (
        name.label != "NORP"
        or not name.end <= head < name.end + 3
        or tokens.deps[name.end - 1] not in {"compound", "amod", "nmod"}
    ):
        return name
    following = range(name.end, head + 1)
    if any(tokens.tags[at] != "NNP" or is_role(tokens.words[at]) for at in following):
        return name
    if (
        tokens.words[head].lower() in honorifics()
        or is_given(tokens.words[name.end].lower())
        or find_place(tokens.words[head])
    ):
        return name
    return replace(make_candidate(tokens, name.start, head + 1, "ORG"), raw_label=name.raw_label)


def is_role(word: str) -> bool:
    """Whether the word is a title or a noun for what a person is."""
    return word.rstrip(".").lower() in honorifics() or word.lower() in role_nouns()


def _split(tokens: Tokens, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
    """At punctuation ("the Group of Seven, European Union"), and between two people."""
    first = start
    for at in range(start, end):
        word = tokens.words[at]
        suffix_next = at + 1 < end and normalise(tokens.words[at + 1]) in SUFFIXES | COMPANY_SUFFIXES
        if word == "," and suffix_next:
            continue
        is_joint = (word == "and" and label == "PERSON") or (
            word == "-" and label == "ORG" and min(at - first, end - at - 1) >= LEAST_JOINED
        )
        if (word in SEPARATORS and label != "WORK_OF_ART") or is_joint:
            yield first, at
            first = at + 1
    yield first, end


def _trim(tokens: Tokens, first: int, after: int, label: str) -> tuple[int, int, int]:
    """Without articles, possessives, stray marks, titles; and the characters glued before the first word."""
    words = tokens.words
    while first < after and words[first].lower() in TRIMMED_BEFORE:
        first += 1
    while first < after and words[after - 1].lower() in TRIMMED_AFTER:
        after -= 1
    if label in {"PERSON", "ORG", "GPE"} and words[after - 1].lower() not in THING_WORDS:
        while after - first > 1 and _is_title(words[first], words[first + 1], person=label == "PERSON"):
            first += 1
            if words[first] == ".":
                first += 1
    if first >= after:
        return first, first, 0
    glued = GLUED.match(words[first])
    skipped = (
        len(glued.group(1))
        if glued and (glued.group(1) in role_nouns() or glued.group(1) in GLUE_WORDS)
        else 0
    )
    return first, after, skipped


def _is_title(word: str, following: str, *, person: bool) -> bool:
    """As in "Sen." or "leader" before a name; "Dean" or "Major" may be the name itself."""
    title = word.rstrip(".").lower()
    if not (following[0].isupper() or following == "."):
        return False
    if word.endswith(".") or following == ".":
        return title in honorifics()
    return (
        person
        and (title in honorifics() or title in role_nouns())
        and not (word.istitle() and is_given(title))
    )


def _is_name(name: Candidate) -> bool:
    text = name.text
    if not any(letter.isupper() for letter in text) or "http" in text or "@" in text:
        return False
    key = normalise(text)
    return len(key) > 1 and key not in NOT_NAMES and (key not in honorifics() or is_given(key))


def _mended_label(name: Candidate) -> str:
    """The label that the words of the name themselves tell, else the parser's."""
    place = find_place(name.text)
    parts = normalise(name.text).split()
    if (
        place is not None
        and name.label not in {"LANGUAGE"}
        and not (name.label == "PERSON" and is_given(parts[0]))
    ):
        return "NORP" if place.kind == "demonym" else "GPE"
    if (
        name.label in {"PERSON", "GPE", "NORP", "FAC", "PRODUCT"}
        and len(parts) > 1
        and (
            parts[-1] in organisation_words()
            or (parts[-1] in LAST_OF_BODIES and not is_given(parts[0]))
            or parts[-2:] == ["white", "house"]
        )
    ):
        return "ORG"
    return name.label
