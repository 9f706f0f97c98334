"""Which blocks are furniture because an outlet repeats them: the only cleaning across articles.

A line is furniture where many articles of one outlet have it at their edges, or where it addresses
the reader, and what stands before or after it differs from article to article. Where neighbours
are the same too, a whole report was copied, and that is kept. A sentence that tells something is
kept unless most articles of the outlet have it: background paragraphs are repeated as well.

A page of any length that most articles of an outlet, or of the whole corpus, end with is furniture too
where the articles have enough to say of their own before it: terms of use.
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
MIN_CORPUS_ARTICLES = 50
"""Articles of all outlets together; most of fewer may be copies of one report."""
MIN_OWN_WORDS = 100
"""Words that only few other articles have, for one that ends with a page: copies have edits alone."""
MAX_ROUNDS = 5
"""Lines of furniture that follow one another are found one a round, from the text outward."""


def mark_repeated_blocks(blocks: pl.DataFrame) -> pl.DataFrame:
    """The blocks that turn out to be boilerplate: `article_id`, `paragraph_no` and the new `role`.

    `blocks` has `article_id`, `outlet`, `paragraph_no`, `text` and `role`; other columns are
    ignored. An article keeps at least one block of its text.
    """
    everything = _read_lines(blocks)
    lines = _of_outlets(everything)
    marked = [everything.select("article_id", "paragraph_no").clear()]
    for _ in range(MAX_ROUNDS):
        found = _find_furniture(lines)
        if found.is_empty():
            break
        marked.append(found)
        lines = _without(lines, found)
    for owner, min_articles in (("outlet", MIN_ARTICLES), ("corpus", MIN_CORPUS_ARTICLES)):
        marked.append(_find_pages(_without(everything, pl.concat(marked)), owner, min_articles))
    return _spare_whole_articles(pl.concat(marked), blocks).with_columns(role=pl.lit("boilerplate"))


def _read_lines(blocks: pl.DataFrame) -> pl.DataFrame:
    """The text blocks, in order, with the key that is counted and the corpus that all are of."""
    key = pl.col("text").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()
    return (
        blocks.filter(pl.col("role").is_in(TEXT_ROLES))
        .select("article_id", "outlet", "paragraph_no", "text", key=key.hash(), corpus=pl.lit(0))
        .sort("article_id", "paragraph_no")
    )


def _of_outlets(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines of outlets with enough articles, and what kind of line each is."""
    return (
        lines.filter(pl.col("outlet").is_not_null())
        .with_columns(n_outlet=pl.col("article_id").n_unique().over("outlet"))
        .filter(pl.col("n_outlet") >= MIN_ARTICLES)
        .with_columns(is_prompt=_is_prompt(), is_line=_is_line())
    )


def _without(lines: pl.DataFrame, marked: pl.DataFrame) -> pl.DataFrame:
    return lines.join(marked, on=["article_id", "paragraph_no"], how="anti", maintain_order="left")


def _find_pages(lines: pl.DataFrame, owner: str, min_articles: int) -> pl.DataFrame:
    """The blocks that most articles of one owner (a column) end with, after texts of their own."""
    article = "article_id"
    common = _common_keys(lines, owner, min_articles)
    if common.is_empty():
        return lines.select(article, "paragraph_no").clear()
    placed = (
        lines.join(common, on=owner, how="semi", maintain_order="left")
        .join(common, on=[owner, "key"], how="left", maintain_order="left")
        .with_columns(pl.col("is_common").fill_null(False))
    )
    is_own = ~pl.col("is_common")
    n_own_words = pl.col("text").str.count_matches(r"\S+").filter(is_own).sum().over(article)
    before = pl.col("key").filter(is_own).last().over(article)
    pages = placed.with_columns(before=pl.when(n_own_words >= MIN_OWN_WORDS).then(before)).filter(
        pl.col("is_common").cum_min(reverse=True).over(article)
    )
    n_before = pl.col("before").drop_nulls().n_unique().over(owner, "key")
    n_articles = pl.col(article).n_unique().over(owner, "key")
    return pages.filter(n_before >= MIN_NEIGHBOUR_SHARE * n_articles).select(article, "paragraph_no")


def _common_keys(lines: pl.DataFrame, owner: str, min_articles: int) -> pl.DataFrame:
    """owner, key, is_common: what most articles of an owner of enough articles have."""
    articles = lines.select(owner, "article_id").drop_nulls().unique()
    owners = articles.group_by(owner).len("n_owner").filter(pl.col("n_owner") >= min_articles)
    at_least = pl.max_horizontal(MIN_PROSE_ARTICLES, MIN_PROSE_SHARE * pl.col("n_owner"))
    counts = lines.group_by(owner, "key").agg(n=pl.col("article_id").n_unique()).join(owners, on=owner)
    return counts.filter(pl.col("n") >= at_least).select(owner, "key", is_common=True)


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
