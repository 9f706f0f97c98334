"""What each block's surroundings say it is: names and tags of all elements it stands in.

What belongs here: inheritance from element to element, and the exception for elements that hold the
page's prose. What does not: single elements (`furniture`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flows.text.clean.page.elements import Element, TextBlock
from flows.text.clean.page.furniture import Meaning, element_meaning, element_names, holds_article

MOST = 0.5
"""Share of the page's prose: what holds more is no furniture, whatever its name ("article-widget")."""
ARTICLE = 0.1
"""Share of the page's prose that an element named as the article's body must hold to be believed."""


def find_meanings(blocks: Sequence[TextBlock], prose: Sequence[int]) -> list[Meaning | None]:
    """What the surroundings of each block say; None: nothing against text. `prose` in characters."""
    finder = _MeaningFinder(blocks, prose)
    return [finder.meaning(block.element) for block in blocks]


class _MeaningFinder:
    def __init__(self, blocks: Sequence[TextBlock], prose: Sequence[int]) -> None:
        self.own: dict[Element, Meaning | None] = {}
        self.known: dict[Element, Meaning | None] = {}
        self.elements: Counter[Element] = Counter()
        self.names: Counter[str] = Counter()
        self.total = 1
        for block, length in zip(blocks, prose, strict=True):
            chain = list(block.element.chain()) if length else []
            if chain and not any(self._own(element) == "always" for element in chain):
                self.total += length
                self.elements.update(dict.fromkeys(chain, length))
                self.names.update(dict.fromkeys({element_names(element) for element in chain}, length))

    def _own(self, element: Element) -> Meaning | None:
        if element not in self.own:
            self.own[element] = element_meaning(element)
        return self.own[element]

    def meaning(self, element: Element) -> Meaning | None:
        """The innermost meaning of the element and all it stands in; `always` outweighs the rest."""
        unknown = []
        meaning: Meaning | None = None
        for outer in element.chain():
            if outer in self.known:
                meaning = self.known[outer]
                break
            unknown.append(outer)
        for inner in reversed(unknown):
            meaning = self.known[inner] = self._inherit(meaning, inner)
        return meaning

    def _inherit(self, outer: Meaning | None, element: Element) -> Meaning | None:
        own = self._own(element)
        if "always" in (outer, own):
            return "always"
        if outer == "caption" and element.tag == "blockquote":
            return None
        share = self._share(element)
        if own and share > MOST:
            own = None
        if own is None and holds_article(element) and share > ARTICLE:
            return None
        # A summary of comments is comments.
        return own if own and not (own == "standfirst" and outer) else outer

    def _share(self, element: Element) -> float:
        """The share of the page's prose in the element, or in all that are named as it is."""
        names = element_names(element)
        return max(self.elements[element], self.names[names] if names else 0) / self.total
