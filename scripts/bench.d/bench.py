"""Compares Plumb with DuckDB and Polars; scripts/bench starts it. The parts are one file each."""
import argparse
import json
import os
import subprocess
import sys

import audit
import drift_bench
import files
import interrupt
import kernel
import memory
import mlflow_client
import query_bench
import shell
import startup
import store_load

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PARTS = {"queries": query_bench.run, "files": files.run, "memory": memory.run, "load": store_load.run,
         "startup": startup.run, "mlflow": mlflow_client.run, "shell": shell.run, "interrupt": interrupt.run,
         "drift": drift_bench.run, "kernel": kernel.run, "audit": audit.run}


def options():
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    part = parser.add_argument_group("parts (none: --queries)")
    part.add_argument("--queries", action="store_true", help="every query against DuckDB and Polars")
    part.add_argument("--files", action="store_true", help="loading Parquet and CSV against DuckDB and Polars")
    part.add_argument("--memory", action="store_true", help="bytes per row held, and the peak while loading")
    part.add_argument("--load", action="store_true", help="loading a store of 10 M rows against a C loop")
    part.add_argument("--startup", action="store_true", help="time from start to the first answer")
    part.add_argument("--mlflow", action="store_true", help="MLflow's own client on the same questions")
    part.add_argument("--shell", action="store_true", help="the shell: start, keys, a paste, completion")
    part.add_argument("--interrupt", action="store_true", help="from SIGINT to the end of the process")
    part.add_argument("--drift", action="store_true", help="drift of 25 features of a million rows, against five peers")
    part.add_argument("--kernel", action="store_true", help="the notebook kernel beside ipykernel")
    part.add_argument("--audit", action="store_true", help="std:audit over 5,000 models and a million monitor results")
    parser.add_argument("--rows", type=int, nargs="+", default=[20], choices=(10, 20, 50), help="millions of rows")
    parser.add_argument("--order", nargs="+", default=["logged"], choices=("logged", "shuffled"))
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)), help="the same for all")
    parser.add_argument("--more", action="store_true", help="61 further queries in place of the 22")
    parser.add_argument("--only", default="", help="only queries whose name holds this")
    parser.add_argument("--types", default="", choices=("", "plain", "enum"),
                        help="the peers with these types alone; enum is nearly always their fastest")
    parser.add_argument("--peers-only", action="store_true", help="without Plumb")
    parser.add_argument("--json", help="write the times to this file too")
    parser.add_argument("--folder", default=os.path.join(ROOT, ".build", "bench"), help="where the data is kept")
    return parser.parse_args()


def main():
    chosen = options()
    chosen.program = None
    if not chosen.peers_only:
        chosen.program = os.environ.get("PLUMB_PROGRAM") or subprocess.run(
            [os.path.join(ROOT, "scripts", "build")], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    os.makedirs(chosen.folder, exist_ok=True)
    parts = [p for p in PARTS if getattr(chosen, p)] or ["queries"]
    results = {part: PARTS[part](chosen) for part in parts}
    if chosen.json:
        with open(chosen.json, "w") as file:
            json.dump(results, file, indent=1)
    if not all(result.get("agree", True) for result in results.values()):
        sys.exit("bench: answers differ")


main()
