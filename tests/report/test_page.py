"""The page of `copydesk report`: what it says is what the views say, and nothing in it does anything."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from collections.abc import Callable
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT

from flows.report import UnknownStoryError, write_report
from flows.report.page import is_web_address, mark_shared
from flows.store.query import QueryError
from flows.store.questions import ask

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
VOID = {"meta", "br", "img", "link"}
HOSTILE = "</title></style><script>alert(1)</script><img src=x onerror=alert(1)> \" ' & {{ 7 * 7 }}"

Asked = Callable[..., pl.DataFrame]


class Reader(HTMLParser):
    """Takes a page apart; fails where a tag is not closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.cells: list[list[str]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.cells.append([])
        if tag in ("td", "th"):
            self.cells[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and {"td", "th"} & set(self.open):
            self.cells[-1][-1] += data

    def addresses(self) -> list[str]:
        """Whatever the page could load or lead to."""
        names = ("src", "href", "srcset", "action", "data", "xlink:href")
        return [value for _, found in self.tags for name in names if (value := found.get(name))]


@pytest.fixture
def asked(examples: duckdb.DuckDBPyConnection) -> Asked:
    """Asks the database of the example articles."""
    return partial(ask, examples)


@pytest.fixture
def dam(examples: duckdb.DuckDBPyConnection) -> str:
    """The story of the broken dam."""
    found = examples.execute("SELECT story_id FROM stories ORDER BY n_articles DESC LIMIT 1").fetchone()
    assert found is not None
    return str(found[0])


def test_the_overview_says_what_the_views_say(asked: Asked, examples: duckdb.DuckDBPyConnection) -> None:
    reader = Reader(write_report(asked))
    shown = [row[:1] + row[2:5] for row in reader.cells if len(row) == 6][1:]
    stories = examples.execute(
        "SELECT title, n_articles, n_outlets, n_independent_sources, story_id FROM stories"
    ).fetchall()
    assert sorted(shown) == sorted(
        [f"{title}copydesk report --story {story}", str(n), str(outlets), str(sources)]
        for title, n, outlets, sources, story in stories
    )
    assert ["binary", "1"] in [row[:2] for row in reader.cells]
    pictures = [found for tag, found in reader.tags if tag == "img"]
    assert len(pictures) == 3  # stories, days, speakers; of no text is it known where it came from
    assert all(found["alt"] and str(found["src"]).startswith("data:image/svg") for found in pictures)


def test_a_story_shows_claims_with_their_sources_and_shared_words(asked: Asked, dam: str) -> None:
    page = write_report(asked, dam)
    Reader(page)
    claim = next(part for part in page.split("<details")[1:] if "inspected in November" in part)
    assert re.findall(r">(\d+ sources?|\d+ articles?)<", claim) == ["1 source", "4 articles"]
    assert claim.count('<div class="source">') == 1
    assert "Source 1: the same text" in claim
    marked = [html.unescape(words) for words in re.findall(r"<mark>(.*?)</mark>", claim)]
    assert len(marked) == 4
    assert all(words.startswith("The dam, built in 1968, was inspected in November") for words in marked)
    judge = next(part for part in page.split("<details")[1:] if "retired judge, Milo Karras" in part)
    assert judge.count('<div class="source">') == 2
    assert "<mark>" not in judge.split("</details>")[0]


def test_a_story_shows_contradictions_days_quotes_and_copies(asked: Asked, dam: str) -> None:
    rows = Reader(write_report(asked, dam)).cells
    assert any(row[0].startswith("14 ·") and row[1].startswith("19 ·") for row in rows)
    assert any(row[0] == "2024-03-12" and "gave way on Tuesday night" in row[1] for row in rows)
    assert any(row[0] == "Ines Halvard" for row in rows)
    assert any(row[2].endswith("%") and row[3] == "the second" for row in rows if len(row) == 4)


def test_the_same_database_gives_the_same_page(asked: Asked, dam: str) -> None:
    assert write_report(asked, dam) == write_report(asked, dam)
    assert write_report(asked) == write_report(asked)


def test_a_page_loads_nothing_and_runs_nothing(asked: Asked, dam: str) -> None:
    for page in (write_report(asked), write_report(asked, dam)):
        reader = Reader(page)
        assert all(address.startswith(("data:image/", "https://")) for address in reader.addresses())
        assert not any(tag in ("script", "iframe", "object", "form", "link") for tag, _ in reader.tags)
        policies = [found["content"] for _, found in reader.tags if "http-equiv" in found]
        assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]


def test_what_hostile_articles_say_stays_words(asked: Asked, dam: str) -> None:
    def hostile(name: str, **parameters: str | int | None) -> pl.DataFrame:
        kept = {"evidence", "source_group", "claim_id", "story_id", "direction", "kind"}
        columns = [pl.col(pl.String).exclude(kept).str.replace(r"^", HOSTILE, literal=False)]
        frame = asked(name, **parameters).with_columns(*columns)
        return frame.with_columns(url=pl.lit("javascript:alert(1)//")) if "url" in frame.columns else frame

    for page in (write_report(hostile), write_report(hostile, dam)):
        reader = Reader(page)
        assert "<script" not in page
        assert "alert(1)" in page
        assert "{{ 7 * 7 }}" in page
        assert all("onerror" not in found for _, found in reader.tags)
        assert all(found.startswith("data:image/svg") for found in reader.addresses())


def test_a_story_of_which_nothing_is_known_has_a_page(asked: Asked, dam: str) -> None:
    def empty(name: str, **parameters: str | int | None) -> pl.DataFrame:
        found = asked(name, **parameters)
        return found if name in ("story", "counts") else found.clear()

    assert "No two articles make the same claim." in write_report(empty, dam)
    Reader(write_report(empty, dam))
    Reader(write_report(empty))


def test_an_unknown_story_is_named(asked: Asked) -> None:
    with pytest.raises(UnknownStoryError, match=r"no story 'nope'.*FROM stories"):
        write_report(asked, "nope")


def test_a_database_of_another_version_is_told(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "old.duckdb")) as connection:
        connection.execute("CREATE TABLE stories (story_id VARCHAR)")
        with pytest.raises(QueryError, match="another version of Copydesk"):
            ask(connection, "counts")


