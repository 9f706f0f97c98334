"""Which sentences of a claim come from one source, and how we know.

Three relations join sentences: one text (the wording, a shared run of words, a copied article), one
credit (an agency, an outlet that is quoted), one speaker. Their union within a claim is a source
group. Which sentences make a claim is decided in `claims`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from flows.text.aggregate.claim_frames import CLAIM_SENTENCES, ClaimInputs
from flows.text.aggregate.claims.words import bare_words, word_class
from flows.text.aggregate.components import label_components
from flows.text.aggregate.credits import CREDITING, find_credits
from flows.text.aggregate.origin import group_texts
from flows.text.clean.metadata import agency_name

STRONGEST_FIRST = ("text", "credit", "speaker")
SPOKEN_FOR = r"(?i)\bspokes\w+|\bministry\b|\bofficials?\b|\brepresentatives?\b|\bspeak(?:s|ing) for\b"
"""What shows that a speaker's words are another's: "Foreign Ministry spokesperson Mao Ning"."""
PRINCIPALS = ("ORG", "PERSON")
"""Labels of those who have others speak for them: "a representative for Holm"."""

SHORT_RUN = 80
"""Characters of a shared run from which it is one text, whatever is in it: some 13 words."""
LEAST_TELLING = 40
"""Characters besides figures and times, some 8 words, that make a shorter run one text. Two reporters of a
rate rise both write "by half a percentage point to 4.75 percent", as the fact has these figures."""
EDITED = 0.7
"""Share of the shorter sentence's words that stand in the longer, in order, from which one is an edit."""
EDITED_WORDS = 8
"""Words that an edit keeps at least, as many as in a run of shared text."""
QUOTED_WORDS = 4
"""Words of a quotation from which two who quote it quote one utterance."""
MOST_WORDINGS = 40
"""Wordings of one claim that are compared for edits, the first; bounds the work."""

_EDGES = pl.Schema({"row": pl.UInt32, "other_row": pl.UInt32})
_KIND = pl.Enum(STRONGEST_FIRST)
_KEYS = pl.Schema({"row": pl.UInt32(), "key": pl.UInt64(), "kind": _KIND})
"""`key` is a hash, other for each claim."""


def group_sources(members: pl.DataFrame, evidence: ClaimInputs) -> pl.DataFrame:
    """claim_id, article_id, sentence_no, source_group, evidence, one row a sentence of a claim.

    members: claim_id, article_id, sentence_no, paragraph_no, wording, outlet, text, char_start,
    char_end. `evidence` is the strongest relation that ties the sentence to another of its group,
    None where it stands alone.
    """
    rows = members.with_row_index("row")
    several = rows.filter(pl.len().over("claim_id") > 1)
    texts = group_texts(evidence.articles, evidence.pairs)
    keys = pl.concat(
        [
            _text_keys(several, evidence, texts),
            _credit_keys(several, evidence),
            _speaker_keys(several, evidence),
        ]
    )
    keys = keys.unique().filter(pl.len().over("key") > 1)
    edges = pl.concat([_shared_runs(several, evidence, texts), _edited(several)])
    labels = _join(len(rows), keys, edges)
    found = _strongest(keys, edges)
    return (
        rows.with_columns(label=pl.Series(labels))
        .with_columns(place=pl.col("label").rank("dense").over("claim_id"))
        .join(found, on="row", how="left")
        .with_columns(source_group=pl.format("{}-{}", "claim_id", "place"))
        .select(list(CLAIM_SENTENCES))
        .sort("claim_id", "article_id", "sentence_no")
    )


def _join(n_rows: int, keys: pl.DataFrame, edges: pl.DataFrame) -> NDArray[np.int64]:
    """Labels of rows; a key is one more item, to which its rows are joined."""
    hubs = keys.with_columns(hub=pl.col("key").rank("dense").cast(pl.Int64) + n_rows - 1)
    n_items = n_rows + len(hubs)
    i = np.concatenate([hubs["row"].to_numpy(), edges["row"].to_numpy()])
    j = np.concatenate([hubs["hub"].to_numpy(), edges["other_row"].to_numpy()])
    labels = label_components(n_items, i, j)[:n_rows]
    # Numbered by first appearance, which is the earliest article.
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return first[inverse]


def _strongest(keys: pl.DataFrame, edges: pl.DataFrame) -> pl.DataFrame:
    """row, evidence."""
    joined = pl.concat([edges.select("row"), edges.select(row="other_row")])
    texts = joined.with_columns(kind=pl.lit("text", _KIND))
    found = pl.concat([keys.select("row", "kind"), texts])
    return found.group_by("row").agg(evidence=pl.col("kind").min())


