#!/usr/bin/env python3
"""Write Arrow files and streams with the programs that people use, and what reading each file here must give.

    make_arrow.py [FOLDER]

Tested with pyarrow 26.0.1, polars 2.1.0. The files `log_*`, `dict_delta` and `spark_connect_agg` were made with these and
with Spark 4.3 and are kept as they are; `apache/` holds files of apache/arrow-testing. Computes `expected.json` for all of
them with pyarrow.
"""
import json
import os
import sys

import polars
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "../parquet"))
import canonical

os.chdir(sys.argv[1] if len(sys.argv) > 1 else here)

table = pq.ParquetFile(os.path.join(here, "../parquet/all_zstd.parquet")).read()
words = pa.array([None if i % 9 == 0 else f"w{i % 5}" for i in range(table.num_rows)]).dictionary_encode()
table = table.append_column("words", words)
table = table.append_column("large", table.column("text").cast(pa.large_string()))
table = table.append_column("view", table.column("text").combine_chunks().cast(pa.string_view()))
table = table.append_column("seconds", pa.array(range(table.num_rows), pa.duration("s")))
table = table.append_column("pairs", pa.array([[i, i + 1] if i % 4 else None for i in range(table.num_rows)],
                                              pa.list_(pa.int16(), 2)))


def write(name, make, codec=None, rows=64):
    with make(name, table.schema, options=pa.ipc.IpcWriteOptions(compression=codec)) as writer:
        writer.write_table(table, max_chunksize=rows)


write("all.arrow", pa.ipc.new_file)
write("all_lz4.arrow", pa.ipc.new_file, "lz4")
write("all_zstd.arrows", pa.ipc.new_stream, "zstd")
pa.feather.write_feather(table.select(["id", "text", "f", "words", "tags"]), "feather.feather")
few = table.drop_columns(["nothing", "ranks", "attrs", "events", "f16", "big", "view"])
polars.from_arrow(few).write_ipc("polars.arrow")
polars.from_arrow(few).head(60).write_ipc_stream("polars.arrows", compression="zstd")
uuids = pa.table({"id": pa.array([bytes(range(16)), None, b"\xff" * 16], pa.binary(16)).cast(pa.uuid())})
pa.feather.write_feather(uuids, "uuid.arrow", compression="uncompressed")
pa.feather.write_feather(table.select(["id", "text"]), "first_version.feather", version=1)
with pa.ipc.new_stream("no_rows.arrows", table.schema) as writer:
    pass


def read(path):
    data = pa.memory_map(path)
    reader = pa.ipc.open_file(data) if path.endswith((".arrow", ".feather")) else pa.ipc.open_stream(data)
    return reader.read_all()


expected = {}
for name in sorted(os.listdir(".") + ["apache/" + n for n in os.listdir("apache")]):
    if not name.endswith((".arrow", ".feather", ".arrows")):
        continue
    try:
        found = read(name)
        found.validate()
        expected[name] = canonical.expectation(found)
    except (OSError, pa.ArrowInvalid, ValueError) as error:
        print(name, type(error).__name__, str(error)[:150])
        expected[name] = {"error": True}
with open("expected.json", "w") as file:
    json.dump(expected, file, indent=0, ensure_ascii=False)
    file.write("\n")
