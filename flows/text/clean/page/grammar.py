"""What the HTML standard says of tags, as far as reading text depends on it.

What belongs here: sets of tag names. What does not: what a tag means for an article (`furniture`).
Source: the parsing section of the HTML Living Standard, simplified.
"""

from __future__ import annotations


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


VOID = _tags("area base br col embed hr img input link meta param source track wbr")
RAW_TEXT = _tags("script style svg textarea title xmp iframe noembed noframes")
"""Their content is no text of the page. An SVG is a picture, words in it included."""
INLINE = _tags(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr picture q "
    "s samp small source span strong sub sup svg time tt u var wbr"
)
"""Tags that do not part paragraphs; all others do."""
STRONG = _tags("b strong em i")
CLOSES_PARAGRAPH = _tags(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section summary table ul"
)
TEXT_BLOCKS = CLOSES_PARAGRAPH | _tags("li td th dd dt body")
PARAGRAPH = _tags("p")
SIBLINGS = {
    "li": _tags("li"),
    "dt": _tags("dt dd"),
    "dd": _tags("dt dd"),
    "option": _tags("option"),
    "tr": _tags("tr"),
    "td": _tags("td th"),
    "th": _tags("td th"),
}
"""The start of the key ends an open element of the values, up to the nearest scope."""
SCOPES = _tags("ul ol dl table tbody thead select article section main div body button")
HEADINGS = _tags("h1 h2 h3 h4 h5 h6")
