"""Which blocks are furniture because an outlet repeats them: the only cleaning across articles.

A line is furniture where many articles of one outlet have it at their edges, or where it addresses
the reader, and what stands before or after it differs from article to article. Where neighbours
are the same too, a whole report was copied, and that is kept. A sentence that tells something is
kept unless most articles of the outlet have it: background paragraphs are repeated as well.
"""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from flows.text.clean.placement import TEXT_ROLES
from flows.text.lexicons import read_lines

MIN_ARTICLES = 5
"""Articles of one outlet that must have a line; fewer is what a series of stories shares."""
MIN_PROSE_ARTICLES = 10
MIN_PROSE_SHARE = 0.5
"""Share of an outlet's articles that must have a sentence before it counts as furniture."""
MIN_NEIGHBOUR_SHARE = 0.6
"""Different neighbours for each article that has the line; copies of one report share theirs."""
HEAD_BLOCKS = 3
TAIL_BLOCKS = 5
"""Blocks of the text from its start and end where furniture stands."""
MAX_PROMPT_WORDS = 60
MAX_LINE_WORDS = 12
"""An unfinished line of this length, or any with a prompt word, is not taken for a sentence that tells."""
MAX_ROUNDS = 5
"""Lines of furniture that follow one another are found one a round, from the text outward."""


def mark_repeated_blocks(blocks: pl.DataFrame) -> pl.DataFrame:
    """The blocks that turn out to be boilerplate: `article_id`, `paragraph_no` and the new `role`.

    `blocks` has `article_id`, `outlet`, `paragraph_no`, `text` and `role`; other columns are
    ignored. An article keeps at least one block of its text.
    """
    lines = _prepare(blocks)
    marked: list[pl.DataFrame] = []
    for _ in range(MAX_ROUNDS):
        found = _find_furniture(lines)
        if found.is_empty():
            break
        marked.append(found)
        lines = lines.join(found, on=["article_id", "paragraph_no"], how="anti", maintain_order="left")
    empty = blocks.select("article_id", "paragraph_no").clear()
    return _spare_whole_articles(pl.concat([empty, *marked]), blocks).with_columns(role=pl.lit("boilerplate"))


def _prepare(blocks: pl.DataFrame) -> pl.DataFrame:
    """The text blocks of outlets with enough articles, in order, with the key that is counted."""
    text_blocks = blocks.filter(pl.col("role").is_in(TEXT_ROLES) & pl.col("outlet").is_not_null())
    n_outlet = pl.col("article_id").n_unique().over("outlet")
    key = pl.col("text").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()
    return (
        text_blocks.select("article_id", "outlet", "paragraph_no", "text", n_outlet=n_outlet)
        .filter(pl.col("n_outlet") >= MIN_ARTICLES)
        .sort("article_id", "paragraph_no")
        .with_columns(key=key.hash(), is_prompt=_is_prompt(), is_line=_is_line())
    )


def _is_prompt() -> pl.Expr:
    is_short = pl.col("text").str.count_matches(r"\S+") <= MAX_PROMPT_WORDS
    return is_short & pl.col("text").str.contains(_prompt_pattern())


def _is_line() -> pl.Expr:
    is_short = pl.col("text").str.count_matches(r"\S+") <= MAX_LINE_WORDS
    return is_short & ~pl.col("text").str.contains(r"""[.!?…]["'”’)\]]*$""")


@cache
def _prompt_pattern() -> str:
    words = (re.escape(word) for word in read_lines("prompt_words.txt"))
    return "(?i)(?:^|[^\\p{L}])(?:" + "|".join(words) + ")(?:$|[^\\p{L}])|©|@|https?://|www\\."


def _find_furniture(lines: pl.DataFrame) -> pl.DataFrame:
    article = "article_id"
    placed = lines.with_columns(
        before=pl.col("key").shift(1).over(article),
        after=pl.col("key").shift(-1).over(article),
        from_start=pl.int_range(pl.len()).over(article),
        from_end=pl.len().over(article) - 1 - pl.int_range(pl.len()).over(article),
    )
    in_head, in_tail = pl.col("from_start") < HEAD_BLOCKS, pl.col("from_end") < TAIL_BLOCKS
    seen = placed.filter(in_head | in_tail | pl.col("is_prompt"))
    # The inner neighbour is what tells a copied report; at the edge there may be none outside.
    inner = pl.when(in_tail | ~in_head).then("before").otherwise("after")
    counts = (
        seen.with_columns(inner=inner)
        .group_by("outlet", "key")
        .agg(
            n_articles=pl.col(article).n_unique(),
            n_neighbours=pl.col("inner").drop_nulls().n_unique(),
            n_outlet=pl.col("n_outlet").first(),
            is_told=~(pl.col("is_prompt").first() | pl.col("is_line").first()),
        )
    )
    repeated = counts.filter(_is_repeated())
    return seen.join(repeated, on=["outlet", "key"], how="semi").select(article, "paragraph_no")


def _is_repeated() -> pl.Expr:
    n_articles = pl.col("n_articles")
    is_frequent = pl.col("is_told").not_() | (
        (n_articles >= MIN_PROSE_ARTICLES) & (n_articles >= MIN_PROSE_SHARE * pl.col("n_outlet"))
    )
    differs = pl.col("n_neighbours") >= MIN_NEIGHBOUR_SHARE * n_articles
    return (n_articles >= MIN_ARTICLES) & (pl.col("n_neighbours") >= MIN_ARTICLES - 1) & differs & is_frequent


def _spare_whole_articles(marked: pl.DataFrame, blocks: pl.DataFrame) -> pl.DataFrame:
    """Without the marks of articles that would lose all their text."""
    kept = blocks.filter(pl.col("role").is_in(TEXT_ROLES)).join(
        marked, on=["article_id", "paragraph_no"], how="anti"
    )
    return marked.join(kept.select("article_id").unique(), on="article_id", how="semi")
