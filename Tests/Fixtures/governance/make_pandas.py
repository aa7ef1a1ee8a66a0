#!/usr/bin/env python3
"""Writes tables of the healthy example portfolio as pandas exports them, to `pandas/` beside this file.

Needs pandas and pyarrow. pandas has no missing ints: a column of versions with gaps becomes 1.0, 2.0; a column
without any value has the type float; a table without rows is an empty file of lines.
"""
import pathlib

import pandas

HERE = pathlib.Path(__file__).parent
PORTFOLIO = HERE.parents[2] / "stdlib" / "examples" / "portfolio" / "healthy"
TIMES = {"start_time", "end_time", "at", "day", "retire_by", "expires"}

for name in ("alerts", "alias_events", "approvals", "assessments", "deployments", "incidents", "models", "monitors",
             "people", "pipeline_runs", "roles", "runs", "version_datasets", "versions", "waivers"):
    frame = pandas.read_csv(PORTFOLIO / f"{name}.csv")
    for column in frame.columns:
        if column.endswith("_at") or column in TIMES:
            frame[column] = pandas.to_datetime(frame[column], utc=True)
        elif column == "aliases":
            frame[column] = [text.split(";") if isinstance(text, str) else [] for text in frame[column]]
    frame.to_parquet(HERE / "pandas" / f"{name}.parquet")
    if name in ("assessments", "deployments", "models", "people", "versions", "waivers"):
        frame.to_json(HERE / "pandas" / f"{name}.ndjson", orient="records", lines=True, date_format="iso")
