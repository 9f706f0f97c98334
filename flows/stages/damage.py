"""Damage: parts and ledger files that cannot be read, and what to do about each.

Not here: the published database (store/damage.py), and input that cannot be read, which is a rejection.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.stages.mapped import read_mapped

MOST_SHOWN = 5
SHOWN_CHARACTERS = 160  # of what reading a file raised
PARQUET_ERRORS = (pl.exceptions.PolarsError, pl.exceptions.PanicException)
"""What Polars raises on a file that it cannot read; a panic is no Exception."""

_AGAIN = "remove {folder} and run again: it is made again"
_REMEDIES: Mapping[str, str] = {
    "clean": _AGAIN,
    "settled": _AGAIN,
    "annotations": _AGAIN,
    "dated_annotations": _AGAIN,
    "parses": "remove this file and run again: it is made again",
    # The versions' aggregates share files by links, so that damage may be in all of them.
    "aggregates": "remove {parts}/aggregates and run again: they are made again",
    "raw": "restore this file from a backup; without one, remove it and {parts}/ledger/inputs.parquet, and "
    "run again with all inputs: what they still hold is read again",
}
_LEDGER_REMEDIES: Mapping[str, str] = {
    "state.json": "remove this file and run again: everything is joined again, and feeds are fetched anew",
    "alerts": "remove this file: what is wrong is told again",
    "inputs.parquet": "remove this file and run again: inputs are read again, known documents are left out",
}
_HISTORY = "restore this file from a backup, or remove {parts}/ledger/*/{name}: they only tell how runs ended"


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that cannot be read, what reading it said, and the remedy."""

    path: Path
    detail: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}: {self.detail}; {self.remedy}"


class DamagedPartsError(RuntimeError):
    """Parts or ledger files cannot be read; the message names them and the remedies."""

    def __init__(self, found: Iterable[Damage]) -> None:
        self.found = list(found)
        more = len(self.found) - MOST_SHOWN
        super().__init__(
            "the warehouse is damaged; the published version is unchanged:"
            + "".join(f"\n  {damage}" for damage in self.found[:MOST_SHOWN])
            + (f"\n  and {more} more files: see `copydesk doctor`" if more > 0 else "")
        )


def find_damage(parts: Path, *, whole: bool = False) -> list[Damage]:
    """The files that cannot be read. Of Parquet and Arrow files the footers, with `whole` every row."""
    looked_at = (
        path
        for path in sorted(parts.rglob("[!.]*.*"))
        if path.suffix in _READERS and not _is_unfinished(path.relative_to(parts))
    )
    return look_at(looked_at, parts, whole=whole)


def look_at(paths: Iterable[Path], parts: Path, *, whole: bool = False) -> list[Damage]:
    """Those of the files below `parts` that cannot be read."""
    found = (_look(path, parts, _READERS[path.suffix][whole]) for path in paths)
    return [damage for damage in found if damage]


def explain(error: BaseException, parts: Path) -> DamagedPartsError | None:
    """The damage in the parts that an error may come from; None where there is none."""
    found = find_damage(parts) or _missing(error, parts)
    if not found and not isinstance(error, OSError):
        found = find_damage(parts, whole=True)
    return DamagedPartsError(found) if found else None


def damage_of(path: Path, parts: Path, detail: object) -> Damage:
    """The damage of a file below `parts`, with its remedy."""
    stage, *rest = path.relative_to(parts).parts
    remedy = _LEDGER_REMEDIES.get(rest[0], _HISTORY) if stage == "ledger" else _REMEDIES.get(stage, _AGAIN)
    words = " ".join(str(detail).split())[:SHOWN_CHARACTERS]
    return Damage(path, words, remedy.format(folder=path.parent, name=path.name, parts=parts))


def _look(path: Path, parts: Path, read: Callable[[Path], object]) -> Damage | None:
    try:
        read(path)
    except (FileNotFoundError, PermissionError):  # a run has removed it since; another account's is whole
        return None
    except (Exception, *PARQUET_ERRORS) as error:
        return damage_of(path, parts, f"{type(error).__name__}: {error}")
    return None


def _missing(error: BaseException, parts: Path) -> list[Damage]:
    """Files of the parts that the error names and that are not there. Polars cuts the front of long paths."""
    stages = "|".join([*_REMEDIES, "ledger"])
    named = re.findall(rf"\b((?:{stages})/[/\w.-]+\.(?:parquet|arrow))", str(error))
    gone = [parts / name for name in dict.fromkeys(named) if not (parts / name).exists()]
    return [damage_of(path, parts, "it is missing") for path in gone]


def _is_unfinished(path: Path) -> bool:
    return any(name.startswith(".") for name in path.parts)


def _read_json(path: Path) -> object:
    return json.loads(path.read_text(encoding="utf-8"))


_READERS: Mapping[str, tuple[Callable[[Path], object], Callable[[Path], object]]] = {
    ".parquet": (pl.read_parquet_schema, pl.read_parquet),
    ".arrow": (pl.read_ipc_schema, read_mapped),
    ".json": (_read_json, _read_json),
}
"""How a file is looked at, and how it is read whole."""
