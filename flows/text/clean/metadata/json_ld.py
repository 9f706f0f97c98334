"""The JSON-LD of a page: schema.org objects that describe the article.

What belongs here: finding and reading the objects. What does not: choosing among what they and
other parts of the page say; that is `page`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

MAX_OBJECTS = 20_000
"""Objects of one page that are looked at."""
MAX_NAMES = 50
"""Authors of one article that are looked at."""

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|NewsArticle|LiveBlogPosting)$")
_COMMENTED = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|/\*\]\]>\*/)\s*$")

Thing = dict[str, Any]


def read_things(scripts: Iterable[str]) -> list[Thing]:
    """Every object in the scripts, outermost first; a script that is no JSON is left out."""
    things: list[Thing] = []
    for script in scripts:
        try:
            data = json.loads(_COMMENTED.sub("", script), strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _walk(data):
            things.append(thing)
            if len(things) >= MAX_OBJECTS:
                return things
    return things


def _walk(data: Any) -> Iterator[Thing]:
    waiting = [data]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            waiting.extend(reversed(list(item.values())))
        elif isinstance(item, list):
            waiting.extend(reversed(item))


def find_article(things: Iterable[Thing]) -> Thing | None:
    """The object of the article itself: the first of an article type with a headline or a date."""
    for thing in things:
        types = thing.get("@type")
        names = types if isinstance(types, list) else [types]
        if any(isinstance(name, str) and _ARTICLE.search(name) for name in names) and (
            "headline" in thing or "datePublished" in thing
        ):
            return thing
    return None


def names_of(value: Any, things: Iterable[Thing]) -> list[str]:
    """The names in a property: text, objects with a name, lists, and references by @id to another object."""
    names: list[str] = []
    for item in value[:MAX_NAMES] if isinstance(value, list) else [value]:
        if isinstance(item, str):
            names.append(item)
        elif isinstance(item, dict):
            name = item.get("name") or item.get("byline") or _referred(item.get("@id"), things)
            names += [part for part in (name if isinstance(name, list) else [name]) if isinstance(part, str)]
    return [name for name in names if name.strip()]


def _referred(identifier: Any, things: Iterable[Thing]) -> Any:
    if not isinstance(identifier, str):
        return None
    return next((t["name"] for t in things if t.get("@id") == identifier and t.get("name")), None)


def text_of(thing: Thing | None, name: str) -> str | None:
    """A property that is a text, None for anything else."""
    value = thing.get(name) if thing else None
    if isinstance(value, list) and value:
        value = value[0]
    return value.strip() or None if isinstance(value, str) else None
