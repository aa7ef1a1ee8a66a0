#!/usr/bin/env python3
"""Write Parquet files with the programs that people use, and what reading each file here must give.

    make_parquet.py [FOLDER]

Tested with pyarrow 26.0.1, pandas 3.1.1, polars 2.1.0, duckdb 2.0.1, fastparquet 2026.9.0. The files `log_*` and `skip_rowgroups` were made with these and
with ClickHouse 26.9 and Spark 4.3 and are kept as they are; `apache/` holds files of apache/parquet-testing. Computes
`expected.json` for all of them with pyarrow.
"""
import datetime
import json
import os
import sys

import duckdb
import fastparquet
import pandas
import polars
import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import canonical

folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
os.chdir(folder)
UTC = datetime.timezone.utc
N = 200

texts = ["plain", "", "größe 日本 🎉", "a \"quoted\" one", None, "x" * 200]
table = pa.table({
    "id": pa.array(range(N), pa.int64()),
    "small": pa.array([i % 7 - 3 if i % 5 else None for i in range(N)], pa.int8()),
    "u16": pa.array([i * 200 for i in range(N)], pa.uint16()),
    "u32": pa.array([2**32 - 1 - i for i in range(N)], pa.uint32()),
    "u64": pa.array([i * 2**40 for i in range(N)], pa.uint64()),
    "u64_wide": pa.array([2**64 - 1 - i if i % 3 else None for i in range(N)], pa.uint64()),
    "f": pa.array([None if i % 11 == 0 else float("nan") if i % 13 == 0 else i / 7 for i in range(N)], pa.float64()),
    "f32": pa.array([float("inf") if i == 4 else i / 3 for i in range(N)], pa.float32()),
    "f16": pa.array([i / 8 for i in range(N)], pa.float16()),
    "ok": pa.array([None if i % 9 == 0 else i % 2 == 0 for i in range(N)]),
    "text": pa.array([texts[i % 6] for i in range(N)]),
    "unique": pa.array([f"user-{i * 7919 % 1000:04d}" for i in range(N)]),
    "blob": pa.array([bytes([i % 256, 255, 0]) for i in range(N)]),
    "flba": pa.array([bytes([i % 256] * 5) for i in range(N)], pa.binary(5)),
    "day": pa.array([datetime.date(1960 + i % 90, 1 + i % 12, 1 + i % 28) for i in range(N)]),
    "ms": pa.array([i * 997 - 5000 for i in range(N)], pa.timestamp("ms", tz="UTC")),
    "us": pa.array([i * 997_001 - 5_000_000 for i in range(N)], pa.timestamp("us")),
    "ns": pa.array([i * 997_001_003 - 5_000_000_001 for i in range(N)], pa.timestamp("ns")),
    "time": pa.array([i * 1_000_003 for i in range(N)], pa.time64("us")),
    "cents": pa.array([None if i % 10 == 0 else f"{i - 50}.{i % 100:02d}" for i in range(N)]).cast(pa.decimal128(12, 2)),
    "big": pa.array([f"{i}123456789012345678901.5" for i in range(N)]).cast(pa.decimal128(38, 3)),
    "whole": pa.array([str(i - 3) for i in range(N)]).cast(pa.decimal128(10, 0)),
    "tags": pa.array([None if i % 6 == 0 else [f"t{j}" if j else None for j in range(i % 4)] for i in range(N)],
                     pa.list_(pa.string())),
    "grid": pa.array([[[j, None][: 1 + j % 2] for j in range(i % 3)] for i in range(N)], pa.list_(pa.list_(pa.int32()))),
    "events": pa.array([[{"at": j, "name": None if j == 1 else f"e{j}"} for j in range(i % 3)] if i % 4 else None
                        for i in range(N)], pa.list_(pa.struct([("at", pa.int32()), ("name", pa.string())]))),
    "geo": pa.array([None if i % 8 == 0 else {"lat": i / 2, "at": {"cc": "us" if i % 2 else None, "n": [1, i]}}
                     for i in range(N)],
                    pa.struct([("lat", pa.float64()),
                               ("at", pa.struct([("cc", pa.string()), ("n", pa.list_(pa.int64()))]))])),
    "attrs": pa.array([None if i % 7 == 0 else [(f"k{j}", None if j == 2 else i * j) for j in range(i % 4)]
                       for i in range(N)], pa.map_(pa.string(), pa.int64())),
    "ranks": pa.array([[(j, f"r{j}") for j in range(i % 3)] for i in range(N)], pa.map_(pa.int32(), pa.string())),
    "nothing": pa.nulls(N),
    "empty": pa.array([None] * N, pa.string()),
})

