"""Runs generated programs through the `plumb` program and compares what it prints."""

import json
import os
import subprocess
import tempfile

from values import literal, shown


def write_table(generator, folder, name, table):
    """A statement that gives the table its name, by one of three ways of input."""
    lists = any(t.startswith("list<") for _, t in table.columns)
    empty = [n for n, _ in table.columns if all(row[n] in (None, []) for row in table.rows)]
    forms = ["jsonl"] if lists else ["csv", "jsonl"] if table.rows else ["csv"]
    if not empty:
        forms.append("literal")
    form = generator.pick(forms)
    if form == "literal":
        rows = [
            "{" + ", ".join(f"{json.dumps(n)}: {literal(row[n], t)}" for n, t in table.columns)
            + "}" for row in table.rows]
        return f"let {name} = table([{', '.join(rows)}])"
    types = {n: t for n, t in table.columns if not t.startswith("list<")}
    path = os.path.join(folder, f"{name}.{form}")
    with open(path, "w", encoding="utf-8", newline="") as file:
        if form == "csv":
            file.write(",".join(quoted(n) for n, _ in table.columns) + "\n")
            for row in table.rows:
                file.write(",".join(csv_cell(row[n], t) for n, t in table.columns) + "\n")
        else:
            for row in table.rows:
                cells = {n: shown(row[n], t) for n, t in table.columns}
                file.write(json.dumps(cells, ensure_ascii=generator.once(2)) + "\n")
    option = ", ".join(f"{json.dumps(n)}: {json.dumps(t)}" for n, t in types.items())
    return f"load {name} from {json.dumps(path)}, types = {{{option}}}"


def quoted(text):
    return '"' + text.replace('"', '""') + '"'


def csv_cell(value, type):
    if value is None:
        return ""
    value = shown(value, type)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    return repr(value)


def same(a, b):
    """Whether two JSON values agree, floats but for rounding."""
    if isinstance(a, bool) or isinstance(b, bool) or a is None or b is None:
        return a is b
    if isinstance(a, float) or isinstance(b, float):
        if not isinstance(a, (int, float)) or not isinstance(b, (int, float)):
            return False
        return a == b or abs(a - b) <= 1e-9 * max(abs(a), abs(b)) + 1e-12
    if isinstance(a, list):
        return isinstance(b, list) and len(a) == len(b) and all(map(same, a, b))
    return type(a) is type(b) and a == b


def difference(table, output):
    """What differs between a table and the JSON array that was printed for it, or None."""
    rows = json.loads(output)
    if len(rows) != len(table.rows):
        return f"{len(rows)} rows, expected {len(table.rows)}"
    for number, (row, other) in enumerate(zip(table.rows, rows)):
        if list(other) != table.names:
            return f"columns {list(other)}, expected {table.names}"
        for name, type in table.columns:
            expected = shown(row[name], type)
            if not same(other[name], expected):
                return f"row {number + 1}, {name}: {other[name]!r}, expected {expected!r}"
    return None


def run(program, source, arguments=()):
    with tempfile.NamedTemporaryFile("w", suffix=".plumb", encoding="utf-8") as file:
        file.write(source)
        file.flush()
        return subprocess.run(
            [program, "run", file.name, "-f", "json", *arguments], capture_output=True,
            timeout=120)


def failure(result):
    return f"exit {result.returncode}: {result.stderr.decode()}"
