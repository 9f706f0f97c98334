"""Where the article stands on a page: the element with the densest prose.

What belongs here: how much a block speaks for an article, and the sum over elements. What does
not: the role of any block.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from flows.text.clean.page.elements import Element, TextBlock
from flows.text.clean.page.grammar import HEADINGS

PROSE_WORDS = 8
"""Words of a block that may count as prose; menus and labels are shorter."""
PROSE_LINKED = 0.5
"""Share of linked characters above which a block is a teaser or a menu, no prose."""
DECAY = 0.6
"""What a paragraph counts for each branching element further out; keeps the core from growing to the page."""
END = 12
"""Characters at the end of a block where its full stop and closing quotes stand."""

_SENTENCE_END = re.compile(r"""[.!?…:。！？।؟]["'”’)\]»」』]*$""")
_STATEMENT_END = re.compile(r"""[.…。।]["'”’)\]»」』]*$""")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, closing quotes allowed."""
    return bool(_SENTENCE_END.search(text[-END:]))


def ends_statement(text: str) -> bool:
    """The same, but not as a question or a call does."""
    return bool(_STATEMENT_END.search(text[-END:]))


def count_words(text: str) -> int:
    """Words parted by spaces; two characters count as one where a script has no spaces."""
    unspaced = 0 if text.isascii() else len(_UNSPACED.findall(text))
    return text.count(" ") + 1 + unspaced // 2 if text else 0


def prose_length(block: TextBlock) -> int:
    """Characters that speak for an article: 0 for labels, menus and teasers."""
    if block.linked > PROSE_LINKED * len(block.text) or block.element.tag in HEADINGS:
        return 0
    if count_words(block.text) < PROSE_WORDS or not ends_sentence(block.text):
        return 0
    return len(block.text)


def find_core(blocks: Iterable[TextBlock], weights: Iterable[int]) -> Element | None:
    """The element with the highest score; None where no block has weight.

    A paragraph counts in full for the element it stands in, and DECAY times that for each element
    further out that branches: many paragraphs side by side beat as many scattered teasers.
    """
    direct: dict[Element, float] = defaultdict(float)
    for block, weight in zip(blocks, weights, strict=True):
        if weight:
            direct[block.element.parent or block.element] += weight
    children = _children(direct)
    scores: dict[Element, float] = {}
    for element in sorted(children, key=lambda element: -element.depth):
        inner = [scores[child] for child in children[element]]
        branches = len(inner) > 1 or element in direct
        scores[element] = direct.get(element, 0.0) + sum(inner) * (DECAY if branches else 1.0)
    return max(scores, key=lambda element: (scores[element], element.depth), default=None)


def _children(elements: Iterable[Element]) -> dict[Element, list[Element]]:
    """The elements and all they stand in, each with those of its children that are among them."""
    children: dict[Element, list[Element]] = {}
    for element in elements:
        for inner in element.chain():
            if inner in children:
                break
            children[inner] = []
    for element in children:
        if element.parent is not None:
            children[element.parent].append(element)
    return children
