"""Whom pronouns, and descriptions without a name ("the North Korean leader"), mean in an article.

One pass from the first token to the last; what is not clear is left out. Names are joined in
`joining.py`, what is known of people comes from `roles.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass

from flows.text.extract.entities.candidates import Candidate
from flows.text.extract.entities.descriptions import SAME_NOUN, Description, is_other_calling, read_description, role_match
from flows.text.extract.entities.joining import Cluster
from flows.text.extract.entities.lexicons import organisation_words, role_nouns
from flows.text.extract.entities.roles import Profile, read_roles
from flows.text.extract.entities.salience import MAIN_SUBJECT_WEIGHT, Memory, role_weight
from flows.text.extract.entities.tokens import Tokens

GENDER_OF = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
RELATIVES = frozenset({"who", "whom", "which"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
LEAST_SALIENCE = 0.12
"""Below it nobody was named recently enough."""
UNKNOWN_GENDER = 0.8
"""Share of its salience that a person keeps whose gender is not known."""
GOVERNED_BONUS = 0.6
"""For the subject of the clause that the pronoun's clause depends on: "Doe said that she ..."."""
CLEAR_LEAD = 1.3
"""How many times more salient than the next the person must be whom a bare "the billionaire" means."""
LEAST_DESCRIBED = 0.4
"""Salience from which on a person may be meant by a description that nothing else supports."""
PROTAGONIST = 1.0
"""Weight of a person's share of all mentions of people so far, beside the salience."""
OTHER_CALLING = 0.5
"""Share of its salience that a politician keeps before "the actor", and an actor before "the candidate"."""
EPITHETS = frozenset(
    "actor actress anchor bearer billionaire businessman businesswoman candidate comedian contender developer "
    "entrepreneur frontrunner hopeful host lawmaker lawyer magnate man mogul nominee politician rapper runner "
    "singer star strongman tycoon veteran woman".split()
)
"""Nouns that newspapers use for whoever was just named, whether or not the article says so elsewhere."""
COMPANY_NOUNS = frozenset({"company", "firm", "network", "airline", "bank"})


@dataclass(frozen=True, slots=True)
class Reference:
    """A description that means an entity: tokens[start:end]."""

    start: int
    end: int
    head: int
    cluster: int


