"""What identifies an entity across articles: a key made from its name, label and country."""

from __future__ import annotations

from dataclasses import dataclass

from flows.text.extract.entities.names import (
    family_first,
    family_name,
    name_parts,
    normalise,
    organisation_key,
)

PLACES = frozenset({"GPE", "LOC"})
PEOPLES = frozenset({"NORP", "LANGUAGE"})


@dataclass(frozen=True, slots=True)
class EntityKey:
    """`key` names the entity; `short` is the family name or acronym it may be called by.

    Where the name itself is only that (`full` is false), other articles may tell whose it is.
    """

    key: str
    short: str | None
    full: bool


def entity_key(name: str, label: str, country_code: str | None) -> EntityKey:
    """The key of a name.

    "Donald J. Trump" and "Donald Trump" have one, so have "the Acme Corp." and "Acme"; middle
    names and legal forms do not count, and of the label only whether it is a person, a place, a
    people or anything else.
    """
    if label == "PERSON":
        return _person_key(name_parts(name) or (normalise(name),))
    if label in PLACES:
        return EntityKey(f"place {normalise(name)} {country_code or ''}".strip(), None, True)
    if label in PEOPLES:
        return EntityKey(f"people {normalise(name).removesuffix('s')}", None, True)
    key = organisation_key(name)
    is_acronym = " " not in key and name.replace(".", "").isupper()
    return EntityKey(f"body {key}", key if is_acronym else None, not is_acronym)


def _person_key(parts: tuple[str, ...]) -> EntityKey:
    if len(parts) == 1:
        return EntityKey(f"person {parts[0]}", parts[0], False)
    if family_first(parts):
        return EntityKey(f"person {''.join(parts[1:])} {parts[0]}", parts[0], True)
    given = next((part for part in parts[:-1] if len(part) > 1), parts[0])
    return EntityKey(f"person {given} {parts[-1]}", family_name(parts), True)
