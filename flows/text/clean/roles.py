"""The role of a block, from its own words and its place.

What needs the whole document (the headline among several lines, lists, doubled captions) is
in `plain_text`; what needs the whole corpus is in `repetition`. Where words and place leave a
doubt the block is body: a line of furniture in the text costs less than a lost paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from flows.text.clean.furniture import find_icon_labels, is_furniture
from flows.text.clean.pictures import is_caption, is_gallery, is_picture_credit, is_sources_only
from flows.text.clean.wording import count_words, is_finished, is_heading_like, is_names_only, normalise
from flows.text.lexicons import read_lines
from flows.text.types import Role

MAX_BYLINE_WORDS = 20
MAX_CREDIT_WORDS = 45
MAX_METADATA_WORDS = 16
MAX_DATE_LINE_WORDS = 6
"""Words beside the date in a date line: a weekday, a time, a zone, the outlet's name."""
MAX_CONTACT_WORDS = 30
HEAD_PART = 0.15
"""The first part of a document, where headline, byline and date stand."""
MIN_HEADLINE_WORDS = 4
MAX_HEADLINE_WORDS = 28

MAX_MARKED_CHARS = 800
"""A longer block is prose: bylines, credits, captions and prompts are shorter."""

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
DATED = re.compile(
    rf"\d{{4}}-\d\d-\d\d|\d?\d[./]\d?\d[./]\d{{2,4}}|{MONTH}\s+\d?\d(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d?\d(?:st|nd|rd|th)?\s+{MONTH},?\s+\d{{4}}",
    re.IGNORECASE,
)
STAMP_LABEL = re.compile(
    r"(?:^|[|•·–—-]\s*)(?:first |last |originally )?"
    r"(?:published|updated|posted|modified|created|last update)\b",
    re.IGNORECASE,
)
CLOCK = re.compile(r"\d?\d[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?|\d?\d\s?[ap]\.?m\b\.?", re.IGNORECASE)
DAY_NAME = re.compile(
    rf"\b(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?|{MONTH}\s+\d?\d)\b", re.IGNORECASE
)
AGE_OR_LENGTH = re.compile(
    r"^this article is more than \d+ (?:months?|years?) old|\b\d+[ -]min(?:ute)?s?[ -]read$"
    r"|^(?:reading|read) time\b|^\d+ (?:minutes?|mins?|hours?|hrs?|days?) ago$|^word count:? \d+$",
    re.IGNORECASE,
)
BYLINE_WORD = r"(?:[A-Z&][\w.'’-]*|de|da|di|del|van|von|der|den|bin|al|el|la|le|and|of|for|in|the)"
BYLINE = re.compile(
    rf"(?:By|BY|by|Von|Par|Por)\s+(?:the\s+)?[A-Z][\w.'’-]*(?:\s+{BYLINE_WORD})*\s*(?:$|[,|•·–—(/@])"
)
THIS_TEXT = r"(?:this|the) (?:report|story|article|post|piece|coverage|dispatch)"
CONTRIBUTED = re.compile(
    rf"\bcontributed (?:to {THIS_TEXT}|(?:to )?(?:the |this )?reporting)\b.{{0,60}}$"
    r"|^\W*contribut(?:ing|ed by)\b"
    r"|^\W*(?:additional )?(?:reporting|writing|editing|compiled|edited|written|reported) by\b"
    r"|^\W*additional reporting from\b|^\W*h/t\s"
    r"|^\W*with [\w' -]{1,30}\b(?:wires|wire (?:services?|reports?))\W*$"
    r"|^\W*with (?:assistance|files|reporting|contributions?|additional reporting|inputs?) (?:by|from)\b"
    r"|\bbased (?:in part )?on wire service reports\b"
    r"|^this (?:story|article|report) (?:was|has been) (?:first )?(?:published|produced|compiled)\b.{0,80}$",
    re.IGNORECASE,
)
# "ss/fb (AFP, Reuters)": the initials of the desk and whom it had the text from.
DESK_CREDIT = re.compile(r"([a-z]{2,4}(?:\s?[/,]\s?[a-z]{2,4}){0,3})\s*\(([^()]{2,80})\)$")
# "(NWA)", "jd (NWA, own reporting)": whoever that is.
END_CREDIT = re.compile(r"(?:[a-z]{2,4}\s*)?\([A-Z]{2,7}(?:\s?[,/;]\s?[\w' -]{2,40}){0,4}\)\.?$")
CONTACT = re.compile(
    r"(?:write to|contact the (?:writer|reporter|author)s?|email|e-mail|reach|follow)\b"
    r".{0,120}?(?:\S@\S|\bat\b|@\w)",
    re.IGNORECASE,
)


