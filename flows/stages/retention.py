"""Retention: parts that no later run will use are removed. What was read (`raw`) always stays.

Kept versions are whole databases and need no parts. `settled` and `aggregates` hold everything once more
with each run, so only the latest and the published ones stay; cleaned texts, parses and annotations of
other code or another model stay for some days, so that going back to it does not cost the work again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from flows.stages.clean import clean_fingerprint
from flows.stages.extract import extract_fingerprint
from flows.stages.ledger import Ledger
from flows.stages.parts import remove_unfinished
from flows.text.extract.parse import fingerprint

_MADE_BY_READING: Mapping[str, Callable[[str], str]] = {
    "parses": fingerprint,
    "annotations": extract_fingerprint,
    "dated_annotations": extract_fingerprint,
}
"""What a model and code made of texts, and what names them."""


def tidy(parts: Path, *, model: str, now: datetime, keep_days: float) -> None:
    """Removes superseded parts. Only for whoever holds the warehouse, after its run."""
    ledger = Ledger(parts / "ledger")
    for stage in ("raw", "clean", *_MADE_BY_READING, "settled", "aggregates"):
        remove_unfinished(parts / stage)
    _remove_unused(parts / "clean", clean_fingerprint(), now - timedelta(days=keep_days))
    for stage, name_for in _MADE_BY_READING.items():
        _remove_unused(parts / stage, name_for(model), now - timedelta(days=keep_days))
    _remove_all_but_latest(_folders(parts / "settled"))
    published = ledger.read_state().aggregates
    made_by = _folders(parts / "aggregates")
    _remove_all_but_latest(
        (path for folder in made_by for path in _folders(folder)),
        keep=parts / "aggregates" / published if published else None,
    )
    _remove(folder for folder in made_by if not _folders(folder))
    ledger.compact()


def _remove_unused(folder: Path, current: str, written_before: datetime) -> None:
    limit = written_before.timestamp()
    others = (path for path in _folders(folder) if path.name != current)
    _remove(path for path in others if path.stat().st_mtime < limit)


def _remove_all_but_latest(folders: Iterable[Path], *, keep: Path | None = None) -> None:
    by_age = sorted(folders, key=lambda path: path.stat().st_mtime_ns)
    _remove(path for path in by_age[:-1] if path != keep)


def _remove(folders: Iterable[Path]) -> None:
    for folder in folders:
        # Renamed first: half a folder under its own name would count as a finished part.
        doomed = folder.with_name(f".{folder.name}.removed")
        folder.rename(doomed)
        shutil.rmtree(doomed)


def _folders(folder: Path) -> list[Path]:
    """The finished folders in it."""
    return [path for path in folder.glob("*") if path.is_dir() and not path.name.startswith(".")]
