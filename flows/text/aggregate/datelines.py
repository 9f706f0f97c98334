"""Text without the dateline before it: place, day and agency belong to the report, not to what it says.

What a dateline is, is decided where articles are cleaned; here also labels in capitals, "BREAKING - ".
"""

from __future__ import annotations

import re

from flows.text.clean.metadata import find_dateline

_MARK = re.compile(r"[\s.]*[—–:-]{1,3}\s*")
_OPENING = re.compile(r"[A-ZÀ-Þ(].{1,98}?(?:[—–]|-[\s-]|:\s)")
"""What any dateline begins with: told much faster than the dateline itself."""
_LABEL = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ.'’]+(?: [A-ZÀ-Þ.'’]{2,}){0,3} [—–-]{1,2} (?=[\"“‘'A-ZÀ-Þ0-9])")
"""A place that no gazetteer has, or a label: "LOWER ORLIN - Six boats came"."""


def dateline_length(text: str) -> int:
    """Characters of the dateline that opens the text, with its dash and blanks; 0 where there is none."""
    if not _OPENING.match(text):
        return 0
    dateline = find_dateline(text)
    mark = _MARK.match(text, len(dateline)) if dateline else _LABEL.match(text)
    return mark.end() if mark else 0


def strip_dateline(text: str) -> str:
    """The text without its dateline: "VELMARA, March 13 (NWA) - A dam broke." is "A dam broke."."""
    return text[dateline_length(text) :]
