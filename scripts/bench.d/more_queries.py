"""Further queries of the same kinds, which the executor was not written for: `scripts/bench --more`.

As in `queries.py`, the peers filter NaN where their order of it matters, and are given every good way of saying a thing.
"""
from datetime import datetime

import polars as pl

from queries import Query

value, key, step, run_id, ts = (pl.col(c) for c in ("value", "key", "step", "run_id", "timestamp"))
experiment, optimizer, status = (pl.col(c) for c in ("experiment", "optimizer", "status"))
finite = value.is_finite()
real = value.is_not_nan() & value.is_not_null()
n = pl.len().cast(pl.Int64)
RK = ("run_id", "key")
OVER = "OVER (PARTITION BY run_id, key ORDER BY step"


def over(expression):
    return expression.over("run_id", "key", order_by="step")


def string(column):
    return column.cast(pl.String)


def series(m, **columns):
    """Per run and key, lists in the order of the steps, put back as rows."""
    return m.group_by(*RK).agg(**columns).explode(*columns)


MORE_QUERIES = []


def query(name, keys, plumb, sql, polars):
    listed = lambda x: x if isinstance(x, list) else [x]
    MORE_QUERIES.append(Query(name, keys, plumb, listed(sql), listed(polars)))


# ---- aggregates ------------------------------------------------------------------------------------------------------

query("statistics per key and experiment", ["key", "experiment"],
      "metrics | where is_finite(value) | join runs on run_id | summarize n = count(), mean = mean(value), "
      "sd = stddev(value), low = min(value), high = max(value) by key, experiment",
      "SELECT key, experiment, count(*) n, avg(value) mean, stddev_samp(value) sd, min(value) low, max(value) high "
      "FROM metrics JOIN runs USING (run_id) WHERE isfinite(value) GROUP BY key, experiment",
      lambda m, r: m.filter(finite).join(r.select("run_id", "experiment"), on="run_id").group_by("key", "experiment")
      .agg(n=n, mean=value.mean(), sd=value.std(), low=value.min(), high=value.max()))

query("statistics per run", ["run_id"],
      "metrics | where is_finite(value) | summarize n = count(), mean = mean(value), sd = stddev(value), "
      "steps = max(step) by run_id",
      "SELECT run_id, count(*) n, avg(value) mean, stddev_samp(value) sd, max(step) steps FROM metrics "
      "WHERE isfinite(value) GROUP BY run_id",
      lambda m, r: m.filter(finite).group_by("run_id").agg(n=n, mean=value.mean(), sd=value.std(), steps=step.max()))

query("eight aggregates per run and key", ["run_id", "key"],
      "metrics | where is_finite(value) | summarize n = count(), mean = mean(value), sd = stddev(value), "
      "low = min(value), high = max(value), total = sum(value), first = arg_min(value, step), "
      "last = arg_max(value, step) by run_id, key",
      "SELECT run_id, key, count(*) n, avg(value) mean, stddev_samp(value) sd, min(value) low, max(value) high, "
      "sum(value) total, arg_min(value, step) AS first, arg_max(value, step) AS last FROM metrics "
      "WHERE isfinite(value) GROUP BY run_id, key",
      lambda m, r: m.filter(finite).group_by(*RK).agg(
          n=n, mean=value.mean(), sd=value.std(), low=value.min(), high=value.max(), total=value.sum(),
          first=value.min_by("step"), last=value.max_by("step")))

query("step of the best value of one key per run", ["run_id"],
      'metrics | where key == "val_auc" | summarize best = max(value), at_step = arg_max(step, value) by run_id',
      "SELECT run_id, max(value) best, arg_max(step, value) at_step FROM metrics WHERE key = 'val_auc' GROUP BY run_id",
      lambda m, r: m.filter((key == "val_auc") & real).group_by("run_id").agg(
          best=value.max(), at_step=step.max_by("value")))

query("step and time of the greatest value per run and key", ["run_id", "key"],
      "metrics | summarize at_step = arg_max(step, value), at = arg_max(timestamp, value) by run_id, key",
      "SELECT run_id, key, arg_max(step, value) at_step, arg_max(timestamp, value) AS at FROM metrics "
      "WHERE NOT isnan(value) GROUP BY run_id, key",
      lambda m, r: m.filter(real).group_by(*RK).agg(at_step=step.max_by("value"), at=ts.max_by("value")))

query("extreme quantiles per key", ["key"],
      "metrics | summarize p01 = quantile(value, 0.01), p50 = quantile(value, 0.5), p99 = quantile(value, 0.99) by key",
      "SELECT key, q[1] p01, q[2] p50, q[3] p99 FROM (SELECT key, quantile_cont(value, [0.01, 0.5, 0.99]) q "
      "FROM metrics WHERE NOT isnan(value) GROUP BY key)",
      lambda m, r: m.filter(real).group_by("key").agg(
          p01=value.quantile(0.01, "linear"), p50=value.quantile(0.5, "linear"), p99=value.quantile(0.99, "linear")))

