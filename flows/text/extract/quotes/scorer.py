"""How likely a candidate is a real attribution: logistic regressions over string features.

The weights are data (`weights.tsv` beside this file), learned by `benchmarks/train_quotes.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from flows.text.lexicons import read_lines

_WEIGHTS = Path(__file__).with_name("weights.tsv")


@lru_cache(maxsize=1)
def load_weights() -> dict[str, float]:
    """Feature to weight; the first line of the file says where they come from."""
    weights = {}
    for line in _WEIGHTS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            feature, weight = line.rsplit("\t", 1)
            weights[feature] = float(weight)
    return weights


@lru_cache(maxsize=1)
def load_speech_verbs() -> frozenset[str]:
    """Lemmas of the verbs of saying and writing, as against those of belief, wish or finding."""
    return frozenset(word for line in read_lines("speech_verbs.txt") for word in line.split())


def log_odds(features: Iterable[str]) -> float:
    """The sum of the weights of the features; one that was never seen weighs nothing."""
    weight = load_weights().get
    return sum([weight(feature, 0.0) for feature in features])


def prior_log_odds(lemma: str, relation: str, preposition: str, tag: str, dep: str) -> float:
    """The log-odds of an attribution by the cue and its relation to the content alone."""
    return _by_word(lemma, relation + preposition) + _by_form(tag, dep, relation)


@lru_cache(maxsize=1 << 15)
def _by_word(lemma: str, relation: str) -> float:
    return log_odds(describe_word(lemma, relation))


@lru_cache(maxsize=1 << 13)
def _by_form(tag: str, dep: str, relation: str) -> float:
    return log_odds(describe_form(tag, dep, relation))


def describe_word(lemma: str, relation: str) -> list[str]:
    """The features of `prior_log_odds` that tell of the cue; the relation with its preposition."""
    return ["p:bias", "p:r=" + relation, "p:l=" + lemma, f"p:lr={lemma}|{relation}"]


def describe_form(tag: str, dep: str, relation: str) -> list[str]:
    """The features of `prior_log_odds` that tell of the sentence."""
    return [f"p:t={tag}|{relation}", f"p:d={dep}|{relation}"]


def forget_priors() -> None:
    """Drops what was summed from earlier weights; needed by whoever learns new ones."""
    _by_word.cache_clear()
    _by_form.cache_clear()