pq.write_table(table, "all_zstd.parquet", compression="zstd", row_group_size=128)
some = ["id", "f", "ok", "text", "unique", "tags", "attrs"]
for codec in ("none", "snappy", "gzip", "lz4", "brotli"):
    pq.write_table(table.select(some), f"some_{codec}.parquet", compression=codec, row_group_size=128)
pq.write_table(table, "all_v2.parquet", compression="zstd", data_page_version="2.0", row_group_size=100,
               data_page_size=256, use_dictionary=False)
pq.write_table(table, "all_v2_dictionary.parquet", compression="snappy", data_page_version="2.0", data_page_size=200,
               write_batch_size=16, write_page_checksum=True)
# Dictionaries that become too large fall back to plain pages in the middle of a chunk.
pq.write_table(table.select(["unique", "text", "id", "f"]), "dictionary_fallback.parquet", compression="none",
               dictionary_pagesize_limit=300, data_page_size=200, write_batch_size=16)
encodings = {"id": "DELTA_BINARY_PACKED", "small": "DELTA_BINARY_PACKED", "u64": "BYTE_STREAM_SPLIT",
             "u32": "BYTE_STREAM_SPLIT", "f": "BYTE_STREAM_SPLIT", "f32": "BYTE_STREAM_SPLIT", "ok": "RLE",
             "unique": "DELTA_BYTE_ARRAY", "text": "DELTA_LENGTH_BYTE_ARRAY", "blob": "DELTA_BYTE_ARRAY",
             "flba": "BYTE_STREAM_SPLIT", "f16": "BYTE_STREAM_SPLIT", "us": "DELTA_BINARY_PACKED",
             "cents": "DELTA_BYTE_ARRAY", "day": "DELTA_BINARY_PACKED"}
for version in ("1.0", "2.0"):
    pq.write_table(table.select(list(encodings)), f"encodings_v{version[0]}.parquet", compression="none",
                   use_dictionary=False, column_encoding=encodings, data_page_version=version, data_page_size=300,
                   write_batch_size=32)
pq.write_table(table.slice(0, 0), "no_rows.parquet")
pq.write_table(table.select(["us", "id"]), "int96.parquet", use_deprecated_int96_timestamps=True)
names = ["a", "A", "a.b", "", "with space", "größe", "x", "x"]
pq.write_table(pa.table([pa.array([i, i + 1]) for i in range(len(names))], names=names), "odd_names.parquet")
pq.write_table(pa.table({f"c{i}": [i, -i] for i in range(200)}), "wide.parquet", compression="zstd")
flat = table.drop_columns(["nothing", "ranks", "attrs", "events", "f16", "big"])
polars.from_arrow(flat).write_parquet("polars_zstd.parquet", row_group_size=100)
polars.from_arrow(flat).write_parquet("polars_lz4.parquet", compression="lz4")
duckdb.from_arrow(table.drop_columns(["nothing", "f16"])).write_parquet("duckdb_snappy.parquet")
duckdb.sql("COPY (SELECT i, 'v' || i % 3 AS v, CASE WHEN i % 5 > 0 THEN i / 3.0 END AS f, uuid_text::UUID AS u, "
           "to_days(i::INT) AS span, i::HUGEINT AS huge FROM (SELECT i, printf('00000000-0000-4000-8000-%012d', i) AS "
           "uuid_text FROM range(400) t(i))) TO 'duckdb_v2.parquet' "
           "(FORMAT parquet, PARQUET_VERSION v2, CODEC zstd, ROW_GROUP_SIZE 2048)")

