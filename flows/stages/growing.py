"""Rows that grow from one aggregate to the next: what was kept is linked, what is new is a further part.

A part never changes. One that is not larger than the next is merged with it, so that there are few
(a log-structured merge, O'Neil and others 1996).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import polars as pl

from flows.stages.mapped import read_mapped, write_mapped
from flows.stages.parts import flush_file, link_file
from flows.stages.schemas import Schema

Format = Literal["parquet", "arrow"]
"""Parquet is for DuckDB; Arrow is mapped into memory."""


class GrowingRows:
    """The rows that an earlier aggregate kept under the name, and those that are added."""

    def __init__(self, earlier: Path | None, name: str, schema: Schema, *, form: Format) -> None:
        self._name, self._schema, self._form = name, schema, form
        self._paths = part_paths(earlier / name, form) if earlier else []
        self._added: list[pl.DataFrame] = []

    def scan(self) -> pl.LazyFrame:
        """All rows, to be read later; the newest last."""
        return pl.concat(
            [pl.LazyFrame(schema=dict(self._schema)), *map(self._scan, self._paths), *self._new()]
        )

    def of(self, texts: pl.DataFrame) -> pl.DataFrame:
        """The rows of the texts that are named (by `text`), which have one row each."""
        wanted = texts.select("text").unique().lazy()
        return self.scan().join(wanted, on="text", how="semi").collect()

    def add(self, rows: pl.DataFrame) -> None:
        """Adds rows; other columns than the schema's are left out."""
        if len(rows):
            self._added.append(rows.select(pl.col(name).cast(kind) for name, kind in self._schema.items()))

    def added(self) -> pl.DataFrame:
        """The rows that were added."""
        return pl.concat([pl.DataFrame(schema=dict(self._schema)), *self._added])

    def add_new(self, read: Sequence[pl.DataFrame]) -> None:
        """Adds rows by `text` that several read apart, of each text once. None of them is there already."""
        if read:
            self.add(pl.concat(read).unique("text", keep="first", maintain_order=True))

    def remove(self, which: pl.Expr) -> None:
        """Removes the rows for which it is true; where there are any, all parts are written anew."""
        if self.scan().filter(which).head(1).collect().is_empty():
            return
        self._added, self._paths = [self.scan().filter(~which).collect()], []

    def write(self, folder: Path) -> None:
        """Writes all rows into a new folder of the aggregate, at least one part; then they are read there."""
        target = folder / self._name
        target.mkdir(parents=True)
        parts: list[Path | pl.DataFrame] = [*self._paths, *[frame.collect() for frame in self._new()]]
        for number, part in enumerate(self._merge(parts) or [pl.DataFrame(schema=dict(self._schema))]):
            path = target / f"{number:03}.{self._form}"
            if isinstance(part, Path):
                link_file(part, path)
            else:
                self._write(part, path)
        self._paths, self._added = part_paths(target, self._form), []

    def _new(self) -> list[pl.LazyFrame]:
        if len(self._added) > 1:
            self._added = [pl.concat(self._added, rechunk=True)]
        return [rows.lazy() for rows in self._added]

    def _scan(self, path: Path) -> pl.LazyFrame:
        return pl.scan_parquet(path) if self._form == "parquet" else read_mapped(path).lazy()

    def _write(self, rows: pl.DataFrame, path: Path) -> None:
        if self._form == "arrow":
            write_mapped(rows, path)
        else:
            rows.write_parquet(path, compression="uncompressed")
            flush_file(path)

    def _merge(self, parts: list[Path | pl.DataFrame]) -> list[Path | pl.DataFrame]:
        sizes = [self._count(part) for part in parts]
        while len(parts) > 1 and sizes[-2] <= sizes[-1]:
            merged = pl.concat([self._frame(part) for part in parts[-2:]], rechunk=True)
            parts, sizes = [*parts[:-2], merged], [*sizes[:-2], sum(sizes[-2:])]
        return parts

    def _count(self, part: Path | pl.DataFrame) -> int:
        rows = self._scan(part) if isinstance(part, Path) else part.lazy()
        return int(rows.select(pl.len()).collect().item())

    def _frame(self, part: Path | pl.DataFrame) -> pl.DataFrame:
        return self._scan(part).collect() if isinstance(part, Path) else part


def part_paths(folder: Path, form: Format) -> list[Path]:
    """The parts in the folder, the oldest first."""
    return sorted(folder.glob(f"*.{form}"))
