"""Aggregates and window functions over lists of values, as section 4 and `help` define them."""

import math
from fractions import Fraction

from values import compare, compare_in_order, group_key, is_nan, rank, whole


def present(values):
    return [value for value in values if value is not None]


def ordered(values):
    """Values that are neither null nor NaN."""
    return [value for value in values if rank(value) == 0]


def distinct(values):
    found = {}
    for value in values:
        found.setdefault(group_key(value), value)
    return list(found.values())


def count(values):
    return len(present(values))


def count_distinct(values):
    return len(distinct(present(values)))


def total(values):
    """Ints exactly; floats as `math.fsum`, where neither NaN nor infinities meet."""
    values = [int(v) if isinstance(v, bool) else v for v in present(values)]
    if all(isinstance(v, int) for v in values):
        return whole(sum(values))
    return float_sum(values)


def float_sum(values):
    if any(is_nan(v) for v in values) or {math.inf, -math.inf} <= set(values):
        return math.nan
    infinite = [v for v in values if math.isinf(v)]
    if infinite:
        return infinite[0]
    exact = sum((Fraction(v) for v in values), Fraction(0))
    try:
        return float(exact)
    except OverflowError:
        return math.inf if exact > 0 else -math.inf


def mean(values):
    values = [float(v) for v in present(values)]
    if not values:
        return None
    if all(math.isfinite(v) for v in values):
        return float(sum(map(Fraction, values)) / len(values))
    return float_sum(values) / len(values)


def mean_time(values):
    """The mean of times or durations, to the microsecond, halves away from 0."""
    values = present(values)
    if not values:
        return None
    exact = abs(Fraction(sum(values), len(values)))
    return math.floor(exact + Fraction(1, 2)) * (-1 if sum(values) < 0 else 1)


def extreme(sign):
    def best(values):
        result = None
        for value in ordered(values):
            if result is None or compare(value, result) * sign > 0:
                result = value
        return result

    return best


def variance(values):
    values = [float(v) for v in present(values)]
    if len(values) < 2:
        return None
    if any(not math.isfinite(v) for v in values):
        return math.nan
    exact = [Fraction(v) for v in values]
    middle = sum(exact) / len(exact)
    try:
        return float(sum((v - middle) ** 2 for v in exact) / (len(exact) - 1))
    except OverflowError:
        return math.inf


def stddev(values):
    result = variance(values)
    return None if result is None else math.sqrt(result)


def quantile(share):
    def evaluate(values):
        values = sorted(float(v) for v in ordered(values))
        if not values:
            return None
        place = share * (len(values) - 1)
        low = math.floor(place)
        part = place - low
        if part == 0:
            return values[low]
        a, b = values[low], values[low + 1]
        if a == b:
            return a
        if math.isinf(a) or math.isinf(b):
            return math.nan if math.isinf(a) and math.isinf(b) else a + b
        return a + (b - a) * part

    return evaluate


def first(values):
    values = present(values)
    return values[0] if values else None


def last(values):
    values = present(values)
    return values[-1] if values else None


def mode(values):
    counts = {}
    for value in present(values):
        entry = counts.setdefault(group_key(value), [0, value])
        entry[0] += 1
    best = max(counts.values(), key=lambda entry: entry[0], default=(0, None))
    return best[1]


def listed(values):
    return present(values) or None


def list_distinct(values):
    return distinct(present(values)) or None


def any_true(values):
    values = present(values)
    return any(values) if values else None


def all_true(values):
    values = present(values)
    return all(values) if values else None


def entropy(values):
    values = present(values)
    if not values:
        return None
    counts = {}
    for value in values:
        counts[group_key(value)] = counts.get(group_key(value), 0) + 1
    return -sum(n / len(values) * math.log2(n / len(values)) for n in counts.values()) + 0.0


def arg_extreme(sign):
    def best(pairs):
        """Of pairs (x, by)."""
        result = None
        for value, by in pairs:
            if rank(by) == 0 and (result is None or compare(by, result[1]) * sign > 0):
                result = value, by
        return None if result is None else result[0]

    return best


def complete(pairs):
    return [(float(x), float(y)) for x, y in pairs if x is not None and y is not None]


def is_constant(values):
    values = set(values)
    return len(values) == 1 and all(math.isfinite(v) for v in values)


def moments(pairs):
    """Exact sums of squares about the mean, or None where a NaN or infinity is met."""
    if any(not math.isfinite(v) for pair in pairs for v in pair):
        return None
    xs, ys = [Fraction(x) for x, _ in pairs], [Fraction(y) for _, y in pairs]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    return (sum((x - mx) ** 2 for x in xs), sum((y - my) ** 2 for y in ys),
            sum((x - mx) * (y - my) for x, y in zip(xs, ys)))


def corr(pairs):
    pairs = complete(pairs)
    if len(pairs) < 2 or is_constant(x for x, _ in pairs) or is_constant(y for _, y in pairs):
        return None
    found = moments(pairs)
    if found is None:
        return math.nan
    xx, yy, xy = found
    if not xx or not yy:
        return None
    return float(xy / Fraction(math.sqrt(xx)) / Fraction(math.sqrt(yy)))


def slope(pairs):
    """Of pairs (y, x)."""
    pairs = [(x, y) for y, x in complete(pairs)]
    if len(pairs) < 2 or is_constant(x for x, _ in pairs):
        return None
    found = moments(pairs)
    if found is None:
        return math.nan
    xx, _, xy = found
    return float(xy / xx) if xx else None


# Window functions: of the group's rows in order (values of the arguments), a value per row.


def row_number(rows, keys):
    return [place + 1 for place in range(len(rows))]


def peers(keys, descending=False):
    """For each row the place of the first row that is equal to it in all sort keys."""
    starts = []
    for place, key in enumerate(keys):
        same = place and all(compare_in_order(a, b) == 0 for a, b in zip(key, keys[place - 1]))
        starts.append(starts[-1] if same else place)
    return starts


def rank_of(rows, keys):
    return [start + 1 for start in peers(keys)]


def dense_rank(rows, keys):
    starts = peers(keys)
    return [len(set(starts[: place + 1])) for place in range(len(rows))]


def shifted(offset, default=None):
    def evaluate(values, keys):
        size = len(values)
        return [values[p + offset] if 0 <= p + offset < size else default for p in range(size)]

    return evaluate


def cumsum(values, keys):
    result = []
    for place, value in enumerate(values):
        result.append(None if value is None else total(values[: place + 1]))
    return result


def diff(values, keys):
    before = [None] + values[:-1]
    return [None if a is None or b is None
            else (whole(a - b) if isinstance(a, int) else a - b)
            for a, b in zip(values, before)]


def fill_forward(values, keys):
    result, known = [], None
    for value in values:
        known = known if value is None else value
        result.append(known)
    return result


def streak(values, keys):
    result, length = [], 0
    for value in values:
        length = length + 1 if value is True else 0
        result.append(length)
    return result


def ema(alpha):
    def evaluate(values, keys):
        result, average = [], None
        for value in values:
            if value is None:
                result.append(None)
                continue
            value = float(value)
            average = value if average is None else alpha * value + (1 - alpha) * average
            result.append(average)
        return result

    return evaluate
