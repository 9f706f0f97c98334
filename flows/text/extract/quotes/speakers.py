"""Who a cue belongs to: the speaker's span, found over the dependency parse.

Only within the sentence; statements without a cue of their own get theirs in `statements`.
"""

from __future__ import annotations

from flows.text.extract.quotes.tokens import Range, Tokens

_NOMINAL = frozenset(["NOUN", "PROPN", "PRON"])
_SPEAKER_PREPOSITIONS = frozenset(["by", "of", "from", "among"])
MAX_CLIMB = 6
"""Heads looked at above a cue without a subject; deeper chains are parse errors."""


def find_speaker(tokens: Tokens, cue: int) -> int | None:
    """The head token of the speaker, or None where the sentence names none."""
    word = tokens.words[cue]
    if word == ":":
        return _before_colon(tokens, cue)
    if not word[0].isalnum():
        return _after_dash(tokens, cue)
    if tokens.lemmas[cue] == "accord" or word.lower() == "according":
        return _after_according(tokens, cue)
    if tokens.pos[cue] in ("VERB", "AUX"):
        return _of_verb(tokens, cue)
    if tokens.pos[cue] == "ADJ":
        head = tokens.heads[cue]
        return _of_verb(tokens, head) if tokens.pos[head] in ("VERB", "AUX") else None
    return _of_noun(tokens, cue)


def _after_according(tokens: Tokens, cue: int) -> int | None:
    for child in tokens.children[cue]:
        if tokens.words[child].lower() == "to":
            return tokens.child(child, "pobj")
        if tokens.deps[child] == "pobj":
            return child
    return None


def _before_colon(tokens: Tokens, colon: int) -> int | None:
    """The head of the phrase that ends at the colon: “… - by Jane Roe and John Doe :”."""
    return _phrase_head(tokens, colon - 1, (tokens.sentence(colon)[0], colon))


def _after_dash(tokens: Tokens, dash: int) -> int | None:
    """The head of the phrase that a signature begins with: “- Jane Roe , teacher”."""
    return _phrase_head(tokens, dash + 1, (dash + 1, tokens.paragraph(dash)[1]))


def _phrase_head(tokens: Tokens, token: int, within: Range) -> int | None:
    """Up from `token` as long as the words above are nominal and lie `within`."""
    if not within[0] <= token < within[1] or tokens.pos[token] not in _NOMINAL:
        return None
    for _ in range(MAX_CLIMB):
        head = tokens.heads[token]
        if not within[0] <= head < within[1] or tokens.pos[head] not in _NOMINAL:
            break
        token = head
    return token


def _of_verb(tokens: Tokens, verb: int) -> int | None:
    subject = tokens.subject(verb)
    if subject is not None:
        return subject
    if tokens.child(verb, "nsubjpass") is not None:
        return _agent(tokens, verb)
    return _above(tokens, verb)


def _above(tokens: Tokens, verb: int) -> int | None:
    """The subject of the clause that a verb without one hangs on: “criticised it, saying …”."""
    for _ in range(MAX_CLIMB):
        dep, head = tokens.deps[verb], tokens.heads[verb]
        if head == verb:
            return None
        if dep in ("acl", "relcl") and tokens.pos[head] in ("NOUN", "PROPN", "PRON"):
            return head
        subject = tokens.subject(head)
        if subject is None:
            subject = tokens.child(head, "nsubjpass")
        if subject is not None and subject != verb:
            return subject
        verb = head
    return None


def _agent(tokens: Tokens, verb: int) -> int | None:
    agent = tokens.child(verb, "agent")
    return None if agent is None else tokens.child(agent, "pobj")


def _of_noun(tokens: Tokens, noun: int) -> int | None:
    owner = tokens.child(noun, "poss")
    if owner is not None:
        return owner
    for child in tokens.children[noun]:
        if (
            child > noun
            and tokens.deps[child] == "prep"
            and tokens.words[child].lower() in _SPEAKER_PREPOSITIONS
        ):
            return tokens.child(child, "pobj")
    head = tokens.heads[noun]
    if tokens.deps[noun] == "dobj" and tokens.pos[head] == "VERB":
        return _of_verb(tokens, head)
    return None


def _without_stray_marks(tokens: Tokens, start: int, head: int) -> int:
    """The start behind punctuation that belongs to what stands before: “…,| ” the mayor's aide said."""
    while (
        start < head
        and tokens.pos[start] == "PUNCT"
        and tokens.words[start] not in tokens.words[start + 1 : head]
    ):
        start += 1
    return start


def speaker_range(tokens: Tokens, head: int) -> Range:
    """The speaker's phrase: its title and name, without the clauses that hang on it."""
    start, end = _without_stray_marks(tokens, tokens.left(head), head), head + 1
    for child in tokens.children[head]:
        if child > head and tokens.deps[child] in (
            "prep",
            "compound",
            "flat",
            "cc",
            "conj",
            "nummod",
            "case",
        ):
            if child > end and tokens.words[end] in ",(":
                break
            end = tokens.right(child)
        elif child > head:
            break
    return start, end
