"""The name that stands for an entity of an article, and its country."""

from __future__ import annotations

from collections import Counter

from flows.text.extract.entities.joining import Cluster
from flows.text.extract.entities.lexicons import parties
from flows.text.extract.entities.mending import Candidate
from flows.text.extract.entities.names import is_given, name_parts
from flows.text.extract.entities.places import city_country


def _fullness(name: str, count: int) -> tuple[bool, float]:
    """Names that begin with a known given name first; of these the usual, with some weight for length."""
    parts = name_parts(name)
    return bool(parts) and is_given(parts[0]), count * (1 + 0.5 * (len(parts) - 2))


def canonical_name(cluster: Cluster, candidates: list[Candidate]) -> str:
    """The country's name; else the form most written among the fullest kind."""
    if cluster.place is not None:
        is_country = cluster.parts == tuple(cluster.place.country_code.split())
        return cluster.place.country if is_country else cluster.place.name
    texts = Counter(candidates[number].text for number in cluster.mentions)
    party = parties().get(" ".join(cluster.parts))
    if party is not None:
        return party
    if cluster.label == "PERSON":
        full = {text: count for text, count in texts.items() if len(name_parts(text)) > 1}
        return max(full or texts, key=lambda text: (*_fullness(text, texts[text]), len(text), text))
    longest = max(len(text.split()) > 1 or not text.isupper() for text in texts)
    fuller = [text for text in texts if (len(text.split()) > 1 or not text.isupper()) == longest]
    return max(fuller, key=lambda text: (texts[text], len(text), text))


def country_code(cluster: Cluster, name: str) -> str | None:
    """ISO 3166 code of the country that the place is or lies in."""
    if cluster.place is not None:
        return cluster.place.country_code
    return city_country(name) if cluster.label == "GPE" else None
