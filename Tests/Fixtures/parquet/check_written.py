#!/usr/bin/env python3
"""Read the Parquet file that Plumb wrote with the programs that people use, and compare it with the CSV of the same table.

    check_written.py PLUMB

Runs `PLUMB` on the golden files, writes `written.parquet` and `written.json`: the versions of the readers and what each
read. Tested with pyarrow 26.0.1, polars 2.1.0, duckdb 2.0.1.
"""
import json
import os
import subprocess
import sys

import duckdb
import polars
import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import canonical

plumb = os.path.abspath(sys.argv[1])
os.chdir(os.path.dirname(os.path.abspath(__file__)))
program = """
read("all_zstd.parquet")
| select id, small, f, ok, text, unique, blob, us, cents, tags, grid, events, geo.lat, geo.at.n, attrs.*, empty
| save "written.parquet"
"""
subprocess.run([plumb, "-c", program], check=True)
source = canonical.expectation(pq.read_table("all_zstd.parquet"))
wanted = {c["name"]: c["fnv"] for c in source["columns"]}


def read(name):
    if name == "pyarrow":
        return pq.ParquetFile("written.parquet", page_checksum_verification=True).read()
    if name == "polars":
        return polars.read_parquet("written.parquet").to_arrow()
    return duckdb.sql("SELECT * FROM 'written.parquet'").to_arrow_table()


result = {}
for reader, version in (("pyarrow", pa.__version__), ("polars", polars.__version__), ("duckdb", duckdb.__version__)):
    found = canonical.expectation(read(reader))
    wrong = [c["name"] for c in found["columns"] if c["fnv"] != wanted[c["name"]]]
    result[reader] = {"version": version, "rows": found["rows"], "columns": len(found["columns"]), "wrong": wrong}
    print(reader, result[reader])
meta = pq.read_metadata("written.parquet")
for index in range(meta.num_columns):
    column = meta.row_group(0).column(index)
    if column.path_in_schema in ("id", "text", "f"):
        print(column.path_in_schema, column.encodings, column.statistics)
with open("written.json", "w") as file:
    json.dump(result, file, indent=1)
    file.write("\n")
sys.exit(any(r["wrong"] for r in result.values()))
