"""Values of the language as Python has them, and the rules of section 2 about them.

A column has a type, a text such as "int" or "list<int>"; a value is None, bool, int, float, str,
or a list. Timestamps and durations are ints of microseconds.
"""

import datetime
import functools
import json
import math

LEAST_INT, GREATEST_INT = -(2**63), 2**63 - 1
NUMBERS = ("int", "float")


class Failure(Exception):
    """The program must end with an error."""


def is_nan(value):
    return isinstance(value, float) and math.isnan(value)


def whole(value):
    """An int that must fit 64 bits."""
    if not LEAST_INT <= value <= GREATEST_INT:
        raise Failure("leaves 64 bits")
    return value


def rank(value):
    """0 for values in order, 1 for NaN, 2 for null, which are last in both directions."""
    if value is None:
        return 2
    return 1 if is_nan(value) else 0


def compare(a, b):
    """-1, 0 or 1 for two values that are neither null nor NaN; text goes byte by byte."""
    if isinstance(a, str):
        a, b = a.encode(), b.encode()
    return (a > b) - (a < b)


def compare_in_order(a, b, descending=False):
    ranks = rank(a), rank(b)
    if ranks != (0, 0):
        return (ranks[0] > ranks[1]) - (ranks[0] < ranks[1])
    return -compare(a, b) if descending else compare(a, b)


def order_key(directions):
    """A key for `sorted` of tuples of values, each of which may go down."""

    def compare_tuples(a, b):
        for x, y, descending in zip(a, b, directions):
            order = compare_in_order(x, y, descending)
            if order:
                return order
        return 0

    return functools.cmp_to_key(compare_tuples)


def group_key(value):
    """Something hashable that is equal for values of one group."""
    if is_nan(value):
        return "NaN",
    if isinstance(value, list):
        return tuple(group_key(member) for member in value)
    if isinstance(value, bool):
        return "bool", value
    return value


def equal(a, b):
    """What `==` says, for which null is a value and NaN equals nothing."""
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(group_key(x) == group_key(y) for x, y in zip(a, b))
    if a is None or b is None:
        return a is b
    return a == b


EPOCH = datetime.datetime(1970, 1, 1)


def time_text(microseconds):
    """ISO 8601 in UTC, with as many digits of the second as it has."""
    moment = EPOCH + datetime.timedelta(microseconds=microseconds)
    text = moment.strftime("%Y-%m-%dT%H:%M:%S")
    if moment.microsecond:
        text += f".{moment.microsecond:06d}".rstrip("0")
    return text + "Z"


def duration_literal(microseconds):
    sign = "-" if microseconds < 0 else ""
    for name, length in (("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000),
                         ("s", 1_000_000), ("ms", 1000)):
        if microseconds % length == 0:
            return f"{sign}{abs(microseconds) // length}{name}"
    raise ValueError(microseconds)


def literal(value, type):
    """Source text that means the value."""
    if value is None:
        return "null"
    if type.startswith("list<"):
        return "[" + ", ".join(literal(member, type[5:-1]) for member in value) + "]"
    if type == "bool":
        return "true" if value else "false"
    if type == "string":
        return json.dumps(value, ensure_ascii=False)
    if type == "timestamp":
        return "@" + time_text(value)
    if type == "duration":
        return duration_literal(value)
    if type == "float":
        if math.isnan(value):
            return "nan"
        if math.isinf(value):
            return "inf" if value > 0 else "-inf"
        return repr(float(value))
    return str(value)


def shown(value, type):
    """The value as Plumb's JSON output has it."""
    if value is None:
        return None
    if type.startswith("list<"):
        return [shown(member, type[5:-1]) for member in value]
    if type == "timestamp":
        return time_text(value)
    if type == "duration":
        return value / 1e6
    if type == "float":
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        return float(value)
    return value


def plain(value, type):
    """The value as `string` gives it; of the types that pivots and texts are made of."""
    if type == "bool":
        return "true" if value else "false"
    return str(value)
