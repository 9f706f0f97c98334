"""What kind of thing each mention names: one label for equal names of an article."""

from __future__ import annotations

from collections import Counter

from flows.text.extract.entities.lexicons import honorifics, organisation_words, role_nouns
from flows.text.extract.entities.mending import Candidate
from flows.text.extract.entities.names import family_name, normalise
from flows.text.extract.entities.people import BODY_ROLES, may_be_person
from flows.text.extract.entities.places import find_place
from flows.text.extract.entities.tokens import Tokens

PERSON_EVIDENCE = 5
"""Votes of "Mr." and the like against the parser's label."""


def voted_labels(tokens: Tokens, candidates: list[Candidate]) -> list[str]:
    """One label for equal names: the most frequent, with what shows a person counted in."""
    votes: dict[str, Counter[str]] = {}
    for candidate in candidates:
        counts = votes.setdefault(normalise(candidate.text), Counter())
        counts[candidate.label] += 1
        if shows_person(tokens, candidate):
            counts["PERSON"] += PERSON_EVIDENCE
    voted = {key: max(counts, key=lambda label: counts[label]) for key, counts in votes.items()}
    people = [key.split() for key, label in voted.items() if label == "PERSON"]
    families = {family_name(tuple(parts)) for parts in people if len(parts) > 1}
    named = {parts[0] for parts in people if len(parts) == 1}
    return [_label(tokens, candidate, voted, families, named) for candidate in candidates]


def _label(
    tokens: Tokens, candidate: Candidate, voted: dict[str, str], families: set[str], named: set[str]
) -> str:
    """A single word that is somebody's family name, and a full name whose last word is called Mr."""
    key = normalise(candidate.text)
    parts = key.split()
    if key in families and _may_be_family_name(tokens, candidate):
        return "PERSON"
    is_full = len(parts) in {2, 3} and parts[-1] in named and voted[key] in {"ORG", "GPE", "NORP", "FAC"}
    if is_full and find_place(candidate.text) is None and not set(parts) & organisation_words():
        return "PERSON"
    return voted[key]


def _may_be_family_name(tokens: Tokens, candidate: Candidate) -> bool:
    """In "Cuban said" it is, in "the Cuban" and "Cuban exiles" not; "Washington" needs the parser's word."""
    place = find_place(candidate.text)
    if place is None or candidate.raw_label == "PERSON":
        return True
    before = tokens.words[candidate.start - 1].lower() if candidate.start else ""
    role = tokens.deps[candidate.head]
    return place.kind == "demonym" and role in {"nsubj", "dobj", "pobj"} and before not in {"the", "a", "an"}


def shows_person(tokens: Tokens, candidate: Candidate) -> bool:
    """As in "Doe, who ...", "Doe, the former chief executive, ...", "Mr. Doe"."""
    before = tokens.words[candidate.start - 1].rstrip(".").lower() if candidate.start else ""
    if honorifics().get(before, ("-", "-"))[1] != "-":
        return True
    for child in tokens.children[candidate.head]:
        if child < candidate.end:
            continue
        if tokens.deps[child] == "appos" and _is_personal_role(tokens.words[child].lower(), candidate):
            return True
        if tokens.deps[child] == "relcl" and any(
            tokens.words[inner].lower() == "who" for inner in tokens.children[child]
        ):
            return True
    return False


def _is_personal_role(noun: str, candidate: Candidate) -> bool:
    """Not "Acme, the owner of the mill", "France, a member": bodies and countries are that too."""
    if noun not in role_nouns():
        return False
    return noun not in BODY_ROLES or may_be_person(normalise(candidate.text).split())
