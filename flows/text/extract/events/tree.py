"""The dependency tree of a paragraph as events need it: children, noun phrases, conjunctions, places.

Only grammar belongs here; which verbs are events and who acts is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from flows.text.extract.events.vocabulary import PLACE_LABELS, PLACE_PREPOSITIONS
from flows.text.types import Parse

Span = tuple[int, int]
"""Half-open, in tokens."""

MOST_CONJUNCTS = 6
"""Conjuncts of one actor or target that are followed: a longer list is a list, not an event each."""
DEEPEST_PLACE = 4
"""Phrases inside each other in which a place is looked for: "at a rally in a park in Orlin"."""
LONGEST_DATELINE = 14
"""Tokens before the dash of a dateline, at most."""
_LEFT = frozenset(("compound", "amod", "nummod", "poss", "nmod", "quantmod", "case", "npadvmod", "advmod"))
_ARTICLES = frozenset(("a", "an", "the", "this", "that", "these", "those", "another", "any", "some"))
_RELATIVE_PRONOUNS = frozenset(("WP", "WDT", "WP$", "WRB"))


class Tree:
    """A parse with its children by label."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.children: list[list[int]] = [[] for _ in parse.heads]
        for token, head in enumerate(parse.heads):
            if head != token:
                self.children[head].append(token)

    def child(self, token: int, *labels: str) -> int | None:
        """The first child with one of the labels."""
        for child in self.children[token]:
            if self.parse.deps[child] in labels:
                return child
        return None

    def all_children(self, token: int, *labels: str) -> Iterator[int]:
        """The children with one of the labels."""
        return (child for child in self.children[token] if self.parse.deps[child] in labels)

    def lemma(self, token: int) -> str:
        """The lemma in lower case."""
        return self.parse.lemmas[token].lower()

    def conjuncts(self, token: int) -> list[int]:
        """The token and what is joined to it by "and": [Hale, Moss]."""
        found = [token]
        for one in found:
            if len(found) >= MOST_CONJUNCTS:
                break
            found += self.all_children(one, "conj")
        return found

    def whole_name(self, heads: list[int]) -> int | None:
        """The first head, or the end of a name that the parser took for two: "Norland" and "Gov. Hale"."""
        whole = next(iter(heads), None)
        for head in heads[1:]:
            names = self.parse.tags[whole or 0][:3] == self.parse.tags[head][:3] == "NNP"
            if names and self._left_edge(head) == (whole or 0) + 1:
                whole = head
        return whole

    def is_relative(self, token: int) -> bool:
        """ "who", "which", "that" as a pronoun."""
        return self.parse.tags[token] in _RELATIVE_PRONOUNS

    @cached_property
    def entity_at(self) -> dict[int, tuple[int, int, str]]:
        """Token to (start, end, label) of the named entity around it."""
        return {
            token: (entity.token_start, entity.token_end, entity.label)
            for entity in self.parse.entities
            for token in range(entity.token_start, entity.token_end)
        }

    def label(self, token: int) -> str:
        """The label of the named entity around the token, '' outside of one."""
        entity = self.entity_at.get(token)
        return "" if entity is None else entity[2]

    @cached_property
    def dateline_end(self) -> int:
        """The token after "LONDON, Dec 29 (Wire) -" at the head of the paragraph; 0 where there is none."""
        words = self.parse.words
        if not words or not (words[0].isupper() and len(words[0]) > 2):
            return 0
        dashes = (at for at, word in enumerate(words[:LONGEST_DATELINE]) if word[0] in "-–—")
        return next(dashes, -1) + 1

    def noun_phrase(self, head: int) -> Span:
        """The head with what stands before it and an "of" phrase: "the president of France" without "the"."""
        first, last = head, head
        for child in reversed([c for c in self.children[head] if c < head]):
            if self.parse.deps[child] in _LEFT:
                first = self._left_edge(child)
            elif self.parse.tags[child] != "HYPH":  # "front-runner"
                break
        of = self.child(head, "prep")
        if of is not None and of == head + 1 and self.lemma(of) == "of":
            inner = self.child(of, "pobj")
            last = self._name_end(inner) if inner is not None else last
        while last + 2 < len(self.parse.tags) and self.parse.tags[last + 1] == "HYPH":
            last += 2  # "re-election"
        entity = self.entity_at.get(head)
        if entity is not None and entity[0] <= head < entity[1]:
            first, last = min(first, entity[0]), max(last, entity[1] - 1)
        last = max(last, self._close_name_end(head, last))
        if head >= self.dateline_end:
            first = max(first, self.dateline_end)  # "ORLIN - Senator Hale"
        while first < head and (self.parse.words[first].lower() in _ARTICLES or self.is_relative(first)):
            first += 1
        return first, last + 1

    def _close_name_end(self, head: int, last: int) -> int:
        """The end of a name right behind the noun that it goes with: "his friend Ada Hale"."""
        name = self.child(head, "appos")
        if name is None or self.parse.tags[name] != "NNP" or self._left_edge(name) != last + 1:
            return last
        return self._name_end(name)

    def _left_edge(self, token: int) -> int:
        """The first token of what hangs on a modifier to its left."""
        edge, waiting = token, [token]
        while waiting:
            one = waiting.pop()
            edge = min(edge, one)
            waiting += [c for c in self.children[one] if c < one and self.parse.deps[c] != "punct"]
        return edge

    def _name_end(self, token: int) -> int:
        entity = self.entity_at.get(token)
        return max(token, entity[1] - 1) if entity is not None else token

    def text(self, span: Span) -> str:
        """What the tokens say."""
        return self.parse.text[self.parse.starts[span[0]] : self.parse.end(span[1] - 1)]

    def place(self, token: int, depth: int = DEEPEST_PLACE) -> Span | None:
        """The named place that an "in" or "at" phrase under the token gives: "at a rally in Orlin"."""
        for preposition in self.all_children(token, "prep") if depth else ():
            if self.lemma(preposition) not in PLACE_PREPOSITIONS:
                continue
            for noun in self.all_children(preposition, "pobj"):
                if self.label(noun) in PLACE_LABELS:
                    return self.noun_phrase(noun)
                if (inner := self.place(noun, depth - 1)) is not None:
                    return inner
        return None
