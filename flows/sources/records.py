"""Records of JSON, CSV and Parquet to raw documents: the field names that other tools write.

Known are the names of news-please, Fundus, NewsAPI, Media Cloud and trafilatura. A field that
means one thing here is looked for under all its names; the first that says something counts.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from flows.sources.errors import explain
from flows.text.clean.encoding import replace_surrogates
from flows.text.types import DeclaredMetadata, MediaType, RawDocument, Rejection

TEXT_FIELDS = ("text", "maintext", "plaintext", "body", "content", "article_text", "full_text", "raw_text")
HTML_FIELDS = ("html", "raw_html")
TITLE_FIELDS = ("title", "headline", "name")
DATE_FIELDS = (
    "date",
    "date_publish",
    "publishing_date",
    "publishedAt",
    "publish_date",
    "published_at",
    "published",
    "pubDate",
    "date_published",
    "datePublished",
)
URL_FIELDS = ("url", "link", "canonical_url")
OUTLET_FIELDS = (
    "source",
    "source_domain",
    "outlet",
    "media_name",
    "publisher",
    "sitename",
    "source-hostname",
    "hostname",
)
AUTHOR_FIELDS = ("authors", "author", "byline")
LANGUAGE_FIELDS = ("language", "lang")
KNOWN_FIELDS = frozenset(
    TEXT_FIELDS
    + HTML_FIELDS
    + TITLE_FIELDS
    + DATE_FIELDS
    + URL_FIELDS
    + OUTLET_FIELDS
    + AUTHOR_FIELDS
    + LANGUAGE_FIELDS
)

AUTHOR_SEPARATOR = re.compile(r"\s*[;|]\s*|\s*,\s+(?=\S+\s+\S)|\s+and\s+")
MIN_EPOCH, MAX_EPOCH = 0, 4_102_444_800
"""Seconds since 1970 that a number may mean as a date: up to the year 2100."""
FIRST_DAY_NUMBER, LAST_DAY_NUMBER = 19000101, 20991231
"""Numbers that are a day as written, 20210304; as seconds they would lie in 1970."""
LANGUAGE_CODE = re.compile(r"([a-z]{2})(?:[-_].*)?$", re.IGNORECASE)


def read_record(record: Any, source_uri: str, document_id: str | None = None) -> RawDocument | Rejection:
    """The document in a record, or why there is none: `not_an_object`, `unknown_fields`, `empty`.

    Without `document_id` it is `record_id`. An error is a rejection of this record, and names itself.
    """
    try:
        return _read_record(record, source_uri, document_id or record_id(record))
    except Exception as error:
        return Rejection(source_uri, *explain(error))


def _read_record(record: Any, source_uri: str, document_id: str) -> RawDocument | Rejection:
    if not isinstance(record, Mapping):
        return Rejection(source_uri, "not_an_object", f"a {type(record).__name__}, not an object with fields")
    content, media_type = _find_content(record)
    if content is None:
        return _reject_fields(record, source_uri)
    return RawDocument(
        document_id=document_id,
        source_uri=source_uri,
        content=encode(content),
        media_type=media_type,
        declared=_find_metadata(record),
        encoding="utf-8",
    )


def has_text_field(names: Iterable[str]) -> bool:
    """Whether records with these fields can hold a document."""
    return not {*TEXT_FIELDS, *HTML_FIELDS}.isdisjoint(names)


def record_id(record: Any) -> str:
    """SHA-256 (hex) of the record as canonical JSON: for records that have no bytes of their own."""
    canonical = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(encode(canonical)).hexdigest()


def encode(text: str) -> bytes:
    """UTF-8; half a surrogate pair, which JSON can hold and UTF-8 cannot, becomes U+FFFD."""
    return replace_surrogates(text).encode("utf-8")


def _find_content(record: Mapping[str, Any]) -> tuple[str | None, MediaType]:
    text = next(_texts(record, TEXT_FIELDS), None)
    return (text, "text/plain") if text else (next(_texts(record, HTML_FIELDS), None), "text/html")


def _reject_fields(record: Mapping[str, Any], source_uri: str) -> Rejection:
    if has_text_field(record):
        return Rejection(source_uri, "empty", "the text field is empty")
    names = ", ".join(sorted(map(str, record))[:20]) or "none"
    return Rejection(
        source_uri,
        "unknown_fields",
        f"no field for the text; found: {names}; known: {', '.join(TEXT_FIELDS)}",
    )


def _find_metadata(record: Mapping[str, Any]) -> DeclaredMetadata:
    outlets = list(_texts(record, OUTLET_FIELDS))
    # trafilatura writes the article's address into "source".
    addresses = [*_texts(record, URL_FIELDS), *filter(_is_address, outlets)]
    authors = map(_authors_of, _values(record, AUTHOR_FIELDS))
    dates = map(_date_of, _values(record, DATE_FIELDS))
    return DeclaredMetadata(
        url=next(iter(addresses), None),
        title=next(_texts(record, TITLE_FIELDS), None),
        outlet=next((outlet for outlet in outlets if not _is_address(outlet)), None),
        language=_language_of(next(_texts(record, LANGUAGE_FIELDS), None)),
        authors=next(filter(None, authors), ()),
        published=next(filter(None, dates), None),
    )


def _values(record: Mapping[str, Any], names: Iterable[str]) -> Iterator[Any]:
    """What the fields hold, in the order of `names`."""
    return (value for name in names if (value := record.get(name)) is not None)


def _texts(record: Mapping[str, Any], names: Iterable[str]) -> Iterator[str]:
    return filter(None, map(_text_of, _values(record, names)))


def _text_of(value: Any) -> str | None:
    """A field as text: NewsAPI's source is {"id", "name"}, a Fundus body {"summary", "sections"}."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, Mapping):
        parts = [_text_of(value.get(name)) for name in ("name", "text", "title", "summary", "headline")]
        parts += [_text_of(value.get(name)) for name in ("sections", "paragraphs")]
    elif isinstance(value, list):
        parts = [_text_of(part) for part in value]
    else:
        return None
    return "\n\n".join(part for part in parts if part) or None


def _authors_of(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(part.strip() for part in AUTHOR_SEPARATOR.split(value) if part.strip())
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, (list, tuple)):
        return ()
    return tuple(text for part in value if (text := _text_of(part)))


def _date_of(value: Any) -> str | None:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if FIRST_DAY_NUMBER <= value <= LAST_DAY_NUMBER:
            return f"{value:.0f}"
        if not MIN_EPOCH < value < 1000 * MAX_EPOCH:
            return None
        seconds = value / 1000 if value > MAX_EPOCH else value
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    return _text_of(value)


def _language_of(value: str | None) -> str | None:
    """The ISO 639-1 part of "en-GB"; None for a language's name."""
    match = LANGUAGE_CODE.match(value or "")
    return match[1].lower() if match else None


def _is_address(value: str) -> bool:
    return value.startswith(("http://", "https://"))
