package import PlumbDiagnostics

/// `where COND`.
package struct WhereStage: Sendable {
  package var condition: Expression
  package var range: SourceRange
}

/// `select a, c = EXPR, tags.*`.
package struct SelectStage: Sendable {
  /// An output of `select`.
  package enum Item: Sendable {
    /// `a`, `tags.owner`, `c = EXPR`
    case column(NamedExpression)
    /// `*`, `tags.*`, `* except (…)`
    case spread(Spread)
    /// `/regex/`
    case pattern(NamePattern)
  }

  package var items: [Item]
  package var range: SourceRange

  package init(items: [Item], range: SourceRange) {
    self.items = items
    self.range = range
  }
}

/// `derive x = EXPR, …`; every item has a name.
package struct DeriveStage: Sendable {
  package var items: [NamedExpression]
  package var range: SourceRange
}

/// `drop a, tags.*`.
package struct DropStage: Sendable {
  package var columns: [ColumnSelector]
  package var range: SourceRange
}

/// `rename new = old, …`.
package struct RenameStage: Sendable {
  /// The items: the new name and the old column, a name or a member of a family.
  package var items: [NamedExpression]
  package var range: SourceRange
}

/// `summarize NAME = AGG, … by KEY, …`.
package struct SummarizeStage: Sendable {
  package var aggregates: [NamedExpression]
  package var keys: [NamedExpression]
  package var range: SourceRange

  package init(
    aggregates: [NamedExpression], keys: [NamedExpression], range: SourceRange
  ) {
    self.aggregates = aggregates
    self.keys = keys
    self.range = range
  }
}

/// `sort -a, b`.
package struct SortStage: Sendable {
  package var keys: [SortKey]
  package var range: SourceRange
}

/// `take N`, `skip N`, `tail N`.
package struct CountedStage: Sendable {
  package var count: Expression
  package var range: SourceRange
}

/// `sample N seed = S`.
package struct SampleStage: Sendable {
  package var count: Expression
  package var options: [Option]
  package var range: SourceRange
}

/// `top N by EXPR per KEY, … with ties`.
package struct TopStage: Sendable {
  package var count: Expression
  /// Descending means: the least.
  package var key: SortKey
  package var per: [NamedExpression]
  package var withTies: Bool
  package var range: SourceRange
}

/// `distinct a, b`; without columns, whole rows.
package struct DistinctStage: Sendable {
  package var columns: [ColumnSelector]
  package var range: SourceRange
}

/// `join KIND TABLE on KEY, …`.
package struct JoinStage: Sendable {
  /// Which rows a join keeps.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case inner, left, right, full, semi, anti
  }

  package var kind: Kind
  package var table: Expression
  package var keys: [JoinKey]
  package var options: [Option]
  package var range: SourceRange
}

/// `lookup TABLE on KEY, …`.
package struct LookupStage: Sendable {
  package var table: Expression
  package var keys: [JoinKey]
  package var options: [Option]
  package var range: SourceRange
}

/// `asof TABLE on TIME by KEY, … direction = "backward" tolerance = 1h`.
package struct AsofStage: Sendable {
  package var table: Expression
  package var time: JoinKey
  package var keys: [JoinKey]
  package var options: [Option]
  package var range: SourceRange
}

/// `window NAME = EXPR, … by KEY, … sort a, -b rows A..B`.
package struct WindowStage: Sendable {
  /// `rows A..B`, offsets from the present row.
  package struct Rows: Sendable {
    /// Nil for `..B`: from the first row of the group.
    package var lower: Expression?
    package var upper: Expression
    package var range: SourceRange
  }

  package var items: [NamedExpression]
  package var keys: [NamedExpression]
  package var order: [SortKey]
  package var rows: Rows?
  package var range: SourceRange
}

/// `pivot AGG by COLUMN in [..] per KEY, …`.
package struct PivotStage: Sendable {
  package var aggregate: NamedExpression
  package var column: NamedExpression
  /// The values that become columns, when they are given.
  package var values: Expression?
  package var per: [NamedExpression]
  package var range: SourceRange
}

/// `unpivot a, b into key, value`.
package struct UnpivotStage: Sendable {
  package var columns: [ColumnSelector]
  package var keyName: Name
  package var valueName: Name
  package var range: SourceRange
}

/// `explode LIST`.
package struct ExplodeStage: Sendable {
  package var column: Expression
  package var range: SourceRange
}

/// `union TABLE`.
package struct UnionStage: Sendable {
  package var table: Expression
  package var range: SourceRange
}

/// `fill TIME every 1d by KEY, …`.
package struct FillStage: Sendable {
  package var time: Expression
  package var step: Expression
  package var keys: [NamedExpression]
  package var range: SourceRange
}

/// `drift against REFERENCE on a, b by KEY, … over TIME every STEP OPTIONS`.
package struct DriftStage: Sendable {
  /// What the rows are compared with.
  package enum Reference: Sendable {
    /// Another table.
    case table(Expression)
    /// `previous`: the window before.
    case previous(SourceRange)
    /// `first 30d`: the beginning of the same table.
    case first(Expression, SourceRange)
  }

  /// `over TIME every STEP`.
  package struct Windows: Sendable {
    package var time: Expression
    package var step: Expression
    package var range: SourceRange
  }

  package var reference: Reference
  /// The features; empty means all.
  package var features: [ColumnSelector]
  package var keys: [NamedExpression]
  package var windows: Windows?
  package var options: [Option]
  package var range: SourceRange
}

/// `pareto max(a), min(b)`.
package struct ParetoStage: Sendable {
  /// An expression and the way in which it is better.
  package struct Objective: Sendable {
    package var value: Expression
    package var isMaximized: Bool
    package var range: SourceRange
  }

  package var objectives: [Objective]
  package var range: SourceRange
}

/// `plot KIND x = EXPR, y = EXPR …`.
package struct PlotStage: Sendable {
  package var kind: Name
  /// All of `NAME = EXPR`: channels such as `x`, and settings such as `title`.
  package var options: [Option]
  package var range: SourceRange
}

/// `save "file.ext"`.
package struct SaveStage: Sendable {
  package var path: Expression
  package var options: [Option]
  package var range: SourceRange
}
