"""RSS and Atom feeds, and the articles that they link.

The state of a feed is a small dict that JSON can hold. It is kept by the caller, given in and
brought up to date while reading, so that the next run fetches only what is new.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import urljoin

from flows.sources.documents import Documents
from flows.sources.errors import FetchError, SourceError, explain
from flows.sources.fetch import NOT_MODIFIED, Answer, Fetcher
from flows.text.types import DeclaredMetadata, RawDocument, Rejection

FeedState = dict[str, Any]
"""`etag`, `last_modified`: validators of the feed; `seen`: links that are settled, oldest first."""

MAX_ENTRIES = 1000
"""Entries of one feed that are read; feeds have 10 to 100."""
MAX_SEEN = 5000
"""Links that are remembered beside those that the feed still has."""
HTML_TYPES = frozenset(["text/html", "application/xhtml+xml", ""])
VALIDATORS = {"etag": "If-None-Match", "last_modified": "If-Modified-Since"}


class NotAFeedError(SourceError):
    """An answer that is neither RSS nor Atom."""

    reason = "not_a_feed"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed: where the article is, and when it was published, as written."""

    url: str
    published: str | None


def read_feed(url: str, state: FeedState, fetcher: Fetcher) -> Documents:
    """The articles that a feed links and that are not in `state` yet; `state` changes as they are read.

    What fails and may succeed later is tried again in the next run; all else is not.
    """
    try:
        answer = fetcher.fetch(url, headers=_validators(state))
        entries = [] if answer.status == NOT_MODIFIED else parse_feed(answer)
    except Exception as error:
        yield Rejection(url, *explain(error))
        return
    seen = dict.fromkeys(state.get("seen", ()))
    is_complete = True
    for entry in entries:
        if entry.url in seen:
            continue
        document, is_settled = _read_entry(entry, fetcher)
        is_complete = is_complete and is_settled
        if is_settled:
            seen[entry.url] = None
            state["seen"] = list(seen)
        yield document
    if is_complete and answer.status != NOT_MODIFIED:
        _remember(state, answer, entries)


def parse_feed(answer: Answer) -> list[Entry]:
    """The entries of a feed with a link, in its order; raises NotAFeedError."""
    import feedparser

    # Only links and dates are read, and cleaning the HTML in a feed takes most of the time.
    feed = feedparser.parse(
        answer.content,
        response_headers=_feed_headers(answer),
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not feed.get("version"):
        problem = feed.get("bozo_exception", "no feed element")
        raise NotAFeedError(f"{answer.url} is neither RSS nor Atom: {problem}")
    found = (_parse_entry(entry, answer.url) for entry in feed.entries[:MAX_ENTRIES])
    return list({entry.url: entry for entry in found if entry is not None}.values())


def _parse_entry(entry: Any, base: str) -> Entry | None:
    link = entry.get("link")
    published = entry.get("published") or entry.get("updated")
    return Entry(_join(base, link), published) if link else None


def _join(base: str, link: str) -> str:
    """The link's address; one that is none ("http://[") as it is, to be rejected where it is fetched."""
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def _read_entry(entry: Entry, fetcher: Fetcher) -> tuple[RawDocument | Rejection, bool]:
    """The article, or why there is none, and whether that is settled.

    What nobody foresaw is not: a later version may know how to read it.
    """
    try:
        return _fetch_entry(entry, fetcher), True
    except SourceError as error:
        is_passing = isinstance(error, FetchError) and error.is_passing
        return Rejection(entry.url, *explain(error)), not is_passing
    except Exception as error:
        return Rejection(entry.url, *explain(error)), False


def _fetch_entry(entry: Entry, fetcher: Fetcher) -> RawDocument | Rejection:
    answer = fetcher.fetch(entry.url)
    content_type = _content_type(answer)
    if content_type.get_content_type() not in HTML_TYPES:
        detail = f"its content type is {content_type.get_content_type()}"
        return Rejection(answer.url, "not_html", detail)
    if not answer.content.strip():
        return Rejection(answer.url, "empty", "the answer has no content")
    return _document(entry, answer, content_type.get_content_charset())


def _document(entry: Entry, answer: Answer, encoding: str | None) -> RawDocument:
    return RawDocument(
        document_id=hashlib.sha256(answer.content).hexdigest(),
        source_uri=answer.url,
        content=answer.content,
        media_type="text/html",
        declared=DeclaredMetadata(url=answer.url, published=entry.published),
        encoding=encoding,
        fetched_at=answer.fetched_at,
    )


def _validators(state: FeedState) -> dict[str, str]:
    return {header: state[name] for name, header in VALIDATORS.items() if state.get(name)}


def _remember(state: FeedState, answer: Answer, entries: list[Entry]) -> None:
    """Keeps the validators only when every entry is settled: "not modified" would hide the rest."""
    state["etag"] = answer.headers.get("etag")
    state["last_modified"] = answer.headers.get("last-modified")
    present = dict.fromkeys(entry.url for entry in entries)
    gone = [link for link in state.get("seen", ()) if link not in present]
    state["seen"] = [*gone[-MAX_SEEN:], *present]


def _content_type(answer: Answer) -> Message:
    message = Message()
    message["Content-Type"] = answer.headers.get("content-type", "text/html")
    return message


def _feed_headers(answer: Answer) -> dict[str, str]:
    """The headers that tell feedparser the encoding and the base of relative links."""
    known = ("content-type", "content-location")
    return {name: answer.headers[name] for name in known if name in answer.headers}