query("quantiles per key and step bucket", ["key", "bucket"],
      "metrics | summarize p01 = quantile(value, 0.01), p50 = median(value), p99 = quantile(value, 0.99) "
      "by key, bucket = bin(step, 20)",
      "SELECT key, bucket, q[1] p01, q[2] p50, q[3] p99 FROM (SELECT key, step // 20 * 20 AS bucket, "
      "quantile_cont(value, [0.01, 0.5, 0.99]) q FROM metrics WHERE NOT isnan(value) GROUP BY key, bucket)",
      lambda m, r: m.filter(real).group_by("key", bucket=step // 20 * 20).agg(
          p01=value.quantile(0.01, "linear"), p50=value.median(), p99=value.quantile(0.99, "linear")))

query("median overall", [],
      "metrics | summarize mid = median(value)",
      "SELECT median(value) mid FROM metrics WHERE NOT isnan(value)",
      lambda m, r: m.filter(real).select(mid=value.median()))

query("distinct runs per key under a condition", ["key"],
      "metrics | where value < 0.3 | summarize runs = count_distinct(run_id) by key",
      "SELECT key, count(DISTINCT run_id) runs FROM metrics WHERE value < 0.3 GROUP BY key",
      lambda m, r: m.filter(value < 0.3).group_by("key").agg(runs=run_id.n_unique().cast(pl.Int64)))

query("distinct values per key", ["key"],
      "metrics | where is_finite(value) | summarize values = count_distinct(value) by key",
      "SELECT key, count(DISTINCT value) AS values FROM metrics WHERE isfinite(value) GROUP BY key",
      lambda m, r: m.filter(finite).group_by("key").agg(values=value.n_unique().cast(pl.Int64)))

query("distinct key and step", [],
      "metrics | distinct key, step | count",
      "SELECT count(*) AS count FROM (SELECT DISTINCT key, step FROM metrics)",
      lambda m, r: m.select("key", "step").unique().select(count=n))

query("nulls and NaN per key", ["key"],
      "metrics | summarize nulls = count_if(value == null), nans = count_if(is_nan(value)) by key",
      "SELECT key, count_if(value IS NULL) nulls, count_if(isnan(value)) nans FROM metrics GROUP BY key",
      lambda m, r: m.group_by("key").agg(nulls=value.null_count().cast(pl.Int64),
                                         nans=value.is_nan().sum().cast(pl.Int64)))

query("conditional counts and sums per key", ["key"],
      "metrics | summarize good = count_if(value < 0.3), late = sum(value, where = step >= 20), "
      "early = mean(value, where = step < 20) by key",
      "SELECT key, count_if(value < 0.3) good, sum(value) FILTER (step >= 20) late, avg(value) FILTER (step < 20) early "
      "FROM metrics GROUP BY key",
      lambda m, r: m.group_by("key").agg(good=(value < 0.3).sum().cast(pl.Int64), late=value.filter(step >= 20).sum(),
                                         early=value.filter(step < 20).mean()))

query("arithmetic, then aggregates", ["key"],
      "metrics | where is_finite(value) | derive scaled = (value - 0.5) * 2.0, weight = step + 1 "
      "| summarize total = sum(scaled * weight), square = mean(scaled * scaled) by key",
      "SELECT key, sum(scaled * weight) total, avg(scaled * scaled) square FROM (SELECT key, (value - 0.5::DOUBLE) * "
      "2::DOUBLE scaled, step + 1 weight FROM metrics WHERE isfinite(value)) GROUP BY key",
      lambda m, r: m.filter(finite).with_columns(scaled=(value - 0.5) * 2.0, weight=step + 1).group_by("key").agg(
          total=(pl.col("scaled") * pl.col("weight")).sum(), square=(pl.col("scaled") * pl.col("scaled")).mean()))

query("step-weighted mean per run", ["run_id"],
      "metrics | where is_finite(value) | summarize weighted = sum(value * step) / sum(step) by run_id",
      "SELECT run_id, sum(value * step) / sum(step) weighted FROM metrics WHERE isfinite(value) GROUP BY run_id",
      lambda m, r: m.filter(finite).group_by("run_id").agg(weighted=(value * step).sum() / step.sum()))

query("group by an expression", ["phase", "key"],
      "metrics | where is_finite(value) | summarize n = count(), mean = mean(value) by phase = step % 7, key",
      "SELECT step % 7 AS phase, key, count(*) n, avg(value) mean FROM metrics WHERE isfinite(value) GROUP BY phase, key",
      lambda m, r: m.filter(finite).group_by("key", phase=step % 7).agg(n=n, mean=value.mean()))

query("group by value bin", ["key", "bin"],
      "metrics | where is_finite(value) | summarize n = count() by key, bin = bin(value, 0.25)",
      "SELECT key, floor(value / 0.25::DOUBLE) * 0.25::DOUBLE AS bin, count(*) n FROM metrics WHERE isfinite(value) "
      "GROUP BY key, bin",
      lambda m, r: m.filter(finite).group_by("key", bin=(value / 0.25).floor() * 0.25).agg(n=n))

