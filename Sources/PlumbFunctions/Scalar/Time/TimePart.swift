import PlumbColumns

extension ScalarFunction {
  /// Makes the definition of a function that gives one part of a time, as an int, on the clock of
  /// UTC or of another zone.
  static func timePart(
    _ name: String, summary: String, details: String = "", examples: [Example],
    part: @escaping @Sendable (CivilTime) -> Int
  ) -> ScalarFunction {
    let plain = { @Sendable (call: KernelCall) throws(FunctionError) -> Column in
      let parts = call.mapIntegers { part(CivilTime(microseconds: $0)) }
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
