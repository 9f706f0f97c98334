"""Tells the furniture of a site by its words: menus, icon labels, teasers, prompts, forms, code.

What is said about the article itself (byline, credit, caption, date) does not belong here.
"""

from __future__ import annotations

import re
from functools import cache

from flows.text.clean.wording import (
    URL,
    WORD,
    count_words,
    is_finished,
    normalise,
)
from flows.text.lexicons import read_lines

MAX_PROMPT_WORDS = 40
WORDS_A_CUE = 12
"""A longer block is a form where it has one phrase of forms for so many words: newsletters have 5 to 8."""
MAX_MENU_CHARS = 200
MAX_RUN_WORDS = 8
MAX_LINK_REST_WORDS = 3
"""Words beside an address that still make a line a bare link ("Follow https://...")."""
MIN_BRACKETED_WORDS = 4
"""Shorter brackets are an editor's word in a transcript: "[laughs]"."""
MIN_SHOUTED_WORDS = 6
"""Words from which a line in capitals is a teaser; shorter ones are subheadings."""
MIN_ICON_LABELS = 3
"""One or two may be a sentence about an icon of the screen."""
MAX_UNLABELLED = 2
"""Sentences between two icon labels that explain ("It indicates a way to close a dialog.")."""
MAX_LABEL_CHARS = 200
"""The longest label seen has 150: two that no full stop parts."""

QUOTES = "\"'“‘«"
SEPARATORS = re.compile(r"\s*[|>›»•·/]\s*")
LEGAL = re.compile(
    r"\ball rights reserved\b|\bclick here for reprint permission\b"
    r"|\bmay not be (?:published|reproduced|republished)\b"
    r"|^(?:copyright|©)\s*(?:©|\(c\)|\d{4}|copyright)|^©"
    r"|\bnewsletters?\b.{0,80}\b(?:subscribe|sign up)\b|\b(?:subscribe|sign up)\b.{0,80}\bnewsletters?\b",
    re.IGNORECASE,
)
# Style sheets, markup and scripts that a converter left: ".bio-text {", "height:120px;", "<div class=...".
CODE = re.compile(
    r"[.#@]?[\w\s.,#:()@-]{0,200}\{\s*$|\}+;?$|[\w-]{2,40}\s*:\s*[^:;{}\s][^:;{}]{0,80};$"
    r"|</?\w{1,20}(?:\s[^<>]{0,300})?/?>?$|function\s*\w*\("
)
COUNTER = re.compile(
    r"(?:\d[\d.,]*\s?[kKmM]?\s+(?:shares?|comments?|likes?|views?|retweets?|votes?|replies)"
    r"|(?:shares?|comments?)\s*\(?\d[\d.,]*\)?"
    r"|(?:listen|play|watch)\s*[·:]?\s*\d?\d:\d\d.{0,12}|(?:\d?\d:)?\d?\d:\d\d)$",
    re.IGNORECASE,
)
PLAYER = re.compile(
    r"\breplay more videos\b|\bmust watch\b.{0,200}\d:\d\d$|\blisten\s*·\s*\d|\d:\d\d\s+\d?\d:\d\d$"
    r"|\bread more$|\bread the full story(?: here)?\.?$|^close\s+get the\b",
    re.IGNORECASE,
)
# "Follow the Courier on Google News and add us as a preferred source."
FEED = re.compile(
    r"(?:follow|add|find|make|set|choose)\b.{0,80}"
    r"\b(?:on google news|preferred on google|(?:as(?: an?)?|your) preferred (?:news )?source)\b",
    re.IGNORECASE,
)
# A prompt speaks to the reader ("your", "we"); a sentence with one of its words tells of somebody.
ADDRESSES = re.compile(r"\b(?:[Yy]ou|[Yy]our|[Oo]ur|us|[Ww]e|[Mm]y)\b|^[Pp]lease\b")
TELLS = re.compile(r"[“”\"]|\b(?:said|says|told|added|wrote|he|she|his|her|they|their)\b", re.IGNORECASE)
REPORTS = re.compile(r"\b(?:said|says|told|added|wrote)\b")
# A label that asks for a click, unlike one that names a kind of text ("Video: ...", "Opinion: ...").
COMMAND = re.compile(
    r"\W*(?:(?:also|must) )?(?:watch|read|see|listen|more|related|don['’]t miss)\b", re.IGNORECASE
)
BRACKETED = re.compile(r"\[[^\[\]]+\]$")
ANY_SENTENCE = re.compile(r"\.[\"'”’)]*$|[.!?][\"'”’)]*\s+[A-Z“\"]")
SENTENCE_END = re.compile(r"[.!?][\"'”’)]?(?=\s|$)")
# A name and then its description, with its capital: "Cancel An icon of a circle with a line across."
ICON_LABEL = re.compile(r"\s*\S.{0,60}?\s(?:An?|The)\s[a-z\d'(]")
ICON = re.compile(r"\bicon\b", re.IGNORECASE)


def is_furniture(text: str) -> bool:
    """Belongs to the site and not to any article."""
    if not any(character.isalnum() for character in text):
        return True
    return (
        is_menu(text)
        or _is_prompt(text)
        or is_teaser(text)
        or _is_bare_link(text)
        or _is_technical(text)
        or find_icon_labels(text) == len(text)
    )


