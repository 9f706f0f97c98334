"""The tense of the verb that a time expression goes with, from the dependency parse."""

from __future__ import annotations

from flows.text.extract.times.meaning import Tense
from flows.text.extract.times.vocabulary import load_word_lists
from flows.text.types import Parse

DIRECT = 2
"""Heads from the time to a verb that it surely belongs to: over a preposition."""
FARTHEST_AUXILIARY = 8
"""Words between a verb and its auxiliary."""
LONGEST_CLIMB = 12
"""Heads to follow before giving up; parses are trees, this bounds broken ones."""


def governing_tense(parse: Parse, token: int, *, surely: bool = False) -> Tense | None:
    """Tense of the nearest finite verb above a token, or None where that is present or missing.

    `surely` takes only a future with an auxiliary: "will", "would".
    """
    for steps in range(LONGEST_CLIMB):
        if parse.pos[token] in ("VERB", "AUX"):
            tense = _finite_tense(parse, token)
            if tense is None and not surely and steps <= DIRECT:
                tense = _announced_tense(parse, token)
            if tense is not None or parse.tags[token] in ("VBZ", "VBP"):
                return tense
        if parse.heads[token] == token:
            return None
        token = parse.heads[token]
    return None


def _finite_tense(parse: Parse, verb: int) -> Tense | None:
    tag, words, lists = parse.tags[verb], _auxiliaries(parse, verb), load_word_lists()
    if words & lists["will"] or (words & lists["doubt"] and "have" not in words):
        return "future"
    if tag == "VBD" or words & lists["past_auxiliary"] or (tag == "VBN" and not words):
        return "past"
    return None


def _announced_tense(parse: Parse, verb: int) -> Tense | None:
    """The future of verbs that do not show it: "to begin", "is leaving", "the polls close"."""
    tag, words, lemma = parse.tags[verb], _auxiliaries(parse, verb), parse.lemmas[verb]
    lists = load_word_lists()
    if tag == "VB" and "to" in words:
        head = parse.heads[verb]
        happened = parse.lemmas[head] in lists["implicative_verb"] or "had" in _auxiliaries(parse, head)
        return None if happened else "expected"
    if tag == "VBG" and words & lists["present_auxiliary"]:
        return "expected"
    if tag in ("VBZ", "VBP") and lemma in lists["scheduled_verb"]:
        return "expected" if lemma == "be" else "future"
    return None


def _auxiliaries(parse: Parse, verb: int) -> set[str]:
    """The auxiliaries of a verb, lower case."""
    around = range(max(verb - FARTHEST_AUXILIARY, 0), min(verb + FARTHEST_AUXILIARY, len(parse.words)))
    return {
        parse.words[number].lower()
        for number in around
        if parse.heads[number] == verb and parse.deps[number] in ("aux", "auxpass")
    }
