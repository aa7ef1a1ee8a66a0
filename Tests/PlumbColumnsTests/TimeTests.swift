import PlumbColumns
import Testing

@Suite struct TimeTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("2026-11-23", 1_795_392_000_000_000),
    ("2026-11-23T10:30", 1_795_429_800_000_000),
    ("2026-11-23 10:30:00.25", 1_795_429_800_250_000),
    ("2026-11-23T10:30:00.123456789Z", 1_795_429_800_123_456),
    ("2026-11-23T10:30+02:00", 1_795_422_600_000_000),
    ("2026-11-23T10:30:00-0530", 1_795_449_600_000_000),
    ("1969-12-31T23:59:59.999999Z", -1), ("2024-02-29T00:00Z", 1_709_164_800_000_000),
  ])
  func timestampsAreRead(_ text: String, _ microseconds: Int) {
    #expect(TimestampText.parse(text) == microseconds)
    #expect(TimestampText.parse(TimestampText.format(microseconds)) == microseconds)
  }

  @Test(arguments: [
    "", "2026", "2026-13-01", "2026-02-29", "2026-1-1", "2026-11-23T", "2026-11-23T24:00",
    "2026-11-23T10:60", "2026-11-23T10:30:00.", "2026-11-23T10:30:00Zx", "2026-11-23x",
    "20261123", "12:30:00", "2026-11-23T10:30+2", "+999999-01-01T00:00",
  ])
  func otherTextsAreNoTimestamps(_ text: String) {
    #expect(TimestampText.parse(text) == nil)
  }

  @Test func timestampsOfAllMagnitudesComeBack() {
    for microseconds in [
      0, 1, -1, 999_999, 1_500_000, Int(Int32.max) * 1_000_000, -62_135_596_800_000_000,
      -62_167_219_200_000_001, 253_402_300_800_000_000, Int.max, Int.min,
    ] {
      let text = TimestampText.format(microseconds)
      #expect(TimestampText.parse(text) == microseconds, "\(text)")
    }
    #expect(TimestampText.format(1_795_429_800_250_000) == "2026-11-23T10:30:00.25Z")
  }

  @Test func civilDatesCount() {
    for days in stride(from: -800_000, through: 800_000, by: 97) {
      #expect(CivilDate(daysSinceEpoch: days).daysSinceEpoch == days)
      #expect(CivilDate(daysSinceEpoch: days).isValid)
    }
    #expect(CivilDate(year: 2000, month: 1, day: 3).weekday == 0)
    #expect(CivilDate(year: 2024, month: 12, day: 31).dayOfYear == 366)
    #expect(
      CivilDate(year: 2024, month: 1, day: 31).addingMonths(1)
        == CivilDate(year: 2024, month: 2, day: 29))
    #expect(
      CivilDate(year: 2024, month: 1, day: 31).addingMonths(-2)
        == CivilDate(year: 2023, month: 11, day: 30))
  }

  @Test(arguments: [
    (0, "0s"), (15, "15us"), (250_000, "250ms"), (1500, "1.5ms"), (1_500_000, "1.5s"),
    (3_720_000_000, "1h 2m"), (273_600_000_000, "3d 4h"), (-60_000_000, "-1m"),
    (93_784_250_000, "1d 2h 3m 4.25s"), (86_460_000_000, "1d 1m"),
  ])
  func durationsAreWritten(_ microseconds: Int, _ text: String) {
    #expect(DurationText.format(microseconds) == text)
    #expect(DurationText.parse(text) == microseconds)
  }

  @Test func durationsCanBeShortened() {
    #expect(DurationText.format(93_784_250_000, maxUnits: 2) == "1d 2h")
    #expect(DurationText.format(86_460_000_000, maxUnits: 2) == "1d")
    #expect(DurationText.format(62_500_000, maxUnits: 2) == "1m 2s")
    #expect(DurationText.format(2_500_000, maxUnits: 2) == "2.5s")
    for extreme in [Int.max, -Int.max] {
      #expect(DurationText.parse(DurationText.format(extreme)) == extreme)
    }
  }

  @Test(arguments: [
    ("1.5h", 5_400_000_000), ("90 s", 90_000_000), ("2 days", 172_800_000_000),
    ("1h30m", 5_400_000_000), ("10:30:00", 37_800_000_000),
    ("3 days 04:00:00.5", 273_600_500_000), ("2w", 1_209_600_000_000), ("+1m", 60_000_000),
  ])
  func durationsAreRead(_ text: String, _ microseconds: Int) {
    #expect(DurationText.parse(text) == microseconds)
  }

  @Test(arguments: ["", "5", "h", "1x", "1h 5", "10:30", "10:99:00", "99999999999999w", "1..5h"])
  func otherTextsAreNoDurations(_ text: String) {
    #expect(DurationText.parse(text) == nil)
  }

  @Test(arguments: [
    // Python's zoneinfo gives these.
    ("Europe/Berlin", "2026-01-01T00:00Z", 3600), ("Europe/Berlin", "2026-07-01T00:00Z", 7200),
    ("Europe/Berlin", "2026-03-29T00:59:59Z", 3600), ("Europe/Berlin", "2026-03-29T01:00Z", 7200),
    ("Europe/Berlin", "2026-10-25T00:59:59Z", 7200), ("Europe/Berlin", "2026-10-25T01:00Z", 3600),
    ("Europe/Berlin", "2099-07-01T00:00Z", 7200), ("Europe/Berlin", "1890-01-01T00:00Z", 3208),
    ("America/New_York", "2050-11-06T05:59:59Z", -14400),
    ("America/New_York", "2050-11-06T06:00:00Z", -18000),
    ("Australia/Sydney", "2060-01-01T00:00Z", 39600),
    ("Australia/Sydney", "2060-07-01T00:00Z", 36000),
    ("Asia/Kolkata", "2026-01-01T00:00Z", 19800), ("Asia/Tokyo", "2045-01-01T00:00Z", 32400),
    ("+05:30", "2026-01-01T00:00Z", 19800), ("-03", "2026-01-01T00:00Z", -10800),
    ("UTC", "2026-01-01T00:00Z", 0), ("Africa/Casablanca", "2080-06-01T00:00Z", 3600),
  ])
  func zonesKnowTheirOffsets(_ name: String, _ time: String, _ offset: Int) throws {
    let zone = try #require(TimeZoneRules(named: name))
    let microseconds = try #require(TimestampText.parse(time))
    #expect(zone.offset(at: microseconds) == offset)
    let local = zone.local(microseconds)
    #expect(zone.local(zone.utc(fromLocal: local)) == local)
  }

  @Test(arguments: ["", "Europe", "Nowhere/Land", "../etc/passwd", "/etc/localtime", "+25:00"])
  func unknownZonesAreNil(_ name: String) {
    #expect(TimeZoneRules(named: name) == nil)
  }

  @Test func skippedAndRepeatedTimesAreDefined() throws {
    let zone = try #require(TimeZoneRules(named: "Europe/Berlin"))
    func utc(_ local: String) throws -> String {
      TimestampText.format(zone.utc(fromLocal: try #require(TimestampText.parse(local))))
    }
    // 02:30 occurs twice on this day: the first is meant.
    #expect(try utc("2026-10-25T02:30") == "2026-10-25T00:30:00Z")
    // 02:30 does not occur on this day.
    #expect(try utc("2026-03-29T02:30") == "2026-03-29T01:30:00Z")
    #expect(try utc("2026-03-29T03:00") == "2026-03-29T01:00:00Z")
    #expect(try utc("2026-03-29T01:59") == "2026-03-29T00:59:00Z")
  }
}
