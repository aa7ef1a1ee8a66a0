"""Drift of 25 features between a million reference and a million current rows, against the peers from PyPI."""
import csv
import json
import os
import re
import subprocess
import sys

import drift_data
import environment
from drift_data_names import CATEGORIES, NUMBERS

HERE = os.path.dirname(os.path.abspath(__file__))
ROWS = 1_000_000
REPEATS = 3
# The shares of psi and of the distances agree to rounding; p-values by their series.
TOLERANCES = {"psi": 1e-9, "ks": 1e-12, "ks_p": 1e-6, "evidently": 1e-9}
TIMING = re.compile(r"^timing: line (\d+): ([0-9.e-]+) s", re.MULTILINE)
PEERS = ["numpy psi", "numpy+scipy psi+ks", "polars psi", "duckdb psi", "evidently preset"]


PSI, ALL, WINDOWS = "psi", "psi+ks+wasserstein", "psi+ks+wasserstein, 90 daily windows"
FAST_PEERS = ["numpy psi", "polars psi", "duckdb psi"]


def run(options):
    folder = os.path.join(options.folder, "drift")
    drift_data.make(folder, ROWS)
    print(f"\nDrift of {len(NUMBERS)} numbers and {len(CATEGORIES)} categories, {ROWS:,} against {ROWS:,} rows in memory, "
          "best of three (the report once), in seconds\n")
    print("| what | seconds |\n|---|---:|", flush=True)
    ours = {"seconds": {}, "features": {}}
    if options.program:
        ours = plumb(options, folder)
        for name, seconds in ours["seconds"].items():
            print(f"| plumb {name} | {seconds:.2f} |", flush=True)
    peers = {}
    for name in PEERS:
        peers[name] = ask(options, folder, name)
        print(f"| {name} | {peers[name]['seconds']:.2f} |", flush=True)
    wrong = differences(ours["features"], peers)
    for line in wrong:
        print("differs:", line, file=sys.stderr)
    result = {"peers": {k: p["seconds"] for k, p in peers.items()}, "plumb": ours["seconds"], "agree": not wrong}
    if options.program:
        result["peak_mib"] = {kind: peak_mib(options, folder, kind) for kind in ("parquet", "csv")}
        result["goals"] = goals(ours["seconds"], result["peers"], result["peak_mib"])
    return result


def goals(ours, peers, peaks):
    """Prints what is asked of the comparison beside what was measured."""
    fastest = min(FAST_PEERS, key=peers.get)
    rows = [
        (f"`{PSI}` against the fastest peer ({fastest})", peers[fastest] / ours[PSI], 1, "times as fast"),
        (f"`{ALL}` against numpy+scipy's psi+ks", peers["numpy+scipy psi+ks"] / ours[ALL], 4, "times as fast"),
        (f"`{ALL}` against Evidently's preset", peers["evidently preset"] / ours[ALL], 40, "times as fast"),
        ("90 windows against one comparison", ours[WINDOWS] / ours[ALL], 3, "times the cost"),
    ]
    rows += [(f"Peak of a process that loads both tables from {kind} and compares them", peak, 900, "MiB")
             for kind, peak in peaks.items()]
    print("\n| goal | measured | asked | |\n|---|---:|---:|---|")
    met = {}
    for what, measured, asked, unit in rows:
        met[what] = measured >= asked if unit == "times as fast" else measured <= asked
        bound = "at least" if unit == "times as fast" else "at most"
        print(f"| {what} | {measured:,.2f} {unit} | {bound} {asked} | {'met' if met[what] else 'missed'} |")
    return met


def ask(options, folder, peer):
    out = os.path.join(folder, peer.replace(" ", "-") + ".json")
    python = sys.executable
    if peer.startswith("evidently"):
        python = environment.python(options, "evidently", "requirements-evidently.txt")
    subprocess.run([python, os.path.join(HERE, "drift_peers.py"), peer, folder, str(options.threads), out], check=True,
                   stdout=subprocess.DEVNULL)
    with open(out) as file:
        return json.load(file)


def loading(folder, kind="parquet"):
    return [f'load {table} from "{folder}/{table}.{kind}"' for table in ("reference", "current")]


def comparison(more=""):
    return f"current | drift against reference on {', '.join(NUMBERS + CATEGORIES)} {more}"


def plumb(options, folder):
    questions = {PSI: comparison('method = "psi"'), ALL: comparison(), WINDOWS: comparison("over day every 1d")}
    lines = loading(folder)
    line_of = {}
    for number, (name, question) in enumerate(questions.items()):
        for repeat in range(REPEATS):
            lines.append(f"let answer_{number}_{repeat} = {question}")
            line_of[len(lines)] = name
    lines.append(f'answer_1_0 | select feature, psi, statistic, p_value | save "{folder}/answer.csv"')
    lines.append(comparison('like = "evidently"') + f' | select feature, statistic | save "{folder}/evidently.csv"')
    script = os.path.join(folder, "drift.plumb")
    with open(script, "w") as file:
        file.write("\n".join(lines) + "\n")
    process = subprocess.run([options.program, "run", script, "--timing", "--threads", str(options.threads)],
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if process.returncode != 0:
        sys.exit(f"bench: plumb ended with {process.returncode}\n{process.stderr}")
    best = {}
    for line, seconds in TIMING.findall(process.stderr):
        name = line_of.get(int(line))
        if name:
            best[name] = min(best.get(name, float("inf")), float(seconds))
    rows = by_feature(f"{folder}/answer.csv")
    evidently = by_feature(f"{folder}/evidently.csv")
    features = {}
    for name in NUMBERS + CATEGORIES:
        features[name] = {"psi": float(rows[name]["psi"]), "evidently": float(evidently[name]["statistic"])}
        if name in NUMBERS:
            features[name] |= {"ks": float(rows[name]["statistic"]), "ks_p": float(rows[name]["p_value"])}
    return {"seconds": best, "features": features}


def by_feature(path):
    with open(path) as file:
        return {row["feature"]: row for row in csv.DictReader(file)}


def peak_mib(options, folder, kind):
    """The peak of a process that loads both tables and compares them once."""
    if kind == "csv":
        drift_data.make_csv(folder)
    script = os.path.join(folder, "drift-once.plumb")
    with open(script, "w") as file:
        file.write("\n".join([*loading(folder, kind), f"let answer = {comparison()}"]) + "\n")
    process = subprocess.Popen([options.program, "run", script, "--threads", str(options.threads)],
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit("bench: plumb failed")
    return usage.ru_maxrss / 1024


def differences(ours, peers):
    wrong = []
    for peer, answer in peers.items():
        for feature, values in answer["features"].items():
            for name, value in values.items():
                found = ours.get(feature, {}).get(name)
                if found is None:
                    continue
                close = abs(found - value) <= TOLERANCES[name] * abs(value) + 1e-12
                tiny = name == "ks_p" and found < 1e-12 and value < 1e-12
                if not close and not tiny:
                    wrong.append(f"{feature} {name}: {found} against {value} of {peer}")
    return wrong
