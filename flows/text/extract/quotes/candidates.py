"""Possible attributions as the dependency parse shows them: a cue and the content it governs.

Every construction in which English hangs a statement, a belief or a finding on a word is
listed here; whether the word attributes anything is judged in `scorer`, who speaks in `speakers`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flows.text.extract.quotes.scorer import load_speech_verbs
from flows.text.extract.quotes.tokens import Range, Tokens

MAX_CONTENT = 300
"""Tokens: what is longer is no sentence."""
_HEARSAY_ADVERBS = frozenset(["reportedly", "allegedly", "apparently", "supposedly", "purportedly"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass", "expl", "csubj"])
_PERSONS = frozenset(["who", "whom"])
"""“economists whom the paper asked”: nobody's words."""
_RAISING = frozenset(["seem", "appear"])
_SMALL_CLAUSE = frozenset(["oprd", "xcomp", "acomp", "advcl"])


@dataclass(slots=True)
class Candidate:
    """A cue, the relation of the content to it, and the content as token ranges in text order."""

    cue: int
    relation: str
    contents: list[Range]
    anchor: int
    """The token at the head of the content."""
    preposition: int | None = None
    prior: float = 0.0
    """Log-odds by cue and relation alone."""


def find_candidates(tokens: Tokens) -> Iterator[Candidate]:
    """Every candidate of an article, in text order of the cues."""
    for candidate in _find_all(tokens):
        length = candidate.contents[-1][1] - candidate.contents[0][0]
        if length <= MAX_CONTENT and not _is_bare_person(tokens, candidate.contents):
            yield candidate


def _is_bare_person(tokens: Tokens, contents: list[Range]) -> bool:
    """“officials, | whom | the paper asked”; “what she said” is left: it stands for her words."""
    return all(tokens.words[token].lower() in _PERSONS for span in contents for token in range(*span))


def _find_all(tokens: Tokens) -> Iterator[Candidate]:
    for cue, pos in enumerate(tokens.pos):
        if pos == "VERB" and tokens.words[cue][0].isalpha():
            yield from _of_verb(tokens, cue)
        elif pos in ("NOUN", "ADJ", "PROPN"):
            yield from _of_noun(tokens, cue)
        elif tokens.lemmas[cue] == "accord":
            yield from _according(tokens, cue)
        elif pos == "ADV" and tokens.words[cue].lower() in _HEARSAY_ADVERBS:
            yield from _hearsay(tokens, cue)


def _hearsay(tokens: Tokens, cue: int) -> Iterator[Candidate]:
    """“The hackers have reportedly entered”: the clause around the adverb, without a speaker."""
    head = tokens.heads[cue]
    contents = _around(tokens, tokens.subtree(head), (cue, cue + 1))
    if contents:
        yield Candidate(cue, "hearsay", contents, head)


def _of_verb(tokens: Tokens, cue: int) -> Iterator[Candidate]:
    if tokens.lemmas[cue] == "accord":
        yield from _according(tokens, cue)
        return
    yield from _downward(tokens, cue)
    yield from _upward(tokens, cue)
    yield from _passive(tokens, cue)


def _of_noun(tokens: Tokens, cue: int) -> Iterator[Candidate]:
    for child in tokens.children[cue]:
        if child < cue:
            continue
        dep = tokens.deps[child]
        if dep in ("acl", "ccomp", "xcomp"):
            yield Candidate(cue, dep, [tokens.subtree(child)], child)
        elif dep == "prep":
            yield from _through_preposition(tokens, cue, child)


def _downward(tokens: Tokens, cue: int) -> Iterator[Candidate]:
    for child in tokens.children[cue]:
        dep = tokens.deps[child]
        if dep == "ccomp":
            yield _clause(tokens, cue, child)
        elif dep == "xcomp":
            yield _infinitive(tokens, cue, child)
        elif dep == "dobj":
            yield _object(tokens, cue, child)
        elif dep in ("prep", "agent"):
            yield from _through_preposition(tokens, cue, child)
        elif dep in ("oprd", "attr", "acomp", "dative", "advcl", "npadvmod") and child > cue:
            yield Candidate(cue, dep, [tokens.subtree(child)], child)


def _passive(tokens: Tokens, cue: int) -> Iterator[Candidate]:
    """“The move was first reported by two papers”, “he is seen as a hawk”."""
    subject = tokens.child(cue, "nsubjpass")
    if subject is None:
        return
    whole = _whole_subject(tokens, cue, subject)
    yield Candidate(cue, "passive", [whole], subject)
    rest = next(
        (c for c in tokens.children[cue] if c > cue and tokens.deps[c] in ("prep", "oprd", "xcomp")), None
    )
    if rest is not None and tokens.words[rest].lower() != "by":
        yield Candidate(cue, "passive+" + tokens.deps[rest], [whole, tokens.subtree(rest)], subject)


def _whole_subject(tokens: Tokens, verb: int, subject: int) -> Range:
    """The subject with what the parse gives the verb as another: “The minister and | officials are …”."""
    last = tokens.subject(verb, tokens.deps[subject])
    return tokens.left(subject), tokens.right(subject if last is None or last > verb else max(last, subject))


