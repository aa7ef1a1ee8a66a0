#!/usr/bin/env python3
"""Write one small table as CSV with the programs that people use, each in its own way.

    make_csv.py [FOLDER]

Tested with Python 3.13, pandas 3.1.1, polars 2.1.0, duckdb 2.0.0. `expected.json` has, for each
file, the types and values that reading it must give.
"""
import csv, datetime, json, math, os, sys

import duckdb, pandas, polars

folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
os.chdir(folder)

names = ["id", "score", "ok", "at", "label", "zip", "empty"]
day = datetime.datetime(2026, 11, 23, 10, 30, 0, 250000)
rows = [
    (1, 0.1, True, day, "plain", "01234", None),
    (-2, float("nan"), False, datetime.datetime(1969, 12, 31, 23, 59, 59), 'a "quoted", word', "99999", None),
    (None, float("inf"), None, None, "two\nlines", "00000", None),
    (2**53 + 1, -0.0, True, datetime.datetime(2026, 1, 1), "größe 日本 🎉", "12345", None),
    (5, 1e-300, False, day, "", "54321", None),
    (6, None, True, day, None, None, None),
    (7, 12345678.9, True, day, " spaced ", "00001", None),
]
types = ["int", "float", "bool", "timestamp", "string", "string", "string"]


def micros(value):
    if value is None:
        return None
    return int((value - datetime.datetime(1970, 1, 1)) / datetime.timedelta(microseconds=1))


def cell(value):
    if isinstance(value, float) and not math.isfinite(value):
        return {"float": str(value)}
    if isinstance(value, datetime.datetime):
        return micros(value)
    return value


expected = {}


def expect(file, change=lambda name, value: value):
    """Notes what a file holds; `change` says what the program could not keep."""
    expected[file] = {
        "names": names,
        "types": types,
        "rows": [[cell(change(n, v)) for n, v in zip(names, row)] for row in rows],
    }


def text(value):
    """What Python's csv module is given."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    return value


def empty_is_null(name, value):
    return None if value == "" else value


def nan_is_null(name, value):
    if value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    return value


def python(file, newline="", encoding="utf-8", keep=empty_is_null, **dialect):
    with open(file, "w", newline="", encoding=encoding) as stream:
        writer = csv.writer(stream, **dialect)
        writer.writerow(names)
        for row in rows:
            writer.writerow([text(value) for value in row])
    expect(file, keep)


def null_text_is_empty(name, value):
    """With every cell in quotes a text column has empty texts and no nulls."""
    if name in ("label", "zip", "empty") and value is None:
        return ""
    return value


python("python-excel.csv")
python("python-unix.csv", dialect="unix", keep=null_text_is_empty)
python("python-semicolon.csv", delimiter=";", lineterminator="\n")
python("python-tab.tsv", delimiter="\t", lineterminator="\n")
python("python-pipe.csv", delimiter="|", lineterminator="\n")
python("python-bom.csv", encoding="utf-8-sig")
python("python-utf16.csv", encoding="utf-16")

frame = pandas.DataFrame(
    {
        "id": pandas.array([row[0] for row in rows], dtype="Int64"),
        "score": [row[1] for row in rows],
        "ok": pandas.array([row[2] for row in rows], dtype="boolean"),
        "at": pandas.to_datetime([row[3] for row in rows], format="ISO8601"),
        "label": [row[4] for row in rows],
        "zip": [row[5] for row in rows],
        "empty": [None] * len(rows),
    }
)
frame.to_csv("pandas.csv", index=False)
expect("pandas.csv", nan_is_null)

polars_frame = polars.DataFrame(
    {name: [row[i] for row in rows] for i, name in enumerate(names)},
    schema={
        "id": polars.Int64, "score": polars.Float64, "ok": polars.Boolean,
        "at": polars.Datetime("us"), "label": polars.String, "zip": polars.String,
        "empty": polars.String,
    },
)
polars_frame.write_csv("polars.csv")
expect("polars.csv")

connection = duckdb.connect()
connection.execute(
    "create table t (id bigint, score double, ok boolean, \"at\" timestamp, label text, zip text, empty text)"
)
connection.executemany("insert into t values (?, ?, ?, ?, ?, ?, ?)", rows)
connection.execute("copy t to 'duckdb.csv' (header)")
expect("duckdb.csv")

with open("expected.json", "w") as stream:
    json.dump(expected, stream, indent=1, ensure_ascii=False)
    stream.write("\n")
