"""Runs a set of queries in one peer, as `peers.py ENGINE DATA THREADS OUT SET FILTER TYPES`, in a process of its own.

Only queries whose name holds FILTER, and only the variants whose name holds TYPES.

Writes each answer to OUT/NUMBER.parquet and the best times of each variant to OUT/times.json.
"""
import json
import os
import sys
import time

REPEATS = 5


def duckdb_variants(data, threads):
    import duckdb
    plain = duckdb.connect(config={"threads": threads})
    for table in ("runs", "metrics"):
        plain.execute(f"CREATE TABLE {table} AS FROM '{data}/{table}.parquet'")
    enum = duckdb.connect(config={"threads": threads})
    for kind, source in (("run_type", "run_id FROM '{0}/runs.parquet'"), ("key_type", "key FROM '{0}/metrics.parquet'"),
                         ("optimizer_type", "optimizer FROM '{0}/runs.parquet'"),
                         ("experiment_type", "experiment FROM '{0}/runs.parquet'"),
                         ("status_type", "status FROM '{0}/runs.parquet'")):
        enum.execute(f"CREATE TYPE {kind} AS ENUM (SELECT DISTINCT {source.format(data)} ORDER BY 1)")
    enum.execute("CREATE TABLE runs AS SELECT * REPLACE (run_id::run_type AS run_id, optimizer::optimizer_type AS "
                 "optimizer, experiment::experiment_type AS experiment, status::status_type AS status) "
                 f"FROM '{data}/runs.parquet'")
    enum.execute("CREATE TABLE metrics AS SELECT * REPLACE (run_id::run_type AS run_id, key::key_type AS key) "
                 f"FROM '{data}/metrics.parquet'")
    for name, connection in (("duckdb plain", plain), ("duckdb enum", enum)):
        yield name, lambda query, c=connection: [lambda s=s: c.sql(s).to_arrow_table() for s in query.sql]


def polars_variants(data, threads):
    os.environ["POLARS_MAX_THREADS"] = str(threads)
    import polars as pl
    frames = {t: pl.read_parquet(f"{data}/{t}.parquet").rechunk() for t in ("runs", "metrics")}
    places = {"run_id": "runs", "experiment": "runs", "optimizer": "runs", "status": "runs", "key": "metrics"}
    types = {
        "polars plain": {},
        "polars categorical": {column: pl.Categorical for column in places},
        # Sorted, so that an enum's order is that of its texts, as in DuckDB.
        "polars enum": {column: pl.Enum(frames[table][column].unique().sort()) for column, table in places.items()},
    }
    for name, change in types.items():
        m, r = (frames[table].cast({c: t for c, t in change.items() if c in frames[table].columns}).lazy()
                for table in ("metrics", "runs"))
        for engine in ("in-memory", "streaming"):
            yield f"{name} {engine}", lambda query, m=m, r=r, e=engine: [
                lambda f=f: f(m, r).collect(engine=e) for f in query.polars]


def main():
    engine, data, threads, out, query_set, only, types = sys.argv[1:]
    variants = {"duckdb": duckdb_variants, "polars": polars_variants}[engine](data, int(threads))
    import polars as pl
    from query_sets import QUERY_SETS
    os.makedirs(out, exist_ok=True)
    times = {}
    for name, ways in variants:
        if types not in name:
            continue
        runs = [(number, query, f"{name} {way + 1}" if way else name, run)
                for number, query in enumerate(QUERY_SETS[query_set]) if only in query.name
                for way, run in enumerate(ways(query))]
        for repeat in range(REPEATS):
            for number, query, label, run in runs:
                best = times.setdefault(query.name, {})
                if best.get(label, 0) > 2.5 * min(best.values(), default=0):
                    continue  # far behind another variant of the same peer
                start = time.perf_counter()
                answer = run()
                seconds = time.perf_counter() - start
                best[label] = min(best.get(label, seconds), seconds)
                if repeat == 0:
                    # Each variant's answer is kept, so that a fast wrong one is found out.
                    answer = answer if isinstance(answer, pl.DataFrame) else pl.from_arrow(answer)
                    answer.write_parquet(f"{out}/{number}-{label}.parquet")
                del answer
    with open(f"{out}/times.json", "w") as file:
        json.dump(times, file, indent=1)


if __name__ == "__main__":
    main()
