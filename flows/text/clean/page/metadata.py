"""What a page says of its article: in JSON-LD, in meta tags, in its headings, bylines and address.

What belongs here: where the values stand, and which source is believed first. What does not: how a
single value is read (`authors`, `dates`, ...).
"""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from urllib.parse import urljoin, urlsplit

from flows.text.clean.metadata.authors import parse_authors
from flows.text.clean.metadata.dates import parse_published
from flows.text.clean.metadata.json_ld import Thing, find_article, names_of, read_things, text_of
from flows.text.clean.metadata.titles import choose_title, name_key, title_parts
from flows.text.clean.page.elements import Page, squash
from flows.text.types import DateBasis

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "article_published_time",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "article.published", "publishdate", "publish-date", "publish_date", "pubdate", "publication_date",
    "originalpublicationdate", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
    "date.created", "rnews:datepublished", "citation_publication_date", "bt:pubdate", "dc.date",
)  # fmt: skip
"""Meta tags with the day of publication, the best first."""
_MAYBE_PUBLISHED = ("date", "article.created", "created", "timestamp", "og:updated_time", "last-modified")
"""Meta tags that often hold the time of the request: not believed where they name the day of the crawl."""
_AUTHORS = (
    "author", "parsely-author", "sailthru.author", "article:author_name", "article:author", "dcsext.author",
    "cxenseparse:author", "mrf:authors", "dc.creator", "dcterms.creator", "byl", "citation_author", "creator",
    "shareaholic:article_author_name",
)  # fmt: skip
_UPDATED = re.compile(r"updat|modif", re.IGNORECASE)
DESK_WORDS = 4
"""Words of the longest name of an organisation that signs articles."""
MAX_VALUE = 2000
"""Characters of a value that are read; the longest descriptions have 1,000."""
_URL_DATE = re.compile(
    r"/((?:19|20)\d{2})[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-])|[/-]((?:19|20)\d{2}-\d{2}-\d{2})(?=[/-]|$)"
)
_MONTHS = [name.lower() for name in calendar.month_abbr[1:]]


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page declares of its article, as text; `published` is most believable first."""

    url: str | None
    outlet: str | None
    title: str | None
    author_names: tuple[str, ...]
    published: tuple[str, ...]
    maybe_published: tuple[str, ...]
    language: str | None
    descriptions: tuple[str, ...]


def read_metadata(page: Page, *, url: str | None = None) -> PageMetadata:
    """The metadata of a page; `url` is its address where the container knows it."""
    scripts = [
        text for element, text in page.scripts if "ld+json" in element.attributes.get("type", "").lower()
    ]
    things = read_things(scripts)
    article = find_article(things)
    metas = _meta_tags(page)
    url = url or _address(page, metas)
    outlet = _outlet(metas, article, things, url, page.title)
    headings = [block.text for block in page.blocks if block.element.tag == "h1"]
    return PageMetadata(
        url=url,
        outlet=outlet,
        title=choose_title(
            # Escaped twice on some sites: "Fish &amp;amp; chips".
            shared=_clean(next(iter(metas["og:title"] or metas["twitter:title"]), None)),
            headline=_clean(text_of(article, "headline")),
            headings=headings,
            window=page.title,
            sites=_sites(outlet, metas, url),
        ),
        author_names=tuple(_author_names(metas, article, things)),
        published=tuple(_published(metas, page, article)),
        maybe_published=tuple(value for name in _MAYBE_PUBLISHED for value in metas[name]),
        language=next((e.attributes.get("lang") for e in page.elements if e.tag == "html"), None),
        descriptions=tuple(_descriptions(metas, article)),
    )


def _descriptions(metas: dict[str, list[str]], article: Thing | None) -> Iterator[str]:
    for name in ("description", "og:description", "twitter:description", "sailthru.description"):
        yield from metas[name]
    for key in ("description", "alternativeHeadline"):
        text = _clean(text_of(article, key))
        if text:
            yield text


def _clean(text: str | None) -> str | None:
    return squash(re.sub(r"<[^<>]{1,100}>", "", unescape(text[:MAX_VALUE]))) or None if text else None


def _meta_tags(page: Page) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = defaultdict(list)
    for element in page.elements:
        if element.tag != "meta":
            continue
        attributes = element.attributes
        content = squash(attributes.get("content", "")[:MAX_VALUE])
        for key in ("property", "name", "itemprop"):
            name = attributes.get(key, "").lower()
            if name and content and content not in metas[name]:
                metas[name].append(content)
    return metas


def _address(page: Page, metas: dict[str, list[str]]) -> str | None:
    links = (
        element.attributes.get("href", "")
        for element in page.elements
        if element.tag == "link" and element.attributes.get("rel", "").lower() == "canonical"
    )
    shared = next(iter(metas["og:url"]), "")
    for found in (*links, shared):
        address = found if found.startswith(("http://", "https://")) else _joined(shared, found)
        if address:
            return address
    return None


def _joined(base: str, path: str) -> str | None:
    """The address of a path on the site of `base`; None where either is no address ("http://[")."""
    try:
        address = urljoin(base, path)
    except ValueError:
        return None
    return address if address.startswith(("http://", "https://")) else None


def _outlet(
    metas: dict[str, list[str]],
    article: Thing | None,
    things: list[Thing],
    url: str | None,
    window: str | None,
) -> str | None:
    """The outlet as the page names it, else its host; spelt as in the <title> where it stands there."""
    publisher = names_of(article.get("publisher"), things) if article else []
    named = [*metas["og:site_name"], *publisher, *metas["application-name"]]
    host = _host(url)
    outlet = next((_clean(name) for name in named if not name.startswith("http")), None)
    outlet = outlet or host or None
    # "nationalpost", "theportugalnews.com"
    bare = {outlet, host.partition(".")[0]} if outlet == host else {outlet}
    parts = title_parts(window or "")
    return next((part for part in parts if part.lower().replace(" ", "") in bare), outlet)


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _sites(outlet: str | None, metas: dict[str, list[str]], url: str | None) -> list[str]:
    """Names the site goes by, to be cut off its titles."""
    labels = _host(url).split(".")[:-1]
    return [name for name in (outlet, *metas["og:site_name"], *metas["application-name"], *labels) if name]


def _author_names(metas: dict[str, list[str]], article: Thing | None, things: list[Thing]) -> Iterator[str]:
    if article:
        yield from names_of(article.get("author") or article.get("creator"), things)
    for name in _AUTHORS:
        yield from metas[name]


def _published(metas: dict[str, list[str]], page: Page, article: Thing | None) -> Iterator[str]:
    for key in ("datePublished", "dateCreated", "uploadDate"):
        value = text_of(article, key)
        if value:
            yield value
    for name in _PUBLISHED:
        yield from metas[name]
    for element in page.elements:
        if element.tag != "meta" and element.attributes.get("itemprop") == "datePublished":
            yield element.attributes.get("datetime") or element.attributes.get("content", "")


def read_times(page: Page, *, start: int, end: int) -> list[str]:
    """The machine form of the <time> elements between two offsets of the source, updates left out."""
    return [
        element.attributes["datetime"]
        for element in page.elements
        if element.tag == "time" and start <= element.start < end and "datetime" in element.attributes
        if not _UPDATED.search(element.source)
    ]


def choose_authors(declared: Iterable[str], bylines: Iterable[str], *, outlet: str | None) -> tuple[str, ...]:
    """The people who wrote: as declared, else as the first byline that names people has them.

    Where neither does, an agency, a desk or the outlet that is declared as author stands for them.
    """
    declared = [unescape(name) for name in declared if "://" not in name and not name.startswith("@")]
    people = _people(declared, outlet)
    people = people or next(filter(None, (_people([byline], outlet) for byline in bylines)), ())
    return people or tuple(name.strip() for name in declared if _is_desk(name))[:1]


def _people(bylines: Iterable[str], outlet: str | None) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for person in (person for byline in bylines for person in parse_authors(byline)):
        if not outlet or name_key(person) != name_key(outlet):
            found.setdefault(name_key(person), person)
    return tuple(found.values())


def _is_desk(name: str) -> bool:
    """An organisation that signs: "Associated Press", "BBC News", "Staff"."""
    return 1 <= len(name.split()) <= DESK_WORDS and not name[:1].islower()


@dataclass(frozen=True, slots=True)
class Published:
    """A date of publication: the day as written, the instant in UTC where a zone is known."""

    day: date
    instant: datetime | None
    basis: DateBasis


def choose_date(
    metadata: PageMetadata, written: Iterable[str], *, today: date, crawled: date | None
) -> Published | None:
    """The date of publication; None where nothing trustworthy says one.

    What machines write for machines is believed even on the day of the crawl; a date in the text
    of the page, or in a meta tag that sites fill with the time of the request, is not.
    """
    for value in metadata.published:
        found = parse_published(value, today=today)
        if found:
            return Published(*found, "page")
    for value in (*metadata.maybe_published, *written):
        found = parse_published(value, today=today)
        if found and found[0] != crawled:
            return Published(*found, "page")
    address = _url_day(metadata.url, today)
    return Published(address, None, "url") if address else None


def _url_day(url: str | None, today: date) -> date | None:
    match = _URL_DATE.search(url or "")
    if not match:
        return None
    value = match[4]
    if value is None:
        month = _MONTHS.index(match[2]) + 1 if match[2] in _MONTHS else match[2]
        value = f"{match[1]}-{month:0>2}-{match[3]:0>2}"
    found = parse_published(value, today=today)
    return found[0] if found else None
