"""Feeds over real HTTP on loopback: what is fetched, what is refused, what is remembered."""

from __future__ import annotations

import gzip
import ipaddress
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest

from flows.sources.addresses import check_public, is_public
from flows.sources.errors import (
    FetchError,
    HttpStatusError,
    PrivateAddressError,
    RobotsDisallowedError,
    TooLargeError,
    TooManyRedirectsError,
    UnreachableError,
)
from flows.sources.feeds import FeedState, read_feed
from flows.sources.fetch import Answer, Fetcher, FetchPolicy
from flows.sources.limits import ReadLimits
from flows.text.types import RawDocument, Rejection

PAGE = b"<html><body><p>The harbour of Port Lanner reopened on Monday.</p></body></html>"
XML = "application/rss+xml"


@dataclass
class Reply:
    content: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Handler = Callable[[BaseHTTPRequestHandler], Reply]


class Site:
    """A web site on loopback: paths to replies, and what was asked of it."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply | list[Reply] | Handler] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        site = self

        class RequestHandler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), RequestHandler)
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(request.path)
        self.headers.append(dict(request.headers))
        reply = self.replies.get(urlsplit(request.path).path, Reply(status=404))
        if isinstance(reply, list):
            reply = reply.pop(0) if len(reply) > 1 else reply[0]
        if callable(reply):
            reply = reply(request)
        request.send_response(reply.status)
        for name, value in {"Content-Length": str(len(reply.content)), **reply.headers}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(reply.content)

    def add_feed(self, *links: str, **headers: str) -> None:
        items = "".join(
            f"<item><title>T</title><link>{self.url}{link}</link>"
            "<pubDate>Mon, 25 Mar 2024 10:00:00 GMT</pubDate></item>"
            for link in links
        )
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{items}</channel></rss>'
        self.replies["/feed"] = Reply(feed.encode(), headers={"Content-Type": XML, **headers})

    def add_page(self, *paths: str) -> None:
        for path in paths:
            self.replies[path] = Reply(
                PAGE + path.encode(), headers={"Content-Type": "text/html; charset=utf-8"}
            )


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield site
    site.server.shutdown()
    thread.join()
    site.server.server_close()


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def fetcher(slept: list[float]) -> Iterator[Fetcher]:
    policy = FetchPolicy(allow_private=True, delay=0, timeout=5, retries=2)
    with Fetcher(policy, ReadLimits(document_bytes=100_000), sleep=slept.append) as fetcher:
        yield fetcher


def read(site: Site, fetcher: Fetcher, state: FeedState | None = None) -> list[tuple[str, str]]:
    """Reason or "document" of each, with its path."""
    found = read_feed(f"{site.url}/feed", {} if state is None else state, fetcher)
    return [
        (one.reason if isinstance(one, Rejection) else "document", urlsplit(one.source_uri).path)
        for one in found
    ]


def pages_asked(site: Site) -> list[str]:
    return [path for path in site.asked if path not in ("/feed", "/robots.txt")]


def test_the_articles_of_a_feed_are_fetched(site: Site, fetcher: Fetcher) -> None:
    site.add_feed("/a", "/b", "/a")
    site.add_page("/a", "/b")
    first, second = read_feed(f"{site.url}/feed", {}, fetcher)
    assert isinstance(first, RawDocument)
    assert first.source_uri == first.declared.url == f"{site.url}/a"
    assert (first.content, first.media_type, first.encoding) == (PAGE + b"/a", "text/html", "utf-8")
    assert first.declared.published == "Mon, 25 Mar 2024 10:00:00 GMT"
    assert first.fetched_at is not None
    assert first.fetched_at.tzinfo is not None
    assert isinstance(second, RawDocument)


def test_atom_and_relative_links(site: Site, fetcher: Fetcher) -> None:
    atom = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>
        <entry><link href="/a"/><updated>2024-03-25T10:00:00Z</updated></entry>
        <entry><title>no link</title></entry></feed>"""
    site.replies["/feed"] = Reply(atom.encode(), headers={"Content-Type": "application/atom+xml"})
    site.add_page("/a")
    assert read(site, fetcher) == [("document", "/a")]


