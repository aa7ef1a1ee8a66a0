/// The functions that give a result for whatever they are given.
///
/// A function that is not named here is taken to fail for some row, which costs an optimization
/// and never a result.
enum FailureFreeFunctions {
  static let scalars: Set<String> = [
    "acos", "asin", "atan", "atan2", "capitalize", "cbrt", "ceil", "coalesce", "concat",
    "contains", "cos", "cosh", "degrees", "ends_with", "exp", "expm1", "floor", "greatest",
    "hypot", "if_nan", "if_null", "index_of", "is_finite", "is_infinite", "is_nan", "least",
    "left", "length", "ln", "log", "log10", "log1p", "log2", "logit", "lower", "ltrim",
    "nan_to_null", "normal_cdf", "normal_quantile", "now", "null_if", "pi", "pow", "radians",
    "reverse", "right", "rtrim",
    "sigmoid", "sign", "sin", "sinh", "sqrt", "starts_with", "tan", "tanh", "title", "trim",
    "trunc", "try_bool", "try_float", "try_int", "upper",
  ]

  static let aggregates: Set<String> = [
    "arg_max", "arg_min", "count", "count_distinct", "count_if", "first", "last", "max", "min",
  ]

  /// Those that only ints and durations can make fail.
  static let floatAggregates: Set<String> = ["mean", "median", "stddev", "sum", "variance"]

  static let windows: Set<String> = ["dense_rank", "rank", "row_number"]

  /// Those that only ints and durations can make fail.
  static let floatWindows: Set<String> = ["cumsum", "diff", "pct_change"]
}
