"""Whether an event is asserted, planned, possible or denied, and whether it is negated.

Read from the verb's own auxiliaries, from the verbs and nouns above it, and from its conjunction.
"""

from __future__ import annotations

from flows.text.extract.events.tree import Tree
from flows.text.extract.events.vocabulary import is_object_control, verb_classes
from flows.text.types import Modality

HIGHEST_GOVERNOR = 5
"""Words above a verb that are asked, at most: "plans to try to begin to attack"."""
_PLANNED_AUXILIARIES = frozenset(("will", "'ll", "’ll", "shall", "wo"))
_POSSIBLE_AUXILIARIES = frozenset(
    ("may", "might", "could", "can", "would", "'d", "’d", "should", "must", "ca")
)
_CONDITIONS = frozenset(("if", "unless", "whether", "lest"))
_PLANNED_ADJECTIVES = frozenset(
    ("ready", "set", "due", "poised", "prepared", "scheduled", "determined", "eager")
)
_RANKS = frozenset(("first", "second", "third", "last", "only"))
_NOBODY = frozenset(("no", "nobody", "none", "neither", "nothing"))


def judge(tree: Tree, verb: int, nouns: list[int]) -> tuple[Modality, bool]:
    """Modality and negation of the event; `nouns` are the heads of its actors and targets."""
    negated = _is_negated(tree, verb, nouns)
    modality = _own_modality(tree, verb)
    node = verb
    for _ in range(HIGHEST_GOVERNOR):
        label, head = tree.parse.deps[node], tree.parse.heads[node]
        if head == node or label not in ("xcomp", "ccomp", "pcomp", "acl", "advcl", "conj"):
            break
        above, flips = _from_above(tree, node, head, label)
        modality = above if modality == "asserted" or above == "denied" else modality
        negated ^= flips
        if label in ("advcl", "acl", "ccomp"):
            break  # what is above tells about another event, or who says so
        node = head
    if modality == "asserted" and _is_question(tree, verb):
        modality = "possible"
    return modality, negated


def _own_modality(tree: Tree, verb: int) -> Modality:
    auxiliaries = {tree.parse.words[aux].lower() for aux in tree.all_children(verb, "aux")}
    marks = {tree.lemma(mark) for mark in tree.all_children(verb, "mark")}
    if marks & _CONDITIONS or auxiliaries & _POSSIBLE_AUXILIARIES:
        return "possible"
    return "planned" if auxiliaries & _PLANNED_AUXILIARIES else "asserted"


def _from_above(tree: Tree, verb: int, head: int, label: str) -> tuple[Modality, bool]:
    """What the word above makes of the event: modality, and whether it turns it into its opposite."""
    parse = tree.parse
    infinitive = any(parse.tags[aux] == "TO" for aux in tree.all_children(verb, "aux"))
    if label in ("acl", "advcl"):
        planned = infinitive and not (label == "acl" and _is_ranked(tree, head))
        return ("planned" if planned else "asserted"), False
    if label == "pcomp":
        return _from_preposition(tree, head)
    if label == "conj":
        return (_own_modality(tree, head) if tree.child(verb, "nsubj") is None else "asserted"), False
    if parse.pos[head] == "ADJ":
        return ("planned" if tree.lemma(head) in _PLANNED_ADJECTIVES else "possible"), False
    if label == "xcomp" and infinitive and _is_purpose(tree, head):
        return "planned", False
    negated = tree.child(head, "neg") is not None and label == "xcomp"
    own = _own_modality(tree, head) if label == "xcomp" else "asserted"
    modality, flips = _from_verb(tree.lemma(head), label, _going_to(tree, head))
    return (modality if modality != "asserted" else own), flips ^ negated


def _is_purpose(tree: Tree, head: int) -> bool:
    """ "used a truck to block the road", but not "ordered them to leave"."""
    return tree.child(head, "dobj") is not None and not is_object_control(tree.lemma(head))


def _is_ranked(tree: Tree, noun: int) -> bool:
    """ "the first (woman) to lead": what follows has happened."""
    return any(
        tree.parse.tags[token] == "JJS" or tree.lemma(token) in _RANKS
        for token in (noun, *tree.children[noun])
    )


def _going_to(tree: Tree, head: int) -> bool:
    return tree.parse.words[head].lower() == "going"


def _from_verb(lemma: str, label: str, going_to: bool) -> tuple[Modality, bool]:
    classes = verb_classes().get(lemma, frozenset())
    if "deny" in classes and label in ("ccomp", "xcomp"):
        return "denied", False
    if label == "ccomp" and "wish" not in classes:
        return "asserted", False
    if "negate" in classes:
        return "asserted", True
    if going_to or lemma == "be" or "plan" in classes:
        return "planned", False
    return ("possible" if classes & {"wish", "try"} else "asserted"), False


def _from_preposition(tree: Tree, preposition: int) -> tuple[Modality, bool]:
    """ "without killing", "prevented from voting", "denied having met", "accused of killing"."""
    lemma, head = tree.lemma(preposition), tree.parse.heads[preposition]
    if lemma == "without":
        return "asserted", True
    classes = verb_classes().get(tree.lemma(head), frozenset())
    if lemma == "from" and "negate" in classes:
        return "asserted", True
    if lemma in ("of", "for", "about") or "wish" in classes:
        return "possible", False
    return "asserted", False


def _is_negated(tree: Tree, verb: int, nouns: list[int]) -> bool:
    if tree.child(verb, "neg") is not None:
        return True
    for noun in nouns:
        if tree.lemma(noun) in _NOBODY or any(
            tree.lemma(child) in ("no", "neither") for child in tree.all_children(noun, "det", "neg")
        ):
            return True
    return (
        tree.parse.deps[verb] == "conj"
        and tree.child(verb, "nsubj", "aux") is None
        and _above_negated(tree, verb)
    )


def _above_negated(tree: Tree, verb: int) -> bool:
    head = tree.parse.heads[verb]
    return tree.child(head, "neg") is not None


def _is_question(tree: Tree, verb: int) -> bool:
    node = verb
    for _ in range(HIGHEST_GOVERNOR):
        if any(tree.parse.words[mark] == "?" for mark in tree.all_children(node, "punct")):
            return True
        if tree.parse.heads[node] == node:
            return False
        node = tree.parse.heads[node]
    return False
