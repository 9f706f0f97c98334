"""What candidates say of one another: rivals for a cue, and one inside the content of another.

Whoever reports that somebody said something is the speaker; what is said inside a statement is
part of it. So a candidate is less likely where its cue stands in a likely content.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from flows.text.extract.quotes.candidates import Candidate
from flows.text.extract.quotes.tokens import Range


class Neighbourhood:
    """The candidates of an article, by cue and by content; all of them with a prior."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        ascending = sorted(candidates, key=lambda candidate: candidate.prior)
        self._relations: dict[int, list[str]] = defaultdict(list)
        for candidate in ascending:
            self._relations[candidate.cue].append(candidate.relation)
        self._priors = {candidate.cue: candidate.prior for candidate in ascending}
        self._cues = sorted(self._priors)
        self._covers = {cue: c.prior for c in ascending for cue in self._cues_in(c.contents)}

    def _cues_in(self, contents: Sequence[Range]) -> list[int]:
        """The cues that stand in any of the contents."""
        return [
            cue
            for start, end in contents
            for cue in self._cues[bisect_left(self._cues, start) : bisect_left(self._cues, end)]
        ]

    def describe(self, candidate: Candidate) -> list[str]:
        """The features of a candidate among its neighbours."""
        relation = candidate.relation
        inner = [self._priors[cue] for cue in self._cues_in(candidate.contents) if cue != candidate.cue]
        rivals = list(self._relations[candidate.cue])
        rivals.remove(relation)
        return [
            f"en={_level(self._covers.get(candidate.cue))}",
            f"in={_level(max(inner, default=None))}|{relation}",
            *[f"rv={relation}|{rival}" for rival in rivals],
        ]


def _level(log_odds: float | None) -> str:
    return "none" if log_odds is None else str(round(log_odds))
