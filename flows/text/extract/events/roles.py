"""Who acts and who is acted on: subjects and objects of a verb, through passives, relatives and control.

Grammar only: which verbs are events is decided in `predicates`.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.text.extract.events.tree import Tree
from flows.text.extract.events.vocabulary import TIME_NOUNS, is_abstract, is_advice, is_object_control

DEEPEST_CONTROL = 6
"""Verbs between a verb and the one that has its subject, at most: "plans to try to begin to attack"."""
_NOT_WHO = frozenset(("GPE", "LOC", "FAC", "ORG", "DATE", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"))
_OF_THE_OBJECT = frozenset(("of", "from", "for", "into"))
FARTHEST_TWIN = 2
"""Tokens from a verb to the one joined to it that can share its object: "shot and killed"."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Head tokens of the actors and targets of a verb."""

    actors: list[int]
    targets: list[int]


def find_roles(tree: Tree, verb: int) -> Roles:
    """Actors and targets of the verb, passive turned round."""
    if is_passive(tree, verb):
        agents = _agents(tree, verb)
        shared = _next_verb(tree, verb) if not agents else None
        return Roles(_agents(tree, shared) if shared is not None else agents, subjects(tree, verb))
    targets = objects(tree, verb)
    if not targets and (shared := _next_verb(tree, verb)) is not None:
        targets = objects(tree, shared)
    return Roles(subjects(tree, verb), targets)


def _agents(tree: Tree, verb: int) -> list[int]:
    nouns = (noun for by in tree.all_children(verb, "agent") for noun in tree.all_children(by, "pobj"))
    return [conjunct for noun in nouns for conjunct in tree.conjuncts(noun)]


def _next_verb(tree: Tree, verb: int) -> int | None:
    """The verb of "shot and killed the man" that has the object of both, when nothing else stands between."""
    for conjunct in tree.all_children(verb, "conj"):
        close = conjunct - verb <= FARTHEST_TWIN and tree.parse.tags[conjunct] == tree.parse.tags[verb]
        if close and tree.child(conjunct, "nsubj", "nsubjpass") is None:
            return conjunct
    return None


def is_passive(tree: Tree, verb: int) -> bool:
    """ "was arrested", "the man arrested on Monday", "was tried and convicted"."""
    parse = tree.parse
    if tree.child(verb, "auxpass", "nsubjpass", "csubjpass") is not None:
        return True
    if parse.tags[verb] != "VBN" or tree.child(verb, "aux", "nsubj", "dobj") is not None:
        return False
    if parse.deps[verb] in ("acl", "advcl") or tree.child(verb, "agent") is not None:
        return True
    return parse.deps[verb] == "conj" and is_passive(tree, parse.heads[verb])


def subjects(tree: Tree, verb: int, depth: int = DEEPEST_CONTROL) -> list[int]:
    """The heads of the verb's surface subject, borrowed from the clause above where it has none."""
    # "LONDON - Police arrested" has two subjects for the parser
    found = [child for child in tree.all_children(verb, "nsubj", "nsubjpass") if child >= tree.dateline_end]
    own = tree.whole_name(found)
    if own is not None and _only_numbers_the_clause(tree, own):
        return []
    if own is not None:
        return _antecedent(tree, verb) if _is_relative(tree, own, verb) else tree.conjuncts(own)
    if depth == 0 or tree.child(verb, "csubj", "csubjpass", "expl") is not None:
        return []
    return _borrowed(tree, verb, depth)


def _only_numbers_the_clause(tree: Tree, subject: int) -> bool:
    """Whether a subject is none: "Three, harden our defences"."""
    return tree.parse.tags[subject] == "CD" and tree.parse.words[subject + 1 : subject + 2] == (",",)


def _borrowed(tree: Tree, verb: int, depth: int) -> list[int]:
    """The subject of a verb without one: what it hangs on, or who acts in the clause above."""
    parse = tree.parse
    label, head = parse.deps[verb], parse.heads[verb]
    governor = parse.heads[head]
    if label == "acl":
        return _owner(tree, head, depth) if is_infinitive(tree, verb) else [head]
    if label in ("conj", "advcl", "xcomp") and parse.pos[head] in ("VERB", "AUX"):
        return _controller(tree, verb, head, depth)
    if label == "xcomp" and parse.pos[head] == "ADJ":
        return subjects(tree, governor, depth - 1) if governor != head else []
    if label == "pcomp":
        return _actors_by_preposition(tree, head, depth)
    return []


def _actors_by_preposition(tree: Tree, preposition: int, depth: int) -> list[int]:
    """ "accused her of lying", "banned them from entering": the object acts; "won by lying": the subject."""
    governor = tree.parse.heads[preposition]
    if tree.parse.pos[governor] in ("NOUN", "PROPN"):
        return _owner(tree, governor, depth)  # "served a sentence for lying", "his plan for winning"
    if tree.parse.pos[governor] not in ("VERB", "AUX"):
        return []
    if tree.lemma(preposition) in _OF_THE_OBJECT:
        if is_passive(tree, governor):
            return subjects(tree, governor, depth - 1)
        addressed = tree.child(governor, "dobj")
        if addressed is not None:
            return tree.conjuncts(addressed)
    return _actors_above(tree, governor, depth)


