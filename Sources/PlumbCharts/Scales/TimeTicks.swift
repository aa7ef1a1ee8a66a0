import PlumbColumns

/// Marks of a time axis at whole minutes, hours, days, months or years of a zone's clock.
struct TimeTicks {
  let ticks: [Scale.Tick]

  /// The distances of marks, in microseconds; longer ones are months.
  private static let steps: [Int] =
    [1, 2, 5, 10, 15, 30].map { $0 * 1_000_000 } + [1, 2, 5, 10, 15, 30].map { $0 * 60_000_000 }
    + [1, 2, 3, 6, 12].map { $0 * 3_600_000_000 }
    + [1, 2, 7, 14].map { $0 * CivilTime.microsecondsPerDay }
  private static let monthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000]
  private static let microsecondsPerMonth = 30.436875 * Double(CivilTime.microsecondsPerDay)

  init(low: Double, high: Double, wanted: Int, zone: TimeZoneRules) {
    let wanted = Double(max(1, wanted))
    let span = high - low
    // Beyond a few hundred thousand years the calendar is no use.
    guard span.isFinite, span > 0, abs(low) < 8e18, abs(high) < 8e18 else {
      ticks = []
      return
    }
    let bounds = Int(low)...max(Int(low), Int(high))
    if span / 1_000_000 < wanted / 2 {
      ticks = NumberTicks(low: low, high: high, wanted: Int(wanted)).ticks.map {
        Scale.Tick(value: $0.value, label: Self.clock(zone.local(Int($0.value)), digits: 6))
      }
    } else if let step = Self.steps.first(where: { span / Double($0) <= wanted }) {
      ticks = Self.ticks(every: step, bounds, zone)
    } else {
      let months =
        Self.monthSteps.first { span / (Double($0) * Self.microsecondsPerMonth) <= wanted }
        ?? Self.monthSteps[Self.monthSteps.count - 1]
      ticks = Self.ticks(everyMonths: months, bounds, zone)
    }
  }

  private static func ticks(
    every step: Int, _ bounds: ClosedRange<Int>, _ zone: TimeZoneRules
  ) -> [Scale.Tick] {
    // Weeks begin on Monday: 1970-01-05 is one.
    let origin = step % (7 * CivilTime.microsecondsPerDay) == 0 ? 4 : 0
    let shift = origin * CivilTime.microsecondsPerDay
    var local = zone.local(bounds.lowerBound)
    local -= (local - shift) % step
    var found: [Scale.Tick] = []
    while found.count < 1000 {
      let time = zone.utc(fromLocal: local)
      if time > bounds.upperBound { break }
      if time >= bounds.lowerBound {
        found.append(Scale.Tick(value: Double(time), label: label(local, step)))
      }
      local += step
    }
    return found
  }

  private static func ticks(
    everyMonths months: Int, _ bounds: ClosedRange<Int>, _ zone: TimeZoneRules
  ) -> [Scale.Tick] {
    let first = CivilTime(microseconds: zone.local(bounds.lowerBound)).date
    let index = first.year * 12 + first.month - 1
    let start = index - ((index % months) + months) % months
    var found: [Scale.Tick] = []
    for position in stride(from: start, to: start + 1000 * months, by: months) {
      let year = position >= 0 ? position / 12 : (position - 11) / 12
      let date = CivilDate(year: year, month: position - year * 12 + 1, day: 1)
      guard let local = CivilTime(date: date).microseconds else { break }
      let time = zone.utc(fromLocal: local)
      if time > bounds.upperBound { break }
      guard time >= bounds.lowerBound else { continue }
      let name =
        months % 12 == 0
        ? String(year) : "\(year)-" + (date.month < 10 ? "0" : "") + "\(date.month)"
      found.append(Scale.Tick(value: Double(time), label: name))
    }
    return found
  }

  private static let monthNames = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// A day at midnight, else the time of day.
  private static func label(_ local: Int, _ step: Int) -> String {
    if local % CivilTime.microsecondsPerDay == 0 {
      let date = CivilTime(microseconds: local).date
      return "\(monthNames[(date.month - 1) % 12]) \(date.day)"
    }
    return clock(local, digits: 0, withSeconds: step < 60_000_000)
  }

  private static func clock(_ local: Int, digits: Int, withSeconds: Bool = true) -> String {
    var text = TextBuffer(capacity: 16)
    TimestampText.appendClock(
      CivilTime(microseconds: local), fractionDigits: digits, to: &text)
    let clock = text.string
    return withSeconds ? clock : String(clock.prefix(5))
  }
}
