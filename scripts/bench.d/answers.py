"""Whether two answers are the same, up to the order of rows and the last digits of floats."""
import polars as pl

RELATIVE, ABSOLUTE = 1e-9, 1e-12


def read(path, reference):
    """An answer from Parquet, or from CSV with the column types of `reference`."""
    if path.endswith(".parquet"):
        return pl.read_parquet(path)
    table = pl.read_csv(path, infer_schema=False)
    for name, kind in reference.schema.items():
        if name not in table.columns:
            continue
        if kind.is_numeric():
            table = table.with_columns(pl.col(name).cast(pl.Float64))
        elif kind.is_temporal():
            table = table.with_columns(pl.col(name).str.to_datetime(time_unit="us", time_zone="UTC"))
    return table


def plain(table, columns):
    """The columns, in that order, as text, floats and times without a zone."""
    casts = []
    for name in columns:
        kind = table.schema[name]
        column = pl.col(name)
        if kind.is_numeric():
            casts.append(column.cast(pl.Float64))
        elif kind.is_temporal():
            casts.append(column.dt.replace_time_zone(None).cast(pl.Datetime("us")))
        else:
            casts.append(column.cast(pl.String))
    return table.select(casts)


def difference(reference, answer, keys):
    """What differs between the two, or None."""
    columns = sorted(reference.columns)
    if sorted(answer.columns) != columns:
        return f"columns {sorted(answer.columns)}, not {columns}"
    if len(answer) != len(reference):
        return f"{len(answer)} rows, not {len(reference)}"
    left, right = (plain(t, columns).sort(keys) if keys else plain(t, columns) for t in (reference, answer))
    for name in columns:
        a, b = left[name], right[name]
        if a.dtype == pl.Float64:
            near = (a - b).abs() <= ABSOLUTE + RELATIVE * a.abs()
            # Polars' equality takes NaN for equal to NaN, which is what is meant here, and `eq_missing` null to null.
            same = near.fill_null(False) & a.is_not_nan().fill_null(False) | a.eq_missing(b)
        else:
            same = a.eq_missing(b)
        if not same.all():
            row = same.not_().arg_true()[0]
            return f"{(~same).sum()} rows in {name}: {right.row(row)}, not {left.row(row)}"
    return None
