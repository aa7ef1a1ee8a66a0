"""The benchmark's queries: each as a Plumb pipeline, in SQL and as a Polars expression.

Where a peer can say a thing in several good ways, all are given and the fastest counts. Plumb's treatment of NaN is
the reference: `min`, `max`, `top` and `quantile` ignore it, `sum` and `mean` give it; both peers order it above all
numbers instead, so that some of their queries filter it.
"""
from dataclasses import dataclass

import polars as pl

from data import NAMES

value, key, step, run_id = pl.col("value"), pl.col("key"), pl.col("step"), pl.col("run_id")
real = value.is_not_nan() & value.is_not_null()
PATTERN = "^val/class_0[0-4]/f1$"


@dataclass
class Query:
    name: str        # the kind of question
    keys: list       # the columns that identify a row of the answer
    plumb: str
    sql: list
    polars: list     # functions of the lazy frames `metrics` and `runs`


def cumulative_best(m):
    return (m.filter((value == pl.col("best")) & real).group_by("key").agg(improvements=pl.len().cast(pl.Int64)))


QUERIES = [
    Query("statistics per key", ["key"],
          "metrics | where is_finite(value) | summarize n = count(), mean = mean(value), sd = stddev(value), "
          "low = min(value), high = max(value) by key",
          ["SELECT key, count(*) n, avg(value) mean, stddev_samp(value) sd, min(value) low, max(value) high "
           "FROM metrics WHERE isfinite(value) GROUP BY key"],
          [lambda m, r: m.filter(value.is_finite()).group_by("key").agg(
              n=pl.len().cast(pl.Int64), mean=value.mean(), sd=value.std(), low=value.min(), high=value.max())]),

    Query("mean and sum per key, NaN kept", ["key"],
          "metrics | summarize n = count(value), mean = mean(value), total = sum(value) by key",
          ["SELECT key, count(value) n, avg(value) mean, sum(value) total FROM metrics GROUP BY key"],
          [lambda m, r: m.group_by("key").agg(n=value.count().cast(pl.Int64), mean=value.mean(), total=value.sum())]),

    Query("last value per run and key", ["run_id", "key"],
          "metrics | summarize last = arg_max(value, step) by run_id, key",
          ["SELECT run_id, key, arg_max_null(value, step) last FROM metrics GROUP BY run_id, key"],
          [lambda m, r: m.group_by("run_id", "key").agg(last=value.max_by("step")),
           lambda m, r: m.group_by("run_id", "key").agg(last=value.sort_by("step").last())]),

    Query("best value per run and key", ["run_id", "key"],
          "metrics | summarize best = min(value), at_step = arg_min(step, value) by run_id, key",
          ["SELECT run_id, key, min(value) best, arg_min(step, value) at_step FROM metrics "
           "WHERE NOT isnan(value) GROUP BY run_id, key"],
          [lambda m, r: m.filter(real).group_by("run_id", "key").agg(best=value.min(), at_step=step.min_by("value"))]),

    Query("best value of one key per run", ["run_id"],
          'metrics | where key == "val_accuracy" | summarize best = max(value) by run_id',
          ["SELECT run_id, max(value) best FROM metrics WHERE key = 'val_accuracy' GROUP BY run_id"],
          [lambda m, r: m.filter(key == "val_accuracy").group_by("run_id").agg(best=value.max())]),

    Query("quantiles per key", ["key"],
          "metrics | summarize p10 = quantile(value, 0.1), p50 = median(value), p90 = quantile(value, 0.9) by key",
          ["SELECT key, q[1] p10, q[2] p50, q[3] p90 FROM (SELECT key, quantile_cont(value, [0.1, 0.5, 0.9]) q "
           "FROM metrics WHERE NOT isnan(value) GROUP BY key)"],
          [lambda m, r: m.filter(real).group_by("key").agg(
              p10=value.quantile(0.1, "linear"), p50=value.median(), p90=value.quantile(0.9, "linear"))]),

    Query("step buckets", ["key", "bucket"],
          "metrics | summarize n = count(), mean = mean(value) by key, bucket = bin(step, 10)",
          ["SELECT key, step // 10 * 10 AS bucket, count(*) n, avg(value) mean FROM metrics GROUP BY key, bucket"],
          [lambda m, r: m.group_by("key", bucket=step // 10 * 10).agg(n=pl.len().cast(pl.Int64), mean=value.mean())]),

    Query("time buckets", ["hour"],
          "metrics | summarize n = count(), low = min(value) by hour = bucket(timestamp, 1h)",
          ["SELECT time_bucket(INTERVAL 1 HOUR, timestamp) AS hour, count(*) n, min(value) low FROM metrics GROUP BY hour",
           "SELECT date_trunc('hour', timestamp) AS hour, count(*) n, min(value) low FROM metrics GROUP BY hour"],
          [lambda m, r: m.group_by(hour=pl.col("timestamp").dt.truncate("1h")).agg(
              n=pl.len().cast(pl.Int64), low=value.min())]),

    Query("filter", ["run_id", "step"],
          'metrics | where key == "val_loss" and value < 0.3 | select run_id, step, value',
          ["SELECT run_id, step, value FROM metrics WHERE key = 'val_loss' AND value < 0.3"],
          [lambda m, r: m.filter((key == "val_loss") & (value < 0.3)).select("run_id", "step", "value")]),

    Query("filtered sum", [],
          'metrics | where key == "epoch_seconds" | summarize n = count(value), total = sum(value)',
          ["SELECT count(value) n, sum(value) total FROM metrics WHERE key = 'epoch_seconds'"],
          [lambda m, r: m.filter(key == "epoch_seconds").select(n=value.count().cast(pl.Int64), total=value.sum())]),

    Query("first step below a threshold", ["run_id"],
          'metrics | where key == "val_loss" and value < 1 | summarize at_step = min(step) by run_id',
          ["SELECT run_id, min(step) at_step FROM metrics WHERE key = 'val_loss' AND value < 1 GROUP BY run_id"],
          [lambda m, r: m.filter((key == "val_loss") & (value < 1)).group_by("run_id").agg(at_step=step.min())]),

    Query("top 10 per key", ["key", "value"],
          "metrics | top 10 by value per key | select key, run_id, step, value",
          ["SELECT key, t.run_id, t.step, t.value FROM (SELECT key, unnest(max_by({'run_id': run_id, 'step': step, "
           "'value': value}, value, 10)) t FROM metrics WHERE NOT isnan(value) GROUP BY key)",
           "SELECT key, run_id, step, value FROM metrics WHERE NOT isnan(value) "
           "QUALIFY row_number() OVER (PARTITION BY key ORDER BY value DESC) <= 10"],
          [lambda m, r: m.filter(real).select("key", "run_id", "step", "value").group_by("key").agg(
              pl.all().top_k_by("value", 10)).explode("run_id", "step", "value"),
           lambda m, r: m.filter(real).select("key", "run_id", "step", "value").filter(
               value.rank("ordinal", descending=True).over("key") <= 10)]),

    Query("top 100 overall", ["value"],
          "metrics | top 100 by value | select run_id, key, step, value",
          ["SELECT run_id, key, step, value FROM metrics WHERE NOT isnan(value) ORDER BY value DESC LIMIT 100"],
          [lambda m, r: m.filter(real).select("run_id", "key", "step", "value").top_k(100, by="value")]),

    Query("join with runs before a filter", ["lr"],
          'metrics | join runs on run_id | where optimizer == "adam" and key == "val_accuracy" '
          "| summarize n = count(), mean = mean(value) by lr",
          ["SELECT lr, count(*) n, avg(value) mean FROM metrics JOIN runs USING (run_id) "
           "WHERE optimizer = 'adam' AND key = 'val_accuracy' GROUP BY lr"],
          [lambda m, r: m.join(r, on="run_id").filter(
              (pl.col("optimizer") == "adam") & (key == "val_accuracy")).group_by("lr").agg(
              n=pl.len().cast(pl.Int64), mean=value.mean())]),

    Query("join with runs after a filter", ["optimizer", "lr"],
          'metrics | where key == "val_accuracy" and step >= 50 | join runs on run_id '
          "| summarize n = count(), mean = mean(value) by optimizer, lr",
          ["SELECT optimizer, lr, count(*) n, avg(value) mean FROM (SELECT * FROM metrics "
           "WHERE key = 'val_accuracy' AND step >= 50) JOIN runs USING (run_id) GROUP BY optimizer, lr"],
          [lambda m, r: m.filter((key == "val_accuracy") & (step >= 50)).join(r, on="run_id").group_by(
              "optimizer", "lr").agg(n=pl.len().cast(pl.Int64), mean=value.mean())]),

    Query("join of all rows", ["experiment", "key"],
          "metrics | join runs on run_id | summarize n = count(), low = min(value) by experiment, key",
          ["SELECT experiment, key, count(*) n, min(value) low FROM metrics JOIN runs USING (run_id) "
           "GROUP BY experiment, key"],
          [lambda m, r: m.join(r, on="run_id").group_by("experiment", "key").agg(
              n=pl.len().cast(pl.Int64), low=value.min())]),

    Query("distinct counts per key", ["key"],
          "metrics | summarize runs = count_distinct(run_id), steps = count_distinct(step) by key",
          ["SELECT key, count(DISTINCT run_id) runs, count(DISTINCT step) steps FROM metrics GROUP BY key"],
          [lambda m, r: m.group_by("key").agg(
              runs=run_id.n_unique().cast(pl.Int64), steps=step.n_unique().cast(pl.Int64))]),

    Query("distinct pairs", [],
          "metrics | distinct run_id, key | count",
          ["SELECT count(*) AS count FROM (SELECT DISTINCT run_id, key FROM metrics)"],
          [lambda m, r: m.select("run_id", "key").unique().select(count=pl.len().cast(pl.Int64))]),

    Query("regular expression on keys", ["key"],
          f'metrics | where key ~ r"{PATTERN}" | summarize n = count(), mean = mean(value) by key',
          [f"SELECT key, count(*) n, avg(value) mean FROM metrics WHERE regexp_matches(key, '{PATTERN}') GROUP BY key",
           "SELECT key, count(*) n, avg(value) mean FROM metrics WHERE key IN (SELECT key FROM (SELECT DISTINCT key "
           f"FROM metrics) WHERE regexp_matches(key, '{PATTERN}')) GROUP BY key"],
          [lambda m, r: m.filter(key.cast(pl.String).str.contains(PATTERN)).group_by("key").agg(
              n=pl.len().cast(pl.Int64), mean=value.mean()),
           lambda m, r: m.join(m.select(key.unique()).filter(key.cast(pl.String).str.contains(PATTERN)), on="key",
                               how="semi").group_by("key").agg(n=pl.len().cast(pl.Int64), mean=value.mean())]),

    Query("cumulative best", ["key"],
          "metrics | window best = min(value) by run_id, key sort step rows ..0 "
          "| where value != null and value == best | summarize improvements = count() by key",
          ["SELECT key, count(*) improvements FROM (SELECT key, value, min(value) OVER (PARTITION BY run_id, key "
           "ORDER BY step ROWS UNBOUNDED PRECEDING) best FROM metrics) WHERE value = best AND NOT isnan(value) "
           "GROUP BY key"],
          [lambda m, r: cumulative_best(m.with_columns(
              best=value.fill_nan(None).cum_min().over("run_id", "key", order_by="step"))),
           lambda m, r: cumulative_best(m.group_by("run_id", "key").agg(value.sort_by("step")).with_columns(
               best=value.list.eval(pl.element().fill_nan(None).cum_min())).explode("value", "best"))]),

    Query("trailing mean", ["key"],
          "metrics | window smooth = mean(value) by run_id, key sort step rows -9..0 "
          "| summarize best = min(smooth) by key",
          ["SELECT key, min(smooth) best FROM (SELECT key, avg(value) OVER (PARTITION BY run_id, key ORDER BY step "
           "ROWS 9 PRECEDING) smooth FROM metrics) GROUP BY key"],
          [lambda m, r: m.with_columns(smooth=value.rolling_mean(10, min_samples=1).over(
              "run_id", "key", order_by="step")).group_by("key").agg(best=pl.col("smooth").min()),
           lambda m, r: m.group_by("run_id", "key").agg(smooth=value.sort_by("step").rolling_mean(
               10, min_samples=1)).explode("smooth").group_by("key").agg(best=pl.col("smooth").min())]),

    Query("pivot", ["run_id"],
          "metrics | pivot min(value) by key per run_id",
          ["PIVOT metrics ON key USING min(value) GROUP BY run_id",
           "PIVOT (SELECT run_id, key, min(value) low FROM metrics GROUP BY run_id, key) ON key USING first(low) "
           "GROUP BY run_id",
           "SELECT run_id, " + ", ".join(f"min(value) FILTER (key = '{k}') \"{k}\"" for k in NAMES)
           + " FROM metrics GROUP BY run_id"],
          [lambda m, r: m.group_by("run_id", "key").agg(value.min()).group_by("run_id").agg(
              value.filter(key == k).first().alias(k) for k in NAMES),
           lambda m, r: m.group_by("run_id").agg(value.filter(key == k).min().alias(k) for k in NAMES)]),
]
