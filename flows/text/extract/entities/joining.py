"""Which mentions of an article mean the same entity.

People are joined by their names' parts, organisations by name, acronym or short form, places by
country. Pronouns and descriptions are joined in `references.py`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from flows.text.extract.entities.candidates import Candidate
from flows.text.extract.entities.lexicons import honorifics, organisation_words, parties, role_nouns
from flows.text.extract.entities.names import (
    acronyms,
    family_name,
    given_gender,
    is_given,
    name_parts,
    normalise,
    organisation_key,
    same_person,
)
from flows.text.extract.entities.places import Place, city_country, find_place
from flows.text.extract.entities.tokens import Tokens

ACTING_LEMMAS = frozenset(
    "say tell announce demand insist want claim agree refuse vow call declare seek hope believe see think consider "
    "signal argue respond reject deny propose sign intend try decide plan fear".split()
)
DEALING_LEMMAS = frozenset(
    "accuse warn urge press pressure condemn criticize blame threaten punish sanction ask support back oppose "
    "provoke isolate persuade".split()
)
LONGEST_GROUP = 3
"""Words of a group such as "moderate Senate Democrats"."""
COUNTRY_KINDS = frozenset({"country", "demonym"})
PERSON_EVIDENCE = 5
"""Votes of "Mr." and the like against the parser's label."""
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
        if self.genders:
            return self.genders.most_common(1)[0][0]
        return given_gender(self.parts[0]) if len(self.parts) > 1 else None


def shows_person(tokens: Tokens, candidate: Candidate) -> bool:
    """"Doe, who ...", "Doe, the former chief executive, ...", "Mr. Doe"."""
    before = tokens.words[candidate.start - 1].rstrip(".").lower() if candidate.start else ""
    if honorifics().get(before, ("-", "-"))[1] != "-":
        return True
    for child in tokens.children[candidate.head]:
        if child < candidate.end:
            continue
        if tokens.deps[child] == "appos" and tokens.words[child].lower() in role_nouns():
            return True
        if tokens.deps[child] == "relcl" and any(
            tokens.words[inner].lower() == "who" for inner in tokens.children[child]
        ):
            return True
    return False


