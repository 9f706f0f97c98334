"""HTML source to text blocks with their offsets: a tolerant reader in one pass.

What belongs here: tags, entities, nesting, and which characters of the source a block comes
from. What does not: any judgement about what the text is for; that is `judge`.

The reader follows the HTML standard where pages depend on it (raw text elements, implied end
tags, unquoted attributes) and needs time and memory linear in the source. It resolves no
external entity and executes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html import unescape

from flows.text.clean.page.elements import Element, Page, TextBlock, squash
from flows.text.clean.page.grammar import (
    CLOSES_PARAGRAPH,
    INLINE,
    PARAGRAPH,
    RAW_TEXT,
    SCOPES,
    SIBLINGS,
    STRONG,
    TEXT_BLOCKS,
    VOID,
)

MAX_DEPTH = 200
"""Open elements; deeper ones are read as part of the last. Pages of news sites stay below 60."""
LINE = 80
"""Characters of source from which a line with a full stop before a <br> is a paragraph, not verse."""
MAX_BLOCKS = 20_000
"""Text blocks of a page; the longest live blogs have 5,000. Beyond, reading stops: see Page.complete."""
MAX_TITLE = 1000
"""Characters of the <title> that are read."""
MAX_TAG_LENGTH = 1_000_000
"""Characters of one tag; sites put whole JSON documents into an attribute."""
MAX_BROKEN_TAGS = 20
"""Tags with an unclosed quote that are looked at closely; from then on the next '>' ends a tag."""

_TOKEN = re.compile(r"<!--|<[!?]|<(/?)([a-zA-Z][^\s/>]{0,80})")
_ATTRIBUTES = re.compile(
    r"""(?:[\s/]++|[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?)?+|=|["'])*+>"""
)
_BREAK = "\n"
_SENTENCE_END = re.compile(r"""[.!?…]["'”’)]{0,3}\s*$""")


def read_page(source: str) -> Page:
    """The text blocks of an HTML document. Never raises; linear in len(source)."""
    return _Reader(source).read()


@dataclass(slots=True)
class _Run:
    """A piece of text between two tags; white space and line breaks are runs of no length."""

    text: str
    start: int
    end: int
    linked: bool = False
    strong: bool = False


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.n_broken = 0
        self.open = [Element("#document", "", None, 0, 0, False)]
        self.n_open: Counter[str] = Counter()
        self.n_too_deep = 0
        self.holder = self.open[0]
        self.runs: list[_Run] = []
        self.page = Page([], [], [], None)

    def read(self) -> Page:
        source, length = self.source, len(self.source)
        while self.position < length:
            if len(self.page.blocks) >= MAX_BLOCKS:
                self.page.complete = False
                break
            token = _TOKEN.search(source, self.position)
            begin = token.start() if token else length
            if begin > self.position:
                self._text(self.position, begin)
            if token is None:
                break
            self._token(token)
        self._flush()
        return self.page

    def _token(self, token: re.Match[str]) -> None:
        name = token[2]
        if name is None:
            self.position = self._after("-->" if token[0] == "<!--" else ">", token.end())
        elif token[1]:
            self.position = self._after(">", token.end())
            self._end_tag(name.lower())
        else:
            self._start_tag(name.lower(), token.start(), token.end())

    def _after(self, mark: str, position: int) -> int:
        found = self.source.find(mark, position)
        return len(self.source) if found < 0 else found + len(mark)

    def _tag_end(self, position: int) -> int:
        if self.n_broken < MAX_BROKEN_TAGS:
            match = _ATTRIBUTES.match(self.source, position, position + MAX_TAG_LENGTH)
            if match:
                return match.end()
            self.n_broken += 1
        return self._after(">", position)

    def _start_tag(self, tag: str, start: int, after_name: int) -> None:
        self.position = self._tag_end(after_name)
        inside = self.source[after_name : self.position - 1]
        if tag == "br":
            self._line_break()
        elif tag not in INLINE:
            self._flush()
            self._end_implied(tag)
        parent = self.open[-1]
        element = Element(tag, inside, parent, start, len(self.open), parent.in_link or tag == "a")
        if tag in VOID:
            if tag in ("meta", "link", "img"):
                self.page.elements.append(element)
        elif tag in RAW_TEXT:
            self._raw_text(element)
        elif len(self.open) >= MAX_DEPTH:
            self.n_too_deep += 1
        else:
            self.page.elements.append(element)
            self.open.append(element)
            self.n_open[tag] += 1

    def _raw_text(self, element: Element) -> None:
        if element.source.endswith("/") and element.tag == "svg":
            return
        end = re.compile(rf"</{element.tag}[\s/>]", re.IGNORECASE).search(self.source, self.position)
        stop = end.start() if end else len(self.source)
        if element.tag == "script":
            self.page.scripts.append((element, self.source[self.position : stop]))
        elif element.tag == "title" and self.page.title is None:
            self.page.title = squash(unescape(self.source[self.position : stop][:MAX_TITLE]))
        self.position = self._after(">", stop)

    def _end_implied(self, tag: str) -> None:
        if tag in CLOSES_PARAGRAPH:
            self._close(PARAGRAPH, SCOPES)
        elif tag in SIBLINGS:
            self._close(SIBLINGS[tag], SCOPES)

    def _end_tag(self, tag: str) -> None:
        if tag not in INLINE:
            self._flush()
        if self.n_too_deep and tag not in VOID:
            self.n_too_deep -= 1
            return
        # </b> does not end the <p> that was opened after it: "<b><p>..</b>..</p>"
        self._close(frozenset([tag]), TEXT_BLOCKS if tag in INLINE else frozenset())

    def _close(self, tags: frozenset[str], barriers: frozenset[str]) -> None:
        """Closes the innermost open element of `tags` and all in it, unless a barrier stands between."""
        if not any(self.n_open[tag] for tag in tags):
            return
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag in tags:
                for element in self.open[place:]:
                    self.n_open[element.tag] -= 1
                del self.open[place:]
                return
            if self.open[place].tag in barriers:
                return

    def _text(self, start: int, end: int) -> None:
        self.position = end
        text = self.source[start:end]
        stripped = text.lstrip()
        if not stripped:
            if self.runs and self.runs[-1].text != _BREAK:
                self.runs.append(_Run(" ", end, end))
            return
        element = self.open[-1]
        if element.tag in INLINE and element.is_hidden():
            # "<a>The report<span class=sr-only>, opens new tab</span></a>"
            return
        if not self.runs:
            self.holder = next(e for e in reversed(self.open) if e.tag not in INLINE)
        written = unescape(text) if "&" in text else text
        begin = start + len(text) - len(stripped)
        self.runs.append(_Run(written, begin, end, element.in_link, element.tag in STRONG))

    def _line_break(self) -> None:
        """One <br> is white space; two in a row part paragraphs, as one does after a whole sentence."""
        if not self.runs:
            return
        last = self.runs[-1]
        if last.text == _BREAK or (last.end - self.runs[0].start >= LINE and _SENTENCE_END.search(last.text)):
            self._flush()
        else:
            self.runs.append(_Run(_BREAK, self.position, self.position))

    def _flush(self) -> None:
        """Ends the block of the runs read so far."""
        if not self.runs:
            return
        runs, self.runs = self.runs, []
        text = squash("".join(run.text for run in runs))
        if not text:
            return
        start = runs[0].start
        end = max(run.end for run in runs if run.end > run.start)
        end = start + len(self.source[start:end].rstrip())
        linked = sum(len(run.text.strip()) for run in runs if run.linked)
        strong = sum(len(run.text.strip()) for run in runs if run.strong)
        self.page.blocks.append(TextBlock(text, self.holder, start, end, linked, strong))
