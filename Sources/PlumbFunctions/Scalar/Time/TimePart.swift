import PlumbColumns

extension ScalarFunction {
  /// Makes the definition of a function that gives one part of a time, as an int, on the clock of
  /// UTC or of another zone.
  ///
  /// - Parameter microseconds: The part is the same for so long, from each multiple of it on.
  static func timePart(
    _ name: String, summary: String, details: String = "", examples: [Example],
    changesEvery microseconds: Int = CivilTime.microsecondsPerDay,
    part: @escaping @Sendable (CivilTime) -> Int
  ) -> ScalarFunction {
    let plain = { @Sendable (call: KernelCall) throws(FunctionError) -> Column in
      // Times that follow each other mostly have the same part.
      var (start, value) = (0, part(CivilTime(microseconds: 0)))
      let parts = call.mapIntegers { time in
        if UInt(bitPattern: time &- start) < UInt(bitPattern: microseconds) { return value }
        let rest = time % microseconds
        start = time &- (rest < 0 ? rest + microseconds : rest)
        value = part(CivilTime(microseconds: time))
        return value
      }
      guard case .int64(let values) = parts.storage else { return parts }
      // Parts are small numbers: groups by them are found faster when the column says so.
      return Column(type: .int, count: call.count, storage: .narrowed(values))
    }
    let zoned = { @Sendable (call: KernelCall) throws(FunctionError) -> Column in
      let times = call.arguments[0].integers()
      let zones = ZoneArgument(call, 1)
      return try call.tryRows { (row) throws(FunctionError) in
        part(CivilTime(microseconds: try zones.at(row).clock(at: times[row])))
      }
    }
    return ScalarFunction(
      name, topic: "time", summary: summary,
      details: details + (details.isEmpty ? "" : " ") + "In UTC, unless a zone is given.",
      overloads: [
        Overload([Parameter("t", .timestamp)], result: .always(.int), kernel: plain),
        Overload(
          [Parameter("t", .timestamp), Parameter("zone", .string)], result: .always(.int),
          kernel: zoned),
      ],
      examples: examples + [
        Example("\(name)(null)", "null"),
        Example(
          "\(name)(@2026-11-23, \"Mars/Base\")", "error: there is no time zone `Mars/Base`"),
      ])
  }
}
