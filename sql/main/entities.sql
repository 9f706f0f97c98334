/*
One row per person, organisation, place, event ... across the corpus.

entity_id: stable key of the entity
name: the fullest name
label: OntoNotes label: PERSON, ORG, GPE, NORP, LOC, FAC, EVENT ...
aliases: what else it is called
country_code: ISO 3166-1 alpha-2 code, where the entity is a country or belongs to one
n_mentions: how often it is mentioned
n_articles: number of articles
*/
SELECT
    entity_id,
    name,
    label,
    aliases,
    country_code,
    n_mentions,
    n_articles
FROM core.entities
