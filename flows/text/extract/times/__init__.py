"""Time expressions of an article: recognise them in each paragraph, then resolve them.

`recognise` needs no date and can be kept by paragraph; `find_times` and `resolve_times` give
the rows. When an article gets its date later, `resolve_times` alone is run again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date

from flows.text.extract.times.meaning import Candidate
from flows.text.extract.times.recognise import recognise
from flows.text.extract.times.resolve import Context
from flows.text.extract.times.values import days_covered
from flows.text.types import ParsedArticle, Sentence, TimeExpression

__all__ = ["Candidate", "find_times", "recognise", "resolve_times"]


def find_times(article: ParsedArticle, sentences: Sequence[Sentence]) -> tuple[TimeExpression, ...]:
    """The time expressions of an article in text order, resolved against `article.published_on`."""
    paragraphs = [(paragraph.char_start, recognise(paragraph.parse)) for paragraph in article.paragraphs]
    return resolve_times(article.text, paragraphs, sentences, article.published_on)


def resolve_times(
    text: str,
    paragraphs: Iterable[tuple[int, Sequence[Candidate]]],
    sentences: Sequence[Sentence],
    published_on: date | None,
) -> tuple[TimeExpression, ...]:
    """The candidates of each paragraph, with the paragraph's offset in `text`, to rows.

    `published_on` None leaves what depends on it open: the value has X for it, the days are None.
    """
    starts = [sentence.char_start for sentence in sentences]
    context = Context(published_on)
    found = []
    for offset, candidates in paragraphs:
        context.begin_paragraph()
        for candidate in candidates:
            start, end = candidate.start + offset, candidate.end + offset
            value = context.value_of(candidate)
            days = days_covered(value) if candidate.reading.timex_type in ("DATE", "TIME") else None
            found.append(
                TimeExpression(
                    sentence_no=_sentence_no(sentences, starts, start),
                    text=text[start:end],
                    char_start=start,
                    char_end=end,
                    timex_type=candidate.reading.timex_type,
                    timex_value=value,
                    begins_on=days[0] if days else None,
                    ends_on=days[1] if days else None,
                )
            )
    return tuple(found)


def _sentence_no(sentences: Sequence[Sentence], starts: Sequence[int], offset: int) -> int:
    return sentences[max(bisect_right(starts, offset) - 1, 0)].sentence_no if sentences else 0
