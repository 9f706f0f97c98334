"""Whom pronouns and descriptions mean in an article: one pass from the first token to the last.

What is not clear is left out. Names are joined in `joining.py`, what is known of people comes
from `roles.py`.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from flows.text.extract.entities.described import find_described
from flows.text.extract.entities.descriptions import Description, read_description
from flows.text.extract.entities.discourse import SUBJECTS, Discourse
from flows.text.extract.entities.joining import Cluster
from flows.text.extract.entities.lexicons import organisation_words, role_nouns
from flows.text.extract.entities.mending import Candidate
from flows.text.extract.entities.pronouns import resolve_it, resolve_personal, resolve_relative
from flows.text.extract.entities.tokens import Tokens

GENDER_OF = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
RELATIVES = frozenset({"who", "whom", "which"})


@dataclass(frozen=True, slots=True)
class Reference:
    """A description that means an entity: tokens[start:end]."""

    start: int
    end: int
    head: int
    cluster: int


class ReferenceResolver:
    """`discourse.cluster_at` says what a token stands for, `references` are the descriptions found."""

    def __init__(
        self, tokens: Tokens, candidates: list[Candidate], owners: list[Cluster], clusters: list[Cluster]
    ) -> None:
        self.tokens = tokens
        self.discourse = Discourse(tokens, candidates, owners, clusters)
        self.references: list[Reference] = []

    def resolve(self) -> None:
        """Goes through the article once."""
        for token, word in enumerate(self.tokens.words):
            description = None
            lower = word.lower()
            if token in self.discourse.name_at and not self._is_described_party(token):
                self.discourse.note(token, self.discourse.name_at[token])
            elif lower in GENDER_OF:
                self._settle(token, resolve_personal(self.discourse, token, GENDER_OF[lower]))
            elif lower == "it":
                self._settle(token, resolve_it(self.discourse, token))
            elif lower in RELATIVES:
                self._settle(token, resolve_relative(self.discourse, token))
            elif lower in role_nouns() or lower in organisation_words():
                description = read_description(self.tokens, token, self.discourse.cluster_at)
            if description is not None:
                self._take_description(description)

    def _is_described_party(self, token: int) -> bool:
        """Whether a person is meant: "the Kentucky Republican", not the party."""
        return (
            self.tokens.words[token].lower() in {"republican", "democrat"}
            and self.tokens.deps[token] in SUBJECTS | {"dobj", "pobj", "appos"}
            and self.tokens.tags[token] in {"NNP", "NN"}
        )

    def _settle(self, token: int, found: Hashable | None) -> None:
        """Records what a pronoun means; an unnamed person stays in mind too."""
        if isinstance(found, int):
            self.discourse.cluster_at[token] = found
            self.discourse.note(token, found)
        elif found is not None:
            self.discourse.memory.note(found, token)

    def _take_description(self, description: Description) -> None:
        cluster = description.named
        if cluster is None:
            cluster = find_described(self.discourse, description) if description.definite else None
        if cluster is not None:
            self.discourse.cluster_at[description.head] = cluster
            if description.named is None:
                self.references.append(
                    Reference(description.start, description.end, description.head, cluster)
                )
                self.discourse.note(description.head, cluster)
        elif description.is_person:
            self.discourse.memory.note(description.noun, description.head)
