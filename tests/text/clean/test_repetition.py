"""Lines that an outlet repeats are furniture; reports and background that it repeats are not."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.text.clean.repetition import mark_repeated_blocks

SIGN_UP = "Get the Gazette's free newsletter every morning"
LICENCE = "Gazette stories may be used free of charge by any editor; ask our readers' desk for a licence."
BACKGROUND = "The harbour of Port Lanner was built in 1911 and has been closed twice since."

Article = list[str]


def frame(articles: list[Article], *, outlet: str | None = "Gazette", role: str = "body") -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"article_id": f"a{a:03d}", "outlet": outlet, "paragraph_no": p, "text": text, "role": role}
            for a, article in enumerate(articles)
            for p, text in enumerate(article)
        ],
        schema={
            "article_id": pl.String,
            "outlet": pl.String,
            "paragraph_no": pl.Int64,
            "text": pl.String,
            "role": pl.String,
        },
    )


def story(number: int) -> Article:
    return [f"Ship {number} came into port {part} on day {number}, its captain said." for part in "abcdef"]


def marked_texts(blocks: pl.DataFrame) -> list[str]:
    marked = mark_repeated_blocks(blocks)
    assert set(marked["role"]) <= {"boilerplate"}
    return sorted(set(marked.join(blocks.drop("role"), on=["article_id", "paragraph_no"])["text"]))


def test_a_line_under_many_articles_is_furniture() -> None:
    assert marked_texts(frame([[*story(n), SIGN_UP] for n in range(8)])) == [SIGN_UP]


def test_lines_of_furniture_that_follow_one_another_are_all_found() -> None:
    articles = [[*story(n), SIGN_UP, LICENCE, "Gazette on the go"] for n in range(8)]
    assert marked_texts(frame(articles)) == sorted([SIGN_UP, LICENCE, "Gazette on the go"])


def test_a_line_over_many_articles_is_furniture() -> None:
    assert marked_texts(frame([["Gazette Live", *story(n)] for n in range(8)])) == ["Gazette Live"]


def test_a_prompt_inside_the_text_is_furniture() -> None:
    articles = [[*story(n)[:5], SIGN_UP, *story(n + 100)] for n in range(8)]
    assert marked_texts(frame(articles)) == [SIGN_UP]


@pytest.mark.parametrize(
    "articles",
    [
        pytest.param([story(1)] * 8, id="copies of one report"),
        pytest.param(
            [[f"Own lead {n} of the Gazette.", *story(1)] for n in range(8)], id="report with own leads"
        ),
        pytest.param([[*story(n), BACKGROUND] for n in range(8)], id="background under few articles"),
        pytest.param([[*story(n), SIGN_UP] for n in range(3)], id="too few articles"),
        pytest.param([[*story(n), BACKGROUND, *story(n + 100)] for n in range(20)], id="background inside"),
        pytest.param([[SIGN_UP] for _ in range(8)], id="nothing else in the article"),
        pytest.param([], id="nothing at all"),
    ],
)
def test_real_text_is_kept(articles: list[Article]) -> None:
    assert marked_texts(frame(articles)) == []


def test_a_sentence_under_most_articles_of_an_outlet_is_furniture() -> None:
    assert marked_texts(frame([[*story(n), BACKGROUND] for n in range(20)])) == [BACKGROUND]


PAGE = [f"Clause {n}: what clause {n - 1} says of readers holds for the owners, too." for n in range(1, 31)]


def long_story(number: int) -> Article:
    return [*story(number), *story(number + 1000)]


@pytest.mark.parametrize("outlets", [["Gazette"] * 60, [None] * 60, [f"Paper {n}" for n in range(60)]])
def test_a_page_under_all_articles_is_furniture(outlets: list[str | None]) -> None:
    blocks = frame([[*long_story(n), *PAGE] for n in range(60)])
    names = dict(zip(blocks["article_id"].unique(maintain_order=True), outlets, strict=True))
    blocks = blocks.with_columns(pl.col("article_id").replace_strict(names).alias("outlet"))
    assert marked_texts(blocks) == sorted(PAGE)


@pytest.mark.parametrize(
    "articles",
    [
        pytest.param([[f"Lead {n} of an own.", *long_story(1)] for n in range(80)], id="own leads"),
        pytest.param(
            [[*long_story(1)[:5], f"Edited by desk {n}.", *long_story(1)[5:]] for n in range(80)], id="edits"
        ),
        pytest.param([[*long_story(n), *PAGE] for n in range(40)], id="too few"),
        pytest.param([long_story(n) + PAGE * (n % 3 == 0) for n in range(90)], id="under a third"),
    ],
)
def test_what_many_outlets_copied_is_no_page(articles: list[Article]) -> None:
    assert marked_texts(frame(articles, outlet=None)) == []


def test_other_outlets_and_unknown_ones_do_not_count() -> None:
    articles = [[*story(n), SIGN_UP] for n in range(8)]
    assert marked_texts(frame(articles, outlet=None)) == []
    split = frame(articles).with_columns(outlet=pl.col("article_id"))
    assert marked_texts(split) == []


def test_blocks_that_are_dropped_already_are_left_alone() -> None:
    assert marked_texts(frame([[*story(n), SIGN_UP] for n in range(8)], role="caption")) == []


@settings(deadline=None, max_examples=30)
@given(st.lists(st.lists(st.sampled_from([*story(0), *story(1), SIGN_UP, LICENCE]), max_size=6), max_size=12))
def test_an_article_keeps_some_of_its_text(articles: list[Article]) -> None:
    blocks = frame(articles)
    marked = mark_repeated_blocks(blocks)
    kept = blocks.join(marked, on=["article_id", "paragraph_no"], how="anti")
    assert set(kept["article_id"]) == set(blocks["article_id"])
    assert marked.select("article_id", "paragraph_no").is_duplicated().sum() == 0
