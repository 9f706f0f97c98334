"""The word lists the entity modules share, read once. No rules here."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "lexicons"


def _rows(name: str, separator: str) -> list[list[str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split(separator) for line in lines if line and not line.startswith("#")]


def pairs(name: str, separator: str) -> dict[str, str]:
    """The first two columns of a list."""
    return {row[0]: row[1] for row in _rows(name, separator)}


@lru_cache(maxsize=1)
def role_nouns() -> dict[str, str]:
    """Lower-case noun for what a person is, to m, f or -."""
    return pairs("role_nouns.txt", " ")


@lru_cache(maxsize=1)
def honorifics() -> dict[str, tuple[str, str]]:
    """Lower-case title without period to (role noun or -, gender or -)."""
    return {title.lower(): (role, gender) for title, role, gender in _rows("honorifics.tsv", "\t")}


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Given name as written to m, f or u."""
    return pairs("given_names.tsv", "\t")


@lru_cache(maxsize=1)
def nicknames() -> dict[str, frozenset[str]]:
    """Lower-case short form to the lower-case given names it may stand for."""
    return {short.lower(): frozenset(full.lower().split("|")) for short, full in _rows("nicknames.tsv", "\t")}


@lru_cache(maxsize=1)
def organisation_words() -> frozenset[str]:
    """Lower-case words that make a name the name of an organisation."""
    return frozenset(word for (word,) in _rows("organisation_words.txt", "\t"))


@lru_cache(maxsize=1)
def east_asian_family_names() -> frozenset[str]:
    """Lower-case family names that stand first."""
    return frozenset(name for (name,) in _rows("east_asian_family_names.txt", "\t"))


@lru_cache(maxsize=1)
def parties() -> dict[str, str]:
    """Lower-case name, adjective or member's noun to the party: "gop" to "Republican Party"."""
    rows = _rows("parties.tsv", "\t")
    return {word.lower(): party for party, words in rows for word in (party, *words.split("|"))}


@lru_cache(maxsize=1)
def role_classes() -> dict[str, tuple[str, frozenset[str]]]:
    """Role noun to its class and the wider nouns that its holder may be called by."""
    return {
        noun: (role_class, frozenset(filter(None, wider.split("|"))))
        for noun, role_class, wider in _rows("role_classes.tsv", "\t")
    }
