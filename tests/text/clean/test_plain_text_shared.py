"""The real articles beside the project: every block that is not body, by hand, as places only."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.text.clean.plain_text import split_plain_text

# File, number of blocks, and the blocks that are not body: role, raw_start, raw_end.
CHECKED = [
    ("000_2cb69903e3d3baec.txt", 9, [("subheading", 803, 848)]),
    ("001_613171ac32384588.txt", 12, []),
    (
        "002_2d433924f51f7c2c.txt",
        19,
        [
            ("metadata", 1, 16),
            ("subheading", 916, 937),
            ("subheading", 1785, 1811),
            ("caption", 1928, 2069),
            ("credit", 2688, 2708),
        ],
    ),
    ("003_7bf315e0684c8f3b.txt", 18, [("metadata", 1, 16)]),
    (
        "004_8cf6e97d2c7e4cec.txt",
        22,
        [
            ("metadata", 1, 16),
            ("boilerplate", 17, 2741),
            ("boilerplate", 2742, 2752),
            ("headline", 2754, 2830),
            ("byline", 2832, 2852),
            ("caption", 2853, 3042),
            ("caption", 3043, 3232),
            ("caption", 4063, 4074),
            ("caption", 4075, 4198),
        ],
    ),
]


@pytest.mark.parametrize(("name", "n_blocks", "dropped"), CHECKED)
def test_every_block_has_the_role_of_a_careful_reader(
    shared_articles: Path, name: str, n_blocks: int, dropped: list[tuple[str, int, int]]
) -> None:
    raw = (shared_articles / name).read_bytes().decode("utf-8")
    blocks = split_plain_text(raw)
    assert len(blocks) == n_blocks
    assert [(b.role, b.raw_start, b.raw_end) for b in blocks if b.role != "body"] == dropped
