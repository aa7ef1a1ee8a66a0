"""The data of the benchmark: the metric history of 5,000 runs with 20 keys each, and the runs.

Seeded: the same arguments give the same rows. A run logs all keys at each step, so rows come in order of run,
step, key; `shuffled` is a random order of the same rows. About 0.3 % of the values are NaN (four keys diverge),
0.1 % are null. Values are continuous, so that no two engines can break a tie differently.
"""
import os

import numpy as np
import polars as pl

RUNS, KEYS = 5_000, 20
NAMES = ["val_loss", "train_loss", "grad_norm", "perplexity", "val_accuracy", "train_accuracy", "val_auc", "lr",
         "epoch_seconds", "gpu_utilization"] + [f"val/class_{i:02d}/f1" for i in range(10)]
DIVERGING = 4
START_US = 1_700_000_000_000_000


def make(folder, million_rows, order):
    """Writes metrics and runs as Parquet for the peers and as CSV for Plumb, unless they are there."""
    done = os.path.join(folder, "done")
    if os.path.exists(done):
        return
    os.makedirs(folder, exist_ok=True)
    steps = million_rows * 1_000_000 // (RUNS * KEYS)
    random = np.random.Generator(np.random.PCG64(20251101))
    ids = [random.bytes(16).hex() for _ in range(RUNS)]
    runs = make_runs(random, ids)
    metrics = make_metrics(random, ids, steps)
    if order == "shuffled":
        metrics = metrics[random.permutation(len(metrics))]
    for name, table in (("runs", runs), ("metrics", metrics)):
        table.write_parquet(os.path.join(folder, name + ".parquet"), compression="lz4")
        table.write_csv(os.path.join(folder, name + ".csv"), datetime_format="%Y-%m-%dT%H:%M:%S%.3fZ")
    open(done, "w").close()


def make_runs(random, ids):
    start = START_US + np.arange(RUNS) * 600_000_000
    return pl.DataFrame({
        "run_id": ids,
        "experiment": [f"exp-{i // 250:02d}" for i in range(RUNS)],
        "status": random.choice(["FINISHED", "FAILED", "KILLED"], RUNS, p=[.9, .07, .03]).tolist(),
        "optimizer": random.choice(["adam", "sgd", "adamw"], RUNS).tolist(),
        "lr": random.choice([1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2], RUNS),
        "start_time": pl.Series(start).cast(pl.Datetime("us")),
    })


def make_metrics(random, ids, steps):
    n = RUNS * steps * KEYS
    run = np.repeat(np.arange(RUNS, dtype=np.uint16), steps * KEYS)
    step = np.tile(np.repeat(np.arange(steps, dtype=np.int64), KEYS), RUNS)
    key = np.tile(np.arange(KEYS, dtype=np.uint8), RUNS * steps)
    quality = random.random(RUNS)
    value = random.standard_normal(n)
    value *= 0.05
    value += 1.5 * np.exp(-step / (steps / 5))
    value += quality[run]
    # Accuracies and scores lie between 0 and 1, seconds and utilization around 40.
    rates = (key >= 4) & (key != 7) & (key != 8) & (key != 9)
    value[rates] = 1 / (1 + np.exp(value[rates]))
    value[(key == 8) | (key == 9)] += 40
    chance = random.random(n)
    value[(key < DIVERGING) & (chance < 0.003 * KEYS / DIVERGING)] = np.nan
    absent = chance > 0.999
    timestamp = START_US + run.astype(np.int64) * 600_000_000 + (step + 1) * 2_000_000
    return pl.DataFrame({
        "run_id": pl.Series(run).replace_strict(pl.int_range(RUNS, dtype=pl.UInt16, eager=True), pl.Series(ids),
                                                return_dtype=pl.String),
        "key": pl.Series(key).replace_strict(pl.int_range(KEYS, dtype=pl.UInt8, eager=True), pl.Series(NAMES),
                                             return_dtype=pl.String),
        "step": step,
        "timestamp": pl.Series(timestamp).cast(pl.Datetime("us")),
        "value": pl.Series(value).set(pl.Series(absent), None),
    })
