"""Random tables and random pipelines over them, which a seed brings back.

A pipeline is made stage by stage: its source text and, at once, the table that it must give.
"""

import datetime
import decimal
import math
import random

import aggregates as agg
import expressions as ex
import stages as st
from values import EPOCH, GREATEST_INT, LEAST_INT, Failure, literal, time_text, whole

SECOND = 1_000_000
DAY = 86_400 * SECOND
NOON = 1_780_056_000 * SECOND  # in 2026
TEXTS = ["", "a", "b", "ab", "A", "loss", "val/loss", "ü", "ß", "日本", "e\u0301", "🎉", "a,b",
         "x\"y", "line\nbreak", " a", "007", "true", "null", "NaN", "a.b", "it's", "z" * 40]
SCALARS = ("bool", "int", "float", "string", "timestamp", "duration")
ORDERED = ("int", "float", "string", "timestamp", "duration", "bool")


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.names = 0
        # Functions that expressions call, which the program must define.
        self.definitions = []
        # Tables that a condition may look into.
        self.tables = {}

    def once(self, n):
        """True once in n times."""
        return self.random.randrange(n) == 0

    def pick(self, values):
        return self.random.choice(list(values))

    def name(self):
        self.names += 1
        return f"c{self.names}"

    # Values and tables.

    def value(self, type):
        r = self.random
        if type == "bool":
            return self.once(2)
        if type == "int":
            if self.once(60):
                return self.pick([GREATEST_INT, LEAST_INT + 1, 2**53 + 1, -(2**53) - 1, 2**40])
            return r.randint(-3, 9)
        if type == "float":
            if self.once(6):
                return self.pick([math.nan, math.inf, -math.inf, -0.0, 0.0, 1e100, 5e-324, 1e-7])
            return r.randint(-8, 20) / 4 if self.once(2) else round(r.gauss(0, 3), 3)
        if type == "string":
            return self.pick(TEXTS[:8] if self.once(2) else TEXTS)
        if type == "timestamp":
            step = self.pick([DAY, 3600 * SECOND, 60 * SECOND, 250_000, 1])
            return NOON + r.randint(-20, 20) * step
        if type == "duration":
            return r.randint(-5, 40) * self.pick([SECOND, 60 * SECOND, DAY, 250_000, 1000])
        return [self.value_or_null(type[5:-1], 6) for _ in range(r.randint(0, 3))]

    def value_or_null(self, type, n=5):
        return None if self.once(n) else self.value(type)

    def table(self, rows=None):
        r = self.random
        columns = [("k", "int"), ("s", "string")]
        pool = [("i", "int"), ("f", "float"), ("g", "float"), ("b", "bool"), ("t", "timestamp"),
                ("d", "duration"), ("u", "string"), ("l", "list<int>"), ("m", "list<string>"),
                ("x", "float"), ("odd name", "int"), ("value", "float"), ("count", "int")]
        columns += r.sample(pool, r.randint(1, 7))
        r.shuffle(columns)
        if rows is None:
            rows = self.pick([0, 1, 2, 5, 8, 12, 20, 20, 30, 30, 60])
        domains = {}
        for name, type in columns:
            if self.once(3):
                domains[name] = [self.value_or_null(type) for _ in range(r.randint(1, 4))]
        result = []
        for _ in range(rows):
            result.append({
                name: self.pick(domains[name]) if name in domains else self.value_or_null(type)
                for name, type in columns})
        for name, type in list(columns):
            if type.startswith("list<") and not any(
                    m is not None for row in result for m in row[name] or []):
                # Without an element the type is not known from the data.
                columns.remove((name, type))
                result = [{n: v for n, v in row.items() if n != name} for row in result]
        if self.once(4) and any(t == "timestamp" for _, t in columns):
            result.sort(key=lambda row: row.get("t") or 0)
        return st.Table(columns, result)

    # Expressions.

    def columns(self, table, *types):
        return [(n, t) for n, t in table.columns if t in types]

    def column(self, table, *types):
        found = self.columns(table, *types)
        return ex.column(*self.pick(found)) if found else None

    def expression(self, table, type, depth):
        if type == "bool":
            return self.condition(table, depth)
        if depth <= 0 or self.once(4):
            return self.leaf(table, type)
        if self.once(7):
            a, b = self.expression(table, type, depth - 1), self.expression(table, type, depth - 1)
            form = self.random.randrange(3)
            condition = self.condition(table, depth - 1)
            if form == 0:
                return ex.coalesced(a, b)
            if form == 1:
                return ex.conditional(condition, a, b)
            third = self.expression(table, type, depth - 1)
            return ex.cases([(condition, a), (self.condition(table, depth - 1), b)], third)
        if self.once(12):
            return self.user_call(table, type, depth - 1)
        return getattr(self, type)(table, depth - 1)

    def user_call(self, table, type, depth):
        """A call of a function that is made for it: of two parameters, called per row."""
        types = [self.pick(SCALARS), type]
        parameters = [self.name() for _ in types]
        scope = st.Table(list(zip(parameters, types)), [])
        body = self.expression(scope, type, 1)
        arguments = [self.expression(table, t, depth) for t in types]
        name = "f" + self.name()
        header = ", ".join(f"{p}: {t}" for p, t in zip(parameters, types))
        self.definitions.append(f"def {name}({header}) = {body.text}")

        def evaluate(row):
            return body.value({p: a.value(row) for p, a in zip(parameters, arguments)})

        return ex.Expression(f"{name}({', '.join(a.text for a in arguments)})", type, evaluate)

    def leaf(self, table, type):
        found = self.column(table, type)
        if found and not self.once(4):
            return found
        return ex.constant(self.value(type), type)

    def int(self, table, depth):
        form = self.random.randrange(14)
        if form < 5:
            symbol = self.pick(["+", "-", "*", "//", "%"])
            left, right = (self.expression(table, "int", depth) for _ in range(2))
            if left.is_constant and right.is_constant and symbol in ("//", "%"):
                return left
            return ex.arithmetic(symbol, left, right)
        if form == 5:
            return ex.negated(self.expression(table, "int", depth))
        if form == 6:
            a = self.expression(table, "int", depth)
            return ex.call("abs", "int", abs, a)
        if form == 7:
            text = self.expression(table, "string", depth)
            part = self.expression(table, "string", 0)
            return ex.call("index_of", "int", index_of, text, part)
        if form == 8:
            time = self.expression(table, "timestamp", depth)
            return ex.call(*self.pick(TIME_PARTS), time)
        if form == 9:
            name, function = self.pick([("greatest", max), ("least", min)])
            a, b = (self.expression(table, "int", depth) for _ in range(2))
            return ex.call(name, "int", function, a, b)
        if form == 10:
            lists = self.column(table, "list<int>", "list<string>")
            return ex.call("length", "int", len, lists) if lists else self.leaf(table, "int")
        if form == 11:
            return ex.call("int", "int", int, self.condition(table, depth))
        if form == 12:
            width = self.random.randint(1, 7)
            a = self.expression(table, "int", depth)
            return ex.call("bin", "int", lambda x, w: whole(x // w * w), a, ex.constant(width, "int"))
        lists = self.column(table, "list<int>")
        return ex.call("list_sum", "int", lambda l: agg.total(l), lists) if lists \
            else self.leaf(table, "int")

    def float(self, table, depth):
        form = self.random.randrange(12)
        number = self.pick(["int", "float", "float"])
        if form < 5:
            symbol = self.pick(["+", "-", "*", "/", "//", "%"])
            other = "float" if number == "int" and symbol != "/" else self.pick(["int", "float"])
            a = self.expression(table, number, depth)
            b = self.expression(table, other, depth)
            return ex.arithmetic(symbol, a, b)
        if form == 5:
            return ex.negated(self.expression(table, "float", depth))
        if form == 6:
            name, function = self.pick([
                ("abs", abs), ("sqrt", lambda x: math.sqrt(x) if x >= 0 else math.nan),
                ("floor", whole_number(math.floor)), ("ceil", whole_number(math.ceil)),
                ("trunc", whole_number(math.trunc))])
            return ex.call(name, "float", function, self.expression(table, "float", depth))
        if form == 7:
            name = self.pick(["greatest", "least"])
            a, b = (self.expression(table, "float", depth) for _ in range(2))
            return ex.call(name, "float", best(1 if name == "greatest" else -1), a, b)
        if form == 8:
            return ex.call("float", "float", float, self.expression(table, "int", depth))
        if form == 9:
            return ex.call("nan_to_null", "float", lambda x: None if math.isnan(x) else x,
                           self.expression(table, "float", depth))
        if form == 10:
            a, b = (self.expression(table, "duration", depth) for _ in range(2))
            evaluate = ex.strict(ex.divide)
            return ex.Expression(f"{a.at(ex.PRODUCT)} / {b.at(ex.NEGATION)}", "float",
                                 lambda row: evaluate(a.value(row), b.value(row)), ex.PRODUCT)
        lists = self.column(table, "list<int>")
        return ex.call("list_mean", "float", agg.mean, lists) if lists \
            else self.leaf(table, "float")

    def string(self, table, depth):
        form = self.random.randrange(9)
        text = self.expression(table, "string", depth)
        if form < 2:
            return ex.joined(text, self.expression(table, "string", depth))
        if form == 2:
            name, function = self.pick([("upper", str.upper), ("lower", str.lower),
                                        ("trim", str.strip)])
            return ex.call(name, "string", function, text)
        if form == 3:
            old, new = (ex.constant(self.pick(["a", "b", "l", "", "ss", "/"]), "string")
                        for _ in range(2))
            return ex.call("replace", "string",
                           lambda t, o, n: t.replace(o, n) if o else t, text, old, new)
        if form == 4:
            return ex.call("string", "string", str, self.expression(table, "int", depth))
        if form == 5:
            return ex.call("string", "string", lambda b: "true" if b else "false",
                           self.condition(table, depth))
        if form == 6:
            number = self.expression(table, "int", depth)
            if text.is_constant or '"' in text.text or "\\" in text.text or '"' in number.text \
                    or "{" in number.text + text.text:
                return text

            def evaluate(row):
                t, n = text.value(row), number.value(row)
                return "<" + ("null" if t is None else t) + "|" + \
                    ("null" if n is None else str(n)) + ">"

            return ex.Expression(f'f"<{{{text.text}}}|{{{number.text}}}>"', "string", evaluate)
        if form == 7:
            return ex.call("string", "string", time_text,
                           self.expression(table, "timestamp", depth))
        return ex.call("repeat", "string", lambda t, n: t * n, text,
                       ex.constant(self.random.randint(0, 2), "int"))

    def timestamp(self, table, depth):
        time = self.expression(table, "timestamp", depth)
        if self.once(2):
            return ex.time_arithmetic(self.pick("+-"), time,
                                      self.expression(table, "duration", 0))
        length = self.pick([SECOND, 3600 * SECOND, DAY, 7 * DAY])
        return ex.call("bucket", "timestamp",
                       lambda t, l: t - (t - st.DAY_ZERO) % l, time,
                       ex.constant(length, "duration"))

    def duration(self, table, depth):
        if self.once(2):
            a, b = (self.expression(table, "timestamp", depth) for _ in range(2))
            return ex.time_arithmetic("-", a, b)
        a, b = (self.expression(table, "duration", depth) for _ in range(2))
        return ex.time_arithmetic(self.pick("+-"), a, b)

    def condition(self, table, depth):
        form = self.random.randrange(19)
        if form == 18 and self.tables:
            return self.membership(table, depth)
        if depth > 0 and form < 6:
            a, b = self.condition(table, depth - 1), self.condition(table, depth - 1)
            if form < 2:
                return ex.conjunction(a, b)
            if form < 4:
                return ex.disjunction(a, b)
            if form == 4:
                return ex.inverted(a)
            return ex.coalesced(a, ex.constant(self.once(2), "bool"))
        if form == 6:
            found = self.column(table, "bool")
            if found:
                return found
        type = self.pick([t for t in SCALARS if t != "bool"])
        if type in ("int", "float") and self.once(2):
            a, b = (self.expression(table, self.pick(["int", "float"]), depth - 1)
                    for _ in range(2))
        else:
            a, b = (self.expression(table, type, depth - 1) for _ in range(2))
        if form == 7:
            name, function = self.pick([("is_nan", math.isnan), ("is_finite", math.isfinite)])
            return ex.call(name, "bool", function, self.expression(table, "float", depth - 1))
        if form == 8:
            name, function = self.pick([("contains", lambda t, p: p in t),
                                        ("starts_with", str.startswith),
                                        ("ends_with", str.endswith)])
            texts = (self.expression(table, "string", depth - 1), self.leaf(table, "string"))
            return ex.call(name, "bool", function, *texts)
        if form in (9, 10):
            values = [self.value_or_null(a.type, 8) for _ in range(self.random.randint(1, 4))]
            values = [v for v in values if v == v]
            if values:
                return ex.in_values(a, values, self.once(2))
        if form == 11:
            c = self.leaf(table, b.type)
            return ex.chained(a, self.pick(["<", "<="]), b, self.pick(["<", "<="]), c)
        if form == 12:
            return ex.between(a, b, self.leaf(table, b.type))
        if form == 13:
            return ex.compared(self.pick(["==", "!="]), a,
                               ex.Expression("null", a.type, lambda row: None))
        return ex.compared(self.pick(["==", "!=", "<", "<=", ">", ">="]), a, b)

    def membership(self, table, depth):
        """`in` the one column of another table."""
        name = self.pick(self.tables)
        found = self.columns(self.tables[name], "int", "string", "timestamp")
        if not found:
            return self.condition(table, depth)
        other, type = self.pick(found)
        values = [row[other] for row in self.tables[name].rows]
        text = f"({name} | select {ex.column(other, type).text})"
        return ex.in_values(self.expression(table, type, depth - 1), values, self.once(2), text)

    # Aggregates.

    def aggregate(self, table, is_plain=False):
        """A call, in an expression around it or of two of them unless it is to be plain."""
        if not is_plain and self.once(6):
            return self.combined(self.aggregate(table), self.aggregate(table))
        self.is_plain = is_plain
        condition = self.condition(table, 1) if self.once(5) else None
        form = self.random.randrange(22)
        depth = 0 if self.once(2) else 1
        if form == 0 and condition is None:
            return st.Aggregate("count()", "int", [], len)
        if form in (1, 2):
            a, by = self.expression(table, self.pick(SCALARS), depth), self.leaf(
                table, self.pick(["int", "float", "string", "timestamp"]))
            sign = self.pick([1, -1])
            name = "arg_max" if sign > 0 else "arg_min"
            return self.call(name, a.type, [a, by], agg.arg_extreme(sign), condition)
        if form == 3:
            a, b = self.leaf(table, "float"), self.leaf(table, self.pick(["int", "float"]))
            name, function = self.pick([("corr", agg.corr), ("slope", agg.slope)])
            return self.call(name, "float", [a, b], function, condition)
        if form == 4:
            name, function = self.pick([("any", agg.any_true), ("all", agg.all_true)])
            return self.call(name, "bool", [self.condition(table, 1)], function, condition)
        if form == 5:
            return self.call("count_if", "int", [self.condition(table, 1)],
                             lambda vs: sum(v is True for v in vs), condition)
        if form in (6, 7, 8):
            type = self.pick(["int", "float", "bool"])
            a = self.expression(table, type, depth)
            name = self.pick(["sum", "mean"])
            if name == "sum":
                return self.call("sum", "int" if type == "bool" else type, [a],
                                 lambda vs: agg.total(vs) if type != "float" else
                                 float(agg.total(vs)), condition)
            return self.call("mean", "float", [a], agg.mean, condition)
        if form == 9:
            a = self.expression(table, self.pick(["timestamp", "duration"]), depth)
            return self.call("mean", a.type, [a], agg.mean_time, condition)
        if form in (10, 11, 12):
            a = self.expression(table, self.pick(["int", "float"]), depth)
            name, function = self.pick([("stddev", agg.stddev), ("variance", agg.variance),
                                        ("median", agg.quantile(0.5)), ("q", None)])
            if name == "q":
                share = self.pick([0, 0.1, 0.25, 0.5, 0.9, 1])
                text = f"quantile({a.text}, {share}" + (
                    f", where = {condition.text})" if condition else ")")
                return st.Aggregate(text, "float", [a], agg.quantile(share), condition)
            return self.call(name, "float", [a], function, condition)
        type = self.pick(SCALARS)
        a = self.expression(table, type, depth)
        name, result, function = self.pick([
            ("count", "int", agg.count), ("count_distinct", "int", agg.count_distinct),
            ("min", type, agg.extreme(-1)), ("max", type, agg.extreme(1)),
            ("first", type, agg.first), ("last", type, agg.last), ("mode", type, agg.mode),
            ("list", f"list<{type}>", agg.listed),
            ("list_distinct", f"list<{type}>", agg.list_distinct),
            ("entropy", "float", agg.entropy)])
        return self.call(name, result, [a], function, condition)

    def combined(self, a, b):
        """Two numbers of a group in one expression; else the first of the two."""
        if not {a.type, b.type} <= {"int", "float"}:
            return a
        first, second = (
            ex.Expression(f"({call.text})", call.type, lambda row, place=place: row[place])
            for place, call in enumerate((a, b)))
        both = ex.arithmetic(self.pick("+-*/"), first, second)
        result = st.Aggregate(both.text, both.type, [], None)
        result.value = lambda rows: both.value((a.value(rows), b.value(rows)))
        return result

    def call(self, name, type, arguments, function, condition):
        """An aggregate; what has many digits is rounded, as keys and ties come of it."""
        texts = [argument.text for argument in arguments]
        if condition is not None:
            texts.append(f"where = {condition.text}")
        text = f"{name}({', '.join(texts)})"
        if name in ROUNDED and not self.is_plain:
            exact = function
            text = f"round({text}, 7)"
            function = lambda values: rounded(exact(values), 7)
        return st.Aggregate(text, type, arguments, function, condition)

    # Stages.

    def pipeline(self, tables, stages):
        """The text and the table of a pipeline over one of the named tables."""
        name = self.pick(tables)
        text, table = [name], tables[name]
        for _ in range(stages):
            method = self.random.choices(STAGES, WEIGHTS)[0]
            made = getattr(self, method)(table, tables)
            if made is None or len(made[1].rows) > 4000 or not made[1].columns:
                continue
            text.append(made[0])
            table = made[1]
        return ("\n| " if self.once(2) else " | ").join(text), table

    def where(self, table, tables):
        condition = self.condition(table, 2)
        return f"where {condition.text}", st.where(table, condition)

    def select(self, table, tables):
        items, texts = [], []
        chosen = self.random.sample(table.columns, self.random.randint(1, len(table.columns)))
        for name, type in chosen:
            column = ex.column(name, type)
            if self.once(6):
                new = self.name()
                texts.append(f"{new} = {column.text}")
                items.append((new, column))
            else:
                texts.append(column.text)
                items.append((name, column))
        if self.once(2):
            name, expression = self.name(), self.expression(table, self.pick(SCALARS), 2)
            texts.append(f"{name} = {expression.text}")
            items.append((name, expression))
        return "select " + ", ".join(texts), st.select(table, items)

    def select_except(self, table, tables):
        names = self.random.sample(table.names, self.random.randint(1, len(table.names)))
        if len(names) == len(table.names):
            return None
        texts = ", ".join(ex.column(n, "int").text for n in names)
        if self.once(2):
            return f"drop {texts}", st.drop(table, names)
        return f"select * except ({texts})", st.drop(table, names)

    def rename(self, table, tables):
        old, new = self.pick(table.names), self.name()
        return f"rename {new} = {ex.column(old, 'int').text}", st.rename(table, old, new)

    def derive(self, table, tables):
        texts, current = [], table
        for _ in range(self.random.randint(1, 3)):
            name = self.pick([n for n, t in current.columns]) if self.once(6) else self.name()
            expression = self.expression(current, self.pick(SCALARS), 3)
            current = st.derive(current, [(name, expression)])
            texts.append(f"{ex.column(name, 'int').text} = {expression.text}")
        return "derive " + ", ".join(texts), current

    def keys(self, table, least=0):
        """Keys of `by`, and their text."""
        items, texts = [], []
        for _ in range(self.random.randint(least, 3)):
            if self.once(4):
                name, expression = self.name(), self.expression(table, self.pick(SCALARS), 1)
                texts.append(f"{name} = {expression.text}")
            else:
                name, type = self.pick(table.columns)
                if name in [n for n, _ in items]:
                    continue
                expression = ex.column(name, type)
                texts.append(expression.text)
            items.append((name, expression))
        return items, ", ".join(texts)

    def summarize(self, table, tables):
        keys, key_text = self.keys(table)
        calls = [(self.name(), self.aggregate(table)) for _ in range(self.random.randint(1, 4))]
        text = "summarize " + ", ".join(f"{name} = {call.text}" for name, call in calls)
        return text + (f" by {key_text}" if keys else ""), st.summarize(table, calls, keys)

    def order(self, table, least=1):
        keys, texts = [], []
        for _ in range(self.random.randint(least, 3)):
            key = self.column(table, *ORDERED) if not self.once(4) else self.expression(
                table, self.pick(ORDERED), 1)
            if key is None or (not key.is_constant and key.text.startswith("-")):
                continue
            if key.is_constant:
                continue
            descending = self.once(2)
            keys.append((key, descending))
            texts.append(f"-{key.at(ex.ATOM)}" if descending else key.text)
        return keys, ", ".join(texts)

    def sort(self, table, tables):
        keys, text = self.order(table)
        return (f"sort {text}", st.sort(table, keys)) if keys else None

    def few(self):
        return self.pick([0, 1, 1, 2, 3, 5, 10, 25])

    def part(self, table, tables):
        n = self.few()
        word, rows = self.pick([("take", table.rows[:n]), ("skip", table.rows[n:]),
                                ("tail", table.rows[len(table.rows) - n if n else n:][:n]
                                 if n <= len(table.rows) else table.rows)])
        return f"{word} {n}", st.Table(table.columns, rows)

    def top(self, table, tables):
        keys, text = self.order(table)
        if not keys:
            return None
        key, least = keys[0]
        groups = self.keys(table)[0] if self.once(2) else []
        n, ties = self.few(), self.once(3)
        text = f"top {n} by {'-' + key.at(ex.ATOM) if least else key.text}"
        if groups:
            text += " per " + ", ".join(e.text for _, e in groups)
        if ties:
            text += " with ties"
        return text, st.top(table, n, key, least, [e for _, e in groups], ties)

    def distinct(self, table, tables):
        if self.once(3):
            return "distinct", st.distinct(table, table.names)
        names = self.random.sample(table.names, self.random.randint(1, min(3, len(table.names))))
        texts = ", ".join(ex.column(n, "int").text for n in names)
        return f"distinct {texts}", st.distinct(table, names)

    def count(self, table, tables):
        return "count", st.Table([("count", "int")], [{"count": len(table.rows)}])

    def other(self, tables):
        """A table's name or a small pipeline in parentheses, for the right side."""
        name = self.pick(tables)
        if self.once(2):
            return name, tables[name]
        table = tables[name]
        condition = self.condition(table, 1)
        return f"({name} | where {condition.text})", st.where(table, condition)

    def shared(self, left, right, *types):
        """Names that both have, of types that can be keys together."""
        found = []
        for name, type in left.columns:
            other = dict(right.columns).get(name)
            if other == type and type in types:
                found.append(name)
        return found

    def join(self, table, tables):
        text, right = self.other(tables)
        names = self.shared(table, right, *SCALARS)
        pairs, texts = [], []
        for name in self.random.sample(names, min(len(names), self.random.randint(0, 2))):
            pairs.append((name, name))
            texts.append(ex.column(name, "int").text)
        if not pairs or self.once(4):
            lefts = self.columns(table, "int", "string", "float")
            if not lefts:
                return None
            l, type = self.pick(lefts)
            others = ("int", "float") if type in ("int", "float") else (type,)
            rights = [n for n, _ in self.columns(right, *others)]
            r = self.pick(rights) if rights else None
            if r is None or (l, r) in pairs or r in [x for p in pairs for x in p] \
                    or l in [x for p in pairs for x in p]:
                return None
            pairs.append((l, r))
            texts.append(f"{ex.column(l, type).text} == {ex.column(r, type).text}")
        kind = self.pick(["inner", "left", "right", "full", "semi", "anti", "lookup"])
        suffix = "_x" if self.once(4) else "_right"
        result = st.join(table, right, "left" if kind == "lookup" else kind, pairs, suffix,
                         kind == "lookup")
        words = {"inner": "join", "lookup": "lookup"}.get(kind, f"join {kind}")
        option = f' suffix = "{suffix}"' if suffix != "_right" and kind not in (
            "semi", "anti") else ""
        return f"{words} {text} on {', '.join(texts)}{option}", result

    def asof(self, table, tables):
        text, right = self.other(tables)
        times = self.shared(table, right, "timestamp", "int", "duration")
        if not times:
            return None
        time = self.pick(times)
        by = [n for n in self.shared(table, right, "string", "int", "bool") if n != time]
        by = self.random.sample(by, min(len(by), self.random.randint(0, 1)))
        direction = self.pick(["backward", "forward", "nearest"])
        source = f"asof {text} on {ex.column(time, 'int').text}"
        if by:
            source += " by " + ", ".join(ex.column(n, "int").text for n in by)
        if direction != "backward" or self.once(3):
            source += f' direction = "{direction}"'
        tolerance = None
        if self.once(3):
            type = "int" if table.type(time) == "int" else "duration"
            tolerance = abs(self.value(type))
            source += f" tolerance = {literal(tolerance, type)}"
        return source, st.asof(table, right, time, by, direction, tolerance)

    def window(self, table, tables):
        groups, _ = self.keys(table)
        order, order_text = self.order(table, 0)
        lower = upper = None
        has_frame = self.once(2)
        if has_frame:
            lower = None if self.once(3) else self.random.randint(-4, 0)
            upper = self.random.randint(-1 if lower is None else lower, 2)
        items, texts = [], []
        for _ in range(self.random.randint(1, 3)):
            name = self.name()
            if self.once(2):
                call = self.aggregate(table)
                items.append((name, call.type, st.framed(call, lower, upper, not has_frame)))
                texts.append(f"{name} = {call.text}")
            else:
                text, type, function = self.window_function(table)
                items.append((name, type, function))
                texts.append(f"{name} = {text}")
        text = "window " + ", ".join(texts)
        if groups:
            text += " by " + ", ".join(e.text for _, e in groups)
        if order:
            text += f" sort {order_text}"
        if has_frame:
            text += f" rows {'' if lower is None else lower}..{upper}"
        return text, st.window(table, items, [e for _, e in groups], order)

    def window_function(self, table):
        form = self.random.randrange(9)
        if form < 3:
            name, function = [("row_number", agg.row_number), ("rank", agg.rank_of),
                              ("dense_rank", agg.dense_rank)][form]
            return f"{name}()", "int", st.called(function, [])
        if form in (3, 4):
            a = self.expression(table, self.pick(SCALARS), 1)
            n = self.random.randint(1, 3)
            name, sign = self.pick([("lag", -1), ("lead", 1)])
            if n == 1 and self.once(2):
                return f"{name}({a.text})", a.type, st.called(agg.shifted(sign), [a])
            return f"{name}({a.text}, {n})", a.type, st.called(agg.shifted(sign * n), [a])
        if form == 5:
            a = self.expression(table, self.pick(["int", "float"]), 1)
            return f"cumsum({a.text})", a.type, st.called(agg.cumsum, [a])
        if form == 6:
            a = self.expression(table, self.pick(["int", "float", "timestamp", "duration"]), 1)
            type = "duration" if a.type == "timestamp" else a.type
            return f"diff({a.text})", type, st.called(agg.diff, [a])
        if form == 7:
            a = self.expression(table, self.pick(SCALARS), 1)
            return f"fill_forward({a.text})", a.type, st.called(agg.fill_forward, [a])
        a = self.condition(table, 1)
        return f"streak({a.text})", "int", st.called(agg.streak, [a])

    def pivot(self, table, tables):
        column = self.column(table, "string", "int", "bool")
        if column is None:
            return None
        call = self.aggregate(table, is_plain=True)
        keys, key_text = self.keys(table) if self.once(2) else ([], "")
        values = None
        text = f"pivot {call.text} by {column.text}"
        if self.once(2):
            wanted = [self.value(column.type) for _ in range(self.random.randint(1, 3))]
            values = list({repr(v): v for v in wanted}.values())
            text += " in [" + ", ".join(literal(v, column.type) for v in values) + "]"
        if keys:
            text += f" per {key_text}"
        try:
            result = st.pivot(table, call, column, values, keys)
        except Failure:
            return None
        if any(not name or "\n" in name for name in result.names):
            return None
        return text, result

    def unpivot(self, table, tables):
        type = self.pick(["number", "string", "timestamp", "bool"])
        types = ("int", "float") if type == "number" else (type,)
        names = [n for n, _ in self.columns(table, *types)]
        if not names:
            return None
        names = self.random.sample(names, self.random.randint(1, len(names)))
        key, value = self.name(), self.name()
        texts = ", ".join(ex.column(n, "int").text for n in names)
        return f"unpivot {texts} into {key}, {value}", st.unpivot(table, names, key, value)

    def explode(self, table, tables):
        lists = [n for n, t in table.columns if t.startswith("list<")]
        if not lists:
            return None
        name = self.pick(lists)
        return f"explode {ex.column(name, 'int').text}", st.explode(table, name)

    def union(self, table, tables):
        text, right = self.other(tables)
        for name, type in table.columns:
            other = dict(right.columns).get(name)
            if other not in (None, type) and {other, type} != {"int", "float"}:
                return None
        return f"union {text}", st.union(table, right)

    def fill(self, table, tables):
        times = self.columns(table, "timestamp")
        if not times:
            return None
        time, _ = self.pick(times)
        names = [n for n in table.names if n != time]
        by = self.random.sample(names, min(len(names), self.random.randint(0, 1)))
        step = self.pick([DAY, 7 * DAY, 36 * 3600 * SECOND, 3600 * SECOND])
        text = f"fill {ex.column(time, 'int').text} every {literal(step, 'duration')}"
        if by:
            text += " by " + ", ".join(ex.column(n, "int").text for n in by)
        try:
            keys = [ex.column(n, table.type(n)) for n in by]
            return text, st.fill(table, time, step, by, keys)
        except NotImplementedError:
            return None

    def pareto(self, table, tables):
        objectives, texts = [], []
        for _ in range(self.random.randint(1, 3)):
            key = self.column(table, "int", "float", "timestamp", "duration")
            if key is None:
                return None
            most = self.once(2)
            objectives.append((key, most))
            texts.append(f"{'max' if most else 'min'}({key.text})")
        return "pareto " + ", ".join(texts), st.pareto(table, objectives)


def index_of(text, part):
    """By grapheme clusters; the texts of the generator have one of two code points."""
    place = text.find(part)
    return None if place < 0 else len(text[:place].replace("e\u0301", "e"))


def whole_number(function):
    """A function that gives ints, on floats: it keeps infinities and the sign of zero."""
    return lambda x: math.copysign(function(x), x) if math.isfinite(x) else x


def best(sign):
    def evaluate(a, b):
        a, b = float(a), float(b)
        if math.isnan(a) or math.isnan(b):
            return b if math.isnan(a) else a
        return (max if sign > 0 else min)(a, b)

    return evaluate


def rounded(value, digits):
    """Halves away from 0, by the exact value of the float."""
    if value is None or not math.isfinite(value) or abs(value) > 1e15:
        return value
    unit = decimal.Decimal(1).scaleb(-digits)
    return float(decimal.Decimal(value).quantize(unit, rounding=decimal.ROUND_HALF_UP))


def moment(time):
    return EPOCH + datetime.timedelta(microseconds=time)


ROUNDED = ("corr", "slope", "stddev", "variance", "entropy")

TIME_PARTS = [
    ("year", "int", lambda t: moment(t).year), ("month", "int", lambda t: moment(t).month),
    ("day", "int", lambda t: moment(t).day), ("hour", "int", lambda t: moment(t).hour),
    ("minute", "int", lambda t: moment(t).minute),
    ("weekday", "int", lambda t: moment(t).isoweekday()),
    ("week", "int", lambda t: moment(t).isocalendar()[1]),
    ("day_of_year", "int", lambda t: moment(t).timetuple().tm_yday),
]

STAGES, WEIGHTS = zip(*{
    "where": 8, "select": 4, "select_except": 2, "rename": 1, "derive": 8, "summarize": 8,
    "sort": 5, "part": 4, "top": 5, "distinct": 3, "count": 1, "join": 8, "asof": 4, "window": 8,
    "pivot": 4, "unpivot": 3, "explode": 3, "union": 3, "fill": 2, "pareto": 3,
}.items())
