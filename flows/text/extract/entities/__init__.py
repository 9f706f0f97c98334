"""Who and what an article names, which mentions mean the same, and whom a pronoun or description means.

Decisions: an adjective of nationality ("the Russian minister") is a mention, labelled NORP, of the
country; a capital that says or wants something ("Moscow said") is a mention of its country, kept as
written; elsewhere it is the city.
"""

from __future__ import annotations

from flows.text.extract.entities.annotations import EntityAnnotations, find_entities, resolve_reference

__all__ = ["EntityAnnotations", "find_entities", "resolve_reference"]
