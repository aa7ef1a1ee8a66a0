import Glibc
package import PlumbColumns

/// Writes a value as `f"{x:spec}"` and `format(x, spec)` do.
///
/// An empty format gives the plain form. Times take `%Y-%m-%d` and its kin, in UTC; durations
/// with a number's format are counted in seconds; null is the text `null`.
package func formatValue(_ value: Value, spec: String) throws(FunctionError) -> String {
  if spec.isEmpty { return plainText(value) }
  if case .timestamp(let microseconds) = value, spec.contains("%") {
    return try TimePattern(spec).format(microseconds, zone: .utc)
  }
  let format = try FormatSpec(spec)
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
    case nil, "g": body = printed("%.*g", magnitude, format.precision ?? 6)
    case "G": body = printed("%.*G", magnitude, format.precision ?? 6)
    case "f", "F": body = printed("%.*f", magnitude, format.precision ?? 6)
    case "e": body = printed("%.*e", magnitude, format.precision ?? 6)
    case "E": body = printed("%.*E", magnitude, format.precision ?? 6)
    case "%": body = printed("%.*f", magnitude * 100, format.precision ?? 6)
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
  var buffer = [UInt8](repeating: 0, count: 700)
  let length = buffer.withUnsafeMutableBytes { bytes in
    withVaList([Int32(precision), value]) {
      vsnprintf(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, format, $0)
    }
  }
  // A program that has set another locale would get its decimal mark.
  let text = buffer.prefix(min(max(0, Int(length)), buffer.count - 1)).map { byte in
    byte == UInt8(ascii: ",") ? UInt8(ascii: ".") : byte
  }
  return String(decoding: text, as: UTF8.self)
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
