package import PlumbColumns

/// Values and columns of every type and layout, for tests of what must not depend on the layout.
extension SeededGenerator {
  /// The types that columns of tests have.
  package static let types: [DataType] = [
    .bool, .int, .float, .string, .timestamp, .duration, .list(.int), .list(.string),
    .record([DataType.Field("a", .int), DataType.Field("b", .string)]),
  ]

  /// A value of a type, of a kind that makes trouble more often than chance would.
  package mutating func value(_ type: DataType) -> Value {
    switch type {
    case .null: .null
    case .bool: .bool(Bool.random(using: &self))
    case .int: .int(integer())
    case .timestamp: .timestamp(integer())
    case .duration: .duration(integer())
    case .float: .float(float())
    case .string: .string(text())
    case .list(let element):
      .list(
        (0..<Int.random(in: 0...3, using: &self)).map { _ in
          once(in: 5) ? .null : value(element)
        }, element: element)
    case .record(let fields):
      .record(
        fields.map { Value.RecordField($0.name, once(in: 5) ? .null : value($0.type)) })
    }
  }

  private mutating func integer() -> Int {
    switch Int.random(in: 0..<10, using: &self) {
    case 0: Int.random(in: -70_000...70_000, using: &self)
    case 1:
      [Int.min, Int.max, 0, -1, 1, 127, -128, 128, 32_768, 1 << 31][
        Int.random(in: 0..<10, using: &self)]
    default: Int.random(in: -9...9, using: &self)
    }
  }

  private mutating func float() -> Double {
    switch Int.random(in: 0..<8, using: &self) {
    case 0:
      [
        Double.nan, .infinity, -.infinity, -0.0, 0.0, .greatestFiniteMagnitude,
        .leastNonzeroMagnitude, -1e300,
      ][
        Int.random(in: 0..<8, using: &self)]
    case 1: Double.random(in: -1e6...1e6, using: &self)
    default: Double(Int.random(in: -9...9, using: &self)) / 2
    }
  }

  private mutating func text() -> String {
    ["", "a", "b", "ab", "b a", "FINISHED", "é", "日本", "loss", "val/auc", "z\u{0}y", "🙂"][
      Int.random(in: 0..<12, using: &self)]
  }

  /// How a column is to lie in memory.
  package enum Layout: CaseIterable {
    case plain
    /// A part of a larger column, at an offset that is no multiple of 8.
    case slice
    /// The wide layout, whatever the values.
    case wide
    /// Text over a dictionary with unused and repeated entries.
    case looseDictionary
    case constant
    case constantNull
  }

  /// A column of random values in a layout, and the values themselves.
  package mutating func column(
    _ type: DataType, count: Int, layout: Layout, hasNulls: Bool
  ) -> Column {
    switch layout {
    case .constantNull: return .nulls(type, count: count)
    case .constant: return Column(constant: value(type), type: type, count: count)
    case .slice:
      let before = Int.random(in: 1...9, using: &self)
      let values = randomValues(type, count + before + 3, hasNulls)
      return Column(values, type: type).slice(before, count)
    case .plain: return Column(randomValues(type, count, hasNulls), type: type)
    case .wide:
      let column = Column(randomValues(type, count, hasNulls), type: type)
      return column.widened()
    case .looseDictionary:
      guard type == .string else {
        return self.column(type, count: count, layout: .slice, hasNulls: hasNulls)
      }
      return looseTexts(count, hasNulls)
    }
  }

  /// A column in a random layout.
  package mutating func column(_ type: DataType, count: Int) -> Column {
    let layout = Layout.allCases.randomElement(using: &self) ?? .plain
    return column(type, count: count, layout: layout, hasNulls: Bool.random(using: &self))
  }

  private mutating func randomValues(
    _ type: DataType, _ count: Int, _ hasNulls: Bool
  ) -> [Value] {
    (0..<count).map { _ in hasNulls && once(in: 4) ? .null : value(type) }
  }

  private mutating func looseTexts(_ count: Int, _ hasNulls: Bool) -> Column {
    let texts = (0..<20).map { _ in text() } + ["never used"]
    let dictionary = TextDictionary(texts)
    let codes = (0..<count).map { _ in UInt8.random(in: 0..<20, using: &self) }
    var validity: Bitmap?
    if hasNulls, count > 0 { validity = Bitmap((0..<count).map { _ in !once(in: 4) }) }
    return Column(
      type: .string, count: count, storage: .text8(Values(codes), dictionary),
      validity: validity)
  }
}

extension Column {
  /// The same values in the widest layout of their type.
  fileprivate func widened() -> Column {
    switch storage {
    case .int8, .int16, .int32:
      Column(type: type, count: count, storage: .int64(integers()), validity: validity)
    case .text8, .text16:
      Column(
        type: type, count: count, storage: .text32(codes().codes, codes().dictionary),
        validity: validity)
    case .int64, .float, .bool, .text32, .list, .record, .constant: self
    }
  }
}
