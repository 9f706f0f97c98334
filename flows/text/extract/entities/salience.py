"""How much a person or organisation is in the reader's mind at a place of the text.

After Lappin and Leass (1994): each appearance weighs by its grammatical role, halves with every
sentence, and weights add up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass

from flows.text.extract.entities.tokens import Tokens

WINDOW = 40
"""Appearances looked back upon."""
FARTHEST = 6
"""Sentences looked back."""
DECAY = 0.5
"""Share of its weight that an appearance keeps with each sentence; the value of Lappin and Leass."""
NEW_PARAGRAPH = 0.85
"""Further share for each paragraph between."""
OTHER_VOICE = 0.3
"""Share for a name inside a quotation when the reference stands outside, and the reverse."""
ROLE_WEIGHTS = {
    "nsubj": 0.8,
    "nsubjpass": 0.8,
    "agent": 0.6,
    "dobj": 0.5,
    "dative": 0.45,
    "appos": 0.5,
    "conj": 0.5,
    "pobj": 0.4,
    "attr": 0.5,
    "poss": 0.35,
    "compound": 0.15,
    "nmod": 0.15,
}
OTHER_WEIGHT = 0.35
MAIN_SUBJECT_WEIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Appearance:
    """An entity (a cluster number) or an unnamed person (any other key) at a token."""

    key: Hashable
    token: int
    weight: float


class Memory:
    """The latest appearances."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.recent: deque[Appearance] = deque(maxlen=WINDOW)

    def note(self, key: Hashable, token: int) -> None:
        """The entity appears at the token."""
        self.recent.append(Appearance(key, token, role_weight(self.tokens, token)))

    def scores(self, token: int) -> dict[Hashable, float]:
        """The salience of everything that appeared before the token, seen from it."""
        tokens = self.tokens
        found: dict[Hashable, float] = {}
        for seen in self.recent:
            distance = self._distance(seen.token, token)
            if distance > FARTHEST or seen.token >= token:
                continue
            weight = seen.weight * DECAY**distance
            weight *= NEW_PARAGRAPH ** (tokens.paragraph[token] - tokens.paragraph[seen.token])
            if tokens.quoted[token] != tokens.quoted[seen.token]:
                weight *= OTHER_VOICE
            found[seen.key] = found.get(seen.key, 0.0) + weight
        return found

    def _distance(self, earlier: int, later: int) -> int:
        """Sentences between; the reader of the narration skips what is only quotation."""
        first, last = self.tokens.sentence[earlier], self.tokens.sentence[later]
        if self.tokens.quoted[later] or first == last:
            return last - first
        return max(self.tokens.told[last] - self.tokens.told[first], 1)


def role_weight(tokens: Tokens, token: int) -> float:
    """The weight of a grammatical role; the subject of a main clause has most."""
    role = tokens.deps[token]
    if role == "appos" and tokens.heads[token] < token:  # "the manager, Jane Doe, said"
        return max(role_weight(tokens, tokens.heads[token]), ROLE_WEIGHTS[role])
    if role in {"nsubj", "nsubjpass"}:
        verb = tokens.heads[token]
        if tokens.heads[verb] == verb or tokens.deps[verb] in {"ROOT", "conj"}:
            return MAIN_SUBJECT_WEIGHT
    return ROLE_WEIGHTS.get(role, OTHER_WEIGHT)
