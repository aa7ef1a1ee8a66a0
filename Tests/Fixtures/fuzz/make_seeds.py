#!/usr/bin/env python3
"""Writes small files of every type, encoding, codec and page version as seeds of the fuzz targets `parquet` and
`arrow`, and what PostgreSQL sends as those of `copy`.

    make_seeds.py [FOLDER]

Tested with pyarrow 26.0.1. The other seeds are files of the importers' fixtures, or were written by hand.
"""
import datetime
import decimal
import os
import struct
import sys

import pyarrow as pa
import pyarrow.parquet as pq

os.chdir(sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "seeds"))
D = decimal.Decimal
N = 12
COLUMNS = {
    "bool": pa.array([None if i == 3 else i % 3 == 0 for i in range(N)]),
    "int8": pa.array([i - 5 for i in range(N)], pa.int8()),
    "uint16": pa.array([i * 5000 for i in range(N)], pa.uint16()),
    "uint32": pa.array([2**32 - 1 - i for i in range(N)], pa.uint32()),
    "uint64": pa.array([2**64 - 1 - i if i % 2 else None for i in range(N)], pa.uint64()),
    "int64": pa.array([None if i == 2 else (-3) ** i for i in range(N)], pa.int64()),
    "float16": pa.array([i / 8 for i in range(N)], pa.float16()),
    "float32": pa.array([float("nan") if i == 1 else i / 3 for i in range(N)], pa.float32()),
    "float64": pa.array([float("inf") if i == 1 else i / 3 for i in range(N)]),
    "text": pa.array([None if i == 4 else "größe"[: i % 6] for i in range(N)]),
    "large_text": pa.array(["x" * i for i in range(N)], pa.large_string()),
    "bytes": pa.array([bytes([i, 255]) if i % 2 else None for i in range(N)]),
    "utf8_bytes": pa.array([b"abc"[: i % 4] for i in range(N)], pa.large_binary()),
    "fixed": pa.array([bytes([i] * 3) for i in range(N)], pa.binary(3)),
    "uuid": pa.array([bytes([i] * 16) for i in range(N)], pa.binary(16)).cast(pa.uuid()),
    "text_view": pa.array([None if i == 4 else "y" * (i * 3) for i in range(N)], pa.string_view()),
    "bytes_view": pa.array([bytes([250]) * (i * 3) for i in range(N)], pa.binary_view()),
    "date32": pa.array([datetime.date(1960 + i, 2, 3) for i in range(N)]),
    "date64": pa.array([i * 86_400_000 for i in range(N)], pa.date64()),
    "time32": pa.array(range(N), pa.time32("s")),
    "time64": pa.array(range(N), pa.time64("ns")),
    "seconds": pa.array(range(N), pa.timestamp("s")),
    "millis": pa.array([i - 4 for i in range(N)], pa.timestamp("ms", tz="UTC")),
    "nanos": pa.array([i * 999 - 4 for i in range(N)], pa.timestamp("ns")),
    "duration": pa.array(range(N), pa.duration("ms")),
    "decimal4": pa.array([D(i - 3) / 100 for i in range(N)], pa.decimal128(4, 2)),
    "decimal15": pa.array([D(i - 3) / 8 for i in range(N)], pa.decimal128(15, 3)),
    "decimal38": pa.array([D(i - 3) * 10**20 for i in range(N)], pa.decimal128(38, 1)),
    "decimal60": pa.array([D(i - 3) for i in range(N)], pa.decimal256(60, 1)),
    "whole": pa.array([D(i - 3) for i in range(N)], pa.decimal128(10, 0)),
    "nothing": pa.nulls(N),
    "list": pa.array([None if i == 2 else [None if j == 1 else j for j in range(i % 4)] for i in range(N)]),
    "large_list": pa.array([["a"] * (i % 3) for i in range(N)], pa.large_list(pa.string())),
    "pairs": pa.array([[i, None] if i % 3 else None for i in range(N)], pa.list_(pa.int16(), 2)),
    "grid": pa.array([[[j] * j for j in range(i % 3)] for i in range(N)], pa.list_(pa.list_(pa.int32()))),
    "records": pa.array([[{"a": i, "b": None}, None][: i % 3] for i in range(N)],
                        pa.list_(pa.struct([("a", pa.int32()), ("b", pa.string())]))),
    "struct": pa.array([None if i == 1 else {"a": i, "in": {"b": [str(i)]}} for i in range(N)]),
    "map": pa.array([None if i == 1 else [(f"k{j}", j) for j in range(i % 3)] for i in range(N)],
                    pa.map_(pa.string(), pa.int64())),
    "int_map": pa.array([[(j, "v") for j in range(i % 3)] for i in range(N)], pa.map_(pa.int32(), pa.string())),
    "words": pa.array([None if i == 5 else f"w{i % 3}" for i in range(N)]).dictionary_encode(),
    "numbers": pa.array([i % 3 for i in range(N)]).dictionary_encode(),
}
ENCODINGS = {
    "DELTA_BINARY_PACKED": ["int64", "uint32", "date32"],
    "BYTE_STREAM_SPLIT": ["float32", "float64", "int64", "fixed", "float16"],
    "DELTA_BYTE_ARRAY": ["text", "bytes", "fixed"],
    "DELTA_LENGTH_BYTE_ARRAY": ["text", "bytes"],
    "RLE": ["bool"],
}

