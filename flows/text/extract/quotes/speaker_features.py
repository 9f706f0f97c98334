"""What is known of a noun phrase as the speaker of a cue, and of a cue that may have none, as strings."""

from __future__ import annotations

from flows.text.extract.quotes.tokens import Tokens

_DISTANCES = (0, 1, 2, 4, 8, 16)
MAX_PATH = 5
"""Relations between cue and noun phrase that are told apart; longer paths are all alike."""


def describe_speaker(tokens: Tokens, head: int, cue: int, relation: str, by_rule: int | None) -> list[str]:
    """The features of a noun phrase as the speaker of a cue; `by_rule` is the speaker by the parse alone."""
    dep, pos = tokens.deps[head], tokens.pos[cue]
    side = "<" if head < cue else ">"
    left, right = tokens.left(head), tokens.right(head)
    gap = cue - right if head < cue else left - cue - 1
    near = cue - head - 1 if head < cue else left - cue - 1
    parent, link = tokens.heads[head], _link(tokens, head, cue)
    kind = _kind(tokens, head)
    rule = "none" if by_rule is None else str(by_rule == head)
    return [
        "s:bias",
        f"s:rule={rule}|{pos}",
        f"s:rule={rule}|{relation}",
        f"s:dep={dep}|{link}|{pos}",
        f"s:dep={dep}|{side}|{relation}",
        f"s:gap={_step(gap)}|{side}|{pos}",
        f"s:near={_step(near)}|{side}|{relation}",
        f"s:kind={kind}",
        f"s:kind={kind}|{rule}",
        f"s:kl={kind}|{dep}|{side}",
        f"s:lemma={tokens.lemmas[head].lower()}",
        f"s:pl={tokens.lemmas[parent].lower()}|{dep}",
        f"s:cue={tokens.lemmas[cue].lower()}|{dep}|{link}",
        f"s:pp={_preposition(tokens, head)}|{tokens.deps[cue]}",
        f"s:own={tokens.child(cue, 'nsubj') is not None}|{dep}|{tokens.deps[cue]}",
        *_of_path(tokens, head, cue, relation),
    ]


def describe_absence(tokens: Tokens, cue: int, relation: str, by_rule: int | None) -> list[str]:
    """The features of a cue that may have no speaker: “asked why”, “it is expected to”."""
    passive = f"{is_passive(tokens, cue)}|{tokens.child(cue, 'agent') is not None}"
    lemma = tokens.lemmas[cue].lower()
    subject = "none" if by_rule is None else f"{tokens.deps[by_rule]}|{_kind(tokens, by_rule)}"
    return [
        "s:0",
        f"s:0p={passive}",
        f"s:0p={passive}|{relation}",
        f"s:0r={relation}",
        f"s:0l={lemma}",
        f"s:0l={lemma}|{passive}",
        f"s:0w={tokens.words[cue].lower()}",
        f"s:0t={tokens.tags[cue]}|{tokens.deps[cue]}",
        f"s:0d={tokens.deps[cue]}|{relation}",
        f"s:0k={subject}",
    ]


def is_passive(tokens: Tokens, cue: int) -> bool:
    """Whether the cue is a participle that tells what is said, not who says it: “asked why”, “is seen as”."""
    if tokens.tags[cue] != "VBN":
        return False
    deps = {tokens.deps[child] for child in tokens.children[cue]}
    return bool(deps & {"auxpass", "nsubjpass"}) or "aux" not in deps


def _kind(tokens: Tokens, head: int) -> str:
    if head in tokens.labels:
        return tokens.labels[head]
    return tokens.words[head].lower() if tokens.pos[head] == "PRON" else tokens.pos[head]


def _link(tokens: Tokens, head: int, cue: int) -> str:
    parent = tokens.heads[head]
    if parent == cue:
        return "cue"
    if parent == tokens.heads[cue]:
        return "up"
    return "down" if tokens.heads[parent] == cue else ""


def _preposition(tokens: Tokens, head: int) -> str:
    return tokens.words[tokens.heads[head]].lower() if tokens.deps[head] == "pobj" else ""


def _of_path(tokens: Tokens, head: int, cue: int, relation: str) -> list[str]:
    path = path_between(tokens, cue, head)
    return [
        f"s:path={path}|{tokens.pos[cue]}",
        f"s:path={path}|{relation}",
        f"s:path={path}|{is_passive(tokens, cue)}",
    ]


def path_between(tokens: Tokens, start: int, end: int) -> str:
    """The relations up from `start` and down to `end`, “conj>nsubj”; "far" where there are too many."""
    up = _way_up(tokens, start)
    steps: list[str] = []
    token = end
    while token not in up and len(steps) < MAX_PATH:
        steps.append(tokens.deps[token])
        token = tokens.heads[token]
    if token not in up or up[token] + len(steps) > MAX_PATH:
        return "far"
    climbed = [tokens.deps[step] for step, height in up.items() if height < up[token]]
    return "^".join(climbed) + ">" + ".".join(reversed(steps))


def _way_up(tokens: Tokens, token: int) -> dict[int, int]:
    """The token and those above it, with the steps to each."""
    found: dict[int, int] = {}
    while token not in found and len(found) <= MAX_PATH:
        found[token] = len(found)
        token = tokens.heads[token]
    return found


def _step(distance: int) -> int:
    return -1 if distance < 0 else sum(distance > step for step in _DISTANCES)
