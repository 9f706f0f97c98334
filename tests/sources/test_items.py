"""Inputs to items: what is listed, as what, in which order."""

from __future__ import annotations

import errno
import gzip
import os
from pathlib import Path
from typing import Any

import pytest

from flows.sources.errors import InputNotFoundError, SourceError, explain
from flows.sources.items import InputItem, expand_inputs, fingerprint
from flows.sources.kinds import kind_of_name, sniff


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a.html",
        "sub/c.jsonl.gz",
        "sub/deep/d.warc",
        ".hidden.txt",
        ".git/e.txt",
        "f.png",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"text")
    return tmp_path


def names(items: list[InputItem]) -> list[str]:
    return [item.source_uri.rsplit("/", 1)[-1] for item in items]


def test_a_folder_is_listed_with_all_below_it_sorted_and_without_hidden_files(folder: Path) -> None:
    items = expand_inputs([str(folder)])
    assert names(items) == ["a.html", "b.txt", "f.png", "c.jsonl.gz", "d.warc"]
    assert [item.kind for item in items] == ["html", "text", "unsupported", "jsonl", "warc"]
    assert items[3].gzipped


def test_an_item_knows_its_file(folder: Path) -> None:
    [item] = expand_inputs([str(folder / "b.txt")])
    assert item.source_uri == (folder / "b.txt").as_uri()
    assert item.size == 4
    assert item.mtime_ns == (folder / "b.txt").stat().st_mtime_ns


def test_relative_paths_give_absolute_addresses(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "sub")
    assert expand_inputs(["../b.txt"])[0].source_uri == (folder / "b.txt").as_uri()


def test_globs_feeds_and_standard_input(folder: Path) -> None:
    items = expand_inputs([str(folder / "**" / "*.txt"), "https://lanner.example/feed", "-"])
    assert [item.kind for item in items] == ["text", "feed", "unsniffed"]
    assert items[1].source_uri == "https://lanner.example/feed"
    assert items[2].path is None


def test_an_input_named_twice_is_read_once(folder: Path) -> None:
    assert len(expand_inputs([str(folder), str(folder / "b.txt"), str(folder / "*.txt")])) == 5


def test_a_file_with_an_unknown_suffix_is_sniffed_where_a_user_names_it(folder: Path) -> None:
    assert expand_inputs([str(folder / "f.png")])[0].kind == "unsniffed"


def test_what_names_nothing_is_bad_usage(folder: Path) -> None:
    with pytest.raises(InputNotFoundError, match=r"nothing\*"):
        expand_inputs([str(folder / "nothing*")])


def test_names_with_glob_characters_are_files_first(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_bytes(b"text")
    assert names(expand_inputs([str(tmp_path / "a[1].txt")])) == ["a%5B1%5D.txt"]


def test_a_ring_of_links_ends(folder: Path) -> None:
    os.symlink(folder, folder / "sub" / "ring")
    assert len(expand_inputs([str(folder)])) == 5


def test_the_fingerprint_is_of_the_bytes(folder: Path) -> None:
    one, other = expand_inputs([str(folder / "a.html"), str(folder / "b.txt")])
    assert fingerprint(one) == fingerprint(other)
    (folder / "b.txt").write_bytes(b"other text")
    assert fingerprint(one) != fingerprint(other)
    assert fingerprint(InputItem("https://lanner.example/feed", "feed")) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.TXT", ("text", False)),
        ("a.htm.gz", ("html", True)),
        ("a.b.ndjson", ("jsonl", False)),
        ("a.gz", ("unsniffed", True)),
        ("README", ("unsniffed", False)),
        ("a.exe", ("unsupported", False)),
        ("a.tsv", ("csv", False)),
    ],
)
def test_names_tell_kinds(name: str, kind: tuple[str, bool]) -> None:
    assert kind_of_name(name) == kind


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"<!DOCTYPE html><html>", "html"),
        (b"\xef\xbb\xbf  <!-- saved -->\n<HTML lang='en'>", "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x">', "html"),
        (b'{"text": "a"}\n{"text": "b"}', "jsonl"),
        (b'{\n  "text": "a"\n}', "json"),
        (b'[{"text": "a"}]', "json"),
        (b"url,title,text\na,b,c", "csv"),
        (b"PAR1\x15", "parquet"),
        (b"WARC/1.0\r\n", "warc"),
        (b"PK\x03\x04", "zip"),
        (b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related", "mhtml"),
        (b"The harbour reopened, and the text says so.", "text"),
        (b"[The mayor] spoke.", "text"),
        (b"", "text"),
        (gzip.compress(b"x", mtime=0), "text"),
    ],
)
def test_first_bytes_tell_kinds(head: bytes, kind: str) -> None:
    assert sniff(head) == kind


def problem_of(path: Path) -> str:
    [item] = expand_inputs([str(path)])
    assert item.size is None
    with pytest.raises((OSError, SourceError)) as found:
        fingerprint(item)
    return ": ".join(explain(found.value))


def test_a_pipe_or_a_device_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert problem_of(tmp_path / "a.txt").startswith("not_a_file: it is a named pipe")
    assert problem_of(Path("/dev/zero")).startswith("not_a_file: it is a device")
    assert problem_of(tmp_path).startswith("not_a_file")  # in a folder, too


def test_a_link_to_nowhere_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("nowhere.txt")
    (tmp_path / "b.txt").symlink_to("b.txt")
    assert problem_of(tmp_path / "a.txt") == "unreadable: a link to 'nowhere.txt', where no file is"
    assert problem_of(tmp_path / "b.txt") == "unreadable: a link to 'b.txt', where no file is"


def test_a_folder_that_cannot_be_listed_is_an_item_with_its_problem(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A folder without permissions, for an account that permissions bind.
    real = os.scandir

    def scandir(path: str) -> Any:
        if str(path).endswith("deep"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    items = expand_inputs([str(folder)])
    assert names(items) == ["a.html", "b.txt", "f.png", "c.jsonl.gz", "deep"]
    assert problem_of(folder / "sub" / "deep") == "unreadable: Permission denied: check its permissions"
