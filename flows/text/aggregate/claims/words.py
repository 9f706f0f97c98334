"""Words of a sentence made comparable: stems, word classes. No sentence is judged here."""

from __future__ import annotations

from functools import cache, lru_cache

import polars as pl

from flows.text.extract.entities.names import normalise
from flows.text.extract.entities.places import find_place, known_places
from flows.text.lexicons import read_rows

SHORTEST_STEM = 3
"""Letters that must remain when an ending is cut, so that "wing" does not become "w"."""
ENDINGS = (
    ("ations", "at"), ("ation", "at"), ("edly", ""), ("ies", "y"), ("ied", "y"),
    ("ing", ""), ("ed", ""), ("ly", ""), ("es", ""), ("s", ""),
)  # fmt: skip
"""Inflections, longest first, and what stands for them. Too little is cut rather than too much."""

CUES = ("negation", "limiting", "planned", "planner", "possible", "boundary")
"""The classes of words that govern what follows."""
COUNTRY_KINDS = ("country", "demonym", "capital")
"""Kinds of place that stand for a country: "Moscow denied it"."""


def bare_words(text: pl.Expr) -> pl.Expr:
    """The words alone, in lower case with a blank between them: what copies of a sentence share."""
    return text.str.to_lowercase().str.replace_all(r"[^\pL\pN]+", " ").str.strip_chars()


@cache
def word_class(name: str) -> frozenset[str]:
    """The words of a class of `lexicons/statement_words.tsv`."""
    rows = read_rows("statement_words.tsv")
    return frozenset(word for kind, words in rows if kind == name for word in words.split())


@cache
def irregular_forms() -> dict[str, str]:
    """Past form of an irregular verb → its base."""
    rows = read_rows("irregular_verbs.tsv")
    return {form: base for base, forms in rows for form in forms.split("|")}


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """What the inflected forms of a lower-case word share: "visiting", "visited", "visits" → "visit"."""
    word = irregular_forms().get(word, word)
    for ending, instead in ENDINGS:
        # "ly" is part of short words: "rally", "reply".
        shortest = SHORTEST_STEM + (ending == "ly")
        if word.endswith(ending) and len(word) - len(ending) >= shortest and not word.endswith("ss"):
            word = word[: -len(ending)] + instead
            break
    if len(word) > SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word[:-1] if len(word) > SHORTEST_STEM and word[-1] == "e" else word


@cache
def cue_words() -> frozenset[str]:
    """All words that change how what follows is meant: most words are none."""
    return frozenset().union(*map(word_class, CUES))


@lru_cache(maxsize=200_000)
def begins_country(word: str) -> bool:
    """Whether a country's name could begin with the word."""
    return normalise(word) in _country_beginnings()


@cache
def _country_beginnings() -> frozenset[str]:
    places = known_places().items()
    return frozenset(name.split()[0] for name, place in places if place.kind in COUNTRY_KINDS)


@lru_cache(maxsize=200_000)
def country_term(name: str) -> str | None:
    """What a country, its people and its capital share: "@RU" for Russia, Russian and Moscow; else None."""
    place = find_place(name)
    return f"@{place.country_code}" if place and place.kind in COUNTRY_KINDS else None


def is_past_form(word: str) -> bool:
    """Whether a lower-case word looks like a past tense or participle."""
    return word in irregular_forms() or (word.endswith("ed") and len(word) > SHORTEST_STEM + 1)
