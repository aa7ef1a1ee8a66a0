#!/usr/bin/env python3
"""What the module `experiments` must answer about a store, computed with SQL, NumPy and SciPy alone.

    make_expected.py mlflow-ml.db > expected.json

Each entry holds a program and the rows that it gives, a list for each column.
"""
import json, math, re, sqlite3, sys
import numpy as np
from scipy import stats

MAX = 1.7976931348623157e308
db = sqlite3.connect(sys.argv[1])
EXPERIMENTS = dict(db.execute("SELECT experiment_id, name FROM experiments WHERE lifecycle_stage = 'active'"))


def select_runs():
    """The active runs in the order of the store, with parameters and last metrics."""
    runs = []
    for uuid, name, experiment, status, start, end, user in db.execute(
            "SELECT run_uuid, name, experiment_id, status, start_time, end_time, user_id FROM runs"
            " WHERE lifecycle_stage = 'active' ORDER BY rowid"):
        if experiment not in EXPERIMENTS:
            continue
        tags = dict(db.execute("SELECT key, value FROM tags WHERE run_uuid = ?", (uuid,)))
        metrics = {}
        for key, value, nan in db.execute("SELECT key, value, is_nan FROM latest_metrics WHERE run_uuid = ?", (uuid,)):
            metrics[key] = math.nan if nan else math.copysign(math.inf, value) if abs(value) == MAX else value
        runs.append({
            "run_id": uuid, "name": tags.get("mlflow.runName", name), "experiment": EXPERIMENTS[experiment],
            "status": status, "start": start, "end": end, "user": tags.get("mlflow.user", user), "metrics": metrics,
            "params": dict(db.execute("SELECT key, value FROM params WHERE run_uuid = ?", (uuid,)))})
    return runs


RUNS = select_runs()
cases = []


def case(program, columns, rows):
    cases.append({"program": "import experiments\n" + program,
                  "columns": {name: [plain(row[i]) for row in rows] for i, name in enumerate(columns)}})