query("per day and key", ["day", "key"],
      "metrics | summarize n = count(), low = min(value) by day = bucket(timestamp, 1d), key",
      "SELECT date_trunc('day', timestamp)::TIMESTAMP AS day, key, count(*) n, min(value) low FROM metrics "
      "GROUP BY day, key",
      lambda m, r: m.group_by("key", day=ts.dt.truncate("1d")).agg(n=n, low=value.min()))

query("per hour of the day", ["hour"],
      "metrics | where is_finite(value) | summarize n = count(), mean = mean(value) by hour = hour(timestamp)",
      "SELECT hour(timestamp) AS hour, count(*) n, avg(value) mean FROM metrics WHERE isfinite(value) GROUP BY hour",
      lambda m, r: m.filter(finite).group_by(hour=ts.dt.hour()).agg(n=n, mean=value.mean()))

query("correlation with the step per key", ["key"],
      "metrics | where is_finite(value) | summarize c = corr(step, value), k = slope(value, step) by key",
      "SELECT key, corr(step, value) c, regr_slope(value, step) k FROM metrics WHERE isfinite(value) GROUP BY key",
      lambda m, r: m.filter(finite).group_by("key").agg(c=pl.corr(step, value), k=pl.cov(step, value) / step.var()))

query("mode of the rounded value per key", ["key"],
      "metrics | where is_finite(value) | summarize usual = mode(round(value, 1)) by key",
      ["SELECT key, mode(round(value, 1)) usual FROM metrics WHERE isfinite(value) GROUP BY key",
       "SELECT key, arg_max(v, n) usual FROM (SELECT key, round(value, 1) v, count(*) n FROM metrics "
       "WHERE isfinite(value) GROUP BY key, v) GROUP BY key"],
      [lambda m, r: m.filter(finite).group_by("key").agg(usual=value.round(1).mode().first()),
       lambda m, r: m.filter(finite).group_by("key", v=value.round(1)).agg(n=n).group_by("key").agg(
           usual=pl.col("v").max_by("n"))])

query("having and sort over two levels", [],
      "metrics | where is_finite(value) | summarize n = count(), mean = mean(value), high = max(value) by run_id, key "
      "| where n >= 50 and mean < 0.3 | sort -high | take 50",
      "SELECT run_id, key, count(*) n, avg(value) mean, max(value) high FROM metrics WHERE isfinite(value) "
      "GROUP BY run_id, key HAVING n >= 50 AND mean < 0.3 ORDER BY high DESC LIMIT 50",
      lambda m, r: m.filter(finite).group_by(*RK).agg(n=n, mean=value.mean(), high=value.max()).filter(
          (pl.col("n") >= 50) & (pl.col("mean") < 0.3)).sort("high", descending=True).head(50))

query("runs whose best exceeds a bound", [],
      'metrics | where key == "val_accuracy" | summarize best = max(value) by run_id | where best > 0.45 | count',
      ["SELECT count(*) AS count FROM (SELECT run_id FROM metrics WHERE key = 'val_accuracy' GROUP BY run_id "
       "HAVING max(value) > 0.45)",
       "SELECT count(DISTINCT run_id) AS count FROM metrics WHERE key = 'val_accuracy' AND value > 0.45"],
      [lambda m, r: m.filter(key == "val_accuracy").group_by("run_id").agg(best=value.max()).filter(
          pl.col("best") > 0.45).select(count=n),
       lambda m, r: m.filter((key == "val_accuracy") & (value > 0.45)).select(
           count=run_id.n_unique().cast(pl.Int64))])

# ---- filters ---------------------------------------------------------------------------------------------------------

SOME = ["val_loss", "val_auc", "lr", "gpu_utilization"]
query("in list, between and a bound", ["key"],
      f"metrics | where key in {SOME!r} and step between 10 and 40 and value < 0.6 "
      "| summarize n = count(), mean = mean(value) by key".replace("'", '"'),
      f"SELECT key, count(*) n, avg(value) mean FROM metrics WHERE key IN {tuple(SOME)!r} AND step BETWEEN 10 AND 40 "
      "AND value < 0.6 GROUP BY key",
      lambda m, r: m.filter(key.is_in(SOME) & step.is_between(10, 40) & (value < 0.6)).group_by("key").agg(
          n=n, mean=value.mean()))

query("not in list, or", ["key"],
      'metrics | where key not in ["lr", "epoch_seconds", "gpu_utilization"] and (value < 0.12 or value between 0.5 and 0.52) '
      "| summarize n = count(), steps = sum(step) by key",
      "SELECT key, count(*) n, sum(step)::BIGINT steps FROM metrics WHERE key NOT IN ('lr', 'epoch_seconds', "
      "'gpu_utilization') AND (value < 0.12 OR value BETWEEN 0.5 AND 0.52) GROUP BY key",
      lambda m, r: m.filter(~key.is_in(["lr", "epoch_seconds", "gpu_utilization"]) & (
          (value < 0.12) | value.is_between(0.5, 0.52))).group_by("key").agg(n=n, steps=step.sum()))

