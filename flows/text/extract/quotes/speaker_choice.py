"""Which phrase near a cue is its speaker: every noun phrase of the sentence is weighed.

The rule of `speakers` is one feature among others, so that a mangled parse (an apposition of two
lines, a verb read as a noun) is outvoted by what stands beside the cue. That nobody is named is
weighed against them: “asked why”, “the bridge is expected to open”.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flows.text.extract.quotes.scorer import log_odds
from flows.text.extract.quotes.speaker_features import describe_absence, describe_speaker
from flows.text.extract.quotes.tokens import Range, Tokens

_NOMINAL = frozenset(["NOUN", "PROPN", "PRON"])
_INNER_DEPS = frozenset(["compound", "flat", "nmod", "amod", "npadvmod", "expl"])
_NAMED_BY_FORM = frozenset(["signed", "turn", "dialogue"])
LEAST_LOG_ODDS = -4.0
"""A cue mostly has a speaker, so an unlikely one is better than none, unless none is the likelier."""
REACH = 40
"""Tokens looked at on each side of the cue."""


def choose_speaker(
    tokens: Tokens,
    cue: int,
    relation: str,
    by_rule: int | None,
    contents: Sequence[Range],
    quoted: Iterable[Range],
) -> int | None:
    """The head token of the likeliest speaker, or None where it is likelier that there is none."""
    if relation in _NAMED_BY_FORM and by_rule is not None:
        return by_rule
    absence = log_odds(describe_absence(tokens, cue, relation, by_rule))
    best, best_odds = None, max(absence, LEAST_LOG_ODDS)
    for head in nominals(tokens, cue, contents, quoted):
        odds = log_odds(describe_speaker(tokens, head, cue, relation, by_rule))
        if odds > best_odds:
            best, best_odds = head, odds
    return best


def nominals(tokens: Tokens, cue: int, contents: Sequence[Range], quoted: Iterable[Range]) -> list[int]:
    """Heads of the noun phrases around a cue, outside the content and outside other people's words."""
    start, end = tokens.sentence(cue)
    if contents[-1][1] <= cue:
        # A sentence may be cut wrongly after a quotation: “… now?” | the letter | read.
        start = min(start, contents[-1][1])
    start, end = max(start, cue - REACH), min(end, cue + REACH)
    closed = [span for span in (*contents, *quoted) if not span[0] <= cue < span[1]]
    found = []
    for token in range(start, end):
        if _is_nominal(tokens, token, cue) and not any(first <= token < last for first, last in closed):
            found.append(token)
    return found


def _is_nominal(tokens: Tokens, token: int, cue: int) -> bool:
    pos = tokens.pos[token]
    if pos in _NOMINAL and token != cue and tokens.deps[token] not in _INNER_DEPS:
        return True
    if tokens.deps[token] in ("nsubj", "pobj", "agent") and pos in ("NUM", "DET", "ADJ", "X"):
        return True
    # “…,” Will said: a name that reads like another word.
    return abs(token - cue) == 1 and pos != "PUNCT" and tokens.words[token][0].isupper()
