"""Plain text to blocks with roles and to articles, on dumps about invented events."""

from __future__ import annotations

import textwrap
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.text.clean.placement import TEXT_ROLES, place_blocks
from flows.text.clean.plain_text import clean_plain_text, find_declared_date, split_plain_text
from flows.text.types import Block, CleanArticle, DeclaredMetadata, RawDocument, Rejection, Role

TODAY = date(2024, 5, 1)
PARAGRAPHS = [
    "The harbour of Port Lanner reopened on Monday after a closure of six weeks, the authority said.",
    "“We are glad that the ferries run again,” said Jane Doe, who heads the authority.",
    "The closure had cost the town about $3 million, according to the council.",
    "Two more ferries are expected by the end of the week.",
]
DUMP = """ date 2024-03-25 Menu An icon of 3 lines. Close An icon of the letter X. Tick An icon of a tick.
News World

Port Lanner reopens its harbour after six weeks

By Press Association
The ferry leaves Port Lanner on Monday (Lanner Wire/Coast Pictures via AP)
The ferry leaves Port Lanner on Monday (Lanner Wire/Coast Pictures via AP)

The harbour of Port Lanner reopened on Monday after a closure of six weeks, the authority said.

“We are glad that the ferries run again,” said Jane Doe, who heads the authority.

A costly closure

The closure had cost the town about $3 million, according to the council.In a letter, it asked for help.

Port Lanner
The harbour was closed in February (Lanner Wire/Coast Pictures via AP)

Two more ferries are expected by the end of the week.

READ MORE: Council delays its vote on harbour fees

jd/jr (AFP, Reuters)
"""


def roles_of(raw: str, *, title: str | None = None) -> list[tuple[Role, str]]:
    return [(block.role, block.text) for block in split_plain_text(raw, title=title)]


def document(raw: str, **declared: object) -> RawDocument:
    return RawDocument("0", "file:///a.txt", raw.encode(), "text/plain", DeclaredMetadata(**declared))  # type: ignore[arg-type]


def clean(raw: str, **declared: object) -> CleanArticle:
    article = clean_plain_text(document(raw, **declared), today=TODAY)
    assert isinstance(article, CleanArticle)
    return article


def reject(content: bytes) -> str:
    verdict = clean_plain_text(RawDocument("0", "file:///a.txt", content, "text/plain"), today=TODAY)
    assert isinstance(verdict, Rejection)
    return verdict.reason


def test_every_block_of_a_dump_has_its_role() -> None:
    expected: list[tuple[Role, str]] = [
        ("metadata", "date 2024"),
        ("boilerplate", "Menu An icon"),
        ("boilerplate", "News World"),
        ("headline", "Port Lanner reopens"),
        ("byline", "By Press Association"),
        ("caption", "The ferry leaves"),
        ("caption", "The ferry leaves"),
        ("body", "The harbour of Port Lanner"),
        ("body", "“We are glad"),
        ("subheading", "A costly closure"),
        ("body", "The closure had cost"),
        ("caption", "Port Lanner"),
        ("caption", "The harbour was closed"),
        ("body", "Two more ferries"),
        ("boilerplate", "READ MORE"),
        ("credit", "jd/jr"),
    ]
    found = roles_of(DUMP)
    assert [role for role, _ in found] == [role for role, _ in expected]
    assert all(text.startswith(start) for (_, text), (_, start) in zip(found, expected, strict=True))


def test_a_dump_becomes_an_article() -> None:
    article = clean(DUMP)
    assert article.title == "Port Lanner reopens its harbour after six weeks"
    assert (article.published_on, article.date_basis) == (date(2024, 3, 25), "declared")
    assert article.authors == ()
    assert set(article.agencies) == {"PA", "AFP", "Reuters"}
    assert article.language == "en"
    assert article.text.startswith("The harbour of Port Lanner")
    assert article.text.endswith("by the end of the week.")


def test_glued_sentences_stay_in_their_block() -> None:
    assert "council.In a letter" in clean(DUMP).text


def test_what_is_not_there_is_none() -> None:
    article = clean("\n\n".join(PARAGRAPHS))
    assert article.title is article.published_on is article.date_basis is article.url is None
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert all(block.role == "body" for block in article.blocks)


