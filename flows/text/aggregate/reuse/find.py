"""Text reuse between articles: who shares how much with whom, and where.

Here: articles to distinct bodies and back. Not here: how bodies are compared (index.py and what
it uses), who had it from whom (origin.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from flows.text.aggregate.reuse.index import ReuseIndex, build_index, extend_index
from flows.text.aggregate.reuse.shingles import SHINGLE_WORDS
from flows.text.aggregate.reuse.sorting import Ints, order_by, ranges

Booleans = NDArray[np.bool_]

MANY_COPIES = 256
"""Of more articles with one identical body only the first, by article_id, is paired with the rest of
the corpus, and the others with it alone: ten thousand copies are 20,000 rows and not 100 million."""


@dataclass(frozen=True, slots=True)
class Reuse:
    """What `find_reuse` found; by article_id, other_id, char_start.

    pairs: article_id, other_id, containment, n_shared_sentences, relation ("duplicate",
    "near_duplicate", "partial"), other_containment (of the other in this); ordered pairs, every pair
    both ways round.
    spans: article_id, other_id, char_start, char_end, other_start, other_end.
    anew: whether nothing of an earlier index could be kept.
    """

    pairs: pl.DataFrame
    spans: pl.DataFrame
    index: ReuseIndex
    anew: bool


@dataclass(frozen=True, slots=True)
class _Members:
    """The articles of body i: numbers[starts[i]], and the next counts[i] - 1; none where it is gone.

    Articles are numbered by article_id.
    """

    numbers: Ints
    starts: Ints
    counts: Ints


def digest_texts(articles: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    """article_id, digest: equal for identical texts. articles: article_id, text."""
    return articles.lazy().select("article_id", digest=pl.col("text").hash()).collect()


def name_bodies(digests: pl.DataFrame) -> pl.DataFrame:
    """article_id, digest, representative: what the pairs of an article follow from, besides the others.

    digests: what `digest_texts` gives. `representative` is the article that is paired for all with its
    body where these are MANY_COPIES.
    """
    first = pl.col("article_id").cast(pl.String).min().over("digest")
    is_many = pl.len().over("digest") > MANY_COPIES
    return digests.select("article_id", "digest", representative=pl.when(is_many).then(first))


def find_reuse(
    articles: pl.DataFrame | pl.LazyFrame,
    *,
    digests: pl.DataFrame | None = None,
    index: ReuseIndex | None = None,
    changed: pl.Series | None = None,
) -> Reuse:
    """All pairs of articles (columns article_id, text) that share a run of eight words or more.

    With the index of an earlier call only what is new is compared; `articles` are all articles,
    old and new, and the result is the same. With `digests` (what `digest_texts` gives) the other texts
    of a lazy frame are not even read. With `changed` (article_id) only the pairs with one of these are
    given, or all where the index had to be built anew.
    """
    digests = digest_texts(articles) if digests is None else digests
    ordered = digests.sort("article_id")
    bodies = ordered.unique("digest", keep="first", maintain_order=True)
    read = partial(_read_bodies, articles.lazy(), bodies)
    extended = extend_index(index, bodies["digest"], read) if index else None
    index = extended or build_index(bodies["digest"], read)
    members = _list_members(ordered, index)
    ids = ordered["article_id"]
    wanted = None
    if extended is not None and changed is not None:
        wanted = ids.is_in(changed.cast(ids.dtype).implode()).to_numpy()
    copies = _pair_copies(members, index.bodies, wanted)
    pairs, spans = (
        pl.concat(
            [_spread(rows, members, wanted), copies.select("a", "b", *rows.columns[2:]).cast(rows.schema)]
        )
        for rows in (index.pairs, index.spans)
    )
    return Reuse(pairs=_name(pairs, ids), spans=_name(spans, ids), index=index, anew=extended is None)


def _read_bodies(articles: pl.LazyFrame, bodies: pl.DataFrame, digests: pl.Series) -> pl.Series:
    """The texts with these digests, in their order."""
    wanted = digests.to_frame("digest").join(bodies, on="digest", how="left", maintain_order="left")
    ids = wanted.select(pl.col("article_id").cast(pl.String))
    texts = articles.filter(pl.col("article_id").is_in(ids.to_series().implode())).select(
        "article_id", "text"
    )
    return ids.join(texts.collect(), on="article_id", how="left", maintain_order="left")["text"]


def _list_members(ordered: pl.DataFrame, index: ReuseIndex) -> _Members:
    bodies = index.bodies.select("digest").with_row_index("body")
    rows = ordered.select("digest").with_row_index("number").join(bodies, on="digest").sort("body", "number")
    counts = np.bincount(rows["body"], minlength=len(bodies))
    numbers = rows["number"].to_numpy().astype(np.int64)
    return _Members(numbers=numbers, starts=np.cumsum(counts) - counts, counts=counts)


def _spread(rows: pl.DataFrame, members: _Members, wanted: Booleans | None) -> pl.DataFrame:
    """Rows about bodies a and b as rows about the numbers of the articles that have them.

    wanted: one item an article; where it is given, the rows with neither of two are left out.
    """
    if wanted is not None:
        of_wanted = _bodies_of(members, wanted)
        rows = rows.filter(of_wanted[rows["a"].to_numpy()] | of_wanted[rows["b"].to_numpy()])
    spread = _spread_all(rows, members)
    return spread if wanted is None else _with_one(spread, wanted)


def _bodies_of(members: _Members, wanted: Booleans) -> Booleans:
    """Which bodies the wanted articles have."""
    bodies = np.repeat(np.arange(len(members.counts)), members.counts)
    return np.bincount(bodies[wanted[members.numbers]], minlength=len(members.counts)) > 0


def _with_one(rows: pl.DataFrame, wanted: Booleans) -> pl.DataFrame:
    """The rows of which one article, or both, is wanted."""
    return rows.filter(wanted[rows["a"].to_numpy()] | wanted[rows["b"].to_numpy()])


def _spread_all(rows: pl.DataFrame, members: _Members) -> pl.DataFrame:
    a, b = rows["a"].to_numpy(), rows["b"].to_numpy()
    paired = np.where(members.counts > MANY_COPIES, 1, members.counts)
    sizes = paired[a] * paired[b]
    if np.all(sizes == 1):
        return _number(members, members.starts[a], members.starts[b]).hstack(rows.drop("a", "b"))
    repeated = np.repeat(np.arange(len(rows)), sizes)
    place = ranges(np.zeros_like(sizes), sizes)
    n_others = paired[b][repeated]
    return _number(
        members,
        members.starts[a][repeated] + place // n_others,
        members.starts[b][repeated] + place % n_others,
    ).hstack(rows.drop("a", "b")[repeated])


def _pair_copies(members: _Members, bodies: pl.DataFrame, wanted: Booleans | None) -> pl.DataFrame:
    """The pairs of articles with one identical body, where it is long enough to be reuse; see `_spread`."""
    is_told = (members.counts > 1) & (bodies["n_words"].to_numpy() >= SHINGLE_WORDS)
    if wanted is not None:
        is_told &= _bodies_of(members, wanted)
    numbers = np.flatnonzero(is_told)
    counts = members.counts[numbers]
    is_many = counts > MANY_COPIES
    sizes = np.where(is_many, 2 * (counts - 1), counts**2)
    repeated = np.repeat(np.arange(len(numbers)), sizes)
    place = ranges(np.zeros_like(sizes), sizes)
    count, star = counts[repeated], is_many[repeated]
    i = np.where(star, np.where(place % 2 == 0, 0, place // 2 + 1), place // count)
    j = np.where(star, np.where(place % 2 == 0, place // 2 + 1, 0), place % count)
    apart = i != j
    body = numbers[repeated][apart]
    starts = members.starts[body]
    pairs = _number(members, starts + i[apart], starts + j[apart]).hstack(
        bodies[body].select(
            "char_start",
            "char_end",
            containment=pl.lit(1.0),
            n_shared_sentences="n_sentences",
            relation=pl.lit("duplicate"),
            other_containment=pl.lit(1.0),
            other_start="char_start",
            other_end="char_end",
        )
    )
    return pairs if wanted is None else _with_one(pairs, wanted)


def _number(members: _Members, i: Ints, j: Ints) -> pl.DataFrame:
    return pl.DataFrame(
        {"a": members.numbers[i].astype(np.uint32), "b": members.numbers[j].astype(np.uint32)}
    )


def _name(rows: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    """Rows about numbers of articles as rows about their ids, by these; those of a pair stay in order."""
    rows = rows[order_by(rows["a"].to_numpy().astype(np.int64) * len(ids) + rows["b"].to_numpy())]
    named = pl.DataFrame({"article_id": ids.gather(rows["a"]), "other_id": ids.gather(rows["b"])})
    return named.hstack(rows.drop("a", "b"))
