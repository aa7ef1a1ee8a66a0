import PlumbColumns
import PlumbPlan

/// A feature's values in both tables, ready to be compared.
struct DriftFeatureColumn: Sendable {
  let feature: LogicalPlan.Drift.Feature
  let current: Column
  /// The reference's column; the current one where the reference is rows of the same table.
  let reference: Column
  /// The reference where it is a profile.
  let profile: ProfiledFeature?
  /// The position of each code's text in the order of texts; absent for numbers.
  let ranks: [UInt32]?
  /// How many ranks there are.
  let categoryCount: Int
  /// The dictionary of texts; absent for numbers and bools.
  let dictionary: TextDictionary?

  init(
    _ feature: LogicalPlan.Drift.Feature, _ current: Table, _ reference: Table?,
    profile: TableProfile?, control: RunControl
  ) throws(ExecutionError) {
    self.feature = feature
    self.profile = profile.map { ProfiledFeature(feature.name, $0) }
    let own = current[feature.name] ?? .nulls(feature.type, count: current.rowCount)
    var other = reference.map {
      $0[feature.name] ?? .nulls(feature.type, count: $0.rowCount)
    }
    if let texts = self.profile?.categoryTexts {
      // Not rows but a row for each category, so that all have a code.
      other = Column(texts.map { feature.type.category($0) }, type: feature.type)
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
      let found = try texts.ranks(control: control)
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

  /// How often each category occurs in a part of the profile.
  func counts(of categories: TableProfile.Categories) -> CategorySample {
    var sample = CategorySample(
      counts: [Int](repeating: 0, count: categoryCount), missing: categories.missingCount)
    guard let ranks, let places = profile?.categoryPlaces else { return sample }
    let codes: [Int] =
      feature.type == .bool
      ? reference.bools().map { Int($0) } : reference.codes().codes.map { Int($0) }
    for (text, count) in zip(categories.texts, categories.counts) {
      if let place = places[text] { sample.counts[Int(ranks[codes[place]])] += count }
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

/// What a profile says of a feature: of all rows and of those of each of its groups.
struct ProfiledFeature: Sendable {
  private let whole: TableProfile.Content?
  private let parts: [TableProfile.Content?]
  /// The categories of all parts; absent for numbers.
  let categoryTexts: [String]?
  /// The position of each among them.
  let categoryPlaces: [String: Int]

  init(_ name: String, _ profile: TableProfile) {
    whole = profile[name]?.content
    parts = profile.groups.map { $0.profile[name]?.content }
    var (texts, places) = ([String](), [String: Int]())
    var isCategory = false
    for case .categories(let categories)? in [whole] + parts {
      isCategory = true
      for text in categories.texts where places[text] == nil {
        places[text] = texts.count
        texts.append(text)
      }
    }
    categoryTexts = isCategory ? texts : nil
    categoryPlaces = places
  }

  /// What is known of the rows of a group of the comparison: of all where there are no keys; absent
  /// where the profile has no such rows.
  func content(_ group: Int, of cells: DriftCells) -> TableProfile.Content? {
    cells.keys.isEmpty ? whole : cells.profileGroups[group].flatMap { parts[$0] }
  }
}

extension Values {
  fileprivate func map<Result>(_ transform: (Element) -> Result) -> [Result] {
    (0..<count).map { transform(self[$0]) }
  }
}
