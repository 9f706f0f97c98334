"""Files of every kind, whole and damaged: documents, and a rejection for each thing that is none."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
import zlib
from datetime import UTC, datetime
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.sources import ReadLimits, expand_inputs, read_item
from flows.sources.errors import InputNotFoundError
from flows.sources.warc import read_warc
from flows.text.types import RawDocument, Rejection

PAGE = b"<html><body><p>The harbour of Port Lanner reopened on Monday.</p></body></html>"
LINES = b"".join(json.dumps({"text": f"Harbour {n} reopened.", "n": n}).encode() + b"\n" for n in range(2000))


def read(path: Path, limits: ReadLimits | None = None) -> list[RawDocument | Rejection]:
    return [
        one for item in expand_inputs([str(path)]) for one in read_item(item, limits=limits or ReadLimits())
    ]


def summary(found: list[RawDocument | Rejection], path: Path) -> list[tuple[str, str]]:
    """Reason or media type of each, with what the address adds to the file's."""
    uri = path.as_uri()
    assert all(one.source_uri.startswith(uri) for one in found)
    return [
        (one.reason if isinstance(one, Rejection) else one.media_type, one.source_uri[len(uri) :])
        for one in found
    ]


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def record(
    url: str, body: bytes, *headers: bytes, kind: bytes = b"response", status: bytes = b"200 OK"
) -> bytes:
    content_type = b"Content-Type: text/html; charset=utf-8"
    answer = b"\r\n".join([b"HTTP/1.1 " + status, *(headers or (content_type,)), b"", body])
    warc = [
        b"WARC/1.0",
        b"WARC-Type: " + kind,
        b"WARC-Target-URI: " + url.encode(),
        b"WARC-Date: 2024-03-25T10:00:00Z",
        b"Content-Length: %d" % len(answer),
    ]
    return b"\r\n".join([*warc, b"", answer]) + b"\r\n\r\n"


URL = "https://lanner.example/1"
INFO = record(URL, b"software: test", kind=b"warcinfo")


def test_a_text_file_is_one_document(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", b"The harbour reopened.")
    [document] = read(path)
    assert document == RawDocument(
        hashlib.sha256(b"The harbour reopened.").hexdigest(),
        path.as_uri(),
        b"The harbour reopened.",
        "text/plain",
    )


def test_packing_does_not_change_what_a_document_is(tmp_path: Path) -> None:
    plain = write(tmp_path, "a.html", PAGE)
    packed = write(tmp_path, "b.html.gz", gzip.compress(PAGE))
    unnamed = write(tmp_path, "c.gz", gzip.compress(PAGE))
    archive = tmp_path / "d.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("news/a.html", PAGE)
    found = [read(path)[0] for path in (plain, packed, unnamed, archive)]
    assert (
        len({(one.document_id, one.content, one.media_type) for one in found if isinstance(one, RawDocument)})
        == 1
    )
    assert found[3].source_uri == f"{archive.as_uri()}#news/a.html"


def test_mhtml_gives_the_page_and_its_address(tmp_path: Path) -> None:
    message = MIMEMultipart("related")
    message["Snapshot-Content-Location"] = URL
    message.attach(MIMEText("<p>Café</p>", "html", "iso-8859-1"))
    message.attach(MIMEImage(b"GIF89a", "gif"))
    [document] = read(write(tmp_path, "a.mhtml", message.as_bytes()))
    assert isinstance(document, RawDocument)
    assert document.content.decode("iso-8859-1").strip() == "<p>Café</p>"
    assert (document.encoding, document.declared.url, document.media_type) == ("iso-8859-1", URL, "text/html")


def test_mhtml_without_a_page_is_rejected(tmp_path: Path) -> None:
    path = write(tmp_path, "a.mhtml", b"no headers at all")
    assert summary(read(path), path) == [("no_page", "")]


@pytest.mark.parametrize("packed", [False, True])
def test_warc_gives_the_pages_among_its_records(tmp_path: Path, packed: bool) -> None:
    records = [
        INFO,
        record(URL, PAGE),
        record(URL, b"", kind=b"request"),
        record(URL, b"GIF89a", b"Content-Type: image/gif"),
        record(URL, PAGE, status=b"404 Not Found"),
        record(URL, gzip.compress(PAGE), b"Content-Type: text/html", b"Content-Encoding: gzip"),
        record(URL, zlib.compress(PAGE), b"Content-Type: text/html", b"Content-Encoding: deflate"),
        record(
            URL,
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE),
            b"Content-Type: text/html",
            b"Transfer-Encoding: chunked",
        ),
        record(URL, PAGE, b"Content-Type: text/html", b"Content-Encoding: br", b"Transfer-Encoding: chunked"),
    ]
    content = b"".join(gzip.compress(one) if packed else one for one in records)
    path = write(tmp_path, "a.warc.gz" if packed else "a.warc", content)
    found = read(path)
    assert summary(found, path) == [("text/html", f"#{number}") for number in (2, 6, 7, 8, 9)]
    assert {one.content for one in found if isinstance(one, RawDocument)} == {PAGE}
    assert isinstance(found[0], RawDocument)
    assert (found[0].declared.url, found[0].encoding) == (URL, "utf-8")
    assert found[0].fetched_at == datetime(2024, 3, 25, 10, tzinfo=UTC)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("lost", [4, 60, len(PAGE) + 150])
