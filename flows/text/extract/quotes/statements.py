"""Candidates to statements: keeps the likely ones, finds their speakers, joins what belongs together."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flows.text.extract.quotes.candidates import Candidate, find_candidates
from flows.text.extract.quotes.contents import (
    QuotedRanges,
    begins_speech,
    ends_speech,
    fit_contents,
    is_speech,
    is_title,
)
from flows.text.extract.quotes.features import describe
from flows.text.extract.quotes.neighbours import Neighbourhood
from flows.text.extract.quotes.quotations import MAX_GAP, find_quotation_candidates, find_turns
from flows.text.extract.quotes.scorer import load_speech_verbs, log_odds, prior_log_odds
from flows.text.extract.quotes.speaker_choice import REACH, choose_speaker
from flows.text.extract.quotes.speakers import find_speaker
from flows.text.extract.quotes.tokens import Range, Tokens

LEAST_PRIOR = -2.5
"""Log-odds by cue and relation alone: two candidates of three lie below, and 7% of the true ones."""
LEAST_LOG_ODDS = -0.3
"""From a grid of -0.8 to 0.3, cross-validated: below, precision falls faster than recall grows."""
LEAST_LOG_ODDS_UNSPOKEN = 0.7
"""For a belief, a wish or a finding, which nobody need have uttered; from a grid of 0.3 to 1.0."""
LEAST_LOG_ODDS_QUOTED = -1.5
"""For a whole sentence in quotation marks: somebody says it, so the likeliest cue beside it is taken."""
MAX_SHARED = 0.2
"""Share of a content's tokens that another statement may have taken already."""
MAX_SENTENCES_BETWEEN = 2
"""Sentence ends between a statement and a bare quotation that goes on with it."""
MAX_TOKENS_BETWEEN = 100
"""Tokens between the two: a cue clause and a sentence about the speaker."""
MAX_STATEMENTS_BETWEEN = 3
"""Statements looked back over for the one that goes on."""
_SENTENCE_ENDS = frozenset(".?!")


@dataclass(slots=True)
class Statement:
    """What one speaker is said to have said: contents in text order, cue and speaker where there are any."""

    contents: list[Range]
    cue: int
    preposition: int | None
    speaker: int | None

    @property
    def last(self) -> int:
        """The last token of the contents and the cue."""
        return max(self.cue, self.contents[-1][1] - 1)


@dataclass(slots=True)
class Described:
    """A candidate with what is needed to judge it; `subject` is its speaker by the parse alone."""

    candidate: Candidate
    subject: int | None
    features: list[str]


def describe_candidates(
    tokens: Tokens, quoted: QuotedRanges, *, least_prior: float = LEAST_PRIOR
) -> list[Described]:
    """Every candidate worth a closer look, fitted to the quotation marks and described."""
    candidates = [
        *_likely_by_cue(tokens, find_candidates(tokens), least_prior),
        *_likely_by_cue(tokens, find_turns(tokens), -math.inf),
        *_likely_by_cue(tokens, find_quotation_candidates(tokens, _untaken(tokens, quoted)), -math.inf),
    ]
    for candidate in candidates:
        contents = fit_contents(tokens, candidate, quoted)
        candidate.contents = [(max(start, tokens.body), end) for start, end in contents if end > tokens.body]
    candidates = [candidate for candidate in candidates if candidate.contents]
    neighbourhood = Neighbourhood(candidates)
    return [_describe(tokens, quoted, neighbourhood, candidate) for candidate in candidates]


def _untaken(tokens: Tokens, quoted: QuotedRanges) -> list[Range]:
    """The quoted spans that do not begin a transcript's turn, which names its speaker itself."""
    opened = {tokens.paragraph(turn.cue)[0] for turn in find_turns(tokens)}
    return [span for span in quoted.ranges if span[0] not in opened]


def _likely_by_cue(
    tokens: Tokens, candidates: Iterable[Candidate], least_prior: float
) -> Iterator[Candidate]:
    for candidate in candidates:
        cue, preposition = candidate.cue, candidate.preposition
        candidate.prior = prior_log_odds(
            tokens.lemmas[cue].lower(),
            candidate.relation,
            "" if preposition is None else tokens.words[preposition].lower(),
            tokens.tags[cue],
            tokens.deps[cue],
        )
        if candidate.prior > least_prior:
            yield candidate


def _describe(
    tokens: Tokens, quoted: QuotedRanges, neighbourhood: Neighbourhood, candidate: Candidate
) -> Described:
    subject = find_speaker(tokens, candidate.cue)
    features = describe(tokens, candidate, subject, quoted, neighbourhood.describe(candidate))
    return Described(candidate, subject, features)


