"""Copydesk: a heap of news articles in, a DuckDB warehouse of who said what out."""
