"""What is known about an article besides its text: the functions that sources of every kind share.

What belongs here: one written value to one clean value. Where on a page the values stand is
`page.metadata`'s.
"""

from flows.text.clean.metadata.agencies import agency_name, find_agencies, find_dateline
from flows.text.clean.metadata.authors import parse_authors
from flows.text.clean.metadata.dates import parse_published
from flows.text.clean.metadata.language import identify_language, language_code

__all__ = [
    "agency_name",
    "find_agencies",
    "find_dateline",
    "identify_language",
    "language_code",
    "parse_authors",
    "parse_published",
]