def find_statements(tokens: Tokens, quoted: QuotedRanges) -> list[Statement]:
    """The statements of an article in text order."""
    judged = [(log_odds(item.features), item) for item in describe_candidates(tokens, quoted)]
    likely = sorted((pair for pair in judged if _is_likely(tokens, quoted, *pair)), key=lambda pair: -pair[0])
    chosen = _choose([item for _, item in likely])
    statements = [_with_speaker(tokens, quoted, item) for item in chosen]
    statements.sort(key=lambda statement: statement.contents[0])
    _continue(tokens, quoted, statements)
    return statements


def _is_likely(tokens: Tokens, quoted: QuotedRanges, odds: float, item: Described) -> bool:
    candidate = item.candidate
    if candidate.relation == "dialogue":
        return True
    spoken = tokens.lemmas[candidate.cue].lower() in load_speech_verbs()
    least = LEAST_LOG_ODDS if spoken else LEAST_LOG_ODDS_UNSPOKEN
    if odds > least or odds <= LEAST_LOG_ODDS_QUOTED:
        return odds > least
    contents = candidate.contents
    speech = quoted.around(contents[0][0])
    return len(contents) == 1 and speech == contents[0] and is_speech(tokens, speech)


def _choose(likely: list[Described]) -> list[Described]:
    """The likeliest first; no cue and no content twice."""
    taken: set[int] = set()
    cues: set[int] = set()
    chosen = []
    for item in likely:
        candidate = item.candidate
        words = {token for span in candidate.contents for token in range(*span)}
        if candidate.cue in cues or candidate.cue in taken or len(words & taken) > MAX_SHARED * len(words):
            continue
        taken |= words
        cues.add(candidate.cue)
        chosen.append(item)
    return chosen


def _with_speaker(tokens: Tokens, quoted: QuotedRanges, item: Described) -> Statement:
    candidate = item.candidate
    closed = quoted.overlapping((candidate.cue - REACH, candidate.cue + REACH))
    speaker = choose_speaker(
        tokens, candidate.cue, candidate.relation, item.subject, candidate.contents, closed
    )
    return Statement(candidate.contents, candidate.cue, candidate.preposition, speaker)


def _continue(tokens: Tokens, quoted: QuotedRanges, statements: list[Statement]) -> None:
    """Gives quotations without a cue to the statement they go on with: “…,” she said. “…”."""
    covered = {token for statement in statements for span in statement.contents for token in range(*span)}
    waiting = deque(sorted(statements, key=lambda statement: statement.last))
    before: deque[Statement] = deque(maxlen=MAX_STATEMENTS_BETWEEN)
    for span in _untaken(tokens, quoted):
        while waiting and waiting[0].last < span[0]:
            before.append(waiting.popleft())
        if span[0] in covered or span[1] - 1 in covered:
            continue
        if waiting and _is_first_part(tokens, waiting[0], span):
            waiting[0].contents.insert(0, span)
            continue
        statement = _continued(tokens, quoted, before, span)
        if statement is not None:
            statement.contents.append(span)
            before.append(statement)


def _is_first_part(tokens: Tokens, statement: Statement, span: Range) -> bool:
    """Whether a statement goes on after its cue what a quotation before it began: “…,” he said, “…”."""
    between = statement.cue - span[1]
    return (
        0 <= between <= MAX_GAP
        and statement.contents[0][0] > statement.cue
        and tokens.words[span[1] - 2] == ","
    )


def _continued(
    tokens: Tokens, quoted: QuotedRanges, before: Iterable[Statement], span: Range
) -> Statement | None:
    """Of the statements before a quotation the one it goes on with: the last quoted one, else the last."""
    near = [statement for statement in before if _goes_on(tokens, statement, span)]
    spoken = [statement for statement in near if quoted.overlapping(statement.contents[-1])]
    return next(reversed(spoken or near), None)


def _goes_on(tokens: Tokens, statement: Statement, span: Range) -> bool:
    """Whether a quotation without a cue can belong to a statement before it."""
    start, last = span[0], statement.last
    paragraph, end = tokens.paragraph(start)
    if start - last > MAX_TOKENS_BETWEEN or not (ends_speech(tokens, span) or span[1] == end):
        return False
    if tokens.words[start - 1] == "," and statement.cue > statement.contents[0][0]:
        # “…,” he said of both men, “because …”
        return tokens.sentence(start)[0] <= last
    if not begins_speech(tokens, span) or is_title(tokens, span):
        return False
    if last < paragraph and (paragraph != start or tokens.paragraph(start - 1)[0] > last):
        return False
    return sum(word in _SENTENCE_ENDS for word in tokens.words[last + 1 : start]) <= MAX_SENTENCES_BETWEEN
