"""Descriptions that name nobody: "the North Korean leader", "a spokesman", "the ministry".

Reads one and says how well it fits what is known of a person; which person is meant is decided in
`references.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flows.text.extract.entities.lexicons import role_classes, role_nouns
from flows.text.extract.entities.mending import is_role
from flows.text.extract.entities.roles import Profile, described_words, noun_classes, phrase
from flows.text.extract.entities.tokens import Tokens
from flows.text.extract.words import word_group

DEFINITE = frozenset({"the", "this", "that"})
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "conj", "poss", "appos", "agent"})
UNREAL = word_group("unreal_modifiers")
"""Words that make a definite description mean an office or a kind rather than a person."""
PREDICATE_PREPOSITIONS = frozenset({"as", "like", "than"})
QUALIFIERS = {
    "vice": 2.0,
    "deputy": 2.0,
    "assistant": 2.0,
    "former": 1.0,
    "ex": 1.0,
    "acting": 0.5,
    "late": 1.0,
}
"""Words that must stand in both or in neither, and what it costs where they do not."""
PARTY_WORDS = frozenset({"republican", "democrat", "independent"})
CIVIL = frozenset({"business", "performer", "lawyer", "comedian", "rapper"})
OFFICES = frozenset(
    {"senator", "governor", "representative", "president", "mayor", "minister", "judge", "secretary"}
)
OTHER_CALLING = -1.0
"""A senator is not called "the businessman" unless the article says he is one."""
SAME_NOUN, SAME_CLASS = 2.0, 1.6
SAME_WORD, OTHER_PLACE, OTHER_PARTY = 0.7, -2.0, -2.0
"""Points of `role_match`; set so that a wrong place or party outweighs an equal noun."""


@dataclass(frozen=True, slots=True)
class Description:
    """tokens[start:end] with its noun; `named` is the cluster of a name that stands in apposition."""

    start: int
    end: int
    head: int
    noun: str
    words: tuple[tuple[str, bool], ...]
    definite: bool
    is_person: bool
    restricted: bool
    """Told apart by a clause: "the woman who ..."."""
    named: int | None


def read_description(tokens: Tokens, head: int, name_at: Mapping[int, int]) -> Description | None:
    """The description around a noun; None where the noun is part of a name, a title or a predicate."""
    noun = tokens.words[head].lower()
    if tokens.tags[head] not in {"NN", "NNP"}:
        return None
    named = _attached_name(tokens, head, name_at)
    following = tokens.tags[head + 1] if head + 1 < len(tokens) else ""
    if named is None and following in {"NNP", "NNPS"}:  # a title before a name that is not known
        return None
    if named is None and tokens.deps[head] not in ARGUMENTS:
        return None
    span = phrase(tokens, head)
    before = span[0] - 1
    article = tokens.words[before].lower() if before >= 0 else ""
    words = tuple(pair for pair in described_words(tokens, [at for at in span if at != head]))
    return Description(
        start=before if article in DEFINITE else span[0],
        end=span[-1] + 1,
        head=head,
        noun=noun,
        words=words,
        definite=article in DEFINITE and _is_real(tokens, head, words),
        is_person=noun in role_nouns(),
        restricted=any(
            tokens.deps[child] == "relcl" and tokens.words[span[-1] + 1] != ","
            for child in tokens.children[head]
        ),
        named=named,
    )


def _attached_name(tokens: Tokens, head: int, name_at: Mapping[int, int]) -> int | None:
    """The cluster in "the president, Jane Doe", "Jane Doe, the president", "the comedian Jane Doe"."""
    if head + 1 in name_at and tokens.words[head + 1][0].isupper():
        return name_at[head + 1]
    above = tokens.heads[head]
    if (
        tokens.deps[head] in {"appos", "compound", "nmod"}
        and above in name_at
        and tokens.words[above][0].isupper()
    ):
        return name_at[above] if tokens.deps[head] == "appos" or above > head else None
    for child in tokens.children[head]:
        if tokens.deps[child] == "appos" and child in name_at:
            return name_at[child]
    return _name_between_commas(tokens, phrase(tokens, head)[-1] + 1, name_at)


def _name_between_commas(tokens: Tokens, comma: int, name_at: Mapping[int, int]) -> int | None:
    """The name after "the mayor of Ayton", where the parser saw no apposition: ", Jane Doe, ..."."""
    start = comma + 1
    while start < len(tokens) and is_role(tokens.words[start]):
        start += 1
    if start >= len(tokens) or tokens.words[comma] != "," or start not in name_at:
        return None
    end = start
    while end < len(tokens) and name_at.get(end) == name_at[start]:
        end += 1
    return name_at[start] if end < len(tokens) and tokens.words[end] == "," else None


def _is_real(tokens: Tokens, head: int, words: tuple[tuple[str, bool], ...]) -> bool:
    """Whether a person is meant, not an office or a role to be filled."""
    if any(word in UNREAL for word, _ in words):
        return False
    above = tokens.heads[head]
    if tokens.deps[head] == "pobj" and tokens.words[above].lower() in PREDICATE_PREPOSITIONS:
        return False
    return tokens.deps[head] != "appos"


def role_match(description: Description, profile: Profile) -> float:
    """How well the description fits the person: above 0 it fits, below 0 something contradicts it."""
    wanted = {word for word, _ in description.words}
    best = 0.0
    own_class = role_classes().get(description.noun, (description.noun, None))[0]
    for heads, words in profile.titles:
        fit = SAME_NOUN if description.noun in heads else SAME_CLASS if own_class in heads else 0.0
        if fit:
            fit -= sum(cost for word, cost in QUALIFIERS.items() if (word in wanted) != (word in words))
            best = max(best, fit)
    if own_class in CIVIL and not best and any(heads & OFFICES for heads, _ in profile.titles):
        return OTHER_CALLING
    return best + _word_points(description, profile, has_role=best > 0)


def is_other_calling(description: Description, profile: Profile) -> bool:
    """Whether the noun is a politician's and the person something else, or the other way round."""
    known = [heads for heads, _ in profile.titles]
    if "politician" in noun_classes(description.noun):
        return bool(known) and not any("politician" in heads for heads in known)
    return any(heads & OFFICES for heads in known)


def _word_points(description: Description, profile: Profile, *, has_role: bool) -> float:
    points, specific = 0.0, False
    for word, is_place in description.words:
        if word in profile.words:
            points += SAME_WORD
            specific |= is_place or word in PARTY_WORDS
        elif is_place and profile.places:
            points += OTHER_PLACE
        elif word in PARTY_WORDS and profile.words & PARTY_WORDS:
            points += OTHER_PARTY
    if description.noun in PARTY_WORDS:
        if description.noun in profile.words:
            points += SAME_WORD
        elif profile.words & PARTY_WORDS:
            points += OTHER_PARTY
        return points if specific or points < 0 else 0.0
    return points if has_role or points < 0 else 0.0
