"""Articles to stories: one event, or one line of events.

Not here: terms (terms.py), similarity and time (similarity.py), the linkage (linkage.py).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import blake2b
from itertools import count

import numpy as np
import polars as pl
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import minimum_spanning_tree

from flows.text.aggregate.components import label_components
from flows.text.aggregate.pairs import number_pairs
from flows.text.aggregate.stories.linkage import link_groups
from flows.text.aggregate.stories.similarity import Floats, Ints, find_neighbours, relate
from flows.text.aggregate.stories.terms import WeighedArticles, count_terms, weigh_articles

STORY_SIMILARITY = 2.4
"""Average similarity of two groups of articles from which they are one story, in units of the usual;
2.2 to 2.6 reach BCubed F1 of .89 to .90 and .93 to .94 on the two event sets measured."""
COPY_SHARE = 0.5
"""Containment from which two articles are copies, unless their terms differ."""
COPY_COSINE = 0.5
"""Cosine that copies have at least; below it, what they share is a page of legal text."""


def cluster_stories(
    articles: pl.DataFrame,
    pairs: pl.DataFrame,
    *,
    previous: pl.DataFrame | None = None,
    weighed: WeighedArticles | None = None,
) -> pl.DataFrame:
    """The story of each article: article_id, story_id.

    articles: article_id, title, text, published_on, and language where it is known; pairs: article_id,
    other_id, containment.
    previous: an earlier result. Only its stories that new articles are near to are looked at, and told
    anew with them; of what was one story, the part of most articles keeps the id.
    weighed: the articles as `weigh_articles` gives them, in their order.
    """
    weighed = weighed or weigh_articles(count_terms(articles), articles.get_column("language", default=None))
    ordered = articles.select("article_id", "published_on").with_row_index("row")
    ordered = ordered.sort(pl.col("published_on").is_null(), "published_on", "article_id")
    vectors = weighed.terms[ordered["row"].to_numpy()]
    copies = _group_copies(ordered["article_id"], pairs, vectors)
    chosen, item_of = np.unique(copies, return_index=True, return_inverse=True)[1:]
    rows = ordered.select("article_id").with_columns(
        item=item_of, started=_earlier_stories(ordered["article_id"], previous)
    )
    labels = _join_earlier(rows, len(chosen))
    is_new = np.ones(len(chosen), bool)
    is_new[item_of[rows["started"].is_not_null().to_numpy()]] = False
    labels = _link(csr_array(vectors[chosen]), _day_numbers(ordered)[chosen], labels, is_new)
    return _name_stories(rows.with_columns(label=labels[item_of]))


def _day_numbers(articles: pl.DataFrame) -> Floats:
    days = articles["published_on"].cast(pl.Int32).cast(pl.Float64)
    return days.fill_null(float("nan")).to_numpy()


def _group_copies(ids: pl.Series, pairs: pl.DataFrame, vectors: csr_array) -> Ints:
    """A label an article; equal for copies.

    Looks only at the spanning tree of greatest containment: there a copy hangs on its original, and
    articles that share no more than a page of legal text on each other, which is cut.
    """
    linked = number_pairs(pairs.filter(pl.col("containment") >= COPY_SHARE), ids)
    i, j = linked["i"].to_numpy(), linked["j"].to_numpy()
    low, high, lacks = np.minimum(i, j), np.maximum(i, j), 2.0 - linked["containment"].to_numpy()
    order = np.argsort(lacks, kind="stable")
    first = np.unique(low[order] * len(ids) + high[order], return_index=True)[1]
    kept = order[first]
    tree = minimum_spanning_tree(
        coo_array((lacks[kept], (low[kept], high[kept])), shape=(len(ids),) * 2)
    ).tocoo()
    are_alike = (vectors[tree.row].multiply(vectors[tree.col])).sum(axis=1) >= COPY_COSINE
    return label_components(len(ids), tree.row[are_alike], tree.col[are_alike])


def _earlier_stories(ids: pl.Series, previous: pl.DataFrame | None) -> pl.Series:
    """The story_id that each article had, None for a new one."""
    if previous is None:
        return pl.Series([None] * len(ids), dtype=pl.String)
    return ids.to_frame().join(previous, on="article_id", how="left", maintain_order="left")["story_id"]


def _join_earlier(rows: pl.DataFrame, n_items: int) -> Ints:
    """A label an item; equal for those that were in one story before."""
    known = rows.drop_nulls("started").with_columns(first=pl.col("item").first().over("started"))
    return label_components(n_items, known["item"].to_numpy(), known["first"].to_numpy())


def _link(vectors: csr_array, days: Floats, labels: Ints, is_new: np.ndarray) -> Ints:
    """Labels after joining what belongs together; old groups that no new item is like stay as they are.

    The others are taken apart and joined anew: groups that were only joined, in the order in which
    articles came, would end as other stories than the same articles at once.
    """
    columns = csr_array(vectors.T)
    near = find_neighbours(vectors, columns, np.flatnonzero(is_new))
    touched = near.j[relate(near, days) >= STORY_SIMILARITY / 2]
    is_active = is_new | np.isin(labels, labels[touched])
    active = np.flatnonzero(is_active)
    neighbours = near.join(find_neighbours(vectors, columns, np.flatnonzero(is_active & ~is_new)))
    weights = relate(neighbours, days)
    inside = np.isin(neighbours.j, active)
    i, j = neighbours.i[inside], neighbours.j[inside]
    n_items = len(labels)
    # A pair is there once or twice, as one or both are among the other's nearest: the maximum of the two.
    forward = coo_array((weights[inside], (i, j)), shape=(n_items, n_items)).tocsr()
    alike = forward.maximum(forward.T).tocoo()
    labels = labels.copy()
    labels[active] = n_items + np.arange(len(active))
    return _link_groups(alike, np.unique(labels, return_inverse=True)[1])


def _link_groups(alike: coo_array, labels: Ints) -> Ints:
    sizes = np.bincount(labels)
    sums = coo_array((alike.data, (labels[alike.row], labels[alike.col])), shape=(len(sizes),) * 2).tocsr()
    sums = sums.tocoo()
    upper = sums.row < sums.col
    edges = zip(sums.row[upper].tolist(), sums.col[upper].tolist(), sums.data[upper].tolist(), strict=True)
    return link_groups(sizes.tolist(), edges, threshold=STORY_SIMILARITY)[labels]


def _name_stories(rows: pl.DataFrame) -> pl.DataFrame:
    """Each label's earlier story_id, or else one made of its first article.

    An id goes where most of its articles are; where several come together, that of most articles stays.
    """
    by_size = rows.drop_nulls("started").group_by("label", "started", maintain_order=True).len()
    by_size = by_size.sort("len", descending=True, maintain_order=True)
    kept = by_size.unique("started", keep="first", maintain_order=True)
    kept = kept.unique("label", keep="first", maintain_order=True).select("label", story_id="started")
    founders = rows.unique("label", keep="first", maintain_order=True).join(kept, on="label", how="anti")
    made = _make_ids(founders["article_id"].to_list(), set(kept["story_id"]))
    names = pl.concat([kept, founders.select("label", story_id=pl.Series(made, dtype=pl.String))])
    return rows.join(names, on="label", maintain_order="left").select("article_id", "story_id")


def _make_ids(founders: Sequence[str], taken: Collection[str]) -> list[str]:
    """An id for each; another where what was founded by that article goes on without it."""
    return [
        next(name for n in count() if (name := _story_id(founder + "'" * n)) not in taken)
        for founder in founders
    ]


def _story_id(article_id: str) -> str:
    return blake2b(f"story {article_id}".encode(), digest_size=8).hexdigest()
