/// A day of the proleptic Gregorian calendar.
package struct CivilDate: Hashable, Sendable {
  package var year: Int
  /// 1 to 12.
  package var month: Int
  /// 1 to 31.
  package var day: Int

  package init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day that is `days` days after 1970-01-01.
  ///
  /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
  package init(daysSinceEpoch days: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The days since 1970-01-01; negative before it (`days_from_civil` of the same source).
  package var daysSinceEpoch: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The day of the week: 0 is Monday, 6 is Sunday.
  package var weekday: Int {
    let remainder = (daysSinceEpoch + 3) % 7
    return remainder < 0 ? remainder + 7 : remainder
  }

  /// The day of the year, from 1.
  package var dayOfYear: Int {
    daysSinceEpoch - CivilDate(year: year, month: 1, day: 1).daysSinceEpoch + 1
  }

  /// Whether a year has a 29th of February.
  package static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// The days of a month, from 1 for January.
  package static func daysInMonth(_ month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Whether month and day exist.
  package var isValid: Bool {
    (1...12).contains(month) && day >= 1 && day <= Self.daysInMonth(month, of: year)
  }

  /// The date `months` months later, on the last day of the month where the day does not exist.
  package func addingMonths(_ months: Int) -> CivilDate {
    let total = year * 12 + (month - 1) + months
    let newYear = total >= 0 ? total / 12 : (total - 11) / 12
    let newMonth = total - newYear * 12 + 1
    return CivilDate(
      year: newYear, month: newMonth,
      day: min(day, Self.daysInMonth(newMonth, of: newYear)))
  }
}

/// A day and a time of day, without a zone.
package struct CivilTime: Hashable, Sendable {
  package var date: CivilDate
  package var hour: Int
  package var minute: Int
  package var second: Int
  package var microsecond: Int

  package static let microsecondsPerSecond = 1_000_000
  package static let microsecondsPerDay = 86_400_000_000

  /// The day and time that is `microseconds` after 1970-01-01T00:00:00.
  package init(microseconds: Int) {
    var days = microseconds / Self.microsecondsPerDay
    var rest = microseconds % Self.microsecondsPerDay
    if rest < 0 {
      rest += Self.microsecondsPerDay
      days -= 1
    }
    date = CivilDate(daysSinceEpoch: days)
    microsecond = rest % Self.microsecondsPerSecond
    let seconds = rest / Self.microsecondsPerSecond
    second = seconds % 60
    minute = seconds / 60 % 60
    hour = seconds / 3600
  }

  package init(
    date: CivilDate, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0
  ) {
    self.date = date
    self.hour = hour
    self.minute = minute
    self.second = second
    self.microsecond = microsecond
  }

  /// The microseconds after 1970-01-01T00:00:00, or nil when 64 bits do not hold them.
  package var microseconds: Int? {
    var days = date.daysSinceEpoch
    var time = ((hour * 60 + minute) * 60 + second) * Self.microsecondsPerSecond + microsecond
    if days < 0 {
      // Keeps the day's product in range where only the sum is.
      days += 1
      time -= Self.microsecondsPerDay
    }
    let (whole, overflow) = days.multipliedReportingOverflow(by: Self.microsecondsPerDay)
    if overflow { return nil }
    let (sum, isTooLarge) = whole.addingReportingOverflow(time)
    return isTooLarge ? nil : sum
  }
}
