"""Who said what: attributed statements with cue and speaker, over a parsed article."""

from __future__ import annotations

from collections.abc import Sequence

from flows.text.extract.quotes.contents import QuotedRanges
from flows.text.extract.quotes.rows import to_quotes
from flows.text.extract.quotes.statements import find_statements
from flows.text.extract.quotes.tokens import Tokens
from flows.text.types import ParsedArticle, Quote, Sentence

__all__ = ["find_quotes"]


def find_quotes(article: ParsedArticle, sentences: Sequence[Sentence]) -> tuple[Quote, ...]:
    """The attributed statements of an article, one row a fragment, in text order.

    `speaker_entity_no` is left to whoever resolves references.
    """
    tokens = Tokens(article)
    quoted = QuotedRanges(tokens, article)
    return to_quotes(tokens, quoted, find_statements(tokens, quoted), sentences)