def test_a_second_run_fetches_only_what_is_new(site: Site, fetcher: Fetcher) -> None:
    state: FeedState = {}
    site.add_feed("/a")
    site.add_page("/a", "/b")
    assert read(site, fetcher, state) == [("document", "/a")]
    state = json.loads(json.dumps(state))
    site.add_feed("/b", "/a")
    assert read(site, fetcher, state) == [("document", "/b")]
    assert read(site, fetcher, state) == []
    assert pages_asked(site) == ["/a", "/b"]


def test_validators_are_sent_and_not_modified_is_understood(site: Site, fetcher: Fetcher) -> None:
    state: FeedState = {}
    site.add_feed("/a", ETag='"v1"', **{"Last-Modified": "Mon, 25 Mar 2024 10:00:00 GMT"})
    site.add_page("/a")
    assert read(site, fetcher, state) == [("document", "/a")]
    site.replies["/feed"] = Reply(status=304)
    assert read(site, fetcher, state) == []
    assert site.headers[-1]["If-None-Match"] == '"v1"'
    assert site.headers[-1]["If-Modified-Since"] == "Mon, 25 Mar 2024 10:00:00 GMT"


def test_what_fails_for_now_is_tried_in_the_next_run(site: Site, fetcher: Fetcher) -> None:
    state: FeedState = {}
    site.add_feed("/a", "/gone", "/down", ETag='"v1"')
    site.add_page("/a")
    site.replies["/down"] = Reply(status=503)
    assert read(site, fetcher, state) == [
        ("document", "/a"),
        ("http_status", "/gone"),
        ("http_status", "/down"),
    ]
    assert "etag" not in state
    site.add_page("/down", "/gone")
    assert read(site, fetcher, state) == [("document", "/down")]
    assert state["etag"] == '"v1"'


def test_an_entry_that_nobody_foresaw_does_not_stop_the_others(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.add_feed("/a", "/odd", "/b")
    site.add_page("/a", "/odd", "/b")
    real = Fetcher.fetch

    def fetch(fetcher: Fetcher, url: str, **options: Any) -> Answer:
        if url.endswith("/odd"):
            raise KeyError("a fault of ours")
        return real(fetcher, url, **options)

    monkeypatch.setattr(Fetcher, "fetch", fetch)
    state: FeedState = {}
    assert read(site, fetcher, state) == [("document", "/a"), ("reading_failed", "/odd"), ("document", "/b")]
    monkeypatch.undo()
    assert read(site, fetcher, state) == [("document", "/odd")], "it is tried in the next run"


def test_an_entry_without_a_usable_address_does_not_stop_the_others(site: Site, fetcher: Fetcher) -> None:
    site.add_page("/a")
    items = "".join(f"<item><link>{link}</link></item>" for link in ("http://[::bad/x", f"{site.url}/a"))
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{items}</channel></rss>'
    site.replies["/feed"] = Reply(feed.encode(), headers={"Content-Type": XML})
    first, second = read_feed(f"{site.url}/feed", {}, fetcher)
    assert isinstance(first, Rejection)
    assert first.source_uri == "http://[::bad/x"
    assert isinstance(second, RawDocument)


def test_links_that_left_the_feed_are_forgotten_in_time(site: Site, fetcher: Fetcher) -> None:
    site.add_feed("/a")
    site.add_page("/a")
    state: FeedState = {"seen": [f"{site.url}/old{n}" for n in range(6000)]}
    read(site, fetcher, state)
    assert len(state["seen"]) == 5001
    assert state["seen"][-1] == f"{site.url}/a"


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(b"<html><body>Not found</body></html>", headers={"Content-Type": "text/html"}), "not_a_feed"),
        (Reply(b"no XML at all", headers={"Content-Type": XML}), "not_a_feed"),
        (Reply(b"", headers={"Content-Type": XML}), "not_a_feed"),
        (Reply(b"\x00\x01\x02", headers={"Content-Type": XML}), "not_a_feed"),
        (Reply(b'<?xml version="1.0"?><root/>', headers={"Content-Type": XML}), "not_a_feed"),
        (Reply(status=404), "http_status"),
        (Reply(status=500), "http_status"),
        (Reply(status=302, headers={"Location": "/feed"}), "too_many_redirects"),
        (Reply(status=302, headers={"Location": "file:///etc/passwd"}), "fetch_failed"),
        (Reply(status=302), "http_status"),
        (Reply(b"x" * 200_000), "too_large"),
        (Reply(gzip.compress(b"x" * 9_000_000), headers={"Content-Encoding": "gzip"}), "too_large"),
        (Reply(b"no gzip", headers={"Content-Encoding": "gzip"}), "unreachable"),
    ],
)
def test_what_is_no_feed_is_rejected(site: Site, fetcher: Fetcher, reply: Reply, reason: str) -> None:
    site.replies["/feed"] = reply
    state: FeedState = {}
    assert read(site, fetcher, state) == [(reason, "/feed")]
    assert state == {}


