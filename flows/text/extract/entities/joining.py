"""Which mentions of an article mean the same entity.

People are joined by their names' parts, organisations by name, acronym or short form, places by
country. Pronouns and descriptions are joined in `references.py`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from flows.text.extract.entities.labels import voted_labels
from flows.text.extract.entities.lexicons import honorifics, parties
from flows.text.extract.entities.mending import Candidate
from flows.text.extract.entities.names import (
    acronyms,
    family_first,
    family_name,
    given_gender,
    name_parts,
    normalise,
    organisation_key,
    same_person,
)
from flows.text.extract.entities.places import Place, find_place
from flows.text.extract.entities.tokens import Tokens
from flows.text.extract.words import word_group

ACTING_LEMMAS = word_group("acting_lemmas")
DEALING_LEMMAS = word_group("dealing_lemmas")
LONGEST_GROUP = 3
"""Words of a group such as "moderate Senate Democrats"."""
LEAST_GENDER_VOTES = 2
"""A title has three votes, a pronoun one."""
COUNTRY_KINDS = frozenset({"country", "demonym"})
PLACE_LABELS = frozenset({"GPE", "LOC", "NORP", "LANGUAGE"})


@dataclass
class Cluster:
    """The mentions of one entity. `number` is its place in the order of first mention."""

    number: int
    label: str
    parts: tuple[str, ...] = ()
    place: Place | None = None
    mentions: list[int] = field(default_factory=list)
    genders: Counter[str] = field(default_factory=Counter)

    @property
    def gender(self) -> str | None:
        """m or f where the given name, a title or a role tells it."""
        told = self.genders.most_common(1)
        if told and told[0][1] >= LEAST_GENDER_VOTES:
            return told[0][0]
        if len(self.parts) < 2 or family_first(self.parts):
            return None
        return given_gender(self.parts[0])


class Joiner:
    """Puts each candidate into a cluster; `cluster_of[i]` is that of candidate i."""

    def __init__(self, tokens: Tokens, candidates: list[Candidate]) -> None:
        self.tokens = tokens
        self.candidates = candidates
        self.clusters: list[Cluster] = []
        self.cluster_of: list[Cluster | None] = [None] * len(candidates)
        self.people: dict[str, list[Cluster]] = {}
        """People by each part of their names."""
        self.by_key: dict[tuple[str, str], Cluster] = {}
        self.labels = voted_labels(tokens, candidates)
        self.titled: Counter[tuple[str, int]] = Counter()
        """How often a family name after Mr., Mrs. or Ms. went to a cluster."""

    def join(self) -> None:
        """Full names first, so that a bare family name finds its owner also where it comes earlier."""
        numbers = range(len(self.candidates))
        people = [number for number in numbers if self.labels[number] == "PERSON"]
        parts = {number: name_parts(self.candidates[number].text) for number in people}
        for number in people:
            if len(parts[number]) > 1:
                self._join_full_name(number, parts[number])
        for number in numbers:
            if self.labels[number] != "PERSON":
                self._join_other(number)
        short = [number for number in people if len(parts[number]) <= 1]
        for number in sorted(short, key=lambda number: self._title_gender(number) is None):
            self._join_short_name(number, parts[number])
        self._join_short_organisations()
        for cluster in self.clusters:
            cluster.mentions.sort()

    def owners(self) -> list[Cluster]:
        """The cluster of each candidate."""
        return [cluster for cluster in self.cluster_of if cluster is not None]

    def _new(
        self, number: int, label: str, parts: tuple[str, ...] = (), place: Place | None = None
    ) -> Cluster:
        cluster = Cluster(len(self.clusters), label, parts, place)
        self.clusters.append(cluster)
        if label == "PERSON":
            for part in dict.fromkeys(parts):
                self.people.setdefault(part, []).append(cluster)
        self._put(number, cluster)
        return cluster

    def _put(self, number: int, cluster: Cluster) -> None:
        self.cluster_of[number] = cluster
        cluster.mentions.append(number)

    def _join_full_name(self, number: int, parts: tuple[str, ...]) -> None:
        for cluster in self._sharing(parts):
            if same_person(cluster.parts, parts):
                self._put(number, cluster)
                if len(parts) > len(cluster.parts) and len(cluster.parts) < 2:
                    cluster.parts = parts
                break
        else:
            cluster = self._new(number, "PERSON", parts)
        self._note_title(number, cluster)

    def _sharing(self, parts: tuple[str, ...]) -> list[Cluster]:
        """The people whose names share a part, in the order of their first mention."""
        found = {cluster.number: cluster for part in parts for cluster in self.people.get(part, ())}
        return [found[number] for number in sorted(found)]

    def _note_title(self, number: int, cluster: Cluster) -> None:
        """What a title before the name tells: "Mrs. Doe" is a woman."""
        start = self.candidates[number].start
        for before in (start - 1, start - 2):
            title = self.tokens.words[before].rstrip(".").lower() if before >= 0 else ""
            gender = honorifics().get(title, ("-", "-"))[1]
            if gender != "-":
                cluster.genders[gender] += 3
                return

    def _title_gender(self, number: int) -> str | None:
        start = self.candidates[number].start
        title = self.tokens.words[start - 1].rstrip(".").lower() if start else ""
        gender = honorifics().get(title, ("-", "-"))[1]
        return None if gender == "-" else gender

    def _join_short_name(self, number: int, parts: tuple[str, ...]) -> None:
        """A family or given name alone; those after Mr., Mrs. or Ms. come first."""
        part = parts[0] if parts else normalise(self.candidates[number].text)
        gender = self._title_gender(number)
        owners = [
            cluster
            for cluster in self.people.get(part, ())
            if gender is None or cluster.gender in (None, gender)
        ]
        owner = max(owners, key=lambda cluster: self._claim(cluster, part, number), default=None)
        if owner is None:
            owner = self._new(number, "PERSON", (part,))
        else:
            self._put(number, owner)
        if gender is not None:
            self.titled[part, owner.number] += 1
        self._note_title(number, owner)

    def _claim(self, cluster: Cluster, part: str, number: int) -> tuple[bool, int, bool, bool, int]:
        """Whose family name it is; of several who is mostly called by it, or was introduced first."""
        is_family = family_name(cluster.parts) == part
        roles = {self.tokens.deps[self.candidates[at].head] for at in cluster.mentions}
        introduced = not roles <= {"compound", "poss", "nmod"}
        called = self.titled[part, cluster.number]
        return is_family, called, cluster.mentions[0] < number, introduced, -cluster.mentions[0]

    def _join_other(self, number: int) -> None:
        candidate, label = self.candidates[number], self.labels[number]
        place = find_place(candidate.text) if label in PLACE_LABELS else None
        if place is not None and place.kind == "demonym" and self._is_language(candidate):
            self.labels[number], label, place = "LANGUAGE", "LANGUAGE", None
        kind, key = label, normalise(candidate.text)
        if place is not None and (place.kind in COUNTRY_KINDS or self._stands_for_government(number, place)):
            kind, key, label = "PLACE", place.country_code, "GPE"
        elif (party := self._party(key)) is not None:
            kind, key, label = "ORG", organisation_key(party), "ORG"
        elif label in {"GPE", "LOC"}:
            kind, key = "PLACE", normalise(place.name if place else candidate.text)
        elif label == "NORP":
            key = key.removesuffix("s")
        elif label != "LANGUAGE":
            kind, key = "ORG", organisation_key(candidate.text)
        cluster = self.by_key.get((kind, key))
        if cluster is None:
            self.by_key[kind, key] = self._new(number, label, tuple(key.split()), place)
        else:
            self._put(number, cluster)

    def _party(self, key: str) -> str | None:
        """The party that "Republican" and "House Republicans" mean, but no "National Committee"."""
        words = key.split()
        members = (
            parties().get(words[-1]) if words[-1].endswith("s") and len(words) <= LONGEST_GROUP else None
        )
        return parties().get(key) or members

    def _is_language(self, candidate: Candidate) -> bool:
        """As in "In Italian", "speaks Italian"."""
        head = candidate.head
        above = self.tokens.heads[head]
        return (self.tokens.deps[head] == "pobj" and self.tokens.words[above].lower() == "in") or (
            self.tokens.deps[head] == "dobj" and self.tokens.lemmas[above] in {"speak", "learn", "teach"}
        )

    def _stands_for_government(self, number: int, place: Place) -> bool:
        """As in "Moscow said", "to punish Damascus": a capital that acts or is dealt with is its country."""
        if place.kind != "capital":
            return False
        head = self.candidates[number].head
        role, verb = self.tokens.deps[head], self.tokens.lemmas[self.tokens.heads[head]]
        return (role in {"nsubj", "nsubjpass"} and verb in ACTING_LEMMAS | DEALING_LEMMAS) or (
            role in {"dobj", "nsubjpass"} and verb in DEALING_LEMMAS
        )

    def _join_short_organisations(self) -> None:
        """Acronyms to the names they stand for, "Goldman" to "Goldman Sachs"."""
        long_forms: dict[str, Cluster] = {}
        for cluster in self.clusters:
            if cluster.label not in {"PERSON", "NORP"} and cluster.place is None and len(cluster.parts) > 1:
                for number in cluster.mentions:
                    for short in acronyms(self.candidates[number].text):
                        long_forms.setdefault(short, cluster)
        for cluster in list(self.clusters):
            text = self.candidates[cluster.mentions[0]].text if cluster.mentions else ""
            target = (
                long_forms.get(normalise(text))
                if len(cluster.parts) == 1 and text.replace(".", "").isupper()
                else None
            )
            if target is not None and target is not cluster and len(text) > 1 and cluster.place is None:
                self._merge(cluster, target)

    def _merge(self, cluster: Cluster, target: Cluster) -> None:
        for number in cluster.mentions:
            self._put(number, target)
        target.mentions.sort()
        cluster.mentions = []