class Joiner:
    """Puts each candidate into a cluster; `cluster_of[i]` is that of candidate i."""

    def __init__(self, tokens: Tokens, candidates: list[Candidate]) -> None:
        self.tokens = tokens
        self.candidates = candidates
        self.clusters: list[Cluster] = []
        self.cluster_of: list[Cluster | None] = [None] * len(candidates)
        self.by_key: dict[tuple[str, str], Cluster] = {}
        self.labels = self._voted_labels()
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

    def _voted_labels(self) -> list[str]:
        """One label for equal names: the most frequent, with what shows a person counted in."""
        votes: dict[str, Counter[str]] = {}
        for candidate in self.candidates:
            counts = votes.setdefault(normalise(candidate.text), Counter())
            counts[candidate.label] += 1
            if shows_person(self.tokens, candidate):
                counts["PERSON"] += PERSON_EVIDENCE
        voted = {key: max(counts, key=lambda label: counts[label]) for key, counts in votes.items()}
        people = [key.split() for key, label in voted.items() if label == "PERSON"]
        families = {family_name(tuple(parts)) for parts in people if len(parts) > 1}
        named = {parts[0] for parts in people if len(parts) == 1}
        return [self._label(candidate, voted, families, named) for candidate in self.candidates]

    def _label(
        self, candidate: Candidate, voted: dict[str, str], families: set[str], named: set[str]
    ) -> str:
        """A single word that is somebody's family name, and a full name whose last word is called Mr."""
        key = normalise(candidate.text)
        parts = key.split()
        if key in families and self._may_be_family_name(candidate):
            return "PERSON"
        is_full = len(parts) in {2, 3} and parts[-1] in named and voted[key] in {"ORG", "GPE", "NORP", "FAC"}
        if is_full and find_place(candidate.text) is None and not set(parts) & organisation_words():
            return "PERSON"
        return voted[key]

    def _may_be_family_name(self, candidate: Candidate) -> bool:
        """"Cuban said" is a man, "the Cuban" and "Cuban exiles" are not; "Washington" needs the parser's word."""
        place = find_place(candidate.text)
        if place is None or candidate.raw_label == "PERSON":
            return True
        before = self.tokens.words[candidate.start - 1].lower() if candidate.start else ""
        role = self.tokens.deps[candidate.head]
        return place.kind == "demonym" and role in {"nsubj", "dobj", "pobj"} and before not in {"the", "a", "an"}

    def _new(self, number: int, label: str, parts: tuple[str, ...] = (), place: Place | None = None) -> Cluster:
        cluster = Cluster(len(self.clusters), label, parts, place)
        self.clusters.append(cluster)
        self._put(number, cluster)
        return cluster

    def _put(self, number: int, cluster: Cluster) -> None:
        self.cluster_of[number] = cluster
        cluster.mentions.append(number)

    def _join_full_name(self, number: int, parts: tuple[str, ...]) -> None:
        for cluster in self.clusters:
            if cluster.label == "PERSON" and same_person(cluster.parts, parts):
                self._put(number, cluster)
                if len(parts) > len(cluster.parts) and len(cluster.parts) < 2:
                    cluster.parts = parts
                break
        else:
            cluster = self._new(number, "PERSON", parts)
        self._note_title(number, cluster)

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
            for cluster in self.clusters
            if cluster.label == "PERSON" and part in cluster.parts and (gender is None or cluster.gender in (None, gender))
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
        """"Republican" and "House Republicans" mean the party, "Republican National Committee" does not."""
        words = key.split()
        members = parties().get(words[-1]) if words[-1].endswith("s") and len(words) <= LONGEST_GROUP else None
        return parties().get(key) or members

    def _is_language(self, candidate: Candidate) -> bool:
        """"In Italian", "speaks Italian"."""
        head = candidate.head
        above = self.tokens.heads[head]
        return (self.tokens.deps[head] == "pobj" and self.tokens.words[above].lower() == "in") or (
            self.tokens.deps[head] == "dobj" and self.tokens.lemmas[above] in {"speak", "learn", "teach"}
        )

    def _stands_for_government(self, number: int, place: Place) -> bool:
        """"Moscow said", "to punish Damascus": a capital that acts or is dealt with is its country."""
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
            target = long_forms.get(normalise(text)) if len(cluster.parts) == 1 and text.replace(".", "").isupper() else None
            if target is not None and target is not cluster and len(text) > 1 and cluster.place is None:
                self._merge(cluster, target)

    def _merge(self, cluster: Cluster, target: Cluster) -> None:
        for number in cluster.mentions:
            self._put(number, target)
        target.mentions.sort()
        cluster.mentions = []


def _fullness(name: str, count: int) -> tuple[bool, float]:
    """Names that begin with a known given name first; of these the usual, with some weight for length."""
    parts = name_parts(name)
    return bool(parts) and is_given(parts[0]), count * (1 + 0.5 * (len(parts) - 2))


def canonical_name(cluster: Cluster, candidates: list[Candidate]) -> str:
    """The country's name; else the form most written among the fullest kind."""
    if cluster.place is not None:
        is_country = cluster.parts == tuple(cluster.place.country_code.split())
        return cluster.place.country if is_country else cluster.place.name
    texts = Counter(candidates[number].text for number in cluster.mentions)
    party = parties().get(" ".join(cluster.parts))
    if party is not None:
        return party
    if cluster.label == "PERSON":
        full = {text: count for text, count in texts.items() if len(name_parts(text)) > 1}
        return max(full or texts, key=lambda text: (*_fullness(text, texts[text]), len(text), text))
    longest = max(len(text.split()) > 1 or not text.isupper() for text in texts)
    fuller = [text for text in texts if (len(text.split()) > 1 or not text.isupper()) == longest]
    return max(fuller, key=lambda text: (texts[text], len(text), text))


def country_code(cluster: Cluster, name: str) -> str | None:
    """ISO 3166 code of the country that the place is or lies in."""
    if cluster.place is not None:
        return cluster.place.country_code
    return city_country(name) if cluster.label == "GPE" else None
