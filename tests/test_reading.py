"""Inputs against what the ledger knows: what is read again, and what a dry run says."""

from __future__ import annotations

import errno
import gzip
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from flows import reading as flows_reading
from flows.reading import Reading, may_find_new, plan_inputs, read_inputs
from flows.settings import Settings
from flows.stages.ledger import KnownInput
from flows.text.types import RawDocument, Rejection

TEXT = "The harbour of Port Lanner reopened on Monday."


def read(folder: Path, known: dict[str, KnownInput]) -> tuple[Reading, list[RawDocument | Rejection]]:
    reading = read_inputs([str(folder)], known=known, feeds={}, settings=Settings())
    return reading, list(reading)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(TEXT)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "to_nowhere.txt").symlink_to("nowhere")
    return tmp_path


def test_what_is_no_file_is_rejected_and_the_rest_is_read(folder: Path) -> None:
    reading, found = read(folder, {})
    reasons = [one.reason if isinstance(one, Rejection) else "read" for one in found]
    assert reasons == ["read", "not_a_file", "unreadable"]
    assert reading.n_readable == 1
    assert [known.n_documents for known in reading.read] == [1]


def test_a_dry_run_tells_what_would_be_rejected(folder: Path) -> None:
    known = {one.fingerprint: one for one in read(folder, {})[0].read}
    (folder / "new.txt").write_text("Another text.")
    planned = {one.item.source_uri.rsplit("/")[-1]: one for one in plan_inputs([str(folder)], known)}
    assert {name: one.status for name, one in planned.items()} == {
        "good.txt": "unchanged",
        "new.txt": "new",
        "pipe.txt": "rejected",
        "to_nowhere.txt": "rejected",
    }
    assert str(planned["pipe.txt"].reason).startswith("not_a_file: it is a named pipe")


def test_only_what_was_read_and_is_the_same_is_nothing_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "good.txt").write_text(TEXT)
    given = [str(tmp_path)]
    known = {one.fingerprint: one for one in read(tmp_path, {})[0].read}
    assert may_find_new(given, {})
    assert not may_find_new(given, known)
    assert may_find_new([*given, "https://news.example/feed.xml"], known)
    monkeypatch.setattr(flows_reading, "LOOK_AHEAD_BYTES", len(TEXT) - 1)
    assert may_find_new(given, known)
    monkeypatch.undo()
    (tmp_path / "good.txt").write_text(f"{TEXT} It had been closed for a year.")
    assert may_find_new(given, known)


def test_a_file_that_the_system_could_not_read_to_its_end_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.zip.gz").write_bytes(gzip.compress(b"PK\x03\x04"))

    def full_disk(*_options: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full_disk)
    reading, [found] = read(tmp_path, {})
    assert isinstance(found, Rejection)
    assert (found.reason, found.detail) == ("unreadable", "No space left on device")
    assert reading.read == []
    monkeypatch.undo()
    reading, [found] = read(tmp_path, {})
    assert isinstance(found, Rejection)
    assert found.reason == "damaged"
    assert [known.n_rejected for known in reading.read] == [1]