query("narrow time range", ["key"],
      "metrics | where @2023-11-15T02:00 <= timestamp < @2023-11-15T05:00 | summarize n = count(), low = min(value) by key",
      "SELECT key, count(*) n, min(value) low FROM metrics WHERE timestamp >= TIMESTAMP '2023-11-15 02:00' "
      "AND timestamp < TIMESTAMP '2023-11-15 05:00' GROUP BY key",
      lambda m, r: m.filter(ts.is_between(datetime(2023, 11, 15, 2), datetime(2023, 11, 15, 5), closed="left")).group_by(
          "key").agg(n=n, low=value.min()))

query("wide time range", ["run_id"],
      "metrics | where timestamp >= @2023-11-15 and timestamp < @2023-11-29 | summarize n = count(), high = max(step) "
      "by run_id",
      "SELECT run_id, count(*) n, max(step) high FROM metrics WHERE timestamp >= TIMESTAMP '2023-11-15' "
      "AND timestamp < TIMESTAMP '2023-11-29' GROUP BY run_id",
      lambda m, r: m.filter((ts >= datetime(2023, 11, 15)) & (ts < datetime(2023, 11, 29))).group_by("run_id").agg(
          n=n, high=step.max()))

query("rows with NaN", ["run_id", "key", "step"],
      "metrics | where is_nan(value) | select run_id, key, step",
      "SELECT run_id, key, step FROM metrics WHERE isnan(value)",
      lambda m, r: m.filter(value.is_nan()).select("run_id", "key", "step"))

query("nulls per run", ["run_id"],
      "metrics | where value == null | summarize n = count(), first_step = min(step) by run_id",
      "SELECT run_id, count(*) n, min(step) first_step FROM metrics WHERE value IS NULL GROUP BY run_id",
      lambda m, r: m.filter(value.is_null()).group_by("run_id").agg(n=n, first_step=step.min()))

query("one row in a thousand", ["run_id", "key", "step"],
      "metrics | where value < 0.004 | select run_id, key, step, value",
      "SELECT run_id, key, step, value FROM metrics WHERE value < 0.004",
      lambda m, r: m.filter(value < 0.004).select("run_id", "key", "step", "value"))

query("one run", ["key", "step"],
      'metrics | where run_id == (runs | skip 42 | take 1 | select run_id) and step >= 5 | select key, step, value',
      "SELECT key, step, value FROM metrics WHERE run_id = (SELECT run_id FROM runs LIMIT 1 OFFSET 42) AND step >= 5",
      [lambda m, r: m.join(r.slice(42, 1).select("run_id"), on="run_id", how="semi").filter(step >= 5).select(
          "key", "step", "value"),
       lambda m, r: m.filter((run_id == r.slice(42, 1).select("run_id").collect().item()) & (step >= 5)).select(
           "key", "step", "value")])

ALT = "^(train|val)_(loss|accuracy)$"
query("regular expression with alternation", ["key"],
      f'metrics | where key ~ r"{ALT}" | summarize n = count(), low = min(value) by key',
      [f"SELECT key, count(*) n, min(value) low FROM metrics WHERE regexp_matches(key, '{ALT}') GROUP BY key",
       "SELECT key, count(*) n, min(value) low FROM metrics WHERE key IN (SELECT key FROM (SELECT DISTINCT key FROM "
       f"metrics) WHERE regexp_matches(key, '{ALT}')) GROUP BY key"],
      [lambda m, r: m.filter(string(key).str.contains(ALT)).group_by("key").agg(n=n, low=value.min()),
       lambda m, r: m.join(m.select(key.unique()).filter(string(key).str.contains(ALT)), on="key", how="semi").group_by(
           "key").agg(n=n, low=value.min())])

ANY = "(?i)CLASS_0[13579]|AUC"
query("regular expression without case", [],
      f'metrics | where key ~ r"{ANY}" and value < 0.2 | summarize n = count(), steps = sum(step)',
      [f"SELECT count(*) n, sum(step)::BIGINT steps FROM metrics WHERE regexp_matches(key, '{ANY}') AND value < 0.2",
       "SELECT count(*) n, sum(step)::BIGINT steps FROM metrics WHERE value < 0.2 AND key IN (SELECT key FROM "
       f"(SELECT DISTINCT key FROM metrics) WHERE regexp_matches(key, '{ANY}'))"],
      [lambda m, r: m.filter(string(key).str.contains(ANY) & (value < 0.2)).select(n=n, steps=step.sum()),
       lambda m, r: m.filter(value < 0.2).join(m.select(key.unique()).filter(string(key).str.contains(ANY)), on="key",
                                               how="semi").select(n=n, steps=step.sum())])

query("runs whose id starts with a text", ["key"],
      'metrics | where starts_with(run_id, "a") | summarize n = count(), low = min(value) by key',
      ["SELECT key, count(*) n, min(value) low FROM metrics WHERE starts_with(run_id, 'a') GROUP BY key",
       "SELECT key, count(*) n, min(value) low FROM metrics WHERE run_id IN (SELECT run_id FROM runs "
       "WHERE starts_with(run_id, 'a')) GROUP BY key"],
      [lambda m, r: m.filter(string(run_id).str.starts_with("a")).group_by("key").agg(n=n, low=value.min()),
       lambda m, r: m.join(r.filter(string(run_id).str.starts_with("a")), on="run_id", how="semi").group_by("key").agg(
           n=n, low=value.min())])

