/// A prefix operator.
package enum UnaryOperator: String, Sendable, Hashable, CaseIterable {
  case negate = "-"
  case not = "not"
}

/// An operator between two operands that has a ``Expression/Binary`` node.
package enum BinaryOperator: String, Sendable, Hashable, CaseIterable {
  case or = "or"
  case and = "and"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case match = "~"
  case notMatch = "!~"
  case coalesce = "??"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
  case power = "**"
}
