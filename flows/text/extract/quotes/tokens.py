"""The tokens of a whole article in one numbering, with the shape of its dependency trees.

Only look-ups that every quote module needs belong here; nothing here knows about speech.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from flows.text.types import Parse, ParsedArticle

Range = tuple[int, int]
"""Half-open, in token numbers."""

MAX_CHILDREN = 200
"""Tokens that may hang on one: a list of thousands must not make every look at it long."""
DASHES = frozenset(["-", "--", "—", "–", "―"])
MAX_DEPTH = 60
"""Steps down a tree: deeper ones are not sentences, and the way down must stay short for every token."""


class Tokens:
    """All paragraphs of an article laid end to end; `starts` and `ends` are offsets into its text."""

    def __init__(self, article: ParsedArticle) -> None:
        self.text = article.text
        self.words: list[str] = []
        self.lemmas: list[str] = []
        self.tags: list[str] = []
        self.pos: list[str] = []
        self.deps: list[str] = []
        self.heads: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.paragraph_starts: list[int] = []
        self.sentence_starts: list[int] = []
        self.labels: dict[int, str] = {}
        for paragraph in article.paragraphs:
            self._append(paragraph.char_start, paragraph.parse)
        self.children = _children(self.heads)
        self.body = self._after_dateline(article.dateline or "")
        """The first token after the dateline."""

    def _append(self, shift: int, parse: Parse) -> None:
        base = len(self.words)
        self.paragraph_starts.append(base)
        self.words += parse.words
        self.lemmas += parse.lemmas
        self.tags += parse.tags
        self.pos += parse.pos
        self.deps += parse.deps
        self.heads += [head + base for head in parse.heads]
        self.starts += [start + shift for start in parse.starts]
        self.ends += [
            start + shift + len(word) for start, word in zip(parse.starts, parse.words, strict=True)
        ]
        self.sentence_starts += [start + base for start in parse.sentence_starts]
        for entity in parse.entities:
            for token in range(entity.token_start, entity.token_end):
                self.labels[token + base] = entity.label

    def _after_dateline(self, dateline: str) -> int:
        if not dateline or not self.text.startswith(dateline):
            return 0
        first = bisect_left(self.starts, len(dateline))
        while first < len(self.words) and self.words[first] in DASHES | {":"}:
            first += 1
        return first

    def sentence(self, token: int) -> Range:
        """The sentence around the token."""
        number = bisect_right(self.sentence_starts, token)
        following = self.sentence_starts[number] if number < len(self.sentence_starts) else len(self.words)
        return self.sentence_starts[number - 1], following

    def paragraph(self, token: int) -> Range:
        """The paragraph around the token."""
        number = bisect_right(self.paragraph_starts, token)
        following = self.paragraph_starts[number] if number < len(self.paragraph_starts) else len(self.words)
        return self.paragraph_starts[number - 1], following

    def left(self, token: int) -> int:
        """The first token that hangs on `token`."""
        for _ in range(MAX_DEPTH):
            children = self.children[token]
            if not children or children[0] > token:
                break
            token = children[0]
        return token

    def right(self, token: int) -> int:
        """One past the last token that hangs on `token`."""
        for _ in range(MAX_DEPTH):
            children = self.children[token]
            if not children or children[-1] < token:
                break
            token = children[-1]
        return token + 1

    def subtree(self, token: int) -> Range:
        """From the first to the last token that hangs on `token`."""
        return self.left(token), self.right(token)

    def child(self, head: int, dep: str) -> int | None:
        """The first token that hangs on `head` by the relation `dep`."""
        for child in self.children[head]:
            if self.deps[child] == dep:
                return child
        return None

    def subject(self, verb: int, *deps: str) -> int | None:
        """The subject nearest to the verb: where the parse gives two, the first is of another clause.

        “Ten were hurt, two of them badly, the agency said.”
        """
        found = [child for child in self.children[verb] if self.deps[child] in (deps or ("nsubj",))]
        return min(found, key=lambda child: abs(child - verb), default=None)

    def within(self, start: int, end: int) -> Range:
        """The tokens that begin between two offsets of the text."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)


def _children(heads: list[int]) -> list[list[int]]:
    children: list[list[int]] = [[] for _ in heads]
    for token, head in enumerate(heads):
        if head != token:
            children[head].append(token)
    for found in children:
        if len(found) > MAX_CHILDREN:
            del found[MAX_CHILDREN:]
    return children
