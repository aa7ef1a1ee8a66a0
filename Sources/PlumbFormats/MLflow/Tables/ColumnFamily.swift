import PlumbColumns

/// An open set of columns of a table under one prefix, made when they are asked for.
protocol ColumnFamily: Sendable {
  var family: Schema.Family { get }
  /// What a column of the family is, in one sentence.
  var summary: String { get }
  /// The columns, named with their prefix.
  var fields: [Schema.Field] { get }
  /// Whether columns cost a read of the metric history, and less so for a few rows.
  var readsHistory: Bool { get }
  /// The columns of the scanned fields, in their order. With `rows`, the values of other rows
  /// may be null.
  func columns(
    _ fields: [Schema.Field], rows: [Int]?, control: RunControl
  ) throws(ImportError) -> [Column]
}

/// `params.*` or `tags.*`: a column for each key, typed by what all its values read as.
struct TextFamily: ColumnFamily {
  let family: Schema.Family
  let summary: String
  let fields: [Schema.Field]
  private let rows: KeyValueRows
  private let ownerCount: Int

  init(_ name: String, _ rows: KeyValueRows, ownerCount: Int, _ summary: String) {
    family = Schema.Family(name, missingType: .string)
    self.summary = summary
    self.rows = rows
    self.ownerCount = ownerCount
    fields = rows.keys.map { key in
      Schema.Field(
        "\(name).\(key.name)", key.type, family: name, isInferred: key.type != .string)
    }
  }

  var readsHistory: Bool { false }

  func columns(
    _ fields: [Schema.Field], rows: [Int]?, control: RunControl
  ) throws(ImportError) -> [Column] {
    fields.map { field in
      var key = field.key
      let asText = key.hasSuffix(Schema.Field.storedTextSuffix)
      if asText { key = key.dropLast(Schema.Field.storedTextSuffix.count) }
      return self.rows.column(String(key), asText: asText, ownerCount: ownerCount)
    }
  }
}

/// A family of numbers that are at hand, such as the metrics of logged models.
struct NumberFamily: ColumnFamily {
  let family: Schema.Family
  let summary: String
  let fields: [Schema.Field]
  private let values: [String: RunValues]
  private let ownerCount: Int

  init(_ name: String, _ values: [String: RunValues], ownerCount: Int, _ summary: String) {
    family = Schema.Family(name, missingType: .float)
    self.summary = summary
    self.values = values
    self.ownerCount = ownerCount
    fields = values.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .map { Schema.Field("\(name).\($0)", .float, family: name) }
  }

  var readsHistory: Bool { false }

  func columns(
    _ fields: [Schema.Field], rows: [Int]?, control: RunControl
  ) throws(ImportError) -> [Column] {
    fields.map { field in
      (values[String(field.key)] ?? RunValues()).column(ownerCount: ownerCount)
    }
  }
}

extension RunValues {
  /// A column of `ownerCount` rows with these values, null elsewhere.
  func column(ownerCount: Int) -> Column {
    if runs.isEmpty { return .nulls(.float, count: ownerCount) }
    let doubles = Buffer<Double>(repeating: 0, count: ownerCount)
    let present = Bitmap(repeating: false, count: ownerCount)
    for (run, value) in zip(runs, values) {
      doubles.base[Int(run)] = value
      present.words.base[Int(run) >> 6] |= 1 << UInt64(run & 63)
    }
    return Column(
      type: .float, count: ownerCount, storage: .float(Values(doubles)),
      validity: present.setCount == ownerCount ? nil : present)
  }
}