def _clause(tokens: Tokens, cue: int, child: int) -> Candidate:
    start, end = tokens.subtree(child)
    if child > cue:
        return Candidate(cue, "ccomp", [(start, end)], child)
    first, last = _cue_clause(tokens, cue)
    fronted = [(start, first)]  # “Ten were hurt, | two of them badly |, she said.”
    rest = [(last, end)] if end > last else []
    return Candidate(cue, "fronted", fronted + rest, child)


def _cue_clause(tokens: Tokens, cue: int) -> Range:
    """From the subject to the cue or the other way round: “… , the minister said , …”."""
    subject = tokens.subject(cue, *_SUBJECTS)
    if subject is None:
        return cue, cue + 1
    start, end = tokens.subtree(subject)
    return min(start, cue), max(end, cue + 1)


def _infinitive(tokens: Tokens, cue: int, child: int) -> Candidate:
    span = tokens.subtree(child)
    subject = next((c for c in tokens.children[cue] if tokens.deps[c] in _SUBJECTS), None)
    passive = subject is not None and tokens.deps[subject] == "nsubjpass"
    if subject is not None and (passive or tokens.lemmas[cue] in _RAISING):
        return Candidate(cue, "raised", [_whole_subject(tokens, cue, subject), span], child)
    return Candidate(cue, "xcomp" if child > cue else "fronted_xcomp", [span], child)


def _object(tokens: Tokens, cue: int, child: int) -> Candidate:
    start, end = tokens.subtree(child)
    predicate = next((c for c in tokens.children[cue] if c > child and tokens.deps[c] in _SMALL_CLAUSE), None)
    if predicate is not None and start > cue and tokens.deps[predicate] != "advcl":
        return Candidate(cue, "dobj+" + tokens.deps[predicate], [(start, tokens.right(predicate))], child)
    return Candidate(cue, "dobj" if child > cue else "fronted_dobj", [(start, end)], child)


def _through_preposition(tokens: Tokens, cue: int, preposition: int) -> Iterator[Candidate]:
    if preposition < cue:
        return
    for child in tokens.children[preposition]:
        if tokens.deps[child] in ("pobj", "pcomp") and not _states_itself(tokens, child):
            yield Candidate(cue, "prep", [tokens.subtree(child)], child, preposition)


def _states_itself(tokens: Tokens, verb: int) -> bool:
    """“responded by | saying that …”: the statement is what the inner verb governs."""
    return tokens.lemmas[verb].lower() in load_speech_verbs() and tokens.child(verb, "ccomp") is not None


def _upward(tokens: Tokens, cue: int) -> Iterator[Candidate]:
    """The cue clause put into the statement: “Part of it , say experts , is …”, “as he put it”."""
    dep, head = tokens.deps[cue], tokens.heads[cue]
    if head != cue and dep in ("parataxis", "advcl", "ccomp"):
        contents = _around(tokens, tokens.subtree(head), tokens.subtree(cue))
        if contents:
            yield Candidate(cue, "up:" + dep, contents, head)
    elif head != cue and dep in ("relcl", "pcomp", "csubj"):
        yield from _relative(tokens, cue)


def _relative(tokens: Tokens, cue: int) -> Iterator[Candidate]:
    """“what officials called a crime”: the pronoun before the subject and what follows the cue."""
    pronoun = tokens.left(cue)
    if (
        tokens.tags[pronoun] not in ("WP", "WDT")
        or tokens.words[pronoun].lower() in _PERSONS
        or (tokens.deps[pronoun] == "nsubj" and tokens.heads[pronoun] == cue)
    ):
        return
    rest = _trim(tokens, (cue + 1, tokens.right(cue)))
    yield Candidate(cue, "relative", [(pronoun, pronoun + 1)] + ([rest] if rest else []), pronoun)


def _according(tokens: Tokens, cue: int) -> Iterator[Candidate]:
    head = tokens.heads[cue]
    if head == cue:
        return
    while tokens.pos[head] not in ("VERB", "AUX") and tokens.heads[head] != head:
        head = tokens.heads[head]
    while tokens.deps[head] == "conj" and tokens.subject(head, *_SUBJECTS) is None:
        head = tokens.heads[head]  # “The dam was inspected and | found to be safe, according to …”
    contents = _around(tokens, tokens.subtree(head), tokens.subtree(cue))
    if contents:
        yield Candidate(cue, "according", contents, head)


def _around(tokens: Tokens, whole: Range, hole: Range) -> list[Range]:
    pieces = [(whole[0], min(hole[0], whole[1])), (max(hole[1], whole[0]), whole[1])]
    return [piece for piece in (_trim(tokens, piece) for piece in pieces) if piece]


def _trim(tokens: Tokens, piece: Range) -> Range | None:
    start, end = piece
    while start < end and tokens.pos[start] in ("PUNCT", "CCONJ", "SPACE"):
        start += 1
    while start < end and tokens.pos[end - 1] == "PUNCT":
        end -= 1
    return (start, end) if start < end else None
