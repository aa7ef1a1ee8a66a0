/// Words of other languages, and what Plumb has in their place.
package enum ForeignWords {
  /// What to write for a stage of another language, such as `where` for `filter`.
  package static func stage(_ word: String) -> String? { stages[word.lowercased()] }

  /// What to write for a value of another language, such as `null` for `None`.
  package static func value(_ word: String) -> String? { values[word.lowercased()] }

  /// The kind of a join that another language's word means.
  package static func joinKind(_ word: String) -> String? {
    switch word.lowercased() {
    case "outer", "fullouter", "full_outer": "full"
    case "leftouter", "left_outer": "left"
    case "rightouter", "right_outer": "right"
    case "leftsemi", "left_semi": "semi"
    case "leftanti", "left_anti": "anti"
    default: nil
    }
  }

  private static let stages: [String: String] = [
    "aggregate": "summarize … by …",
    "agg": "summarize … by …",
    "anti_join": "join anti TABLE on KEY",
    "arrange": "sort",
    "cross": "join TABLE on KEY",
    "except": "drop",
    "exclude": "drop",
    "extend": "derive",
    "filter": "where",
    "full": "join full TABLE on KEY",
    "group": "summarize … by …",
    "group_by": "summarize … by …",
    "groupby": "summarize … by …",
    "having": "where",
    "head": "take",
    "inner": "join TABLE on KEY",
    "inner_join": "join TABLE on KEY",
    "left": "join left TABLE on KEY",
    "left_join": "join left TABLE on KEY",
    "limit": "take",
    "melt": "unpivot … into key, value",
    "merge": "join TABLE on KEY",
    "mutate": "derive",
    "offset": "skip",
    "order": "sort",
    "order_by": "sort",
    "orderby": "sort",
    "outer": "join full TABLE on KEY",
    "pivot_longer": "unpivot … into key, value",
    "pivot_wider": "pivot … by …",
    "project": "select",
    "render": "plot",
    "right": "join right TABLE on KEY",
    "semi_join": "join semi TABLE on KEY",
    "slice": "skip … | take …",
    "slice_max": "top N by …",
    "slice_min": "top N by -…",
    "sort_by": "sort",
    "stats": "summarize … by …",
    "summarise": "summarize",
    "transmute": "select",
    "unique": "distinct",
    "unnest": "explode",
    "with_columns": "derive",
  ]

  private static let values: [String: String] = [
    "none": "null", "nil": "null", "null": "null", "na": "null", "undefined": "null",
    "true": "true", "false": "false", "nan": "nan", "infinity": "inf",
  ]
}