def _keyed(rows: pl.DataFrame, key: pl.Expr, kind: str) -> pl.DataFrame:
    keys = rows.filter(key.is_not_null()).select(
        "row", key=pl.struct("claim_id", key).hash(), kind=pl.lit(kind)
    )
    return keys.cast(_KEYS)


def _text_keys(rows: pl.DataFrame, evidence: ClaimInputs, texts: pl.DataFrame) -> pl.DataFrame:
    """Equal wording, one article, articles that are mostly copies of each other, the same words quoted."""
    grouped = rows.join(texts, on="article_id", how="left")
    return pl.concat(
        [
            _keyed(rows, pl.col("wording"), "text"),
            _keyed(grouped, pl.format("text {}", pl.coalesce("text_group", "article_id")), "text"),
            _keyed(_quoted(rows, evidence), pl.format("quoted {}", "quoted"), "text"),
        ]
    )


def _quoted(rows: pl.DataFrame, evidence: ClaimInputs) -> pl.DataFrame:
    """`rows` with the words that each quotes, "that seemed extremely boring", once for each quotation."""
    direct = evidence.quotes.filter(pl.col("kind") == "direct")
    quotes = direct.select("article_id", "sentence_no", quoted=bare_words(pl.col("text")))
    quotes = quotes.filter(pl.col("quoted").str.count_matches(" ") + 1 >= QUOTED_WORDS)
    return rows.join(quotes, on=["article_id", "sentence_no"])


def _credit_keys(rows: pl.DataFrame, evidence: ClaimInputs) -> pl.DataFrame:
    """The agencies that an article is credited to, those that a sentence names, and the outlet itself."""
    agencies = evidence.articles.select("article_id", credit="agencies").explode("credit")
    own = {outlet: agency_name(outlet) or outlet for outlet in rows["outlet"].drop_nulls().unique()}
    outlet = pl.col("outlet").replace_strict(own, default=None, return_dtype=pl.String)
    texts = rows.select("text").unique().filter(pl.col("text").str.contains(CREDITING))
    named = texts.with_columns(
        credit=pl.Series([find_credits(text) for text in texts["text"]], dtype=pl.List(pl.String))
    )
    key = pl.format("credit {}", pl.col("credit").str.to_lowercase())
    return pl.concat(
        [
            _keyed(rows.join(agencies, on="article_id"), key, "credit"),
            _keyed(rows.with_columns(credit=outlet), key, "credit"),
            _keyed(rows.join(named.explode("credit"), on="text"), key, "credit"),
        ]
    )


def _speaker_keys(rows: pl.DataFrame, evidence: ClaimInputs) -> pl.DataFrame:
    """Who is quoted, whom a spokesperson speaks for, and "the airline", one in a claim."""
    place = ["article_id", "sentence_no"]
    quotes = rows.select("row", "claim_id", *place).join(
        evidence.quotes.select(*place, "speaker", "speaker_entity_id"), on=place
    )
    principals = evidence.mentions.filter(pl.col("label").is_in(PRINCIPALS))
    principals = principals.select(*place, "entity_id", name="text")
    spoken_for = quotes.filter(pl.col("speaker").str.contains(SPOKEN_FOR)).join(principals, on=place)
    spoken_for = spoken_for.filter(pl.col("speaker").str.contains(pl.col("name"), literal=True))
    body = pl.col("speaker").str.to_lowercase().str.strip_prefix("the ")
    bodies = quotes.filter(body.is_in(list(word_class("body")))).with_columns(body=body)
    return pl.concat(
        [
            _keyed(quotes, pl.format("speaker {}", "speaker_entity_id"), "speaker"),
            _keyed(spoken_for, pl.format("speaker {}", "entity_id"), "speaker"),
            _keyed(bodies, pl.format("speaker the {}", "body"), "speaker"),
        ]
    )


def _edited(rows: pl.DataFrame) -> pl.DataFrame:
    """row, other_row: sentences of one claim of which one is the other, edited; figures are no words."""
    wordings = rows.unique(["claim_id", "wording"], keep="first", maintain_order=True)
    words = pl.col("text").str.to_lowercase().str.extract_all(r"\pL+")
    claims = wordings.group_by("claim_id", maintain_order=True).agg("row", words=words)
    found = [
        pair
        for numbers, texts in claims.filter(pl.col("row").list.len() > 1).select("row", "words").iter_rows()
        for pair in _edits(numbers[:MOST_WORDINGS], texts[:MOST_WORDINGS])
    ]
    return pl.DataFrame(found, schema=_EDGES, orient="row")


