"""Asks MLflow's client one question, three times, and prints the least seconds: `ask_mlflow.py CALL STORE RUNS`."""
import os
import sys
import time

os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true")
from mlflow import MlflowClient  # noqa: E402

call, path, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
client = MlflowClient(f"sqlite:///{os.path.abspath(path)}")
experiments = [e.experiment_id for e in client.search_experiments()]


def best_runs():
    for experiment in experiments:
        client.search_runs([experiment], order_by=["metrics.val_accuracy DESC"], max_results=1)


def histories():
    for run in runs:
        client.get_metric_history(run, "val_loss")


question = best_runs
if call == "get_metric_history":
    runs = [r.info.run_id for r in client.search_runs(experiments, max_results=count)]
    question = histories
times = []
for _ in range(3):
    start = time.perf_counter()
    question()
    times.append(time.perf_counter() - start)
print(min(times))
