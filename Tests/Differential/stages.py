"""Stages over tables of rows in order, a row at a time and with no regard to speed."""

from expressions import widened
from values import Failure, compare, compare_in_order, group_key, order_key, plain, rank

DAY_ZERO = 946_857_600_000_000  # Monday 2000-01-03, from which buckets count


class Table:
    """Columns as pairs of a name and a type, and rows as dicts."""

    def __init__(self, columns, rows):
        self.columns, self.rows = list(columns), rows

    def type(self, name):
        return dict(self.columns)[name]

    @property
    def names(self):
        return [name for name, _ in self.columns]


def where(table, condition):
    return Table(table.columns, [r for r in table.rows if condition.value(r) is True])


def select(table, items):
    """Items are pairs of a name and an expression."""
    rows = [{name: e.value(row) for name, e in items} for row in table.rows]
    return Table([(name, e.type) for name, e in items], rows)


def derive(table, items):
    columns, rows = list(table.columns), [dict(row) for row in table.rows]
    for name, expression in items:
        if name in dict(columns):
            columns = [(n, expression.type if n == name else t) for n, t in columns]
        else:
            columns.append((name, expression.type))
        for row in rows:
            row[name] = expression.value(row)
    return Table(columns, rows)


def drop(table, names):
    return project(table, [name for name in table.names if name not in names])


def project(table, names):
    return Table([(name, table.type(name)) for name in names],
                 [{name: row[name] for name in names} for row in table.rows])


def rename(table, old, new):
    columns = [(new if name == old else name, type) for name, type in table.columns]
    rows = [{new if name == old else name: value for name, value in row.items()}
            for row in table.rows]
    return Table(columns, rows)


def grouped(rows, keys):
    """Lists of rows by the values of expressions, in order of first appearance."""
    result = {}
    for row in rows:
        values = [key.value(row) for key in keys]
        result.setdefault(tuple(map(group_key, values)), (values, []))[1].append(row)
    return list(result.values())


class Aggregate:
    """A call: its text, its type and its value over rows."""

    def __init__(self, text, type, arguments, function, condition=None):
        self.text, self.type, self.arguments = text, type, arguments
        self.function, self.condition = function, condition

    def value(self, rows):
        if self.condition is not None:
            rows = [row for row in rows if self.condition.value(row) is True]
        if not self.arguments:
            return self.function(rows)
        values = [[argument.value(row) for row in rows] for argument in self.arguments]
        if len(values) == 1:
            return self.function(values[0])
        return self.function(list(zip(*values)))


def summarize(table, calls, keys):
    groups = grouped(table.rows, [e for _, e in keys]) if keys else [([], table.rows)]
    rows = []
    for values, members in groups:
        row = dict(zip([name for name, _ in keys], values))
        for name, call in calls:
            row[name] = call.value(members)
        rows.append(row)
    return Table([(n, e.type) for n, e in keys] + [(n, c.type) for n, c in calls], rows)


def in_order(rows, keys):
    """Keys are pairs of an expression and whether it goes down."""
    by = order_key([descending for _, descending in keys])
    return sorted(rows, key=lambda row: by([e.value(row) for e, _ in keys]))


def sort(table, keys):
    return Table(table.columns, in_order(table.rows, keys))


def top(table, count, key, least, groups, ties):
    rows = []
    for _, members in grouped(table.rows, groups):
        members = [row for row in members if rank(key.value(row)) == 0]
        members = in_order(members, [(key, not least)])
        kept = members[:count]
        if ties and kept and len(kept) == count:
            limit = key.value(kept[-1])
            kept += [r for r in members[count:] if compare(key.value(r), limit) == 0]
        rows += kept
    return Table(table.columns, rows)


def distinct(table, names):
    seen, rows = set(), []
    for row in table.rows:
        key = tuple(group_key(row[name]) for name in names)
        if key not in seen:
            seen.add(key)
            rows.append(row)
    return Table(table.columns, rows)


