"""Entities of mentions, and of pronouns that speak, against the lists checked by hand in tests/text/extract.

    python benchmarks/entities.py [FOLDER]

FOLDER has the articles of the lists as NAME.jsonl; by default ../shared/data/quotes/train/input. The lists
hold names and offsets only. The articles were read before any output was seen; the kinds of errors were
then looked at, so the figures are of development, not of a blind test.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from flows.text.extract.entities import EntityAnnotations, find_entities, resolve_reference
from flows.text.extract.entities.names import name_parts, normalise
from flows.text.extract.parse import parse_paragraphs
from flows.text.extract.sentences import split_sentences
from flows.text.types import ParsedArticle, ParsedParagraph

ROOT = Path(__file__).resolve().parents[1]
LISTS = ROOT / "tests" / "text" / "extract"
ARTICLES = ROOT.parent / "shared" / "data" / "quotes" / "train" / "input"

Row = tuple[str, int, int, str]
Annotated = tuple[str, EntityAnnotations]
Finder = Callable[[EntityAnnotations, int, int], int | None]


def read_list(name: str) -> list[Row]:
    """document, char_start, char_end, the names that are right (parted by |)."""
    lines = (LISTS / name).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [(document, int(start), int(end), names) for document, start, end, names in rows]


def measure(name: str, found: Mapping[str, Annotated]) -> tuple[int, int]:
    """How many rows of the list are right, and of how many: those whose document was found."""
    rows = [row for row in read_list(name) if row[0] in found]
    right = 0
    for document, start, end, names in rows:
        text, annotations = found[document]
        number = FINDERS[name](annotations, start, end)
        right += number is not None and is_right(annotations.entities[number].name, names, text)
    return right, len(rows)


def annotate(folder: Path, *, every: int = 1) -> dict[str, Annotated]:
    """Text and entities of the documents of all lists, or of every second, third, ... of them."""
    documents = sorted({row[0] for name in FINDERS for row in read_list(name)})[::every]
    texts = {document: read_text(folder / f"{document}.jsonl") for document in documents}
    spans = {document: list(re.finditer(r"[^\n]*\S[^\n]*", text)) for document, text in texts.items()}
    parses = parse_paragraphs(match.group() for document in documents for match in spans[document])
    found = {}
    for document in documents:
        paragraphs = tuple(
            ParsedParagraph(number, match.start(), next(parses))
            for number, match in enumerate(spans[document])
        )
        article = ParsedArticle(document, texts[document], paragraphs)
        found[document] = texts[document], find_entities(article, split_sentences(article))
    return found


def read_text(path: Path) -> str:
    """The text of the first record."""
    text: str = json.loads(path.read_text(encoding="utf-8").splitlines()[0])["text"]
    return text


def is_right(name: str, names: str, text: str) -> bool:
    """The name, or one that differs by a middle name; the family name where the article has no more."""
    got = name_parts(name)
    for wanted in names.split("|"):
        parts = name_parts(wanted)
        if normalise(name).removeprefix("the ") == normalise(wanted):
            return True
        if len(got) > 1 and len(parts) > 1 and (got[0], got[-1]) == (parts[0], parts[-1]):
            return True
        if wanted not in text and len(parts) > 1 and got == parts[-1:]:
            return True
    return False


def mentioned(found: EntityAnnotations, start: int, end: int) -> int | None:
    """The entity of the mention that lies closest over the span, else what the span stands for."""
    over = [m for m in found.mentions if m.char_start < end and start < m.char_end and m.char_end >= end - 1]
    if over:
        return min(over, key=lambda m: abs(m.char_start - start) + abs(m.char_end - end)).entity_no
    return resolve_reference(found, start, end)


FINDERS: Mapping[str, Finder] = {
    "entity_mentions.tsv": mentioned,
    "pronoun_speakers.tsv": resolve_reference,
}
"""Each list, and what is asked of its places."""


def main() -> None:
    """Prints both shares."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=ARTICLES)
    arguments = parser.parse_args()
    if not arguments.folder.is_dir():
        raise SystemExit(f"no articles in {arguments.folder}")
    found = annotate(arguments.folder)
    for name in FINDERS:
        right, total = measure(name, found)
        print(f"{name:24} {right} of {total}: {right / total:.1%}")


if __name__ == "__main__":
    main()
