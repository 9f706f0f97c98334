"""Settling: which text of an article counts, and spans that move with their text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl

from flows.stages.parts import to_frame
from flows.stages.schemas import BLOCKS, CLEAN
from flows.stages.settle import drop_repeated_blocks, number_revisions

BEGAN = datetime(2024, 3, 13, tzinfo=UTC)
PROMPT = "Get the Herald's morning letter in your inbox every day"


def article(document_id: str, text: str, *, article_id: str = "", hours: int = 0) -> dict[str, object]:
    empty = dict.fromkeys(CLEAN)
    given = {
        "document_id": document_id,
        "article_id": article_id or document_id,
        "outlet": "Velmara Herald",
        "text": text,
        "ingested_at": BEGAN + timedelta(hours=hours),
    }
    return {**empty, **given}


def document(number: int) -> tuple[dict[str, object], list[dict[str, object]]]:
    """An article of three paragraphs, the second of which its outlet prints under every article."""
    paragraphs = [
        f"Report {number} opens with a line of its own about bridge {number * 7} in the north.",
        PROMPT,
        f"It ends with another line, number {number}, that no other article of the outlet has.",
    ]
    blocks, start = [], 0
    for position, text in enumerate(paragraphs):
        span = {
            "raw_start": start,
            "raw_end": start + len(text),
            "char_start": start,
            "char_end": start + len(text),
        }
        blocks.append(
            {"document_id": f"d{number}", "paragraph_no": position, "role": "body", "text": text, **span}
        )
        start += len(text) + 2
    return article(f"d{number}", "\n\n".join(paragraphs)), blocks


def test_what_an_outlet_repeats_leaves_the_texts_and_the_spans_follow() -> None:
    made = [document(number) for number in range(12)]
    articles = to_frame([row for row, _ in made], CLEAN)
    blocks = to_frame([block for _, rows in made for block in rows], BLOCKS)
    kept, roles = drop_repeated_blocks(articles, blocks)
    assert not any(PROMPT in text for text in kept["text"])
    assert set(roles.filter(pl.col("text") == PROMPT)["role"]) == {"boilerplate"}
    texts = dict(zip(kept["document_id"], kept["text"], strict=True))
    placed = roles.drop_nulls("char_start")
    assert placed.height == 24
    for row in placed.iter_rows(named=True):
        assert texts[row["document_id"]][row["char_start"] : row["char_end"]] == row["text"]
    assert kept["n_words"].to_list() == [len(text.split()) for text in kept["text"]]


def test_articles_without_repeated_lines_stay_as_they_are() -> None:
    row, blocks = document(1)
    articles, placed = to_frame([row], CLEAN), to_frame(blocks, BLOCKS)
    kept, roles = drop_repeated_blocks(articles, placed)
    assert kept.equals(articles)
    assert roles.equals(placed)


def test_revisions_count_changes_of_text_only() -> None:
    rows = [
        article("d1", "first", article_id="a", hours=0),
        article("d2", "first", article_id="a", hours=1),
        article("d3", "second", article_id="a", hours=2),
        article("d4", "first", article_id="a", hours=3),
        article("d5", "other", article_id="b", hours=4),
    ]
    settled = number_revisions(to_frame(rows, CLEAN))
    assert settled.select("document_id", "revision", "is_latest").rows() == [
        ("d1", 1, False),
        ("d3", 2, False),
        ("d4", 3, True),
        ("d5", 1, True),
    ]
    assert settled["text_id"].n_unique() == 3
