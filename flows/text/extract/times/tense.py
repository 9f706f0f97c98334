"""The tense of the verb that a time expression goes with, from the dependency parse."""

from __future__ import annotations

import re

from flows.text.extract.times.meaning import Meaning, PartOfYear, Tense, Weekday
from flows.text.extract.times.vocabulary import load_word_lists
from flows.text.types import Parse

MONTH_OR_SEASON = re.compile(r"\d\d|[A-Z]{2}")
ATTRIBUTES_OF_NOUN = frozenset(("compound", "amod", "nmod", "nummod", "poss"))
DIRECT = 2
"""Heads from the time to a verb that it surely belongs to: over a preposition."""
FARTHEST_AUXILIARY = 8
"""Words between a verb and its auxiliary."""
NAMING = frozenset(("NOUN", "PROPN", "NUM"))
FARTHEST_LINK = 4
"""Heads from a noun to the word that links it: "since" of "since the riots in May"."""
LONGEST_CLIMB = 12
"""Heads to follow before giving up; parses are trees, this bounds broken ones."""


def tense_of(parse: Parse, head: int, meaning: Meaning, *, before: str) -> Tense | None:
    """The tense that tells the direction of an expression with this head, behind the word `before`."""
    if parse.deps[head] in ATTRIBUTES_OF_NOUN:
        return _tense_of_attribute(parse, head, meaning)
    return _tense_of_adverbial(parse, head, before)


def _tense_of_attribute(parse: Parse, word: int, meaning: Meaning) -> Tense | None:
    """The tense of what stands before its noun: "Monday's debate", "the December attack"."""
    noun, lists = parse.heads[word], load_word_lists()
    link = linking_word(parse, noun)
    if link in lists["ahead_word"]:
        return "expected"
    scheduled = parse.lemmas[noun].lower() in lists["scheduled_noun"]
    tense = governing_tense(parse, noun, surely=not scheduled)
    if link in lists["past_word"] or (link in lists["after_word"] and tense in (None, "past")):
        return "past"
    return tense if isinstance(meaning, Weekday) else _tense_of_part(meaning, tense, scheduled=scheduled)


def _tense_of_part(meaning: Meaning, tense: Tense | None, *, scheduled: bool) -> Tense | None:
    if not scheduled:
        # "he will discuss the December attack": the nearer
        return "told" if tense == "past" else None
    if tense == "past":
        # "she prepared for the November election": the nearer
        return None
    is_day = isinstance(meaning, PartOfYear) and not MONTH_OR_SEASON.fullmatch(meaning.part)
    return "expected" if tense and is_day else tense


def _tense_of_adverbial(parse: Parse, word: int, before: str) -> Tense | None:
    lists, link = load_word_lists(), linking_word(parse, word)
    if before in lists["past_word"] or link in lists["past_word"]:
        return "past"
    if link in lists["ahead_word"]:
        return "expected"
    tense = governing_tense(parse, word)
    if tense is None and link in lists["after_word"]:
        return "past"
    ahead = before in lists["future_word"] or link in lists["open_word"]
    return "future" if tense != "past" and ahead else tense


def governing_tense(parse: Parse, token: int, *, surely: bool = False) -> Tense | None:
    """Tense of the nearest finite verb above a token, or None where that is present or missing.

    `surely` takes only a future with an auxiliary: "will", "would".
    """
    below = token
    for steps in range(LONGEST_CLIMB):
        if parse.pos[token] in ("VERB", "AUX"):
            planned = parse.deps[below] != "nsubj" and (
                _is_planned(parse, token) or _is_due(parse, token, below)
            )
            tense = "future" if planned else _finite_tense(parse, token)
            if tense is None and not surely and steps <= DIRECT:
                tense = _announced_tense(parse, token)
            if tense is not None or parse.tags[token] in ("VBZ", "VBP"):
                return tense
        if parse.heads[token] == token:
            return None
        below, token = token, parse.heads[token]
    return None


def linking_word(parse: Parse, token: int) -> str:
    """The word between a token and its verb that tells a direction: "since" of "since the riots in May".

    Of those in the lists `past_word`, `ahead_word`, `after_word` and `open_word`; "" where there is none.
    """
    lists = load_word_lists()
    telling = lists["past_word"] | lists["ahead_word"] | lists["after_word"] | lists["open_word"]
    for _ in range(FARTHEST_LINK):
        token, word = parse.heads[token], parse.words[parse.heads[token]].lower()
        if (
            parse.pos[token] not in NAMING
            and word in telling
            and parse.words[token + 1 : token + 2] != ("to",)
        ):
            # not "due to"
            return word
        if parse.pos[token] in ("VERB", "AUX"):
            break
    return ""


def _finite_tense(parse: Parse, verb: int) -> Tense | None:
    tag, words, lists = parse.tags[verb], _auxiliaries(parse, verb), load_word_lists()
    if words & lists["will"] or (words & lists["doubt"] and "have" not in words):
        return "future"
    if tag == "VBD" or words & lists["past_auxiliary"] or (tag == "VBN" and not words):
        return "past"
    return None


def _is_planned(parse: Parse, verb: int) -> bool:
    """Whether a participle tells what is to come: "is set for Friday", "the summit slated for October"."""
    lists = load_word_lists()
    past = _auxiliaries(parse, verb) & lists["past_auxiliary"]
    planned = parse.words[verb].lower() in lists["planned_participle"]
    return parse.tags[verb] == "VBN" and planned and not past


def _is_due(parse: Parse, verb: int, below: int) -> bool:
    """Whether a verb has "due" with it: "is due in January", not "fell due to the flood in January"."""
    between = range(min(verb, below) + 1, max(verb, below))
    due = [word for word in between if parse.heads[word] == verb and parse.words[word].lower() == "due"]
    return any(parse.words[word + 1].lower() != "to" for word in due)


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