def classify_block(
    text: str,
    *,
    position: float | None = None,
    previous: str | None = None,
    following: str | None = None,
) -> Role:
    """The role of one block.

    `text` has its white space squashed; `position` is its place among the document's blocks (0
    the first, 1 the last), `previous` and `following` are the texts of its neighbours; None
    where not known. Short unfinished lines are headings only where neighbours say so.
    """
    role = classify_words(text, position=position)
    if role is not None:
        return role
    if previous is None and position is not None and following is not None and is_headline_like(text):
        return "headline"
    if previous is not None and following is not None and is_heading_like(text) and is_finished(following):
        return "subheading"
    return "body"


def classify_words(text: str, *, position: float | None = None) -> Role | None:
    """The role that the block's own words give it; None where they leave it open."""
    if is_gallery(text):
        return "caption"
    if len(text) > MAX_MARKED_CHARS:
        return "boilerplate" if find_icon_labels(text) == len(text) else None
    in_head = position is not None and position <= HEAD_PART
    attempts: tuple[tuple[Role, Callable[[], bool]], ...] = (
        ("metadata", lambda: is_metadata(text, in_head=in_head)),
        ("byline", lambda: is_byline(text)),
        ("credit", lambda: is_article_credit(text)),
        ("boilerplate", lambda: is_furniture(text) or _is_contact(text)),
        ("caption", lambda: is_caption(text, position=position)),
        ("credit", lambda: is_picture_credit(text)),
    )
    return next((role for role, is_role in attempts if is_role()), None)


def is_metadata(text: str, *, in_head: bool) -> bool:
    """When the article was published or changed, how long it is: "Updated: 2021-09-15 17:52"."""
    if count_words(text) > MAX_METADATA_WORDS:
        return False
    if _is_stamp(text) or AGE_OR_LENGTH.search(text):
        return True
    return _is_field(text, in_head=in_head) or (in_head and _is_date_line(text))


def _is_stamp(text: str) -> bool:
    """ "Lanner Wire | Updated at 9:50 p.m. ET Thursday": a label, then a time and little else."""
    label = STAMP_LABEL.search(text)
    if not label:
        return False
    rest = text[label.end() :]
    for pattern in (DATED, CLOCK, DAY_NAME):
        rest = pattern.sub("", rest)
    return rest != text[label.end() :] and count_words(rest) <= MAX_DATE_LINE_WORDS


def _is_field(text: str, *, in_head: bool) -> bool:
    """A line of a database export: "Load-Date: March 3, 2021"; in capitals anywhere, else in the head."""
    label, colon, value = text.partition(":")
    if not colon or normalise(label) not in _field_labels():
        return False
    return bool(value) and (in_head or label.isupper() or "-" in label)


def _is_date_line(text: str) -> bool:
    """A date alone dates the article in its head; later it may be an entry of a chronicle."""
    if is_finished(text) or "@" in text or not DATED.search(text):
        return False
    return count_words(DATED.sub("", text)) <= MAX_DATE_LINE_WORDS


@cache
def _field_labels() -> frozenset[str]:
    return frozenset(read_lines("field_labels.txt"))


def is_byline(text: str) -> bool:
    """Who wrote it: "By Jane Doe, Staff Writer"."""
    return BYLINE.match(text) is not None and count_words(text) <= MAX_BYLINE_WORDS and not is_finished(text)


def is_article_credit(text: str) -> bool:
    """Whom the text is owed to: "ss/fb (AFP, Reuters)", "Jane Doe contributed to this report."."""
    if count_words(text) > MAX_CREDIT_WORDS:
        return False
    desk = DESK_CREDIT.match(text)
    if desk:
        return "/" in desk[1] or is_sources_only(desk[2])
    return CONTRIBUTED.search(text.strip("()[] ")) is not None or is_sources_only(text)


def is_end_credit(text: str) -> bool:
    """A last line that names an agency which no list has to know: "(NWA)", "jd (NWA)"."""
    return END_CREDIT.match(text) is not None


def _is_contact(text: str) -> bool:
    """How to reach the writer: "Write to Jane Doe at jane.doe@example.com"."""
    return count_words(text) <= MAX_CONTACT_WORDS and CONTACT.match(text) is not None


def is_headline_like(text: str) -> bool:
    """An unfinished line that could be a headline."""
    return (
        MIN_HEADLINE_WORDS <= count_words(text) <= MAX_HEADLINE_WORDS
        and not is_finished(text)
        and not text.endswith((":", ";", ","))
        and not text[:1].islower()
    )


def is_signature(text: str) -> bool:
    """Names and nothing else, as a byline without "By" has them; only the head of a document tells."""
    return is_names_only(text) and count_words(text) > 1
