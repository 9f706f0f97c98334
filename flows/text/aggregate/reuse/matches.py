"""Equal shingles to the stretches of words that two texts share, exactly.

No two texts are compared. Neighbouring shingles whose places all move on together form a
*block*: a run of words that stands at several places at once. A copied paragraph is one block
however long it is, so the work grows with the number of edits, not with the length of copies.

Positions are word numbers through all texts; `bases` says where each text begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.text.aggregate.reuse.shingles import SHINGLE_WORDS
from flows.text.aggregate.reuse.sorting import Ints, group_equal, order_by, ranges, sum_groups
from flows.text.aggregate.reuse.words import mix

BOILERPLATE_TEXTS = 1000
"""A run in more texts than this is boilerplate (the public contract)."""
ROWS_AT_ONCE = 4_000_000
"""Rows of matches handled together: bounds memory at about 1 GB."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Block i stands at places[firsts[i]:firsts[i + 1]], ascending, each n_words[i] words long."""

    firsts: Ints
    places: Ints
    n_words: Ints


@dataclass(frozen=True, slots=True)
class Matches:
    """One row a stretch of text `a` that stands in text `b` too, by a, b and a_start.

    What stands several times in both is taken in order, the second time in a with the second in b, so
    that a copied page with a refrain is one stretch; with the last in b where b has it less often.
    Stretches of one pair may overlap by up to seven words.
    """

    a: Ints
    b: Ints
    a_start: Ints
    b_start: Ints
    n_words: Ints


def find_blocks(hashes: NDArray[np.uint64], positions: Ints, bases: Ints) -> Blocks:
    """The blocks of shingles, sorted by hash and position, that stand in 2 to 1,000 texts."""
    groups, sizes = _shared_groups(hashes, positions, bases)
    places = positions[ranges(groups, sizes)]
    starts = np.cumsum(sizes) - sizes
    leads = places[starts]
    # What stays the same from one shingle to the next inside a block: how far apart its places are.
    apart = mix((places - np.repeat(leads, sizes)).astype(np.uint64)).view(np.int64)
    shapes = sum_groups(apart, starts)
    order = order_by(leads)
    begins = np.ones(len(order), bool)
    begins[1:] = (np.diff(leads[order]) != 1) | (np.diff(shapes[order]) != 0)
    first_groups = order[begins]
    n_shingles = np.diff(np.append(np.flatnonzero(begins), len(order)))
    return Blocks(
        firsts=np.append(0, np.cumsum(sizes[first_groups])),
        places=places[ranges(starts[first_groups], sizes[first_groups])],
        n_words=n_shingles + SHINGLE_WORDS - 1,
    )


def _shared_groups(hashes: NDArray[np.uint64], positions: Ints, bases: Ints) -> tuple[Ints, Ints]:
    """First row and size of each group of equal hashes in the wanted number of texts."""
    firsts, sizes = group_equal(hashes)
    firsts, sizes = firsts[sizes > 1], sizes[sizes > 1]
    is_first = is_first_in_text(positions[ranges(firsts, sizes)], sizes, bases)
    n_texts = sum_groups(is_first.astype(np.int64), np.cumsum(sizes) - sizes)
    wanted = (n_texts > 1) & (n_texts <= BOILERPLATE_TEXTS)
    return firsts[wanted], sizes[wanted]


def is_first_in_text(places: Ints, sizes: Ints, bases: Ints) -> NDArray[np.bool_]:
    """Whether a place is the first of its group in its text; the places of a group are ascending."""
    texts = text_of(places, bases)
    is_first = np.ones(len(places), bool)
    is_first[1:] = texts[1:] != texts[:-1]
    is_first[np.cumsum(sizes) - sizes] = True
    return is_first


def text_of(positions: Ints, bases: Ints) -> Ints:
    """The number of the text that each word stands in."""
    return np.searchsorted(bases, positions, side="right") - 1


def find_matches(blocks: Blocks, bases: Ints, first_new: int) -> Iterator[Matches]:
    """The matches of all ordered pairs of texts of which one at least is new; a pair is never split.

    Texts from number `first_new` on are new.
    """
    sizes = np.diff(blocks.firsts)
    block_of = np.repeat(np.arange(len(sizes)), sizes)
    is_first = is_first_in_text(blocks.places, sizes, bases)
    # A partner of a place is a text, with its places of the block from `partners` on.
    partners = np.flatnonzero(is_first)
    times = np.diff(np.append(partners, len(blocks.places)))
    ranks = ranges(np.zeros_like(times), times)
    n_partners = np.bincount(block_of[is_first], minlength=len(sizes))
    is_new = text_of(blocks.places, bases) >= first_new
    n_new = np.bincount(block_of[is_first & is_new], minlength=len(sizes))
    after_partners = np.cumsum(n_partners)
    order = order_by(blocks.places)
    places, block_numbers, ranks = blocks.places[order], block_of[order], ranks[order]
    texts = text_of(places, bases)
    # The partners of an old text are the new ones: places ascend, so they are a block's last.
    counts = np.where(texts >= first_new, n_partners[block_numbers], n_new[block_numbers])
    for chunk in _chunks(texts, counts):
        here, count = block_numbers[chunk], counts[chunk]
        partner = ranges(after_partners[here] - count, count)
        rank = np.minimum(np.repeat(ranks[chunk], count), times[partner] - 1)
        b_start = blocks.places[partners[partner] + rank]
        rows = Matches(
            a=np.repeat(texts[chunk], count),
            b=text_of(b_start, bases),
            a_start=np.repeat(places[chunk], count),
            b_start=b_start,
            n_words=np.repeat(blocks.n_words[here], count),
        )
        yield _join_neighbours(_select(rows, _by_pair(rows, np.flatnonzero(rows.a != rows.b), len(bases))))


def _chunks(texts: Ints, n_rows: Ints) -> Iterator[slice]:
    """Slices of about ROWS_AT_ONCE rows that end where a text ends."""
    ends = np.append(np.flatnonzero(np.diff(texts)) + 1, len(texts))
    total = np.append(0, np.cumsum(n_rows))
    begin = 0
    while begin < len(texts):
        fits = np.searchsorted(total[ends], total[begin] + ROWS_AT_ONCE, side="right") - 1
        end = int(ends[max(fits, np.searchsorted(ends, begin, side="right"))])
        yield slice(begin, end)
        begin = end


def _by_pair(rows: Matches, wanted: Ints, n_texts: int) -> Ints:
    first = rows.a[wanted[:1]].sum()
    return wanted[order_by((rows.a[wanted] - first) * n_texts + rows.b[wanted])]


def _select(rows: Matches, chosen: NDArray[np.int64] | NDArray[np.bool_]) -> Matches:
    return Matches(*(getattr(rows, name)[chosen] for name in Matches.__slots__))


def _join_neighbours(rows: Matches) -> Matches:
    """One stretch where the next shingle of a pair follows on both sides.

    Blocks end wherever a third text goes its own way; for the pair the run goes on.
    """
    follows = np.zeros(len(rows.a), bool)
    follows[1:] = (
        (np.diff(rows.a) == 0)
        & (np.diff(rows.b) == 0)
        & (np.diff(rows.a_start) == np.diff(rows.b_start))
        & (np.diff(rows.a_start) == rows.n_words[:-1] - SHINGLE_WORDS + 1)
    )
    begins = np.flatnonzero(~follows)
    last = np.append(begins[1:], len(rows.a)) - 1
    joined = _select(rows, begins)
    n_words = rows.a_start[last] + rows.n_words[last] - joined.a_start
    return Matches(joined.a, joined.b, joined.a_start, joined.b_start, n_words)