query("runs whose id holds a text", ["run_id"],
      'metrics | where contains(run_id, "ff") and key == "val_auc" | summarize n = count(), high = max(value) by run_id',
      ["SELECT run_id, count(*) n, max(value) high FROM metrics WHERE contains(run_id, 'ff') AND key = 'val_auc' "
       "GROUP BY run_id",
       "SELECT run_id, count(*) n, max(value) high FROM metrics WHERE key = 'val_auc' AND run_id IN (SELECT run_id "
       "FROM runs WHERE contains(run_id, 'ff')) GROUP BY run_id"],
      [lambda m, r: m.filter(string(run_id).str.contains("ff", literal=True) & (key == "val_auc")).group_by(
          "run_id").agg(n=n, high=value.max()),
       lambda m, r: m.filter(key == "val_auc").join(r.filter(string(run_id).str.contains("ff", literal=True)),
                                                    on="run_id", how="semi").group_by("run_id").agg(
           n=n, high=value.max())])

# ---- order -----------------------------------------------------------------------------------------------------------


def top(name, keys, count, by, per):
    """The greatest `count` of each group."""
    joined = "experiment" in per
    columns = [*per, *(c for c in ("run_id", "key", "step", "value") if c not in per)]
    rest = [c for c in columns if c not in per]
    source = "metrics JOIN runs USING (run_id)" if joined else "metrics"

    def frame(m, r):
        m = m.filter(real)
        return (m.join(r.select("run_id", "experiment"), on="run_id") if joined else m).select(columns)

    query(name, keys,
          f"metrics {'| join runs on run_id ' if joined else ''}| top {count} by {by} per {', '.join(per)} "
          f"| select {', '.join(columns)}",
          [f"SELECT {', '.join(per)}, {', '.join('t.' + c for c in rest)} FROM (SELECT {', '.join(per)}, unnest("
           f"max_by({{{', '.join(f'{c!r}: {c}' for c in rest)}}}, value, {count})) t FROM {source} "
           f"WHERE NOT isnan(value) GROUP BY {', '.join(per)})",
           f"SELECT {', '.join(columns)} FROM {source} WHERE NOT isnan(value) QUALIFY row_number() OVER (PARTITION BY "
           f"{', '.join(per)} ORDER BY value DESC) <= {count}"],
          [lambda m, r: frame(m, r).group_by(per).agg(pl.all().top_k_by("value", count)).explode(*rest),
           lambda m, r: frame(m, r).filter(value.rank("ordinal", descending=True).over(per) <= count)])


top("top 5 per run", ["run_id", "value"], 5, "value", ["run_id"])
top("top 3 per experiment and key", ["experiment", "key", "value"], 3, "value", ["experiment", "key"])
top("top 2 per run and key", ["run_id", "key", "value"], 2, "value", ["run_id", "key"])

query("bottom 50 overall", ["value"],
      "metrics | top 50 by -value | select run_id, key, step, value",
      "SELECT run_id, key, step, value FROM metrics WHERE NOT isnan(value) ORDER BY value LIMIT 50",
      lambda m, r: m.filter(real).select("run_id", "key", "step", "value").bottom_k(50, by="value"))

query("top 100 by two columns", [],
      "metrics | where is_finite(value) | sort -step, value | take 100 | select run_id, key, step, value",
      "SELECT run_id, key, step, value FROM metrics WHERE isfinite(value) ORDER BY step DESC, value LIMIT 100",
      [lambda m, r: m.filter(finite).select("run_id", "key", "step", "value").sort(
          "step", "value", descending=[True, False]).head(100),
       lambda m, r: m.filter(finite).select("run_id", "key", "step", "value").top_k(
           100, by=["step", "value"], reverse=[False, True]).sort("step", "value", descending=[True, False])])

query("sort of all rows by two columns, 1000 taken", [],
      "metrics | where is_finite(value) | sort key, -value | take 1000 | select key, value, run_id, step",
      "SELECT key, value, run_id, step FROM metrics WHERE isfinite(value) ORDER BY key, value DESC LIMIT 1000",
      [lambda m, r: m.filter(finite).select("key", "value", "run_id", "step").sort(
          "key", "value", descending=[False, True]).head(1000)])

query("sort of a tenth of the rows", [],
      'metrics | where key in ["val_auc", "val_accuracy"] and value != null | sort run_id, -value '
      "| select run_id, step, value",
      "SELECT run_id, step, value FROM metrics WHERE key IN ('val_auc', 'val_accuracy') AND value IS NOT NULL "
      "ORDER BY run_id, value DESC",
      lambda m, r: m.filter(key.is_in(["val_auc", "val_accuracy"]) & value.is_not_null()).select(
          "run_id", "step", "value").sort("run_id", "value", descending=[False, True]))

