"""Builds the claims of a corpus, story by story, from the annotations of its articles.

The steps only; each is a module of its own. Statements are read once for every distinct wording.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection

import numpy as np
import polars as pl

from flows.text.aggregate.claims.agreement import find_disagreement
from flows.text.aggregate.claims.frames import CLAIM_SENTENCES, CLAIMS, ClaimInputs, Claims
from flows.text.aggregate.claims.joining import join_statements
from flows.text.aggregate.claims.likeness import judge_wording
from flows.text.aggregate.claims.pairing import find_candidates
from flows.text.aggregate.claims.statements import read_statement
from flows.text.aggregate.conflicts import Difference, tell_conflicts
from flows.text.aggregate.sources import group_sources
from flows.text.aggregate.timeline import build_timeline

FEWEST_TERMS = 3
"""Content words of a sentence that states something: "He disagreed." does not stand alone."""
SAME = 0.5
"""Probability from which two statements are one claim."""
ID_LENGTH = 16
"""Hexadecimal digits of a claim_id."""


def build_claims(evidence: ClaimInputs, *, stories: Collection[str] | None = None) -> Claims:
    """The claims of all stories, or of those named; a story's result depends on its own articles only."""
    told = _told_sentences(evidence, stories)
    wordings = told.unique("wording", keep="first", maintain_order=True).select("wording", "story_id", "text")
    statements = [read_statement(text) for text in wordings["text"]]
    states = np.array([len(set(statement.terms)) >= FEWEST_TERMS for statement in statements], bool)
    wordings = wordings.filter(pl.Series(states))
    statements = [statement for statement, kept in zip(statements, states, strict=True) if kept]
    story_numbers = wordings["story_id"].rank("dense").to_numpy().astype(np.int64)
    pairs = find_candidates(statements, story_numbers)
    probabilities = judge_wording(pairs.features)
    differences: list[Difference] = []
    for k in np.flatnonzero(probabilities >= SAME):
        i, j = int(pairs.firsts[k]), int(pairs.seconds[k])
        disagreement = find_disagreement(statements[i], statements[j])
        if disagreement:
            differences.append(Difference(i, j, disagreement))
            probabilities[k] = 0.0
    groups = join_statements(len(statements), pairs.firsts, pairs.seconds, probabilities, threshold=SAME)
    members = told.join(wordings.select("wording", group=pl.Series(groups)), on="wording")
    members = _name_claims(members.sort("published_on", "article_id", "sentence_no", nulls_last=True))
    claim_sentences = group_sources(members, evidence)
    return Claims(
        claims=_claims(members),
        claim_sentences=claim_sentences.select(list(CLAIM_SENTENCES)).cast(CLAIM_SENTENCES),
        conflicts=tell_conflicts(members, wordings["wording"].to_list(), differences),
        timeline=build_timeline(members, evidence),
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


def _told_sentences(evidence: ClaimInputs, stories: Collection[str] | None) -> pl.DataFrame:
    """The sentences with their story, day and normalised wording, earliest article first."""
    articles = evidence.articles.select("article_id", "story_id", "outlet", "published_on")
    if stories is not None:
        articles = articles.filter(pl.col("story_id").is_in(list(stories)))
    words = pl.col("text").str.to_lowercase().str.replace_all(r"[^\pL\pN]+", " ").str.strip_chars()
    return (
        evidence.sentences.join(articles.drop_nulls("story_id"), on="article_id")
        .filter(~pl.col("text").str.contains(r"\?[\"”’'»)\]]*\s*$"))
        .with_columns(wording=pl.concat_str("story_id", words, separator=" "))
        .sort("published_on", "article_id", "sentence_no", nulls_last=True)
    )


def _name_claims(members: pl.DataFrame) -> pl.DataFrame:
    """`members` with claim_id: a hash of the place where the claim was first made."""
    founders = members.group_by("group", maintain_order=True).agg(
        pl.col("article_id", "sentence_no").first(), claim_text=pl.col("text").first()
    )
    keys = (f"{article}:{number}".encode() for article, number in founders.select("article_id", "sentence_no").iter_rows())
    ids = [hashlib.sha256(key).hexdigest()[:ID_LENGTH] for key in keys]
    named = founders.select("group", "claim_text", claim_id=pl.Series(ids, dtype=pl.String))
    return members.join(named, on="group", maintain_order="left").drop("group")


def _claims(members: pl.DataFrame) -> pl.DataFrame:
    return (
        members.group_by("claim_id", maintain_order=True)
        .agg(pl.col("story_id").first(), text=pl.col("claim_text").first(), first_on=pl.col("published_on").min())
        .select(list(CLAIMS))
        .cast(CLAIMS)
        .sort("story_id", "claim_id")
    )
