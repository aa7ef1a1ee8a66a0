"""The queries on the same data in Plumb, DuckDB and Polars: times, ratios, and whether the answers agree."""
import glob
import json
import math
import os
import shutil
import subprocess
import sys

import polars as pl

import answers
import data
import plumb
from query_sets import QUERY_SETS

HERE = os.path.dirname(os.path.abspath(__file__))


def run(options):
    results = {"agree": True, "sizes": []}
    for rows in options.rows:
        for order in options.order:
            size = measure(options, rows, order)
            results["sizes"].append(size)
            results["agree"] &= not size["differences"]
    return results


def measure(options, rows, order):
    folder = os.path.join(options.folder, f"{rows}m-{order}")
    progress(f"data: {rows} million rows, {order}")
    data.make(folder, rows, order)
    out = os.path.join(options.folder, "answers")
    shutil.rmtree(out, ignore_errors=True)
    query_set = "more" if options.more else "main"
    chosen = {number: q for number, q in enumerate(QUERY_SETS[query_set]) if options.only in q.name}
    times = {q.name: {} for q in chosen.values()}
    for peer in ("duckdb", "polars"):
        progress(peer)
        subprocess.run([sys.executable, os.path.join(HERE, "peers.py"), peer, folder, str(options.threads),
                        os.path.join(out, peer), query_set, options.only, options.types], check=True,
                       env={**os.environ, "POLARS_MAX_THREADS": str(options.threads)})
        with open(os.path.join(out, peer, "times.json")) as file:
            for name, variants in json.load(file).items():
                times[name].update(variants)
    if options.program:
        progress("plumb")
        for name, seconds in plumb.run(options, folder, os.path.join(out, "plumb"), chosen).items():
            times[name]["plumb"] = seconds
    differences = [d for number, query in chosen.items() for d in compare(number, query, out)]
    report(rows, order, options.threads, times)
    for difference in differences:
        print("DIFFERS", difference)
    return {"rows": rows, "order": order, "threads": options.threads, "times": times, "differences": differences}


def compare(number, query, out):
    """Every answer to the query against the first one of DuckDB's."""
    reference_path = min(glob.glob(f"{out}/duckdb/{number}-duckdb *.parquet"), key=lambda path: ("plain" not in path, path))
    reference = pl.read_parquet(reference_path)
    for path in sorted(glob.glob(f"{out}/*/{number}-*.parquet") + glob.glob(f"{out}/plumb/{number}.csv")):
        if path == reference_path:
            continue
        reason = answers.difference(reference, answers.read(path, reference), query.keys)
        if reason:
            yield f"{query.name}: {os.path.basename(path)}: {reason}"


def report(rows, order, threads, times):
    print(f"\n{rows} million rows, {order} order, {threads} threads; best of five, in ms\n")
    print("| query | Plumb | DuckDB | Polars | best peer / Plumb |")
    print("|---|---:|---:|---:|---:|")
    ratios = []
    for name, variants in times.items():
        best = {p: min((v, k) for k, v in variants.items() if k.startswith(p)) for p in ("duckdb", "polars")}
        ours = variants.get("plumb")
        cells = [f"{v * 1000:.1f} ({k.removeprefix(p + ' ')})" for p, (v, k) in best.items()]
        ratio = min(v for v, _ in best.values()) / ours if ours else None
        if ratio:
            ratios.append(ratio)
        print("|", " | ".join([name, f"{ours * 1000:.1f}" if ours else "–", *cells,
                               f"{ratio:.2f}" if ratio else "–"]), "|")
    if ratios:
        mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
        print(f"\nGeometric mean {mean:.2f}, least {min(ratios):.2f}, "
              f"{sum(r >= 1 for r in ratios)} of {len(ratios)} at least as fast as the best peer.")


def progress(text):
    print("bench:", text, file=sys.stderr, flush=True)