# ---- joins -----------------------------------------------------------------------------------------------------------

query("three attributes of runs", ["experiment", "optimizer", "status"],
      "metrics | where is_finite(value) | join runs on run_id | summarize n = count(), mean = mean(value), "
      "high = max(value) by experiment, optimizer, status | where n > 100 | sort -mean",
      "SELECT experiment, optimizer, status, count(*) n, avg(value) mean, max(value) high FROM metrics JOIN runs "
      "USING (run_id) WHERE isfinite(value) GROUP BY ALL HAVING n > 100 ORDER BY mean DESC",
      lambda m, r: m.filter(finite).join(r.select("run_id", "experiment", "optimizer", "status"), on="run_id").group_by(
          "experiment", "optimizer", "status").agg(n=n, mean=value.mean(), high=value.max()).filter(
          pl.col("n") > 100).sort("mean", descending=True))

query("join, contains, group by an attribute", ["optimizer"],
      'metrics | join runs on run_id | where contains(experiment, "-1") | summarize n = count(), low = min(value) '
      "by optimizer",
      "SELECT optimizer, count(*) n, min(value) low FROM metrics JOIN runs USING (run_id) "
      "WHERE contains(experiment, '-1') GROUP BY optimizer",
      lambda m, r: m.join(r.filter(string(experiment).str.contains("-1", literal=True)).select("run_id", "optimizer"),
                          on="run_id").group_by("optimizer").agg(n=n, low=value.min()))

query("semi join", ["key"],
      'metrics | join semi (runs | where status == "FAILED") on run_id | summarize n = count(), low = min(value) by key',
      "SELECT key, count(*) n, min(value) low FROM metrics SEMI JOIN (SELECT * FROM runs WHERE status = 'FAILED') s "
      "USING (run_id) GROUP BY key",
      lambda m, r: m.join(r.filter(status == "FAILED"), on="run_id", how="semi").group_by("key").agg(
          n=n, low=value.min()))

query("anti join", ["run_id"],
      'metrics | join anti (runs | where optimizer in ["adam", "sgd"]) on run_id | summarize n = count(), '
      "low = min(value) by run_id",
      "SELECT run_id, count(*) n, min(value) low FROM metrics ANTI JOIN (SELECT * FROM runs WHERE optimizer IN "
      "('adam', 'sgd')) s USING (run_id) GROUP BY run_id",
      lambda m, r: m.join(r.filter(optimizer.is_in(["adam", "sgd"])), on="run_id", how="anti").group_by("run_id").agg(
          n=n, low=value.min()))

query("runs in the answer of a query", ["run_id"],
      'metrics | where run_id in (metrics | where key == "val_loss" and is_nan(value) | select run_id) '
      "and key == \"val_auc\" | summarize high = max(value) by run_id",
      "SELECT run_id, max(value) high FROM metrics WHERE key = 'val_auc' AND run_id IN (SELECT run_id FROM metrics "
      "WHERE key = 'val_loss' AND isnan(value)) GROUP BY run_id",
      lambda m, r: m.filter(key == "val_auc").join(m.filter((key == "val_loss") & value.is_nan()), on="run_id",
                                                   how="semi").group_by("run_id").agg(high=value.max()))

query("correlation of the last values of two keys", [],
      '(metrics | where key == "val_loss" and is_finite(value) | summarize a = arg_max(value, step) by run_id) '
      '| join (metrics | where key == "val_accuracy" and is_finite(value) | summarize b = arg_max(value, step) by run_id) '
      "on run_id | summarize n = count(), c = corr(a, b)",
      "SELECT count(*) n, corr(a, b) c FROM (SELECT run_id, arg_max(value, step) a FROM metrics WHERE key = 'val_loss' "
      "AND isfinite(value) GROUP BY run_id) JOIN (SELECT run_id, arg_max(value, step) b FROM metrics "
      "WHERE key = 'val_accuracy' AND isfinite(value) GROUP BY run_id) USING (run_id)",
      lambda m, r: m.filter((key == "val_loss") & finite).group_by("run_id").agg(a=value.max_by("step")).join(
          m.filter((key == "val_accuracy") & finite).group_by("run_id").agg(b=value.max_by("step")), on="run_id").select(
          n=n, c=pl.corr("a", "b")))

query("two keys at the same step", ["run_id"],
      '(metrics | where key == "train_accuracy" | select run_id, step, a = value) | join (metrics '
      '| where key == "val_accuracy" | select run_id, step, b = value) on run_id, step | summarize gap = mean(a - b) '
      "by run_id",
      "SELECT x.run_id, avg(x.value - y.value) gap FROM metrics x JOIN metrics y ON x.run_id = y.run_id AND "
      "x.step = y.step WHERE x.key = 'train_accuracy' AND y.key = 'val_accuracy' GROUP BY x.run_id",
      lambda m, r: m.filter(key == "train_accuracy").select("run_id", "step", a="value").join(
          m.filter(key == "val_accuracy").select("run_id", "step", b="value"), on=["run_id", "step"]).group_by(
          "run_id").agg(gap=(pl.col("a") - pl.col("b")).mean()))

