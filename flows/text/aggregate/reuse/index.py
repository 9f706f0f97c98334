"""What is kept of texts once compared, so that new ones meet the old without a rebuild.

Not here: articles; an index knows bodies, each distinct text once, by digest (find.py).

An index is a row of immutable parts, one for each batch of new bodies; a part that is not
larger than the next is merged with it, so their number stays logarithmic (a log-structured
merge, O'Neil and others 1996). A body that is gone stays in its part, marked by its absence
from the wanted digests, until a quarter of all are gone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from flows.text.aggregate.reuse.coverage import (
    SENTENCE_WORDS,
    Words,
    locate_spans,
    measure_pairs,
    relate_pairs,
)
from flows.text.aggregate.reuse.matches import (
    BOILERPLATE_TEXTS,
    find_blocks,
    find_matches,
    is_first_in_text,
    text_of,
)
from flows.text.aggregate.reuse.shingles import hash_shingles
from flows.text.aggregate.reuse.sorting import Chain, Ints, group_equal, ranges, sort_hashes, sum_groups
from flows.text.aggregate.reuse.words import WordTable, build_word_table

GONE_SHARE = 0.25
"""Share of indexed bodies that are gone from which building anew is cheaper than carrying them."""


@dataclass(frozen=True, slots=True)
class IndexPart:
    """One batch of bodies, and what they share with each other and with those of the parts before.

    Word numbers are the part's own; numbers of bodies, a and b, count through all parts in order.

    bodies: digest, n_words, n_sentences, char_start, char_end (of the first and last word).
    words: char_start, char_end, letters (before the word, in the part), begins_sentence; and one
    row more for the end. shingles: hash, word; by hash and word.
    pairs: a, b, containment, n_shared_sentences, relation, other_containment. spans: a, b, char_start,
    char_end, other_start, other_end; those of a pair by char_start.
    All frames can be written and read back; a part is never changed, only merged.
    """

    bodies: pl.DataFrame
    words: pl.DataFrame
    shingles: pl.DataFrame
    pairs: pl.DataFrame
    spans: pl.DataFrame


@dataclass(frozen=True, slots=True)
class ReuseIndex:
    """The parts, in the order in which they came."""

    parts: tuple[IndexPart, ...] = ()

    @property
    def bodies(self) -> pl.DataFrame:
        """The bodies of all parts, by number."""
        return pl.concat([pl.DataFrame(schema=_BODIES), *(part.bodies for part in self.parts)])

    @property
    def pairs(self) -> pl.DataFrame:
        """The pairs of all parts."""
        return pl.concat([pl.DataFrame(schema=_PAIRS), *(part.pairs for part in self.parts)])

    @property
    def spans(self) -> pl.DataFrame:
        """The spans of all parts."""
        return pl.concat([pl.DataFrame(schema=_SPANS), *(part.spans for part in self.parts)])


_BODIES = {
    "digest": pl.UInt64,
    "n_words": pl.Int64,
    "n_sentences": pl.Int32,
    "char_start": pl.UInt32,
    "char_end": pl.UInt32,
}
_PAIRS = {
    "a": pl.UInt32,
    "b": pl.UInt32,
    "containment": pl.Float64,
    "n_shared_sentences": pl.Int32,
    "relation": pl.String,
    "other_containment": pl.Float64,
}
_SPANS = dict.fromkeys(("a", "b", "char_start", "char_end", "other_start", "other_end"), pl.UInt32)


TextReader = Callable[[pl.Series], pl.Series]
"""Digests to texts, in their order."""


def build_index(digests: pl.Series, read: TextReader) -> ReuseIndex:
    """The index that knows all texts; see `extend_index`."""
    return extend_index(ReuseIndex(), digests, read) or ReuseIndex()


def extend_index(index: ReuseIndex, digests: pl.Series, read: TextReader) -> ReuseIndex | None:
    """The index with the texts (digests, distinct) that it does not know; what it knows of others stays.

    None where the one built of all texts would say something else of those known, or be much smaller.
    Bodies that are gone still count when boilerplate is told by its number of texts.
    """
    known = index.bodies.select("digest")
    new = digests.to_frame("digest").join(known, on="digest", how="anti", maintain_order="left")["digest"]
    n_gone = len(known) + len(new) - len(digests)
    if n_gone > GONE_SHARE * len(known):
        return None
    if new.is_empty():
        return index
    part = _index_bodies(new, read(new))
    hashes, places = _gather_postings(index.parts, part)
    words = _join_words((*index.parts, part))
    if _becomes_boilerplate(hashes, places, words.text_starts, len(known)):
        return None
    pairs, spans = _compare(hashes, places, words, len(known))
    return ReuseIndex(_merge_parts((*index.parts, replace(part, pairs=pairs, spans=spans))))


def _index_bodies(digests: pl.Series, texts: pl.Series) -> IndexPart:
    """The part of these bodies; what they share is not known yet."""
    table = build_word_table(texts.to_list())
    hashes, positions = sort_hashes(*hash_shingles(table.hashes, table.bases))
    letters = np.append(0, np.cumsum(table.letters, dtype=np.int64))
    return IndexPart(
        bodies=_describe_bodies(digests, table),
        words=pl.DataFrame(
            {
                "char_start": np.append(table.starts, np.uint32(0)),
                "char_end": np.append(table.ends, np.uint32(0)),
                "letters": letters,
                "begins_sentence": np.append(table.begins_sentence, True),
            }
        ),
        shingles=pl.DataFrame({"hash": hashes, "word": positions}),
        pairs=pl.DataFrame(schema=_PAIRS),
        spans=pl.DataFrame(schema=_SPANS),
    )


def _describe_bodies(digests: pl.Series, table: WordTable) -> pl.DataFrame:
    begins = np.flatnonzero(table.begins_sentence)
    is_long = np.diff(np.append(begins, len(table.hashes))) >= SENTENCE_WORDS
    n_long = np.append(0, np.cumsum(is_long))[np.searchsorted(begins, table.bases)]
    # A text without words has no first and last one: offset 0 stands in and is never read.
    starts, ends = np.append(table.starts, 0), np.append(table.ends, 0)
    return pl.DataFrame(
        {
            "digest": digests,
            "n_words": np.diff(table.bases),
            "n_sentences": np.diff(n_long).astype(np.int32),
            "char_start": starts[table.bases[:-1]].astype(np.uint32),
            "char_end": ends[table.bases[1:] - 1].astype(np.uint32),
        }
    )


def _offsets(parts: Sequence[IndexPart]) -> list[int]:
    """The number of each part's first word."""
    return [0, *np.cumsum([len(part.words) for part in parts]).tolist()][:-1]


