/// The aggregates.
package enum AggregateCatalog {
  package static let all: [AggregateFunction] = [
    .argMax,
    .argMin,
    .count,
    .countDistinct,
    .countIf,
    .countNaN,
    .first,
    .iqr,
    .last,
    .max,
    .mean,
    .meanCI,
    .median,
    .min,
    .quantile,
    .stddev,
    .sum,
    .variance,
  ]
}