def is_menu(text: str) -> bool:
    """Known words of navigation only: "Home > News > World", "News World", "Share | Tweet | Email"."""
    if len(text) > MAX_MENU_CHARS:
        return False
    items = [item for item in SEPARATORS.split(text) if item]
    return normalise(text) in _lines() or all(_is_menu_run(item) for item in items)


def is_teaser(text: str) -> bool:
    """A link to another story: "READ MORE: ...", "[Five questions about the vote]", a shouted headline."""
    if count_words(text) > MAX_PROMPT_WORDS:
        return False
    if _teaser_label().match(text):
        asks = COMMAND.match(text) and not REPORTS.search(text)
        if asks or not ANY_SENTENCE.search(text):
            return True
    if BRACKETED.match(text) and text[0] == "[":
        return count_words(text) >= MIN_BRACKETED_WORDS and not is_finished(text[:-1])
    return text.isupper() and count_words(text) >= MIN_SHOUTED_WORDS and not is_finished(text)


def find_trailing_teaser(text: str) -> int:
    """Where a teaser in brackets at the end of a paragraph begins; its length where there is none.

    "The council will vote in May. (RELATED: Five questions about the vote)"
    """
    teaser = _bracketed_teaser().search(text) if text.rstrip()[-1:] in (")", "]") else None
    return teaser.start() if teaser else len(text)


def find_icon_labels(text: str) -> int:
    """Length of the run of icon labels that `text` begins with; 0 where it begins with none.

    "Cancel An icon of a circle. Quote Mark A opening quote mark. The vote was ..." → up to "The".
    """
    if not ICON.search(text[: 2 * MAX_LABEL_CHARS]):
        return 0
    start, run_end, n_labels, n_unlabelled = 0, 0, 0, 0
    for match in SENTENCE_END.finditer(text):
        sentence, start = text[start : match.end()], match.end()
        if len(sentence) <= MAX_LABEL_CHARS and ICON_LABEL.match(sentence):
            run_end, n_labels, n_unlabelled = start, n_labels + 1, 0
        else:
            n_unlabelled += 1
        if n_unlabelled > MAX_UNLABELLED:
            break
    return run_end if n_labels >= MIN_ICON_LABELS else 0


def _is_prompt(text: str) -> bool:
    n_words = count_words(text)
    if n_words > MAX_PROMPT_WORDS:
        return _count_cues(text) * WORDS_A_CUE >= n_words and not REPORTS.search(text)
    if LEGAL.search(text) or FEED.match(text):
        return True
    if text[0] not in QUOTES and _openings().match(normalise(text)):
        return True
    n_cues = _count_cues(text)
    if n_cues > 1:
        return not REPORTS.search(text)
    return n_cues == 1 and ADDRESSES.search(text) is not None and not TELLS.search(text)


def _is_bare_link(text: str) -> bool:
    rest, n_links = URL.subn(" ", text)
    return n_links > 0 and count_words(rest) <= MAX_LINK_REST_WORDS and not is_finished(rest.strip())


def _is_technical(text: str) -> bool:
    if CODE.match(text) or COUNTER.match(text):
        return True
    return count_words(text) <= MAX_PROMPT_WORDS and not is_finished(text) and PLAYER.search(text) is not None


def _is_menu_run(text: str) -> bool:
    """ "News World", "Facebook Email Copy link": items in a row, without a separator."""
    words = normalise(text).split()
    if not words or len(words) > MAX_RUN_WORDS:
        return False
    reachable = {0}
    for start in range(len(words)):
        if start in reachable:
            ends = range(start + 1, len(words) + 1)
            reachable |= {end for end in ends if " ".join(words[start:end]) in _menu_items()}
    return len(words) in reachable


@cache
def _lines() -> frozenset[str]:
    return frozenset(normalise(line) for line in read_lines("furniture_lines.txt"))


@cache
def _menu_items() -> frozenset[str]:
    return _lines().union(normalise(name) for name in read_lines("section_names.txt"))


@cache
def _openings() -> re.Pattern[str]:
    """How furniture opens, up to the end of a word: "Read or share this story: https://..."."""
    openings = sorted(map(normalise, read_lines("furniture_openings.txt")), key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, openings)) + r")(?![\w'])")


def _count_cues(text: str) -> int:
    """Different phrases of prompts in the text, found by their first words."""
    words = tuple(WORD.findall(normalise(text)))
    starts = ((n, cue) for n, word in enumerate(words) for cue in _cues().get(word, ()))
    return len({cue for n, cue in starts if words[n : n + len(cue)] == cue})


@cache
def _cues() -> dict[str, list[tuple[str, ...]]]:
    """The phrases as words, by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in read_lines("prompt_cues.txt"):
        words = tuple(WORD.findall(normalise(phrase)))
        found.setdefault(words[0], []).append(words)
    return found


@cache
def _teaser_label() -> re.Pattern[str]:
    return re.compile(rf"[\s•*>▶►(\[-]*{_teaser_names()}\s*(?::|\||»|>|–|—|\s-\s)\s*\S", re.IGNORECASE)


@cache
def _bracketed_teaser() -> re.Pattern[str]:
    return re.compile(rf"(?<=\s)[(\[]{_teaser_names()}\s*[:|–—][^()]{{3,200}}[)\]]\s*$", re.IGNORECASE)


@cache
def _teaser_names() -> str:
    labels = sorted(read_lines("teaser_labels.txt"), key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, labels)) + ")"
