import PlumbColumns
import PlumbFunctions
import Testing

/// Functions of time against Python's `datetime` and `zoneinfo`.
@Suite struct ScalarTimeTests {
  /// A time in a zone and what Python says of it, times in seconds since 1970.
  struct ZonedTime: Sendable {
    let zone: String
    let seconds: Int
    let hour: Int
    let week: Int
    let dayOfYear: Int
    let day: Int
    let monday: Int
    let month: Int

    init(
      _ zone: String, _ seconds: Int, _ hour: Int, _ week: Int, _ dayOfYear: Int, _ day: Int,
      _ monday: Int, _ month: Int
    ) {
      self.zone = zone
      self.seconds = seconds
      self.hour = hour
      self.week = week
      self.dayOfYear = dayOfYear
      self.day = day
      self.monday = monday
      self.month = month
    }
  }

  static let zonedTimes = [
    ZonedTime("Europe/Berlin", 1295827819, 1, 4, 24, 1295823600, 1295823600, 1293836400),
    ZonedTime("Europe/Berlin", 1440247166, 14, 34, 234, 1440194400, 1439762400, 1438380000),
    ZonedTime("Europe/Berlin", 1010465763, 5, 2, 8, 1010444400, 1010358000, 1009839600),
    ZonedTime("Europe/Berlin", 1639446996, 2, 50, 348, 1639436400, 1639350000, 1638313200),
    ZonedTime("America/New_York", 1817301921, 10, 31, 215, 1817265600, 1817179200, 1817092800),
    ZonedTime("America/New_York", 1121718829, 16, 29, 199, 1121659200, 1121659200, 1120190400),
    ZonedTime("America/New_York", 982407209, 5, 7, 48, 982386000, 981954000, 981003600),
    ZonedTime("America/New_York", 931758488, 1, 28, 193, 931752000, 931752000, 930801600),
    ZonedTime("Asia/Kolkata", 831475465, 18, 19, 128, 831407400, 831321000, 830889000),
    ZonedTime("Asia/Kolkata", 1651328539, 19, 17, 120, 1651257000, 1650825000, 1648751400),
    ZonedTime("Asia/Kolkata", 1968749875, 16, 21, 142, 1968690600, 1968345000, 1966962600),
    ZonedTime("Asia/Kolkata", 1410348085, 16, 37, 253, 1410287400, 1410114600, 1409509800),
  ]

