#!/usr/bin/env python3
"""Runs notebooks through nbclient, nbconvert and papermill, and checks charts against the schema of
Vega-Lite: `notebooks.py [--program PATH]`. Needs the package of scripts/jupyter in the environment.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import altair
import jsonschema
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError

from wire import install

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "stdlib" / "examples").glob("*.ipynb"))


def notebook(*cells, tags=()):
    made = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(c) for c in cells],
        metadata={"kernelspec": {"name": "plumb", "display_name": "Plumb", "language": "plumb"},
                  "language_info": {"name": "plumb", "pygments_lexer": "plumb",
                                    "file_extension": ".plumb"}})
    for cell, tag in zip(made.cells, tags):
        cell.metadata["tags"] = [tag] if tag else []
    return made


def executed(made, **options):
    NotebookClient(made, kernel_name="plumb", timeout=60, **options).execute()
    return made


def run(folder, *command):
    done = subprocess.run([str(c) for c in command], cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def written(folder, made, name="in.ipynb"):
    path = Path(folder) / name
    nbformat.write(made, path)
    return path


def data(made, mime):
    return [o["data"][mime] for c in made.cells for o in c.get("outputs", [])
            if mime in o.get("data", {})]


def module(name):
    return [sys.executable, "-m", name]


# Checks


def nbclient_runs(folder):
    made = executed(notebook("let x = 41", "x + 1", 'print("hello")'))
    assert data(made, "text/plain") == ["42"]
    assert made.cells[2].outputs[0]["text"] == "hello\n"


def a_failing_cell_stops(folder):
    made = notebook("1", "1 // 0", 'print("never")')
    try:
        executed(made)
    except CellExecutionError as problem:
        assert "E0402" in str(problem), problem
    else:
        raise AssertionError("no error")
    assert made.cells[2].outputs == []


def an_expected_failure_does_not(folder):
    made = executed(notebook("1 // 0", "42", tags=("raises-exception", None)))
    assert data(made, "text/plain") == ["42"]


def a_time_limit_interrupts(folder):
    made = notebook("var i = 0; while true { i = i + 1 }")
    try:
        NotebookClient(made, kernel_name="plumb", timeout=2, interrupt_on_timeout=True).execute()
    except (CellExecutionError, CellTimeoutError):
        return
    raise AssertionError("it ended")


def nbconvert_executes(folder):
    path = written(folder, notebook('print("hello")', "table([{a: 1}]) | plot bar x = a"))
    code, text = run(folder, *module("nbconvert"), "--execute", "--to", "html", path)
    assert code == 0, text
    assert "No lexer found" not in text, text
    page = (Path(folder) / "in.html").read_text()
    assert "hello" in page and "vega" in page.lower()
    code, text = run(folder, *module("nbconvert"), "--to", "script", path)
    assert code == 0 and (Path(folder) / "in.plumb").exists(), text


def nbconvert_fails(folder):
    path = written(folder, notebook("1 // 0"))
    code, text = run(folder, *module("nbconvert"), "--execute", "--to", "notebook", path)
    assert code == 1 and "E0402" in text, text
    code, text = run(
        folder, *module("nbconvert"), "--execute", "--allow-errors", "--to", "notebook", path)
    assert code == 0, text


def papermill_passes_parameters(folder):
    made = notebook('param metric: string = "acc"\nparam top: int = 1', 'f"{metric} {top}"',
                    tags=("parameters", None))
    path = written(folder, made)
    out = Path(folder) / "out.ipynb"
    code, text = run(folder, *module("papermill"), path, out, "-p", "metric", 'val/"x"', "-p",
                     "top", "5", "--no-progress-bar")
    assert code == 0, text
    assert data(nbformat.read(out, 4), "text/plain") == ['val/"x" 5']


def papermill_fails(folder):
    path = written(folder, notebook("1 // 0", "2"))
    code, text = run(folder, *module("papermill"), path, Path(folder) / "out.ipynb",
                     "--no-progress-bar")
    assert code != 0 and "E0402" in text, text


def a_second_run_gives_the_same(folder):
    made = [executed(notebook(
        'open "std:demo"', "runs | take 3", "runs | plot bar x = experiment")) for _ in range(2)]
    outputs = [[c.outputs for c in m.cells] for m in made]
    assert json.dumps(outputs[0]) == json.dumps(outputs[1])


def charts_are_valid_vega_lite(folder):
    schema = json.loads(
        (Path(altair.__file__).parent / "vegalite/v5/schema/vega-lite-schema.json").read_text())
    validator = jsonschema.Draft7Validator(schema)
    cells = (ROOT / "Tests/Golden/charts/kinds.plumb").read_text()
    program = "\n".join(line for line in cells.splitlines() if not line.startswith("#>"))
    made = executed(notebook(program))
    specifications = data(made, "application/vnd.vegalite.v5+json")
    assert len(specifications) > 20, len(specifications)
    for specification in specifications:
        errors = list(validator.iter_errors(specification))
        assert not errors, (specification["description"], errors[0].message[:300])
        assert '"container"' not in json.dumps(specification)


def the_tutorials_run(folder):
    assert NOTEBOOKS, "no notebooks"
    for path in NOTEBOOKS:
        made = nbformat.read(path, 4)
        executed(made, resources={"metadata": {"path": str(path.parent)}})


CHECKS = [
    nbclient_runs, a_failing_cell_stops, an_expected_failure_does_not, a_time_limit_interrupts,
    nbconvert_executes, nbconvert_fails, papermill_passes_parameters, papermill_fails,
    a_second_run_gives_the_same, charts_are_valid_vega_lite, the_tutorials_run,
]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=".build/debug/plumb")
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    install(arguments.program)
    os.environ["PLUMB_HISTORY"] = ""
    failures = 0
    for check in CHECKS:
        if arguments.names and check.__name__ not in arguments.names:
            continue
        name = check.__name__.replace("_", " ")
        try:
            with tempfile.TemporaryDirectory() as folder:
                check(folder)
            print(f"ok    {name}")
        except Exception as problem:  # noqa: BLE001 - a check must not stop the others
            failures += 1
            print(f"FAIL  {name}: {str(problem)[:600] or type(problem).__name__}")
        sys.stdout.flush()
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