# Durations, for which the format has no type: what they are stands in the schema that Arrow's writers put beside it.
spans = [None if i % 4 == 0 else datetime.timedelta(days=i - 20, microseconds=i * 1000) for i in range(40)]
pandas.DataFrame({"span": pandas.to_timedelta(spans), "n": range(40)}).to_parquet("pandas_durations.parquet")
polars.DataFrame({"span": spans, "n": range(40)}).write_parquet("polars_durations.parquet")
pq.write_table(pa.table({
    "s": pa.array([1, None, -5], pa.duration("s")), "ms": pa.array([1, None, -5], pa.duration("ms")),
    "ns": pa.array([1001, None, -5], pa.duration("ns")),
    "in": pa.array([{"span": 1}, {"span": None}, None], pa.struct([("span", pa.duration("s"))])),
}), "durations.parquet")
# A map within a structure is no family.
pq.write_table(pa.table({"geo": pa.array([{"names": [("de", "Bonn")]}, {"names": None}, None],
                                         pa.struct([("names", pa.map_(pa.string(), pa.string()))]))}), "map_in_struct.parquet")
# pandas' other writer, whose metadata has empty lists without a type.
frame = pandas.DataFrame({"n": [1, 2, 3], "text": ["a", None, "c"], "f": [0.5, float("nan"), 2], "ok": [True, False, True],
                          "at": pandas.to_datetime(["2026-01-01", "2026-02-01", None])})
fastparquet.write("fastparquet.parquet", frame, compression="ZSTD")
fastparquet.write("fastparquet_int96.parquet", frame[["n", "at"]], times="int96")

# A table in folders: one file adds a column, one has floats where the other has ints.
for day, zone, part in (("2026-11-01", "eu", {"n": [1, 2], "s": ["a", "b"]}), ("2026-11-01", "us", {"n": [3], "s": ["c"]}),
                        ("2026-11-02", "__HIVE_DEFAULT_PARTITION__", {"n": [4.5], "s": ["d"], "more": [True]}),
                        ("2026-11-02", "a%2Fb c", {"n": [5], "s": [None]})):
    os.makedirs(f"days/day={day}/zone={zone}", exist_ok=True)
    pq.write_table(pa.table(part), f"days/day={day}/zone={zone}/part-0.parquet")


def read(path):
    result = pq.ParquetFile(path, coerce_int96_timestamp_unit="us", page_checksum_verification=True).read()
    if path == "duckdb_v2.parquet":
        # pyarrow has no intervals: what is written is months, days and milliseconds.
        column = pa.array([f"P0M{i}DT0.000S" for i in range(400)])
        result = result.set_column(result.schema.get_field_index("span"), "span", column)
    if path == "apache/int96_from_spark.parquet":
        # The last value lies where pyarrow's arithmetic wraps around; the one that was written is documented with it.
        values = result.column("a").cast(pa.int64()).to_pylist()[:-1] + [9089380393200000000]
        result = pa.table({"a": pa.array(values, pa.timestamp("us"))})
    return result


expected = {}
for name in sorted(os.listdir(".") + ["apache/" + n for n in os.listdir("apache")]):
    if not name.endswith((".parquet", ".encrypted")):
        continue
    try:
        expected[name] = canonical.expectation(read(name))
    except (OSError, pa.ArrowInvalid, ValueError, AttributeError) as error:
        print(name, type(error).__name__, str(error)[:150])
        expected[name] = {"error": True}
with open("expected.json", "w") as file:
    json.dump(expected, file, indent=0, ensure_ascii=False)
    file.write("\n")

# For the golden programs.
rows = table.select(["id", "small", "f", "ok", "text", "us", "time", "cents", "tags", "geo", "attrs"]).slice(4, 4)
pq.write_table(rows, "../golden/predictions.parquet", compression="zstd")
