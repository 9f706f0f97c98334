"""Whether two statements agree in figures, days, negation and plan, however alike their words are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import floor, log10
from typing import Literal

from flows.text.aggregate.claims.figures import Figure, FigureKind
from flows.text.aggregate.claims.statements import Statement
from flows.text.aggregate.claims.words import stem, word_class

DisagreementKind = Literal["figure", "day", "negation", "plan", "other"]

COARSEST_DIGITS = 2
"""Significant digits that a rounded figure must have: 1.58 million is "1.6 million", but 35 is not 40."""

MOST_ABOVE = 1.1
"""How many times the bound "more than 500" a figure may be and still be meant by it."""

MOST_ABOVE_DOZEN = 2.0
"""The same of "more than a dozen"."""
DOZEN = "dozen"

MOST_TIMES = 5
"""How many times as much a contradicting figure may be: 20,000 deaths in all and 2,100 in a day are two
things. Of 96 labelled pairs none beyond it is a contradiction; a zero too many could be one."""
MOST_DAYS_APART = 3
"""Days between two dates of one thing; what is farther apart happened twice, as launches and votes do."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What two statements of the same thing differ in, as each has it.

    "plan" and "other" set statements apart without contradiction: of two launches each has its day.
    `figure`: of what kind the figures are that differ, if it is figures.
    """

    kind: DisagreementKind
    value: str
    other_value: str
    figure: FigureKind | None = None

    @property
    def counted(self) -> bool:
        """Whether both count the same, which is a sign of its own that they speak of one thing."""
        return self.figure == "count"


def find_disagreement(first: Statement, second: Statement) -> Disagreement | None:
    """Planned against done, else figures, else negation, else days; None if they agree.

    A plan comes first: what is planned may have other figures than what was done, without contradiction.
    """
    return _plan(first, second) or _figures(first, second) or _negation(first, second) or _days(first, second)


def _unmatched(first: Statement, second: Statement) -> tuple[list[Figure], list[Figure]]:
    """The figures that the other does not have; what is only given in other units is none of its own."""
    mine = [a for a in first.figures if not any(_equal(a, b) for b in second.figures)]
    theirs = [b for b in second.figures if not any(_equal(a, b) for a in first.figures)]
    mine, theirs = ([figure for figure in left if not figure.converted] for left in (mine, theirs))
    return mine, theirs


def _figures(first: Statement, second: Statement) -> Disagreement | None:
    mine, theirs = _unmatched(first, second)
    counted = [
        (a, b) for a in mine for b in theirs if a.kind == b.kind and _count_the_same(a, b, mine, theirs)
    ]
    if not counted:
        return None
    a, b = next((pair for pair in counted if _same_fate(*pair)), counted[0])
    near = _are_near(a.value, b.value)
    same_thing = _same_fate(a, b) and a.share == b.share and _is_alone(a, first) and _is_alone(b, second)
    contradict = near and bool(first.planned) == bool(second.planned) and same_thing
    return Disagreement("figure" if contradict else "other", a.text, b.text, a.kind)


def _are_near(value: float, other: float) -> bool:
    """At most MOST_TIMES as much, or as much but for zeros."""
    low, high = sorted((value, other))
    return high <= MOST_TIMES * low or (low > 0 and log10(high / low).is_integer())


def _is_alone(figure: Figure, statement: Statement) -> bool:
    """Whether it is clear which figure another would contradict: "flew 3,700 km and rose to 770 km"."""
    rivals = (
        other
        for other in statement.figures
        if other.kind == figure.kind and other.noun == figure.noun and not other.converted
    )
    return figure.kind not in ("count", "year") or sum(_same_fate(figure, other) for other in rivals) == 1


def _same_fate(a: Figure, b: Figure) -> bool:
    """ "at least 40 people were injured" and "five people are dead" count other people."""
    return a.fate == b.fate or not a.fate or not b.fate


def _count_the_same(a: Figure, b: Figure, mine: list[Figure], theirs: list[Figure]) -> bool:
    """Counts by what is counted; sums and shares only where each has but one left."""
    if a.kind == "count":
        return bool(a.noun) and a.noun == b.noun
    return all(sum(figure.kind == a.kind for figure in left) == 1 for left in (mine, theirs))


def _days(first: Statement, second: Statement) -> Disagreement | None:
    """Other days in words and on the calendar; days of the year alone where the calendar's is not known."""
    mine, theirs = first.named_days, second.named_days
    if not mine or not theirs or not mine.isdisjoint(theirs):
        return None
    if first.days and second.days:
        mine, theirs = (frozenset(day.isoformat() for day in both.days) for both in (first, second))
        if not mine.isdisjoint(theirs):
            return None
    elif any(day.isalpha() for day in mine | theirs):
        return None
    if len(mine) > 1 or len(theirs) > 1:
        return None
    return Disagreement("day" if _near(first, second) else "other", min(mine), min(theirs))


def _near(first: Statement, second: Statement) -> bool:
    """Whether the one day of each is near the other's."""
    if first.days and second.days:
        return abs(min(first.days) - min(second.days)).days <= MOST_DAYS_APART
    (month, day), (other_month, other_day) = (
        min(statement.named_days).split() for statement in (first, second)
    )
    return month == other_month and abs(float(day) - float(other_day)) <= MOST_DAYS_APART


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
    most = MOST_ABOVE_DOZEN if DOZEN in a.text.lower() else MOST_ABOVE
    return a.at_least and a.kind == b.kind and a.value <= b.value <= most * a.value


def _significant_digits(value: float) -> int:
    return len(f"{value:.10g}".replace(".", "").strip("0").split("e")[0])


def _round(value: float, digits: int) -> float:
    return round(value, digits - 1 - floor(log10(abs(value)))) if value else 0.0


def _negation(first: Statement, second: Statement) -> Disagreement | None:
    """What one says and the other denies; a contradiction where it is what happens in both.

    Where each denies what the other says, the "not" has only moved: "the two were not known", "neither
    was known".
    """
    one = first.negated & frozenset(second.terms) - second.negated - second.mixed
    other = second.negated & frozenset(first.terms) - first.negated - first.mixed
    both_deny = frozenset(first.terms) & frozenset(second.terms) & _negating()
    if bool(one) == bool(other) or both_deny - one - other:
        return None
    denied = one or other
    happening = denied.intersection(*(both.actions for both in (first, second) if both.actions is not None))
    word = min(happening or denied)
    values = (f"not {word}", word) if one else (word, f"not {word}")
    return Disagreement("negation" if happening else "other", *values)


@cache
def _negating() -> frozenset[str]:
    """ "Holm denied the charges" and "the charges were denied" agree."""
    return frozenset(map(stem, word_class("negation")))


def _plan(first: Statement, second: Statement) -> Disagreement | None:
    if first.stance and second.stance and first.stance != second.stance:
        return Disagreement("plan", first.stance, second.stance)
    one = first.planned & second.past - second.planned
    other = second.planned & first.past - first.planned
    if not one and not other:
        return None
    word = min(one or other)
    return Disagreement("plan", *((f"will {word}", word) if one else (word, f"will {word}")))