  @Test(arguments: zonedTimes)
  func agreesWithPython(_ time: ZonedTime) throws {
    let t = times([time.seconds])
    let zone = Column([time.zone])
    #expect(try callScalar("hour", [t, zone]).value(at: 0) == .int(time.hour))
    #expect(try callScalar("week", [t, zone]).value(at: 0) == .int(time.week))
    #expect(try callScalar("day_of_year", [t, zone]).value(at: 0) == .int(time.dayOfYear))
    for (name, start) in [
      ("start_of_day", time.day), ("start_of_week", time.monday), ("start_of_month", time.month),
    ] {
      #expect(
        try callScalar(name, [t, zone]).value(at: 0) == .timestamp(start * 1_000_000), "\(name)")
    }
    // Days and weeks are the same as buckets of their length.
    for (length, start) in [(86_400, time.day), (7 * 86_400, time.monday)] {
      let width = Column([length * 1_000_000], type: .duration)
      #expect(
        try callScalar("bucket", [t, width, zone]).value(at: 0) == .timestamp(start * 1_000_000))
    }
  }

  /// Without a zone other loops run than with the zone of UTC.
  @Test(arguments: ["year", "week", "hour", "start_of_day", "start_of_week", "start_of_month"])
  func noZoneIsUTC(_ name: String) throws {
    let t = times((0..<500).map { $0 * 12_345_678 - 3_000_000_000 })
    let utc = Column(constant: .string("UTC"), type: .string, count: 500)
    #expect(try callScalar(name, [t]).values == callScalar(name, [t, utc]).values)
  }

  @Test func bucketsOfPlainTimesCountFromTheMonday() throws {
    let monday = 946_857_600
    let inputs = [monday - 1, monday, monday + 604_799, monday + 604_800, 0, -1]
    let week = Column(constant: .duration(604_800_000_000), type: .duration, count: inputs.count)
    let expected = [
      monday - 604_800, monday, monday, monday + 604_800, -259_200, -259_200,
    ]
    #expect(
      try callScalar("bucket", [times(inputs), week]).values
        == expected.map { .timestamp($0 * 1_000_000) })
  }

  /// On 2026-10-25 Berlin's clock goes from 3:00 back to 2:00, at 01:00 UTC.
  @Test func repeatedHoursAreTwoHours() throws {
    let midnight = 1_792_879_200
    let hours = (0..<25).map { midnight + $0 * 3_600 + 600 }
    let zone = Column(constant: .string("Europe/Berlin"), type: .string, count: 25)
    let hour = Column(constant: .duration(3_600_000_000), type: .duration, count: 25)
    let starts = try callScalar("bucket", [times(hours), hour, zone]).values
    #expect(starts == hours.map { .timestamp(($0 - 600) * 1_000_000) })
    let day = Column(constant: .duration(86_400_000_000), type: .duration, count: 25)
    let days = Set(try callScalar("bucket", [times(hours), day, zone]).values)
    #expect(days == [.timestamp(midnight * 1_000_000)])
    let quarter = Column(constant: .duration(6 * 3_600_000_000), type: .duration, count: 25)
    #expect(Set(try callScalar("bucket", [times(hours), quarter, zone]).values).count == 4)
  }

  @Test func formatsReadBackWhatTheyWrote() throws {
    let inputs = (0..<300).map { $0 * 7_654_321 - 900_000_000 }
    for form in ["%F %T", "%d.%m.%Y %H:%M:%S", "%j/%Y %I:%M:%S %p", "%b %e, %Y at %T %z", "%s"] {
      let forms = Column(constant: .string(form), type: .string, count: inputs.count)
      if form == "%s", inputs.contains(where: { $0 < 0 }) { continue }
      let texts = try callScalar("format_time", [times(inputs), forms])
      #expect(
        try callScalar("parse_time", [texts, forms]).values
          == inputs.map { .timestamp($0 * 1_000_000) }, "\(form)")
    }
  }

  @Test func extremesRaiseErrorsNotTraps() {
    let ends = Column([Int.min, Int.max], type: .timestamp)
    let zone = Column(constant: .string("Asia/Kolkata"), type: .string, count: 2)
    let one = Column([1, -1])
    for name in ["year", "start_of_year", "start_of_week"] {
      _ = try? callScalar(name, [ends])
      _ = try? callScalar(name, [ends, zone])
    }
    for name in ["add_days", "add_months", "add_years"] {
      _ = try? callScalar(name, [ends, one, zone])
    }
    let lengths = Column([Int.max, 7], type: .duration)
    _ = try? callScalar("bucket", [ends, lengths])
    _ = try? callScalar("bucket", [ends, lengths, zone])
    _ = try? callScalar(
      "bucket", [ends, Column(constant: .duration(7), type: .duration, count: 2)])
    _ = try? callScalar("months_between", [ends, ends.gathered(Values([1, 0]))])
    _ = try? callScalar("format_time", [ends, Column(["%F %s", "%G %V %f"]), zone])
    for unit in ["s", "ms", "us", "ns"] {
      _ = try? callScalar("to_unix", [ends, Column([unit, unit])])
      _ = try? callScalar("from_unix", [Column([Int.min, Int.max]), Column([unit, unit])])
    }
  }

  private func times(_ seconds: [Int]) -> Column {
    Column(seconds.map { $0 * 1_000_000 }, type: .timestamp)
  }
}