def test_a_cut_warc_gives_its_whole_pages_and_where_it_ends(tmp_path: Path, packed: bool, lost: int) -> None:
    last = gzip.compress(record(URL, PAGE)) if packed else record(URL, PAGE)
    first = gzip.compress(INFO + record(URL, PAGE)) if packed else INFO + record(URL, PAGE)
    path = write(tmp_path, "a.warc.gz" if packed else "a.warc", first + last[: max(20, len(last) - lost - 4)])
    found = summary(read(path), path)
    assert found[0] == ("text/html", "#2")
    assert found[-1] in [("truncated", "#3"), ("truncated", "")]
    # Where only the check sum at the end is lost, the last page is whole.
    assert len(found) == 2 or (packed and lost == 4)


def test_a_damaged_warc_goes_on_at_the_next_record(tmp_path: Path) -> None:
    records = [
        record(URL, PAGE),
        record(URL, b"no gzip", b"Content-Type: text/html", b"Content-Encoding: gzip"),
        record(URL, b"?", b"Content-Type: text/html", b"Content-Encoding: zstd"),
        b"WARC/1.0\r\nno header line\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: many\r\n\r\n",
        b"stray bytes\r\n",
        record(URL, b"x" * 5000),
        record(URL, b" "),
        record(URL, PAGE),
    ]
    path = write(tmp_path, "a.warc", b"".join(records))
    assert summary(read(path, ReadLimits(document_bytes=2000)), path) == [
        ("text/html", "#1"),
        ("damaged", "#2"),
        ("unknown_coding", "#3"),
        ("damaged", "#4"),
        ("damaged", "#5"),
        ("damaged", "#6"),
        ("too_large", "#6"),
        ("empty", "#7"),
        ("text/html", "#8"),
    ]


@pytest.mark.parametrize("content", [b"", b"no archive\n" * 50, INFO])
def test_a_warc_without_pages_is_rejected(tmp_path: Path, content: bytes) -> None:
    path = write(tmp_path, "a.warc", content)
    assert summary(read(path), path) == [("no_page", "")]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 800), st.binary(min_size=1, max_size=3)), max_size=8),
    st.integers(0, 900),
)
def test_warc_damage_never_raises(changes: list[tuple[int, bytes]], length: int) -> None:
    content = bytearray(INFO + record(URL, PAGE) + record(URL, PAGE))
    for place, patch in changes:
        content[place : place + len(patch)] = patch
    found = list(read_warc(io.BytesIO(bytes(content[:length])), "file:///a.warc", ReadLimits()))
    assert all(one.source_uri.startswith("file:///a.warc") for one in found)