def _edits(numbers: Sequence[int], texts: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
    for (i, one), (j, other) in combinations(zip(numbers, texts, strict=True), 2):
        kept = LCSseq.similarity(one, other)
        if kept >= max(EDITED_WORDS, EDITED * min(len(one), len(other))):
            yield i, j


def _shared_runs(rows: pl.DataFrame, evidence: ClaimInputs, texts: pl.DataFrame) -> pl.DataFrame:
    """row, other_row: sentences of one claim whose paragraphs share a run of words."""
    spans = _telling_runs(evidence, texts)
    if spans.is_empty() or rows.is_empty():
        return pl.DataFrame(schema=_EDGES)
    place = ["article_id", "paragraph_no"]
    sharing = pl.concat([spans["article_id"], spans["other_id"]]).unique().implode()
    paragraphs = (
        evidence.sentences.filter(pl.col("article_id").is_in(sharing))
        .group_by(place)
        .agg(pl.col("char_start").min())
        .sort("char_start")
        .cast({"char_start": pl.Int64, "paragraph_no": pl.Int64})
    )
    for article, start, end, name in (
        ("article_id", "char_start", "char_end", "here"),
        ("other_id", "other_start", "other_end", "there"),
    ):
        for offset, side in ((pl.col(start), "first"), (pl.col(end) - 1, "last")):
            spans = _locate(spans, paragraphs, article, offset, f"{side}_{name}")
    mine = rows.select("row", "claim_id", "article_id", "paragraph_no")
    touched = (
        spans.with_columns(paragraph_no=pl.int_ranges("first_here", pl.col("last_here") + 1))
        .explode("paragraph_no")
        .join(mine, on=place)
    )
    others = mine.select("claim_id", other_row="row", other_id="article_id", other_paragraph="paragraph_no")
    within = pl.col("other_paragraph").is_between("first_there", "last_there")
    return (
        touched.join(others, on=["claim_id", "other_id"]).filter(within).select("row", "other_row").unique()
    )


def share_apart(articles: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """article_id of those that share text with others than mostly copies: only their `shared_spans` are read.

    articles, pairs: as ClaimInputs has them.
    """
    return _apart(pairs, group_texts(articles, pairs)).select("article_id").unique()


def _apart(rows: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """The rows (article_id, other_id, ...) about articles of two text groups."""
    others = texts.rename({"article_id": "other_id", "text_group": "other_group"})
    joined = rows.join(texts, on="article_id").join(others, on="other_id")
    return joined.filter(pl.col("text_group") != pl.col("other_group")).drop("text_group", "other_group")


def _telling_runs(evidence: ClaimInputs, texts: pl.DataFrame) -> pl.DataFrame:
    """The shared spans that show one text: long ones, and those of more than figures and times.

    Those of articles that are mostly copies are left out: these are one source already (`_text_keys`).
    """
    spans = _apart(evidence.shared_spans, texts)
    run = ["article_id", "char_start", "char_end"]
    length = pl.col("char_end").cast(pl.Int64) - pl.col("char_start")
    figures = pl.concat([frame.select(run) for frame in (evidence.quantities, evidence.times)])
    figures = figures.unique().rename({"char_start": "figure_start", "char_end": "figure_end"})
    ends = pl.min_horizontal("char_end", "figure_end").cast(pl.Int64)
    starts = pl.max_horizontal("char_start", "figure_start").cast(pl.Int64)
    hollow = (
        spans.select(run)
        .unique()
        .filter(length < SHORT_RUN)
        .join(figures, on="article_id")
        .group_by(run)
        .agg(length=length.first(), in_figures=(ends - starts).clip(0).sum())
        .filter((pl.col("in_figures") > 0) & (pl.col("length") - pl.col("in_figures") < LEAST_TELLING))
    )
    return spans.join(hollow, on=run, how="anti")


def _locate(
    spans: pl.DataFrame, paragraphs: pl.DataFrame, article: str, offset: pl.Expr, name: str
) -> pl.DataFrame:
    """`spans` with the number of the paragraph in which the offset lies."""
    starts = paragraphs.select(pl.col("article_id").alias(article), at="char_start", **{name: "paragraph_no"})
    return (
        spans.with_columns(at=offset.cast(pl.Int64))
        .sort("at")
        .join_asof(starts, on="at", by=article, strategy="backward", check_sortedness=False)
        .drop("at")
        .drop_nulls(name)
    )
