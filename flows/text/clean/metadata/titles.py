"""The title of an article without the name of the site.

What belongs here: choosing among the titles a page gives, and cutting off what is no title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

SIMILAR = 0.75
"""Token F1 from which two titles are the same headline, cut or worded for different places."""
SITE_WORDS = 6
"""Words of the longest site name or byline after the last bar of a title."""

_BAR = re.compile(r"\s+(?:[|\-–—*·•»:]|::)\s+|\s*\|\s*")
_WORD = re.compile(r"\w+")


def name_key(text: str) -> str:
    """The words of a name in lower case, without article: equal for names that mean the same."""
    words = _words(text)
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def title_parts(title: str) -> list[str]:
    """The parts of a title between bars ("Bridge to close | The Courier")."""
    return [part for part in _BAR.split(title) if part]


def choose_title(
    *,
    shared: str | None,
    headline: str | None,
    headings: Sequence[str],
    window: str | None,
    sites: Iterable[str],
) -> str | None:
    """The title of the article.

    `shared` is what the page tells social networks, `headline` what JSON-LD says, `headings` the
    <h1>s, `window` the <title>. Of two wordings of one headline the shorter is taken; where they
    are different headlines, the one that most places of the page agree on.
    """
    names = {name_key(site) for site in sites}
    shared, headline, window = (_without_site(title, names, headings) for title in (shared, headline, window))
    headings = [heading for heading in headings if name_key(heading) not in names]
    heading = max(
        headings, key=lambda text: _similarity(text, shared or headline or window or ""), default=None
    )
    if headline and headline.endswith(("...", "…")):
        headline = None
    votes = Counter(name_key(title) for title in (shared, headline, heading, window) if title)
    if shared and headline and heading and window and _are_two_pairs(shared, window, headline, heading):
        # The page agrees with itself; what search engines and networks get is another wording.
        return headline
    own = headline or heading
    if shared and own and _similarity(own, shared) >= SIMILAR:
        # "an intense sprint to Election Day", "a sprint to Election Day"
        return min((shared, own), key=lambda title: (_length(title), -votes[name_key(title)]))
    # A single disagreeing place is an advertisement; of equals, what readers are sent to counts.
    said = [title for title in (shared, headline, heading, window) if title]
    return max(said, key=lambda title: votes[name_key(title)], default=None)


def _are_two_pairs(one: str, other: str, third: str, fourth: str) -> bool:
    """Whether the first two titles are the same, the last two as well, and the pairs are not."""
    return name_key(one) == name_key(other) != name_key(third) == name_key(fourth)


def _without_site(title: str | None, sites: set[str], headings: Sequence[str]) -> str | None:
    """The title up to the bar after which the site's name, a section or the author stands."""
    if not title:
        return None
    for heading in headings:
        if title.startswith(heading) and _BAR.match(title, len(heading)):
            return heading
    bars = list(_BAR.finditer(title))
    for bar in bars:
        rest = title[bar.end() :]
        parts = [name_key(part) for part in _BAR.split(rest)]
        if any(part in sites or part.replace(" ", "") in sites for part in parts if part):
            return title[: bar.start()].strip() or None
    return title.strip() or None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _length(title: str) -> int:
    """Words as readers count them: "11-year-old" is one, a dash none."""
    return sum(any(map(str.isalnum, word)) for word in title.split())


def _similarity(one: str, other: str) -> float:
    have, want = Counter(_words(one)), Counter(_words(other))
    shared = sum((have & want).values())
    return 2 * shared / (sum(have.values()) + sum(want.values())) if shared else 0.0
