"""Stories: which articles tell of one event, how the story is called, which day undated ones are of."""

from flows.text.aggregate.stories.cluster import cluster_stories
from flows.text.aggregate.stories.dates import inferred_dates
from flows.text.aggregate.stories.terms import WeighedArticles, count_terms, weigh_articles
from flows.text.aggregate.stories.titles import story_titles

__all__ = [
    "WeighedArticles",
    "cluster_stories",
    "count_terms",
    "inferred_dates",
    "story_titles",
    "weigh_articles",
]
