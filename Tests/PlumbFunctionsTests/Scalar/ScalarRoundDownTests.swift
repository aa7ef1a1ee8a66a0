import PlumbColumns
import PlumbFunctions
import Testing

/// `bin` and `bucket` with constant widths against plain division.
@Suite struct ScalarRoundDownTests {
  private static let widths = [
    1, 2, 3, 4, 5, 7, 10, 100, 127, 128, 1_000, 86_400, 65_535, 1 << 20, 3_600_000_000,
    (1 << 31) - 1, 1 << 31, 86_400_000_000, 604_800_000_000, (1 << 50) + 1, Int.max,
  ]

  @Test(arguments: widths)
  func binsAreMultiples(_ width: Int) throws {
    for bits in [7, 15, 31, 40, 50, 62] {
      let values = sample(bits: bits)
      try check(values, width)
      // All four widths of storage.
      var builder = IntegerColumnBuilder()
      for value in values { builder.append(value) }
      try check(builder.finish(), values, width)
      try check(builder: values.map { abs($0) }, width)
    }
  }

  @Test(arguments: widths)
  func bucketsCountFromTheOrigin(_ width: Int) throws {
    let origin = 946_857_600_000_000
    for bits in [31, 45, 50, 51, 52, 61] {
      let values = sample(bits: bits).map { $0 + origin }
      let lengths = Column(constant: .duration(width), type: .duration, count: values.count)
      let result = Result {
        try callScalar("bucket", [Column(values, type: .timestamp), lengths]).values
      }
      switch result {
      case .success(let starts):
        #expect(starts == values.map { .timestamp(origin + down($0 - origin, width)) })
      case .failure: #expect(width == Int.max, "the start leaves 64 bits")
      }
    }
  }

  private func sample(bits: Int) -> [Int] {
    var state: UInt64 = 42
    var values = [0, 1, -1, (1 << bits) - 1, 1 - (1 << bits)]
    for _ in 0..<300 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      values.append(Int(truncatingIfNeeded: Int64(bitPattern: state) >> (63 - bits)))
    }
    return values
  }

  private func check(builder values: [Int], _ width: Int) throws {
    var builder = IntegerColumnBuilder()
    for value in values { builder.append(value) }
    try check(builder.finish(), values, width)
  }

  private func check(_ values: [Int], _ width: Int) throws {
    try check(Column(values), values, width)
  }

  private func check(_ column: Column, _ values: [Int], _ width: Int) throws {
    let widths = Column(constant: .int(width), type: .int, count: values.count)
    let result = try callScalar("bin", [column, widths])
    for (row, value) in values.enumerated() {
      #expect(result.value(at: row) == .int(down(value, width)), "\(value) by \(width)")
    }
  }

  private func down(_ value: Int, _ width: Int) -> Int {
    let remainder = value % width
    return value - (remainder < 0 ? remainder + width : remainder)
  }
}
