/*
One row per story: an event, or a line of events, and the articles about it.

story_id: stable key of the story
title: its most central headline
first_on: first day of publication
last_on: last day of publication
n_outlets: number of known outlets
n_independent_sources: groups left after joining what comes from one text or one source
*/
SELECT
    story_id,
    title,
    first_on,
    last_on,
    n_articles,
    n_outlets,
    n_independent_sources
FROM core.stories
