"""What holds for every text: spans, bounded time, nothing guessed."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.text.extract.quotes import find_quotes
from flows.text.extract.quotes.marks import find_quoted_spans
from flows.text.extract.quotes.scorer import load_weights
from flows.text.extract.quotes.speaker_features import MAX_PATH, path_between
from flows.text.extract.quotes.tokens import Tokens
from flows.text.types import Parse, ParsedArticle, ParsedParagraph

WORDS = [
    "“",
    "”",
    '"',
    "''",
    "‘",
    "’",
    ",",
    ".",
    ":",
    "-",
    "Olsen",
    "she",
    "said",
    "that",
    "the",
    "bridge",
    "opened",
]
DEPS = ["nsubj", "ccomp", "punct", "dobj", "prep", "pobj", "advcl", "parataxis", "relcl", "conj", "xcomp"]
POS = {
    "Olsen": "PROPN",
    "she": "PRON",
    "said": "VERB",
    "that": "SCONJ",
    "the": "DET",
    "bridge": "NOUN",
    "opened": "VERB",
}


def make_parse(words: list[str], heads: list[int], deps: list[str]) -> Parse:
    """A parse of made-up shape: any word may hang on any other before or after it."""
    starts, position = [], 0
    for word in words:
        starts.append(position)
        position += len(word) + 1
    return Parse(
        text=" ".join(words),
        words=tuple(words),
        starts=tuple(starts),
        lemmas=tuple({"said": "say", "opened": "open"}.get(word, word) for word in words),
        tags=tuple("VBD" if POS.get(word) == "VERB" else "NN" for word in words),
        pos=tuple(POS.get(word, "PUNCT") for word in words),
        deps=tuple(deps),
        heads=tuple(heads),
        sentence_starts=(0,),
        entities=(),
    )


def make_article(parses: list[Parse]) -> ParsedArticle:
    paragraphs, position = [], 0
    for number, parse in enumerate(parses):
        paragraphs.append(ParsedParagraph(number, position, parse))
        position += len(parse.text) + 2
    text = "\n\n".join(parse.text for parse in parses)
    return ParsedArticle(article_id="a", text=text, paragraphs=tuple(paragraphs))


@st.composite
def parses(draw: st.DrawFn) -> Parse:
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25))
    heads = [draw(st.integers(0, number)) for number in range(len(words))]
    deps = draw(st.lists(st.sampled_from(DEPS), min_size=len(words), max_size=len(words)))
    return make_parse(words, heads, deps)


@settings(max_examples=120, deadline=None)
@given(st.lists(parses(), max_size=3))
def test_every_span_is_its_text(made: list[Parse]) -> None:
    article = make_article(made)
    for quote in find_quotes(article, ()):
        assert quote.text
        assert article.text[quote.char_start : quote.char_end] == quote.text
        assert quote.cue is None or article.text[quote.cue_start : quote.cue_end] == quote.cue
        assert quote.speaker is None or article.text[quote.speaker_start : quote.speaker_end] == quote.speaker


@settings(max_examples=120, deadline=None)
@given(parses())
def test_a_path_goes_up_and_down_and_is_short(parse: Parse) -> None:
    tokens = Tokens(make_article([parse]))
    for token, head in enumerate(tokens.heads):
        path = path_between(tokens, token, head)
        assert path == (">" if token == head else parse.deps[token] + ">")
        assert path_between(tokens, head, token) == (">" if token == head else ">" + parse.deps[token])
        for other in range(len(tokens.heads)):
            steps = path_between(tokens, token, other)
            assert steps == "far" or len([step for step in re.split(r"[\^.>]", steps) if step]) <= MAX_PATH


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="“”\"'‘’«»„` aB.,!\n"))
def test_quoted_spans_are_ordered_and_lie_in_their_paragraph(text: str) -> None:
    bounds = [(0, len(text))]
    spans = find_quoted_spans(text, bounds)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.parametrize("mark", ["“", '"', "”", "‘", "''", "« ", "'a "])
def test_thousands_of_marks_that_never_close(mark: str) -> None:
    text = f"{mark}word " * 20_000
    spans = find_quoted_spans(text, [(0, len(text))])
    assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.parametrize(
    "words",
    [
        ["“", "said"] * 2_000,
        ["said", "that"] * 2_000,
        ["Olsen", ":", "“", "the", ".", "”"] * 700,
        ["‘", "the", "bridge", ","] * 1_000,
    ],
)
@pytest.mark.parametrize("shape", ["chain", "star"])
def test_a_paragraph_of_thousands_of_words(words: list[str], shape: str) -> None:
    heads = [max(0, number - 1) if shape == "chain" else 0 for number in range(len(words))]
    article = make_article([make_parse(words, heads, ["ccomp"] * len(words))])
    assert all(quote.text for quote in find_quotes(article, ()))


def test_article_without_paragraphs() -> None:
    assert find_quotes(ParsedArticle(article_id="a", text="", paragraphs=()), ()) == ()


def test_the_weights_are_small_and_finite() -> None:
    weights = load_weights()
    assert 1_000 < len(weights) < 30_000
    assert all(abs(weight) < 20 for weight in weights.values())
