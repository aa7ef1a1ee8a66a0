import PlumbColumns

extension ScalarFunction {
  static let bucket = ScalarFunction(
    "bucket", topic: "time",
    summary: "The start of the bucket of a given length that a time falls into.",
    details: """
      Buckets are counted from Monday, 2000-01-03T00:00 UTC, so weeks begin on Monday. \
      In a zone they are counted on its clock: days begin at its midnight and last 23 or \
      25 hours where the clock changes. Calendar steps are `start_of_month` and its kin. \
      A length that is not above 0 is an error.
      """,
    overloads: [
      Overload(
        [Parameter("t", .timestamp), Parameter("length", .duration)], result: .always(.timestamp)
      ) { (call) throws(FunctionError) in
        if case .duration(let length)? = call.arguments[1].constantValue,
          let starts = RoundDown.integers(
            call.arguments[0].integers(), width: length, origin: Buckets.timeOrigin)
        {
          return call.integerColumn(starts)
        }
        return try zonedBuckets(call)
      },
      Overload(
        [Parameter("t", .timestamp), Parameter("length", .duration), Parameter("zone", .string)],
        result: .always(.timestamp)
      ) { (call) throws(FunctionError) in
        try zonedBuckets(call)
      },
    ],
    examples: [
      Example("bucket(@2026-11-23T10:30, 1h)", "2026-11-23T10:00:00Z"),
      Example("bucket(@2026-11-25, 1w)", "2026-11-23T00:00:00Z"),
      Example(#"bucket(@2026-11-23T23:30, 1d, zone = "Europe/Berlin")"#, "2026-11-23T23:00:00Z"),
      Example("bucket(null, 1d)", "null"),
      Example("bucket(@2026-11-23, 0s)", "error: the length of a bucket must be above 0, not 0s"),
      Example(#"bucket(@2026-11-23, 1d, "Mars/Base")"#, "error: there is no time zone `Mars/Base`"),
    ])
}

private func zonedBuckets(_ call: KernelCall) throws(FunctionError) -> Column {
  let times = call.arguments[0].integers()
  let lengths = call.arguments[1].integers()
  let zones = ZoneArgument(call, 2)
  return try call.tryRows { (row) throws(FunctionError) in
    let (time, length) = (times[row], lengths[row])
    guard length > 0 else {
      throw FunctionError(
        "the length of a bucket must be above 0, not \(DurationText.format(length))")
    }
    let zone = try zones.at(row)
    let local = try zone.clock(at: time)
    guard let start = Buckets(length: length).start(of: local) else { throw timeOutOfRange() }
    // The hour that the clock repeats in autumn is two hours, not one.
    if length <= 3_600_000_000 { return time &- (local &- start) }
    return try zone.time(whenClockShows: start)
  }
}
