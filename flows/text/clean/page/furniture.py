"""What an element is for, by its tag, its ARIA role and the words in its class and id.

What belongs here: one element looked at by itself. What does not: the text in it and its place
on the page; that is `judge`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from flows.text.clean.page.elements import Element
from flows.text.lexicons import read_lines

Meaning = Literal["caption", "credit", "byline", "boilerplate", "always", "standfirst"]
"""A role, or `always`: boilerplate even where it holds most of the page's words; or the paragraph
between headline and text."""

MAX_NAME_LENGTH = 300
"""Characters of a class attribute that are read; utility-class soups go on for pages and say nothing."""

MAX_NAME_WORDS = 5
"""Words of a name; longer ones are headlines made into ids ("she-shared-the-newsletter-with-his-friends")."""

MIN_CAMEL_WORD = 5
"""Letters of a word that is believed inside camel case ("RelatedLinks")."""


def _each(names: str, meaning: Meaning) -> dict[str, Meaning]:
    return dict.fromkeys(names.split(), meaning)


_TAGS = {
    **_each("figcaption figure", "caption"),
    **_each("address aside button form label", "boilerplate"),
    **_each("audio canvas datalist desc dialog footer map menu nav noscript object", "always"),
    **_each("optgroup option select template video", "always"),
}
_ARIA = {
    **_each("alert alertdialog banner button complementary contentinfo dialog form", "boilerplate"),
    **_each("menu menubar navigation search tablist toolbar tooltip", "boilerplate"),
}
_WHOLE_PAGE = frozenset(["html", "body", "main"])
"""Their classes list what the page has somewhere ("page-story header-menu-nav--closed")."""
_ARTICLE_NAME = re.compile(
    r"(?:^|[\s_-])(?:article|story|post|entry)[_-]{0,2}(?:body|content|text)(?:$|[\s_-])", re.IGNORECASE
)
# The comments themselves, however many; not the article that "has-comments" or has "comments-open".
_COMMENTS = re.compile(
    r"(?:^|\s)(?!(?:has|with|no|show|hide|allow)[_-])(?:[\w-]*[_-])?comments?"
    r"(?:[_-]*(?:list|area|body|section|content|wrapper|container|thread|text|item|box|feed|count|form|meta))?"
    r"(?:\s|$)",
    re.IGNORECASE,
)
_PART = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]*")


@lru_cache(maxsize=1)
def _meanings() -> dict[str, Meaning]:
    meanings: dict[str, Meaning] = {}
    for line in read_lines("page_furniture.txt"):
        meaning, _, words = line.partition(":")
        meanings.update(dict.fromkeys(words.split(), meaning))  # type: ignore[arg-type]
    return meanings


@lru_cache(maxsize=1 << 14)
def names_meanings(names: str) -> frozenset[Meaning]:
    """What a class or id attribute says ("article__related-links": boilerplate)."""
    meanings = _meanings()
    words = (word for name in names.split() for word in _words(name))
    return frozenset(meanings[word] for word in words if word in meanings)


def _words(name: str) -> list[str]:
    """The words of a name in lower case; of camel case the longer ones only, as "xAdQz" is a hash."""
    words = [word.lower() for word in _WORD.findall(name)]
    if len(words) > MAX_NAME_WORDS:
        return []
    parts = {part.lower() for part in _PART.findall(name)}
    return [word for word in words if len(word) >= MIN_CAMEL_WORD or word in parts]


def element_names(element: Element) -> str:
    """Class and id, as written."""
    if not element.source:
        return ""
    attributes = element.attributes
    return f"{attributes.get('class', '')} {attributes.get('id', '')}".strip()[:MAX_NAME_LENGTH]


def element_meaning(element: Element) -> Meaning | None:
    """What stands in the element, None where nothing speaks against body text."""
    meaning = _TAGS.get(element.tag)
    if meaning or not element.source or element.tag in _WHOLE_PAGE:
        return meaning
    if element.is_hidden():
        return "boilerplate"
    names = element_names(element)
    if _COMMENTS.search(names):
        return "always"
    named = names_meanings(names)
    for candidate in ("always", "standfirst", "caption", "credit", "byline", "boilerplate"):
        if candidate in named:
            return candidate
    return _ARIA.get(element.attributes.get("role", ""))


def holds_article(element: Element) -> bool:
    """Whether the element says that the article's text stands in it, or is a quotation set as a figure."""
    if element.tag == "blockquote" or element.attributes.get("itemprop") == "articleBody":
        return True
    return bool(_ARTICLE_NAME.search(element.attributes.get("class", "")[:MAX_NAME_LENGTH]))