def _owner(tree: Tree, noun: int, depth: int) -> list[int]:
    """Who acts in "his plan to attack", "they used a truck to approach", "a term in Orlin for lying"."""
    parse = tree.parse
    for _ in range(DEEPEST_CONTROL):
        owner = tree.child(noun, "poss")
        if owner is not None:
            return [owner]
        head = parse.heads[noun]
        if parse.deps[noun] == "dobj" and parse.pos[head] == "VERB":
            return _actors_above(tree, head, depth)
        if parse.deps[noun] != "pobj" or parse.pos[parse.heads[head]] not in ("NOUN", "PROPN"):
            return []
        noun = parse.heads[head]
    return []


def _controller(tree: Tree, verb: int, head: int, depth: int) -> list[int]:
    label = tree.parse.deps[verb]
    if label == "xcomp":
        # "urged him to sign": the object of the verb above acts; "used a truck to approach": its subject
        addressed = tree.child(head, "dobj", "dative")
        if addressed is not None and is_object_control(tree.lemma(head)):
            return tree.conjuncts(addressed)
    if label == "xcomp" and tree.parse.tags[verb] == "VBG" and is_advice(tree.lemma(head)):
        return []  # "recommended indicting her": somebody else is to do it
    found = subjects(tree, head, depth - 1)
    if label == "xcomp" and tree.lemma(head) == "be":
        # "the trees are to be cut", but "the plan was to attack", "it is like to manage"
        return (
            [] if any(is_abstract(tree.lemma(noun)) or tree.lemma(noun) == "it" for noun in found) else found
        )
    return found


def _actors_above(tree: Tree, head: int, depth: int) -> list[int]:
    return [] if is_passive(tree, head) else subjects(tree, head, depth - 1)


def is_infinitive(tree: Tree, verb: int) -> bool:
    """ "to sign"."""
    return any(tree.parse.tags[aux] == "TO" for aux in tree.all_children(verb, "aux"))


def _is_relative(tree: Tree, pronoun: int, verb: int) -> bool:
    """ "who"; "that", which the tagger takes for other words too, in a relative clause only."""
    if tree.is_relative(pronoun):
        return True
    return tree.parse.deps[verb] == "relcl" and tree.lemma(pronoun) in ("that", "which", "who", "whom")


def _antecedent(tree: Tree, verb: int) -> list[int]:
    """The noun that a relative clause hangs on, also through "who shot and killed"."""
    for _ in range(DEEPEST_CONTROL):
        if tree.parse.deps[verb] == "relcl":
            return [_person_before(tree, verb, tree.parse.heads[verb])]
        if tree.parse.deps[verb] not in ("conj", "xcomp", "ccomp"):
            return []
        verb = tree.parse.heads[verb]
    return []


def _person_before(tree: Tree, verb: int, noun: int) -> int:
    """ "the envoy to Norland who died": "who" is no place or body, so it is the noun before."""
    parse = tree.parse
    who = any(parse.words[child].lower() == "who" for child in tree.children[verb])
    entity = tree.entity_at.get(noun)
    if not who or entity is None or entity[2] not in _NOT_WHO or parse.deps[noun] != "pobj":
        return noun
    before = parse.heads[parse.heads[noun]]
    return before if parse.pos[before] in ("NOUN", "PROPN") else noun


def objects(tree: Tree, verb: int) -> list[int]:
    """The heads of the direct object: "the bill that he signed", "he signed the bill"."""
    own = tree.whole_name(list(tree.all_children(verb, "dobj")))
    if own is not None:
        return _antecedent(tree, verb) if _is_relative(tree, own, verb) else tree.conjuncts(own)
    parse = tree.parse
    gap = parse.deps[verb] == "relcl" and tree.child(verb, "nsubj") is not None
    if gap and not _has_other_object(tree, verb):
        head = parse.heads[verb]
        return [] if tree.lemma(head) in TIME_NOUNS else [head]
    return []


def _has_other_object(tree: Tree, verb: int) -> bool:
    subject = tree.child(verb, "nsubj")
    if subject is not None and tree.is_relative(subject):
        return True
    if any(tree.is_relative(child) and tree.parse.tags[child] == "WRB" for child in tree.children[verb]):
        return True
    dangling = any(
        tree.child(preposition, "pobj", "pcomp") is None for preposition in tree.all_children(verb, "prep")
    )
    return dangling or tree.child(verb, "ccomp", "xcomp", "dative", "attr", "oprd") is not None


def prepositional_objects(tree: Tree, token: int, prepositions: frozenset[str]) -> list[int]:
    """The heads of "on Norland", "with the senator" under the token."""
    for preposition in tree.all_children(token, "prep", "dative"):
        if tree.lemma(preposition) in prepositions:
            noun = tree.child(preposition, "pobj")
            if noun is not None:
                return _antecedent(tree, token) if tree.is_relative(noun) else tree.conjuncts(noun)
    return []
