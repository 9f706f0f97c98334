"""Faults to plant into a good database, each with the check that is meant to catch it.

docs/quality.md shows this list as a table.
"""

from __future__ import annotations

from dataclasses import dataclass, field

FIRST = "(SELECT min(article_id) FROM core.articles)"
LAST = "(SELECT max(article_id) FROM core.articles)"
NO_HISTORY = "DELETE FROM raw.runs"
YEAR_LATER = "SET ingested_at = ingested_at + INTERVAL 400 DAY"


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong, the SQL that makes it so, and what must fail."""

    what: str
    relation: str
    check: str
    plant: tuple[str, ...]
    limits: dict[str, float] = field(default_factory=dict)
    """Limits for a corpus of eleven articles, where the defaults begin at more."""


def _fault(what: str, caught_by: str, *plant: str, **limits: float) -> Fault:
    relation, check = caught_by.split(": ")
    return Fault(what, relation, check, plant, limits)


def _days(number: int) -> tuple[str, str]:
    """A run of every day before today, each published."""
    return (
        NO_HISTORY,
        "INSERT INTO raw.runs "
        "SELECT 'r' || n, now() - to_days(n), now() - to_days(n), 'published', 30, 30, 0, 0, 1 "
        f"FROM range(1, {number + 1}) AS days(n)",
    )


PLANTED = (
    # Spans
    _fault(
        "every span of a sentence is one letter late",
        "sentences: span_is_not_its_text",
        "UPDATE raw.sentences SET char_start = char_start + 1, char_end = char_end + 1",
    ),
    _fault(
        "quotes count bytes where they should count letters",
        "quotes: span_is_not_its_text",
        "UPDATE raw.quotes SET char_start = char_start + 2, char_end = char_end + 2",
    ),
    _fault(
        "the cue of a quote is that of the next quote",
        "quotes: cue_span_is_not_its_text",
        "UPDATE raw.quotes SET cue = 'denied' WHERE cue = 'said'",
    ),
    _fault(
        "a statement is given to somebody else's name",
        "quotes: speaker_span_is_not_its_text",
        "UPDATE raw.quotes SET speaker = 'Somebody Else' WHERE quote_no = 1",
    ),
    _fault(
        "mentions point into the text before its boilerplate was cut",
        "mentions: span_is_not_its_text",
        "UPDATE core.mentions SET char_start = char_start + 40, char_end = char_end + 40",
    ),
    _fault(
        "a mention lies outside the sentence that it names",
        "mentions: mention_outside_its_sentence",
        f"UPDATE core.mentions SET sentence_no = 0 WHERE article_id = {FIRST}",
    ),
    _fault(
        "a time expression ends where the text has ended already",
        "times: span_is_not_its_text",
        "UPDATE raw.times SET char_start = 900000, char_end = 900010 WHERE sentence_no = 1",
    ),
    _fault(
        "a quantity shows digits that its span does not hold",
        "quantities: span_is_not_its_text",
        "UPDATE raw.quantities SET text = '31,000' WHERE sentence_no = 0",
    ),
    _fault(
        "a shared span names other words in the other article",
        "shared_spans: shared_span_whose_words_differ",
        "UPDATE raw.shared_spans SET other_start = other_start - 9, other_end = other_end - 9 "
        "WHERE other_start > 9",
    ),
    _fault(
        "a shared span goes on after the end of the text",
        "shared_spans: shared_span_outside_the_text",
        "UPDATE raw.shared_spans SET char_end = char_end + 100000",
    ),
    # Days
    _fault(
        "an article is dated next year",
        "articles: published_in_the_future",
        f"UPDATE core.articles SET published_on = current_date + 365 WHERE article_id = {FIRST}",
    ),
    _fault(
        "every page is dated the day of the crawl",
        "articles: crawl_day_taken_for_publication_day",
        NO_HISTORY,
        "UPDATE core.articles SET date_basis = 'page', published_on = current_date",
        "UPDATE core.revisions SET ingested_at = now()",
        at_least=5,
    ),
    _fault(
        "a missing date is written as the year 1",
        "articles: published_before_there_were_newspapers",
        f"UPDATE core.articles SET published_on = DATE '0001-01-01' WHERE article_id = {FIRST}",
    ),
    _fault(
        "a date does not say where it comes from",
        "articles: date_without_its_basis",
        f"UPDATE core.articles SET date_basis = NULL WHERE article_id = {FIRST}",
    ),
    _fault(
        "day and instant of publication differ by a month",
        "articles: day_and_instant_of_publication_apart",
        "UPDATE core.articles SET published_at = CAST(published_on - 30 AS TIMESTAMPTZ)",
    ),
    _fault(
        "day and month of a time expression are swapped",
        "times: day_that_contradicts_its_value",
        "UPDATE raw.times SET begins_on = make_date(year(begins_on), 1, 2) "
        "WHERE timex_value LIKE '____-__-__'",
    ),
    _fault(
        "a period ends before it begins",
        "times: time_that_ends_before_it_begins",
        "UPDATE raw.times SET ends_on = begins_on - 1 WHERE sentence_no = 0",
    ),
    _fault(
        "a happening is dated three thousand years after its story",
        "timeline: happening_far_from_its_story",
        "UPDATE raw.timeline SET happened_on = happened_on + 1100000",
    ),
    _fault(
        "a copy is said to come from an article of the week after",
        "reuse: copied_from_the_future",
        "UPDATE core.articles SET published_on = published_on + 7 WHERE article_id IN "
        "(SELECT other_id FROM raw.reuse_pairs WHERE direction = 'from')",
        "UPDATE core.articles SET published_on = DATE '2024-03-01' WHERE article_id IN "
        "(SELECT article_id FROM raw.reuse_pairs WHERE direction = 'from')",
    ),
    # Bodies, titles, languages
    _fault(
        "a body is written twice",
        "articles: body_that_holds_itself_twice",
        "INSERT INTO raw.sentences SELECT * REPLACE (sentence_no + 1000 AS sentence_no) FROM raw.sentences",
    ),
    _fault(
        "an article lost its text",
        "articles: article_without_text",
        f"UPDATE core.articles SET text = '' WHERE article_id = {FIRST}",
    ),
    _fault(
        "the text is not what its paragraphs say",
        "articles: text_that_is_not_its_paragraphs",
        f"UPDATE core.articles SET text = text || ' Sign up.' WHERE article_id = {FIRST}",
    ),
    _fault(
        "markup stands in the text",
        "articles: markup_in_the_text",
        f"UPDATE core.articles SET text = '<p class=\"lead\">' || text WHERE article_id = {FIRST}",
    ),
    _fault(
        "UTF-8 was read as Latin-1",
        "articles: letters_of_a_wrong_encoding",
        f"UPDATE core.articles SET text = text || ' cafÃ©' WHERE article_id = {FIRST}",
    ),
    _fault(
        "titles are empty strings",
        "articles: empty_where_unknown_is_meant",
        "UPDATE core.articles SET title = '' WHERE title IS NULL",
    ),
    _fault(
        "no page gives its title any more",
        "articles: most_articles_without_title",
        "UPDATE core.articles SET title = NULL",
        at_least=5,
    ),
    _fault(
        "languages are missing",
        "articles: many_articles_of_unknown_language",
        "UPDATE core.articles SET language = NULL",
        at_least=5,
    ),
    _fault(
        "the language is written as its name",
        "articles: language_is_no_iso_code",
        "UPDATE core.articles SET language = 'English'",
    ),
    _fault(
        "an outlet changed its pages and its titles are lost",
        "articles: outlet_lost_its_titles",
        "UPDATE core.articles SET outlet = 'courier.example', title = 'A title'",
        f"UPDATE core.articles SET title = NULL WHERE article_id = {LAST}",
        f"UPDATE core.revisions {YEAR_LATER}, run_id = 'later' WHERE article_id = {LAST}",
        at_least=1,
    ),
    _fault(
        "one of two languages stops coming in",
        "articles: language_nearly_gone_from_new_articles",
        f"UPDATE core.articles SET language = 'de' WHERE article_id < {LAST}",
        f"UPDATE core.revisions {YEAR_LATER}, run_id = 'later' WHERE article_id = {LAST}",
        at_least=1,
    ),
    _fault(
        "a feed stands still and brings last year's news",
        "articles: new_articles_are_old_news",
        "UPDATE core.revisions SET run_id = article_id, ingested_at = CAST(published_on AS TIMESTAMPTZ)",
        f"UPDATE core.revisions {YEAR_LATER} WHERE article_id = {LAST}",
    ),
    # Keys and revisions
    _fault(
        "a join doubles every article",
        "core.articles: rows_lost_or_doubled_in_a_join",
        "INSERT INTO core.articles FROM core.articles",
    ),
    _fault(
        "two articles share an id",
        "articles: article_id_twice",
        f"INSERT INTO core.articles FROM core.articles WHERE article_id = {FIRST}",
    ),
    _fault(
        "an edited article is back as a new one under the same address",
        "articles: one_address_two_articles",
        "UPDATE core.articles SET url = 'https://courier.example/dam/#' || article_id",
    ),
    _fault(
        "an edited article is back as a new one with another tracking code",
        "articles: edited_article_back_as_new",
        "UPDATE core.articles SET url = 'https://courier.example/dam?from=' || article_id",
        containment=0.2,
    ),
    _fault(
        "an article is shown in an old revision",
        "article_revisions: article_shown_in_an_old_revision",
        "INSERT INTO core.revisions SELECT * REPLACE (2 AS revision) FROM core.revisions",
    ),
    _fault(
        "a revision is missing",
        "article_revisions: revision_numbers_with_a_gap",
        f"UPDATE core.revisions SET revision = 3 WHERE article_id = {FIRST}",
    ),
    # References
    _fault(
        "sentences of an article that is gone",
        "sentences: sentence_of_no_article",
        f"DELETE FROM core.articles WHERE article_id = {FIRST}",
    ),
    _fault(
        "mentions of an entity that is gone",
        "mentions: mention_of_no_entity",
        "DELETE FROM core.entities WHERE label = 'PERSON'",
    ),
    _fault(
        "entities count mentions that are gone",
        "entities: mentions_miscounted",
        f"DELETE FROM core.mentions WHERE article_id = {FIRST}",
    ),
    _fault(
        "a speaker who is no known person",
        "quotes: speaker_of_no_entity",
        "UPDATE raw.entity_links SET entity_id = 'nobody'",
    ),
    _fault(
        "events of a sentence that is gone",
        "events: event_in_no_sentence",
        "DELETE FROM raw.sentences WHERE sentence_no = 1",
    ),
    # Emptied and halved
    *(
        _fault(f"{table} is emptied", f"{table}: {check}", *(f"DELETE FROM {name}" for name in emptied))
        for table, check, emptied in (
            ("articles", "nothing_to_read", ["core.articles"]),
            ("mentions", "no_name_in_any_text", ["raw.mentions", "core.mentions"]),
            ("quotes", "nobody_is_quoted", ["raw.quotes"]),
            ("times", "no_day_in_any_text", ["raw.times"]),
            ("quantities", "no_figure_in_any_text", ["raw.quantities"]),
            ("events", "nothing_happens_in_any_text", ["raw.events", "core.events"]),
            ("claims", "no_claim_in_any_text", ["raw.claims", "core.claims"]),
            ("stories", "no_story", ["core.stories"]),
            ("reuse", "no_pair_although_text_is_shared", ["raw.reuse_pairs"]),
            ("shared_spans", "no_shared_text_although_there_are_pairs", ["raw.shared_spans"]),
        )
    ),
    _fault(
        "an article went through extraction without a sentence",
        "articles: article_without_sentences",
        f"DELETE FROM raw.sentences WHERE article_id = {FIRST}",
    ),
    _fault(
        "half of all quotes are gone since the last version",
        "quality_results: relation_lost_half_its_rows",
        "DELETE FROM raw.quotes WHERE quote_no > 1",
    ),
    _fault(
        "a run brings a third of the usual volume",
        "runs: volume_of_news_halved",
        *_days(5),
    ),
    _fault(
        "nearly every input is rejected",
        "rejected_inputs: most_inputs_rejected",
        "INSERT INTO raw.rejected_inputs SELECT any_value(run_id), 'file:///x', 'no_text', 'no text' "
        "FROM raw.article_revisions CROSS JOIN range(40) GROUP BY range",
    ),
    # Stories and claims
    _fault(
        "a story counts articles that it does not have",
        "stories: articles_of_a_story_miscounted",
        "UPDATE core.stories SET n_articles = n_articles + 1",
    ),
    _fault(
        "a story has more independent sources than articles",
        "stories: more_sources_than_articles",
        "UPDATE core.stories SET n_independent_sources = n_articles + 1",
    ),
    _fault(
        "every copy of a wire report counts as a source of its own",
        "claim_sentences: copy_counted_as_independent",
        "UPDATE raw.claim_sentences SET source_group = article_id",
    ),
    _fault(
        "a claim rests on an article of another story",
        "claim_sentences: claim_outside_its_story",
        "UPDATE core.claims SET story_id = (SELECT min(story_id) FROM core.stories)",
    ),
    _fault(
        "a claim in words that no article has",
        "claims: claim_in_words_that_nobody_wrote",
        "UPDATE core.claims SET text = 'The dam held.'",
    ),
    _fault(
        "two numbers in conflict are the same",
        "figures_in_conflict: conflict_between_equal_values",
        "INSERT INTO raw.conflicts SELECT story_id, claim_id, claim_id, article_id, sentence_no, "
        "article_id, sentence_no, 'figure', '31', '31', 'the same' "
        "FROM raw.claim_sentences JOIN raw.claims USING (claim_id) LIMIT 1",
    ),
)
