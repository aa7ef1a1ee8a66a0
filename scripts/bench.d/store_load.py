"""Loading the metric history of a 10-million-row store, against a bare C loop over the same columns."""
import os
import subprocess

import plumb
import store

HERE = os.path.dirname(os.path.abspath(__file__))
# Every column is read, and the work on them once loaded is small.
QUESTION = "metrics | summarize n = count(), steps = sum(step), last = max(timestamp), least = min(value) by run_id, key | count"


def run(options):
    path = store.large(options)
    loop = os.path.join(options.folder, "step_loop")
    subprocess.run(["clang", "-O2", "-o", loop, os.path.join(HERE, "step_loop.c"), "-lsqlite3"], check=True)
    commands = {"c": [loop, path]}
    if options.program:
        commands["plumb"] = [options.program, path, "--threads", str(options.threads), "-c", QUESTION]
    plumb.seconds([loop, path], 1)  # the page cache is warm for both
    best = {name: min(plumb.seconds(command, 3)) for name, command in commands.items()}
    print(f"\nLoading {store.ROWS:,} metric rows from SQLite, best of three, whole process\n")
    for name, seconds in best.items():
        print(f"| {name} | {seconds:.2f} s | {seconds / best['c']:.2f} times the C loop |")
    return best
