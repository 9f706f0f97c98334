"""Builds the claims of a corpus, story by story, from the annotations of its articles.

The steps only; each is a module of its own. Statements are read once for every distinct wording.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from flows.text.aggregate.claim_frames import CLAIM_SENTENCES, CLAIMS, ClaimInputs, Claims
from flows.text.aggregate.claims.agreement import find_disagreement
from flows.text.aggregate.claims.cores import find_cores
from flows.text.aggregate.claims.happenings import situate_statements
from flows.text.aggregate.claims.joining import NEVER, join_statements
from flows.text.aggregate.claims.likeness import SAME, judge_pairs
from flows.text.aggregate.claims.meaning import Encoder, encode_sentences
from flows.text.aggregate.claims.pairing import CandidatePairs, find_candidates
from flows.text.aggregate.claims.persons import find_passing_persons, pair_persons
from flows.text.aggregate.claims.statements import FEWEST_TERMS, Statement, StatementReader, read_statements
from flows.text.aggregate.claims.words import bare_words
from flows.text.aggregate.conflicts import Difference, tell_conflicts
from flows.text.aggregate.datelines import strip_dateline
from flows.text.aggregate.days import find_days
from flows.text.aggregate.sources import group_sources
from flows.text.aggregate.timeline import build_timeline

FEWEST_UNENDED = 8
"""Content words of a statement that does not end as a sentence does: headings and captions state nothing."""
MOST_COPIES = 40
"""Articles with one wording that are looked at when statements are joined, the first; bounds the work."""
SAME_COUNTED = 0.4
"""Probability from which two statements that count the same, differently, are told as a contradiction."""
ALL_BUT_THE_SAME = 0.86
"""Probability from which a year or a denial is a contradiction. What one tells of has many years in its past,
and "did not meet other candidates" denies nothing of the candidates that met the president."""
ID_LENGTH = 16
"""Hexadecimal digits of a claim_id."""

_IN_TIME = ("published_on", "article_id", "sentence_no")
_QUESTION = r"^[^\"“‘«]*\?\s*$"
_ENDED = r"[.!?…;:][\"”’'»)\]]*\s*$"


def build_claims(
    evidence: ClaimInputs,
    *,
    stories: Collection[str] | None = None,
    encode: Encoder | None = encode_sentences,
    read: StatementReader = read_statements,
) -> Claims:
    """The claims of all stories, or of those named; a story's result depends on its own articles only.

    `encode` reads what sentences mean, for those that words leave undecided; None: words decide alone.
    `read` gives what each of some sentences, or parts of them, states.
    """
    told = tell_sentences(evidence, stories)
    days = find_days(told, evidence.events, evidence.times)
    wordings, statements = read_wordings(told, read)
    story_numbers = wordings["story_id"].rank("dense").to_numpy().astype(np.int64)
    persons = find_passing_persons(wordings, evidence.mentions, evidence.quotes)
    pairs = find_candidates(
        statements,
        story_numbers,
        cores=find_cores(wordings, evidence.events, evidence.quotes, read=read),
        others=pair_persons(persons, story_numbers.tolist()),
    )
    probabilities = _judge(wordings, pairs, persons, encode)
    articles = _name_articles(told, wordings)
    likely = probabilities >= SAME_COUNTED
    compared = np.union1d(pairs.firsts[likely], pairs.seconds[likely])
    situated = _situate(statements, wordings, compared, evidence.events, days)
    differences = _part_disagreeing(situated, articles, pairs, probabilities)
    groups = join_statements(articles, pairs.firsts, pairs.seconds, probabilities, threshold=SAME)
    members = _name_claims(told.join(wordings.select("wording", group=pl.Series(groups)), on="wording"))
    return Claims(
        claims=_claims(members),
        claim_sentences=group_sources(members, evidence).select(list(CLAIM_SENTENCES)).cast(CLAIM_SENTENCES),
        conflicts=tell_conflicts(members, wordings["wording"], differences, evidence),
        timeline=build_timeline(members, days),
    )


def count_sources(claims: Claims, articles: pl.DataFrame) -> pl.DataFrame:
    """claim_id, n_articles, n_outlets, n_independent_sources: what the warehouse counts in SQL."""
    return (
        claims.claim_sentences.join(articles.select("article_id", "outlet"), on="article_id", how="left")
        .group_by("claim_id")
        .agg(
            n_articles=pl.col("article_id").n_unique(),
            n_outlets=pl.col("outlet").drop_nulls().n_unique(),
            n_independent_sources=pl.col("source_group").n_unique(),
        )
        .sort("claim_id")
    )


def tell_sentences(evidence: ClaimInputs, stories: Collection[str] | None) -> pl.DataFrame:
    """The sentences with their story and day, earliest article first; no questions.

    `wording` is a hash of the story and the bare words.
    """
    articles = evidence.articles.select("article_id", "story_id", "outlet", "published_on").drop_nulls(
        "story_id"
    )
    if stories is not None:
        articles = articles.filter(pl.col("story_id").is_in(list(stories)))
    sentences = evidence.sentences.join(articles, on="article_id")
    # What is copied is looked at once.
    texts = sentences.select("text").unique().filter(~pl.col("text").str.contains(_QUESTION))
    return (
        sentences.join(texts.with_columns(words=bare_words(pl.col("text"))), on="text")
        .with_columns(wording=pl.struct("story_id", "words").hash())
        .drop("words")
        .sort(_IN_TIME, nulls_last=True)
    )


def read_wordings(
    told: pl.DataFrame, read: StatementReader = read_statements
) -> tuple[pl.DataFrame, list[Statement]]:
    """The distinct wordings of each story that state something, and what they state."""
    wordings = told.unique("wording", keep="first", maintain_order=True)
    statements = read(wordings["text"].to_list())
    n_terms = pl.Series([len(set(statement.terms)) for statement in statements], dtype=pl.Int64)
    only_names = pl.Series([statement.only_names for statement in statements], dtype=pl.Boolean)
    whole = pl.col("text").str.contains(_ENDED) & ~only_names
    fewest = pl.when(whole).then(FEWEST_TERMS).otherwise(FEWEST_UNENDED)
    is_credit = pl.Series([statement.is_credit for statement in statements], dtype=pl.Boolean)
    states = wordings.select((n_terms >= fewest) & ~is_credit).to_series()
    return wordings.filter(states), [
        statement for statement, kept in zip(statements, states, strict=True) if kept
    ]


def _name_articles(told: pl.DataFrame, wordings: pl.DataFrame) -> list[list[str]]:
    """The articles that have each wording, the first MOST_COPIES."""
    articles = told.group_by("wording").agg(pl.col("article_id").head(MOST_COPIES))
    named = wordings.select("wording").join(articles, on="wording", how="left", maintain_order="left")
    return named["article_id"].to_list()


def _judge(
    wordings: pl.DataFrame, pairs: CandidatePairs, persons: Sequence[frozenset[str]], encode: Encoder | None
) -> NDArray[np.float64]:
    """How probably each pair says the same."""
    articles = wordings["article_id"].rank("dense").to_numpy()
    places = zip(pairs.firsts.tolist(), pairs.seconds.tolist(), strict=True)
    return judge_pairs(
        pairs,
        wordings["text"].to_list(),
        encode,
        apart=articles[pairs.firsts] != articles[pairs.seconds],
        same_person=np.array([not persons[i].isdisjoint(persons[j]) for i, j in places], bool),
    )


def _situate(
    statements: Sequence[Statement],
    wordings: pl.DataFrame,
    numbers: NDArray[np.int64],
    events: pl.DataFrame,
    days: pl.DataFrame,
) -> dict[int, Statement]:
    """The statements with these numbers, with what annotations say of them."""
    chosen = [statements[number] for number in numbers]
    situated = situate_statements(chosen, wordings[numbers], events, days)
    return dict(zip(numbers.tolist(), situated, strict=True))


def _part_disagreeing(
    statements: Mapping[int, Statement],
    articles: Sequence[Sequence[str]],
    pairs: CandidatePairs,
    probabilities: NDArray[np.float64],
) -> list[Difference]:
    """Sets the probability of pairs that speak of the same but disagree to NEVER, and says in what they do.

    statements: by number, those of pairs from SAME_COUNTED on, with what annotations say of them.
    Where both count the same, less need be alike: "at least 14 injured" and "19 hurt, volunteers said".
    What one article says of two things is no difference: "photo 3 of 25", "photo 4 of 25".
    """
    differences = []
    for k in np.flatnonzero(probabilities >= SAME_COUNTED):
        i, j = int(pairs.firsts[k]), int(pairs.seconds[k])
        disagreement = find_disagreement(statements[i], statements[j])
        if disagreement is None or (probabilities[k] < SAME and not disagreement.counted):
            continue
        likeness, probabilities[k] = probabilities[k], NEVER
        strict = disagreement.kind == "negation" or disagreement.figure == "year"
        is_told = not strict or likeness >= ALL_BUT_THE_SAME
        if is_told and set(articles[i]).isdisjoint(articles[j]):
            differences.append(Difference(i, j, disagreement))
    return differences


def _name_claims(members: pl.DataFrame) -> pl.DataFrame:
    """`members` in order of time with claim_id, a hash of where the claim was first made, and its text."""
    members = members.sort(_IN_TIME, nulls_last=True)
    founders = members.group_by("group", maintain_order=True).agg(
        pl.col("article_id", "sentence_no").first(),
        claim_text=pl.col("text").first().map_elements(strip_dateline, return_dtype=pl.String),
    )
    places = founders.select("article_id", "sentence_no").iter_rows()
    ids = [
        hashlib.sha256(f"{article}:{number}".encode()).hexdigest()[:ID_LENGTH] for article, number in places
    ]
    named = founders.select("group", "claim_text", claim_id=pl.Series(ids, dtype=pl.String))
    return members.join(named, on="group", maintain_order="left").drop("group")


def _claims(members: pl.DataFrame) -> pl.DataFrame:
    return (
        members.group_by("claim_id", maintain_order=True)
        .agg(
            pl.col("story_id").first(),
            text=pl.col("claim_text").first(),
            first_on=pl.col("published_on").min(),
        )
        .select(list(CLAIMS))
        .cast(CLAIMS)
        .sort("story_id", "claim_id")
    )
