"""The verbs of events: PLOVER types, classes and light verbs, read from `flows/text/lexicons`.

Only look-up tables belong here; no article text is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from flows.text.extract.quantities.vocabulary import words_of
from flows.text.lexicons import read_rows

INFINITIVE = "INF"
"""The complement of "urge him to sign" in `plover_verbs.tsv`."""
PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))
PLACE_PREPOSITIONS = frozenset(
    ("in", "at", "near", "outside", "inside", "across", "throughout", "around", "on")
)
TIME_NOUNS = frozenset(
    ("time", "day", "week", "month", "year", "moment", "night", "hour", "way", "reason", "place")
)
"""Antecedents that are no object of their clause: "the day he arrived"."""


NEVER = frozenset(("state", "speech", "wish"))
"""Classes of verbs that are no events but for a PLOVER type or a light noun."""


@dataclass(frozen=True, slots=True)
class LightVerb:
    """What verb and noun say together, and which prepositions stand before its target.

    `keeps_noun`: the noun itself is the target ("hold a trial").
    """

    action: str
    prepositions: frozenset[str]
    keeps_noun: bool = False


@cache
def plover_types() -> dict[str, dict[str, str]]:
    """Verb (with particle) to {complement: PLOVER type}; the complement '' is any."""
    table: dict[str, dict[str, str]] = {}
    for verb, complement, event_type in read_rows("plover_verbs.tsv"):
        table.setdefault(verb, {})[complement] = event_type
    return table


@cache
def verb_classes() -> dict[str, frozenset[str]]:
    """Verb to its classes in `event_verbs.tsv`."""
    table: dict[str, set[str]] = {}
    for verb, name in read_rows("event_verbs.tsv"):
        table.setdefault(verb, set()).add(name)
    return {verb: frozenset(names) for verb, names in table.items()}


@cache
def light_verbs() -> dict[tuple[str, str], LightVerb]:
    """(verb, lemma of its object) to what they mean together."""
    rows = (row if len(row) == 4 else [*row, ""] for row in read_rows("light_verbs.tsv"))
    return {
        (verb, noun): LightVerb(action, frozenset(prepositions.split(",")) - {"", "="}, prepositions == "=")
        for verb, noun, action, prepositions in rows
    }


@cache
def intransitive_events() -> frozenset[str]:
    """Verbs that are events without an object whoever acts."""
    return words_of("intransitive_events")


@cache
def never_events() -> frozenset[str]:
    """Verbs that are no events whatever stands beside them."""
    excused = plover_types().keys() | {verb for verb, _ in light_verbs()}
    return frozenset(verb for verb, classes in verb_classes().items() if classes & NEVER) - excused


SHORTEST_DERIVED = 6
"""Letters of a noun that an ending can have made abstract: "tension", not "ship", "king"."""
RECIPROCAL = frozenset(
    ("meet", "talk", "negotiate", "clash", "agree", "marry", "debate", "merge", "cooperate", "collaborate")
)
"""Verbs that "A and B" do to each other."""
_ABSTRACT_ENDINGS = ("tion", "sion", "ment", "ness", "ity", "ism", "ship", "ance", "ence", "ing", "cy")


@cache
def is_abstract(noun: str) -> bool:
    """Whether a common noun (lemma) names nothing that acts: "effort", "confusion", not "administration"."""
    if noun in words_of("abstract_nouns"):
        return True
    derived = len(noun) >= SHORTEST_DERIVED and noun.endswith(_ABSTRACT_ENDINGS)
    return derived and noun not in words_of("acting_nouns")


def is_object_control(verb: str) -> bool:
    """Whether the object of the verb does what its infinitive says: "urged him to sign"."""
    return bool(
        verb_classes().get(verb, frozenset()) & {"wish", "force"}
    ) or INFINITIVE in plover_types().get(verb, {})


def is_advice(verb: str) -> bool:
    """Whether what the verb speaks of is for others to do: "recommend indicting"."""
    return "advice" in verb_classes().get(verb, ())


_NO_SUCH_ENDING = re.compile(r"(?:(?:ee|oa|ai|oo)[tdpklmnr]|ck|nd|xt|rd|ld|mp|nk|rk|sk|ft|pt|ct)e$")
_DOUBLED = re.compile(r"([bdgklmnprt])\1e$")


@lru_cache(maxsize=8192)
def action_name(lemma: str) -> str:
    """The verb without the "e" that lemmatizers give words they do not know: "retweete", "preppe"."""
    if _NO_SUCH_ENDING.search(lemma):
        return lemma[:-1]
    return _DOUBLED.sub(r"\1", lemma)
