package import PlumbColumns

/// A function of many rows that gives one value a group.
package struct AggregateFunction: Sendable {
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

  /// One way to call the aggregate. `where = COND` is added to every aggregate by the resolver.
  package struct Overload: Sendable {
    package let parameters: [Parameter]
    package let result: ResultRule
    /// The positions of the arguments whose nulls take a row out before the accumulator sees it.
    package let skipsNullsOf: [Int]
    /// How the aggregate shares its state with others over the same rows of the same first
    /// argument; absent if it does not.
    package let sharing: StateSharing?
    /// Makes the state for all groups of one worker.
    package let make: @Sendable (AggregateSetup) throws(FunctionError) -> any Accumulator

    package init(
      _ parameters: [Parameter], result: ResultRule, skipsNullsOf: [Int] = [0],
      sharing: StateSharing? = nil,
      make: @escaping @Sendable (AggregateSetup) throws(FunctionError) -> any Accumulator
    ) {
      self.parameters = parameters
      self.result = result
      self.skipsNullsOf = skipsNullsOf
      self.sharing = sharing
      self.make = make
    }
  }
}

/// What is known of an aggregate before the first row.
package struct AggregateSetup: Sendable {
  /// The types of the arguments after conversion.
  package let types: [DataType]
  /// The values of the constant arguments, by position.
  package let constants: [Int: Value]
  package let resultType: DataType
  /// The threads that `finish` may use.
  package var threadCount: Int

  package init(
    types: [DataType], constants: [Int: Value], resultType: DataType, threadCount: Int = 1
  ) {
    self.types = types
    self.constants = constants
    self.resultType = resultType
    self.threadCount = threadCount
  }
}

/// The state of one aggregate for all groups of one worker.
///
/// Workers take contiguous runs of rows and are merged in the order of the rows, so "the first
/// such row" is what was seen first here, then in the one merged later.
package protocol Accumulator: AnyObject {
  /// Makes room for groups `0..<groupCount`; called before an update that names a new group.
  func resize(groupCount: Int)
  /// Whether `update` passes over the rows that are not `present` itself. Else they are taken out
  /// before.
  var readsPresence: Bool { get }
  /// Folds rows in. Rows with a null in an argument of `skipsNullsOf` have been taken out.
  func update(_ input: AccumulatorInput) throws(FunctionError)
  /// Folds in the state of a later worker of the same making; its group `i` is `groups[i]` here.
  func merge(_ other: any Accumulator, groups: [UInt32]) throws(FunctionError)
  /// The result, a row per group.
  func finish(groupCount: Int) throws(FunctionError) -> Column
}

extension Accumulator {
  package var readsPresence: Bool { false }
}

/// Rows for an accumulator.
package struct AccumulatorInput {
  /// The arguments, each with `count` rows (constant ones in the `.constant` layout).
  package let columns: [Column]
  /// The group of each row; absent when all rows belong to group 0.
  package let groups: UnsafePointer<UInt32>?
  package let count: Int
  /// The rows to be folded, where `readsPresence` says so and not all are.
  package let present: Bitmap?

  package init(
    columns: [Column], groups: UnsafePointer<UInt32>?, count: Int, present: Bitmap? = nil
  ) {
    self.columns = columns
    self.groups = groups
    self.count = count
    self.present = present
  }
}
