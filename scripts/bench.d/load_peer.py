"""Loads a file in one peer, as `load_peer.py PEER KIND PATH THREADS FROM`, and prints the seconds and an answer."""
import json
import os
import sys
import time

peer, kind, path, threads, least = sys.argv[1:]
least = int(least)
TYPES = {"run_id": "VARCHAR", "key": "VARCHAR", "step": "BIGINT", "timestamp": "TIMESTAMP", "value": "DOUBLE"}


def schema(pl):
    return {"run_id": pl.String, "key": pl.String, "step": pl.Int64, "timestamp": pl.Datetime("us"), "value": pl.Float64}


def duckdb_load():
    import duckdb
    connection = duckdb.connect(config={"threads": int(threads)})
    connection.execute("SELECT 1")
    source = f"read_csv('{path}', columns = {TYPES})" if kind == "csv" else f"'{path}'"
    if kind == "lines":
        source = f"read_json('{path}', format = 'newline_delimited', columns = {TYPES})"
    query = f"SELECT * FROM {source}"
    if kind == "wide":
        query = f'SELECT "at", feature_07 FROM {source} WHERE "at" >= {least}'
    start = time.perf_counter()
    connection.execute(f"CREATE TABLE m AS {query}")
    seconds = time.perf_counter() - start
    question = ('SELECT count(*), sum("at")::BIGINT, avg(feature_07) FROM m' if kind == "wide" else
                "SELECT count(*), count(value), sum(step)::BIGINT, min(epoch_us(timestamp)) / 1e6, max(epoch_us(timestamp)) / 1e6, "
                "count(DISTINCT run_id), count(DISTINCT key) FROM m")
    return seconds, list(connection.execute(question).fetchone())


def polars_load():
    os.environ["POLARS_MAX_THREADS"] = threads
    import polars as pl
    pl.DataFrame({"a": [1]}).lazy().select(pl.col("a").sum()).collect()
    start = time.perf_counter()
    if kind == "wide":
        m = pl.scan_parquet(path).filter(pl.col("at") >= least).select("at", "feature_07").collect()
    elif kind == "csv":
        m = pl.read_csv(path, schema=schema(pl))
    elif kind == "lines":
        m = pl.read_ndjson(path, schema=schema(pl))
    else:
        m = pl.read_parquet(path)
    seconds = time.perf_counter() - start
    if kind == "wide":
        answer = m.select(pl.len(), pl.col("at").sum().alias("s"), pl.col("feature_07").mean().alias("m"))
    else:
        at = pl.col("timestamp").cast(pl.Int64)
        answer = m.select(pl.len(), pl.col("value").count().alias("v"), pl.col("step").sum().alias("s"),
                          (at.min() / 1e6).alias("a"), (at.max() / 1e6).alias("b"), pl.col("run_id").n_unique().alias("r"),
                          pl.col("key").n_unique().alias("k"))
    return seconds, list(answer.row(0))


print(json.dumps({"duckdb": duckdb_load, "polars": polars_load}[peer]()))
