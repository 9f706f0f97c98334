"""docs/data-dictionary.md, generated: every relation and column of `main` with its type and meaning."""

from __future__ import annotations

import tempfile
from pathlib import Path

from flows.stages.parts import to_frame, write_part
from flows.stages.schemas import RAW_RELATIONS
from flows.store.build import build_database
from flows.store.describe import describe_main

HEADING = """# Data dictionary

Generated from `sql/` by `make docs`; the same text is in the database:
`SELECT table_name, column_name, comment FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name = 'main'`.
"""


def build_empty(path: Path) -> Path:
    """A database without rows, with every relation; its parts lie beside it."""
    parts = {
        name: [write_part(to_frame([], schema), path.parent / f"{name}.parquet", schema)]
        for name, schema in RAW_RELATIONS.items()
    }
    build_database(path, parts)
    return path


def data_dictionary() -> str:
    """The document as Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        relations = describe_main(build_empty(Path(folder) / "empty.duckdb"))
    sections = [HEADING]
    for relation in relations:
        rows = "".join(f"| `{name}` | {kind} | {meaning} |\n" for name, kind, meaning in relation.columns)
        head = "| column | type | meaning |\n|---|---|---|\n"
        sections.append(f"## `{relation.name}`\n\n{relation.meaning}\n\n{head}{rows}")
    return "\n".join(sections)


if __name__ == "__main__":
    print(data_dictionary(), end="")