def test_a_zip_is_read_member_by_member(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("one.txt", "Some text.")
        file.writestr("two words.jsonl", '{"text": "a"}\nno json\n{"text": "b"}')
        file.writestr("packed.jsonl.gz", gzip.compress(b'{"text": "c"}'))
        file.writestr("cut.txt.gz", gzip.compress(b"Some text that is cut")[:-4])
        file.writestr("picture.png", "x")
        file.writestr("inner.zip", "PK")
        file.writestr("empty.txt", "")
        file.writestr(".hidden.txt", "x")
        file.writestr("__MACOSX/one.txt", "x")
        file.writestr("folder/", "")
    assert summary(read(path), path) == [
        ("text/plain", "#one.txt"),
        ("text/plain", "#two%20words.jsonl#1"),
        ("bad_json", "#two%20words.jsonl#2"),
        ("text/plain", "#two%20words.jsonl#3"),
        ("text/plain", "#packed.jsonl.gz#1"),
        ("truncated", "#cut.txt.gz"),
        ("unsupported_kind", "#picture.png"),
        ("nested_archive", "#inner.zip"),
        ("empty", "#empty.txt"),
    ]


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "..\\evil.txt", "C:/evil.txt"]
)
def test_a_name_that_points_out_of_the_archive_is_rejected(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(name, "Some text.")
        file.writestr("good.txt", "Some text.")
    assert [reason for reason, _ in summary(read(path), path)] == ["unsafe_name", "text/plain"]


def test_a_link_in_an_archive_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(link, "/etc/passwd")
    assert summary(read(path), path) == [("unsafe_name", "#link.txt")]


def test_an_encrypted_member_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.txt", "Some text.")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1  # the flag in the central directory
    path.write_bytes(bytes(content))
    assert summary(read(path), path) == [("encrypted", "#a.txt")]


def test_a_damaged_member_is_rejected_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.txt", "Some text that will be changed.")
        file.writestr("b.txt", "Some other text.")
    path.write_bytes(path.read_bytes().replace(b"will be changed", b"has been edited"))
    assert summary(read(path), path) == [("damaged", "#a.txt"), ("text/plain", "#b.txt")]


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04 cut"])
def test_what_is_no_zip_is_rejected(tmp_path: Path, content: bytes) -> None:
    path = write(tmp_path, "a.zip", content)
    assert summary(read(path), path) == [("damaged", "")]


@pytest.mark.parametrize("name", ["bomb.txt.gz", "bomb.jsonl.gz", "bomb.csv.gz"])
def test_a_gzip_bomb_is_stopped(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name, gzip.compress(b"text,x\n" + b"0" * 20_000_000))
    limits = ReadLimits(pack_floor=1_000_000)
    assert summary(read(path, limits), path)[-1] == ("archive_bomb", "")


def test_a_zip_bomb_is_stopped_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("bomb.txt", b"0" * 20_000_000)
        file.writestr("good.txt", "Some text.")
    found = summary(read(path, ReadLimits(pack_floor=1_000_000)), path)
    assert found == [("archive_bomb", "#bomb.txt"), ("text/plain", "#good.txt")]


def test_an_archive_of_too_many_members_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        for number in range(20):
            file.writestr(f"{number}.txt", "Some text.")
    assert summary(read(path, ReadLimits(archive_members=10)), path) == [("archive_bomb", "")]


def test_a_cut_gzip_gives_the_records_before_the_cut(tmp_path: Path) -> None:
    packed = gzip.compress(LINES)
    path = write(tmp_path, "a.jsonl.gz", packed[: len(packed) // 2])
    *whole, last = read(path)
    assert len(whole) > 500
    assert all(isinstance(one, RawDocument) for one in whole)
    assert isinstance(last, Rejection)
    assert (last.reason, last.source_uri) == ("truncated", path.as_uri())
    assert f"after {len(whole)} documents" in last.detail


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (gzip.compress(PAGE, mtime=0)[:-10], "truncated"),
        (b"no gzip", "damaged"),
        (gzip.compress(PAGE, mtime=0)[:-8] + b"\xff" * 8, "damaged"),
        (gzip.compress(PAGE, mtime=0) + b"garbage", "damaged"),
        (b"", "empty"),
    ],
    ids=["cut", "not_gzip", "wrong_length", "trailing_garbage", "empty"],
)
def test_damaged_gzip_is_rejected(tmp_path: Path, content: bytes, reason: str) -> None:
    path = write(tmp_path, "a.html.gz", content)
    assert summary(read(path), path) == [(reason, "")]


def test_gzip_of_several_members_with_padding_is_whole(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt.gz", gzip.compress(b"One ") + gzip.compress(b"two.") + b"\0" * 100)
    [document] = read(path)
    assert isinstance(document, RawDocument)
    assert document.content == b"One two."


def test_a_document_over_the_limit_is_rejected(tmp_path: Path) -> None:
    path = write(tmp_path, "a.html", b"<html>" + b"x" * 5000)
    assert summary(read(path, ReadLimits(document_bytes=1000)), path) == [("too_large", "")]


def test_what_cannot_be_opened_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "gone.txt"
    path.symlink_to(tmp_path / "nowhere")
    assert summary(read(path), path) == [("unreadable", "")]


def test_a_file_that_goes_away_after_listing_is_rejected(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", b"Some text.")
    [item] = expand_inputs([str(path)])
    path.unlink()
    assert summary(list(read_item(item)), path) == [("unreadable", "")]
    with pytest.raises(InputNotFoundError):
        expand_inputs([str(path)])


def test_an_empty_file_and_an_unknown_kind_are_rejected(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", b" \n")
    write(tmp_path, "b.exe", b"MZ")
    assert [getattr(one, "reason", None) for one in read(tmp_path)] == ["empty", "unsupported_kind"]


def test_a_feed_is_not_read_as_a_file() -> None:
    [item] = expand_inputs(["https://lanner.example/feed"])
    with pytest.raises(ValueError, match="read_feed"):
        list(read_item(item))


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(
        [".txt", ".html", ".mhtml", ".json", ".jsonl", ".csv", ".warc", ".zip", ".gz", ".jsonl.gz", ""]
    ),
    st.binary(max_size=200),
)
def test_any_bytes_under_any_name_never_raise(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(content)
    found = read(path)
    assert found
    assert all(one.source_uri.startswith(path.as_uri()) for one in found)
