"""What identifies an entity across articles: a key made from its name, label and country."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from flows.text.extract.entities.names import (
    acronyms,
    family_first,
    family_name,
    name_parts,
    normalise,
    organisation_key,
)

PLACES = frozenset({"GPE", "LOC"})
PEOPLES = frozenset({"NORP", "LANGUAGE"})
LEAST_ACRONYM = 3
"""Letters from which on an acronym may be told from the initials of a name alone."""
LONGEST_ACRONYM = 6
"""Letters up to which a word in capitals is an acronym; a longer one may be a headline's."""
ID_LENGTH = 16
"""Hexadecimal digits of an entity_id: 64 bits keep ten million entities apart."""


@dataclass(frozen=True, slots=True)
class EntityKey:
    """`key` names the entity; `short` is the family name or acronym it may be called by.

    Where the name itself is only that (`full` is false), other articles may tell whose it is.
    `bare` is the name alone, equal for "Anna B. Holt" as a person and "Anna Holt" as a body;
    `initials` are the acronyms that a body's full name may be shortened to.
    `group` is the kind of thing: "person", "place", "people" or "body".
    """

    key: str
    short: str | None
    full: bool
    bare: str
    initials: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The first word of the key."""
        return self.key.partition(" ")[0]

    @property
    def entity_id(self) -> str:
        """The id that the key gives."""
        return hash_key(self.key)

    @property
    def wide(self) -> bool:
        """Whether the name has several words, so that it means the same in all stories."""
        return " " in self.bare

    @property
    def family(self) -> str | None:
        """The key of a person's family name alone."""
        return f"person {self.short}" if self.group == "person" and self.full else None


def entity_key(name: str, label: str, country_code: str | None) -> EntityKey:
    """The key of a name.

    "Donald J. Trump" and "Donald Trump" have one, so have "the Acme Corp." and "Acme"; middle
    names and legal forms do not count, and of the label only whether it is a person, a place, a
    people or anything else.
    """
    parts = name_parts(name) or (normalise(name),)
    bare = _bare_person(parts)
    if label == "PERSON":
        return EntityKey(f"person {bare}", family_name(parts), len(parts) > 1, bare)
    if label in PLACES and (country_code or not _is_acronym(name)):
        return EntityKey(f"place {normalise(name)} {country_code or ''}".strip(), None, True, bare)
    if label in PEOPLES:
        return EntityKey(f"people {normalise(name).removesuffix('s')}", None, True, bare)
    key = organisation_key(name)
    if " " not in key and name.replace(".", "").isupper():
        return EntityKey(f"body {key}", key, False, bare)
    initials = sorted(short for short in acronyms(name) if len(short) >= LEAST_ACRONYM)
    return EntityKey(f"body {key}", None, True, bare, tuple(initials))


def hash_key(key: str) -> str:
    """The entity_id of a key: the same on any machine."""
    return hashlib.sha256(key.encode()).hexdigest()[:ID_LENGTH]


def _is_acronym(name: str) -> bool:
    letters = name.replace(".", "")
    return letters.isupper() and LEAST_ACRONYM <= len(letters) <= LONGEST_ACRONYM


def _bare_person(parts: tuple[str, ...]) -> str:
    """Given and family name, in the order of English: "kim jong un" is "jongun kim"."""
    if len(parts) == 1:
        return parts[0]
    if family_first(parts):
        return f"{''.join(parts[1:])} {parts[0]}"
    given = next((part for part in parts[:-1] if len(part) > 1), parts[0])
    return f"{given} {parts[-1]}"
