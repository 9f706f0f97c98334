"""What an article says a person is: titles before the name, appositions, "is the ...", "(R-Tex.)".

Whom a description without a name means is decided in `references.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from flows.text.extract.entities.lexicons import honorifics, role_classes, role_nouns
from flows.text.extract.entities.mending import Candidate
from flows.text.extract.entities.names import normalise
from flows.text.extract.entities.places import find_place
from flows.text.extract.entities.tokens import Tokens

LONGEST_ROLE = 12
"""Tokens of a role; longer appositions are told in part."""
PARTIES = {
    "r": "republican",
    "d": "democrat",
    "i": "independent",
    "democratic": "democrat",
    "gop": "republican",
    "republicans": "republican",
    "democrats": "democrat",
}
ADDRESSES = frozenset({"mr", "mr.", "madam", "mrs.", "dear"})
MODIFIER_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "VBN", "HYPH", "CD"})


@dataclass
class Profile:
    """What is known of a person: roles as written, their nouns, and the words that go with them."""

    roles: dict[str, None] = field(default_factory=dict)
    titles: list[tuple[set[str], set[str]]] = field(default_factory=list)
    """For each role its nouns (its own, its class, wider ones) and its other words."""
    words: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    genders: set[str] = field(default_factory=set)

    def add(self, tokens: Tokens, span: range, head: int, *, as_role: bool = True) -> None:
        """Takes in the role that stands at the span."""
        noun = role_noun(tokens.words[head])
        if as_role:
            text = tokens.text[tokens.starts[span[0]] : tokens.ends[span[-1]]]
            if noun not in {"-", ""}:
                self.roles.setdefault(text)
        if noun_classes(noun):
            others = [at for at in span if at != head]
            self.titles.append((noun_classes(noun), {word for word, _ in described_words(tokens, others)}))
        gender = role_nouns().get(tokens.words[head].lower(), "-")
        if gender != "-":
            self.genders.add(gender)
        self.add_words(tokens, span)

    def add_words(self, tokens: Tokens, span: Iterable[int]) -> None:
        """Takes in places, parties and other words that describe the person."""
        for word, place in described_words(tokens, span):
            self.words.add(word)
            if place:
                self.places.add(word)


def role_noun(word: str) -> str:
    """The noun: "Sen." is "senator"; "-" for a title without a role, "" for no role at all."""
    lower = word.rstrip(".").lower()
    if word[0].isupper() and lower in honorifics():
        return honorifics()[lower][0]
    return lower if lower in role_nouns() else ""


def noun_classes(noun: str) -> set[str]:
    """The noun, its class, and the wider nouns."""
    role_class, wider = role_classes().get(noun, (noun, frozenset()))
    return {noun, role_class, *wider} - {"-", ""}


def described_words(tokens: Tokens, span: Iterable[int]) -> Iterable[tuple[str, bool]]:
    """Normal forms of the words, demonyms and abbreviations as the place they mean; and whether it is one."""
    span = list(span)
    at = 0
    while at < len(span):
        for length in (3, 2, 1):
            part = span[at : at + length]
            text = tokens.text[tokens.starts[part[0]] : tokens.ends[part[-1]]]
            place = find_place(text) if len(part) == length else None
            if place is not None:
                yield normalise(place.country if place.kind == "demonym" else place.name), True
                at += length
                break
        else:
            word = normalise(tokens.words[span[at]])
            if word:
                yield PARTIES.get(word, word), False
            at += 1


def read_roles(tokens: Tokens, candidate: Candidate, profile: Profile) -> None:
    """Adds to the profile what stands around this mention of the person."""
    _read_title(tokens, candidate, profile)
    _read_apposition(tokens, candidate, profile)
    _read_copula(tokens, candidate, profile)
    _read_brackets(tokens, candidate, profile)


def _read_title(tokens: Tokens, candidate: Candidate, profile: Profile) -> None:
    """As in "North Korean leader Kim", "Sen. Ted Cruz", "former President Bill Clinton"."""
    last = candidate.start - 1
    if candidate.char_start > tokens.starts[candidate.start]:
        glued = tokens.text[tokens.starts[candidate.start] : candidate.char_start]
        if glued in role_nouns():
            profile.roles.setdefault(glued)
            profile.titles.append((noun_classes(glued), set()))
    if last >= 0 and tokens.words[last] == ".":
        last -= 1
    if (
        last < 0
        or tokens.sentence[last] != tokens.sentence[candidate.start]
        or not role_noun(tokens.words[last])
    ):
        return
    first = last
    while first > 0 and last - first < LONGEST_ROLE and _continues_title(tokens, first - 1, first):
        first -= 1
    profile.add(tokens, range(first, last + 1), last)


def _continues_title(tokens: Tokens, before: int, first: int) -> bool:
    return (
        tokens.tags[before] in MODIFIER_TAGS
        and tokens.sentence[before] == tokens.sentence[first]
        and tokens.deps[before]
        in {"compound", "amod", "nmod", "punct", "npadvmod", "appos", "advmod", "poss"}
        and (before < tokens.heads[before] or tokens.words[before] == "-")
    )


def _read_apposition(tokens: Tokens, candidate: Candidate, profile: Profile) -> None:
    """As in "Kim, the North Korean leader,"; "the president, Donald Trump,"."""
    head = candidate.head
    for child in tokens.children[head]:
        if tokens.deps[child] == "appos" and child >= candidate.end and role_noun(tokens.words[child]):
            profile.add(tokens, phrase(tokens, child), child)
    above = tokens.heads[head]
    is_address = tokens.words[above - 1].lower() in ADDRESSES if above else False
    if (
        tokens.deps[head] == "appos"
        and role_noun(tokens.words[above])
        and above < candidate.start
        and not is_address
    ):
        profile.add(tokens, phrase(tokens, above), above)


def _read_copula(tokens: Tokens, candidate: Candidate, profile: Profile) -> None:
    """As in "Kim is the leader of North Korea"."""
    verb = tokens.heads[candidate.head]
    if tokens.deps[candidate.head] != "nsubj" or tokens.lemmas[verb] != "be":
        return
    children = tokens.children[verb]
    if any(tokens.deps[child] in {"neg", "aux"} for child in children):
        return
    for child in children:
        if tokens.deps[child] == "attr" and role_noun(tokens.words[child]):
            profile.add(tokens, phrase(tokens, child), child)


def _read_brackets(tokens: Tokens, candidate: Candidate, profile: Profile) -> None:
    """As in "(R-Texas)", "of Texas", ", Republican of Iowa"."""
    at = candidate.end
    if at < len(tokens) and tokens.words[at] == "(":
        inside: list[int] = []
        while len(inside) < 6 and at + 1 < len(tokens) and tokens.words[at + 1] != ")":
            at += 1
            inside.append(at)
        profile.add_words(tokens, inside)
    for child in tokens.children[candidate.head]:
        if tokens.words[child] == "of" and child == candidate.end:
            profile.add_words(tokens, range(child + 1, min(child + 4, len(tokens))))


def phrase(tokens: Tokens, head: int) -> range:
    """The noun phrase of a role: modifiers before it without the article, and "of ..." after it."""
    first = after = head
    for child in tokens.children[head]:
        if child < head and tokens.deps[child] in {"compound", "amod", "nmod", "npadvmod"}:
            first = min(first, _leftmost(tokens, child))
    for child in tokens.children[head]:
        if (
            child == after + 1
            and tokens.deps[child] == "prep"
            and tokens.words[child] in {"of", "for", "at", "in"}
        ):
            after = _rightmost(tokens, child, head + LONGEST_ROLE)
    return range(max(first, head - LONGEST_ROLE), after + 1)


def _leftmost(tokens: Tokens, token: int) -> int:
    while inner := [
        child for child in tokens.children[token] if child < token and tokens.pos[child] != "DET"
    ]:
        token = inner[0]
    return token


def _rightmost(tokens: Tokens, token: int, limit: int) -> int:
    """The last token of the phrase, up to the first comma or clause."""
    while True:
        inner = [
            child
            for child in tokens.children[token]
            if token < child <= limit and tokens.deps[child] in {"pobj", "prep", "pcomp"}
        ]
        if not inner:
            return token
        token = inner[-1]