query("joined texts as a key", ["label"],
      'metrics | join runs on run_id | summarize n = count(), low = min(value) by label = experiment + "/" + key',
      ["SELECT experiment || '/' || key AS label, count(*) n, min(value) low FROM metrics JOIN runs USING (run_id) "
       "GROUP BY label",
       "SELECT experiment || '/' || key AS label, n, low FROM (SELECT experiment, key, count(*) n, min(value) low "
       "FROM metrics JOIN runs USING (run_id) GROUP BY experiment, key)"],
      [lambda m, r: m.join(r.select("run_id", "experiment"), on="run_id").group_by(
          label=string(experiment) + "/" + string(key)).agg(n=n, low=value.min()),
       lambda m, r: m.join(r.select("run_id", "experiment"), on="run_id").group_by("experiment", "key").agg(
           n=n, low=value.min()).select("n", "low", label=string(experiment) + "/" + string(key))])

# ---- windows ---------------------------------------------------------------------------------------------------------

query("differences between steps", ["key"],
      "metrics | window d = diff(value) by run_id, key sort step | summarize up = max(d), down = min(d) by key",
      f"SELECT key, max(d) up, min(d) down FROM (SELECT key, value - lag(value) {OVER}) d FROM metrics) "
      "WHERE NOT isnan(d) GROUP BY key",
      [lambda m, r: m.with_columns(d=over(value.diff())).group_by("key").agg(up=pl.col("d").max(), down=pl.col("d").min()),
       lambda m, r: series(m, d=value.sort_by("step").diff()).group_by("key").agg(
           up=pl.col("d").max(), down=pl.col("d").min())])

query("drops against the step before", ["key"],
      "metrics | window before = lag(value) by run_id, key sort step | where value < before "
      "| summarize drops = count() by key",
      f"SELECT key, count(*) drops FROM (SELECT key, value, lag(value) {OVER}) before FROM metrics) "
      "WHERE value < before AND NOT isnan(before) GROUP BY key",
      [lambda m, r: m.with_columns(before=over(value.shift(1))).filter(
          (value < pl.col("before")) & pl.col("before").is_not_nan()).group_by("key").agg(drops=n),
       lambda m, r: series(m, value=value.sort_by("step"), before=value.sort_by("step").shift(1)).filter(
           (value < pl.col("before")) & pl.col("before").is_not_nan()).group_by("key").agg(drops=n)])

query("rank per key", ["key", "r"],
      "metrics | where is_finite(value) | window r = rank() by key sort -value | where r <= 20 or r % 1000 == 0 "
      "| select key, run_id, step, r",
      "SELECT key, run_id, step, r FROM (SELECT key, run_id, step, rank() OVER (PARTITION BY key ORDER BY value DESC) r "
      "FROM metrics WHERE isfinite(value)) WHERE r <= 20 OR r % 1000 = 0",
      lambda m, r: m.filter(finite).select("key", "run_id", "step", r=value.rank("min", descending=True).over("key").cast(
          pl.Int64)).filter((pl.col("r") <= 20) | (pl.col("r") % 1000 == 0)))

for width in (5, 50):
    query(f"moving average over {width}", ["key"],
          f"metrics | window smooth = mean(value) by run_id, key sort step rows -{width - 1}..0 "
          "| summarize least = min(smooth) by key",
          f"SELECT key, min(smooth) least FROM (SELECT key, avg(value) {OVER} ROWS {width - 1} PRECEDING) smooth "
          "FROM metrics) GROUP BY key",
          [lambda m, r, w=width: m.with_columns(smooth=over(value.rolling_mean(w, min_samples=1))).group_by("key").agg(
              least=pl.col("smooth").min()),
           lambda m, r, w=width: series(m, smooth=value.sort_by("step").rolling_mean(w, min_samples=1)).group_by(
               "key").agg(least=pl.col("smooth").min())])

query("cumulative sum", ["key"],
      "metrics | where is_finite(value) | window c = cumsum(value) by run_id, key sort step "
      "| summarize early = count_if(c < 5), high = max(c) by key",
      f"SELECT key, count_if(c < 5) early, max(c) high FROM (SELECT key, sum(value) {OVER} ROWS UNBOUNDED PRECEDING) c "
      "FROM metrics WHERE isfinite(value)) GROUP BY key",
      [lambda m, r: m.filter(finite).with_columns(c=over(value.cum_sum())).group_by("key").agg(
          early=(pl.col("c") < 5).sum().cast(pl.Int64), high=pl.col("c").max()),
       lambda m, r: series(m.filter(finite), c=value.sort_by("step").cum_sum()).group_by("key").agg(
           early=(pl.col("c") < 5).sum().cast(pl.Int64), high=pl.col("c").max())])

