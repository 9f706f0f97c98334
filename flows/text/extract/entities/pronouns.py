"""Whom a pronoun means: he, she, it and who; they is left out."""

from __future__ import annotations

from collections.abc import Hashable

from flows.text.extract.entities.discourse import SUBJECTS, Discourse
from flows.text.extract.entities.salience import MAIN_SUBJECT_WEIGHT, role_weight

LEAST_SALIENCE = 0.12
"""Below it nobody was named recently enough."""
CLEAR_FOR_GENDER = 2.0
"""Lead from which on a pronoun tells the gender of somebody of whom nothing else does."""
GOVERNED_BONUS = 0.6
"""For the subject of the clause that the pronoun's clause depends on: "Doe said that she ..."."""


def resolve_personal(discourse: Discourse, token: int, gender: str) -> Hashable | None:
    """The cluster that he (m) or she (f) means, or the noun of somebody unnamed; None where nobody fits."""
    scores = discourse.people(token, gender)
    for barred in _barred(discourse, token):
        scores.pop(barred, None)
    governor = _governing_subject(discourse, token)
    if governor in scores:
        scores[governor] += GOVERNED_BONUS
    if not scores:
        return None
    ranked = sorted(scores, key=lambda key: scores[key])
    best = ranked[-1]
    if scores[best] < LEAST_SALIENCE:
        return None
    is_clear = len(ranked) == 1 or scores[best] >= CLEAR_FOR_GENDER * scores[ranked[-2]]
    if isinstance(best, int) and discourse.gender(best) is None and is_clear:
        discourse.clusters[best].genders[gender] += 1
    return best


def _barred(discourse: Discourse, token: int) -> list[int]:
    """Whom the pronoun cannot mean: for "him" the subject of its verb; in a quotation, its speaker."""
    tokens, barred = discourse.tokens, []
    verb = tokens.heads[token]
    if tokens.deps[token] in {"dobj", "dative", "pobj"} and not tokens.words[token].lower().endswith("self"):
        above = tokens.heads[verb] if tokens.deps[token] == "pobj" else verb
        barred += [discourse.subject_of(verb), discourse.subject_of(above)]
    if tokens.quoted[token]:
        outside = verb
        while tokens.quoted[outside] and tokens.heads[outside] != outside:
            outside = tokens.heads[outside]
        if not tokens.quoted[outside]:
            barred.append(discourse.subject_of(outside))
    return [cluster for cluster in barred if cluster is not None]


def _governing_subject(discourse: Discourse, token: int) -> int | None:
    """The subject of the verb that the pronoun's clause hangs on, or of the verb it is joined to."""
    tokens = discourse.tokens
    verb = tokens.heads[token]
    if tokens.deps[token] == "poss":
        verb = tokens.heads[verb]
    if tokens.deps[verb] not in {"ccomp", "advcl", "conj", "xcomp"}:
        return None
    return discourse.subject_of(tokens.heads[verb])


def resolve_it(discourse: Discourse, token: int) -> int | None:
    """As in "It said": the subject of the sentence before, where that is an organisation or country."""
    tokens = discourse.tokens
    if tokens.deps[token] not in SUBJECTS or tokens.pos[tokens.heads[token]] not in {"VERB", "AUX"}:
        return None
    if role_weight(tokens, token) < MAIN_SUBJECT_WEIGHT:
        return None
    for seen in reversed(discourse.memory.recent):
        distance = tokens.sentence[token] - tokens.sentence[seen.token]
        if distance > 1:
            break
        if distance == 1 and seen.weight >= MAIN_SUBJECT_WEIGHT:
            is_body = isinstance(seen.key, int) and discourse.clusters[seen.key].label in {"ORG", "GPE"}
            return seen.key if is_body and isinstance(seen.key, int) else None
    return None


def resolve_relative(discourse: Discourse, token: int) -> int | None:
    """As in "Doe, who ...": what the relative clause hangs on."""
    tokens, verb = discourse.tokens, discourse.tokens.heads[token]
    for _ in range(3):
        if tokens.deps[verb] == "relcl":
            return discourse.cluster_at.get(tokens.heads[verb])
        verb = tokens.heads[verb]
    return None
