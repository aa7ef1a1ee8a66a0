"""The data of the drift benchmark: a reference and a current table of 20 numeric and 5 categorical features.

Seeded. Of the numbers, four have missing values and four many ties; half of the features drift a little. A column
`day` spreads each table over 90 days.
"""
import os

import numpy as np
import polars as pl
from drift_data_names import CATEGORIES, NUMBERS

LEVELS = [2, 5, 20, 100, 1000]
DAYS = 90
START_US = 1_756_684_800_000_000


def make(folder, rows):
    """Writes both tables as Parquet, unless they are there."""
    done = os.path.join(folder, "done")
    if os.path.exists(done):
        return
    os.makedirs(folder, exist_ok=True)
    for name, seed, shift in (("reference", 1, 0.0), ("current", 2, 1.0)):
        table = make_table(np.random.Generator(np.random.PCG64(seed)), rows, shift)
        table.write_parquet(os.path.join(folder, name + ".parquet"), compression="snappy")
    open(done, "w").close()


def make_csv(folder):
    """Writes both tables as CSV too, unless they are there."""
    for name in ("reference", "current"):
        path = os.path.join(folder, name + ".csv")
        if not os.path.exists(path):
            pl.read_parquet(os.path.join(folder, name + ".parquet")).write_csv(path + ".part")
            os.rename(path + ".part", path)


def make_table(random, rows, shift):
    columns = {"day": pl.Series(START_US + np.arange(rows) * DAYS // rows * 86_400_000_000).cast(pl.Datetime("us"))}
    for index, name in enumerate(NUMBERS):
        values = random.standard_normal(rows) * (1 + index) + (0.02 * index * shift if index % 2 else 0)
        if index % 5 == 3:
            values = np.exp(values / (1 + index))
        if index < 4:
            values = np.round(values)
        column = pl.Series(values)
        if index >= 16:
            column = column.set(pl.Series(random.random(rows) < 0.05), None)
        columns[name] = column
    for index, name in enumerate(CATEGORIES):
        weights = 1 / np.arange(1, LEVELS[index] + 1)
        weights[0] *= 1 + 0.1 * shift * (index % 2)
        codes = random.choice(LEVELS[index], rows, p=weights / weights.sum())
        columns[name] = pl.Series(np.char.add(f"{name}_", np.arange(LEVELS[index]).astype(str))[codes])
    return pl.DataFrame(columns)
