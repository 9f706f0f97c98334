"""What is known of a candidate, as strings: the terms that the learned scorer sums over."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from flows.text.extract.quotes.candidates import Candidate
from flows.text.extract.quotes.contents import ALL_SHARE, QuotedRanges, begins_speech, ends_speech, is_title
from flows.text.extract.quotes.tokens import Tokens

STEM = 6
"""Letters that words of one family share: “criticise”, “critic”, “criticism”."""
_LENGTH_STEPS = (1, 2, 4, 8, 16, 32)


def describe(
    tokens: Tokens, candidate: Candidate, speaker: int | None, marks: QuotedRanges, neighbours: Sequence[str]
) -> list[str]:
    """The features of one candidate whose contents are fitted to the quotation marks.

    `speaker` is the subject by the parse, `neighbours` what `Neighbourhood` says of the candidate.
    """
    cue = candidate.cue
    quoted = _quoted_share(candidate, marks)
    lemma, relation, tag = tokens.lemmas[cue].lower(), candidate.relation, tokens.tags[cue]
    full = relation + ("" if candidate.preposition is None else tokens.words[candidate.preposition].lower())
    found = [
        "bias",
        "r=" + full,
        "l=" + lemma,
        "st=" + lemma[:STEM],
        f"st={lemma[:STEM]}|{relation}",
        f"lr={lemma}|{full}",
        f"t={tag}|{relation}",
        f"d={tokens.deps[cue]}|{relation}",
        f"q={quoted}|{relation}",
        f"ql={quoted}|{lemma}",
        *neighbours,
    ]
    if quoted in ("all", "some"):
        found += _of_quotation(tokens, candidate, marks)
    found += _of_speaker(tokens, speaker, full, lemma)
    found += _of_content(tokens, candidate)
    found += _of_cue(tokens, cue)
    return found


def _quoted_share(candidate: Candidate, marks: QuotedRanges) -> str:
    if marks.around(candidate.cue) is not None:
        return "in"
    share = marks.share(candidate.contents)
    return "all" if share >= ALL_SHARE else "some" if share else "no"


def _of_quotation(tokens: Tokens, candidate: Candidate, marks: QuotedRanges) -> list[str]:
    speech = next(span for content in candidate.contents for span in marks.overlapping(content))
    start, end = speech
    shape = f"{begins_speech(tokens, speech)}/{ends_speech(tokens, speech)}"
    if is_title(tokens, speech):
        shape = "title"
    cue, relation = candidate.cue, candidate.relation
    first, last = (end, cue) if cue >= end else (cue + 1, start)
    gap = bisect_left(_LENGTH_STEPS, last - first)
    inner = tokens.words[end - 2] if end - start > 2 else ""
    outer = tokens.words[start - 1].lower() if start else ""
    return [
        f"qs={shape}|{relation}",
        f"qg={gap}|{relation}",
        f"qi={inner}|{relation}",
        f"qo={outer}|{relation}",
        f"ql={shape}|{tokens.lemmas[cue].lower()}",
        f"qn={bisect_left(_LENGTH_STEPS, end - start)}|{shape}",
        f"qv={any(tokens.pos[token] == 'VERB' for token in range(first, last))}|{relation}",
        f"qt={shape}|{gap}|{relation}",
    ]


def _of_speaker(tokens: Tokens, speaker: int | None, relation: str, lemma: str) -> list[str]:
    if speaker is None:
        return ["s=none", "s=none|" + relation, "sl=none|" + lemma]
    word = tokens.words[speaker].lower() if tokens.pos[speaker] in ("PRON", "DET") else tokens.pos[speaker]
    kind = f"{tokens.labels.get(speaker, '')}/{word}"
    return ["s=" + kind, f"sr={kind}|{relation}"]


def _of_content(tokens: Tokens, candidate: Candidate) -> list[str]:
    relation = candidate.relation
    length = bisect_left(_LENGTH_STEPS, sum(end - start for start, end in candidate.contents))
    first = tokens.words[candidate.contents[0][0]].lower()
    return [
        f"n={length}|{relation}",
        f"f={first}|{relation}",
        f"a={tokens.tags[candidate.anchor]}|{relation}",
    ]


def _of_cue(tokens: Tokens, cue: int) -> list[str]:
    following = tokens.words[cue + 1].lower() if cue + 1 < len(tokens.words) else ""
    found = [f"h={tokens.deps[cue]}|{tokens.lemmas[tokens.heads[cue]].lower()}", "next=" + following]
    found += ["c=" + tokens.deps[child] for child in tokens.children[cue]]
    return found
