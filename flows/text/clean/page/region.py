"""From where to where the text of an article runs.

What belongs here: the core and its kin, first and last block. What does not: the role of a block
in between; that is `judge`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.text.clean.page.core import ends_sentence, find_core, prose_length
from flows.text.clean.page.elements import Element, Style, TextBlock
from flows.text.clean.page.furniture import Meaning
from flows.text.clean.page.grammar import HEADINGS

LINE = 60
"""Characters of a line that may be a paragraph although it ends without full stop."""
TEASER_LINKED = 0.8
"""Share of linked characters that makes a heading the link to another article."""
_SCOPES = ("article", "main", "body")


@dataclass(frozen=True, slots=True)
class TextRegion:
    """Where the text stands; numbers are those of blocks."""

    core: Element
    inside: Sequence[bool]
    """For each block whether it stands in the core or is a paragraph of the same kind."""
    styles: Mapping[Style, float]
    """Markup of the paragraphs, with its share of their characters."""
    first: int
    last: int
    opening: int
    """The first paragraph that is no standfirst."""

    def holds(self, number: int) -> bool:
        """Whether the block is part of the text, or furniture in it."""
        return self.inside[number] and self.first <= number <= self.last


def find_region(blocks: Sequence[TextBlock], meanings: Sequence[Meaning | None]) -> TextRegion | None:
    """The region of the article's text; None on a page without prose."""
    plain = [meaning in (None, "standfirst") for meaning in meanings]
    prose = [prose_length(block) if good else 0 for block, good in zip(blocks, plain, strict=True)]
    if not any(prose):
        # Lines without a full stop: poems, lists, sloppy sites.
        prose = [_line_length(block) if good else 0 for block, good in zip(blocks, plain, strict=True)]
    weights = [0 if _is_teaser(blocks, number) else length for number, length in enumerate(prose)]
    core = find_core(blocks, weights)
    if core is None:
        return None
    inside = [block.element.within(core) for block in blocks]
    styles = _styles(blocks, [weight * within for weight, within in zip(weights, inside, strict=True)])
    scope = next((element for element in core.chain() if element.tag in _SCOPES), None)
    for number, block in enumerate(blocks):
        if prose[number] and not inside[number]:
            inside[number] = block.element.style in styles and (scope is None or block.element.within(scope))
    inside = _first_article(blocks, inside, core)
    paragraphs = [number for number, length in enumerate(prose) if length and inside[number]]
    opening = next((number for number in paragraphs if meanings[number] is None), paragraphs[-1])
    first, last = paragraphs[0], paragraphs[-1]

    def adjoins(number: int) -> bool:
        return inside[number] and meanings[number] is None and blocks[number].element.style in styles

    while first and adjoins(first - 1):
        first -= 1
    while last + 1 < len(blocks) and adjoins(last + 1) and ends_sentence(blocks[last + 1].text):
        last += 1
    return TextRegion(core, inside, styles, first, last, opening)


def _first_article(blocks: Sequence[TextBlock], inside: list[bool], core: Element) -> list[bool]:
    """Only the first of several articles, each in an <article> with an <h1>, that a page loads at once."""
    whole = [_outermost_article(block.element, core) for block in blocks]
    headed = [
        article for block, article in zip(blocks, whole, strict=True) if block.element.tag == "h1" and article
    ]
    if len(set(headed)) < 2:
        return inside
    return [within and article is headed[0] for within, article in zip(inside, whole, strict=True)]


def _outermost_article(element: Element, core: Element) -> Element | None:
    """The outermost <article> between the core and the element, None where there is none or no core."""
    found = None
    for outer in element.chain():
        if outer is core:
            return found
        if outer.tag == "article":
            found = outer
    return None


def _line_length(block: TextBlock) -> int:
    return len(block.text) - block.linked if len(block.text) >= LINE else 0


def _is_teaser(blocks: Sequence[TextBlock], number: int) -> bool:
    """Whether the block comes right after a heading that is a link, as summaries of other articles do."""
    above = blocks[number - 1] if number else None
    if above is None or above.element.tag not in HEADINGS:
        return False
    return above.linked > TEASER_LINKED * len(above.text)


def _styles(blocks: Sequence[TextBlock], weights: Sequence[int]) -> dict[Style, float]:
    lengths: Counter[Style] = Counter()
    for block, weight in zip(blocks, weights, strict=True):
        if weight:
            lengths[block.element.style] += weight
    return {style: length / lengths.total() for style, length in lengths.items()}