def _gather_postings(parts: Sequence[IndexPart], new: IndexPart) -> tuple[NDArray[np.uint64], Ints]:
    """Every place of every shingle of the new part, in all parts; by hash and place."""
    own = new.shingles["hash"].to_numpy()
    wanted = own[np.append(True, own[1:] != own[:-1])] if len(own) else own
    hashes, places = [], []
    for part, offset in zip(parts, _offsets(parts), strict=True):
        indexed = part.shingles["hash"].to_numpy()
        firsts = np.searchsorted(indexed, wanted)
        rows = ranges(firsts, np.searchsorted(indexed, wanted, side="right") - firsts)
        hashes.append(indexed[rows])
        places.append(part.shingles["word"].to_numpy()[rows] + offset)
    if not parts:
        return own, new.shingles["word"].to_numpy()
    hashes.append(own)
    places.append(new.shingles["word"].to_numpy() + sum(len(part.words) for part in parts))
    return sort_hashes(np.concatenate(hashes), np.concatenate(places))


def _join_words(parts: Sequence[IndexPart]) -> Words:
    def column(name: str) -> Chain:
        return Chain([part.words[name].to_numpy() for part in parts])

    offsets = _offsets(parts)
    starts = [
        offset + np.append(0, np.cumsum(part.bodies["n_words"].to_numpy()))[:-1]
        for part, offset in zip(parts, offsets, strict=True)
    ]
    sentences = [
        offset + np.flatnonzero(part.words["begins_sentence"].to_numpy())
        for part, offset in zip(parts, offsets, strict=True)
    ]
    text_starts = np.concatenate(starts)
    n_words = np.concatenate([part.bodies["n_words"].to_numpy() for part in parts])
    return Words(
        text_starts=text_starts,
        text_ends=text_starts + n_words,
        starts=column("char_start"),
        ends=column("char_end"),
        letters=column("letters"),
        sentence_starts=np.concatenate(sentences),
    )


def _becomes_boilerplate(hashes: NDArray[np.uint64], places: Ints, bases: Ints, first_new: int) -> bool:
    """Whether a shingle that counted between old texts is in too many now: their pairs change then."""
    firsts, sizes = group_equal(hashes)
    firsts, sizes = firsts[sizes > BOILERPLATE_TEXTS], sizes[sizes > BOILERPLATE_TEXTS]
    members = places[ranges(firsts, sizes)]
    is_first = is_first_in_text(members, sizes, bases)
    starts = np.cumsum(sizes) - sizes
    n_texts = sum_groups(is_first.astype(np.int64), starts)
    n_old = sum_groups((is_first & (text_of(members, bases) < first_new)).astype(np.int64), starts)
    return bool(np.any((n_texts > BOILERPLATE_TEXTS) & (n_old > 1) & (n_old <= BOILERPLATE_TEXTS)))


def _compare(
    hashes: NDArray[np.uint64], places: Ints, words: Words, first_new: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    blocks = find_blocks(hashes, places, words.text_starts)
    unrelated = pl.DataFrame(schema=_PAIRS).drop("relation", "other_containment")
    pairs, spans = [unrelated], [pl.DataFrame(schema=_SPANS)]
    for matches in find_matches(blocks, words.text_starts, first_new):
        pairs.append(measure_pairs(matches, words))
        spans.append(locate_spans(matches, words))
    return relate_pairs(pl.concat(pairs)), pl.concat(spans)


def _merge_parts(parts: tuple[IndexPart, ...]) -> tuple[IndexPart, ...]:
    """Merges the last parts as long as the one before is not larger."""
    while len(parts) > 1 and len(parts[-2].words) <= len(parts[-1].words):
        parts = (*parts[:-2], _merge(parts[-2], parts[-1]))
    return parts


def _merge(first: IndexPart, second: IndexPart) -> IndexPart:
    # The row for the end of the first is where the words of the second begin.
    n_words = len(first.words) - 1
    n_letters = first.words["letters"][-1]
    hashes, positions = sort_hashes(
        pl.concat([first.shingles["hash"], second.shingles["hash"]]).to_numpy(),
        pl.concat([first.shingles["word"], second.shingles["word"] + n_words]).to_numpy(),
    )
    return IndexPart(
        bodies=pl.concat([first.bodies, second.bodies]),
        words=pl.concat(
            [first.words.head(-1), second.words.with_columns(pl.col("letters") + n_letters)], rechunk=True
        ),
        shingles=pl.DataFrame({"hash": hashes, "word": positions}),
        pairs=pl.concat([first.pairs, second.pairs]),
        spans=pl.concat([first.spans, second.spans]),
    )
