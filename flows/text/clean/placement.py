"""Blocks with roles to the article's text: which of them are in it, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flows.text.types import Block, Role

TEXT_ROLES: tuple[Role, ...] = ("body", "subheading")
"""Roles that make the text: readers count subheadings as part of an article."""
PARAGRAPH_BREAK = "\n\n"


def place_blocks(blocks: Iterable[Block]) -> tuple[str, tuple[Block, ...]]:
    """The article's text, its blocks joined by blank lines, and all blocks with their places in it."""
    placed: list[Block] = []
    texts: list[str] = []
    position = 0
    for block in blocks:
        if block.role in TEXT_ROLES:
            end = position + len(block.text)
            placed.append(replace(block, char_start=position, char_end=end))
            texts.append(block.text)
            position = end + len(PARAGRAPH_BREAK)
        else:
            placed.append(block)
    return PARAGRAPH_BREAK.join(texts), tuple(placed)
