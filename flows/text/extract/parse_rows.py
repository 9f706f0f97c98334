"""A `Parse` as a row of a Parquet file and back: the text itself is kept elsewhere, once.

How a paragraph is parsed is `parse.py`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flows.text.types import NamedSpan, Parse


def parse_to_row(parse: Parse) -> dict[str, Any]:
    """A Parse without its text as a flat record for a Parquet file: strings, and lists of small integers.

    Gaps before words, distances to heads and lemmas only where they are not the word itself ("" else)
    take half the room of starts, heads and lemmas.
    """
    ends = (0, *(start + len(word) for start, word in zip(parse.starts, parse.words, strict=True)))
    return {
        "gaps": [start - end for start, end in zip(parse.starts, ends, strict=False)],
        "lengths": [len(word) for word in parse.words],
        "lemmas": "\t".join(
            "" if lemma == word.lower() else lemma
            for lemma, word in zip(parse.lemmas, parse.words, strict=True)
        ),
        "tags": "\t".join(parse.tags),
        "pos": "\t".join(parse.pos),
        "deps": "\t".join(parse.deps),
        "heads": [head - at for at, head in enumerate(parse.heads)],
        "sentence_starts": list(parse.sentence_starts),
        "entity_starts": [span.token_start for span in parse.entities],
        "entity_ends": [span.token_end for span in parse.entities],
        "entity_labels": "\t".join(span.label for span in parse.entities),
    }


def parse_from_row(row: Mapping[str, Any], text: str) -> Parse:
    """The Parse of the text that `parse_to_row` made the record from."""
    size = len(row["lengths"])
    starts, words, end = [], [], 0
    for gap, length in zip(row["gaps"], row["lengths"], strict=True):
        starts.append(end + gap)
        end += gap + length
        words.append(text[end - length : end])
    lemmas = zip(_split(row["lemmas"], size), words, strict=True)
    labels = _split(row["entity_labels"], len(row["entity_starts"]))
    entities = zip(row["entity_starts"], row["entity_ends"], labels, strict=True)
    return Parse(
        text=text,
        words=tuple(words),
        starts=tuple(starts),
        lemmas=tuple(lemma or word.lower() for lemma, word in lemmas),
        tags=_split(row["tags"], size),
        pos=_split(row["pos"], size),
        deps=_split(row["deps"], size),
        heads=tuple(at + distance for at, distance in enumerate(row["heads"])),
        sentence_starts=tuple(row["sentence_starts"]),
        entities=tuple(NamedSpan(start, end, label) for start, end, label in entities),
    )


def _split(joined: str, size: int) -> tuple[str, ...]:
    return tuple(joined.split("\t")) if size else ()
