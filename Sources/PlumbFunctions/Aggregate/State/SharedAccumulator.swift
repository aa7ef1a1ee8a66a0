package import PlumbColumns
import PlumbStatistics

/// One state from which several aggregates over the same rows of the same column are read off.
///
/// `count(x), mean(x), stddev(x), min(x), max(x)` then pass over the rows once.
package protocol SharedAccumulator: Accumulator {
  /// The result of the aggregate at position `part` of those that share the state.
  func finish(part: Int, groupCount: Int) -> Column
}

/// A shared state that begins as that of one aggregate and takes on those of others.
protocol PartedAccumulator: SharedAccumulator {
  /// What one aggregate reads off the state.
  associatedtype Part
  var parts: [Part] { get set }
}

extension PartedAccumulator {
  /// Takes on the aggregates of others of the same kind over the same rows.
  func takeOn(_ others: some Sequence<any Accumulator>) {
    for other in others {
      if let other = other as? Self { parts += other.parts }
    }
  }
}

/// How an aggregate may share its state with others.
package enum StateSharing: Sendable, Hashable {
  /// As a part of a summary, where its argument is a float.
  case summary(SummaryPart)
  /// By keeping all values once, for any number of quantiles.
  case quantiles
  /// By keeping and sorting the numbers of two samples once.
  case samples
  /// By counting the values of two samples once.
  case categories
  /// As the row where a float is extreme, of which the extreme itself can be read off too.
  case extremeRow(isMax: Bool)

  /// Whether an aggregate can share this state, over the same rows of one column of `type`.
  package func isJoined(by other: StateSharing, type: DataType) -> Bool {
    switch (self, other) {
    case (.summary, .summary): type == .float
    case (.quantiles, .quantiles), (.samples, .samples), (.categories, .categories): true
    case (.extremeRow(isMax: false), .summary(.min)): type == .float
    case (.extremeRow(isMax: true), .summary(.max)): type == .float
    case (.summary, _), (.quantiles, _), (.samples, _), (.categories, _), (.extremeRow, _): false
    }
  }

  /// The positions of the arguments that must be the same columns.
  package var sharedArguments: [Int] {
    switch self {
    case .summary, .quantiles: [0]
    case .samples, .categories: [0, 1]
    case .extremeRow: [1]
    }
  }

  /// Whether the state is the better choice for those that could also share another.
  package var isPreferred: Bool {
    switch self {
    case .summary, .quantiles, .samples, .categories: false
    case .extremeRow: true
    }
  }
}

/// What can be read off the summary of a column of doubles.
package enum SummaryPart: Sendable, Hashable {
  case count
  case sum
  case mean
  case variance
  case standardDeviation
  case min
  case max
}

/// One state for several aggregates, two at least, whose overloads can share it; `alone` are the
/// states that they would have alone.
package func sharedAccumulator(
  _ sharing: [StateSharing], alone: () throws(FunctionError) -> [any Accumulator]
) throws(FunctionError) -> any Accumulator {
  switch sharing[0] {
  case .summary:
    return summaryAccumulator(
      sharing.compactMap { if case .summary(let part) = $0 { part } else { nil } })
  case .extremeRow:
    return try alone()[0]
  case .quantiles, .samples, .categories:
    let states = try alone()
    (states[0] as? any PartedAccumulator)?.takeOn(states.dropFirst())
    return states[0]
  }
}

private func summaryAccumulator(_ parts: [SummaryPart]) -> any SharedAccumulator {
  let hasSquares = parts.contains { $0 == .variance || $0 == .standardDeviation }
  let hasExtremes = parts.contains { $0 == .min || $0 == .max }
  return switch (hasSquares, hasExtremes) {
  case (false, false): SummaryAccumulator<CountedSum>(parts)
  case (false, true): SummaryAccumulator<SumAndExtremes>(parts)
  case (true, false): SummaryAccumulator<Moments>(parts)
  case (true, true): SummaryAccumulator<MomentsAndExtremes>(parts)
  }
}
