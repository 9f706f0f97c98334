"""What kind of input a name or its first bytes tell."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import Literal

from flows.sources.streams import GZIP_MAGIC

Kind = Literal[
    "text",
    "html",
    "mhtml",
    "json",
    "jsonl",
    "csv",
    "parquet",
    "warc",
    "zip",
    "feed",
    "unsniffed",
    "unsupported",
]
SNIFF_BYTES = 4096

SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".warc": "warc",
    ".zip": "zip",
}
HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
# Header lines, among them the one that makes the rest a page and its pictures.
MHTML_START = re.compile(rb"(?:[\w-]+:|[ \t]).*(?:\r?\n(?:[\w-]+:|[ \t]).*)*", re.IGNORECASE)
MHTML_HEADER = re.compile(rb"^content-type:\s*multipart/related|^mime-version:", re.IGNORECASE | re.MULTILINE)
JSON_START = re.compile(rb'\s*(?:\[\s*[{\]]|\{\s*["}])')
BOM = b"\xef\xbb\xbf"


def kind_of_name(name: str) -> tuple[Kind, bool]:
    """Kind by suffix, and whether it is gzipped; without a suffix the content has to tell."""
    path = PurePosixPath(name.lower())
    gzipped = path.suffix == ".gz"
    suffix = PurePosixPath(path.stem).suffix if gzipped else path.suffix
    if not suffix:
        return "unsniffed", gzipped
    return SUFFIXES.get(suffix, "unsupported"), gzipped


def sniff(head: bytes) -> Kind:
    """Kind by the first bytes, unpacked; what is nothing else is text. Gzip is not asked for here."""
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return "zip"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    return _sniff_text(head.removeprefix(BOM))


def is_gzip(head: bytes) -> bool:
    return head.startswith(GZIP_MAGIC)


def _sniff_text(head: bytes) -> Kind:
    if HTML_START.match(head):
        return "html"
    if JSON_START.match(head):
        return "jsonl" if _is_object(head.split(b"\n", 1)[0]) else "json"
    headers = MHTML_START.match(head)
    if headers and MHTML_HEADER.search(headers[0]):
        return "mhtml"
    return "csv" if _is_table(head) else "text"


def _is_object(line: bytes) -> bool:
    """A whole JSON object on the first line: a file of one object a line."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_table(head: bytes) -> bool:
    """The first line is a header that names a text column: "url,title,text"."""
    names = re.split(rb"[,;\t|]", head.split(b"\n", 1)[0].strip())
    return len(names) > 1 and any(name.strip(b' "').lower() in TEXT_COLUMNS for name in names)


TEXT_COLUMNS = frozenset([b"text", b"maintext", b"body", b"content", b"plaintext", b"html"])
