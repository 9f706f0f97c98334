"""Articles to weighted terms: what they say in headline and lead, without regard to word order.

Not here: how alike two articles are once time is counted too (similarity.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array

from flows.text.aggregate.reuse.words import build_word_table
from flows.text.aggregate.stories.headlines import tell_headlines
from flows.text.lexicons import read_lines

TITLE_WEIGHT = 5
"""How often a word of the headline counts. From 3 to 5 makes no difference on the sets measured."""
LEAD_CHARACTERS = 3000
"""How much of a text is read: what comes later is background that other stories have too."""
ARTICLES_AT_ONCE = 5_000
"""Articles whose terms are counted together: bounds memory."""
TERM_COLUMNS = 2**20
"""Columns of the term matrix: a term's column is its hash modulo this (Weinberger and others 2009)."""
LEAST_OF_LANGUAGE = 5
"""Articles of a language from which they tell how rare a term is in it."""

TERM_COUNTS: dict[str, type[pl.DataType] | pl.DataType] = {
    "terms": pl.List(pl.UInt32),
    "counts": pl.List(pl.UInt32),
    "headline": pl.String,
    "headline_terms": pl.List(pl.UInt32),
    "headline_counts": pl.List(pl.UInt32),
}
"""The columns of all terms of headline and lead, and of those of the headline, with their counts."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WeighedArticles:
    """Articles by what they say, one row each; the rows of terms are of unit length.

    How rare a term is follows from all of them, each language for itself.
    """

    terms: csr_array
    headlines: pl.Series
    headline_terms: csr_array


def count_terms(articles: pl.DataFrame) -> pl.DataFrame:
    """What an article's title and text alone say: article_id and the columns of TERM_COUNTS, a row each.

    Keep them to save the work for articles seen before.
    """
    if len(articles) > ARTICLES_AT_ONCE:
        return pl.concat([count_terms(some) for some in articles.iter_slices(ARTICLES_AT_ONCE)])
    leads = [text[:LEAD_CHARACTERS] for text in articles["text"]]
    headlines = tell_headlines(articles)
    of_headlines = _count(headlines, [""] * len(leads)).rename(
        {"terms": "headline_terms", "counts": "headline_counts"}
    )
    return (
        articles.select("article_id")
        .hstack(_count(articles["title"], leads))
        .hstack([headlines, *of_headlines])
    )


def _count(headlines: Iterable[str | None], leads: Sequence[str]) -> pl.DataFrame:
    """terms, counts: one row a headline and lead; both None where they have no terms."""
    weighted = (f"{headline or ''}\n" * TITLE_WEIGHT for headline in headlines)
    table = build_word_table([headline + lead for headline, lead in zip(weighted, leads, strict=True)])
    kept = ~_is_stop_word(table.hashes) & (table.letters > 1)
    rows = np.repeat(np.arange(len(leads)), np.diff(table.bases))[kept]
    cells, counts = np.unique(rows * TERM_COLUMNS + _columns(table.hashes[kept]), return_counts=True)
    counted = (
        pl.DataFrame({"row": cells // TERM_COLUMNS, "terms": cells % TERM_COLUMNS, "counts": counts})
        .group_by("row", maintain_order=True)
        .agg("terms", "counts")
    )
    numbers = pl.DataFrame({"row": np.arange(len(leads))})
    found = numbers.join(counted, on="row", how="left", maintain_order="left")
    return found.select(pl.col("terms", "counts").cast(pl.List(pl.UInt32)))


def _columns(hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
    return (hashes % np.uint64(TERM_COLUMNS)).astype(np.int64)


@cache
def _stop_words() -> NDArray[np.uint64]:
    return np.sort(build_word_table(list(read_lines("stop_words.txt"))).hashes)


def _is_stop_word(hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
    known = _stop_words()
    places = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    is_stop_word: NDArray[np.bool_] = known[places] == hashes
    return is_stop_word


def weigh_articles(counted: pl.DataFrame, languages: pl.Series | None = None) -> WeighedArticles:
    """The articles whose terms are counted, one row each (TERM_COUNTS).

    A term is as rare as it is among the articles of the same language: where most are English, "der" and
    "nach" are rare and would make one story of all German ones. languages: one an article; where it is None
    or that of few, the articles of all languages count.
    """
    table, rarities = _measure_rarities(counted["terms"], languages)
    return WeighedArticles(
        terms=_weigh(counted["terms"], counted["counts"], table, rarities),
        headlines=counted["headline"],
        headline_terms=_weigh(counted["headline_terms"], counted["headline_counts"], table, rarities),
    )


def _weigh(terms: pl.Series, counts: pl.Series, table: Ints, rarities: Mapping[int, Floats]) -> csr_array:
    """One row of unit length an article: logarithmic counts times inverse document frequency.

    table: which of the rarities (one number a column) holds for each article.
    """
    sizes = terms.list.len().fill_null(0).to_numpy()
    columns = terms.explode(empty_as_null=False, keep_nulls=False).to_numpy()
    numbers = counts.explode(empty_as_null=False, keep_nulls=False).to_numpy()
    logarithms = np.append(0.0, 1 + np.log(np.arange(1, int(numbers.max(initial=1)) + 1)))
    weights = logarithms[numbers]
    if len(rarities) == 1:
        weights *= next(iter(rarities.values()))[columns]
    else:
        table_of_term = np.repeat(table, sizes)
        for number, rarity in rarities.items():
            here = table_of_term == number
            weights[here] *= rarity[columns[here]]
    starts = np.append(0, np.cumsum(sizes, dtype=np.int64))
    lengths = np.sqrt(np.add.reduceat(np.append(weights**2, 0.0), starts[:-1])) * (sizes > 0)
    weights *= np.repeat(1 / np.maximum(lengths, 1e-12), sizes)
    # Sparse matrices are multiplied faster with the smaller numbers.
    number_type = np.int32 if len(columns) < 2**31 else np.int64
    cells = (weights, columns.astype(number_type), starts.astype(number_type))
    return csr_array(cells, shape=(len(terms), TERM_COLUMNS))


def _measure_rarities(terms: pl.Series, languages: pl.Series | None) -> tuple[Ints, dict[int, Floats]]:
    """Which table holds for each article, and those that do for any: 0 is of all, others of a language."""
    known = pl.Series([None] * len(terms), dtype=pl.String) if languages is None else languages
    rows = pl.DataFrame({"language": known, "terms": terms}).with_columns(
        language=pl.when(pl.len().over("language") >= LEAST_OF_LANGUAGE).then("language")
    )
    names = rows["language"].drop_nulls().unique().sort()
    numbers = rows["language"].replace_strict(names, np.arange(1, len(names) + 1), default=0)
    spoken = {
        number: _measure_rarity(rows["terms"].filter(rows["language"] == name))
        for number, name in enumerate(names, 1)
    }
    in_all = {} if numbers.len() and numbers.min() else {0: _measure_rarity(terms)}
    return numbers.to_numpy(), in_all | spoken


def _measure_rarity(terms: pl.Series) -> Floats:
    """The inverse document frequency of each column; what stands in every article still counts 1.

    In a handful of articles that may all be of one event, it is what the event is about.
    """
    columns = terms.explode(empty_as_null=False, keep_nulls=False).to_numpy()
    frequency = np.bincount(columns, minlength=TERM_COLUMNS)
    rarity: Floats = np.log((1 + len(terms)) / (1 + np.arange(len(terms) + 1))) + 1
    return rarity[frequency]
