"""Which verbs are events, what action they name and which PLOVER type it has.

Stative, aspectual and light verbs are told apart here with the lists of `vocabulary`; so are clauses in
which nobody acts ("projecting warmth", "the effort stalled").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flows.text.extract.events.roles import (
    Roles,
    find_roles,
    is_infinitive,
    is_passive,
    prepositional_objects,
)
from flows.text.extract.events.tree import Tree
from flows.text.extract.events.vocabulary import (
    INFINITIVE,
    NEVER,
    RECIPROCAL,
    LightVerb,
    action_name,
    intransitive_events,
    is_abstract,
    light_verbs,
    never_events,
    plover_types,
    verb_classes,
)

_NO_CLAUSE = frozenset(
    ("amod", "compound", "prep", "mark", "case", "punct", "aux", "auxpass", "nmod", "agent", "intj", "meta")
)
_TIMES = frozenset(("DATE", "TIME"))
_NOBODY = _TIMES | {"QUANTITY", "ORDINAL", "MONEY"}
_NAMING = frozenset(("call", "name", "dub", "title", "nickname"))
_WITH_OBJECT_ONLY = frozenset(("aspect", "try", "plan", "negate", "deny", "force"))
_NO_ACTOR = frozenset(
    ("that", "this", "these", "which", "what", "there", "something", "nothing", "everything")
)
_NO_ACTOR_UNTYPED = _NO_ACTOR | frozenset(("it", "you", "one", "anything"))


@dataclass(frozen=True, slots=True)
class Predicate:
    """An event's verb: `noun` is the object of a light verb, which carries place and day too."""

    verb: int
    action: str
    event_type: str | None
    roles: Roles
    noun: int | None = None


def read_predicate(tree: Tree, verb: int) -> Predicate | None:
    """The event that the verb names, or None where it names none."""
    parse = tree.parse
    if parse.tags[verb][:2] != "VB" or parse.deps[verb] in _NO_CLAUSE:
        return None
    name = action_name(tree.lemma(verb))
    if not name.isalpha() or (name in _NAMING and tree.child(verb, "oprd") is not None):
        return None  # "'s", "encoun-", "a group called Hope"
    name = _with_particle(tree, verb, name)
    if name in never_events():
        return None  # whatever stands beside it: saves the search for roles
    roles = _reciprocal(name, _without_times(tree, find_roles(tree, verb)))
    found = _light(tree, verb, name, roles) or _plain(tree, verb, name, roles)
    return found if found is not None and _somebody_acts(tree, found) else None


def _with_particle(tree: Tree, verb: int, name: str) -> str:
    """ "carry out"; also "step down", whose particle the parser takes for an adverb."""
    for child in tree.children[verb]:
        label = tree.parse.deps[child]
        if label == "prt" or (label == "advmod" and child == verb + 1):
            phrasal = f"{name} {tree.parse.words[child].lower()}"
            if label == "prt" or phrasal in plover_types() or phrasal in verb_classes():
                return phrasal
    return name


def _without_times(tree: Tree, roles: Roles) -> Roles:
    """ "flew a couple of weeks": a time is no target."""
    return Roles(roles.actors, [noun for noun in roles.targets if tree.label(noun) not in _TIMES])


def _reciprocal(name: str, roles: Roles) -> Roles:
    """ "Hale and Moss met": each is the other's target."""
    if name not in RECIPROCAL or roles.targets or len(roles.actors) < 2:
        return roles
    return Roles(roles.actors[:1], roles.actors[1:])


def _plain(tree: Tree, verb: int, name: str, roles: Roles) -> Predicate | None:
    if "speech" in verb_classes().get(name, ()) and tree.child(verb, "ccomp") is not None:
        return None  # "conceded that", "warned that": an attribution
    event_type, roles = _typed(tree, verb, name, roles)
    if "aspect" in verb_classes().get(name, ()) and tree.child(verb, "xcomp", "ccomp") is not None:
        return None  # "helped pay": the event is the verb below
    if event_type is None and not _is_event(tree, verb, name, roles):
        return None
    return Predicate(verb, name, event_type, roles)


def _light(tree: Tree, verb: int, name: str, roles: Roles) -> Predicate | None:
    for noun in roles.targets:
        # "carry out an attack" is listed as "carry attack"
        light = light_verbs().get((name.split(maxsplit=1)[0], tree.lemma(noun)))
        if light is not None:
            alone = light.keeps_noun or (is_passive(tree, verb) and not roles.actors)
            targets = [noun] if alone else _light_targets(tree, verb, noun, light)
            event_type = _light_type(name, tree.lemma(noun), light)
            return Predicate(verb, light.action, event_type, Roles(roles.actors, targets), noun)
    return None


