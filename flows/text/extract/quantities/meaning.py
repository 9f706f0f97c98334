"""What an amount means, as a list of attempts in a fixed order.

An amount that none of them understands is no quantity: it is left out rather than guessed.
"""

from __future__ import annotations

from collections.abc import Callable

from flows.text.extract.quantities.amounts import Amount
from flows.text.extract.quantities.counts import read_count
from flows.text.extract.quantities.money import read_money
from flows.text.extract.quantities.place import Meaning, Place, locate
from flows.text.extract.quantities.shares import read_fraction, read_multiple, read_percent
from flows.text.extract.quantities.units import read_measure
from flows.text.types import Parse

_ATTEMPTS: tuple[Callable[[Place], Meaning | None], ...] = (
    read_percent,
    read_multiple,
    read_money,
    read_measure,
    read_fraction,
    read_count,
)


def understand(parse: Parse, amount: Amount) -> Meaning | None:
    """The meaning of the amount where it stands, or None where it is no quantity."""
    place = locate(parse, amount)
    for attempt in _ATTEMPTS:
        found = attempt(place)
        if found is not None:
            return found
    return None
