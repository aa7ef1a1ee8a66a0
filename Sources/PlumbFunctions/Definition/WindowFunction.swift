package import PlumbColumns

/// A function over the ordered rows of a group that gives a value for each row.
package struct WindowFunction: Sendable {
  package let name: String
  package let summary: String
  package let details: String
  package let overloads: [Overload]
  package let examples: [Example]

  package init(
    _ name: String, summary: String, details: String = "", overloads: [Overload],
    examples: [Example]
  ) {
    self.name = name
    self.summary = summary
    self.details = details
    self.overloads = overloads
    self.examples = examples
  }

  /// One way to call the function. Window functions see nulls and decide about them.
  package struct Overload: Sendable {
    package let parameters: [Parameter]
    package let result: ResultRule
    package let kernel: @Sendable (WindowCall) throws(FunctionError) -> Column

    package init(
      _ parameters: [Parameter], result: ResultRule,
      kernel: @escaping @Sendable (WindowCall) throws(FunctionError) -> Column
    ) {
      self.parameters = parameters
      self.result = result
      self.kernel = kernel
    }
  }
}

/// What a window function gets: whole groups, one after the other, each in its order.
package struct WindowCall: Sendable {
  /// The arguments, rows in the order of groups and within a group in the window's order.
  package let arguments: [Column]
  package let count: Int
  /// Where each group begins, and the end of the last.
  package let groupOffsets: [Int]
  /// 1 where a row differs from the one before it in the window's sort keys (for `rank`), also
  /// at each group's first row; absent without a sort: every row is a peer of all others.
  package let peerStarts: Values<UInt8>?
  package let resultType: DataType
  package let environment: Environment

  package init(
    arguments: [Column], count: Int, groupOffsets: [Int], peerStarts: Values<UInt8>?,
    resultType: DataType, environment: Environment
  ) {
    self.arguments = arguments
    self.count = count
    self.groupOffsets = groupOffsets
    self.peerStarts = peerStarts
    self.resultType = resultType
    self.environment = environment
  }
}