def test_entities_that_point_at_files_or_grow_are_not_followed(site: Site, fetcher: Fetcher) -> None:
    grow = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    feed = f"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "lol">{grow}
        <!ENTITY file SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&e11;</title>
        <item><link>{site.url}/a?&file;</link></item></channel></rss>"""
    site.replies["/feed"] = Reply(feed.encode(), headers={"Content-Type": XML})
    site.add_page("/a")
    read(site, fetcher)
    assert all("root:" not in path and "lol" not in path for path in site.asked)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(b"%PDF-1.4", headers={"Content-Type": "application/pdf"}), "not_html"),
        (Reply(b" ", headers={"Content-Type": "text/html"}), "empty"),
        (Reply(status=410), "http_status"),
    ],
)
def test_links_that_are_no_pages_are_rejected_once(
    site: Site, fetcher: Fetcher, reply: Reply, reason: str
) -> None:
    state: FeedState = {}
    site.add_feed("/a")
    site.replies["/a"] = reply
    assert read(site, fetcher, state) == [(reason, "/a")]
    assert read(site, fetcher, state) == []


def test_the_address_after_redirects_is_the_source(site: Site, fetcher: Fetcher) -> None:
    site.add_feed("/old")
    site.replies["/old"] = Reply(status=301, headers={"Location": "/new"})
    site.add_page("/new")
    assert read(site, fetcher) == [("document", "/new")]


def test_robots_txt_is_honoured(site: Site, fetcher: Fetcher, slept: list[float]) -> None:
    site.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /private\nCrawl-delay: 3\n")
    site.add_feed("/private/a", "/b")
    site.add_page("/private/a", "/b")
    assert read(site, fetcher) == [("robots_disallowed", "/private/a"), ("document", "/b")]
    assert site.asked == ["/robots.txt", "/feed", "/b"]
    assert any(2 < pause <= 3 for pause in slept)


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (503, False)])
def test_a_site_without_robots_txt_allows_all_and_one_that_fails_nothing(
    site: Site, fetcher: Fetcher, status: int, allowed: bool
) -> None:
    site.replies["/robots.txt"] = Reply(status=status)
    site.add_page("/a")
    if allowed:
        assert fetcher.fetch(f"{site.url}/a").status == 200
    else:
        with pytest.raises(RobotsDisallowedError):
            fetcher.fetch(f"{site.url}/a")


def test_the_host_is_given_its_delay(site: Site, slept: list[float]) -> None:
    site.add_page("/a")
    with Fetcher(
        FetchPolicy(allow_private=True, delay=5), sleep=slept.append, clock=lambda: 100.0
    ) as fetcher:
        fetcher.fetch(f"{site.url}/a")
        fetcher.fetch(f"{site.url}/a")
    assert slept == [5, 10]


def test_a_busy_site_is_asked_again_when_it_says(site: Site, fetcher: Fetcher, slept: list[float]) -> None:
    site.add_page("/a")
    page = site.replies["/a"]
    assert isinstance(page, Reply)
    site.replies["/a"] = [Reply(status=429, headers={"Retry-After": "7"}), Reply(status=502), page]
    assert fetcher.fetch(f"{site.url}/a").status == 200
    assert slept == [7, 2]


def test_retries_end(site: Site, fetcher: Fetcher, slept: list[float]) -> None:
    site.replies["/a"] = Reply(status=503, headers={"Retry-After": "100000"})
    with pytest.raises(HttpStatusError) as caught:
        fetcher.fetch(f"{site.url}/a")
    assert caught.value.is_passing
    assert slept == [60, 60]
    assert pages_asked(site) == ["/a"] * 3


def test_redirects_are_bounded(site: Site, fetcher: Fetcher) -> None:
    site.replies["/a"] = Reply(status=302, headers={"Location": "/a"})
    with pytest.raises(TooManyRedirectsError):
        fetcher.fetch(f"{site.url}/a")
    assert len(pages_asked(site)) == 6


def test_a_slow_answer_is_cut_off(site: Site) -> None:
    site.add_page("/a")
    instants = iter(range(0, 100_000, 50))
    policy = FetchPolicy(allow_private=True, delay=0, retries=0, deadline=10)
    with (
        Fetcher(policy, sleep=lambda _: None, clock=lambda: float(next(instants))) as fetcher,
        pytest.raises(UnreachableError, match="longer than 10 s"),
    ):
        fetcher.fetch(f"{site.url}/a")


def test_a_large_answer_is_cut_off(site: Site, fetcher: Fetcher) -> None:
    site.replies["/a"] = Reply(b"x" * 200_000)
    with pytest.raises(TooLargeError):
        fetcher.fetch(f"{site.url}/a")


def test_nobody_listens(site: Site, fetcher: Fetcher) -> None:
    with pytest.raises(UnreachableError) as caught:
        fetcher.fetch("http://127.0.0.1:1/a")
    assert caught.value.is_passing


@pytest.mark.parametrize(
    "url", ["ftp://lanner.example/a", "file:///etc/passwd", "http://", "http://[bad", "nothing"]
)
def test_other_addresses_are_refused(fetcher: Fetcher, url: str) -> None:
    with pytest.raises(FetchError):
        fetcher.fetch(url)


def test_loopback_is_refused_without_being_asked(site: Site) -> None:
    site.add_feed("/a")
    with Fetcher(FetchPolicy(delay=0)) as fetcher:
        assert read(site, fetcher) == [("private_address", "/feed")]
    assert site.asked == []


def test_every_hop_is_checked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that passes may not send the fetcher on to one that does not."""
    site.replies["/a"] = Reply(status=302, headers={"Location": f"http://inside.example:{site.port}/b"})
    site.add_page("/b")
    monkeypatch.setattr("flows.sources.addresses.is_public", lambda address: str(address) == "127.0.0.1")
    hosts = {"outside.example": ["127.0.0.1"], "inside.example": ["127.0.0.2"]}
    with (
        Fetcher(FetchPolicy(delay=0), resolver=lambda host, port: hosts[host]) as fetcher,
        pytest.raises(PrivateAddressError, match=r"inside\.example is 127\.0\.0\.2"),
    ):
        fetcher.fetch(f"http://outside.example:{site.port}/a")
    assert site.headers[-1]["Host"] == f"outside.example:{site.port}"


def test_the_connection_goes_to_the_address_that_was_checked(site: Site) -> None:
    """The name is resolved once a request: a second answer of the name server cannot lead elsewhere."""
    site.add_page("/a")
    answers: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        answers.append(host)
        return ["127.0.0.1"]

    with Fetcher(FetchPolicy(allow_private=True, delay=0), resolver=resolve) as fetcher:
        answer = fetcher.fetch(f"http://lanner.example:{site.port}/a")
    assert answer.url == f"http://lanner.example:{site.port}/a"
    assert answers == ["lanner.example"] * len(site.asked)


def test_cookies_do_not_travel(site: Site, fetcher: Fetcher) -> None:
    site.replies["/a"] = Reply(PAGE, headers={"Set-Cookie": "id=1"})
    fetcher.fetch(f"{site.url}/a")
    fetcher.fetch(f"{site.url}/a")
    assert all("Cookie" not in headers for headers in site.headers)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) == public


def test_one_private_address_among_several_is_enough() -> None:
    with pytest.raises(PrivateAddressError, match="--allow-private"):
        check_public("lanner.example", ["93.184.216.34", "10.0.0.1"])
