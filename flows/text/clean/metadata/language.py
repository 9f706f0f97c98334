"""The language of a text.

What belongs here: text to ISO 639-1 code. What does not: what a page or record declares of itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from flows.text.lexicons import read_lines

MIN_LETTERS = 60
"""Letters below which a text is too short to tell; "No comment" is English and half of Romance."""
MAX_CHARACTERS = 1000
"""Characters that are looked at: from 500 on no answer changes in 68 languages, and time grows with them."""
SURE = 0.9
"""Probability from which the classifier is believed."""
ENGLISH_SHARE = 0.15
"""Share of frequent English words from which a text is English without asking the classifier; of 1,705
texts of English news 1,649 reach it, and the classifier calls each of them English."""
FEWEST_WORDS = 30
"""Words below which a share says little."""
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _classifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def identify_language(text: str) -> str | None:
    """ISO 639-1 code of the language, None when unsure."""
    sample = text[:MAX_CHARACTERS]
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        return None
    if _is_plainly_english(sample):
        return "en"
    language, probability = _classifier().classify(sample)
    return str(language) if probability >= SURE else None


def _is_plainly_english(sample: str) -> bool:
    """Spares most runs the loading of the classifier, the slowest part of cleaning a few articles."""
    words = _WORD.findall(sample.lower())
    english = frozenset(read_lines("words_only_english.txt"))
    return len(words) >= FEWEST_WORDS and sum(word in english for word in words) >= ENGLISH_SHARE * len(words)


def language_code(declared: str | None) -> str | None:
    """The ISO 639-1 code in a declared language ("en-GB", "en_US", "EN"); None for names and junk."""
    match = re.fullmatch(r"([a-zA-Z]{2})(?:[-_][\w-]+)?", (declared or "").strip())
    return match[1].lower() if match else None
