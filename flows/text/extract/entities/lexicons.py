"""The word lists the entity modules share, read once. No rules here."""

from __future__ import annotations

from functools import lru_cache

from flows.text.lexicons import read_lines, read_rows


def pairs(name: str) -> dict[str, str]:
    """The first two columns of a table."""
    return {row[0]: row[1] for row in read_rows(name)}


@lru_cache(maxsize=1)
def role_nouns() -> dict[str, str]:
    """Lower-case noun for what a person is, to m, f or -."""
    return dict(line.split(" ") for line in read_lines("role_nouns.txt"))


@lru_cache(maxsize=1)
def honorifics() -> dict[str, tuple[str, str]]:
    """Lower-case title without period to (role noun or -, gender or -)."""
    return {title.lower(): (role, gender) for title, role, gender in read_rows("honorifics.tsv")}


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Given name as written to m, f or u."""
    return pairs("given_names.tsv")


@lru_cache(maxsize=1)
def nicknames() -> dict[str, frozenset[str]]:
    """Lower-case short form to the lower-case given names it may stand for."""
    return {short.lower(): frozenset(full.lower().split("|")) for short, full in read_rows("nicknames.tsv")}


@lru_cache(maxsize=1)
def organisation_words() -> frozenset[str]:
    """Lower-case words that make a name the name of an organisation."""
    return frozenset(read_lines("organisation_words.txt"))


@lru_cache(maxsize=1)
def east_asian_family_names() -> frozenset[str]:
    """Lower-case family names that stand first."""
    return frozenset(read_lines("east_asian_family_names.txt"))


@lru_cache(maxsize=1)
def parties() -> dict[str, str]:
    """Lower-case name, adjective or member's noun to the party: "gop" to "Republican Party"."""
    rows = read_rows("parties.tsv")
    return {word.lower(): party for party, words in rows for word in (party, *words.split("|"))}


@lru_cache(maxsize=1)
def role_classes() -> dict[str, tuple[str, frozenset[str]]]:
    """Role noun to its class and the wider nouns that its holder may be called by."""
    return {
        noun: (role_class, frozenset(filter(None, wider.split("|"))))
        for noun, role_class, wider in read_rows("role_classes.tsv")
    }
