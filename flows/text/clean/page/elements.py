"""The parts of a page: elements at their places, text blocks, scripts.

What belongs here: data and look-ups. What does not: reading HTML; that is `markup`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

_ATTRIBUTE = re.compile(r"""([^\s/>=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)))?+""")
_SPACE = re.compile(r"[\s\u200b\u200e\u200f\u2060\ufeff\x00-\x1f]+")
# Most elements show at a glance that they are not hidden.
_HIDDEN = re.compile(r"hid|sr-only|screen-reader|none", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SHOWN_CLASS = re.compile(r":(?:block|flex|grid|inline|contents)")
_HIDDEN_CLASSES = frozenset(
    (
        *("visually-hidden", "visuallyhidden", "sr-only", "screen-reader", "screen-reader-text"),
        *("u-hidden", "is-hidden", "hidden", "hide"),
    )
)

Style = tuple[str, str, str]
"""Tag and class of an element, tag of its parent."""


@dataclass(slots=True, eq=False)
class Element:
    """An open tag at its place. `start` is the offset of its '<', `source` what stands after its name."""

    tag: str
    source: str
    parent: Element | None
    start: int
    depth: int
    in_link: bool
    _attributes: dict[str, str] | None = field(default=None, repr=False)

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes, names in lower case, the first of equal names."""
        if self._attributes is None:
            self._attributes = read_attributes(self.source)
        return self._attributes

    @property
    def style(self) -> Style:
        """What paragraphs of one text have in common."""
        return self.tag, self.attributes.get("class", ""), self.parent.tag if self.parent else ""

    def chain(self) -> Iterator[Element]:
        """The element and all it stands in, innermost first."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    def is_hidden(self) -> bool:
        """Whether readers do not see the element."""
        if not _HIDDEN.search(self.source):
            return False
        attributes = self.attributes
        if "hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style", "")):
            return True
        classes = attributes.get("class", "")
        # "hidden md:block" is hidden on telephones only.
        return not _HIDDEN_CLASSES.isdisjoint(classes.split()) and not _SHOWN_CLASS.search(classes)

    def within(self, outer: Element | None) -> bool:
        """Whether the element is `outer` or stands in it."""
        return any(element is outer for element in self.chain())


@dataclass(slots=True, eq=False)
class TextBlock:
    """Text between two block-level tags. source[raw_start:raw_end] encloses it."""

    text: str
    element: Element
    raw_start: int
    raw_end: int
    linked: int
    """Characters that stand in a link."""
    strong: int
    """Characters in bold or italic."""


@dataclass(slots=True)
class Page:
    """A page taken apart: text blocks in order; scripts, links and meta tags for the metadata."""

    blocks: list[TextBlock]
    elements: list[Element]
    scripts: list[tuple[Element, str]]
    title: str | None
    complete: bool = True
    """False where the page has more blocks than are read."""


def read_attributes(source: str) -> dict[str, str]:
    """The attributes of the inside of a start tag (`class="a" hidden`)."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(source):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def squash(text: str) -> str:
    """White space runs (and invisible characters) become one space."""
    return _SPACE.sub(" ", text).strip()
