"""Compares the two tables in one peer, as `drift_peers.py PEER DATA THREADS OUT`, in a process of its own.

Writes the best seconds and the statistics of each feature to OUT. What is timed begins with both tables in memory.
"""
import json
import os
import sys
import time

import numpy as np

REPEATS = 3
FLOOR = 1e-4


def psi(p, q):
    p, q = np.maximum(p, FLOOR), np.maximum(q, FLOOR)
    return float(np.sum((p - q) * np.log(p / q)))


def arrays(data):
    import pyarrow.parquet as pq
    from drift_data_names import CATEGORIES, NUMBERS
    tables = [pq.read_table(f"{data}/{name}.parquet", columns=NUMBERS + CATEGORIES) for name in ("reference", "current")]
    numbers = {c: [t[c].drop_null().to_numpy() for t in tables] for c in NUMBERS}
    categories = {}
    for name in CATEGORIES:
        coded = [t[name].combine_chunks().dictionary_encode() for t in tables]
        categories[name] = [(c.dictionary.to_pylist(), c.indices.to_numpy()) for c in coded]
    return numbers, categories


def category_psi(reference, current):
    keys = sorted(set(reference[0]) | set(current[0]))
    shares = []
    for names, codes in (reference, current):
        counts = dict(zip(names, np.bincount(codes, minlength=len(names)), strict=True))
        shares.append(np.array([counts.get(k, 0) for k in keys]) / len(codes))
    return psi(*shares)


def numpy_psi(data):
    numbers, categories = arrays(data)

    def compare():
        result = {}
        for name, (reference, current) in numbers.items():
            edges = np.unique(np.quantile(reference, np.arange(1, 10) / 10))
            shares = [np.bincount(np.searchsorted(edges, x), minlength=len(edges) + 1) / len(x)
                      for x in (reference, current)]
            result[name] = {"psi": psi(*shares)}
        for name, (reference, current) in categories.items():
            result[name] = {"psi": category_psi(reference, current)}
        return result
    return compare


def numpy_all(data):
    """PSI and KS from one sort of each side."""
    from scipy.stats import distributions
    numbers, categories = arrays(data)

    def compare():
        result = {}
        for name, (reference, current) in numbers.items():
            reference, current = np.sort(reference), np.sort(current)
            n, m = len(reference), len(current)
            edges = np.unique(np.quantile(reference, np.arange(1, 10) / 10))
            shares = [np.diff(np.searchsorted(x, edges, side="right"), prepend=0, append=len(x)) / len(x)
                      for x in (reference, current)]
            pooled = np.concatenate([reference, current])
            gap = np.searchsorted(reference, pooled, side="right") / n - np.searchsorted(current, pooled, side="right") / m
            distance = float(np.max(np.abs(gap)))
            p = float(distributions.kstwo.sf(distance, np.round(n * m / (n + m))))
            result[name] = {"psi": psi(*shares), "ks": distance, "ks_p": p}
        for name, (reference, current) in categories.items():
            result[name] = {"psi": category_psi(reference, current)}
        return result
    return compare


def polars_psi(data):
    import polars as pl
    from drift_data_names import CATEGORIES, NUMBERS
    reference, current = (pl.read_parquet(f"{data}/{t}.parquet").rechunk() for t in ("reference", "current"))

    def compare():
        # One sort of each reference column, on all threads; a `quantile` of each cut would sort nine times.
        ordered = reference.lazy().select(pl.col(c).sort(nulls_last=True) for c in NUMBERS).collect()
        edges = {}
        for name in NUMBERS:
            column = ordered[name]
            places = np.arange(1, 10) / 10 * (len(column) - column.null_count() - 1)
            ranks = places.astype(int)
            lower, upper = column.gather(ranks).to_numpy(), column.gather(ranks + 1).to_numpy()
            edges[name] = sorted(set(lower + (upper - lower) * (places - ranks)))
        counts = [frame.lazy().select(
            [pl.concat_list([(pl.col(c) <= e).sum() for e in edges[c]] + [pl.col(c).count()]).alias(c) for c in NUMBERS]
        ).collect() for frame in (reference, current)]
        result = {}
        for name in NUMBERS:
            shares = []
            for count in counts:
                total = np.array(count[name][0].to_list(), dtype=float)
                shares.append(np.diff(total, prepend=0) / total[-1])
            result[name] = {"psi": psi(*shares)}
        groups = [[f.lazy().group_by(c).len() for c in CATEGORIES] for f in (reference, current)]
        tables = pl.collect_all(groups[0] + groups[1])
        for index, name in enumerate(CATEGORIES):
            pair = [dict(tables[index + side * len(CATEGORIES)].iter_rows()) for side in (0, 1)]
            keys = sorted(set(pair[0]) | set(pair[1]))
            shares = [np.array([p.get(k, 0) for k in keys]) / sum(p.values()) for p in pair]
            result[name] = {"psi": psi(*shares)}
        return result
    return compare


