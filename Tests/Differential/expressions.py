"""Expressions: their source text, their type, and what they give for a row."""

import math
import re

from values import compare, equal, is_nan, literal, whole

# How tightly operators bind, as section 3 lists them.
OR, AND, NOT, COMPARISON, COALESCE, SUM, PRODUCT, NEGATION, POWER, ATOM = range(1, 11)


class Expression:
    """Text that binds as tightly as `level`, and a function of a row (a dict by column)."""

    def __init__(self, text, type, value, level=ATOM, is_constant=False):
        self.text, self.type, self.value, self.level = text, type, value, level
        self.is_constant = is_constant

    def at(self, level):
        """The text where something at least as tight as `level` is wanted."""
        return self.text if self.level >= level else f"({self.text})"


RESERVED = "and or not in between if then else case fn true false null".split()


def column(name, type):
    is_plain = re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", name) and name not in RESERVED
    return Expression(name if is_plain else f"`{name}`", type, lambda row: row[name])


def constant(value, type):
    text = literal(value, type)
    level = NEGATION if text.startswith("-") else ATOM
    return Expression(text, type, lambda row: value, level, is_constant=True)


def strict(function):
    """A function of values that is null when one of them is."""

    def evaluate(*values):
        return None if any(value is None for value in values) else function(*values)

    return evaluate


def call(name, type, function, *arguments):
    """A function that is null when an argument is."""
    evaluate = strict(function)
    text = name + "(" + ", ".join(argument.text for argument in arguments) + ")"
    return Expression(text, type, lambda row: evaluate(*[a.value(row) for a in arguments]))


