"""Sorting by packed numbers: numpy sorts plain numbers several times faster than it sorts indices.

Also what goes with it: ranges, sums of groups, arrays that are looked up as one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


class Chain:
    """Arrays one after the other, to be looked up as if they were one; none is copied."""

    def __init__(self, arrays: Sequence[Ints]) -> None:
        self._arrays = arrays
        self._bases = np.cumsum([0, *map(len, arrays)])

    def __getitem__(self, places: Ints) -> Ints:
        """The values at the places, which count through all arrays."""
        found = np.empty(len(places), self._arrays[0].dtype)
        for array, base in zip(self._arrays, self._bases, strict=False):
            here = np.flatnonzero((places >= base) & (places < base + len(array)))
            found[here] = array[places[here] - base]
        return found


def order_by(keys: Ints) -> Ints:
    """The stable order of keys, none of them negative: key and row number sorted as one number."""
    row_bits = max(len(keys).bit_length(), 1)
    if int(keys.max(initial=0)).bit_length() + row_bits > 63:
        return np.argsort(keys, kind="stable")
    packed = (keys << row_bits) | np.arange(len(keys))
    packed.sort()
    return packed & ((1 << row_bits) - 1)


def sort_hashes(hashes: NDArray[np.uint64], positions: Ints) -> tuple[NDArray[np.uint64], Ints]:
    """Both arrays by hash, equal hashes in the order given.

    The leading bits of the hash and the row number share one number; the few rows that the
    missing bits confuse are sorted again.
    """
    row_bits = np.uint64(max(len(hashes).bit_length(), 1))
    row_mask = (np.uint64(1) << row_bits) - np.uint64(1)
    packed = (hashes & ~row_mask) | np.arange(len(hashes), dtype=np.uint64)
    packed.sort()
    order = (packed & row_mask).view(np.int64)
    # In place: all of this is as long as a corpus has words.
    leading = np.right_shift(packed, row_bits, out=packed)
    by_hash = hashes[order]
    confused = leading[1:] == leading[:-1]
    confused &= by_hash[1:] != by_hash[:-1]
    if confused.any():
        again = np.flatnonzero(np.isin(leading, leading[1:][confused]))
        order[again] = order[again][np.lexsort((order[again], by_hash[again]))]
        by_hash[again] = hashes[order[again]]
    del packed, leading
    return by_hash, positions[order]


def group_equal(values: NDArray[np.uint64]) -> tuple[Ints, Ints]:
    """The first row and the size of each run of equal values."""
    is_new = np.ones(len(values), bool)
    is_new[1:] = values[1:] != values[:-1]
    firsts = np.flatnonzero(is_new)
    return firsts, np.diff(np.append(firsts, len(values)))


def ranges(firsts: Ints, sizes: Ints) -> Ints:
    """The numbers firsts[0] … firsts[0] + sizes[0] - 1, then those of the next range, and so on."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(firsts - before, sizes) + np.arange(int(sizes.sum()))


def sum_groups(values: Ints, starts: Ints) -> Ints:
    """The sums of values between one start and the next; every group has at least one value."""
    return np.add.reduceat(values, starts) if len(starts) else values[:0]
