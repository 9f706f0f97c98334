"""Relations: the .sql files of `sql/raw`, `sql/core` and `sql/main`, their descriptions and their order.

A file holds one relation. It opens with a comment: what a row is, then a line `column: meaning` for
each column that needs one. A field means one thing everywhere, so a column without a line of its own
takes the meaning that another file gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path

from flows.resources import resource_folder

SCHEMAS = ("raw", "core", "main")
_HEADER = re.compile(r"\A\s*/\*(?P<header>.*?)\*/(?P<query>.*)\Z", re.DOTALL)
_COLUMN = re.compile(r"^(?P<name>[a-z_0-9]+): (?P<meaning>.+)$")
_REFERENCE = re.compile(r"\b(raw|core|main)\.([a-z_]+)")


class RelationError(ValueError):
    """A .sql file that does not say what it is."""


@dataclass(frozen=True)
class Relation:
    """One relation: where it lives, what it is, the query that makes it."""

    schema: str
    name: str
    description: str
    columns: dict[str, str]
    query: str

    @property
    def qualified_name(self) -> str:
        """schema.name"""
        return f"{self.schema}.{self.name}"

    @property
    def kind(self) -> str:
        """What reads data is a view; what holds it is a table."""
        return "VIEW" if self.schema == "main" else "TABLE"

    @cached_property
    def references(self) -> set[str]:
        """The relations that the query reads."""
        return {f"{schema}.{name}" for schema, name in _REFERENCE.findall(self.query)}


def load_relations(folder: Path | None = None) -> list[Relation]:
    """All relations, each after those that it reads. Raises RelationError."""
    base = folder or resource_folder("sql")
    relations = {
        relation.qualified_name: relation
        for schema in SCHEMAS
        for path in sorted((base / schema).glob("*.sql"))
        for relation in [_read(path, schema)]
    }
    for relation in relations.values():
        _check_direction(relation, relations)
    order = TopologicalSorter({name: sorted(relation.references) for name, relation in relations.items()})
    return [relations[name] for name in order.static_order()]


def column_meanings(relations: Iterable[Relation]) -> dict[str, str]:
    """Column name to meaning: `main` first, for columns whose own file does not explain them."""
    by_rank = sorted(relations, key=lambda relation: (-SCHEMAS.index(relation.schema), relation.name))
    meanings: dict[str, str] = {}
    for relation in by_rank:
        for name, meaning in relation.columns.items():
            meanings.setdefault(name, meaning)
    return meanings


def _read(path: Path, schema: str) -> Relation:
    match = _HEADER.match(path.read_text(encoding="utf-8"))
    if not match:
        raise RelationError(f"{path} must open with a comment /* ... */ that says what a row is")
    description, columns = [], {}
    for line in match["header"].strip().splitlines():
        if column := _COLUMN.match(line.strip()):
            columns[column["name"]] = column["meaning"]
        elif line.strip():
            description.append(line.strip())
    return Relation(schema, path.stem, " ".join(description), columns, match["query"].strip())


def _check_direction(relation: Relation, known: dict[str, Relation]) -> None:
    for name in relation.references:
        if name not in known:
            raise RelationError(f"{relation.qualified_name} reads {name}, which no file defines")
        if SCHEMAS.index(known[name].schema) > SCHEMAS.index(relation.schema):
            raise RelationError(f"{relation.qualified_name} reads {name}: raw ← core ← main, never back")