class ReferenceResolver:
    """`cluster_at` says which cluster a token stands for, `references` lists the descriptions found."""

    def __init__(
        self, tokens: Tokens, candidates: list[Candidate], owners: list[Cluster], clusters: list[Cluster]
    ) -> None:
        self.tokens = tokens
        self.clusters = {cluster.number: cluster for cluster in clusters}
        self.profiles = {cluster.number: Profile() for cluster in clusters if cluster.label == "PERSON"}
        self.name_at: dict[int, int] = {}
        self.cluster_at: dict[int, int] = {}
        self.references: list[Reference] = []
        self.memory = Memory(tokens)
        self.last_seen: dict[int, int] = {}
        self.n_seen: Counter[int] = Counter()
        for candidate, owner in zip(candidates, owners, strict=True):
            self.name_at[candidate.head] = owner.number
            self.cluster_at |= dict.fromkeys(range(candidate.start, candidate.end), owner.number)
            if owner.label == "PERSON":
                read_roles(tokens, candidate, self.profiles[owner.number])

    def resolve(self) -> None:
        """Goes through the article once."""
        for token, word in enumerate(self.tokens.words):
            description = None
            lower = word.lower()
            if token in self.name_at and not self._is_described_party(token):
                self._note(token, self.name_at[token])
            elif lower in GENDER_OF:
                self._settle(token, self._resolve_personal(token, GENDER_OF[lower]))
            elif lower == "it":
                self._settle(token, self._resolve_it(token))
            elif lower in RELATIVES:
                self._settle(token, self._resolve_relative(token))
            elif lower in role_nouns() or lower in organisation_words():
                description = read_description(self.tokens, token, self.cluster_at)
            if description is not None:
                self._take_description(description)

    def _is_described_party(self, token: int) -> bool:
        """"the Kentucky Republican" is a person, not the party."""
        return self.tokens.words[token].lower() in {"republican", "democrat"} and self.tokens.deps[token] in SUBJECTS | {"dobj", "pobj", "appos"} and self.tokens.tags[token] in {"NNP", "NN"}

    def _note(self, token: int, cluster: int) -> None:
        self.last_seen[cluster] = token
        if cluster in self.profiles:
            self.n_seen[cluster] += 1
        self.memory.note(cluster, token)

    def _settle(self, token: int, found: Hashable | None) -> None:
        """Records what a pronoun means; an unnamed person stays in mind too."""
        if isinstance(found, int):
            self.cluster_at[token] = found
            self._note(token, found)
        elif found is not None:
            self.memory.note(found, token)

    def gender(self, cluster: int) -> str | None:
        """m or f where name, title or role tell it."""
        known = self.clusters[cluster].gender
        told = self.profiles[cluster].genders
        return known or (next(iter(told)) if len(told) == 1 else None)

    def _people(self, token: int, gender: str | None) -> dict[Hashable, float]:
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

    def _resolve_personal(self, token: int, gender: str) -> Hashable | None:
        scores = self._people(token, gender)
        for barred in self._barred(token):
            scores.pop(barred, None)
        governor = self._governing_subject(token)
        if governor in scores:
            scores[governor] += GOVERNED_BONUS
        if not scores:
            return None
        best = max(scores, key=lambda key: scores[key])
        if scores[best] < LEAST_SALIENCE:
            return None
        if isinstance(best, int) and self.gender(best) is None:
            self.clusters[best].genders[gender] += 1
        return best

    def _barred(self, token: int) -> list[int]:
        """Whom the pronoun cannot mean: for "him" the subject of its verb; in a quotation, its speaker."""
        tokens, barred = self.tokens, []
        verb = tokens.heads[token]
        if tokens.deps[token] in {"dobj", "dative", "pobj"} and not tokens.words[token].lower().endswith("self"):
            above = tokens.heads[verb] if tokens.deps[token] == "pobj" else verb
            barred += [self._subject_of(verb), self._subject_of(above)]
        if tokens.quoted[token]:
            outside = verb
            while tokens.quoted[outside] and tokens.heads[outside] != outside:
                outside = tokens.heads[outside]
            if not tokens.quoted[outside]:
                barred.append(self._subject_of(outside))
        return [cluster for cluster in barred if cluster is not None]

    def _subject_of(self, verb: int) -> int | None:
        for child in self.tokens.children[verb]:
            if self.tokens.deps[child] in SUBJECTS:
                return self.cluster_at.get(child)
        return None

    def _governing_subject(self, token: int) -> int | None:
        """The subject of the verb that the pronoun's clause hangs on, or of the verb it is joined to."""
        tokens = self.tokens
        verb = tokens.heads[token]
        if tokens.deps[token] == "poss":
            verb = tokens.heads[verb]
        if tokens.deps[verb] not in {"ccomp", "advcl", "conj", "xcomp"}:
            return None
        return self._subject_of(tokens.heads[verb])

    def _resolve_it(self, token: int) -> int | None:
        """"It said": the subject of the sentence before, where that is an organisation or country."""
        tokens = self.tokens
        if tokens.deps[token] not in SUBJECTS or tokens.pos[tokens.heads[token]] not in {"VERB", "AUX"}:
            return None
        if role_weight(tokens, token) < MAIN_SUBJECT_WEIGHT:
            return None
        for seen in reversed(self.memory.recent):
            distance = tokens.sentence[token] - tokens.sentence[seen.token]
            if distance > 1:
                break
            if distance == 1 and seen.weight >= MAIN_SUBJECT_WEIGHT:
                is_body = isinstance(seen.key, int) and self.clusters[seen.key].label in {"ORG", "GPE"}
                return seen.key if is_body and isinstance(seen.key, int) else None
        return None

    def _resolve_relative(self, token: int) -> int | None:
        """"Doe, who ...": what the relative clause hangs on."""
        tokens, verb = self.tokens, self.tokens.heads[token]
        for _ in range(3):
            if tokens.deps[verb] == "relcl":
                return self.cluster_at.get(tokens.heads[verb])
            verb = tokens.heads[verb]
        return None

    def _take_description(self, description: Description) -> None:
        cluster = description.named
        if cluster is None:
            cluster = self._find_described(description) if description.definite else None
        if cluster is not None:
            self.cluster_at[description.head] = cluster
            if description.named is None:
                self.references.append(
                    Reference(description.start, description.end, description.head, cluster)
                )
                self._note(description.head, cluster)
        elif description.is_person:
            self.memory.note(description.noun, description.head)

    def _find_described(self, description: Description) -> int | None:
        if not description.is_person:
            return self._find_organisation(description)
        salience = self._people(description.head, None)
        above = self._subjects_above(description.head)
        salience = {key: score for key, score in salience.items() if key not in above}
        matches = {}
        for cluster in self.last_seen:
            if cluster in self.profiles and cluster not in above and self._may_be(cluster, description):
                match = role_match(description, self.profiles[cluster])
                if match >= SAME_NOUN or (match > 0 and cluster in salience):
                    matches[cluster] = match + 0.5 * min(salience.get(cluster, 0.0), 2.0)
        if matches:
            return max(matches, key=lambda cluster: (matches[cluster], self.last_seen[cluster]))
        return self._find_epithet(description, salience)

    def _subjects_above(self, token: int) -> set[int]:
        """Subjects of the clauses around: in "Doe believes that the nominee ..." the nominee is not Doe."""
        tokens, found, own = self.tokens, set(), token
        while tokens.heads[token] != token:
            token = tokens.heads[token]
            subject = self._subject_of(token)
            if subject is not None and self.cluster_at.get(own) != subject and tokens.quoted[token] == tokens.quoted[own]:
                found.add(subject)
        return found

    def _may_be(self, cluster: int, description: Description) -> bool:
        told = role_nouns().get(description.noun, "-")
        return told == "-" or self.gender(cluster) in (None, told)

    def _find_epithet(self, description: Description, salience: dict[Hashable, float]) -> int | None:
        """"the billionaire": whoever is clearly spoken of."""
        if (description.noun not in EPITHETS and ("former", False) not in description.words) or description.restricted or description.noun in salience or self.tokens.quoted[description.head]:
            return None
        total = sum(self.n_seen.values())
        ranked = sorted(
            ((score + PROTAGONIST * self.n_seen[key] / total) * (OTHER_CALLING if is_other_calling(description, self.profiles[key]) else 1.0), key)
            for key, score in salience.items()
            if isinstance(key, int) and self._may_be(key, description) and role_match(description, self.profiles[key]) >= 0
        )
        if not ranked or ranked[-1][0] < LEAST_DESCRIBED:
            return None
        if len(ranked) > 1 and ranked[-1][0] < CLEAR_LEAD * ranked[-2][0]:
            return None
        return ranked[-1][1]

    def _find_organisation(self, description: Description) -> int | None:
        """"the ministry": the last one named that has the word in its name; "the company": the only one in mind."""
        named = [
            (seen, cluster)
            for cluster, seen in self.last_seen.items()
            if self.clusters[cluster].label == "ORG" and description.noun in self.clusters[cluster].parts
        ]
        if named:
            return max(named)[1]
        if description.noun not in COMPANY_NOUNS:
            return None
        in_mind = [
            key
            for key, score in self.memory.scores(description.head).items()
            if isinstance(key, int) and self.clusters[key].label == "ORG" and score >= LEAST_DESCRIBED
        ]
        return in_mind[0] if len(in_mind) == 1 else None
