"""Which text blocks of a page are the article: roles from structure, then from words.

What belongs here: the role of each block, given what its surroundings mean (`meanings`) and where the
text runs (`region`). What does not: reading HTML (`markup`), wording (`flows.text.clean.roles`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flows.text.clean.metadata.authors import is_names_line
from flows.text.clean.page.core import (
    PROSE_LINKED,
    count_words,
    ends_sentence,
    ends_statement,
    prose_length,
)
from flows.text.clean.page.elements import Element, TextBlock
from flows.text.clean.page.furniture import Meaning
from flows.text.clean.page.grammar import HEADINGS
from flows.text.clean.page.meanings import find_meanings
from flows.text.clean.page.region import TextRegion, find_region
from flows.text.clean.roles import classify_block
from flows.text.types import Role

LINKED_LINE = 0.8
"""Share of linked characters above which a line is a teaser, unless it is a statement."""
STANDFIRST_WORDS = 5
"""Words of the shortest standfirst, and of the shortest pull quote."""
ALL_STRONG = 0.9
"""Share of bold characters that makes a line without full stop a subheading."""
LISTED_WORDS = 8
"""Words of a list item that says something; shorter ones are ingredients, tags and addresses."""
MINOR_STYLE = 0.3
"""Share of the text's prose: what a <div> or <span> with rarer markup holds is a label."""
PICTURE_BLOCKS = 3
"""Text blocks beside a picture, at most: caption, credit and a label."""
PICTURE_DEPTH = 4
"""Elements around a picture that are taken for its frame."""

_PARAGRAPHS = frozenset(("p", "li", "blockquote", "q", "pre", "dd", "dt", "td", "th"))
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class PageHints:
    """What the page's metadata says of its text, as far as known."""

    title: str | None = None
    descriptions: tuple[str, ...] = ()


def word_key(text: str) -> str:
    """The words of a text in lower case, parted by one space: equal for texts that read alike."""
    return " ".join(_WORD.findall(text.lower()))


def judge_blocks(blocks: Sequence[TextBlock], pictures: Sequence[Element], hints: PageHints) -> list[Role]:
    """A role for each block; "body" and "subheading" make the article's text."""
    meanings = find_meanings(blocks, [prose_length(block) for block in blocks])
    region = find_region(blocks, meanings)
    if region is None:
        return [_furniture_role(meaning) for meaning in meanings]
    return _Judge(blocks, meanings, region, hints, _picture_frames(blocks, pictures, region)).judge()


def _furniture_role(meaning: Meaning | None) -> Role:
    return meaning if meaning in ("caption", "credit", "byline") else "boilerplate"


