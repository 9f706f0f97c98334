"""Whom a description without a name means: "the North Korean leader", "the ministry"."""

from __future__ import annotations

from collections.abc import Hashable

from flows.text.extract.entities.descriptions import SAME_NOUN, Description, is_other_calling, role_match
from flows.text.extract.entities.discourse import Discourse
from flows.text.extract.entities.lexicons import role_nouns
from flows.text.extract.words import word_group

CLEAR_LEAD = 1.3
"""How many times more salient than the next the person must be whom a bare "the billionaire" means."""
LEAST_DESCRIBED = 0.4
"""Salience from which on a person may be meant by a description that nothing else supports."""
PROTAGONIST = 1.0
"""Weight of a person's share of all mentions of people so far, beside the salience."""
OTHER_CALLING = 0.5
"""Share of its salience that a politician keeps before "the actor", and an actor before "the candidate"."""
EPITHETS = word_group("epithets")
"""Nouns that newspapers use for whoever was just named, whether or not the article says so elsewhere."""
COMPANY_NOUNS = frozenset({"company", "firm", "network", "airline", "bank"})


def find_described(discourse: Discourse, description: Description) -> int | None:
    """The cluster meant; None where none fits or several do."""
    if not description.is_person:
        return _find_organisation(discourse, description)
    salience = discourse.people(description.head, None)
    above = _subjects_above(discourse, description.head)
    salience = {key: score for key, score in salience.items() if key not in above}
    matches = {}
    for cluster in discourse.last_seen:
        if (
            cluster in discourse.profiles
            and cluster not in above
            and _may_be(discourse, cluster, description)
        ):
            match = role_match(description, discourse.profiles[cluster])
            if match >= SAME_NOUN or (match > 0 and cluster in salience):
                matches[cluster] = match + 0.5 * min(salience.get(cluster, 0.0), 2.0)
    if matches:
        return max(matches, key=lambda cluster: (matches[cluster], discourse.last_seen[cluster]))
    return _find_epithet(discourse, description, salience)


def _subjects_above(discourse: Discourse, token: int) -> set[int]:
    """Subjects of the clauses around: in "Doe believes that the nominee ..." the nominee is not Doe."""
    tokens, found, own = discourse.tokens, set(), token
    while tokens.heads[token] != token:
        token = tokens.heads[token]
        subject = discourse.subject_of(token)
        if (
            subject is not None
            and discourse.cluster_at.get(own) != subject
            and tokens.quoted[token] == tokens.quoted[own]
        ):
            found.add(subject)
    return found


def _may_be(discourse: Discourse, cluster: int, description: Description) -> bool:
    told = role_nouns().get(description.noun, "-")
    return told == "-" or discourse.gender(cluster) in (None, told)


def _find_epithet(
    discourse: Discourse, description: Description, salience: dict[Hashable, float]
) -> int | None:
    """As in "the billionaire": whoever is clearly spoken of."""
    if (
        (description.noun not in EPITHETS and ("former", False) not in description.words)
        or description.restricted
        or description.noun in salience
        or discourse.tokens.quoted[description.head]
    ):
        return None
    total = sum(discourse.n_seen.values())
    ranked = sorted(
        (
            (score + PROTAGONIST * discourse.n_seen[key] / total)
            * (OTHER_CALLING if is_other_calling(description, discourse.profiles[key]) else 1.0),
            key,
        )
        for key, score in salience.items()
        if isinstance(key, int)
        and _may_be(discourse, key, description)
        and role_match(description, discourse.profiles[key]) >= 0
    )
    if not ranked or ranked[-1][0] < LEAST_DESCRIBED:
        return None
    if len(ranked) > 1 and ranked[-1][0] < CLEAR_LEAD * ranked[-2][0]:
        return None
    return ranked[-1][1]


def _find_organisation(discourse: Discourse, description: Description) -> int | None:
    """The last one named that has the word in its name; "the company" is the only one in mind."""
    named = [
        (seen, cluster)
        for cluster, seen in discourse.last_seen.items()
        if discourse.clusters[cluster].label == "ORG"
        and description.noun in discourse.clusters[cluster].parts
    ]
    if named:
        return max(named)[1]
    if description.noun not in COMPANY_NOUNS:
        return None
    in_mind = [
        key
        for key, score in discourse.memory.scores(description.head).items()
        if isinstance(key, int) and discourse.clusters[key].label == "ORG" and score >= LEAST_DESCRIBED
    ]
    return in_mind[0] if len(in_mind) == 1 else None
