package import PlumbDiagnostics

/// `EXPR` or `NAME = EXPR`, as in `derive`, `summarize`, `window`, `by` and `per`.
package struct NamedExpression: Sendable {
  /// The name given, if any; `tags.owner = …` gives the flat name `tags.owner`.
  package var name: Name?
  package var value: Expression
  package var range: SourceRange { name.map { $0.range.union(value.range) } ?? value.range }

  package init(name: Name?, value: Expression) {
    self.name = name
    self.value = value
  }
}

/// One key of `sort` or `top`.
package struct SortKey: Sendable {
  package var value: Expression
  /// Whether a `-` stood before it.
  package var isDescending: Bool
  package var range: SourceRange
}

/// One key of a join.
package enum JoinKey: Sendable {
  /// A column that both sides have.
  case same(Expression)
  /// `left == right`
  case pair(left: Expression, right: Expression)

  package var range: SourceRange {
    switch self {
    case .same(let column): column.range
    case .pair(let left, let right): left.range.union(right.range)
    }
  }
}

/// A way to name columns, as in `select`, `drop` and `* except (…)`.
package enum ColumnSelector: Sendable {
  /// One column: a name, or a member of a family.
  case column(Expression)
  /// `*`, `tags.*`, `* except (…)`
  case spread(Spread)
  /// `/regex/`
  case pattern(NamePattern)

  package var range: SourceRange {
    switch self {
    case .column(let column): column.range
    case .spread(let spread): spread.range
    case .pattern(let pattern): pattern.range
    }
  }
}

/// `*` or `prefix.*`, perhaps with `except (…)`.
package struct Spread: Sendable {
  /// The family, or nil for all columns.
  package var prefix: Expression?
  package var except: [ColumnSelector]
  package var range: SourceRange
}

/// `/regex/`: every column whose name it matches.
package struct NamePattern: Sendable {
  /// The text between the slashes, with `\/` already turned into `/`.
  package var regex: String
  package var range: SourceRange
}
