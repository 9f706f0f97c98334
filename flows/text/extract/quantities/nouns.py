"""Which noun a number counts, from the parse, and the phrase around a noun.

Only the grammar of noun phrases belongs here; whether a noun may be counted is decided in `meaning`.
"""

from __future__ import annotations

from flows.text.extract.quantities.vocabulary import words_of
from flows.text.types import Parse

LONGEST_PHRASE = 10
"""Words between a number and the noun that it counts, at most."""
_INSIDE = frozenset(
    (
        "JJ",
        "JJR",
        "JJS",
        "VBN",
        "VBG",
        "NN",
        "NNP",
        "NNPS",
        "NNS",
        "HYPH",
        "CC",
        ",",
        "``",
        "''",
        "POS",
        "CD",
        "SYM",
        "FW",
        "RB",
    )
)
_NO_QUOTES = str.maketrans("", "", '"“”‘')
_DETERMINERS = frozenset(("DT", "PDT", "PRP$", "WDT", "CD", "''", "``", "HYPH", "POS", ","))


def counted_noun(parse: Parse, first: int, after: int) -> int | None:
    """The token that the number tokens[first:after] counts, or None."""
    if after >= len(parse.words):
        return None
    governor = _governor(parse, first, after)
    if governor is None:
        return _end_of_phrase(parse, after)
    # "400 establishment Democrats", of which the parser takes the first noun alone
    following = parse.tags[governor + 1 : governor + 2]
    goes_on = parse.tags[governor] == "NN" and following in (("NNS",), ("NNPS",))
    return governor + 1 if goes_on and parse.heads[governor + 1] != governor else governor


def _governor(parse: Parse, first: int, after: int) -> int | None:
    token = after - 1
    while first <= parse.heads[token] < after and parse.heads[token] != token:
        token = parse.heads[token]
    head = parse.heads[token]
    fits = (
        parse.deps[token] in ("nummod", "compound", "nmod", "amod", "quantmod")
        and parse.tags[head][:2] == "NN"
    )
    if not fits or not after <= head <= after + LONGEST_PHRASE:
        return None
    return head if all(_is_inside(parse, token) for token in range(after, head)) else None


def _is_inside(parse: Parse, token: int) -> bool:
    """Whether the token can stand between a number and its noun; also "in" of "two in-person interviews"."""
    return parse.tags[token] in _INSIDE or "HYPH" in parse.tags[max(0, token - 1) : token + 2]


def _end_of_phrase(parse: Parse, after: int) -> int | None:
    """The last noun of the plain phrase that begins at `after`: adjectives and nouns without a gap."""
    last = None
    for token in range(after, min(after + LONGEST_PHRASE, len(parse.words))):
        tag = parse.tags[token]
        if tag[:2] == "NN":
            last = token
            if tag in ("NNS", "NNPS"):
                break
        elif tag not in ("JJ", "JJR", "JJS", "VBN", "VBD", "HYPH"):
            break
    return last


def noun_after_of(parse: Parse, of: int) -> int | None:
    """The noun of "of the Republican voters", when tokens[of] is "of"."""
    if of >= len(parse.words) or parse.words[of].lower() != "of":
        return None
    for child in range(of + 1, min(of + 1 + LONGEST_PHRASE + 3, len(parse.words))):
        if parse.heads[child] == of and parse.deps[child] == "pobj":
            return child if parse.tags[child][:2] == "NN" else None
    return None


def phrase(parse: Parse, noun: int, first: int) -> str | None:
    """The text from `first` to the noun without determiners and numbers in front, or None."""
    while first <= noun and (
        parse.tags[first] in _DETERMINERS or parse.words[first].lower() in ("all", "both")
    ):
        if first < noun and parse.tags[first] == "CD" and parse.tags[first + 1] == "HYPH":
            break  # "18-hole golf courses"
        first += 1
    written = parse.text[parse.starts[first] : parse.end(noun)].translate(_NO_QUOTES) if first <= noun else ""
    return written if written[:1].isalnum() else None


def next_noun(parse: Parse, first: int) -> int | None:
    """The first common noun from `first` on: "half the voters"."""
    tokens = range(first, min(first + LONGEST_PHRASE, len(parse.words)))
    return next((token for token in tokens if parse.tags[token] in ("NN", "NNS")), None)


def is_countable(parse: Parse, noun: int) -> bool:
    """False for spans of time and for what a number only names: "five years", "two-way", "double digits"."""
    stop = words_of("uncounted_nouns")
    return parse.words[noun].lower() not in stop and parse.lemmas[noun].lower() not in stop


def is_plural(parse: Parse, noun: int) -> bool:
    """By its tag, or a capital "States" that is taken for a name."""
    if parse.tags[noun] == "NNP":
        return parse.words[noun].endswith("s") and parse.lemmas[noun] == "States"
    return parse.tags[noun] in ("NNS", "NNPS")


def unit_of(parse: Parse, noun: int) -> str:
    """The noun in the singular: "refugees" is "refugee", "Democrats" is "Democrat", "persons" is "people"."""
    if parse.tags[noun] == "NNPS" or (parse.tags[noun] == "NNP" and parse.words[noun][:1].isupper()):
        return parse.lemmas[noun] if parse.lemmas[noun] != parse.words[noun] else _singular(parse.words[noun])
    lemma = parse.lemmas[noun].lower()
    if noun > 1 and parse.tags[noun - 1] == "HYPH" and parse.tags[noun - 2][:1] not in ("C", "J"):
        return f"{parse.words[noun - 2].lower()}-{lemma}"  # "front-runner"
    return "people" if lemma == "person" else lemma


def _singular(name: str) -> str:
    if name.endswith("ies") and len(name) > 4:
        return name[:-3] + "y"
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name
