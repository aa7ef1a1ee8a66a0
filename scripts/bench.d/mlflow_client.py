"""MLflow's own client on the questions that it can answer, against Plumb as a whole process."""
import os
import subprocess

import environment
import plumb
import store

HERE = os.path.dirname(os.path.abspath(__file__))
RUNS_ASKED = 200
QUESTIONS = {
    "best run per experiment": (
        "search_runs",
        "runs | top 1 by metrics.val_accuracy per experiment | select experiment, run_id, metrics.val_accuracy"),
    f"history of one key of {RUNS_ASKED} runs": (
        "get_metric_history",
        f'metrics | where key == "val_loss" and run_id in (runs | take {RUNS_ASKED} | select run_id) '
        "| summarize n = count(), low = min(value) by run_id"),
}


def run(options):
    path = store.large(options)
    python = environment.python(options, "mlflow", "requirements-mlflow.txt")
    results = {}
    print("\nMLflow's client and Plumb on a store of 10 million metric rows, best of three, in seconds\n")
    print("| question | MLflow | Plumb | MLflow / Plumb |\n|---|---:|---:|---:|")
    for name, (call, program) in QUESTIONS.items():
        # The client prints its own time, without Python's and MLflow's start, which takes seconds.
        output = subprocess.run([python, os.path.join(HERE, "ask_mlflow.py"), call, path, str(RUNS_ASKED)], check=True,
                                stdout=subprocess.PIPE, text=True).stdout
        theirs = float(output.split()[-1])
        ours = min(plumb.seconds([options.program, path, "--threads", str(options.threads), "-c", program], 3)) \
            if options.program else None
        results[name] = {"mlflow": theirs, "plumb": ours}
        print(f"| {name} | {theirs:.2f} | {f'{ours:.3f}' if ours else '–'} | {f'{theirs / ours:.0f}' if ours else '–'} |")
    return results
