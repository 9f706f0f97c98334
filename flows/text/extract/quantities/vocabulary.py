"""The words of quantities: numbers, signs, units, nouns that are no units; read from `flows/text/lexicons`.

Only look-up tables belong here; no article text is read.
"""

from __future__ import annotations

from functools import cache

from flows.text.lexicons import read_lines, read_rows

SCALES = {
    "dozen": 12.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}
SCALE_SIGNS = {
    "k": 1e3,
    "K": 1e3,
    "m": 1e6,
    "M": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "b": 1e9,
    "B": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "t": 1e12,
    "T": 1e12,
    "tn": 1e12,
    "trn": 1e12,
}
INDEFINITE = {"tens": 10.0, "scores": 20.0} | {f"{word}s": value for word, value in SCALES.items()}
"""Numbers that only give the order of magnitude, read as ACLED codes them: "dozens" is 12, "hundreds" 100."""
VAGUE = {"couple": 2, "few": 3, "several": 3}
"""The least that "a couple of hundred" or "several thousand" can mean."""
PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
FRACTION_SIGNS = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 1 / 8}
MULTIPLES = {
    "double": 2.0,
    "doubled": 2.0,
    "doubles": 2.0,
    "doubling": 2.0,
    "triple": 3.0,
    "tripled": 3.0,
    "triples": 3.0,
    "tripling": 3.0,
    "quadruple": 4.0,
    "quadrupled": 4.0,
    "quadrupling": 4.0,
    "halve": 0.5,
    "halved": 0.5,
    "halving": 0.5,
    "twice": 2.0,
    "thrice": 3.0,
    "twofold": 2.0,
    "threefold": 3.0,
    "fourfold": 4.0,
    "fivefold": 5.0,
    "sixfold": 6.0,
    "sevenfold": 7.0,
    "eightfold": 8.0,
    "ninefold": 9.0,
    "tenfold": 10.0,
    "hundredfold": 100.0,
}


@cache
def words_of(name: str) -> frozenset[str]:
    """The entries of a lexicon with one word or phrase a line."""
    return frozenset(read_lines(f"{name}.txt"))


@cache
def currency_names() -> dict[str, tuple[str, float]]:
    """Lower-case currency name to ISO 4217 code and the worth of one in that currency ("cent": 0.01)."""
    return {name: (code, float(worth)) for name, code, worth in read_rows("currencies.tsv")}


@cache
def currency_signs() -> dict[str, str]:
    """Sign or prefix as written to ISO 4217 code."""
    return {row[0]: row[1] for row in read_rows("currency_signs.tsv")}


@cache
def measure_units() -> dict[str, str]:
    """Lower-case unit as written to its canonical name."""
    return {row[0]: row[1] for row in read_rows("measure_units.tsv")}
