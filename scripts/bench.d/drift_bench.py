"""Drift of 25 features between a million reference and a million current rows, against the peers from PyPI."""
import csv
import json
import os
import re
import subprocess
import sys

import drift_data
from drift_data_names import CATEGORIES, NUMBERS

HERE = os.path.dirname(os.path.abspath(__file__))
ROWS = 1_000_000
REPEATS = 3
# The shares of psi and of the distances agree to rounding; p-values by their series.
TOLERANCES = {"psi": 1e-9, "ks": 1e-12, "ks_p": 1e-6}
TIMING = re.compile(r"^timing: line (\d+): ([0-9.e-]+) s", re.MULTILINE)
PEERS = ["numpy psi", "numpy+scipy psi+ks", "polars psi", "duckdb psi", "evidently preset"]


def run(options):
    folder = os.path.join(options.folder, "drift")
    drift_data.make(folder, ROWS)
    peers = {name: ask(options, folder, name) for name in PEERS}
    ours = plumb(options, folder) if options.program else {"seconds": {}, "features": {}}
    print(f"\nDrift of {len(NUMBERS)} numbers and {len(CATEGORIES)} categories, {ROWS:,} against {ROWS:,} rows in memory, "
          "best of three (the report once), in seconds\n")
    print("| what | seconds |\n|---|---:|")
    for name, peer in peers.items():
        print(f"| {name} | {peer['seconds']:.2f} |")
    for name, seconds in ours["seconds"].items():
        print(f"| plumb {name} | {seconds:.2f} |")
    wrong = differences(ours["features"], peers)
    for line in wrong:
        print("differs:", line, file=sys.stderr)
    if options.program:
        print(f"\nPeak of the whole process with both tables: {ours['peak_mib']:.0f} MiB")
    return {"peers": {k: p["seconds"] for k, p in peers.items()}, "plumb": ours["seconds"],
            "peak_mib": ours.get("peak_mib"), "agree": not wrong}


def ask(options, folder, peer):
    out = os.path.join(folder, peer.replace(" ", "-") + ".json")
    python = sys.executable
    if peer.startswith("evidently"):
        python = installed(options)
    subprocess.run([python, os.path.join(HERE, "drift_peers.py"), peer, folder, str(options.threads), out], check=True,
                   stdout=subprocess.DEVNULL)
    with open(out) as file:
        return json.load(file)


def installed(options):
    """The Python of an environment with Evidently in it, which needs an older pandas."""
    folder = os.path.join(options.folder, "evidently-venv")
    python = os.path.join(folder, "bin", "python")
    if not os.path.exists(os.path.join(folder, "done")):
        print("bench: installing Evidently", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r",
                        os.path.join(HERE, "requirements-evidently.txt")], check=True)
        open(os.path.join(folder, "done"), "w").close()
    return python


def plumb(options, folder):
    features = ", ".join(NUMBERS + CATEGORIES)
    questions = {
        "psi": f'current | drift against reference on {features} method = "psi"',
        "psi+ks+wasserstein": f"current | drift against reference on {features}",
        "psi+ks+wasserstein, 90 daily windows": f"current | drift against reference on {features} over day every 1d",
    }
    lines = [f'load {t} from "{folder}/{t}.parquet"' for t in ("reference", "current")]
    line_of = {}
    for number, (name, question) in enumerate(questions.items()):
        for repeat in range(REPEATS):
            lines.append(f"let answer_{number}_{repeat} = {question}")
            line_of[len(lines)] = name
    lines.append(f'answer_1_0 | select feature, psi, statistic, p_value | save "{folder}/answer.csv"')
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
    with open(f"{folder}/answer.csv") as file:
        rows = {row["feature"]: row for row in csv.DictReader(file)}
    features = {}
    for name in NUMBERS + CATEGORIES:
        features[name] = {"psi": float(rows[name]["psi"])}
        if name in NUMBERS:
            features[name] |= {"ks": float(rows[name]["statistic"]), "ks_p": float(rows[name]["p_value"])}
    return {"seconds": best, "features": features, "peak_mib": peak_mib(options, lines, folder)}


def peak_mib(options, lines, folder):
    """The peak of a process that loads both tables and compares them once."""
    script = os.path.join(folder, "drift-once.plumb")
    once = next(line for line in lines if line.startswith("let answer_1_0"))
    with open(script, "w") as file:
        file.write("\n".join([*lines[:2], once]) + "\n")
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