def matches(key):
    return all(rank(value) == 0 for value in key)


def join(left, right, kind, pairs, suffix="_right", is_lookup=False):
    """Pairs of column names; a name that both share is kept once."""
    shared = [l for l, r in pairs if l == r]
    names = {}
    for name in right.names:
        if name not in shared:
            names[name] = name + suffix if name in left.names else name
    columns = list(left.columns)
    if kind not in ("semi", "anti"):
        columns += [(names[n], t) for n, t in right.columns if n in names]
        if kind in ("right", "full"):
            # The key takes values of both sides.
            columns = [(n, "float" if n in shared and right.type(n) == "float" else t)
                       for n, t in columns]
    if len(dict(columns)) < len(columns):
        raise Failure("two columns of one name")
    index = {}
    for number, row in enumerate(right.rows):
        key = [row[r] for _, r in pairs]
        if matches(key):
            index.setdefault(tuple(map(group_key, key)), []).append(number)
    used, rows = set(), []

    def merged(row, other):
        result = dict(row)
        for name, output in names.items():
            result[output] = None if other is None else other[name]
        return {name: widened(result[name], type) for name, type in columns}

    for row in left.rows:
        key = [row[l] for l, _ in pairs]
        found = index.get(tuple(map(group_key, key)), []) if matches(key) else []
        if is_lookup and len(found) > 1:
            raise Failure("two matches")
        used.update(found)
        if kind == "semi":
            rows += [row] if found else []
        elif kind == "anti":
            rows += [] if found else [row]
        elif found:
            rows += [merged(row, right.rows[number]) for number in found]
        elif kind in ("left", "full"):
            rows.append(merged(row, None))
    if kind in ("right", "full"):
        for number, other in enumerate(right.rows):
            if number not in used:
                row = {name: None for name in left.names}
                row.update({name: other[name] for name in shared})
                rows.append(merged(row, other))
    return Table(columns, rows)


def asof(left, right, time, by, direction, tolerance):
    """Time and `by` are names that both sides have."""
    names = {}
    for name in right.names:
        if name not in by:
            names[name] = name + "_right" if name in left.names else name
    columns = left.columns + [(names[n], t) for n, t in right.columns if n in names]
    if len(dict(columns)) < len(columns):
        raise Failure("two columns of one name")
    rows = []
    for row in left.rows:
        best = None
        if matches([row[name] for name in by + [time]]):
            for number, other in enumerate(right.rows):
                if not matches([other[name] for name in by + [time]]):
                    continue
                if any(row[name] != other[name] for name in by):
                    continue
                ahead = other[time] - row[time]
                if direction == "backward" and ahead > 0 or direction == "forward" and ahead < 0:
                    continue
                if tolerance is not None and abs(ahead) > tolerance:
                    continue
                # Of equal times the last behind and the first ahead; of equal distances the earlier.
                is_ahead = direction == "forward" or ahead > 0
                key = abs(ahead), is_ahead, number if is_ahead else -number
                if best is None or key < best[0]:
                    best = key, other
        result = dict(row)
        for name, output in names.items():
            result[output] = None if best is None else best[1][name]
        rows.append(result)
    return Table(columns, rows)


def window(table, items, groups, keys):
    """Items are a name, a type and a function of the group's rows in order and their sort keys."""
    columns = list(table.columns)
    rows = [dict(row) for row in table.rows]
    places = {id(row): number for number, row in enumerate(table.rows)}
    for _, members in grouped(table.rows, groups):
        members = in_order(members, keys)
        order = [[e.value(row) for e, _ in keys] for row in members]
        for name, _, function in items:
            for row, value in zip(members, function(members, order)):
                rows[places[id(row)]][name] = value
    columns += [(name, type) for name, type, _ in items if name not in table.names]
    columns = [(n, dict((i[0], i[1]) for i in items).get(n, t)) for n, t in columns]
    return Table(columns, rows)


