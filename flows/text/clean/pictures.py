"""Tells captions and picture credits by their words."""

from __future__ import annotations

import re
from functools import cache

from flows.text.clean.wording import count_words, is_finished, is_title_case
from flows.text.lexicons import read_lines

MAX_CAPTION_WORDS = 90
MAX_CREDIT_WORDS = 14
MAX_BRACKETED_WORDS = 12
"""A longer bracket that begins "Pictures:" is a link or a remark."""
MIN_CAPTION_WORDS = 3
"""Words before the credit from which a line is a caption rather than a credit."""
LEADING_PART = 0.2
"""Up to this place in the text "... a satellite. (Reuters)" is a caption; at the end it signs the article."""
MIN_OPENED_WORDS = 8
"""Words of "EPA Preparations for the eve ...": shorter lines are headings about the agency."""

LABEL = (
    r"(?:Photographs?|Photos?|Pictures?|Images?|Illustration|Graphic|Screenshot|Screengrab|Credit|Courtesy)"
)
CAPTION_OPENING = re.compile(
    r"(?:image (?:copyright|source|caption)|enlarge (?:this )?image|media caption|toggle caption"
    r"|(?:in this )?file (?:photo|image|picture)\b|file\s*[-–—:]|play video \d"
    r"|(?:photo|picture|photos|pictured|image|caption|screenshot|gallery)\s*:)",
    re.IGNORECASE,
)
CAPTION_ANYWHERE = re.compile(
    r"\bhide caption\b|\btoggle caption\b|\bimage caption\b|\bmedia caption\b|\benlarge this image\b"
    r"|\bfile photo\b\)?$|\(pictured[^()]{0,40}\)[^.]*$",
    re.IGNORECASE,
)
TAIL_CHARS = 140
"""How far before the end a credit may begin."""
# The label has its capital and a name follows: "... for months Image: KCNA/REUTERS", not "photographs by".
CREDIT_WORD = r"(?:[A-Z@\d][\w.'’@]*|via|and|of|for|the|by|de|van|von)"
LABELLED_TAIL = re.compile(
    rf"(?:^|[\s.(|–—-])(?:{LABEL}(?:\s+by\b|\s+credit)?\s*[:/]|{LABEL}\s+(?:by|courtesy of)\b|©)"
    rf"\s*[A-Z@\d][\w.'’@]*(?:[\s,/|–-]+{CREDIT_WORD}){{0,14}}\.?$"
)
BRACKETED_TAIL = re.compile(r"[(\[]([^()\[\]]{2,100})[)\]](\.?)$")
BRACKETED_LABEL = re.compile(
    rf"^{LABEL}\s*(?:by|:|/|courtesy|credit|provided|supplied|from|via)|\b{LABEL}\s*(?:by|:|/)|\bhandout\b|^(?:file|photo)$",
    re.IGNORECASE,
)


GALLERY = re.compile(r"\b(?:hide|show) caption\s+\d+ of \d+\b", re.IGNORECASE)
MIN_GALLERY_CAPTIONS = 2
SLIDESHOW = re.compile(r"\bplay slideshow\b.{0,60}?\b\d+ of \d+\b", re.IGNORECASE)


@cache
def _source() -> str:
    """The sources, as they write themselves and in capitals: "GETTY The laboratory will fall in March"."""
    lines = read_lines("picture_sources.txt")
    names = sorted({*lines, *map(str.upper, lines)}, key=lambda name: (-len(name), name))
    return "(?:" + "|".join(re.escape(name) for name in names) + ")"


@cache
def _slashed_tail() -> re.Pattern[str]:
    """ "Jane Doe/Getty Images", "REUTERS/John Roe", "FOX via Getty Images, FILE" at the end of a block."""
    source = _source()
    return re.compile(
        rf"(?:\S/\s?{source}|\b{source}/\s?[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,3}}|\bvia {source})"
        rf"(?:,? (?:[Ff]ile|FILE|[Pp]ool|POOL|[Hh]andout))?$"
    )


@cache
def _source_opening() -> re.Pattern[str]:
    """ "EPA Preparations for the eve are underway": the source stands before the caption without a mark."""
    return re.compile(rf"(?:{_source()}(?:[:\s/–-]+(?:{_source()}|contributor))?)(?:\s[-–:])?\s+(?=[A-Z\d])")


@cache
def _sources_only() -> re.Pattern[str]:
    item = (
        rf"(?:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,3}}\s*/\s*)?{_source()}(?:\s*/\s*[A-Z][\w.'’ -]{{2,40}})?"
    )
    return re.compile(rf"[(\[–—\s]*{item}(?:(?:,|;|/|\s|and|via|with|\|)+{item})*[)\]\s.]*$")


def is_gallery(text: str) -> bool:
    """The captions of a gallery in one block: "Hide Caption 1 of 25 Photos: ... Hide Caption 2 of 25 ..."."""
    return len(GALLERY.findall(text)) >= MIN_GALLERY_CAPTIONS or SLIDESHOW.search(text) is not None


def is_caption(text: str, *, position: float | None = None) -> bool:
    """Words that go with a picture. `position` is the place in the document, 0 first to 1 last."""
    n_words = count_words(text)
    if n_words > MAX_CAPTION_WORDS:
        return False
    n_credit_words = _count_credit_words(text, position=position)
    if n_credit_words:
        return n_words - n_credit_words >= MIN_CAPTION_WORDS
    if CAPTION_OPENING.match(text) or CAPTION_ANYWHERE.search(text):
        return True
    return n_words >= MIN_OPENED_WORDS and not is_finished(text) and _opens_with_source(text)


def is_picture_credit(text: str) -> bool:
    """Names only who made or supplied a picture: "Jane Doe/Associated Press", "Photo: John Roe"."""
    n_words = count_words(text)
    if not n_words or n_words > MAX_CREDIT_WORDS:
        return False
    n_credit_words = _count_credit_words(text, position=None)
    return is_sources_only(text) or n_words - MIN_CAPTION_WORDS < n_credit_words > 0


def is_sources_only(text: str) -> bool:
    """Nothing but names of agencies: "(AFP, Reuters)", "EPA"."""
    return _sources_only().match(text) is not None


def _opens_with_source(text: str) -> bool:
    return _source_opening().match(text) is not None and not is_title_case(text)


def _count_credit_words(text: str, *, position: float | None) -> int:
    """Words of the credit at the end of the block; 0 where there is none."""
    end = text[-TAIL_CHARS:]
    bracketed = BRACKETED_TAIL.search(end)
    if bracketed:
        return count_words(bracketed[1]) if _is_bracketed_credit(end, bracketed, position) else 0
    # "a poll by Reuters/Ipsos." is a sentence; a credit has no full stop.
    tail = LABELLED_TAIL.search(end) or (None if is_finished(end) else _slashed_tail().search(end))
    return count_words(tail[0]) if tail else 0


def _is_bracketed_credit(text: str, bracketed: re.Match[str], position: float | None) -> bool:
    """What stands in brackets at the end: "Jane Doe/AP" always, "Reuters" only where captions have it."""
    inside, before = bracketed[1], text[: bracketed.start()].rstrip()
    if BRACKETED_LABEL.search(inside) and count_words(inside) <= MAX_BRACKETED_WORDS:
        return True
    if bracketed[2]:
        return False  # the full stop after it makes it part of the sentence
    if _slashed_tail().search(inside):
        return True
    in_lead = position is not None and position < LEADING_PART
    # An article's last sentence may be signed "(ANI)"; "The cup is lifted (Getty)" is no sentence.
    return text.endswith(")") and (in_lead or not is_finished(before)) and is_sources_only(inside)
