"""What has been said so far: who appeared where, who stands for which token, what is known of whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

from flows.text.extract.entities.joining import Cluster
from flows.text.extract.entities.lexicons import role_nouns
from flows.text.extract.entities.mending import Candidate
from flows.text.extract.entities.roles import Profile, read_roles
from flows.text.extract.entities.salience import Memory
from flows.text.extract.entities.tokens import Tokens

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
UNKNOWN_GENDER = 0.8
"""Share of its salience that a person keeps whose gender is not known."""


class Discourse:
    """Grows from the first token to the last; `cluster_at` says which cluster a token stands for."""

    def __init__(
        self, tokens: Tokens, candidates: list[Candidate], owners: list[Cluster], clusters: list[Cluster]
    ) -> None:
        self.tokens = tokens
        self.clusters = {cluster.number: cluster for cluster in clusters}
        self.profiles = {cluster.number: Profile() for cluster in clusters if cluster.label == "PERSON"}
        self.name_at: dict[int, int] = {}
        self.cluster_at: dict[int, int] = {}
        self.memory = Memory(tokens)
        self.last_seen: dict[int, int] = {}
        self.n_seen: Counter[int] = Counter()
        for candidate, owner in zip(candidates, owners, strict=True):
            self.name_at[candidate.head] = owner.number
            self.cluster_at |= dict.fromkeys(range(candidate.start, candidate.end), owner.number)
            if owner.label == "PERSON":
                read_roles(tokens, candidate, self.profiles[owner.number])

    def note(self, token: int, cluster: int) -> None:
        """The cluster appears at the token."""
        self.last_seen[cluster] = token
        if cluster in self.profiles:
            self.n_seen[cluster] += 1
        self.memory.note(cluster, token)

    def gender(self, cluster: int) -> str | None:
        """m or f where name, title or role tell it."""
        known = self.clusters[cluster].gender
        told = self.profiles[cluster].genders
        return known or (next(iter(told)) if len(told) == 1 else None)

    def people(self, token: int, gender: str | None) -> dict[Hashable, float]:
        """Salience of the people, named or not, whose gender fits."""
        found: dict[Hashable, float] = {}
        for key, score in self.memory.scores(token).items():
            if isinstance(key, int):
                if key not in self.profiles:
                    continue
                own = self.gender(key)
            else:
                own = role_nouns().get(str(key), "-")
                own = None if own == "-" else own
            if gender is not None and own not in (None, gender):
                continue
            found[key] = score * (UNKNOWN_GENDER if gender is not None and own is None else 1.0)
        return found

    def subject_of(self, verb: int) -> int | None:
        """The cluster that its subject stands for."""
        for child in self.tokens.children[verb]:
            if self.tokens.deps[child] in SUBJECTS:
                return self.cluster_at.get(child)
        return None
