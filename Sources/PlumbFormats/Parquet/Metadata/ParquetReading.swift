import PlumbColumns

/// What stored values become: the type of the column and the way there.
struct ParquetReading: Sendable, Equatable {
  let type: DataType
  let rule: Rule
  /// What the user should know of it, to be put after the column's name.
  let note: String?

  enum Rule: Sendable, Equatable {
    case bool
    /// 32 or 64 bits with a sign, times or divided by a constant.
    case integer(NumberScaling)
    case unsigned32
    /// 64 bits without a sign that fit into 63; `unsigned64AsFloat` where they do not.
    case unsigned64
    case unsigned64AsFloat
    case int96
    case float
    case float16
    /// Whole numbers in as many bytes as it takes, most significant first.
    case decimalInteger
    /// The unscaled number is to be divided by ten to the power of the scale.
    case decimal(scale: Int)
    /// UTF-8.
    case text
    /// Text if all of the column is UTF-8, else its hexadecimal digits.
    case bytes
    case hexadecimal
    case uuid
    case interval

    /// How values that become text are written.
    var textKind: StoredTexts.Kind {
      switch self {
      case .text: .text
      case .bytes: .bytes
      case .uuid: .uuid
      case .interval: .interval
      default: .hexadecimal
      }
    }
  }

  init(_ type: DataType, _ rule: Rule, note: String? = nil) {
    self.type = type
    self.rule = rule
    self.note = note
  }

  /// The reading of a stored type. A logical type that is not known, or that does not go with the
  /// physical one, leaves the physical one.
  init(
    _ physical: ParquetMetadata.PhysicalType, length: Int,
    _ logical: ParquetMetadata.LogicalType?
  ) {
    if let logical, let reading = Self.logical(logical, physical, length) {
      self = reading
      return
    }
    let isKnown = logical == nil || logical == .bson
    let note =
      isKnown ? nil : "has a logical type that is not known and is read as \(physical.name)"
    switch physical {
    case .boolean: self.init(.bool, .bool, note: note)
    case .int32, .int64: self.init(.int, .integer(.one), note: note)
    case .int96: self.init(.timestamp, .int96, note: note)
    case .float, .double: self.init(.float, .float, note: note)
    case .byteArray: self.init(.string, .bytes, note: note)
    case .fixedLengthByteArray: self.init(.string, .hexadecimal, note: note)
    }
  }

  private static func logical(
    _ logical: ParquetMetadata.LogicalType, _ physical: ParquetMetadata.PhysicalType,
    _ length: Int
  ) -> ParquetReading? {
    switch (logical, physical) {
    case (.string, .byteArray), (.enumeration, .byteArray), (.json, .byteArray):
      return ParquetReading(.string, .text)
    case (.decimal(let scale, let precision), _): return decimal(scale, precision, physical)
    case (.date, .int32):
      return ParquetReading(.timestamp, .integer(.times(86_400_000_000)))
    case (.time(.milliseconds), .int32): return ParquetReading(.duration, .integer(.times(1000)))
    case (.time(.microseconds), .int64): return ParquetReading(.duration, .integer(.one))
    case (.time(.nanoseconds), .int64):
      return ParquetReading(.duration, .integer(.dividedBy(1000)), note: nanosecondNote)
    case (.timestamp(.milliseconds, _), .int64):
      return ParquetReading(.timestamp, .integer(.times(1000)))
    case (.timestamp(.microseconds, _), .int64): return ParquetReading(.timestamp, .integer(.one))
    case (.timestamp(.nanoseconds, _), .int64):
      return ParquetReading(.timestamp, .integer(.dividedBy(1000)), note: nanosecondNote)
    case (.integer(_, true), .int32), (.integer(_, true), .int64):
      return ParquetReading(.int, .integer(.one))
    case (.integer(_, false), .int32): return ParquetReading(.int, .unsigned32)
    case (.unknown, _):
      let stored = ParquetReading(physical, length: length, nil)
      return ParquetReading(.null, stored.rule)
    case (.integer(_, false), .int64): return ParquetReading(.int, .unsigned64)
    case (.uuid, .fixedLengthByteArray) where length == 16: return ParquetReading(.string, .uuid)
    case (.float16, .fixedLengthByteArray) where length == 2:
      return ParquetReading(.float, .float16)
    case (.interval, .fixedLengthByteArray) where length == 12:
      return ParquetReading(.string, .interval)
    default: return nil
    }
  }

  /// The reading of ints that are durations.
  init(durationIn unit: ArrowUnit) {
    self.init(
      .duration, .integer(unit.scaling), note: unit == .nanoseconds ? Self.nanosecondNote : nil)
  }

  private static let nanosecondNote = "is in nanoseconds and is read in microseconds, rounded down"

  private static func decimal(
    _ scale: Int, _ precision: Int, _ physical: ParquetMetadata.PhysicalType
  ) -> ParquetReading? {
    guard scale >= 0, scale <= 100, precision >= 0 else { return nil }
    switch physical {
    case .int32, .int64:
      if scale == 0 { return ParquetReading(.int, .integer(.one)) }
    case .byteArray, .fixedLengthByteArray:
      if scale == 0, precision <= 18 { return ParquetReading(.int, .decimalInteger) }
    case .boolean, .int96, .float, .double: return nil
    }
    // A double has every decimal number of 15 digits.
    return ParquetReading(
      .float, .decimal(scale: scale),
      note: precision > 15
        ? "is a decimal of \(precision) digits and is read as a float, which has about 16" : nil)
  }

  /// The reading of 64 bits without a sign where values beyond 63 bits occur.
  var asFloat: ParquetReading { ParquetReading(.float, .unsigned64AsFloat, note: note) }
}
