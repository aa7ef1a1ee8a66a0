"""MLflow's own client on the questions that it can answer, against Plumb as a whole process."""
import os
import subprocess
import sys

import plumb
import store

HERE = os.path.dirname(os.path.abspath(__file__))
REQUIREMENTS = os.path.join(HERE, "requirements-mlflow.txt")
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
    python = installed(options)
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


def installed(options):
    """The Python of an environment with MLflow in it."""
    folder = os.path.join(options.folder, "mlflow-venv")
    python = os.path.join(folder, "bin", "python")
    if not os.path.exists(os.path.join(folder, "done")):
        print("bench: installing MLflow", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS],
                       check=True)
        open(os.path.join(folder, "done"), "w").close()
    return python