query("cumulative min, greatest rise above it", ["run_id"],
      'metrics | where key == "val_loss" and is_finite(value) | window best = min(value) by run_id sort step rows ..0 '
      "| summarize regret = max(value - best) by run_id",
      "SELECT run_id, max(value - best) regret FROM (SELECT run_id, value, min(value) OVER (PARTITION BY run_id "
      "ORDER BY step ROWS UNBOUNDED PRECEDING) best FROM metrics WHERE key = 'val_loss' AND isfinite(value)) "
      "GROUP BY run_id",
      [lambda m, r: m.filter((key == "val_loss") & finite).with_columns(
          best=value.cum_min().over("run_id", order_by="step")).group_by("run_id").agg(
          regret=(value - pl.col("best")).max()),
       lambda m, r: m.filter((key == "val_loss") & finite).group_by("run_id").agg(
           regret=(value.sort_by("step") - value.sort_by("step").cum_min()).max())])

query("last exponential average per run and key", ["run_id", "key"],
      "metrics | where is_finite(value) | window e = ema(value, 0.1) by run_id, key sort step "
      "| summarize last = arg_max(e, step) by run_id, key",
      "SELECT run_id, key, list_reduce(list(value ORDER BY step), lambda e, x: 0.9::DOUBLE * e + 0.1::DOUBLE * x) AS last "
      "FROM metrics WHERE isfinite(value) GROUP BY run_id, key",
      [lambda m, r: m.filter(finite).with_columns(e=over(value.ewm_mean(alpha=0.1, adjust=False))).group_by(*RK).agg(
          last=pl.col("e").max_by("step")),
       lambda m, r: m.filter(finite).group_by(*RK).agg(
           last=value.sort_by("step").ewm_mean(alpha=0.1, adjust=False).last())])

query("mean of the last three per run and key", ["run_id", "key"],
      "metrics | where is_finite(value) | window i = row_number() by run_id, key sort -step | where i <= 3 "
      "| summarize mean = mean(value) by run_id, key",
      ["SELECT run_id, key, avg(value) mean FROM (SELECT run_id, key, value FROM metrics WHERE isfinite(value) "
       "QUALIFY row_number() OVER (PARTITION BY run_id, key ORDER BY step DESC) <= 3) GROUP BY run_id, key",
       "SELECT run_id, key, list_avg(max_by(value, step, 3)) mean FROM metrics WHERE isfinite(value) "
       "GROUP BY run_id, key"],
      [lambda m, r: m.filter(finite).group_by(*RK).agg(mean=value.sort_by("step").tail(3).mean()),
       lambda m, r: m.filter(finite).group_by(*RK).agg(mean=value.top_k_by("step", 3).mean())])

query("outliers by z-score", ["key"],
      "metrics | where is_finite(value) | window z = (value - mean(value)) / stddev(value) by key | where z > 2.5 "
      "| summarize n = count() by key",
      ["SELECT key, count(*) n FROM (SELECT key, (value - avg(value) OVER (PARTITION BY key)) / stddev_samp(value) OVER "
       "(PARTITION BY key) z FROM metrics WHERE isfinite(value)) WHERE z > 2.5 GROUP BY key",
       "SELECT m.key, count(*) n FROM metrics m JOIN (SELECT key, avg(value) a, stddev_samp(value) s FROM metrics "
       "WHERE isfinite(value) GROUP BY key) g ON m.key = g.key WHERE isfinite(value) AND (value - a) / s > 2.5 "
       "GROUP BY m.key"],
      [lambda m, r: m.filter(finite).filter((value - value.mean().over("key")) / value.std().over("key") > 2.5).group_by(
          "key").agg(n=n),
       lambda m, r: m.filter(finite).join(m.filter(finite).group_by("key").agg(a=value.mean(), s=value.std()), on="key")
       .filter((value - pl.col("a")) / pl.col("s") > 2.5).group_by("key").agg(n=n)])

STARTS = [0, 20, 40, 60, 80]
query("pivot by step bucket", ["key"],
      f"metrics | where is_finite(value) | derive b = bin(step, 20) | pivot mean(value) by b in {STARTS} per key",
      [f"PIVOT (SELECT key, value, step // 20 * 20 AS b FROM metrics WHERE isfinite(value)) ON b IN "
       f"({', '.join(map(str, STARTS))}) USING avg(value) GROUP BY key",
       "SELECT key, " + ", ".join(f'avg(value) FILTER (step // 20 * 20 = {b}) "{b}"' for b in STARTS)
       + " FROM metrics WHERE isfinite(value) GROUP BY key",
       "PIVOT (SELECT key, step // 20 * 20 AS b, avg(value) mean FROM metrics WHERE isfinite(value) GROUP BY key, b) "
       f"ON b IN ({', '.join(map(str, STARTS))}) USING first(mean) GROUP BY key"],
      [lambda m, r: m.filter(finite).group_by("key", b=step // 20 * 20).agg(value.mean()).group_by("key").agg(
          value.filter(pl.col("b") == b).first().alias(str(b)) for b in STARTS),
       lambda m, r: m.filter(finite).group_by("key").agg(
           value.filter(step // 20 * 20 == b).mean().alias(str(b)) for b in STARTS)])

# What Plumb cannot say, or only in another way (each tried with plumb-12): kind of question, and what happens.
