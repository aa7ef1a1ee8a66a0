"""What Plumb makes of Arrow data, as text that a test can hash: one value a line.

N null; b0 b1 bool; i<decimal> int; f<16 hex digits of the double, any NaN 7ff8…> float; s<UTF-8 bytes>:<text>
string; t<microseconds> timestamp; u<microseconds> duration; [v,v] list; (v,v) record.
"""
import decimal
import math
import struct

import pyarrow as pa
import pyarrow.types as t

UNITS = {"s": (1_000_000, 1), "ms": (1000, 1), "us": (1, 1), "ns": (1, 1000)}


def fnv(lines):
    """FNV-1a of 64 bits over the lines, each with a newline behind it."""
    value = 0xCBF29CE484222325
    for byte in "".join(line + "\n" for line in lines).encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def number(value):
    if math.isnan(value):
        return "f7ff8000000000000"
    return "f" + struct.pack(">d", value).hex()


def text(value):
    return f"s{len(value.encode())}:{value}"


def is_text(values):
    try:
        for value in values:
            value.decode()
    except UnicodeDecodeError:
        return False
    return True


def convert(array):
    """The type and the lines of an array that is no struct at the top."""
    kind = array.type
    if t.is_dictionary(kind):
        kind_of, lines = convert(array.dictionary)
        return kind_of, ["N" if i is None else lines[i] for i in array.indices.to_pylist()]
    if isinstance(kind, pa.BaseExtensionType):
        if kind.extension_name == "arrow.uuid":
            return "string", [text(str(v)) if v else "N" for v in array.to_pylist()]
        return convert(array.storage)
    if t.is_boolean(kind):
        return "bool", ["N" if v is None else f"b{int(v)}" for v in array.to_pylist()]
    if t.is_integer(kind):
        values = array.to_pylist()
        if any(v is not None and v >= 2**63 for v in values):
            return "float", ["N" if v is None else number(float(v)) for v in values]
        return "int", ["N" if v is None else f"i{v}" for v in values]
    if t.is_floating(kind):
        return "float", ["N" if v is None else number(float(v)) for v in array.to_pylist()]
    if t.is_decimal(kind):
        values = array.to_pylist()
        if kind.scale == 0 and kind.precision <= 18:
            return "int", ["N" if v is None else f"i{int(v)}" for v in values]
        return "float", ["N" if v is None else number(float(decimal.Decimal(v))) for v in values]
    if t.is_timestamp(kind) or t.is_duration(kind) or t.is_time(kind):
        wide = array.cast(pa.int32()).cast(pa.int64()) if t.is_time32(kind) else array.cast(pa.int64(), safe=False)
        times, over = UNITS[kind.unit]
        letter = "t" if t.is_timestamp(kind) else "u"
        return ("timestamp" if letter == "t" else "duration",
                ["N" if v is None else f"{letter}{v * times // over}" for v in wide.to_pylist()])
    if t.is_date32(kind):
        days = array.cast(pa.int32()).to_pylist()
        return "timestamp", ["N" if v is None else f"t{v * 86_400_000_000}" for v in days]
    if t.is_date64(kind):
        return "timestamp", ["N" if v is None else f"t{v * 1000}" for v in array.cast(pa.int64()).to_pylist()]
    if t.is_string(kind) or t.is_large_string(kind) or t.is_string_view(kind):
        return "string", ["N" if v is None else text(v) for v in array.to_pylist()]
    if t.is_fixed_size_binary(kind):
        return "string", ["N" if v is None else text(v.hex()) for v in array.to_pylist()]
    if t.is_binary(kind) or t.is_large_binary(kind) or t.is_binary_view(kind):
        values = array.to_pylist()
        if is_text([v for v in values if v is not None]):
            return "string", ["N" if v is None else text(v.decode()) for v in values]
        return "string", ["N" if v is None else text(v.hex()) for v in values]
    if t.is_null(kind):
        return "string", ["N"] * len(array)
    if t.is_map(kind):
        entry = pa.struct([pa.field("key", kind.key_type), pa.field("value", kind.item_type)])
        return lists(array, lambda s: pa.array([{"key": k, "value": v} for k, v in s.as_py()], entry), entry)
    if t.is_list(kind) or t.is_large_list(kind) or t.is_fixed_size_list(kind) or t.is_list_view(kind):
        return lists(array, lambda s: s.values, kind.value_type)
    if t.is_struct(kind):
        fields = [convert(array.field(i)) for i in range(kind.num_fields)]
        valid = array.is_valid().to_pylist()
        lines = ["(" + ",".join(f[1][row] for f in fields) + ")" if valid[row] else "N" for row in range(len(array))]
        inner = ", ".join(f"{kind.field(i).name}: {f[0]}" for i, f in enumerate(fields))
        return "record{" + inner + "}", lines
    raise ValueError(f"no rule for {kind}")


def lists(array, members, element):
    lines = []
    for scalar in array:
        lines.append("[" + ",".join(convert(members(scalar))[1]) + "]" if scalar.is_valid else "N")
    return f"list<{convert(pa.array([], element))[0]}>", lines


def columns(name, array):
    """The columns that become of one: structs are taken apart, maps from texts are families."""
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks() if array.num_chunks != 1 else array.chunk(0)
    kind = array.type
    if t.is_struct(kind) and not isinstance(kind, pa.BaseExtensionType):
        for i, field in enumerate(array.flatten()):
            yield from columns(f"{name}.{kind.field(i).name}", field)
        return
    scalar_items = t.is_map(kind) and not t.is_nested(kind.item_type)
    if scalar_items and "." not in name and (t.is_string(kind.key_type) or t.is_large_string(kind.key_type)):
        maps = [dict(v) if v is not None else {} for v in array.to_pylist(maps_as_pydicts=None)]
        for key in dict.fromkeys(k for m in maps for k in m):
            kind_of, lines = convert(pa.array([m.get(key) for m in maps], kind.item_type))
            yield f"{name}.{key}", kind_of, lines
        return
    kind_of, lines = convert(array)
    yield name, kind_of, lines


def expectation(table):
    """What a test compares: the number of rows, and of each column its name, type, hash and first values."""
    found, taken, written = [], set(), set(table.schema.names)
    for index, field in enumerate(table.schema):
        for name, kind, lines in columns(field.name, table.column(index)):
            assert len(lines) == table.num_rows, (name, len(lines))
            wanted, number = name or f"column_{index + 1}", 2
            name = wanted
            while name in taken or (name != field.name and name in written):
                name, number = f"{wanted}_{number}", number + 1
            taken.add(name)
            found.append({"name": name, "type": kind, "fnv": fnv(lines), "first": [l[:80] for l in lines[:3]]})
    return {"rows": table.num_rows, "columns": found}
