"""The tokens of a whole article in one row, with article offsets: what the entity modules look at.

No decision about names or references is made here.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from flows.text.types import ParsedArticle

OPENING = frozenset("“«")
CLOSING = frozenset("”»")
EITHER = frozenset({'"', "''"})
"""Marks that open and close; some newspapers write two single ones."""


@dataclass(frozen=True)
class RawName:
    """A named entity of the parser: tokens[start:end]."""

    start: int
    end: int
    label: str


class Tokens:
    """All tokens of the article; token numbers run through the article, heads point into the same row."""

    def __init__(self, article: ParsedArticle) -> None:
        self.text = article.text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.lemmas: list[str] = []
        self.tags: list[str] = []
        self.pos: list[str] = []
        self.deps: list[str] = []
        self.heads: list[int] = []
        self.sentence: list[int] = []
        self.paragraph: list[int] = []
        self.raw_names: list[RawName] = []
        n_sentences = 0
        for number, paragraph in enumerate(article.paragraphs):
            parse, base, offset = paragraph.parse, len(self.words), paragraph.char_start
            if not parse.sentence_starts:
                continue
            self.words += parse.words
            self.starts += [offset + start for start in parse.starts]
            self.lemmas += parse.lemmas
            self.tags += parse.tags
            self.pos += parse.pos
            self.deps += parse.deps
            self.heads += [base + head for head in parse.heads]
            self.paragraph += [number] * len(parse.words)
            for first, after in zip(
                parse.sentence_starts, (*parse.sentence_starts[1:], len(parse.words)), strict=True
            ):
                self.sentence += [n_sentences] * (after - first)
                n_sentences += 1
            self.raw_names += [
                RawName(base + span.token_start, base + span.token_end, span.label) for span in parse.entities
            ]
        self.ends = [start + len(word) for start, word in zip(self.starts, self.words, strict=True)]

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def children(self) -> list[list[int]]:
        """For each token the tokens that depend on it, in order."""
        children: list[list[int]] = [[] for _ in self.words]
        for token, head in enumerate(self.heads):
            if head != token:
                children[head].append(token)
        return children

    @cached_property
    def quoted(self) -> list[bool]:
        """Which tokens stand between double quotation marks; an unclosed mark ends with its paragraph."""
        inside, flags, paragraph = False, [], -1
        for token, word in enumerate(self.words):
            if self.paragraph[token] != paragraph:
                inside, paragraph = False, self.paragraph[token]
            if word in OPENING or (word in EITHER and not inside):
                inside = True
            elif word in CLOSING or word in EITHER:
                inside = False
            flags.append(inside)
        return flags

    @cached_property
    def told(self) -> list[int]:
        """For each sentence how many before it are not wholly quotation: the pace of the narration."""
        outside = [False] * (self.sentence[-1] + 1 if self.sentence else 0)
        for token, sentence in enumerate(self.sentence):
            if not self.quoted[token] and self.words[token].isalnum():
                outside[sentence] = True
        counts, count = [], 0
        for is_told in outside:
            counts.append(count)
            count += is_told
        return counts

    def token_at(self, offset: int) -> int:
        """The token that covers or precedes the offset; 0 where none does."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def tokens_in(self, char_start: int, char_end: int) -> range:
        """The tokens that share a character with the span."""
        if not self.words or char_end <= char_start:
            return range(0)
        first = self.token_at(char_start)
        if self.ends[first] <= char_start:
            first += 1
        return range(first, bisect_right(self.starts, char_end - 1))

    def head_of(self, span: range) -> int | None:
        """The first token of the span whose head lies outside it, punctuation aside."""
        for token in span:
            head = self.heads[token]
            if (head == token or head not in span) and self.pos[token] not in {
                "PUNCT",
                "DET",
                "ADP",
                "SPACE",
            }:
                return token
        return span[0] if len(span) == 1 else None