@pytest.mark.parametrize("separator", ["\n", "\n\n", "\r\n", "\r\n \r\n", "\u2028", "\r"])
def test_paragraphs_are_lines_or_blocks(separator: str) -> None:
    assert roles_of(separator.join(PARAGRAPHS)) == [("body", text) for text in PARAGRAPHS]


@pytest.mark.parametrize("width", [60, 72, 79])
@pytest.mark.parametrize("indent", ["", "   "])
def test_hard_wrapped_text_is_joined(width: int, indent: str) -> None:
    long = [" ".join(PARAGRAPHS), " ".join(reversed(PARAGRAPHS))]
    separator = "\n" if indent else "\n\n"
    wrapped = separator.join(textwrap.fill(text, width, initial_indent=indent) for text in long)
    assert [text for _, text in roles_of(wrapped)] == long


def test_a_wrapped_list_keeps_its_items() -> None:
    items = [f"- item {number} " + "of the long list of the council that goes on " * 3 for number in range(4)]
    wrapped = "\n".join(textwrap.fill(item, 72) for item in items)
    assert [text for _, text in roles_of(wrapped)] == [" ".join(item.split()) for item in items]


def test_verse_and_lists_are_not_joined() -> None:
    verse = "The ferry came\nThe ferry went\nThe harbour stayed\nAnd no one knew"
    assert len(roles_of(verse)) == 4


def test_the_declared_title_tells_the_headline() -> None:
    raw = "\n\n".join(["Is the harbour safe?", *PARAGRAPHS])
    assert roles_of(raw, title="Is the harbour safe? - Lanner Gazette")[0][0] == "headline"
    assert roles_of(raw)[0][0] == "body"


def test_a_summary_is_kept_where_the_title_is_known() -> None:
    summary = "Ferries run again from Port Lanner, six weeks after a storm closed its harbour"
    raw = "\n\n".join([summary, *PARAGRAPHS])
    assert roles_of(raw, title="Harbour reopens")[0] == ("body", summary)


def test_a_list_in_the_body_is_kept() -> None:
    raw = "\n\n".join(
        [*PARAGRAPHS, "The closures so far:", "Port Lanner", "Old Quay", "North Pier", PARAGRAPHS[0]]
    )
    assert [text for role, text in roles_of(raw) if role != "body"] == []


def test_an_article_with_long_lists_is_no_page() -> None:
    ranking = [f"{place}. Boat number {40 - place} ({place + 2})" for place in range(1, 15)]
    first_names = ("Ida", "Ulf", "Ebba", "Arne", "Siv", "Jon")
    jury = [f"{name} Holm, harbour master of {name}vik" for name in first_names]
    lead = "The harbour towns of the coast have chosen their fastest boats for the third time this year."
    told = "Twenty judges watched each race from the pier, and six of them had never sailed before."
    cleaned = clean("\n\n".join([lead, told, "The places:", *ranking, "Who judged:", *jury]))
    assert [line for line in (lead, told, *ranking, *jury) if line not in cleaned.text] == []


def test_lines_of_a_press_database_are_metadata() -> None:
    head = ["Section: Business", "Published: March 25, 2024", "Length: 64 words"]
    raw = "\n\n".join([*head, *PARAGRAPHS, "LOAD-DATE: March 26, 2024"])
    assert [text for role, text in roles_of(raw) if role == "metadata"] == [
        *head,
        "LOAD-DATE: March 26, 2024",
    ]
    article = clean(raw)
    assert (article.published_on, article.date_basis) == (date(2024, 3, 25), "page")


def test_a_signed_brief_is_kept_whole() -> None:
    assert roles_of("The ferry left Port Lanner on Monday. (Reuters)")[0][0] == "body"


def test_a_text_without_a_full_stop_is_kept() -> None:
    thai = "ท่าเรือเปิดอีกครั้งในวันจันทร์หลังจากปิดไปหกสัปดาห์ " * 6
    assert roles_of("\n\n".join([thai, thai[::-1]]))[0][0] == "body"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (" date 2024-03-25 The harbour reopened.", date(2024, 3, 25)),
        ("date 2024-03-25\nThe harbour reopened.", date(2024, 3, 25)),
        ("date 2024-13-45 The harbour reopened.", None),
        ("The date 2024-03-25 was set.", None),
        ("date 2024-03-25th", None),
    ],
)
def test_the_declared_date_is_a_prefix(raw: str, expected: date | None) -> None:
    assert find_declared_date(raw) == expected


