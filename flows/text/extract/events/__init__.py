"""Events: who did what to whom, where and on which day, as the clauses of an article say it.

Here are the public function and what joins verb, roles, place, day and speaker to an `Event`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, product

from flows.text.extract.events.modality import judge
from flows.text.extract.events.predicates import Predicate, read_predicate
from flows.text.extract.events.roles import Roles
from flows.text.extract.events.tree import Span, Tree
from flows.text.types import Event, ParsedArticle, ParsedParagraph, Quote, Sentence, TimeExpression

__all__ = ["find_events"]

MOST_PAIRS = 12
"""Events of one verb at most: actors times targets."""
DEEPEST_STATEMENT = 4
"""Statements that begin before a word and can still hold it: a quotation in an indirect one and so on."""
_DAY_TYPES = frozenset(("DATE", "TIME"))


def find_events(
    article: ParsedArticle,
    sentences: Sequence[Sentence],
    times: Sequence[TimeExpression],
    quotes: Sequence[Quote],
) -> tuple[Event, ...]:
    """The events of an article in order: one a verb, actor and target; conjunctions are split.

    The span is the verb with its auxiliaries, particle and, of a light verb, its noun. Actor and target are
    noun phrases as written, without article, relative clause and apposition; the day is that of a time
    expression that hangs on the clause.
    """
    starts = [sentence.char_start for sentence in sentences]
    times = sorted(times, key=_begin)
    speakers = _Speakers(quotes)
    found: list[Event] = []
    for paragraph in article.paragraphs:
        tree = Tree(paragraph.parse)
        first = bisect_left(times, paragraph.char_start, key=_begin)
        last = bisect_left(times, paragraph.char_start + len(paragraph.parse.text), key=_begin)
        days = _days_by_verb(tree, times[first:last], paragraph.char_start)
        for verb, position in enumerate(paragraph.parse.pos):
            predicate = read_predicate(tree, verb) if position in ("VERB", "AUX") else None
            if predicate is None:
                continue
            offset = paragraph.char_start + paragraph.parse.starts[verb]
            number = bisect_right(starts, offset) - 1
            if number >= 0:
                speaker = speakers.at(offset)
                found += _events(tree, paragraph, predicate, sentences[number].sentence_no, days, speaker)
    return tuple(found)


def _begin(time: TimeExpression) -> int:
    return time.char_start


class _Speakers:
    """Who speaks at an offset of the text; of statements inside each other, the inner one counts."""

    def __init__(self, quotes: Sequence[Quote]) -> None:
        self.quotes = sorted(quotes, key=lambda quote: quote.char_start)
        self.starts = [quote.char_start for quote in self.quotes]
        self.by_statement = {
            quote.statement_no: quote.speaker for quote in quotes if quote.speaker is not None
        }

    def at(self, offset: int) -> str | None:
        after = bisect_right(self.starts, offset)
        for quote in reversed(self.quotes[max(0, after - DEEPEST_STATEMENT) : after]):
            if offset < quote.char_end:
                return self.by_statement.get(quote.statement_no)
        return None


def _events(
    tree: Tree,
    paragraph: ParsedParagraph,
    predicate: Predicate,
    sentence_no: int,
    days: dict[int, TimeExpression],
    speaker: str | None,
) -> Iterator[Event]:
    verb, roles = predicate.verb, predicate.roles
    modality, negated = judge(tree, verb, [*roles.actors, *roles.targets])
    start, end = _clause_span(tree, predicate)
    day = days.get(verb) or (days.get(predicate.noun) if predicate.noun is not None else None)
    place = tree.place(verb) or next((p for t in roles.targets if (p := tree.place(t)) is not None), None)
    for actor, target in islice(_pairs(roles), MOST_PAIRS):
        acting = _phrase(tree, paragraph, actor)
        acted_on = _phrase(tree, paragraph, target)
        yield Event(
            sentence_no=sentence_no,
            action=predicate.action,
            char_start=paragraph.char_start + start,
            char_end=paragraph.char_start + end,
            event_type=predicate.event_type,
            actor=acting[0],
            actor_start=acting[1],
            actor_end=acting[2],
            target=acted_on[0],
            target_start=acted_on[1],
            target_end=acted_on[2],
            place=None if place is None else tree.text(place),
            begins_on=None if day is None else day.begins_on,
            ends_on=None if day is None else day.ends_on,
            negated=negated,
            modality=modality,
            speaker=speaker,
        )


def _pairs(roles: Roles) -> Iterator[tuple[int | None, int | None]]:
    actors: Sequence[int | None] = roles.actors or (None,)
    targets: Sequence[int | None] = roles.targets or (None,)
    return ((actor, target) for actor, target in product(actors, targets) if actor != target or actor is None)


def _phrase(
    tree: Tree, paragraph: ParsedParagraph, head: int | None
) -> tuple[str | None, int | None, int | None]:
    if head is None:
        return None, None, None
    span: Span = tree.noun_phrase(head)
    parse = paragraph.parse
    shift = paragraph.char_start
    return tree.text(span), shift + parse.starts[span[0]], shift + parse.end(span[1] - 1)


def _clause_span(tree: Tree, predicate: Predicate) -> tuple[int, int]:
    """From the first auxiliary to the particle or the noun of a light verb."""
    parts = [predicate.verb, *tree.all_children(predicate.verb, "aux", "auxpass", "neg", "prt")]
    if predicate.noun is not None and predicate.noun > predicate.verb:
        parts.append(predicate.noun)
    return tree.parse.starts[min(parts)], tree.parse.end(max(parts))


def _days_by_verb(tree: Tree, times: Sequence[TimeExpression], shift: int) -> dict[int, TimeExpression]:
    """Verb to the time expression that hangs on its clause; the nearest verb above takes it.

    `times` are those of the paragraph, which begins at `shift`.
    """
    days: dict[int, TimeExpression] = {}
    for time in times:
        if time.timex_type in _DAY_TYPES and time.begins_on is not None:
            token = bisect_left(tree.parse.starts, time.char_start - shift)
            if token < len(tree.parse.heads):
                days.setdefault(_verb_above(tree, token), time)
    return days


def _verb_above(tree: Tree, token: int) -> int:
    for _ in range(len(tree.parse.heads)):
        head = tree.parse.heads[token]
        if head == token or tree.parse.tags[token][:2] == "VB":
            return token
        token = head
    return token
