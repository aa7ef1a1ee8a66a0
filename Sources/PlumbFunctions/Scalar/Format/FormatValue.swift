import Glibc
package import PlumbColumns

/// A format that is read once and writes many values.
package struct ValueFormat {
  package let spec: String
  private let form: Form

  private enum Form {
    case plain
    /// The form of a time.
    case pattern(TimePattern)
    case specification(FormatSpec)
  }

  /// Reads the format of a value of a type: only times take `%Y-%m-%d` and its kin.
  package init(_ spec: String, for type: DataType) throws(FunctionError) {
    self.spec = spec
    if spec.isEmpty {
      form = .plain
    } else if type == .timestamp, spec.contains("%") {
      form = .pattern(try TimePattern(spec))
    } else {
      form = .specification(try FormatSpec(spec))
    }
  }

  /// The decimal places of a format that asks for nothing else, such as `.2f`.
  package var fixedDigits: Int? {
    guard case .specification(let format) = form, format.type == "f" || format.type == "F",
      format.width == 0, format.grouping == nil, format.plusSign.isEmpty
    else { return nil }
    return format.precision ?? FormatSpec.defaultPrecision
  }

  /// A value as the format has it.
  package func text(of value: Value) throws(FunctionError) -> String {
    let format: FormatSpec
    switch form {
    case .plain: return plainText(value)
    case .pattern(let pattern):
      guard case .timestamp(let microseconds) = value else { return plainText(value) }
      return pattern.format(microseconds, zone: .utc)
    case .specification(let specification): format = specification
    }
    switch value {
    case .int(let int): return try formatInt(int, format, spec)
    case .float(let double): return try formatFloat(double, format, spec)
    case .duration(let microseconds) where format.type != nil && format.type != "s":
      return try formatFloat(Double(microseconds) / 1e6, format, spec)
    case .null:
      return format.padded("null", default: .left)
    case .string, .bool, .timestamp, .duration, .list, .record:
      guard format.type == nil || format.type == "s", format.grouping == nil else {
        throw FunctionError("the format `\(spec)` is for numbers, not \(value.type)")
      }
      let text = plainText(value)
      let cut = format.precision.map { String(text.prefix($0)) } ?? text
      return format.padded(cut, default: .left)
    }
  }
}

/// Writes a value as `f"{x:spec}"` and `format(x, spec)` do.
///
/// An empty format gives the plain form. Times take `%Y-%m-%d` and its kin, in UTC; durations
/// with a number's format are counted in seconds; null is the text `null`.
package func formatValue(_ value: Value, spec: String) throws(FunctionError) -> String {
  try ValueFormat(spec, for: value.type).text(of: value)
}

/// Appends a float with a fixed number of decimal places, as the format `.Nf` has it.
package func appendFixed(_ value: Double, digits: Int, to buffer: inout TextBuffer) {
  guard value.isFinite else { return FloatText.append(value, to: &buffer) }
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 700) { text in
    buffer.append(UnsafeBufferPointer(rebasing: print("%.*f", value, digits, into: text)))
  }
}

private func formatInt(
  _ value: Int, _ format: FormatSpec, _ spec: String
) throws(FunctionError) -> String {
  var digits: String
  switch format.type {
  case nil where format.precision == nil, "d": digits = String(value.magnitude)
  case "x": digits = String(value.magnitude, radix: 16)
  case "X": digits = String(value.magnitude, radix: 16, uppercase: true)
  case "b": digits = String(value.magnitude, radix: 2)
  case "o": digits = String(value.magnitude, radix: 8)
  case "s": throw FunctionError("the format `\(spec)` is for text, not int")
  default: return try formatFloat(Double(value), format, spec)
  }
  if let mark = format.grouping {
    guard format.type == nil || format.type == "d" else {
      throw FunctionError("the format `\(spec)` groups digits that are not decimal")
    }
    digits = grouped(digits, mark)
  }
  let sign = value < 0 ? "-" : format.plusSign
  return format.padded(sign: sign, digits, default: .right)
}

private func formatFloat(
  _ value: Double, _ format: FormatSpec, _ spec: String
) throws(FunctionError) -> String {
  let sign = value < 0 || (value == 0 && value.sign == .minus) ? "-" : format.plusSign
  var body: String
  if !value.isFinite {
    body = value.isNaN ? "NaN" : "Infinity"
  } else {
    let magnitude = value.magnitude
    switch format.type {
    case nil where format.precision == nil: body = FloatText.format(magnitude)
    case nil, "g":
      body = printed("%.*g", magnitude, format.precision ?? FormatSpec.defaultPrecision)
    case "G": body = printed("%.*G", magnitude, format.precision ?? FormatSpec.defaultPrecision)
    case "f", "F":
      body = printed("%.*f", magnitude, format.precision ?? FormatSpec.defaultPrecision)
    case "e": body = printed("%.*e", magnitude, format.precision ?? FormatSpec.defaultPrecision)
    case "E": body = printed("%.*E", magnitude, format.precision ?? FormatSpec.defaultPrecision)
    case "%":
      body = printed("%.*f", magnitude * 100, format.precision ?? FormatSpec.defaultPrecision)
    default:
      let kind = format.type == "s" ? "text" : "ints"
      throw FunctionError("the format `\(spec)` is for \(kind), not float")
    }
    if let mark = format.grouping { body = grouped(body, mark) }
    if format.type == "%" { body += "%" }
  }
  return format.padded(sign: sign, body, default: .right)
}

/// The C library's text of a number, which is rounded exactly.
private func printed(_ format: String, _ value: Double, _ precision: Int) -> String {
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 700) { text in
    String(decoding: print(format, value, precision, into: text), as: UTF8.self)
  }
}

/// Writes the C library's text of a number into memory that is long enough for every double.
private func print(
  _ format: String, _ value: Double, _ precision: Int,
  into text: UnsafeMutableBufferPointer<UInt8>
) -> Slice<UnsafeBufferPointer<UInt8>> {
  let length = withVaList([Int32(precision), value]) {
    vsnprintf(
      UnsafeMutableRawPointer(text.baseAddress)?.assumingMemoryBound(to: CChar.self), text.count,
      format, $0)
  }
  let count = min(max(0, Int(length)), text.count - 1)
  // A program that has set another locale would get its decimal mark.
  for index in 0..<count where text[index] == UInt8(ascii: ",") { text[index] = UInt8(ascii: ".") }
  return UnsafeBufferPointer(text)[..<count]
}

/// Puts a mark between the thousands of the whole part.
private func grouped(_ number: String, _ mark: Character) -> String {
  let whole = number.prefix { $0 != "." && $0 != "e" && $0 != "E" }
  var result = ""
  for (index, digit) in whole.enumerated() {
    if index > 0, (whole.count - index) % 3 == 0 { result.append(mark) }
    result.append(digit)
  }
  return result + number.dropFirst(whole.count)
}
