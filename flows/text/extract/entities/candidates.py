"""Mentions of names in an article: the parser's names, mended, and those it misses.

Which entity a mention means is decided in `joining.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flows.text.extract.entities.lexicons import honorifics, organisation_words, role_nouns
from flows.text.extract.entities.names import COMPANY_SUFFIXES, SUFFIXES, is_given, normalise
from flows.text.extract.entities.places import find_place
from flows.text.extract.entities.tokens import Tokens

KEPT_LABELS = frozenset(
    {"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"}
)
LONGEST_NAME = 12
"""Tokens of the longest name; a longer "name" is a misreading."""
NOUN_PLACES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj"})
LONGEST_ACRONYM = 6
"""Letters of the longest acronym; a short sentence of longer words in capitals ("FULL TEXT") is a heading."""
LEAST_CAPITALS_JUDGED = 5
MOST_CAPITALS = 0.6
"""Share of upper-case words from which on a sentence is a headline in capitals, where case tells no names."""

SEPARATORS = frozenset({",", ";", ":", "/", "|", "(", ")", "[", "]", "—", "–", "--", "―", "“", "”", '"', "…", "...", "•"})
TRIMMED_BEFORE = frozenset({"the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your", "former", "then", "and", "of", "in", "by", "to", "from", "pro", "anti", "non", "ex", "mid", "-", "'", "‘", "’", "’s", "'s", "@", "#", ".", "team"})
TRIMMED_AFTER = frozenset({"'s", "’s", "'", "’", "-", ".", "!", "?", "and", "the", "of", "*", "s"})
SPEECH_LEMMAS = frozenset(
    "say tell ask add note write tweet argue warn insist explain reply respond claim admit acknowledge announce "
    "declare deny predict promise quip recall suggest testify vow believe think want hope agree complain".split()
)
NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december mr mrs ms dr sen rep gov president email page advertisement "
    "newsletter photo image video read share god internet".split()
)
POSSESSIVE = re.compile(r"(?:['’‘`]s)?[\s'’‘`,;:!?)\]”\"*]*$")
LOOSE_BEFORE = frozenset("“‘\"'’([*#@")
GLUED = re.compile(r"^([a-z]{3,})([A-Z][a-z]+)$")
GLUE_WORDS = frozenset({"the", "and", "with", "from", "that", "for", "said", "says"})
QUARTER_OF_PLACE = frozenset({"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span taken for a name: tokens[start:end], with offsets because a name may begin inside a token."""

    start: int
    end: int
    label: str
    char_start: int
    char_end: int
    text: str
    head: int
    """The token of the name that the rest of the sentence hangs on."""
    raw_label: str = ""
    """What the parser called it."""


def find_candidates(tokens: Tokens) -> list[Candidate]:
    """All mentions in order, none overlapping."""
    shouted = _shouted_sentences(tokens)
    found = [name for raw in tokens.raw_names if raw.label in KEPT_LABELS for name in _mend(tokens, raw.start, raw.end, raw.label)]
    taken = bytearray(len(tokens))
    kept = []
    for name in [*found, *_known_places(tokens), *_titled(tokens), *_glued(tokens), *_speaking(tokens), *_lone(tokens)]:
        if any(taken[name.start : name.end]) or tokens.sentence[name.start] in shouted:
            continue
        taken[name.start : name.end] = b"\x01" * (name.end - name.start)
        kept.append(name)
    return sorted(kept, key=lambda name: name.char_start)


def make_candidate(tokens: Tokens, start: int, end: int, label: str, *, skipped: int = 0) -> Candidate:
    """The candidate over tokens[start:end], without the first `skipped` characters."""
    char_start, char_end = tokens.starts[start] + skipped, tokens.ends[end - 1]
    while char_end - char_start > 1 and tokens.text[char_start] in LOOSE_BEFORE:
        char_start += 1
    possessive = POSSESSIVE.search(tokens.text, char_start, char_end)
    if possessive and possessive.start() > char_start:
        char_end = possessive.start()
    head = tokens.head_of(range(start, end))
    return Candidate(
        start, end, label, char_start, char_end, tokens.text[char_start:char_end], end - 1 if head is None else head
    )


