"""The notebook kernel beside ipykernel: ready, a cell's round trip, a table, an interrupt."""
import json
import os
import subprocess

import environment

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = {
    "ready": "start to the first answer", "cell": "a cell's round trip", "table": "a table of 1,000 rows shown",
    "interrupt": "interrupt to the cell's end",
}


def run(options):
    python = environment.python(options, "jupyter", "requirements-jupyter.txt")
    ours = measured(python, "plumb", [options.program, "kernel", "run", "-f", "FILE"]) if options.program else {}
    theirs = measured(python, "python3", [python, "-m", "ipykernel_launcher", "-f", "FILE"])
    print("\nThe notebook kernel, medians in ms\n\n| | Plumb | ipykernel |\n|---|---:|---:|")
    for key, name in NAMES.items():
        print(f"| {name} | {milliseconds(ours.get(key))} | {milliseconds(theirs.get(key))} |")
    return {"plumb": ours, "ipykernel": theirs}


def measured(python, name, command):
    return json.loads(subprocess.run([python, os.path.join(HERE, "time_kernel.py"), name, *command], check=True,
                                     stdout=subprocess.PIPE, text=True).stdout)


def milliseconds(seconds):
    return "–" if seconds is None else f"{seconds * 1000:.1f}"
