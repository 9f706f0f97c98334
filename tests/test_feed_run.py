"""A feed through the whole pipeline, from a real web server on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from support import run_direct

PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>The Orlin dam in northern Tessaly broke on Tuesday night and flooded four villages ({title}).</p>
<p>About 3,200 people had to leave their homes, the civil protection agency said on Wednesday.</p>
<p>"We had eleven minutes," said Ines Halvard, the mayor of Lower Orlin, who thanked the crews.</p>
</article></body></html>"""
ITEM = "<item><link>{base}/article/{n}</link><pubDate>Wed, 13 Mar 2024 09:00:00 GMT</pubDate></item>"


class Site:
    """A feed of so many articles; `served` lists the paths that were asked for."""

    def __init__(self) -> None:
        self.n_articles = 1
        self.served: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.served.append(self.path)
                body = site.answer(self.path)
                self.send_response(200 if body else 404)
                kind = "application/rss+xml" if self.path == "/feed.xml" else "text/html; charset=utf-8"
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, path: str) -> bytes:
        if path == "/feed.xml":
            items = "".join(ITEM.format(n=n, base=self.base) for n in range(self.n_articles))
            return f'<rss version="2.0"><channel><title>Herald</title>{items}</channel></rss>'.encode()
        return (
            PAGE.format(title=f"Report {path[-1]} from Orlin").encode()
            if path.startswith("/article/")
            else b""
        )


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def test_a_scheduled_run_fetches_only_what_is_new(site: Site, tmp_path: Path) -> None:
    feed = [f"{site.base}/feed.xml"]
    first = run_direct(feed, tmp_path / "w", allow_private=True)
    assert (first.status, first.n_new) == ("published", 1)
    assert run_direct(feed, tmp_path / "w", allow_private=True).status == "unchanged"
    site.n_articles = 2
    site.served.clear()
    third = run_direct(feed, tmp_path / "w", allow_private=True)
    assert (third.status, third.n_new) == ("published", 1)
    assert "/article/1" in site.served
    assert "/article/0" not in site.served
