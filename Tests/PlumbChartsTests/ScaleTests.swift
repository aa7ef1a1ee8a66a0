import PlumbColumns
import Testing

@testable import PlumbCharts

@Suite struct ScaleTests {
  @Test(arguments: [
    (0.0, 1.0, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    (-5.0, 5.0, ["-4", "-2", "0", "2", "4"]),
    (0.0, 1_200_000.0, ["0", "200k", "400k", "600k", "800k", "1.0M", "1.2M"]),
    (2019.0, 2024.0, ["2019", "2020", "2021", "2022", "2023", "2024"]),
    (1e-7, 3e-7, ["1e-7", "1.5e-7", "2e-7", "2.5e-7", "3e-7"]),
  ])
  func linearTicksAreRound(_ low: Double, _ high: Double, _ labels: [String]) {
    #expect(Scale(.linear, low: low, high: high).ticks(6).map(\.label) == labels)
  }

  @Test func logarithmicTicksArePowersOfTen() {
    let scale = Scale(.log, low: 0.001, high: 1000)
    #expect(
      scale.ticks(8).map(\.label) == ["0.001", "0.01", "0.1", "1", "10", "100", "1000"])
    #expect(scale.position(1) == 0.5)
  }

  /// Days, months and years of the zone's clock, also where it is put forward.
  @Test func timeTicksFollowTheClock() throws {
    let zone = try #require(TimeZoneRules(named: "Europe/Berlin"))
    let low = Double(try #require(TimestampText.parse("2026-03-28T00:00:00+01:00")))
    let scale = Scale(.time(zone), low: low, high: low + 3 * 86_400_000_000)
    #expect(scale.ticks(4).map(\.label) == ["Mar 28", "Mar 29", "Mar 30", "Mar 31"])
    let years = Scale(.time(.utc), low: 0, high: 50 * 366 * 86_400_000_000)
    #expect(
      years.ticks(6).map(\.label) == ["1970", "1980", "1990", "2000", "2010", "2020"])
  }

  /// Ranges that no sensible chart has give ticks all the same, or none, and never a trap.
  @Test func extremeRangesAreSurvived() {
    for (low, high) in [
      (-Double.greatestFiniteMagnitude, Double.greatestFiniteMagnitude),
      (0, .leastNonzeroMagnitude),
      (1e300, 1e300), (-1e18, 9e18), (.infinity, -.infinity),
    ] {
      for kind in [Scale.Kind.linear, .time(.utc), .log] {
        let scale = Scale(kind, low: low, high: high)
        #expect(scale.ticks(5).count < 1001)
      }
      _ = Scale.numbers(low: low, high: high, isLog: false, isRound: true).ticks(5)
    }
  }

  /// Whatever the ends of an axis, its own are finite, and so are the places of all values.
  @Test func placesAreFinite() {
    let greatest = Double.greatestFiniteMagnitude
    let values = [-.infinity, -greatest, -1, 0, .leastNonzeroMagnitude, 1, greatest, .infinity]
    for low in values {
      for high in values where low <= high {
        for kind in [Scale.Kind.linear, .log] {
          let scale = Scale(kind, low: low, high: high)
          #expect(scale.low.isFinite && scale.high.isFinite)
          for value in values {
            #expect(scale.position(value).isFinite, "\(kind) \(value) in \(low)...\(high)")
          }
          #expect(scale.ticks(5).allSatisfy { $0.value.isFinite })
        }
      }
    }
  }

  @Test func stepsAreFiniteOverAllDoubles() {
    let greatest = Double.greatestFiniteMagnitude
    #expect(NumberTicks.step(low: -greatest, high: greatest, wanted: 10) == 5e307)
    #expect(NumberTicks.step(low: -greatest, high: greatest, wanted: 1) == greatest)
    #expect(NumberTicks.step(low: 0, high: greatest, wanted: 1) == greatest)
  }
}
