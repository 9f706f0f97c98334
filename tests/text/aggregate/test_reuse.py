"""Reuse against a plain definition of containment, on texts made for it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.text.aggregate.reuse import ReuseIndex, find_reuse
from flows.text.aggregate.reuse import find as find_module
from flows.text.aggregate.reuse import matches as matches_module
from flows.text.aggregate.reuse.index import IndexPart
from flows.text.aggregate.reuse.sorting import Chain, sort_hashes
from flows.text.aggregate.reuse.words import build_word_table

FERRY = (
    "The ferry Alma left the harbour of Nordvik at dawn on Monday with forty passengers aboard. "
    "Two hours later the engine failed and the crew called the coast guard for help. "
    "Nobody was hurt, the harbour master Ida Brandt said in a statement to reporters."
)
WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'").replace("'", "")
    return WORD.findall(plain)


def contained(text: str, other: str) -> float:
    """The definition, word by word."""
    mine, theirs = words(text), words(other)
    runs = {tuple(theirs[i : i + 8]) for i in range(len(theirs) - 7)}
    covered = [False] * len(mine)
    for i in range(len(mine) - 7):
        if tuple(mine[i : i + 8]) in runs:
            covered[i : i + 8] = [True] * 8
    letters = sum(map(len, mine))
    return (
        sum(len(word) for word, is_in in zip(mine, covered, strict=True) if is_in) / letters
        if letters
        else 0.0
    )


def articles(*texts: str) -> pl.DataFrame:
    return pl.DataFrame({"article_id": [f"a{i:05}" for i in range(len(texts))], "text": list(texts)})


def containments(pairs: pl.DataFrame) -> dict[tuple[str, str], float]:
    return {
        (a, b): share for a, b, share in pairs.select("article_id", "other_id", "containment").iter_rows()
    }


def in_order(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.sort(frame.columns)


VOCABULARY = st.sampled_from(["the", "Ferry", "left", "a", "Port’s", "port's", "café", "3", "of", "½", "ﬁn"])
GAPS = st.sampled_from([" ", ", ", ". ", "\n", "-", " — "])
WRITTEN = st.lists(st.tuples(VOCABULARY, GAPS), max_size=40).map(lambda pieces: "".join(map("".join, pieces)))
CUT = st.tuples(st.integers(0, 30), st.integers(0, 60)).map(lambda ends: FERRY[ends[0] : -ends[1] or None])
TEXTS = st.one_of(WRITTEN, CUT, st.tuples(WRITTEN, CUT, WRITTEN).map(". ".join))


@given(st.lists(TEXTS, min_size=2, max_size=6))
@settings(max_examples=60, deadline=None)
def test_containment_is_the_definition(texts: list[str]) -> None:
    found = containments(find_reuse(articles(*texts)).pairs)
    expected = {
        (f"a{i:05}", f"a{j:05}"): share
        for i, text in enumerate(texts)
        for j, other in enumerate(texts)
        if i != j and (share := contained(text, other)) > 0
    }
    assert found == pytest.approx(expected)


@given(st.lists(TEXTS, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_spans_are_equal_runs_of_eight_words(texts: list[str]) -> None:
    given_articles = articles(*texts)
    by_id = dict(given_articles.iter_rows())
    for a, b, start, end, other_start, other_end in find_reuse(given_articles).spans.iter_rows():
        mine, theirs = by_id[a][start:end], by_id[b][other_start:other_end]
        assert words(mine) == words(theirs)
        assert len(words(mine)) >= 8
        assert mine == mine.strip()


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=3), min_size=2, max_size=5), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
@example([[FERRY], [FERRY + " It was late."], ["Before dawn. " + FERRY], [FERRY + " Nobody knew."]], 0)
def test_adding_equals_building_at_once(batches: list[list[str]], n_gone: int) -> None:
    """In several steps, so that parts of the index are merged and go on being compared with."""
    everything = articles(*(text for batch in batches for text in batch))
    index, n_articles = None, 0
    for batch in batches:
        n_articles += len(batch)
        wanted = everything.slice(min(n_gone, n_articles - 1), n_articles - min(n_gone, n_articles - 1))
        added, built = find_reuse(wanted, index=index), find_reuse(wanted)
        assert in_order(added.pairs).equals(in_order(built.pairs))
        assert in_order(added.spans).equals(in_order(built.spans))
        index = added.index


def test_index_survives_parquet(tmp_path: Path) -> None:
    first = find_reuse(articles(FERRY, FERRY + " It was late."))

    def reread(frame: pl.DataFrame) -> pl.DataFrame:
        frame.write_parquet(f"{tmp_path}/frame.parquet")
        return pl.read_parquet(f"{tmp_path}/frame.parquet")

    index = ReuseIndex(
        tuple(
            IndexPart(**{field.name: reread(getattr(part, field.name)) for field in fields(IndexPart)})
            for part in first.index.parts
        )
    )
    texts = articles(FERRY, FERRY + " It was late.", "Before dawn. " + FERRY)
    assert in_order(find_reuse(texts, index=index).pairs).equals(in_order(find_reuse(texts).pairs))


def test_parts_stay_few() -> None:
    reuse = find_reuse(articles(FERRY))
    for n in range(2, 20):
        texts = [f"Report {i} " + " ".join(f"w{i}x{k}" for k in range(30)) for i in range(n)]
        reuse = find_reuse(articles(FERRY, *texts), index=reuse.index)
    assert len(reuse.index.parts) <= 5


def test_embedded_excerpt_is_found_however_small() -> None:
    excerpt = "the engine failed and the crew called the coast guard for help"
    long_report = " ".join(f"unrelated{i}" for i in range(3000)) + " " + excerpt + " " + "end " * 5
    found = containments(find_reuse(articles(FERRY, long_report)).pairs)
    assert found["a00000", "a00001"] == pytest.approx(contained(FERRY, long_report))
    assert 0 < found["a00001", "a00000"] < 0.01


def test_relation_and_shared_sentences() -> None:
    edited = FERRY.replace("forty", "40")
    cut = FERRY.split(". ", maxsplit=1)[0] + ". " + " ".join(f"Other{i}" for i in range(60))
    rows = find_reuse(articles(FERRY, edited, cut, FERRY)).pairs.sort("article_id", "other_id")
    told = {
        (a, b): (relation, n)
        for a, b, n, relation in rows.select(
            "article_id", "other_id", "n_shared_sentences", "relation"
        ).iter_rows()
    }
    assert told["a00000", "a00003"] == ("duplicate", 3)
    assert told["a00000", "a00001"] == ("near_duplicate", 3)
    assert told["a00000", "a00002"] == ("partial", 1)
    assert told["a00002", "a00000"] == ("partial", 1)


def test_longest_run_is_one_span_though_a_third_text_ends_inside_it() -> None:
    half = FERRY[: len(FERRY) // 2]
    spans = find_reuse(articles(FERRY + " Later.", "Earlier. " + FERRY, half)).spans
    between = spans.filter(article_id="a00000", other_id="a00001")
    assert between.select("char_start", "char_end").rows() == [(0, len(FERRY) - 1)]


def test_copied_page_with_a_refrain_is_one_span() -> None:
    refrain = "To read more of what we report on harbours, ferries and crews write to the desk."
    page = " ".join(f"{refrain} Entry {number} was {'late ' * (number % 3)}filed." for number in range(40))
    spans = find_reuse(articles(f"One. {page}", f"Two goes first. {page} {FERRY}", FERRY)).spans
    both = spans.filter(pl.col("article_id").is_in(["a00000"]) & (pl.col("other_id") == "a00001"))
    assert len(both) == 1
    assert both["char_start"].item() == len("One. ")
    assert both["other_start"].item() == len("Two goes first. ")


def test_accents_written_apart_are_one_letter() -> None:
    text = "Café owner René Núñez reopened his bar in Málaga after eleven months of repairs"
    apart = unicodedata.normalize("NFD", text)
    assert containments(find_reuse(articles(text, apart)).pairs)["a00000", "a00001"] == 1.0


def test_run_in_too_many_articles_is_boilerplate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matches_module, "BOILERPLATE_TEXTS", 4)
    legal = "All rights reserved and nothing of this may be copied without the consent of the publisher"
    own = [" ".join(f"own{i}x{k}" for k in range(9)) + ". " + legal for i in range(5)]
    assert len(find_reuse(articles(*own[:4])).pairs) == 12
    assert find_reuse(articles(*own)).pairs.is_empty()


def test_identical_articles_beyond_a_limit_hang_on_the_first() -> None:
    n = 10_000
    reuse = find_reuse(articles(*[FERRY] * n, FERRY + " And more was said of it later."))
    assert len(reuse.pairs) == 2 * (n - 1) + 2
    assert set(reuse.pairs.filter(pl.col("article_id") != "a00000")["other_id"]) == {"a00000"}
    assert n > find_module.MANY_COPIES


def test_one_sentence_repeated_without_end_is_bounded() -> None:
    sentence = "The council of Nordvik will meet again on Thursday to vote on the harbour plan. "
    found = containments(find_reuse(articles(sentence * 20_000, sentence, "Earlier. " + sentence * 3)).pairs)
    assert found["a00000", "a00001"] == pytest.approx(1.0)
    assert len(found) == 6


@pytest.mark.parametrize("text", ["", " \n", "!!! …", "one two", "\x00 odd", "’" * 50])
def test_texts_without_runs_are_in_no_pair(text: str) -> None:
    assert find_reuse(articles(text, text, FERRY)).pairs.is_empty()


def test_no_articles() -> None:
    reuse = find_reuse(articles())
    assert reuse.pairs.is_empty()
    assert find_reuse(articles(FERRY, FERRY), index=reuse.index).pairs.height == 2


@given(st.lists(st.text(max_size=60), max_size=4))
@settings(max_examples=80, deadline=None)
def test_words_are_where_the_table_says(texts: list[str]) -> None:
    table = build_word_table(texts)
    for i, text in enumerate(texts):
        mine = slice(table.bases[i], table.bases[i + 1])
        for start, end, n_letters in zip(
            table.starts[mine], table.ends[mine], table.letters[mine], strict=True
        ):
            folded = words(text[start:end])
            if unicodedata.is_normalized("NFC", text):
                assert 1 <= n_letters <= len("".join(folded))  # fewer in "½", which is two words
    assert np.all(table.ends > table.starts)


@given(st.lists(st.lists(st.integers(0, 99), max_size=4), min_size=1, max_size=4), st.data())
def test_arrays_in_a_chain_are_looked_up_as_one(lists: list[list[int]], data: st.DataObject) -> None:
    arrays = [np.array(values, np.int64) for values in lists]
    joined = np.concatenate(arrays)
    places = st.lists(st.integers(0, len(joined) - 1)) if len(joined) else st.just([])
    wanted = np.array(data.draw(places), np.int64)
    assert Chain(arrays)[wanted].tolist() == joined[wanted].tolist()


@given(st.lists(st.sampled_from([0, 1, 2, 2**40, 2**40 + 1, 2**64 - 1]), max_size=40))
def test_hashes_that_differ_in_few_bits_are_sorted_too(values: list[int]) -> None:
    hashes, positions = np.array(values, np.uint64), np.arange(len(values))
    order = np.argsort(hashes, kind="stable")
    by_hash, of_hash = sort_hashes(hashes, positions)
    assert by_hash.tolist() == hashes[order].tolist()
    assert of_hash.tolist() == positions[order].tolist()
