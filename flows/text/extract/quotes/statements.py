"""Candidates to statements: keeps the likely ones, finds their speakers, joins what belongs together."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import chain

from flows.text.extract.quotes.candidates import Candidate, find_candidates
from flows.text.extract.quotes.contents import QuotedRanges, begins_speech, ends_speech, fit_contents, is_speech, is_title
from flows.text.extract.quotes.features import describe
from flows.text.extract.quotes.neighbours import Neighbourhood
from flows.text.extract.quotes.quotations import find_quotation_candidates, find_turns
from flows.text.extract.quotes.scorer import log_odds, prior_log_odds
from flows.text.extract.quotes.speaker_choice import REACH, choose_speaker
from flows.text.extract.quotes.speakers import find_speaker
from flows.text.extract.quotes.tokens import Range, Tokens

LEAST_PRIOR = -2.5
"""Log-odds by cue and relation alone: below, 0.6% of the attributions are lost, and two candidates of three saved."""
LEAST_LOG_ODDS = 0.1
LEAST_LOG_ODDS_QUOTED = -2.5
"""For a whole sentence in quotation marks: somebody says it, so the likeliest cue beside it is taken."""
MAX_SHARED = 0.2
"""Share of a content's tokens that another statement may have taken already."""
MAX_SENTENCES_BETWEEN = 2
"""Sentence ends between a statement and a bare quotation that goes on with it."""


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
    by_parse = (c for c in find_candidates(tokens) if _set_prior(tokens, c) > least_prior)
    by_marks = chain(find_quotation_candidates(tokens, quoted.ranges), find_turns(tokens))
    candidates = []
    for candidate in chain(by_parse, (c for c in by_marks if _set_prior(tokens, c) is not None)):
        candidate.contents = fit_contents(tokens, candidate, quoted)
        if candidate.contents:
            candidates.append(candidate)
    neighbourhood = Neighbourhood(candidates)
    return [_describe(tokens, quoted, neighbourhood, candidate) for candidate in candidates]


def _describe(tokens: Tokens, quoted: QuotedRanges, neighbourhood: Neighbourhood, candidate: Candidate) -> Described:
    subject = find_speaker(tokens, candidate.cue)
    features = describe(tokens, candidate, subject, quoted, neighbourhood.describe(candidate))
    return Described(candidate, subject, features)


def _set_prior(tokens: Tokens, candidate: Candidate) -> float:
    cue, preposition = candidate.cue, candidate.preposition
    candidate.prior = prior_log_odds(
        tokens.lemmas[cue].lower(),
        candidate.relation,
        "" if preposition is None else tokens.words[preposition].lower(),
        tokens.tags[cue],
        tokens.deps[cue],
    )
    return candidate.prior


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
    if odds > LEAST_LOG_ODDS or odds <= LEAST_LOG_ODDS_QUOTED:
        return odds > LEAST_LOG_ODDS
    contents = item.candidate.contents
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
    speaker = choose_speaker(tokens, candidate.cue, candidate.relation, item.subject, candidate.contents, closed)
    return Statement(candidate.contents, candidate.cue, candidate.preposition, speaker)


def _continue(tokens: Tokens, quoted: QuotedRanges, statements: list[Statement]) -> None:
    """Gives quotations without a cue to the statement they go on with: “…,” she said. “…”."""
    covered = {token for statement in statements for span in statement.contents for token in range(*span)}
    by_end = sorted(statements, key=lambda statement: statement.last)
    ends = [statement.last for statement in by_end]
    for span in quoted.ranges:
        if span[0] in covered or span[1] - 1 in covered:
            continue
        before = [by_end[k] for k in range(max(0, bisect_left(ends, span[0]) - 3), bisect_left(ends, span[0]))]
        statement = _continued(tokens, quoted, before, span)
        if statement is not None:
            statement.contents.append(span)
            covered.update(range(*span))
            by_end.sort(key=lambda s: s.last)
            ends = [s.last for s in by_end]


def _continued(tokens: Tokens, quoted: QuotedRanges, before: list[Statement], span: Range) -> Statement | None:
    """Of the statements before a quotation the one it goes on with: the last that is quoted, else the last."""
    near = [s for s in before if _goes_on(tokens, quoted, s, span)]
    spoken = [s for s in near if quoted.overlapping(s.contents[-1])]
    return (spoken or near or [None])[-1]


def _goes_on(tokens: Tokens, quoted: QuotedRanges, statement: Statement, span: Range) -> bool:
    if not ends_speech(tokens, span) and tokens.paragraph(span[0])[1] != span[1]:
        return False
    last = statement.last
    if tokens.words[span[0] - 1] == "," and statement.cue > statement.contents[0][0]:
        # “…,” he said of both men, “because …”
        return tokens.sentence(span[0])[0] <= last
    if not begins_speech(tokens, span) or is_title(tokens, span):
        return False
    paragraph = tokens.paragraph(span[0])[0]
    if last < paragraph and (paragraph != span[0] or tokens.paragraph(span[0] - 1)[0] > last):
        return False
    return sum(tokens.words[token] in ".?!" for token in range(last + 1, span[0])) <= MAX_SENTENCES_BETWEEN
