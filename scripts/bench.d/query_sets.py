"""The sets of queries that `scripts/bench` asks, by name."""
from more_queries import MORE_QUERIES
from queries import QUERIES

QUERY_SETS = {"main": QUERIES, "more": MORE_QUERIES}
