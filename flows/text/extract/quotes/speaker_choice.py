"""Which phrase near a cue is its speaker: every noun phrase of the sentence is weighed.

The rule of `speakers` is one feature among others, so that a mangled parse (an apposition of two
lines, a verb read as a noun) is outvoted by what stands beside the cue.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flows.text.extract.quotes.scorer import log_odds
from flows.text.extract.quotes.tokens import Range, Tokens

_NOMINAL = frozenset(["NOUN", "PROPN", "PRON"])
_INNER_DEPS = frozenset(["compound", "flat", "nmod", "amod", "npadvmod", "expl"])
_NAMED_BY_FORM = frozenset(["signed", "turn", "dialogue"])
_DISTANCES = (0, 1, 2, 4, 8, 16)
LEAST_LOG_ODDS = -2.5
"""A cue mostly has a speaker, so an unlikely one is better than none; best of five values from -4 to 0."""
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
    """The head token of the likeliest speaker, or None where none is likely."""
    if relation in _NAMED_BY_FORM and by_rule is not None:
        return by_rule
    best, best_odds = None, LEAST_LOG_ODDS
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


def describe_speaker(tokens: Tokens, head: int, cue: int, relation: str, by_rule: int | None) -> list[str]:
    """The features of a noun phrase as the speaker of a cue."""
    dep = tokens.deps[head]
    side = "<" if head < cue else ">"
    left, right = tokens.left(head), tokens.right(head)
    gap = cue - right if head < cue else left - cue - 1
    near = cue - head - 1 if head < cue else left - cue - 1
    parent = tokens.heads[head]
    link = (
        "cue"
        if parent == cue
        else "up"
        if parent == tokens.heads[cue]
        else "down"
        if tokens.heads[parent] == cue
        else ""
    )
    kind = tokens.labels.get(head) or (
        tokens.words[head].lower() if tokens.pos[head] == "PRON" else tokens.pos[head]
    )
    pos = tokens.pos[cue]
    rule = "none" if by_rule is None else str(by_rule == head)
    return [
        "s:bias",
        f"s:rule={rule}|{pos}",
        f"s:rule={rule}|{relation}",
        f"s:dep={dep}|{link}|{pos}",
        f"s:dep={dep}|{side}|{relation}",
        f"s:gap={_step(gap)}|{side}|{pos}",
        f"s:near={_step(near)}|{side}|{relation}",
        f"s:kind={kind}",
        f"s:kind={kind}|{rule}",
        f"s:kl={kind}|{dep}|{side}",
        f"s:lemma={tokens.lemmas[head].lower()}",
        f"s:pl={tokens.lemmas[parent].lower()}|{dep}",
        f"s:cue={tokens.lemmas[cue].lower()}|{dep}|{link}",
    ]


def _step(distance: int) -> int:
    return -1 if distance < 0 else sum(distance > step for step in _DISTANCES)
