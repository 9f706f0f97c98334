"""Names whose sentence shows them to be a person's, or a body's, whatever the parser called them.

Looks at one name and the words around it; that equal names of an article get one label is decided
in `labels.py`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from flows.text.extract.entities.lexicons import honorifics, organisation_words, role_nouns
from flows.text.extract.entities.mending import THING_WORDS, Candidate
from flows.text.extract.entities.names import COMPANY_SUFFIXES, given_gender, is_given, normalise
from flows.text.extract.entities.places import find_place
from flows.text.extract.entities.tokens import Tokens
from flows.text.extract.words import word_group

MISREAD_LABELS = frozenset({"ORG", "GPE", "PRODUCT", "FAC", "NORP", "LOC", "WORK_OF_ART", "LAW", "EVENT"})
"""Labels that the parser gives to people."""
LONGEST_PERSON = 4
"""Words of the longest name that is taken for a person's."""
LEAST_BODY = 2
"""Words from which on a name without a given name may be a company's; "Doe's shares" may be a person's."""
LEAST_SHARE = 1 / 3
"""Share of a name's mentions that must show a person before all of them are taken for one."""
LOOKED_BACK = 2
"""Sentences before the name in which nobody else may appear whom a pronoun after it could mean."""
GENDER_OF = {"he": "m", "she": "f"}
NEUTER = frozenset({"it", "its", "itself"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
HUMAN_VERBS = word_group("human_verbs")
BODY_ROLES = word_group("roles_of_bodies")
BODY_POSSESSIONS = word_group("possessions_of_bodies")
LOOSE_TITLES = word_group("loose_titles")
"""Titles that also begin names of bodies: "General Motors"."""


def tell_people(tokens: Tokens, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates; those shown to be people are labelled PERSON, companies taken for people ORG."""
    company = _Company(tokens, candidates)
    shown: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for name in candidates:
        if name.label in MISREAD_LABELS or name.label == "PERSON":
            key = normalise(name.text)
            seen[key] += 1
            if name.label == "PERSON":
                shown[key] -= _shows_body(tokens, name)
            else:
                shown[key] += _shows_person(tokens, name, company)
    labels = {
        key: "PERSON" if points > 0 else "ORG"
        for key, points in shown.items()
        if abs(points) and abs(points) >= LEAST_SHARE * seen[key]
    }
    if not labels:
        return candidates
    return [
        replace(name, label=labels.get(normalise(name.text), name.label))
        if name.label in MISREAD_LABELS or name.label == "PERSON"
        else name
        for name in candidates
    ]


def may_be_person(words: list[str]) -> bool:
    """Whether the words can be a full name: a known given name first, no word of a body or thing."""
    return is_given(words[0]) and _is_personal(words) and len(words) > 1


def _is_personal(words: list[str]) -> bool:
    """Not "Harley Davidson Inc.", "Edward Island", "Anna Holt Foundation"."""
    return 0 < len(words) <= LONGEST_PERSON and not any(
        word in organisation_words() or word in COMPANY_SUFFIXES or word in THING_WORDS for word in words
    )


def _shows_person(tokens: Tokens, name: Candidate, company: _Company) -> bool:
    words = normalise(name.text).split()
    if not _is_personal(words) or find_place(name.text) is not None:
        return False
    if _follows_title(tokens, name):
        return True
    if may_be_person(words):
        return (
            _follows_role(tokens, name) or _does_as_people_do(tokens, name) or company.is_he(name, words[0])
        )
    return len(words) == 1 and company.is_he(name, words[0])


def _follows_title(tokens: Tokens, name: Candidate) -> bool:
    """As in "Governor Doe", "Judge Jane Doe"."""
    if not name.start or name.char_start > tokens.starts[name.start]:
        return False
    word = tokens.words[name.start - 1]
    title = word.rstrip(".").lower()
    return (
        word[0].isupper()
        and title in honorifics()
        and title not in LOOSE_TITLES
        and tokens.sentence[name.start - 1] == tokens.sentence[name.start]
        and not name.text.isupper()
    )


def _follows_role(tokens: Tokens, name: Candidate) -> bool:
    """As in "chief executive Jane Doe"; not "its rival Calvin Klein", "billionaire Acme owner Doe"."""
    if tokens.deps[name.head] in {"compound", "nmod"}:
        return False
    before = tokens.words[name.start - 1].lower() if name.start else ""
    return before in role_nouns() and before not in BODY_ROLES


def _does_as_people_do(tokens: Tokens, name: Candidate) -> bool:
    """As in "Jane Doe smiled", "Jane Doe was born", "Jane Doe was at home"."""
    if tokens.deps[name.head] not in SUBJECTS:
        return False
    verb = tokens.heads[name.head]
    if tokens.lemmas[verb] in HUMAN_VERBS:
        return True
    return tokens.lemmas[verb] == "be" and [
        tokens.words[at].lower() for at in range(verb + 1, min(verb + 3, len(tokens)))
    ] == ["at", "home"]


def _shows_body(tokens: Tokens, name: Candidate) -> bool:
    """As in "Acme Water's shares", "shares of Acme Water", where no given name says otherwise."""
    above = tokens.heads[name.head]
    if tokens.deps[name.head] == "pobj" and tokens.words[above] == "of":
        above = tokens.heads[above]
    elif tokens.deps[name.head] != "poss":
        return False
    if tokens.words[above].lower() not in BODY_POSSESSIONS:
        return False
    words = normalise(name.text).split()
    return len(words) >= LEAST_BODY and not is_given(words[0])


class _Company:
    """Who else is there: tells whether "he" or "she" after a name can mean nobody but it."""

    def __init__(self, tokens: Tokens, candidates: list[Candidate]) -> None:
        self.tokens = tokens
        people = [name for name in candidates if name.label == "PERSON"]
        self.first_person = min((name.start for name in people), default=len(tokens))
        self.named = {name.head for name in people}

    def is_he(self, name: Candidate, first: str) -> bool:
        """As in "Jane Doe was out. ... she said"; a single word must stand before any person's name."""
        tokens = self.tokens
        if tokens.deps[name.head] not in SUBJECTS or tokens.quoted[name.head]:
            return False
        if " " not in name.text and (self.first_person < name.start or name.text.isupper()):
            return False
        sentence = tokens.sentence[name.start]
        if self._has_others(name.start, sentence):
            return False
        for at in range(name.end, len(tokens)):
            word = tokens.words[at].lower()
            if tokens.sentence[at] > sentence + 1 or self._is_other(at) or word in NEUTER:
                return False
            if word in GENDER_OF and not tokens.quoted[at]:
                return given_gender(first) in (None, GENDER_OF[word])
        return False

    def _has_others(self, start: int, sentence: int) -> bool:
        """Whether somebody stands in the sentences before the token."""
        at = start - 1
        while at >= 0 and self.tokens.sentence[at] >= sentence - LOOKED_BACK:
            if self._is_other(at):
                return True
            at -= 1
        return False

    def _is_other(self, token: int) -> bool:
        """A person's name, or a noun for one that stands alone."""
        if token in self.named:
            return True
        return self.tokens.tags[token] == "NN" and self.tokens.words[token].lower() in role_nouns()
