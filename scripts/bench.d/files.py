"""Loading files of metric history into memory, against DuckDB and Polars, each in a process of its own; a saved store.

A process is started anew for each, so that nobody has memory or files of the load before. The peers' time is that of the
load alone; Plumb's is that of the whole process, as it reads text files while it checks the program. A question over all
columns, whose answers must be the same, is asked beside.
"""
import json
import os
import statistics
import subprocess
import sys

import plumb

REPEATS = 5
HERE = os.path.dirname(os.path.abspath(__file__))
KINDS = ("parquet", "csv", "lines", "wide")
ANSWER = ("summarize n = count(), values = count(value), steps = sum(step), "
          "first = min(timestamp - @1970-01-01) / 1s, last = max(timestamp - @1970-01-01) / 1s, runs = count_distinct(run_id), keys = count_distinct(key)")
WIDE_COLUMNS, WIDE_GROUPS, WIDE_ROWS = 30, 50, 5_000_000


def make_wide(path):
    """Thirty columns of floats in fifty row groups, whose first column rises."""
    if os.path.exists(path):
        return
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq
    random = np.random.Generator(np.random.PCG64(7))
    columns = {"at": np.arange(WIDE_ROWS, dtype=np.int64)}
    for index in range(1, WIDE_COLUMNS):
        columns[f"feature_{index:02d}"] = random.standard_normal(WIDE_ROWS)
    pq.write_table(pa.table(columns), path + ".part", row_group_size=WIDE_ROWS // WIDE_GROUPS)
    os.rename(path + ".part", path)


def make_lines(path, parquet):
    """The first quarter of the rows as JSON, an object on each line."""
    if os.path.exists(path):
        return
    import polars
    table = polars.read_parquet(parquet)
    table.head(len(table) // 4).write_ndjson(path + ".part")
    os.rename(path + ".part", path)


def plumb_load(options, kind, path, out):
    load = f'read("{path}")'
    if kind in ("csv", "lines"):
        load = f'read("{path}", types = {plumb.TYPES["metrics"]})'
    question = "m | " + ANSWER
    if kind == "wide":
        load = f'read("{path}") | where at >= {WIDE_ROWS - 1000} | select at, feature_07'
        question = "m | summarize n = count(), total = sum(at), mean = mean(feature_07)"
    script = os.path.join(out, f"{kind}.plumb")
    command = [options.program, "run", script, "-f", "json", "--threads", str(options.threads)]

    def written(program):
        with open(script, "w") as file:
            file.write(program + "\n")

    written(f"let m = {load}")
    [seconds] = plumb.seconds(command, 1)
    written(f"let m = {load}\n{question}")
    answer = subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True).stdout
    return seconds, list(json.loads(answer)[0].values())


def peer_load(peer, options, kind, path):
    result = subprocess.run([sys.executable, os.path.join(HERE, "load_peer.py"), peer, kind, path, str(options.threads),
                             str(WIDE_ROWS - 1000)], stdout=subprocess.PIPE, check=True, text=True)
    seconds, answer = json.loads(result.stdout)
    return seconds, answer


def same(a, b):
    return len(a) == len(b) and all(
        abs(x - y) <= 1e-9 * max(abs(x), abs(y)) if isinstance(x, float) else x == y for x, y in zip(a, b))


def run(options):
    millions = options.rows[0]
    folder = os.path.join(options.folder, f"{millions}m-logged")
    import data
    data.make(folder, millions, "logged")
    paths = {"parquet": f"{folder}/metrics.parquet", "csv": f"{folder}/metrics.csv",
             "lines": f"{folder}/metrics.ndjson", "wide": os.path.join(options.folder, "wide.parquet")}
    make_lines(paths["lines"], paths["parquet"])
    make_wide(paths["wide"])
    results, agree = {}, True
    print(f"\nLoading into memory, {options.threads} threads, a process for each load; median and best of {REPEATS}\n")
    print("| file | Plumb | DuckDB | Polars | best peer / Plumb |\n|---|---:|---:|---:|---:|")
    titles = {"parquet": f"{millions} million rows of Parquet", "csv": f"{millions} million rows of CSV",
              "lines": f"{millions / 4:g} million rows of JSON lines",
              "wide": "2 of 30 columns, 1 of 50 row groups"}
    for kind in KINDS:
        with open(paths[kind], "rb") as file:  # the page cache is warm for all
            while file.read(1 << 24):
                pass
        times, answers = {}, {}
        for _ in range(REPEATS):
            if options.program:
                seconds, answers["plumb"] = plumb_load(options, kind, paths[kind], options.folder)
                times.setdefault("plumb", []).append(seconds)
            for peer in ("duckdb", "polars"):
                seconds, answers[peer] = peer_load(peer, options, kind, paths[kind])
                times.setdefault(peer, []).append(seconds)
        for name, answer in answers.items():
            if not same(answer, answers["duckdb"]):
                print(f"bench: {kind}: {name} answers {answer}, duckdb {answers['duckdb']}", file=sys.stderr)
                agree = False
        best = {name: min(t) for name, t in times.items()}
        middle = {name: statistics.median(t) for name, t in times.items()}
        cells = [f"{middle[n] * 1000:.0f} ({best[n] * 1000:.0f}) ms" if n in best else "" for n in ("plumb", "duckdb", "polars")]
        ratio = min(middle["duckdb"], middle["polars"]) / middle["plumb"] if "plumb" in middle else float("nan")
        print(f"| {titles[kind]} | {' | '.join(cells)} | {ratio:.2f} |", flush=True)
        results[kind] = times
    if options.program:
        results["store"] = store(options, paths["parquet"])
    return {"seconds": results, "agree": agree}


def store(options, parquet):
    """A saved store of the same rows: from the start of a process to its end, for no question and for the first one."""
    path = os.path.join(options.folder, "metrics.plumbstore")
    code = f'load metrics from "{parquet}"; save store "{path}"'
    subprocess.run([options.program, "-c", code, "--threads", str(options.threads)], check=True)
    questions = {"open a saved store": "1", "and answer its first question":
                 "metrics | summarize mean = mean(value) by key"}
    times = {}
    for name, question in questions.items():
        command = [options.program, path, "-c", question, "-f", "csv", "--threads", str(options.threads)]
        times[name] = plumb.seconds(command, REPEATS)
        middle, best = statistics.median(times[name]) * 1000, min(times[name]) * 1000
        print(f"| {name} | {middle:.0f} ({best:.0f}) ms | | | |", flush=True)
    os.remove(path)
    return times