def _shouted_sentences(tokens: Tokens) -> set[int]:
    """Sentences in capitals."""
    lengths: dict[int, list[int]] = {}
    for word, sentence in zip(tokens.words, tokens.sentence, strict=True):
        if len(word) > 1 and word.isalpha():
            lengths.setdefault(sentence, []).append(len(word) if word.isupper() else 0)
    return {
        sentence
        for sentence, upper in lengths.items()
        if sum(map(bool, upper)) >= MOST_CAPITALS * len(upper)
        and (len(upper) >= LEAST_CAPITALS_JUDGED or (min(upper) and max(upper) > LONGEST_ACRONYM))
    }


def _mend(tokens: Tokens, start: int, end: int, label: str) -> Iterator[Candidate]:
    """One name of the parser as none, one or several."""
    for first, after in _split(tokens, start, end, label):
        first, after, skipped = _trim(tokens, first, after, label)
        if not 0 < after - first <= LONGEST_NAME:
            continue
        name = make_candidate(tokens, first, after, label, skipped=skipped)
        if _is_name(name):
            yield _with_following(tokens, replace(name, label=_mended_label(name), raw_label=label))


def _with_following(tokens: Tokens, name: Candidate) -> Candidate:
    """"Islamic State", of which the parser saw "Islamic" only: an adjective and the capitalised noun it hangs on."""
    head = tokens.heads[name.end - 1]
    if name.label != "NORP" or not name.end <= head < name.end + 3 or tokens.deps[name.end - 1] not in {"compound", "amod", "nmod"}:
        return name
    following = range(name.end, head + 1)
    if any(tokens.tags[at] != "NNP" or _is_role(tokens.words[at]) for at in following):
        return name
    if tokens.words[head].lower() in honorifics() or is_given(tokens.words[name.end].lower()) or find_place(tokens.words[head]):
        return name
    return replace(make_candidate(tokens, name.start, head + 1, "ORG"), raw_label=name.raw_label)


def _is_role(word: str) -> bool:
    return word.rstrip(".").lower() in honorifics() or word.lower() in role_nouns()


