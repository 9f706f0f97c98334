"""The ledger: what earlier runs read and how they ended. Files beside the parts, each written whole.

`inputs` knows files by the fingerprint of their bytes; `runs`, `quality` and `rejected` hold one part
a run; `state` holds what was published last and what feeds need to fetch only news. What cannot be read
raises DamagedPartsError.
"""

from __future__ import annotations

import os
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import TypeAdapter

from flows.stages.damage import PARQUET_ERRORS, DamagedPartsError, damage_of, look_at
from flows.stages.parts import digest, read_parts, to_frame, write_part
from flows.stages.schemas import QUALITY_RESULTS, REJECTED, RUNS, Schema
from flows.text.types import Rejection

UNTIL = "until-"
"""Begins the name of a part that holds the rows of all runs up to the one that it names."""
MOST_PARTS = 200  # an hourly schedule's week; reading a thousand small files takes a second
RECENT_PARTS = 50  # stay as they are, so that a clock that was set back hides no run

INPUTS: Schema = {
    "fingerprint": pl.String,
    "source_uri": pl.String,
    "n_documents": pl.Int64,
    "n_rejected": pl.Int64,
    "n_set_aside": pl.Int64,
}


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One pipeline run as `runs` shows it."""

    run_id: str
    started_at: datetime
    finished_at: datetime
    status: str
    n_seen: int = 0
    n_new: int = 0
    n_changed: int = 0
    n_rejected: int = 0

    def row(self) -> dict[str, Any]:
        """The row of the `runs` part."""
        seconds = (self.finished_at - self.started_at).total_seconds()
        names = (
            "run_id",
            "started_at",
            "finished_at",
            "status",
            "n_seen",
            "n_new",
            "n_changed",
            "n_rejected",
        )
        return {**{name: getattr(self, name) for name in names}, "seconds": seconds}


@dataclass(frozen=True, slots=True)
class KnownInput:
    """What reading an input gave."""

    fingerprint: str
    source_uri: str
    n_documents: int
    n_rejected: int
    n_set_aside: int = 0
    """Those of the documents that cleaning found to be no articles."""


@dataclass(slots=True)
class State:
    """What the next run must know of the last ones."""

    published_key: str | None = None
    published_part: str = ""
    """The last raw part that a version was published with."""
    aggregates: str | None = None
    feeds: dict[str, dict[str, Any]] = field(default_factory=dict)


_STATE = TypeAdapter(State)


class Ledger:
    """The ledger in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def known_inputs(self) -> dict[str, KnownInput]:
        """Fingerprint to what reading that input gave."""
        path = self.folder / "inputs.parquet"
        frame = self._read([path] if path.exists() else [], INPUTS)
        return {row["fingerprint"]: KnownInput(**row) for row in frame.iter_rows(named=True)}

    def add_inputs(self, read: Iterable[KnownInput]) -> None:
        """Remembers inputs that were read to their end."""
        self._write_inputs(self.known_inputs() | {item.fingerprint: item for item in read})

    def note_set_aside(self, source_uris: Iterable[str]) -> None:
        """Remembers how many documents of each input cleaning set aside: those at the given addresses."""
        counts = Counter(uri.partition("#")[0] for uri in source_uris)
        known = self.known_inputs()
        noted = {
            name: replace(item, n_set_aside=counts[item.source_uri.partition("#")[0]])
            for name, item in known.items()
        }
        if noted != known:
            self._write_inputs(noted)

    def _write_inputs(self, known: Mapping[str, KnownInput]) -> None:
        rows = [{name: getattr(item, name) for name in INPUTS} for item in known.values()]
        write_part(to_frame(rows, INPUTS), self.folder / "inputs.parquet", INPUTS)

    def read_state(self) -> State:
        """The state that the last run left."""
        path = self.folder / "state.json"
        if not path.exists():
            return State()
        try:
            return _STATE.validate_json(path.read_bytes())
        except ValueError as error:
            raise self._damaged([path], error) from error

    def write_state(self, state: State) -> None:
        """Replaces the state."""
        self.folder.mkdir(parents=True, exist_ok=True)
        temporary = self.folder / f".state.{uuid.uuid4().hex[:8]}"
        temporary.write_bytes(_STATE.dump_json(state, indent=1))
        os.replace(temporary, self.folder / "state.json")

    def add_run(self, record: RunRecord) -> Path:
        """Writes the run's own row."""
        return write_part(to_frame([record.row()], RUNS), self._part("runs", record.run_id), RUNS)

    def published_runs(self) -> set[str]:
        """The runs whose version was published."""
        runs = self._read(self.parts("runs"), RUNS, ["run_id", "status"])
        return set(runs.filter(pl.col("status") == "published")["run_id"])

    def last_good_at(self) -> datetime | None:
        """When a run last ended with a published version, new or found to be up to date."""
        runs = self._read(self.parts("runs"), RUNS, ["status", "finished_at"])
        good = runs.filter(pl.col("status").is_in(["published", "unchanged"]))["finished_at"].max()
        return good if isinstance(good, datetime) else None

    def add_rejections(self, run_id: str, rejections: Iterable[Rejection]) -> None:
        """Writes what the run set aside while reading."""
        rows = [
            {"run_id": run_id, "source_uri": item.source_uri, "reason": item.reason, "detail": item.detail}
            for item in rejections
        ]
        if rows:
            write_part(to_frame(rows, REJECTED), self._part("rejected", run_id), REJECTED)

    def rejections_name(self) -> str:
        """Names what was set aside while reading; the same set aside again is nothing new."""
        told = self._read(self.parts("rejected"), REJECTED, ["source_uri", "reason", "detail"])
        return digest(*(repr(row) for row in told.unique().sort(pl.all()).iter_rows()))

    def reasons(self, run_id: str, inputs: Sequence[str], *, set_aside: Path) -> list[str]:
        """Why the run, or an earlier one that read these inputs, set something aside, here or in cleaning."""
        rows = self._read([*self.parts("rejected"), set_aside], REJECTED)
        read_from = pl.col("source_uri").str.split("#").list.first()
        told = rows.filter((pl.col("run_id") == run_id) | read_from.is_in(inputs))
        lines = told.select(pl.format("{}: {}: {}", "source_uri", "reason", "detail"))
        return lines.to_series().unique(maintain_order=True).to_list()

    def add_quality(self, run_id: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Writes the results of the run's checks."""
        frame = to_frame(rows, QUALITY_RESULTS)
        write_part(frame, self._part("quality", run_id), QUALITY_RESULTS)

    def parts(self, name: str) -> list[Path]:
        """All parts of `runs`, `rejected` or `quality`, oldest first."""
        found = sorted((self.folder / name).glob("[!.]*.parquet"))
        merged = [path for path in found if path.stem.startswith(UNTIL)][-1:]
        last = merged[0].stem.removeprefix(UNTIL) if merged else ""
        return merged + [path for path in found if not path.stem.startswith(UNTIL) and path.stem > last]

    def compact(self) -> None:
        """Merges the older parts where they are many.

        The merged part hides the ones that it was made of, so that a kill in between doubles nothing.
        """
        for name, schema in (("runs", RUNS), ("quality", QUALITY_RESULTS), ("rejected", REJECTED)):
            parts = self.parts(name)
            if len(parts) > MOST_PARTS:
                older = parts[:-RECENT_PARTS]
                write_part(read_parts(older, schema), self._part(name, f"{UNTIL}{older[-1].stem}"), schema)
            in_use = set(self.parts(name))
            for path in (self.folder / name).glob("*.parquet"):
                if path not in in_use:
                    path.unlink()

    def _read(
        self, paths: Sequence[Path], schema: Schema, columns: Sequence[str] | None = None
    ) -> pl.DataFrame:
        try:
            return read_parts(paths, schema, columns)
        except PARQUET_ERRORS as error:
            raise self._damaged(paths, error) from error

    def _damaged(self, paths: Sequence[Path], error: BaseException) -> DamagedPartsError:
        """The files among the paths that cannot be read; all of them where each can on its own."""
        parts = self.folder.parent
        found = look_at(paths, parts, whole=True)
        return DamagedPartsError(found or [damage_of(path, parts, error) for path in paths])

    def _part(self, name: str, run_id: str) -> Path:
        return self.folder / name / f"{run_id}.parquet"