for name, column in COLUMNS.items():
    table = pa.table({name: column})
    pq.write_table(table, f"parquet/type-{name}.parquet", compression="none", write_page_checksum=name == "text")
    pq.write_table(table, f"parquet/v2-{name}.parquet", compression="snappy", data_page_version="2.0",
                   use_dictionary=False, row_group_size=7, store_schema=False)
    with pa.ipc.new_stream(f"arrow/type-{name}.arrows", table.schema) as writer:
        writer.write_table(table, max_chunksize=7)
for encoding, names in ENCODINGS.items():
    table = pa.table({name: COLUMNS[name] for name in names})
    pq.write_table(table, f"parquet/encoding-{encoding}.parquet", compression="none", use_dictionary=False,
                   column_encoding={name: encoding for name in names}, data_page_size=24, write_batch_size=4)
few = pa.table({name: COLUMNS[name] for name in ("int64", "text", "list")})
for codec in ("snappy", "gzip", "zstd", "lz4", "brotli"):
    pq.write_table(few, f"parquet/codec-{codec}.parquet", compression=codec, use_dictionary=codec == "zstd")
for codec in ("lz4", "zstd"):
    with pa.ipc.new_file(f"arrow/file-{codec}.arrow", few.schema, options=pa.ipc.IpcWriteOptions(compression=codec)) as writer:
        writer.write_table(few)
pq.write_table(pa.table({"at": COLUMNS["nanos"]}), "parquet/int96.parquet", use_deprecated_int96_timestamps=True)
with pa.ipc.new_stream("arrow/old-version.arrows", few.schema, options=pa.ipc.IpcWriteOptions(
        metadata_version=pa.ipc.MetadataVersion.V4, use_legacy_format=True)) as writer:
    writer.write_table(few)

# Rows as PostgreSQL sends them: how many columns, from which type on, then messages with their lengths.
def message(*parts):
    content = b"".join(parts)
    return struct.pack("<H", len(content)) + content


def fields(*values):
    row = struct.pack(">h", len(values))
    return row + b"".join(struct.pack(">i", -1) if v is None else struct.pack(">i", len(v)) + v for v in values)


HEADER = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
LONGER = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 4) + b"more"
END = struct.pack(">h", -1)
INT, FLOAT = struct.pack(">q", -7), struct.pack(">d", 0.5)
for name, first, messages in [
    ("rows", 0, [(HEADER, fields(b"a", INT, FLOAT)), (fields(b"12", None, FLOAT),), (fields(None, INT, None),), (END,)]),
    ("longer-header", 2, [(LONGER, fields(FLOAT, "größe".encode(), INT)), (END,)]),
    ("wrong-sizes", 1, [(HEADER, fields(b"1234", b"", b"1.5")), (fields(INT, FLOAT, INT, INT),)]),
    ("no-rows", 0, [(HEADER, END)]),
]:
    with open(f"copy/{name}", "wb") as file:
        file.write(bytes([2, first]) + b"".join(message(*parts) for parts in messages))