def _light_targets(tree: Tree, verb: int, noun: int, light: LightVerb) -> list[int]:
    """Whom "launch an attack on Aleppo" is about: hangs on the noun, or on the verb, or is its dative."""
    for head in (noun, verb):
        if targets := prepositional_objects(tree, head, light.prepositions):
            return targets
    if is_passive(tree, verb):
        return []
    return [
        child for child in tree.all_children(verb, "dative") if tree.parse.tags[child][:2] in ("NN", "PR")
    ]


def _light_type(name: str, noun: str, light: LightVerb) -> str | None:
    types = plover_types()
    meant = types.get(light.action, {})
    candidates = (meant.get(preposition) for preposition in ("", *sorted(light.prepositions)))
    return types.get(name, {}).get(noun) or next((candidate for candidate in candidates if candidate), None)


def _typed(tree: Tree, verb: int, name: str, roles: Roles) -> tuple[str | None, Roles]:
    """The PLOVER type, the most specific first, and the roles with its target."""
    types = plover_types().get(name)
    if types is None:
        return None, roles
    for noun in roles.targets:
        if event_type := types.get(tree.lemma(noun)):
            return event_type, roles
    for preposition in tree.all_children(verb, "prep", "dative"):
        event_type = types.get(tree.lemma(preposition))
        if event_type is not None and not _is_time_phrase(tree, preposition):
            targets = prepositional_objects(tree, verb, frozenset((tree.lemma(preposition),)))
            return event_type, Roles(roles.actors, roles.targets or targets)
    if INFINITIVE in types and (addressed := list(_asked(tree, verb, roles))):
        return types[INFINITIVE], Roles(roles.actors, addressed)
    event_type = types.get("")
    figurative = event_type == "ASSAULT" or "weak" in verb_classes().get(name, ())
    if figurative and any(_is_abstract_noun(tree, noun) for noun in roles.targets):
        return None, roles  # "it killed my enthusiasm", "they met their target"
    return event_type, roles


def _is_time_phrase(tree: Tree, preposition: int) -> bool:
    """ "fired its coach on Sunday" is no fire on anybody."""
    noun = tree.child(preposition, "pobj")
    return noun is not None and tree.label(noun) in _TIMES


def _asked(tree: Tree, verb: int, roles: Roles) -> Iterator[int]:
    """Who is to do what the infinitive says: "urged him to sign"."""
    for clause in tree.all_children(verb, "xcomp", "ccomp"):
        if is_infinitive(tree, clause):
            subject = tree.child(clause, "nsubj")
            yield from roles.targets or ([] if subject is None else tree.conjuncts(subject))


def _is_event(tree: Tree, verb: int, name: str, roles: Roles) -> bool:
    classes = verb_classes().get(name, frozenset())
    if classes & NEVER or tree.child(verb, "ccomp") is not None or _is_half_a_verb(tree, verb, name):
        return False
    if classes & _WITH_OBJECT_ONLY and (not roles.targets or tree.child(verb, "xcomp") is not None):
        return False
    return "weak" not in classes or any(not _is_abstract_noun(tree, noun) for noun in roles.targets)


def _is_half_a_verb(tree: Tree, verb: int, name: str) -> bool:
    """Whether what happens is in the word below: "used to know", "was made public"."""
    if name == "use":
        return tree.child(verb, "xcomp") is not None and tree.child(verb, "dobj") is None
    return name == "make" and tree.child(verb, "acomp", "oprd") is not None


def _somebody_acts(tree: Tree, found: Predicate) -> bool:
    """Whether the clause has an actor who can act, or a passive with somebody or something acted on."""
    actors, targets = found.roles.actors, found.roles.targets
    words = [tree.parse.words[actor].lower() for actor in actors]
    if any(word in _no_actor(found) or not any(map(str.isalnum, word)) for word in words):
        return False
    if not targets and any(tree.lemma(actor) == "it" for actor in actors):
        return False
    if any(actor < tree.dateline_end or tree.label(actor) in _NOBODY for actor in actors):
        return False
    if not actors:
        return bool(targets) and is_passive(tree, found.verb)
    if found.event_type is None and not targets and found.action not in intransitive_events():
        return False  # "the polls tightened", "he accepted"
    # "the attack killed three" is said; "the effort helped" is a figure of speech
    return found.event_type == "ASSAULT" or not any(_is_abstract_noun(tree, actor) for actor in actors)


def _no_actor(found: Predicate) -> frozenset[str]:
    return _NO_ACTOR if found.event_type is not None else _NO_ACTOR_UNTYPED


def _is_abstract_noun(tree: Tree, noun: int) -> bool:
    return tree.parse.tags[noun] in ("NN", "NNS", "VBG") and is_abstract(tree.lemma(noun))