def duckdb_psi(data):
    import duckdb
    from drift_data_names import CATEGORIES, NUMBERS
    connection = duckdb.connect(config={"threads": int(sys.argv[3])})
    for table in ("reference", "current"):
        connection.execute(f"CREATE TABLE {table} AS FROM '{data}/{table}.parquet'")

    def compare():
        cuts = [k / 10 for k in range(1, 10)]
        row = connection.sql("SELECT " + ", ".join(f"quantile_cont({c}, {cuts})" for c in NUMBERS)
                             + " FROM reference").fetchall()[0]
        edges = {c: sorted(set(e)) for c, e in zip(NUMBERS, row, strict=True)}
        counted = []
        for table in ("reference", "current"):
            items = ", ".join(f"histogram({c}, {edges[c] + [float('inf')]}::DOUBLE[])".replace("inf", "'inf'::DOUBLE")
                              for c in NUMBERS)
            counted.append(connection.sql(f"SELECT {items} FROM {table}").fetchall()[0])
        result = {}
        for index, name in enumerate(NUMBERS):
            shares = []
            for counts in counted:
                values = np.array([v for _, v in sorted(counts[index].items())], dtype=float)
                shares.append(values / values.sum())
            result[name] = {"psi": psi(*shares)}
        for name in CATEGORIES:
            rows = connection.sql(
                f"SELECT r.n, c.n FROM (SELECT {name} k, count(*) n FROM reference GROUP BY 1) r FULL JOIN "
                f"(SELECT {name} k, count(*) n FROM current GROUP BY 1) c USING (k)").fetchall()
            counts = np.array([[a or 0, b or 0] for a, b in rows], dtype=float)
            result[name] = {"psi": psi(counts[:, 0] / counts[:, 0].sum(), counts[:, 1] / counts[:, 1].sum())}
        return result
    return compare


def evidently(data):
    import pandas as pd
    from drift_data_names import CATEGORIES, NUMBERS
    from evidently import DataDefinition, Dataset, Report
    from evidently.presets import DataDriftPreset
    frames = [pd.read_parquet(f"{data}/{t}.parquet", columns=NUMBERS + CATEGORIES) for t in ("reference", "current")]
    definition = DataDefinition(numerical_columns=NUMBERS, categorical_columns=CATEGORIES)
    reference, current = (Dataset.from_pandas(f, data_definition=definition) for f in frames)

    def compare():
        metrics = Report([DataDriftPreset()]).run(current, reference).dict()["metrics"]
        return {metric["config"]["column"]: {"evidently": float(metric["value"])}
                for metric in metrics if "column" in metric["config"]}
    return compare


PEERS = {"numpy psi": numpy_psi, "numpy+scipy psi+ks": numpy_all, "polars psi": polars_psi, "duckdb psi": duckdb_psi,
         "evidently preset": evidently}


def main():
    peer, data, threads, out = sys.argv[1:]
    os.environ["POLARS_MAX_THREADS"] = threads
    compare = PEERS[peer](data)
    best = float("inf")
    # The report takes minutes.
    for _ in range(1 if peer.startswith("evidently") else REPEATS):
        start = time.perf_counter()
        result = compare()
        best = min(best, time.perf_counter() - start)
    with open(out, "w") as file:
        json.dump({"seconds": best, "features": result}, file)


if __name__ == "__main__":
    main()
