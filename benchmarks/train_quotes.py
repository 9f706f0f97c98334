"""Learns the weights of the quote extractor from news whose attributions were marked by hand.

    python benchmarks/train_quotes.py [DATA] [--holdout N] [--cache FILE]

DATA is a folder with `gold.json` and `input/*.jsonl` (default ../shared/data/quotes/train, not part
of this project). Three logistic regressions are learned in turn and written, as one file of weights,
beside the extractor: the prior of cue and relation, the candidate among its neighbours, the speaker.
With --holdout N every N-th document is left out, so that `benchmarks/quotes.py` can be run on it.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from quotes import GoldQuote, load_documents, share_of_words, word_spans, words_in
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from flows.text.extract.quotes import scorer
from flows.text.extract.quotes.contents import QuotedRanges
from flows.text.extract.quotes.speaker_choice import REACH, nominals
from flows.text.extract.quotes.speaker_features import describe_absence, describe_speaker
from flows.text.extract.quotes.statements import Described, describe_candidates
from flows.text.extract.quotes.tokens import Range, Tokens
from flows.text.types import ParsedArticle

DATA = Path(__file__).parents[2] / "shared/data/quotes/train"
WEIGHTS = Path(scorer.__file__).with_name("weights.tsv")
HEADER = (
    "# Weights of three logistic regressions, learned by benchmarks/train_quotes.py from the training part of"
    " PolNeAR (Newell et al., LREC 2018); feature, weight"
)
LEAST_OVERLAP = 0.5
LEAST_WEIGHT = 0.08
Example = tuple[list[str], bool]


class Labelled:
    """An article with the words of its gold attributions."""

    def __init__(self, article: ParsedArticle, gold: list[GoldQuote]) -> None:
        self.tokens = Tokens(article)
        self.quoted = QuotedRanges(self.tokens, article)
        self.words = word_spans(article.text)
        self.gold = gold
        self.contents = [words_in(self.words, quote.content) for quote in gold]
        self.owner = {word: number for number, words in enumerate(self.contents) for word in words}

    def in_words(self, spans: Iterable[Range]) -> frozenset[int]:
        """The words of token ranges."""
        starts, ends = self.tokens.starts, self.tokens.ends
        return words_in(self.words, [(starts[start], ends[end - 1]) for start, end in spans])

    def match(self, item: Described) -> GoldQuote | None:
        """The gold attribution that a candidate is: the same cue, and half of the content in common."""
        candidate = item.candidate
        content = self.in_words(candidate.contents)
        owners = Counter(self.owner[word] for word in content if word in self.owner)
        if not owners:
            return None
        number = owners.most_common(1)[0][0]
        quote = self.gold[number]
        cue = self.in_words([(candidate.cue, candidate.cue + 1)])
        marked = words_in(self.words, quote.cue)
        if not cue & marked and (cue or marked):  # a colon or a dash has no words
            return None
        wanted = [self.contents[number]]
        if candidate.relation.startswith("quoted"):
            wanted += [words_in(self.words, [span]) for span in quote.content]
        return quote if max(share_of_words(content, words) for words in wanted) >= LEAST_OVERLAP else None


def prior_examples(documents: Iterable[Labelled]) -> Iterator[Example]:
    """Every candidate by cue and relation."""
    for document in documents:
        tokens = document.tokens
        for item in describe_candidates(tokens, document.quoted, least_prior=-math.inf):
            cue, preposition = item.candidate.cue, item.candidate.preposition
            relation = item.candidate.relation
            full = relation + ("" if preposition is None else tokens.words[preposition].lower())
            features = scorer.describe_word(tokens.lemmas[cue].lower(), full)
            features += scorer.describe_form(tokens.tags[cue], tokens.deps[cue], relation)
            yield features, document.match(item) is not None


def candidate_examples(documents: Iterable[Labelled]) -> Iterator[Example]:
    """The candidates that the prior leaves."""
    for document in documents:
        for item in describe_candidates(document.tokens, document.quoted):
            yield item.features, document.match(item) is not None


def speaker_examples(documents: Iterable[Labelled]) -> Iterator[Example]:
    """The noun phrases around the cues of true candidates, and that there is none."""
    for document in documents:
        for item in describe_candidates(document.tokens, document.quoted):
            quote = document.match(item)
            if quote is not None:
                yield from _noun_phrases(document, item, quote)
                cue, relation = item.candidate.cue, item.candidate.relation
                features = describe_absence(document.tokens, cue, relation, item.subject)
                yield features, not quote.source


def _noun_phrases(document: Labelled, item: Described, quote: GoldQuote) -> Iterator[Example]:
    tokens, candidate = document.tokens, item.candidate
    closed = document.quoted.overlapping((candidate.cue - REACH, candidate.cue + REACH))

    def in_source(token: int) -> bool:
        return any(start <= tokens.starts[token] < end for start, end in quote.source)

    for head in nominals(tokens, candidate.cue, candidate.contents, closed):
        above = tokens.heads[head]
        if in_source(head) and above != head and in_source(above) and tokens.deps[head] != "conj":
            continue  # inside the speaker's phrase: neither right nor wrong
        features = describe_speaker(tokens, head, candidate.cue, candidate.relation, item.subject)
        yield features, in_source(head)


def learn(examples: Iterable[Example], *, strength: float, least_count: int) -> dict[str, float]:
    """Weights of a logistic regression; `strength` is the inverse of its L2 penalty."""
    kept = list(examples)
    counts = Counter(feature for features, _ in kept for feature in set(features))
    names = [feature for feature, count in counts.items() if count >= least_count]
    number = {feature: position for position, feature in enumerate(names)}
    columns = [[number[feature] for feature in features if feature in number] for features, _ in kept]
    edges = np.cumsum([0, *map(len, columns)])
    flat = np.concatenate([np.array(row, dtype=np.int64) for row in columns])
    matrix = csr_matrix((np.ones(len(flat)), flat, edges), shape=(len(kept), len(names)))
    model = LogisticRegression(C=strength, solver="liblinear", fit_intercept=False)
    model.fit(matrix, [label for _, label in kept])
    print(f"{len(kept)} examples, {sum(label for _, label in kept)} true, {len(names)} features")
    pairs = zip(names, model.coef_[0], strict=True)
    return {name: float(weight) for name, weight in pairs if abs(weight) >= LEAST_WEIGHT}


def use(weights: dict[str, float]) -> None:
    """Has the extractor use these weights in this process; the file stays whole meanwhile."""
    scorer.load_weights = lambda: weights  # type: ignore[assignment]
    scorer.forget_priors()


def write(weights: dict[str, float]) -> None:
    """Replaces the file of weights."""
    lines = [HEADER, *(f"{name}\t{weight:.2f}" for name, weight in sorted(weights.items()))]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Learns the three models in the order in which they use one another."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument("--holdout", type=int, default=0, help="leave out every N-th document")
    parser.add_argument("--cache", type=Path, help="pickle of the parses; made where missing")
    options = parser.parse_args()
    if not (options.data / "gold.json").exists():
        parser.error(f"no gold.json in {options.data}: give the folder with the marked articles")
    documents = load_documents(options.data, options.cache)
    kept = [pair for number, pair in enumerate(documents) if not options.holdout or number % options.holdout]
    labelled = [Labelled(article, gold) for article, gold in kept]
    use({})
    weights = learn(prior_examples(labelled), strength=0.3, least_count=6)
    use(weights)
    weights |= learn(candidate_examples(labelled), strength=0.15, least_count=8)
    weights |= learn(speaker_examples(labelled), strength=0.3, least_count=8)
    write(weights)
    print(json.dumps({"features": len(weights), "bytes": WEIGHTS.stat().st_size}))


if __name__ == "__main__":
    main()
