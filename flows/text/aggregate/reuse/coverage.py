"""From matches of words to what each pair of texts shares: letters, sentences, spans of characters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from flows.text.aggregate.reuse.matches import Matches
from flows.text.aggregate.reuse.sorting import Chain, Ints, ranges, sum_groups

SAME_SENTENCE_SHARE = 0.6
"""Share of a sentence's letters in common runs from which it is the same sentence, edited."""
DUPLICATE_SHARE = 0.98
"""Containment both ways from which two texts are duplicates: a word or a headline was changed."""
NEAR_DUPLICATE_SHARE = 0.5
"""Containment both ways from which two texts are near duplicates: each stands mostly in the other."""
SENTENCE_WORDS = 5
"""Shorter sentences ("He declined.") say nothing about copying and are not counted."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of the words of all texts; text i has the words text_starts[i] to text_ends[i].

    The other arrays have one item a word, and one more after the last word of a text where a
    gap follows. `letters` counts the letters before the word.
    """

    text_starts: Ints
    text_ends: Ints
    starts: Chain
    ends: Chain
    letters: Chain
    sentence_starts: Ints


def measure_pairs(matches: Matches, words: Words) -> pl.DataFrame:
    """One row a pair of texts: a, b, containment of a in b, n_shared_sentences."""
    is_first = np.ones(len(matches.a), bool)
    is_first[1:] = (np.diff(matches.a) != 0) | (np.diff(matches.b) != 0)
    begins = np.flatnonzero(is_first)
    ends = matches.a_start + matches.n_words
    ends[:-1] = np.where(is_first[1:], ends[:-1], np.minimum(ends[:-1], matches.a_start[1:]))
    a = matches.a[begins]
    covered = sum_groups(words.letters[ends] - words.letters[matches.a_start], begins)
    total = words.letters[words.text_ends[a]] - words.letters[words.text_starts[a]]
    n_sentences = _count_sentences(np.cumsum(is_first) - 1, matches.a_start, ends, words)
    return pl.DataFrame(
        {
            "a": a.astype(np.uint32),
            "b": matches.b[begins].astype(np.uint32),
            "containment": covered / total,
            "n_shared_sentences": np.bincount(n_sentences, minlength=len(begins)).astype(np.int32),
        }
    )


def relate_pairs(pairs: pl.DataFrame) -> pl.DataFrame:
    """`pairs`, by a and b, with `relation` ("duplicate", "near_duplicate", "partial"), other_containment."""
    # Every pair is there both ways round, so the rows by b and a are the reverse of those by a and b.
    forward = pairs.sort("a", "b")
    forward = forward.with_columns(other_containment=forward.sort("b", "a")["containment"])
    lesser = pl.min_horizontal("containment", "other_containment")
    relation = (
        pl.when(lesser >= DUPLICATE_SHARE)
        .then(pl.lit("duplicate"))
        .when(lesser >= NEAR_DUPLICATE_SHARE)
        .then(pl.lit("near_duplicate"))
        .otherwise(pl.lit("partial"))
    )
    return forward.with_columns(relation.alias("relation")).select(
        pl.exclude("other_containment"), "other_containment"
    )


def _count_sentences(pairs: Ints, starts: Ints, ends: Ints, words: Words) -> Ints:
    """The pair number of each sentence that counts as shared, one item a pair and sentence."""
    bounds = words.sentence_starts
    firsts = np.searchsorted(bounds, starts, side="right") - 1
    sizes = np.searchsorted(bounds, ends) - firsts
    sentences = ranges(firsts, sizes)
    pairs = np.repeat(pairs, sizes)
    lower = np.maximum(np.repeat(starts, sizes), bounds[sentences])
    upper = np.minimum(np.repeat(ends, sizes), bounds[sentences + 1])
    is_new = np.ones(len(pairs), bool)
    is_new[1:] = (np.diff(pairs) != 0) | (np.diff(sentences) != 0)
    begins = np.flatnonzero(is_new)
    shared = sum_groups(words.letters[upper] - words.letters[lower], begins)
    sentences, pairs = sentences[begins], pairs[begins]
    whole = words.letters[bounds[sentences + 1]] - words.letters[bounds[sentences]]
    is_long = bounds[sentences + 1] - bounds[sentences] >= SENTENCE_WORDS
    return pairs[is_long & (shared >= SAME_SENTENCE_SHARE * whole)]


def locate_spans(matches: Matches, words: Words) -> pl.DataFrame:
    """One row a match: a, b and the characters it covers in each text."""
    a_last = matches.a_start + matches.n_words - 1
    b_last = matches.b_start + matches.n_words - 1
    return pl.DataFrame(
        {
            "a": matches.a.astype(np.uint32),
            "b": matches.b.astype(np.uint32),
            "char_start": words.starts[matches.a_start],
            "char_end": words.ends[a_last],
            "other_start": words.starts[matches.b_start],
            "other_end": words.ends[b_last],
        }
    )