@pytest.mark.parametrize("path", sorted((ROOT / "sql/report").glob("*.sql")), ids=lambda path: path.stem)
def test_every_question_says_what_it_asks_and_has_one_order(
    path: Path, examples: duckdb.DuckDBPyConnection, dam: str
) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("/*")
    names = set(re.findall(r"\$(\w+)", text))
    given_ = {name: value for name, value in {"story_id": dam, "most": 5}.items() if name in names}
    first = ask(examples, path.stem, **given_)
    examples.execute("SET threads = 1")
    assert ask(examples, path.stem, **given_).equals(first)
    assert "most" not in names or first.height <= 5


TEXTS = st.text(alphabet='ab<&" é👍', max_size=30)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=5))
def test_marks_lose_no_letter_and_cover_the_runs(text: str, runs: list[tuple[int, int]]) -> None:
    within = sorted((min(a, b, len(text)), min(max(a, b), len(text))) for a, b in runs)
    marked = str(mark_shared(text, within))
    assert html.unescape(re.sub("</?mark>", "", marked)) == text
    covered = "".join(html.unescape(found) for found in re.findall("<mark>(.*?)</mark>", marked))
    assert covered == "".join(text[k] for k in range(len(text)) if any(a <= k < b for a, b in within))


@pytest.mark.parametrize(
    ("address", "may_lead_there"),
    [
        ("https://a.example/x", True),
        ("HTTP://a.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//a.example", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_links(address: str | None, may_lead_there: bool) -> None:
    assert is_web_address(address) == may_lead_there


def test_a_browser_shows_the_page_from_its_file(asked: Asked, dam: str, tmp_path: Path) -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        pytest.skip(f"needs a browser: one of {', '.join(BROWSERS)}")
    (tmp_path / "page.html").write_text(write_report(asked, dam), encoding="utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", "--enable-logging=stderr", "--log-level=0"]
    command += ["--window-size=1000,3000", f"--screenshot={tmp_path / 'page.png'}"]
    seen = subprocess.run(
        [*command, (tmp_path / "page.html").as_uri()], capture_output=True, text=True, timeout=120, check=True
    )
    assert "Refused to" not in seen.stderr
    assert "Content Security Policy" not in seen.stderr
    blank = tmp_path / "blank.html"
    blank.write_text("<!doctype html><title>blank</title>", encoding="utf-8")
    command[-1] = f"--screenshot={tmp_path / 'blank.png'}"
    subprocess.run([*command, blank.as_uri()], capture_output=True, timeout=120, check=True)
    assert (tmp_path / "page.png").stat().st_size > 10 * (tmp_path / "blank.png").stat().st_size
