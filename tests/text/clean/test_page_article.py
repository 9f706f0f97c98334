"""From an HTML document to a clean article, or to the reason why not."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.text.clean.article import clean_document
from flows.text.clean.page import article as page_article
from flows.text.types import CleanArticle, DeclaredMetadata, RawDocument, Rejection

from .page_samples import PARAGRAPHS, STANDFIRST, news_page

TODAY = date(2031, 3, 6)


def document(source: str | bytes, **fields: object) -> RawDocument:
    content = source if isinstance(source, bytes) else source.encode()
    return RawDocument("0", "file:///page.html", content, "text/html", **fields)  # type: ignore[arg-type]


def clean(source: str | bytes, *, today: date = TODAY, **fields: object) -> CleanArticle:
    article = clean_document(document(source, **fields), today=today)
    assert isinstance(article, CleanArticle), article
    return article


def reason(source: str | bytes) -> str:
    rejection = clean_document(document(source), today=TODAY)
    assert isinstance(rejection, Rejection)
    assert rejection.source_uri == "file:///page.html"
    return rejection.reason


def test_text_and_metadata_of_a_page() -> None:
    article = clean(news_page())
    assert article.text.split("\n\n") == [
        STANDFIRST,
        *PARAGRAPHS[:2],
        "Cracks in the pillars",
        *PARAGRAPHS[2:],
    ]
    assert article.title == "Veldora to close harbour bridge"
    assert article.authors == ("Ines Halloran", "Tom Okafor")
    assert article.agencies == ("Reuters",)
    assert article.dateline == "VELDORA (Reuters)"
    assert article.outlet == "The Veldora Courier"
    assert article.url == "https://courier.example/2031/03/04/bridge"
    assert article.language == "en"
    assert article.date_basis == "page"


def test_the_day_is_as_written_and_the_instant_in_utc() -> None:
    article = clean(news_page())
    assert article.published_on == date(2031, 3, 4)
    assert article.published_at == datetime(2031, 3, 5, 4, 30, tzinfo=UTC)


def test_what_the_container_declares_is_believed_first() -> None:
    declared = DeclaredMetadata(
        url="https://feed.example/7",
        title="Bridge",
        outlet="Feed",
        authors=("A. B.",),
        published="2031-03-01",
    )
    article = clean(news_page(), declared=declared)
    assert (article.url, article.title, article.outlet, article.authors) == (
        "https://feed.example/7",
        "Bridge",
        "Feed",
        ("A. B.",),
    )
    assert (article.published_on, article.published_at, article.date_basis) == (
        date(2031, 3, 1),
        None,
        "declared",
    )


def test_a_date_in_the_future_is_none_and_the_address_helps() -> None:
    source = news_page().replace("2031-03-04T23:30:00-05:00", "2041-01-01T00:00:00Z")
    article = clean(source)
    assert (article.published_on, article.published_at, article.date_basis) == (date(2031, 3, 4), None, "url")


def test_a_visible_date_that_is_the_day_of_the_crawl_is_none() -> None:
    source = "<article><h1>Bridge</h1><p class=byline>{}</p>" + "".join(
        f"<p>{line}</p>" for line in PARAGRAPHS
    )
    fetched = {"fetched_at": datetime(2031, 3, 6, 9, 0, tzinfo=UTC)}
    assert clean(source.format("By Ines Halloran, 6 March 2031"), **fetched).published_on is None
    assert clean(source.format("By Ines Halloran, 5 March 2031"), **fetched).published_on == date(2031, 3, 5)


def test_a_machine_date_of_the_day_of_the_crawl_is_good() -> None:
    article = clean(news_page(), today=date(2031, 3, 5), fetched_at=datetime(2031, 3, 5, 5, 0, tzinfo=UTC))
    assert article.published_on == date(2031, 3, 4)


def test_the_outlet_is_spelt_as_in_the_title() -> None:
    lines = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    title = "<title>Bridge to close | Veldora Courier</title>"
    declared = DeclaredMetadata(url="https://www.veldoracourier.example/bridge")
    assert clean(title + lines, declared=declared).outlet == "Veldora Courier"
    site = '<meta property="og:site_name" content="veldoracourier">'
    assert clean(title + site + lines).outlet == "Veldora Courier"
    assert clean(lines, declared=declared).outlet == "veldoracourier.example"


def test_a_byline_of_another_article_is_not_read() -> None:
    lines = "".join(f"<p>{line}</p>" for line in PARAGRAPHS[1:])
    teasers = "".join(f"<h3><a href=/>Story {n}</a></h3><p class=byline>By Reuters</p>" for n in range(9))
    article = clean(
        f"<article><h1>Bridge</h1><p class=byline>By Ines Halloran</p>{lines}</article>{teasers * 2}"
    )
    assert article.authors == ("Ines Halloran",)


def test_spans_of_blocks() -> None:
    article = clean(news_page())
    end = 0
    for block in article.blocks:
        assert end <= block.raw_start < block.raw_end <= len(article.raw_text)
        end = block.raw_end
        if block.char_start is None:
            assert block.role not in ("body", "subheading")
        else:
            assert article.text[block.char_start : block.char_end] == block.text


def test_entities_that_point_at_files_are_not_resolved() -> None:
    doctype = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
    article = clean(
        doctype + "<html><body>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "<p>&secret; ends it all.</p>"
    )
    assert article.text.endswith("&secret; ends it all.")


def body_page(markup: str, body: str) -> str:
    data = {"@type": "NewsArticle", "headline": "Bridge", "articleBody": body}
    return f'<body>{markup}<script type="application/ld+json">{json.dumps(data)}</script></body>'


def test_a_page_that_a_script_draws_is_read_from_its_data() -> None:
    article = clean(body_page("<h1>Bridge</h1><div id=root></div>", "\n\n".join(PARAGRAPHS)))
    assert article.text == "\n\n".join(PARAGRAPHS)
    for block in article.blocks:
        assert json.loads(f'"{article.raw_text[block.raw_start : block.raw_end]}"') == block.text


def test_the_markup_is_believed_before_the_data() -> None:
    markup = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    assert clean(body_page(markup, "All of it. " * 60)).text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", "no_text"),
        ("<html><nav>Home</nav></html>", "no_text"),
        ("<p>The page you wanted to read was moved to another place.</p>", "too_short"),
        (b"<p>a\x00b</p>", "binary"),
        ("<p>x" * 30_000, "too_large"),
    ],
)
def test_rejections(source: str | bytes, expected: str) -> None:
    assert reason(source) == expected


def test_a_page_beyond_the_limit_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_article, "MAX_PAGE", 100)
    assert reason(news_page()) == "too_large"


@settings(max_examples=30)
@given(st.permutations(PARAGRAPHS), st.integers(min_value=0, max_value=3))
def test_no_paragraph_is_lost_whatever_the_order(lines: list[str], depth: int) -> None:
    source = "<div>" * depth + "".join(f"<p>{line}</p>" for line in lines)
    assert clean(source).text.split("\n\n") == lines


@settings(max_examples=20)
@given(st.integers(min_value=0, max_value=len(news_page())))
def test_a_page_cut_anywhere_is_cleaned_or_rejected(end: int) -> None:
    result = clean_document(document(news_page()[:end]), today=TODAY)
    assert isinstance(result, Rejection) or result.text


def test_cleaning_the_clean_text_again_changes_nothing() -> None:
    once = clean(news_page())
    again = clean("".join(f"<p>{line}</p>" for line in once.text.split("\n\n") if line.endswith(".")))
    assert [p for p in once.text.split("\n\n") if p.endswith(".")] == again.text.split("\n\n")