def floor_divide(a, b):
    """As Python has it, but for a divisor of 0 and infinities."""
    if isinstance(a, int) and isinstance(b, int):
        return None if b == 0 else whole(a // b)
    return divide(a, b) if b == 0 or math.isinf(a) else a // b


def remainder(a, b):
    if isinstance(a, int) and isinstance(b, int):
        return None if b == 0 else a % b
    return math.nan if b == 0 or math.isinf(a) else a % b


def divide(a, b):
    a, b = float(a), float(b)
    if b == 0:
        if a == 0 or math.isnan(a):
            return math.nan
        return math.copysign(math.inf, a) * math.copysign(1, b)
    return a / b


def floated(function):
    def evaluate(a, b):
        return function(float(a), float(b))

    return evaluate


def arithmetic(symbol, a, b):
    """Two numbers, of which an int meets a float as a float."""
    type = "int" if a.type == b.type == "int" and symbol != "/" else "float"
    functions = {
        "+": lambda x, y: x + y, "-": lambda x, y: x - y, "*": lambda x, y: x * y, "/": divide,
        "//": floor_divide, "%": remainder,
    }
    function = functions[symbol]
    if type == "int":
        evaluate = strict(lambda x, y: (lambda z: None if z is None else whole(z))(function(x, y)))
    else:
        evaluate = strict(floated(function))
    level = SUM if symbol in "+-" else PRODUCT
    return Expression(
        f"{a.at(level)} {symbol} {b.at(level + 1)}", type,
        lambda row: evaluate(a.value(row), b.value(row)), level)


def joined(a, b):
    evaluate = strict(lambda x, y: x + y)
    return Expression(f"{a.at(SUM)} + {b.at(PRODUCT)}", "string",
                      lambda row: evaluate(a.value(row), b.value(row)), SUM)


def time_arithmetic(symbol, a, b):
    """A time and a duration, two times or two durations."""
    if a.type == "timestamp":
        type = "duration" if b.type == "timestamp" else "timestamp"
    else:
        type = b.type
    sign = 1 if symbol == "+" else -1
    evaluate = strict(lambda x, y: whole(x + sign * y))
    return Expression(f"{a.at(SUM)} {symbol} {b.at(PRODUCT)}", type,
                      lambda row: evaluate(a.value(row), b.value(row)), SUM)


def negated(a):
    def evaluate(x):
        return None if x is None else (whole(-x) if a.type == "int" else -x)

    return Expression(f"-{a.at(POWER)}", a.type, lambda row: evaluate(a.value(row)), NEGATION)


def compared(symbol, a, b):
    """`==` and `!=` never give null; NaN makes the others false."""
    mixed = {a.type, b.type} == {"int", "float"}

    def evaluate(x, y):
        if mixed:
            x, y = widened(x, "float"), widened(y, "float")
        if symbol == "==":
            return equal(x, y)
        if symbol == "!=":
            return not equal(x, y)
        if x is None or y is None:
            return None
        if is_nan(x) or is_nan(y):
            return False
        order = compare(x, y)
        return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[symbol]

    return Expression(f"{a.at(COALESCE)} {symbol} {b.at(COALESCE)}", "bool",
                      lambda row: evaluate(a.value(row), b.value(row)), COMPARISON)


def kleene_and(x, y):
    if x is False or y is False:
        return False
    return None if x is None or y is None else True


def chained(a, first, b, second, c):
    left, right = compared(first, a, b), compared(second, b, c)
    text = f"{a.at(COALESCE)} {first} {b.at(COALESCE)} {second} {c.at(COALESCE)}"
    return Expression(text, "bool", lambda row: kleene_and(left.value(row), right.value(row)),
                      COMPARISON)


def between(a, low, high):
    chain = chained(low, "<=", a, "<=", high)
    text = f"{a.at(COALESCE)} between {low.at(COALESCE)} and {high.at(COALESCE)}"
    return Expression(text, "bool", chain.value, COMPARISON)


def in_values(a, values, negated, set_text=None):
    """`in` takes null as a value; the set is a list of the values unless a text is given."""
    def evaluate(x):
        return any(equal(x, value) for value in values) != negated

    word = "not in" if negated else "in"
    set_text = set_text or "[" + ", ".join(literal(v, a.type) for v in values) + "]"
    text = f"{a.at(COALESCE)} {word} {set_text}"
    return Expression(text, "bool", lambda row: evaluate(a.value(row)), COMPARISON)


def conjunction(a, b):
    def evaluate(row):
        first = a.value(row)
        return False if first is False else kleene_and(first, b.value(row))

    return Expression(f"{a.at(AND)} and {b.at(NOT)}", "bool", evaluate, AND)


def disjunction(a, b):
    def evaluate(row):
        first = a.value(row)
        if first is True:
            return True
        second = b.value(row)
        if second is True:
            return True
        return None if first is None or second is None else False

    return Expression(f"{a.at(OR)} or {b.at(AND)}", "bool", evaluate, OR)


def inverted(a):
    def evaluate(x):
        return None if x is None else not x

    return Expression(f"not {a.at(NOT)}", "bool", lambda row: evaluate(a.value(row)), NOT)


def widened(value, type):
    """An int where a float is wanted."""
    return float(value) if type == "float" and isinstance(value, int) else value


def coalesced(a, b):
    type = unified(a.type, b.type)

    def evaluate(row):
        value = a.value(row)
        return widened(b.value(row) if value is None else value, type)

    return Expression(f"{a.at(COALESCE)} ?? {b.at(SUM)}", type, evaluate, COALESCE)


def unified(a, b):
    if a == b:
        return a
    assert {a, b} == set(("int", "float"))
    return "float"


def conditional(condition, a, b):
    type = unified(a.type, b.type)

    def evaluate(row):
        chosen = a if condition.value(row) is True else b
        return widened(chosen.value(row), type)

    return Expression(f"if {condition.text} then {a.text} else {b.text}", type, evaluate, 0)


def cases(branches, otherwise):
    type = otherwise.type
    for _, value in branches:
        type = unified(type, value.type)

    def evaluate(row):
        for condition, value in branches:
            if condition.value(row) is True:
                return widened(value.value(row), type)
        return widened(otherwise.value(row), type)

    text = ", ".join(f"{condition.text}: {value.text}" for condition, value in branches)
    return Expression(f"case {{ {text}, else: {otherwise.text} }}", type, evaluate)

