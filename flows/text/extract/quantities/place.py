"""An amount at its place among the tokens, and what a rule makes of it.

Look-ups that every rule for a kind of quantity needs; no rule itself.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from flows.text.extract.quantities.amounts import Amount
from flows.text.extract.quantities.vocabulary import words_of
from flows.text.types import Parse, QuantityKind

YEARS = range(1500, 2101)
"""Four digits without a comma in this range are a year unless a sign or unit says otherwise."""
LONGEST_UNIT = 60
"""Characters after a number in which its unit stands."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """text[start:end] of the paragraph, and what it says; `core_end` ends it without rate and noun."""

    start: int
    end: int
    core_end: int
    value: float
    value_max: float | None
    kind: QuantityKind
    unit: str | None
    currency: str | None
    approximate: bool
    item: str | None = None

    def until(self, end: int) -> Meaning:
        """The same with a longer span."""
        return replace(self, end=end)

    def of(self, item: str | None) -> Meaning:
        """The same with what is counted or measured."""
        return replace(self, item=item)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an amount stands: tokens[first:after] of the paragraph."""

    parse: Parse
    amount: Amount
    first: int
    after: int

    @property
    def rest(self) -> str:
        """The text after the amount, as far as any unit can reach."""
        return self.parse.text[self.amount.end : self.amount.end + LONGEST_UNIT]

    def word(self, token: int) -> str:
        """The token in lower case, '' beyond the ends."""
        return self.parse.words[token].lower() if 0 <= token < len(self.parse.words) else ""

    def tag(self, token: int) -> str:
        """The tag of the token, '' beyond the ends."""
        return self.parse.tags[token] if 0 <= token < len(self.parse.tags) else ""

    def is_year(self) -> bool:
        """ "2016", not "2,016", "2016 dollars" or "two thousand"."""
        numeral = self.amount.numeral
        plain = not numeral.in_words and not numeral.grouped and numeral.scale == 1
        return plain and int(numeral.value) in YEARS

    def is_name(self) -> bool:
        """Part of a name or a label: "Section 230", "Flight 370", "Sept. 11", "Station One"."""
        parse, before = self.parse, self.first - 1
        if before < 0:
            return False
        if self.amount.numeral.in_words:
            return (
                self.tag(before) == "NNP" and parse.words[self.first][0].isupper() and not self.is_shouted()
            )
        if self.word(before) == "of" and self.word(before - 1).isdecimal():
            # "part 3 of 8", "14 of 41" at the head of a caption
            return before < 2 or self.word(before - 2) in words_of("numbered_nouns")
        if self.word(before) in words_of("numbered_nouns"):
            return True
        named = self.tag(before) in ("NNP", "NNPS") and not self.amount.numeral.grouped
        return named and self.tag(self.after) not in ("NNS", "JJ", "VBN")

    def is_shouted(self) -> bool:
        """Inside a line in capitals, where a capital says nothing."""
        return self.parse.words[self.first].isupper()


def locate(parse: Parse, amount: Amount) -> Place:
    """The amount with its tokens."""
    return Place(
        parse, amount, bisect_left(parse.starts, amount.start), bisect_left(parse.starts, amount.end)
    )


def plain_meaning(
    place: Place, length: int, kind: QuantityKind, unit: str | None, *, worth: float = 1.0
) -> Meaning:
    """The amount with `length` more characters; `worth` is the value of one ("50 cents": 0.01)."""
    amount = place.amount
    return Meaning(
        start=amount.start,
        end=amount.end + length,
        core_end=amount.end + length,
        value=round(amount.value * worth, 6),
        value_max=None if amount.value_max is None else round(amount.value_max * worth, 6),
        kind=kind,
        unit=unit,
        currency=amount.currency,
        approximate=amount.approximate,
    )