@dataclass(slots=True)
class _Judge:
    blocks: Sequence[TextBlock]
    meanings: Sequence[Meaning | None]
    region: TextRegion
    hints: PageHints
    frames: set[Element]

    def judge(self) -> list[Role]:
        keys = [word_key(block.text) for block in self.blocks]
        title = word_key(self.hints.title or "")
        roles: list[Role] = [
            "headline" if self._is_headline(number, key, title) else self._role(number)
            for number, key in enumerate(keys)
        ]
        self._drop_repeated(roles, keys)
        self._add_standfirst(roles, keys)
        return roles

    def _is_headline(self, number: int, key: str, title: str) -> bool:
        if title and key == title:
            return self.meanings[number] != "always"
        return self.blocks[number].element.tag == "h1" and self.meanings[number] is None

    def _role(self, number: int) -> Role:
        block, meaning = self.blocks[number], self.meanings[number]
        if not self.region.holds(number) or meaning in ("caption", "credit", "byline"):
            return _furniture_role(meaning)
        if meaning not in (None, "standfirst"):
            return "boilerplate"
        if block.element.style not in self.region.styles and self._is_framed(block):
            return "caption"
        return _worded_role(block.text) or self._text_role(number)

    def _is_framed(self, block: TextBlock) -> bool:
        return any(outer in self.frames for outer in list(block.element.chain())[:PICTURE_DEPTH])

    def _text_role(self, number: int) -> Role:
        block = self.blocks[number]
        tag = _heading_tag(block.element)
        if block.linked > LINKED_LINE * len(block.text) and not ends_statement(block.text):
            return "boilerplate"
        if tag in HEADINGS:
            return "subheading"
        role = "body" if ends_sentence(block.text) else self._line_role(number, tag)
        return role if role != "body" or self._is_paragraph(tag, block) else "boilerplate"

    def _line_role(self, number: int, tag: str) -> Role:
        """The role of a line without full stop."""
        block = self.blocks[number]
        if number < self.region.opening and is_names_line(block.text):
            return "byline"
        if tag == "li" and count_words(block.text) < LISTED_WORDS:
            return "boilerplate"
        return "subheading" if block.strong >= ALL_STRONG * len(block.text) else "body"

    def _is_paragraph(self, tag: str, block: TextBlock) -> bool:
        """A page that sets its paragraphs as <p> keeps its labels in <div> and <span>."""
        return tag in _PARAGRAPHS or self.region.styles.get(block.element.style, 0.0) >= MINOR_STYLE

    def _drop_repeated(self, roles: list[Role], keys: Sequence[str]) -> None:
        """Pull quotes and paragraphs that stand twice: what the text has already is left out."""
        body = [number for number, role in enumerate(roles) if role == "body"]
        runs = Counter(run for number in body for run in _runs(keys[number]))
        seen: set[str] = set()
        for number in body:
            repeated = all(runs[run] > 1 for run in _runs(keys[number])) and bool(_runs(keys[number]))
            if repeated and (keys[number] in seen or not prose_length(self.blocks[number])):
                roles[number] = "boilerplate"
            seen.add(keys[number])

    def _add_standfirst(self, roles: list[Role], keys: Sequence[str]) -> None:
        """What stands between headline and text and is named, set or described as a standfirst."""
        descriptions = {word_key(text) for text in self.hints.descriptions}
        headlines = [number for number in range(self.region.first) if roles[number] == "headline"]
        known = {""}
        for number in range(headlines[0] + 1 if headlines else 0, self.region.first):
            meaning, key = self.meanings[number], keys[number]
            described = key in descriptions and meaning in (None, "standfirst", "byline")
            named = bool(headlines) and (meaning == "standfirst" or self._is_deck(number, headlines[-1]))
            if roles[number] == "headline" or key in known or not (described or named):
                continue
            if _is_standfirst(self.blocks[number]):
                known.add(key)
                roles[number] = "body"

    def _is_deck(self, number: int, headline: int) -> bool:
        """Whether the block is a second, smaller heading beside the headline or in the text's own element."""
        element = self.blocks[number].element
        if element.tag not in HEADINGS or self.meanings[number]:
            return False
        return element.within(self.region.core) or element.within(self.blocks[headline].element.parent)


def _worded_role(text: str) -> Role | None:
    """The role of a line that its own words keep out of the text, else None: markup tells headings better."""
    if not _WORD.search(text):
        return "boilerplate"
    role = classify_block(text)
    return None if role in ("body", "headline", "subheading") else role


def _is_standfirst(block: TextBlock) -> bool:
    return (
        count_words(block.text) >= STANDFIRST_WORDS
        and block.linked <= PROSE_LINKED * len(block.text)
        and _worded_role(block.text) is None
    )


def _runs(key: str) -> list[str]:
    """Runs of words by which a repeated line is known, none for a short line."""
    words = key.split()
    return [" ".join(words[i : i + STANDFIRST_WORDS]) for i in range(len(words) - STANDFIRST_WORDS + 1)]


def _heading_tag(element: Element) -> str:
    """The tag, or that of a heading around it ("<h3><div>What is next</div></h3>")."""
    return element.parent.tag if element.parent and element.parent.tag in HEADINGS else element.tag


def _picture_frames(
    blocks: Sequence[TextBlock], pictures: Sequence[Element], region: TextRegion
) -> set[Element]:
    """Small elements of the core around a picture: text in them is its caption."""
    around = {outer for picture in pictures for outer in list(picture.chain())[1 : PICTURE_DEPTH + 1]}
    n_blocks = Counter(outer for block in blocks for outer in block.element.chain() if outer in around)
    core = set(region.core.chain())
    return {element for element in around if n_blocks[element] <= PICTURE_BLOCKS and element not in core}
