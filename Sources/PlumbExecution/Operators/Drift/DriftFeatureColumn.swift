import PlumbColumns
import PlumbPlan

/// A feature's values in both tables, ready to be compared.
struct DriftFeatureColumn: Sendable {
  let feature: LogicalPlan.Drift.Feature
  let current: Column
  /// The reference's column; the current one where the reference is rows of the same table.
  let reference: Column
  /// The reference's numbers or categories where it is a profile.
  let profile: TableProfile.Content?
  /// The position of each code's text in the order of texts; absent for numbers.
  let ranks: [UInt32]?
  /// How many ranks there are.
  let categoryCount: Int
  /// The dictionary of texts; absent for numbers and bools.
  let dictionary: TextDictionary?

  init(
    _ feature: LogicalPlan.Drift.Feature, _ current: Table, _ reference: Table?,
    profile: TableProfile.Feature?, control: RunControl
  ) throws(ExecutionError) {
    self.feature = feature
    self.profile = profile?.content
    let own = current[feature.name] ?? .nulls(feature.type, count: current.rowCount)
    var other = reference.map {
      $0[feature.name] ?? .nulls(feature.type, count: $0.rowCount)
    }
    if case .categories(let categories)? = profile?.content {
      // Not rows but a row for each category, so that all have a code.
      other = Column(categories.texts.map { feature.type.category($0) }, type: feature.type)
    }
    guard feature.isCategory else {
      self.current = own
      self.reference = other ?? own
      (ranks, categoryCount, dictionary) = (nil, 0, nil)
      return
    }
    // One column, so that equal texts have equal codes on both sides.
    let both = Column.concatenated([own] + (other.map { [$0] } ?? []), type: feature.type)
      .materialized()
    self.current = both.slice(0, own.count)
    self.reference = other.map { both.slice(own.count, $0.count) } ?? self.current
    guard feature.type == .string else {
      (ranks, categoryCount, dictionary) = ([0, 1], 2, nil)
      return
    }
    let texts = both.codes().dictionary
    dictionary = texts
    do throws(RunControl.Interruption) {
      let found = try textRanks(texts, control: control)
      ranks = found
      categoryCount = Int(found.max().map { $0 + 1 } ?? 0)
    } catch {
      throw ExecutionError(error)
    }
  }

  /// The text of a category by its rank.
  func text(of rank: Int) -> String {
    guard let dictionary else { return rank == 1 ? "true" : "false" }
    guard let code = ranks?.firstIndex(of: UInt32(rank)), code < dictionary.count else { return "" }
    return dictionary[code]
  }

  /// How often each category occurs in the profile.
  func counts(of categories: TableProfile.Categories) -> CategorySample {
    let once = counts(reference, 0..<reference.count, of: nil)
    var sample = CategorySample(counts: once.counts, missing: categories.missingCount)
    guard let ranks else { return sample }
    let isBool = feature.type == .bool
    let codes = isBool ? reference.bools().map { UInt32($0) } : reference.codes().codes.array
    for (code, count) in zip(codes, categories.counts) {
      sample.counts[Int(ranks[Int(code)])] = count
    }
    return sample
  }

  /// How often each category occurs at some positions of rows, and the rows without one.
  func counts(
    _ column: Column, _ positions: Range<Int>, of rows: Values<UInt32>?
  ) -> CategorySample {
    var sample = CategorySample(counts: [Int](repeating: 0, count: categoryCount), missing: 0)
    guard let ranks else { return sample }
    switch column.storage {
    case .bool(let values): sample.add(values, column, ranks, positions, rows)
    case .text8(let codes, _): sample.add(codes, column, ranks, positions, rows)
    case .text16(let codes, _): sample.add(codes, column, ranks, positions, rows)
    case .text32(let codes, _): sample.add(codes, column, ranks, positions, rows)
    case .int8, .int16, .int32, .int64, .float, .list, .record, .constant: break
    }
    return sample
  }
}

/// How often categories occur.
struct CategorySample: Sendable {
  fileprivate(set) var counts: [Int]
  fileprivate(set) var missing: Int

  @inline(__always)
  fileprivate mutating func add<Code: FixedWidthInteger & BitwiseCopyable>(
    _ codes: Values<Code>, _ column: Column, _ ranks: [UInt32], _ positions: Range<Int>,
    _ rows: Values<UInt32>?
  ) {
    let source = codes.pointer
    let presence = column.presence
    var missing = 0
    counts.withUnsafeMutableBufferPointer { counts in
      ranks.withUnsafeBufferPointer { ranks in
        for position in positions {
          let row = rows.map { Int($0[position]) } ?? position
          if presence?[row] ?? true {
            counts[Int(ranks[Int(truncatingIfNeeded: source[row])])] &+= 1
          } else {
            missing &+= 1
          }
        }
      }
    }
    self.missing += missing
    withExtendedLifetime(codes) {}
  }
}

extension DataType {
  /// A category of the type by its text.
  fileprivate func category(_ text: String) -> Value {
    self == .bool ? .bool(text == "true") : .string(text)
  }
}

extension Values where Element == UInt8 {
  fileprivate func map<Result>(_ transform: (UInt8) -> Result) -> [Result] {
    (0..<count).map { transform(self[$0]) }
  }
}

extension Values where Element == UInt32 {
  fileprivate var array: [UInt32] { (0..<count).map { self[$0] } }
}
