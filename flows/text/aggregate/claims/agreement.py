"""Whether two statements agree in figures, negation and plan. How alike their words are is not looked at."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10
from typing import Literal

from flows.text.aggregate.claims.statements import Figure, Statement

DisagreementKind = Literal["figure", "negation", "plan"]

COARSEST_DIGITS = 2
"""Significant digits that a rounded figure must have: 1.58 million is "1.6 million", but 35 is not 40."""

MOST_ABOVE = 1.1
"""How many times the bound "more than 500" a figure may be and still be meant by it."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What two statements of the same thing differ in, as each has it."""

    kind: DisagreementKind
    value: str
    other_value: str


def find_disagreement(first: Statement, second: Statement) -> Disagreement | None:
    """Planned against done, else figures, else negation; None if they agree.

    A plan comes first: what is planned may have other figures than what was done, without contradiction.
    """
    return _plan(first, second) or _figures(first, second) or _negation(first, second)


def _unmatched(first: Statement, second: Statement) -> tuple[list[Figure], list[Figure]]:
    mine = [a for a in first.figures if not any(_equal(a, b) for b in second.figures)]
    theirs = [b for b in second.figures if not any(_equal(a, b) for a in first.figures)]
    return mine, theirs


def _figures(first: Statement, second: Statement) -> Disagreement | None:
    mine, theirs = _unmatched(first, second)
    for a in mine:
        for b in theirs:
            if a.kind == b.kind and _count_the_same(a, b, mine, theirs):
                return Disagreement("figure", a.text, b.text)
    return None


def _count_the_same(a: Figure, b: Figure, mine: list[Figure], theirs: list[Figure]) -> bool:
    """Counts by what is counted; sums, shares and days only where each has but one left."""
    if a.kind == "count":
        return bool(a.noun) and a.noun == b.noun
    return all(sum(figure.kind == a.kind for figure in left) == 1 for left in (mine, theirs))


def _equal(a: Figure, b: Figure) -> bool:
    if a.value == b.value or _is_bound(a, b) or _is_bound(b, a):
        return True
    digits = min(_significant_digits(a.value), _significant_digits(b.value))
    return (
        a.kind == b.kind
        and a.kind in ("count", "money")
        and digits >= COARSEST_DIGITS
        and _round(a.value, digits) == _round(b.value, digits)
    )


def _is_bound(a: Figure, b: Figure) -> bool:
    """ "more than 500" and 527."""
    return a.at_least and a.kind == b.kind and a.value <= b.value <= MOST_ABOVE * a.value


def _significant_digits(value: float) -> int:
    return len(f"{value:.10g}".replace(".", "").strip("0").split("e")[0])


def _round(value: float, digits: int) -> float:
    return round(value, digits - 1 - floor(log10(abs(value)))) if value else 0.0


def _negation(first: Statement, second: Statement) -> Disagreement | None:
    one = first.negated & frozenset(second.terms) - second.negated
    other = second.negated & frozenset(first.terms) - first.negated
    if not one and not other:
        return None
    word = min(one or other)
    return Disagreement("negation", *((f"not {word}", word) if one else (word, f"not {word}")))


def _plan(first: Statement, second: Statement) -> Disagreement | None:
    one = first.planned & second.past - second.planned
    other = second.planned & first.past - first.planned
    if not one and not other:
        return None
    word = min(one or other)
    return Disagreement("plan", *((f"will {word}", word) if one else (word, f"will {word}")))