def test_a_date_in_the_future_is_none() -> None:
    assert clean(" date 2031-01-01 " + PARAGRAPHS[0]).published_on is None


def test_what_the_container_declares_comes_first() -> None:
    article = clean(
        DUMP,
        title="Harbour reopens",
        published="2024-03-24",
        authors=("Ann Poe",),
        outlet="Gazette",
        url="https://a.example/1",
    )
    assert (article.title, article.published_on, article.authors) == (
        "Harbour reopens",
        date(2024, 3, 24),
        ("Ann Poe",),
    )
    assert (article.outlet, article.url) == ("Gazette", "https://a.example/1")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no_text"),
        (b" \n\n ", "no_text"),
        (b"Advertisement\n\nRead more", "no_text"),
        (b"Page not found.", "too_short"),
        (b"text with a \0 in it, and more words after it", "binary"),
    ],
)
def test_what_is_no_article_is_rejected_with_a_reason(content: bytes, reason: str) -> None:
    assert reject(content) == reason


RAW_TEXT = st.text(
    st.sampled_from("Ab e.\n\r\t“”(),:|>-1 \u2028\u00a0") | st.characters(exclude_categories=["Cs"]),
    max_size=400,
)


@settings(deadline=None)
@given(RAW_TEXT)
def test_blocks_cover_the_text_once_and_in_order(raw: str) -> None:
    blocks = split_plain_text(raw)
    covered = "".join("".join(raw[block.raw_start : block.raw_end].split()) for block in blocks)
    assert covered == "".join(raw.split())
    assert all(" ".join(raw[block.raw_start : block.raw_end].split()) == block.text for block in blocks)
    assert all(one.raw_end <= other.raw_start for one, other in pairwise(blocks))


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["body", "subheading", "caption"]), st.text(min_size=1)), max_size=8)
)
def test_placed_blocks_stand_in_the_text(pairs: list[tuple[Role, str]]) -> None:
    text, blocks = place_blocks(Block(role, part, 0, 0) for role, part in pairs)
    assert text == "\n\n".join(part for role, part in pairs if role in TEXT_ROLES)
    for block in blocks:
        if block.role in TEXT_ROLES:
            assert text[block.char_start : block.char_end] == block.text
        else:
            assert block.char_start is block.char_end is None


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(DUMP.splitlines()), max_size=20))
def test_cleaning_the_text_again_loses_no_sentence(lines: list[str]) -> None:
    text, _ = place_blocks(split_plain_text("\n\n".join(lines)))
    again, _ = place_blocks(split_plain_text(text))
    assert finished(again) == finished(text)


def finished(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if part.endswith(".")]


def test_a_whole_page_without_markup_gives_its_article() -> None:
    menu = [
        f"{name} {word}"
        for name in ("Harbour", "Council", "Ferry")
        for word in ("diary", "map", "shop", "guide")
    ]
    teasers = [f"Ten things to know about harbour number {number}" for number in range(12)]
    headline = "Port Lanner reopens its harbour after six weeks"
    notice = "This website uses cookies to give you the best experience."
    lines = [*menu, *teasers[:4], headline, *PARAGRAPHS, *teasers[4:], notice, *menu]
    found = roles_of("\n".join(lines))
    assert [text for role, text in found if role == "body"] == PARAGRAPHS
    assert [text for role, text in found if role == "headline"] == [headline]
    assert {role for role, _ in found} == {"headline", "body", "boilerplate"}


@pytest.mark.parametrize("line", ["(LNW)", "jd (LNW)", "jd/mr (LNW, own reporting)", "(LNW/Reuters)"])
def test_an_unknown_agency_in_the_last_line_is_credited(line: str) -> None:
    assert roles_of("\n\n".join([*PARAGRAPHS, line]))[-1] == ("credit", line)
    assert roles_of("\n\n".join([*PARAGRAPHS, "(APPLAUSE)"]))[-1][0] == "body"


def test_large_input_takes_bounded_time() -> None:
    for raw in ("a\n" * 20_000, "An icon of a box. " * 5_000, "By A\n" * 5_000, "x" * 1_000_000):
        assert split_plain_text(raw)
