"""What crosses a boundary between text modules and the rings around them.

Frozen dataclasses only, without behaviour beyond small look-ups. All offsets are
half-open and count Unicode code points; `char_*` point into the clean article text,
`raw_*` into the decoded raw document. Unknown is None, never '' or a made-up value.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

MediaType = Literal["text/plain", "text/html"]
Role = Literal["body", "headline", "subheading", "byline", "caption", "credit", "boilerplate", "metadata"]
DateBasis = Literal["declared", "page", "url", "inferred"]
QuoteKind = Literal["direct", "indirect", "mixed"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
QuantityKind = Literal["money", "percent", "count", "measure", "ratio"]
Modality = Literal["asserted", "planned", "possible", "denied"]


@dataclass(frozen=True, slots=True)
class DeclaredMetadata:
    """What the container (a JSON record, a CSV row, a feed entry) says of a document, as written."""

    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One document as a source found it.

    `document_id` is the SHA-256 (hex) of the document's own bytes: the file, or the record of
    a file that holds several. `content` is what is cleaned: for a record with a text or html
    field, that field in UTF-8.
    """

    document_id: str
    source_uri: str
    content: bytes
    media_type: MediaType
    declared: DeclaredMetadata = DeclaredMetadata()
    encoding: str | None = None
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that is not taken in: `reason` is snake_case and stable, `detail` is for people."""

    source_uri: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the raw document. In a body block, article.text[char_start:char_end] == text."""

    role: Role
    text: str
    raw_start: int
    raw_end: int
    char_start: int | None = None
    char_end: int | None = None


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """An article after cleaning. `blocks` are all blocks in raw order, kept or dropped."""

    text: str
    raw_text: str
    blocks: tuple[Block, ...]
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    dateline: str | None = None
    published_on: date | None = None
    published_at: datetime | None = None
    date_basis: DateBasis | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A named entity in a Parse: tokens[token_start:token_end], OntoNotes label."""

    token_start: int
    token_end: int
    label: str


@dataclass(frozen=True, slots=True)
class Parse:
    """The linguistic analysis of one paragraph, free of any library's types.

    All tuples have one item a token, white space tokens left out. `starts` are offsets into
    `text`; a token ends at starts[i] + len(words[i]). `heads` are token numbers, a root heads
    itself. `sentence_starts` are the numbers of the first token of each sentence.
    """

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    """Penn Treebank tags."""
    pos: tuple[str, ...]
    """Universal part-of-speech tags."""
    deps: tuple[str, ...]
    """ClearNLP dependency labels, as spaCy's English models give them."""
    heads: tuple[int, ...]
    sentence_starts: tuple[int, ...]
    entities: tuple[NamedSpan, ...]

    def end(self, token: int) -> int:
        """The offset after the token."""
        return self.starts[token] + len(self.words[token])


@dataclass(frozen=True, slots=True)
class ParsedParagraph:
    """A body paragraph at its place: article.text[char_start:char_start+len(parse.text)] == parse.text."""

    paragraph_no: int
    char_start: int
    parse: Parse


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """What the extractors get."""

    article_id: str
    text: str
    paragraphs: tuple[ParsedParagraph, ...]
    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    dateline: str | None = None
    published_on: date | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body; numbers count from 0 through the whole article."""

    sentence_no: int
    paragraph_no: int
    text: str
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of an entity. `entity_no` numbers the entities of this article from 0."""

    sentence_no: int
    entity_no: int
    label: str
    text: str
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True)
class ArticleEntity:
    """An entity as one article shows it: the fullest name, what else it is called, what it is said to be."""

    entity_no: int
    name: str
    label: str
    aliases: tuple[str, ...] = ()
    country_code: str | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A fragment of an attributed statement; fragments of one statement share `statement_no`.

    Cue and speaker may be missing. `speaker_entity_no` is the entity the speaker stands for,
    pronouns resolved.
    """

    statement_no: int
    sentence_no: int
    kind: QuoteKind
    text: str
    char_start: int
    char_end: int
    cue: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    speaker: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    speaker_entity_no: int | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression: TimeML type and value, and the first and last day it covers."""

    sentence_no: int
    text: str
    char_start: int
    char_end: int
    timex_type: TimexType
    timex_value: str | None
    begins_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a meaning. `item` is what is counted or measured ("tons of coal": coal)."""

    sentence_no: int
    text: str
    char_start: int
    char_end: int
    value: float
    kind: QuantityKind
    unit: str | None = None
    currency: str | None = None
    approximate: bool = False
    value_max: float | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom. Spans of actor and target let the stage find their entities."""

    sentence_no: int
    action: str
    char_start: int
    char_end: int
    event_type: str | None = None
    actor: str | None = None
    actor_start: int | None = None
    actor_end: int | None = None
    target: str | None = None
    target_start: int | None = None
    target_end: int | None = None
    place: str | None = None
    begins_on: date | None = None
    ends_on: date | None = None
    negated: bool = False
    modality: Modality = "asserted"
    speaker: str | None = None
    """Who says so, where the event stands inside a statement."""