def plain(value):
    """A value as JSON has it: NaN and the infinities are texts."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def measured(metric, runs=None):
    return [(r, r["metrics"][metric]) for r in (RUNS if runs is None else runs)
            if math.isfinite(r["metrics"].get(metric, math.nan))]


def grouped(pairs, key):
    groups = {}
    for run, value in pairs:
        groups.setdefault(key(run), []).append((run, value))
    return groups


def micros(milliseconds):
    return None if milliseconds is None else milliseconds * 1000


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


# best
for metric, sign in [("accuracy", 1), ("val/loss", -1), ("val/loss", 1), ("val_accuracy", 1)]:
    rows = []
    for experiment, pairs in grouped(measured(metric), lambda r: r["experiment"]).items():
        run, value = max(pairs, key=lambda p: sign * p[1])
        rows.append((experiment, run["run_id"], run["name"], value, micros(run["start"])))
    direction = "max" if sign > 0 else "min"
    case(f'experiments.best("{metric}", direction = "{direction}")',
         ["experiment", "run_id", "name", "value", "start_time"], rows)
rows = []
for key, pairs in grouped(measured("val/loss"), lambda r: (r["params"].get("alpha"), r["params"].get("eta0"))).items():
    run, value = min(pairs, key=lambda p: p[1])
    rows.append((number(key[0]) if key[0] else None, number(key[1]) if key[1] else None, run["run_id"], value))
case('experiments.best("val/loss", per = ["params.alpha", "params.eta0"], direction = "min")',
     ["params.alpha", "params.eta0", "run_id", "value"], rows)

# curve
for smooth in (4,):
    rows = []
    runs = [r for r in RUNS if r["experiment"] == "screening/breast-cancer-sgd" and "val/loss" in r["metrics"]]
    for run in sorted(runs, key=lambda r: (r["name"], r["run_id"])):
        history = db.execute("SELECT step, timestamp, value, is_nan FROM metrics WHERE run_uuid = ? AND key = 'val/loss'"
                             " ORDER BY step, timestamp", (run["run_id"],)).fetchall()
        values = [math.nan if nan else math.copysign(math.inf, v) if abs(v) == MAX else v for _, _, v, nan in history]
        for i, (step, time, _, _) in enumerate(history):
            finite = [v for v in values[max(0, i - smooth + 1):i + 1] if math.isfinite(v)]
            rows.append((run["name"], step, values[i], float(np.mean(finite)) if finite else None))
    case(f'runs | where experiment == "screening/breast-cancer-sgd" | experiments.curve("val/loss", smooth = {smooth})',
         ["name", "step", "value", "smooth"], rows)


# seeds
def spread(values):
    values = np.array(values)
    n = len(values)
    mean = float(np.mean(values))
    if n < 2:
        return [n, mean, None, None, None, float(values.min()), float(values.max())]
    deviation = float(np.std(values, ddof=1))
    low, high = (float(x) for x in stats.t.interval(0.95, n - 1, mean, deviation / math.sqrt(n))) \
        if deviation > 0 else (mean, mean)
    return [n, mean, deviation, low, high, float(values.min()), float(values.max())]


SPREAD = ["runs", "mean", "stddev", "low", "high", "min", "max"]
for metric in ("val_accuracy", "accuracy", "val/loss"):
    seed = re.compile(r"(?i)(^|[._/-])(seed|random_state)$")
    pairs = measured(metric)
    vary = {}
    for experiment, group in grouped(pairs, lambda r: r["experiment"]).items():
        keys = {k for r, _ in group for k in r["params"] if not seed.search(k)}
        vary[experiment] = [k for k in sorted(keys, key=lambda k: k.encode())
                            if len({r["params"].get(k) for r, _ in group}) > 1]
    def settings(run):
        return run["experiment"], ", ".join(
            f"{k}={run['params'][k]}" for k in vary[run["experiment"]] if k in run["params"])
    case(f'experiments.seeds("{metric}")', ["experiment", "settings"] + SPREAD,
         [list(key) + spread([v for _, v in group]) for key, group in grouped(pairs, settings).items()])
by_c = grouped([p for p in measured("accuracy") if p[0]["experiment"] == "wine-cultivar"],
               lambda r: number(r["params"]["C"]) if "C" in r["params"] else None)
case('runs | where experiment == "wine-cultivar" | experiments.seeds("accuracy", by = "params.C")',
     ["params.C"] + SPREAD, [[c] + spread([v for _, v in group]) for c, group in by_c.items()])

# importance
for metric in ("val_accuracy", "accuracy", "val/loss", "test_rmse"):
    rows = []
    for experiment, group in grouped(measured(metric), lambda r: r["experiment"]).items():
        for key in {k for r, _ in group for k in r["params"]}:
            pairs = [(r["params"][key], v) for r, v in group if key in r["params"]]
            texts, values = [t for t, _ in pairs], np.array([v for _, v in pairs])
            numbers = [number(t) for t in texts]
            n = len(pairs)
            if None not in numbers:
                distinct = len(set(numbers))
                if distinct < 2:
                    continue
                share = None if n < 2 or np.ptp(values) == 0 else float(stats.spearmanr(numbers, values).statistic)
                row, squared, k = ("number", share, None), None if share is None else share ** 2, 2
            else:
                distinct = len(set(texts))
                if distinct < 2:
                    continue
                total = float(((values - values.mean()) ** 2).sum())
                between = sum(len(part) * (part.mean() - values.mean()) ** 2 for part in (
                    values[[t == c for t in texts]] for c in set(texts)))
                share = None if np.ptp(values) == 0 else float(between / total)
                row, squared, k = ("category", None, share), share, distinct
            strength = None if squared is None or n <= k else max(0.0, 1 - (1 - squared) * (n - 1) / (n - k))
            rows.append([experiment, key, row[0], n, distinct, row[1], row[2], strength])
    rows.sort(key=lambda r: (r[0].encode(), r[7] is None, -(r[7] or 0), r[1].encode()))
    case(f'experiments.importance("{metric}")',
         ["experiment", "param", "type", "runs", "values", "rank_correlation", "eta_squared", "strength"], rows)

# progress
for metric, sign in [("accuracy", 1), ("val/loss", -1)]:
    rows = []
    groups = grouped(measured(metric), lambda r: r["experiment"])
    for experiment in sorted(groups, key=lambda e: e.encode()):
        best = -math.inf
        for run, value in sorted(groups[experiment], key=lambda p: p[0]["start"]):
            improved = sign * value > best
            best = max(best, sign * value)
            rows.append((experiment, micros(run["start"]), run["run_id"], value, sign * best, improved))
    direction = "max" if sign > 0 else "min"
    case(f'experiments.progress("{metric}", direction = "{direction}")',
         ["experiment", "start_time", "run_id", "value", "best", "improved"], rows)

# stale
rows = sorted((r for r in RUNS if r["status"] in ("RUNNING", "SCHEDULED")), key=lambda r: r["start"])
case("experiments.stale()", ["experiment", "run_id", "name", "user", "status", "start_time"],
     [(r["experiment"], r["run_id"], r["name"], r["user"], r["status"], micros(r["start"])) for r in rows])

# compare
first, second = "sgd-a0.001-e0.001-s0", "sgd-a0.001-e0.1-s0"
a, b = (next(r for r in RUNS if r["name"] == name) for name in (first, second))
rows = []
for kind, part in (("param", "params"), ("metric", "metrics")):
    for key in sorted(set(a[part]) | set(b[part]), key=lambda k: k.encode()):
        if a[part].get(key) != b[part].get(key):
            rows.append((kind, key) + tuple(None if r[part].get(key) is None else str(r[part][key]) for r in (a, b)))
case(f'experiments.compare(["{first}", "{second}"])', ["kind", "key", first, second], rows)

# One case a line.
print("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]")
