import PlumbColumns

/// The address of a server, `http[s]://[USER[:PASSWORD]@]HOST[:PORT][/PATH]`.
///
/// A query and a fragment are dropped: people paste the address of the page they look at.
struct HTTPAddress: Sendable {
  /// `http` or `https`.
  let scheme: String
  let host: String
  let port: Int
  /// What the address itself says of the user, decoded.
  let user: String?
  let password: String?
  /// The address without user and password, and without a slash at its end.
  let text: String

  init(_ address: String) throws(ImportError) {
    guard let start = address.firstRange(of: "://"),
      ["http", "https"].contains(address[..<start.lowerBound].lowercased())
    else { throw HTTPAddress.malformed(address) }
    scheme = address[..<start.lowerBound].lowercased()
    var rest = address[start.upperBound...].prefix { $0 != "?" && $0 != "#" }
    while rest.last == "/" { rest.removeLast() }
    let authority = rest.prefix { $0 != "/" }
    var place = authority
    if let at = authority.lastIndex(of: "@") {
      let login = authority[..<at]
      place = authority[authority.index(after: at)...]
      let name = login.prefix { $0 != ":" }
      user = percentDecoded(name)
      password =
        name.endIndex < login.endIndex
        ? percentDecoded(login[login.index(after: name.endIndex)...]) : nil
    } else {
      user = nil
      password = nil
    }
    var name = place
    var number: Int? = scheme == "https" ? 443 : 80
    // An IPv6 address in brackets has colons of its own.
    if let colon = place.lastIndex(of: ":"), !place[colon...].contains("]") {
      name = place[..<colon]
      number = Int(place[place.index(after: colon)...])
    }
    guard !name.isEmpty, name.hasPrefix("[") == name.hasSuffix("]"), let number,
      (1...65_535).contains(number),
      rest.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && $0 != "\\" })
    else { throw HTTPAddress.malformed(address) }
    host = name.lowercased()
    port = number
    text = "\(scheme)://\(place)\(rest[authority.endIndex...])"
  }

  private static func malformed(_ address: String) -> ImportError {
    ImportError(
      .notReadable, "`\(withoutLogin(address))` is not the address of a server",
      remedy: "write `http://HOST:PORT` or `https://HOST`")
  }

  /// An address of any form as errors may show it.
  private static func withoutLogin(_ address: String) -> String {
    guard let start = address.firstRange(of: "://"),
      let at = address[start.upperBound...].lastIndex(of: "@")
    else { return address }
    return address[..<start.upperBound] + "***" + address[at...]
  }

  /// Whether a request to the other address may carry what this one trusts its server with.
  ///
  /// That is the same server, or the same host after a step from HTTP to HTTPS on the standard
  /// ports, as the library `requests` has it that MLflow's client uses.
  func trusts(_ other: HTTPAddress) -> Bool {
    guard host == other.host else { return false }
    if scheme == other.scheme { return port == other.port }
    return scheme == "http" && port == 80 && other.scheme == "https" && other.port == 443
  }
}

/// A text with what is not a letter, a digit or one of `-._~` as `%XX`, for a query.
func percentEncoded(_ text: String) -> String {
  var encoded = ""
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      encoded.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      let digits = String(byte, radix: 16, uppercase: true)
      encoded += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
    }
  }
  return encoded
}

/// A text with `%XX` as the byte it stands for.
func percentDecoded(_ text: Substring) -> String {
  var bytes: [UInt8] = []
  let source = Array(text.utf8)
  var position = 0
  while position < source.count {
    if source[position] == UInt8(ascii: "%"), position + 2 < source.count,
      let byte = UInt8(
        String(decoding: source[position + 1...position + 2], as: UTF8.self), radix: 16)
    {
      bytes.append(byte)
      position += 3
    } else {
      bytes.append(source[position])
      position += 1
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