def _split(tokens: Tokens, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
    """At punctuation ("the Group of Seven, European Union"), and between two people."""
    first = start
    for at in range(start, end):
        word = tokens.words[at]
        suffix_next = at + 1 < end and normalise(tokens.words[at + 1]) in SUFFIXES | COMPANY_SUFFIXES
        if word == "," and suffix_next:
            continue
        is_joint = word == "and" and label == "PERSON"
        if (word in SEPARATORS and label != "WORK_OF_ART") or is_joint:
            yield first, at
            first = at + 1
    yield first, end


def _trim(tokens: Tokens, first: int, after: int, label: str) -> tuple[int, int, int]:
    """Without articles, possessives, stray marks, titles; and the characters glued before the first word."""
    words = tokens.words
    while first < after and words[first].lower() in TRIMMED_BEFORE:
        first += 1
    while first < after and words[after - 1].lower() in TRIMMED_AFTER:
        after -= 1
    if label in {"PERSON", "ORG", "GPE"}:
        while after - first > 1 and _is_title(words[first], words[first + 1], person=label == "PERSON"):
            first += 1
            if words[first] == ".":
                first += 1
    if first >= after:
        return first, first, 0
    glued = GLUED.match(words[first])
    skipped = len(glued.group(1)) if glued and (glued.group(1) in role_nouns() or glued.group(1) in GLUE_WORDS) else 0
    return first, after, skipped


def _is_title(word: str, following: str, *, person: bool) -> bool:
    """"Sen.", "Assemblywoman" or "leader" before a name; "Dean", "King" or "Major" may be the name itself."""
    title = word.rstrip(".").lower()
    if not (following[0].isupper() or following == "."):
        return False
    if word.endswith(".") or following == ".":
        return title in honorifics()
    return person and (title in honorifics() or title in role_nouns()) and not (word.istitle() and is_given(title))


def _is_name(name: Candidate) -> bool:
    text = name.text
    if not any(letter.isupper() for letter in text) or "http" in text or "@" in text:
        return False
    key = normalise(text)
    return len(key) > 1 and key not in NOT_NAMES and (key not in honorifics() or is_given(key))


def _mended_label(name: Candidate) -> str:
    """The label that the words of the name themselves tell, else the parser's."""
    place = find_place(name.text)
    parts = normalise(name.text).split()
    if place is not None and name.label not in {"LANGUAGE"} and not (name.label == "PERSON" and is_given(parts[0])):
        return "NORP" if place.kind == "demonym" else "GPE"
    if name.label in {"PERSON", "GPE", "NORP", "FAC", "PRODUCT"} and len(parts) > 1 and (parts[-1] in organisation_words() or parts[-2:] == ["white", "house"]):
        return "ORG"
    return name.label


def _known_places(tokens: Tokens) -> Iterator[Candidate]:
    """Countries, demonyms and states that the parser overlooked; common words such as "turkey" need a name's tag."""
    size = len(tokens)
    for start in range(size):
        if tokens.tags[start] not in {"NNP", "NNPS", "JJ"} or not tokens.words[start][0].isupper():
            continue
        for length in (3, 2, 1):
            end = start + length
            if end > size or tokens.sentence[end - 1] != tokens.sentence[start]:
                continue
            place = find_place(tokens.text[tokens.starts[start] : tokens.ends[end - 1]])
            if place is not None and not _is_part_of_name(tokens, start, end):
                yield make_candidate(tokens, start, end, "NORP" if place.kind == "demonym" else "GPE")
                break


def _is_part_of_name(tokens: Tokens, start: int, end: int) -> bool:
    """"New Mexico City", "Michael Jordan": a capitalised neighbour that belongs to the name."""
    before = start > 0 and tokens.tags[start - 1] in {"NNP", "NNPS"} and tokens.heads[start - 1] == end - 1 and is_given(tokens.words[start - 1].lower())
    return before or tokens.words[start].islower()


def _titled(tokens: Tokens) -> Iterator[Candidate]:
    """"Mr. Oh", "Gov. Jane Doe": a title and the capitalised words after it."""
    for at, word in enumerate(tokens.words[:-1]):
        title = word.rstrip(".").lower()
        if not word[0].isupper() or title not in honorifics() or not (word.endswith(".") or honorifics()[title][1] != "-" and len(word) <= 4):
            continue
        end = start = at + 1
        while end < len(tokens) and end - start < 4 and tokens.tags[end] in {"NNP", "NNPS"} and tokens.words[end][0].isupper() and tokens.sentence[end] == tokens.sentence[at]:
            end += 1
        if end > start and tokens.words[start].rstrip(".").lower() not in honorifics():
            yield make_candidate(tokens, start, end, "PERSON")


def _glued(tokens: Tokens) -> Iterator[Candidate]:
    """"leaderKim Jong Un": the name begins inside the token."""
    for start, word in enumerate(tokens.words):
        glued = GLUED.match(word)
        if not glued or glued.group(1) not in role_nouns():
            continue
        end = start + 1
        while end < len(tokens) and end - start < 4 and tokens.tags[end] in {"NNP", "NNPS"}:
            end += 1
        yield make_candidate(tokens, start, end, "PERSON", skipped=len(glued.group(1)))


def _speaking(tokens: Tokens) -> Iterator[Candidate]:
    """"Doe said", where the parser saw no name."""
    for head, role in enumerate(tokens.deps):
        if role != "nsubj" or tokens.tags[head] != "NNP" or tokens.lemmas[tokens.heads[head]] not in SPEECH_LEMMAS:
            continue
        start = head
        while start > 0 and tokens.tags[start - 1] == "NNP" and tokens.heads[start - 1] == head and head - start < 3:
            start -= 1
        if start > 0 and tokens.words[start - 1].lower() in {"the", "a", "an"}:
            continue
        if tokens.words[head][:1].isupper() and tokens.words[head].lower() not in role_nouns():
            yield from _mend(tokens, start, head + 1, "ORG" if tokens.words[head].isupper() else "PERSON")


def _lone(tokens: Tokens) -> Iterator[Candidate]:
    """A capitalised proper noun between common words that the parser took for no name: "posted on Twitter"."""
    for at, word in enumerate(tokens.words):
        if tokens.tags[at] != "NNP" or tokens.deps[at] not in NOUN_PLACES or not word[0].isupper() or len(word) < 3:
            continue
        near = [near for near in (at - 1, at + 1) if 0 <= near < len(tokens)]
        beside = {tokens.tags[near] for near in near if tokens.words[near].lower() not in NOT_NAMES and tokens.words[near][0].isalnum()}
        if beside & {"NNP", "NNPS", "CD", "HYPH"} or _is_role(word) or (word.isupper() and len(word) > LONGEST_ACRONYM):
            continue
        yield from _mend(tokens, at, at + 1, "ORG")