def framed(call, lower, upper, whole_group):
    """An aggregate over a frame of rows as a window item's function."""

    def evaluate(members, order):
        if whole_group:
            value = call.value(members)
            return [value] * len(members)
        result = []
        for place in range(len(members)):
            start = 0 if lower is None else max(0, place + lower)
            result.append(call.value(members[start:max(start, place + upper + 1)]))
        return result

    return evaluate


def called(function, arguments):
    """A window function of one argument (or none) as a window item's function."""

    def evaluate(members, order):
        values = [arguments[0].value(row) for row in members] if arguments else members
        return function(values, order)

    return evaluate


def pivot(table, call, column, values, per):
    """`values` None: all that occur, in order."""
    if values is None:
        found = {group_key(column.value(row)): column.value(row) for row in table.rows}
        values = sorted(found.values(), key=lambda v: order_key([False])([v]))
    names = ["null" if v is None else plain(v, column.type) for v in values]
    if len(set(names + [n for n, _ in per])) < len(names) + len(per):
        raise Failure("two columns of one name")
    groups = grouped(table.rows, [e for _, e in per]) if per else [([], table.rows)]
    rows = []
    for key, members in groups:
        row = dict(zip([name for name, _ in per], key))
        for value, name in zip(values, names):
            row[name] = call.value(
                [r for r in members if group_key(column.value(r)) == group_key(value)])
        rows.append(row)
    return Table([(n, e.type) for n, e in per] + [(n, call.type) for n in names], rows)


def unpivot(table, names, key, value):
    type = "float" if "float" in [table.type(n) for n in names] else table.type(names[0])
    kept = [(n, t) for n, t in table.columns if n not in names]
    rows = []
    for row in table.rows:
        for name in names:
            result = {n: row[n] for n, _ in kept}
            result.update({key: name, value: widened(row[name], type)})
            rows.append(result)
    return Table(kept + [(key, "string"), (value, type)], rows)


def explode(table, name):
    columns = [(n, t[5:-1] if n == name else t) for n, t in table.columns]
    rows = [{**row, name: member} for row in table.rows for member in row[name] or [None]]
    return Table(columns, rows)


def union(left, right):
    columns = [(n, "float" if dict(right.columns).get(n) == "float" else t)
               for n, t in left.columns]
    columns += [(n, t) for n, t in right.columns if n not in left.names]
    rows = [{n: widened(row.get(n), t) for n, t in columns} for row in left.rows + right.rows]
    return Table(columns, rows)


def fill(table, time, step, by, key_expressions):
    rows = []
    for _, members in grouped(table.rows, key_expressions):
        timed = [row for row in members if row[time] is not None]
        starts = [row[time] - (row[time] - DAY_ZERO) % step for row in timed]
        if starts:
            if (max(starts) - min(starts)) // step > 5000:
                raise NotImplementedError
            for start in range(min(starts), max(starts) + 1, step):
                inside = [row for row, other in zip(timed, starts) if other == start]
                if inside:
                    rows += sorted(inside, key=lambda row: row[time])
                else:
                    row = {name: None for name in table.names}
                    row.update({name: members[0][name] for name in by})
                    row[time] = start
                    rows.append(row)
        rows += [row for row in members if row[time] is None]
    return Table(table.columns, rows)


def pareto(table, objectives):
    """Pairs of an expression and whether its greatest values are best."""
    keys = [[e.value(row) for e, _ in objectives] for row in table.rows]

    def as_good(a, b):
        return all(compare_in_order(x, y, most) <= 0 for x, y, (_, most) in zip(a, b, objectives))

    rows = []
    for row, key in zip(table.rows, keys):
        if matches(key) and not any(
                matches(other) and as_good(other, key) and not as_good(key, other)
                for other in keys):
            rows.append(row)
    return Table(table.columns, rows)
